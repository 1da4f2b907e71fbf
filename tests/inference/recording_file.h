#pragma once

// The committed recordings: one-operator models with inputs and the outputs that the format's
// reference kernels gave for them (recordings/record.py). They cover every family of kernels.

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace primer::inference::testing {

struct Recording {
  std::string name;
  std::vector<std::byte> model;
  std::vector<std::byte> inputs;   // of all runs in order
  std::vector<std::byte> outputs;  // likewise
};

// What GoogleTest shows of a recording.
inline void PrintTo(const Recording& recording, std::ostream* out) { *out << recording.name; }

std::vector<Recording> recordings();

}  // namespace primer::inference::testing
