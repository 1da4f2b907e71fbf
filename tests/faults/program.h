#pragma once

// Runs primer-admin as a person would, and takes its output.

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace primer::test {

class Program {
 public:
  explicit Program(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), std::string(std::getenv("PRIMER_BIN")) + "/primer-admin");
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) std::abort();
    child_ = fork();
    if (child_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      const int nowhere = open("/dev/null", O_RDWR);
      dup2(nowhere, STDIN_FILENO);
      dup2(nowhere, STDERR_FILENO);
      close(ends[0]);
      close(ends[1]);
      std::vector<char*> raw;
      for (auto& argument : arguments) raw.push_back(argument.data());
      raw.push_back(nullptr);
      execv(raw[0], raw.data());
      _exit(127);
    }
    close(ends[1]);
    output_ = ends[0];
  }
  ~Program() {
    close(output_);
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // The next line of output; false at its end.
  bool readLine(std::string& line) {
    line.clear();
    for (char c = 0; read(output_, &c, 1) == 1;) {
      if (c == '\n') return true;
      line += c;
    }
    return false;
  }
  void kill() { ::kill(child_, SIGKILL); }
  // The exit code; -1 where a signal ended it.
  int wait() {
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t child_ = -1;
  int output_ = -1;
};

inline std::filesystem::path pinFile(const std::filesystem::path& folder,
                                     const std::string& digits = "2468") {
  const auto path = folder / ("pin-" + digits);
  std::ofstream(path) << digits << "\n";
  return path;
}

}  // namespace primer::test
