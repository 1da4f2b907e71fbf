#pragma once

// Raw bytes through a session: all inputs of invocation 0, then of 1, ...

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "primer/inference/session.h"

namespace primer::toolkit {

// How many invocations the bytes hold: as many as fit, and one where the model takes no bytes.
// kDamaged where they do not hold a single one, kLimitExceeded where what comes out would be too
// much to keep. Bytes left over at the end are told on standard error.
Result<std::size_t> countInvocations(const inference::Model& model,
                                     std::span<const std::byte> input, std::string_view input_name);

// Copies an invocation's inputs into the session; gives how many bytes that were.
std::size_t feed(inference::Session& session, std::span<const std::byte> input);

// Appends all outputs of the last run.
void collect(const inference::Session& session, std::vector<std::byte>& output);

}  // namespace primer::toolkit
