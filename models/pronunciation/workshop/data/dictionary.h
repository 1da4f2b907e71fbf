#pragma once

// The CMU dictionary as a data set: words in lower case with all their pronunciations.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/pronunciation/phones.h"

namespace primer::pronunciation::workshop {

using Dictionary = std::map<std::string, std::vector<Pronunciation>>;

// From speech/cmudict/cmudict.dict below `data`.
Result<Dictionary> readDictionary(const std::filesystem::path& data);

}  // namespace primer::pronunciation::workshop
