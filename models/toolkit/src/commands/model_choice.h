#pragma once

// Which model a command is about: a file or a shipped name, one of its signatures, other shapes for
// its inputs.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/model.h"

namespace primer::toolkit {

struct ModelChoice {
  std::string model;
  std::string signature;            // empty: the main graph
  std::vector<std::string> shapes;  // NAME=1x64x64x3
};

// MODEL, --signature and --shape; `choice` must outlive the parsing.
void addModelChoice(CLI::App& command, ModelChoice& choice);

Result<std::shared_ptr<const inference::Model>> openModel(const ModelChoice& choice);

}  // namespace primer::toolkit
