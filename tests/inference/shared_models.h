#pragma once

// The models of $PRIMER_DATA/tflite, with their recorded inputs.

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "primer/inference/session.h"

namespace primer::inference::testing {

// Of "unit" and "whole", or of one of them, by name; none where PRIMER_DATA is not set.
std::vector<std::filesystem::path> sharedModels(std::string_view set = {});

// Of all runs, in order.
std::vector<std::byte> sharedInputs(const std::filesystem::path& model);

// Gives a session its inputs of one run, from the front of `inputs`, or zeros where those end;
// returns what is left.
std::span<const std::byte> giveInputs(Session& session, std::span<const std::byte> inputs);

}  // namespace primer::inference::testing
