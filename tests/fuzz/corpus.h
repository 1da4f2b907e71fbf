#pragma once

// The sound models that fuzzing begins with, all our own: the engine's small test network, and
// every recorded one-operator model.

#include <cstddef>
#include <string>
#include <vector>

namespace primer::inference::fuzz {

struct CorpusModel {
  std::string name;
  std::vector<std::byte> bytes;
};

std::vector<CorpusModel> corpus();

}  // namespace primer::inference::fuzz
