#pragma once

// Runs a function in a child process that can neither take more memory than it is given nor take
// the tests down with it.

#include <cstdint>
#include <functional>
#include <string>

namespace primer::inference::testing {

struct Ended {
  int exit_code = -1;  // -1: killed by a signal, which is then in `signal`
  int signal = 0;
  double cpu_seconds = 0.0;
  std::uint64_t peak_bytes = 0;  // of resident memory, beyond what this process has
  std::string said;              // what `body` put into its argument
};

// Address space is capped at what this process has now and `more_bytes` (not under sanitisers,
// which take terabytes of it). `body` returns the exit code.
Ended inCappedProcess(std::uint64_t more_bytes, const std::function<int(std::string& said)>& body);

}  // namespace primer::inference::testing
