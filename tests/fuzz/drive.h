#pragma once

// One execution of a fuzzer: opens bytes as a model, plans it and runs it, and holds the engine to
// what it promises.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "primer/inference/model.h"

namespace primer::inference::fuzz {

// Tight enough for thousands of executions a second.
Limits fuzzLimits();

struct Outcome {
  bool ran = false;
  std::string refusal;  // why it did not
};

// Opens, plans and runs the bytes on inputs that follow from their hash: twice in one session, and
// once in a session that shares no memory between tensors; all must give the same bytes. Aborts
// with a line on standard error where the engine breaks a promise (a refusal without a rule or with
// a code that means a defect, outputs that depend on where tensors lie).
Outcome drive(std::span<const std::byte> bytes, const Limits& limits = fuzzLimits());

}  // namespace primer::inference::fuzz
