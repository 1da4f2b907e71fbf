#include "pin_entry.h"

#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <string>

#include "primer/base/file_system.h"

namespace primer::admin {

namespace {

constexpr int kLongestLine = 4096;

// Keeps a secret line in one place and wipes it: a string that grows would leave copies behind.
class Line {
 public:
  ~Line() {
    volatile char* wiped = bytes_;
    for (std::size_t i = 0; i < sizeof(bytes_); ++i) wiped[i] = 0;
  }
  void add(char c) {
    if (size_ < sizeof(bytes_)) bytes_[size_++] = c;
  }
  std::string_view text() const {
    std::string_view line(bytes_, size_);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    return line;
  }

 private:
  char bytes_[64] = {};
  std::size_t size_ = 0;
};

// Switches the terminal's echo off for as long as it lives.
class Silence {
 public:
  Silence() : silent_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!silent_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~Silence() {
    if (silent_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios before_{};
  bool silent_;
};

// The first line of `stream`; false where it could not be read (errno says why).
bool readLine(std::FILE* stream, Line& line) {
  for (int i = 0; i < kLongestLine; ++i) {
    const int c = std::fgetc(stream);
    if (c == EOF) return std::ferror(stream) == 0;
    if (c == '\n') return true;
    line.add(static_cast<char>(c));
  }
  return true;
}

// A file, or a pipe of a shell's that leaves nothing on a disk.
Status readLineOf(const std::filesystem::path& path, Line& line) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "re"),
                                                             &std::fclose);
  if (!file) return fail(errorFromErrno(errno, "opening", path));
  std::setvbuf(file.get(), nullptr, _IONBF, 0);  // no copy of the secret in a buffer
  if (!readLine(file.get(), line)) return fail(errorFromErrno(errno, "reading", path));
  return {};
}

}  // namespace

Result<storage::Pin> readPin(const std::filesystem::path& file) {
  Line line;
  if (!file.empty()) {
    PRIMER_TRY(readLineOf(file, line));
  } else {
    const bool terminal = isatty(STDIN_FILENO) != 0;
    if (terminal) std::fputs("PIN: ", stderr);
    {
      const Silence silence;
      readLine(stdin, line);  // nothing read is no PIN, and is refused as such
    }
    if (terminal) std::fputs("\n", stderr);
  }
  return storage::Pin::parse(line.text());
}

}  // namespace primer::admin
