#include "primer/toolkit/recipe.h"

#include <algorithm>

#include "primer/base/file_system.h"

namespace primer::toolkit {

namespace {

constexpr std::uint64_t kMaxRecipeBytes = 1 << 20;

Json withoutName(Json object) {
  if (object.is_object()) object.erase("name");
  return object;
}

Result<Schedule> parseSchedule(const Json& json, const std::string& where) {
  Fields fields(json, where + ", training");
  Schedule s;
  s.epochs = static_cast<int>(fields.integer("epochs", s.epochs));
  s.batch = static_cast<int>(fields.integer("batch", s.batch));
  s.learning_rate = fields.number("learning_rate", s.learning_rate);
  s.warm_up = fields.number("warm_up", s.warm_up);
  s.weight_decay = fields.number("weight_decay", s.weight_decay);
  s.label_smoothing = fields.number("label_smoothing", s.label_smoothing);
  s.mixup = fields.number("mixup", s.mixup);
  s.averaging = fields.number("averaging", s.averaging);
  s.gradient_clip = fields.number("gradient_clip", s.gradient_clip);
  s.nonnegative = fields.flag("nonnegative", s.nonnegative);
  s.batch_norm = fields.flag("batch_norm", s.batch_norm);
  s.augment = fields.flag("augment", s.augment);
  s.all_data = fields.flag("all_data", s.all_data);
  s.patience = static_cast<int>(fields.integer("patience", s.patience));
  s.shares = static_cast<int>(fields.integer("shares", s.shares));
  s.checkpoint_minutes = fields.number("checkpoint_minutes", s.checkpoint_minutes);
  fields.require(s.epochs >= 1 && s.epochs <= 100'000, "epochs", "must be 1 to 100000");
  fields.require(s.batch >= 2 && s.batch <= 65'536, "batch", "must be 2 to 65536");
  fields.require(s.learning_rate > 0 && s.learning_rate < 10, "learning_rate",
                 "must be above 0 and below 10");
  fields.require(s.warm_up >= 0 && s.warm_up <= 1, "warm_up", "must be 0 to 1");
  fields.require(s.weight_decay >= 0 && s.weight_decay < 10, "weight_decay",
                 "must be at least 0 and below 10");
  fields.require(s.label_smoothing >= 0 && s.label_smoothing < 1, "label_smoothing",
                 "must be at least 0 and below 1");
  fields.require(s.mixup >= 0 && s.mixup <= 1, "mixup", "must be 0 to 1");
  fields.require(s.averaging >= 0 && s.averaging < 1, "averaging",
                 "must be at least 0 and below 1");
  fields.require(s.gradient_clip >= 0, "gradient_clip", "must not be negative");
  fields.require(s.patience >= 0 && s.patience <= 100'000, "patience", "must be 0 to 100000");
  fields.require(s.patience == 0 || !s.all_data, "patience",
                 "asks for a development split that is not trained on (all_data)");
  fields.require(s.shares >= 1 && s.shares <= 64 && 2 * s.shares <= s.batch, "shares",
                 "must be 1 to 64, and at most half the batch");
  fields.require(s.checkpoint_minutes > 0, "checkpoint_minutes", "must be above 0");
  PRIMER_TRY(fields.finish());
  return s;
}

Result<Distillation> parseDistillation(const Json& json, const std::string& where) {
  Fields fields(json, where + ", distillation");
  Distillation d;
  const Json& teachers = fields.nested("teachers");
  d.weight = fields.number("weight", d.weight);
  d.temperature = fields.number("temperature", d.temperature);
  fields.require(d.weight > 0 && d.weight <= 1, "weight", "must be above 0 and at most 1");
  fields.require(d.temperature >= 0.1 && d.temperature <= 100, "temperature", "must be 0.1 to 100");
  const bool files = teachers.is_array() && !teachers.empty() &&
                     std::all_of(teachers.begin(), teachers.end(),
                                 [](const Json& file) { return file.is_string(); });
  fields.require(json.is_null() || files, "teachers", "must be a list of model files");
  PRIMER_TRY(fields.finish());
  if (!json.is_null()) d.teachers = teachers.get<std::vector<std::string>>();
  return d;
}

// The "name" of a nested object that must have one.
Result<std::string> nameOf(const Json& object, const std::string& where) {
  if (!object.is_object() || !object.contains("name") || !object["name"].is_string()) {
    return fail(ErrorCode::kInvalidArgument, where + " must be an object with a \"name\"");
  }
  return object["name"].get<std::string>();
}

}  // namespace

Result<Recipe> parseRecipe(const Json& json, const std::string& where) {
  Fields fields(json, where);
  Recipe recipe;
  recipe.source = json;
  recipe.name = fields.requiredText("name");
  const Json& architecture = fields.nested("architecture");
  const Json& data = fields.nested("data");
  recipe.augmentation = fields.nested("augmentation");
  const Json& training = fields.nested("training");
  const Json& distillation = fields.nested("distillation");
  const auto seed = fields.integer("seed", 1);
  fields.require(seed >= 0, "seed", "must not be negative");
  recipe.seed = static_cast<std::uint64_t>(seed);
  PRIMER_TRY(fields.finish());
  PRIMER_ASSIGN(recipe.architecture, nameOf(architecture, where + ", architecture"));
  PRIMER_ASSIGN(recipe.task, nameOf(data, where + ", data"));
  recipe.architecture_options = withoutName(architecture);
  recipe.task_options = withoutName(data);
  PRIMER_ASSIGN(recipe.schedule, parseSchedule(training, where));
  PRIMER_ASSIGN(recipe.distillation, parseDistillation(distillation, where));
  return recipe;
}

Result<Recipe> readRecipe(const std::filesystem::path& path) {
  PRIMER_ASSIGN(const auto bytes, realFileSystem().read(path, kMaxRecipeBytes));
  const auto* text = reinterpret_cast<const char*>(bytes.data());
  try {
    return parseRecipe(Json::parse(text, text + bytes.size()), path.filename().string());
  } catch (const Json::parse_error& error) {
    return fail(ErrorCode::kDamaged,
                path.string() + ": not JSON (at byte " + std::to_string(error.byte) + ")");
  }
}

}  // namespace primer::toolkit
