#pragma once

// primer-batch, run as people run it.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "test_folder.h"

namespace primer::test {

class BatchProgram : public testing::Test {
 protected:
  struct Outcome {
    int exit_code = -1;
    std::vector<nlohmann::json> lines;
    std::string errors;  // what it said beside its answers
  };

  // A file of this test's folder; its name as a shell takes it.
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return quoted(name);
  }

  // True where the program answers a line while its input stays open.
  bool answersAtOnce(const std::string& verb, const std::string& line) const {
    const std::string script = "coproc '" + std::string(std::getenv("PRIMER_BIN")) +
                               "/primer-batch' " + verb + "; cat " + write("line", line + "\n") +
                               " >&${COPROC[1]}; read -r -t 60 answer <&${COPROC[0]}";
    return std::system(("bash " + write("script", script)).c_str()) == 0;
  }

  Outcome run(const std::string& arguments, const std::string& input) const {
    const std::string command = "'" + std::string(std::getenv("PRIMER_BIN")) + "/primer-batch' " +
                                arguments + " < " + write("in", input) + " > " + quoted("out") +
                                " 2> " + quoted("err");
    Outcome outcome;
    const int status = std::system(command.c_str());
    outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    std::ifstream out(folder_ / "out");
    for (std::string line; std::getline(out, line);) {
      outcome.lines.push_back(nlohmann::json::parse(line, nullptr, false));
    }
    std::ifstream err(folder_ / "err");
    outcome.errors.assign(std::istreambuf_iterator<char>(err), {});
    return outcome;
  }

 private:
  std::string quoted(const std::string& name) const {
    return "'" + (folder_ / name).string() + "'";
  }

  TestFolder folder_;
};

}  // namespace primer::test
