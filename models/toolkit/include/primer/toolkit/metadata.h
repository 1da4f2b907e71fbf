#pragma once

// What travels in a model file beside its graph: one JSON object in the metadata entry
// "primer". A room's run time reads it with inference::Model::metadata("primer").
//
//   name           of the recipe
//   task           {"name", "options", "fold"}: with what a Task is opened to judge this model
//   labels         names of an output's numbers, by output name
//   preprocessing  how inputs are prepared, as data that the room's run time reads
//   use            {"for", "not_for"}
//   data           [{"name", "licence", "credit"}] that the weights were learned from
//   split          {"training", "development", "by"}: samples, and who stands on one side only
//   figures        {"development_float": {name: number}, "development_int8", ...,
//                   "development_samples"}
//   reference      distribution of inputs and outputs, see src/distribution.h
//   training       {"samples", "epochs", "seed", "revision", "recipe", "teachers"}
//   quantization   {"mode", ...} where the model was quantised
//
// Nothing in it depends on time or place, so that the same recipe gives the same bytes.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/fields.h"
#include "primer/toolkit/folds.h"

namespace primer::toolkit {

inline constexpr const char* kMetadataEntry = "primer";

// The fold that a model was trained on, as its metadata says; nothing where it was on none.
std::optional<Fold> foldOf(const Json& metadata);

// The object, or an empty one where the file has none. kDamaged for a broken file.
Result<Json> readMetadata(std::span<const std::byte> model);

// The same model with its object replaced.
Result<std::vector<std::byte>> writeMetadata(std::span<const std::byte> model, const Json& object);

}  // namespace primer::toolkit
