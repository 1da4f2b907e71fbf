#pragma once

// What travels in a model file beside its graph: one JSON object in the metadata entry
// "primer", e.g.
//   {"task":{"name":"ink","options":{...}}, "labels":{"scores":["0","1",...]},
//   "preprocessing":{...},
//    "data":[...], "figures":{"development":{"accuracy":99.5},"n":10000,...}, "training":{...}}
// `labels` by output name. A room's run time reads it with inference::Model::metadata("primer").

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/fields.h"

namespace primer::toolkit {

inline constexpr const char* kMetadataEntry = "primer";

// The object, or an empty one where the file has none. kDamaged for a broken file.
Result<Json> readMetadata(std::span<const std::byte> model);

// The same model with its object replaced.
Result<std::vector<std::byte>> writeMetadata(std::span<const std::byte> model, const Json& object);

}  // namespace primer::toolkit
