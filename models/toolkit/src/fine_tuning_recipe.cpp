#include "primer/toolkit/fine_tune.h"
#include "primer/toolkit/metadata.h"

namespace primer::toolkit {

namespace {

// Of "training", where the changes do not say otherwise.
Json fineTuningSchedule() {
  return {{"epochs", 5}, {"learning_rate", 0.0002}, {"warm_up", 0.1}, {"weight_decay", 0.0}};
}

}  // namespace

Result<Recipe> fineTuningRecipe(std::span<const std::byte> model, const Json& changes,
                                const std::string& where) {
  if (!changes.is_object()) {
    return fail(ErrorCode::kInvalidArgument, where + " is not a JSON object");
  }
  PRIMER_ASSIGN(const auto metadata, readMetadata(model));
  const Json::json_pointer own("/training/recipe");
  Json recipe =
      metadata.contains(own) && metadata[own].is_object() ? metadata[own] : Json::object();
  recipe["training"] = fineTuningSchedule();
  recipe.erase("distillation");  // its teachers were those of another training
  recipe.erase("distillation");  // the model learned from those teachers already
  for (const auto& [key, value] : changes.items()) {
    if (key == "architecture") {
      return fail(ErrorCode::kInvalidArgument,
                  where + ": architecture: the model file is the architecture");
    }
    if (key == "training" && value.is_object()) {
      recipe[key].update(value);
    } else {
      recipe[key] = value;
    }
  }
  if (!recipe.contains("name")) recipe["name"] = "fine-tuned";
  if (!recipe.contains("architecture")) recipe["architecture"] = {{"name", "of the model file"}};
  if (!recipe.contains("data")) {
    return fail(ErrorCode::kInvalidArgument,
                where + " names no data, and the model file brings no recipe that does");
  }
  return parseRecipe(recipe, where);
}

}  // namespace primer::toolkit
