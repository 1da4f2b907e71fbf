#include <sstream>
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "primer/toolkit/quantize.h"

namespace primer::toolkit {

namespace {

Choice choiceOf(Fields& fields, std::string_view key, Choice otherwise) {
  constexpr std::string_view kNames[] = {"no", "yes", "try"};
  const auto name = fields.text(key, std::string(kNames[static_cast<std::size_t>(otherwise)]));
  for (const auto choice : {Choice::kNo, Choice::kYes, Choice::kTry}) {
    if (name == kNames[static_cast<std::size_t>(choice)]) return choice;
  }
  fields.require(false, key, "must be \"yes\", \"no\" or \"try\"");
  return otherwise;
}

Precision precisionField(Fields& fields, Precision otherwise) {
  const auto precision =
      precisionOf(fields.text("precision", std::string(precisionName(otherwise))));
  fields.require(precision.has_value(), "precision", "must be \"float\", \"int8\" or \"int16\"");
  return precision.value_or(otherwise);
}

Result<Override> parseOverride(const Json& json, const std::string& where) {
  Fields fields(json, where);
  Override exception;
  exception.name = fields.text("name", "");
  exception.op = fields.text("op", "");
  exception.precision = precisionField(fields, Precision::kFloat);
  fields.require(!exception.name.empty() || !exception.op.empty(), "name", "or op must be given");
  PRIMER_TRY(fields.finish());
  return exception;
}

Result<Json> jsonOf(std::string_view text, const std::string& where) {
  const auto parsed = toml::parse(text, where);
  if (!parsed) {
    return fail(ErrorCode::kDamaged, where + ": line " +
                                         std::to_string(parsed.error().source().begin.line) + ": " +
                                         std::string(parsed.error().description()));
  }
  std::ostringstream json;
  json << toml::json_formatter{parsed.table()};
  return Json::parse(json.str(), nullptr, false);
}

}  // namespace

Result<QuantizeOptions> parseQuantizeRecipe(std::string_view text, const std::string& where) {
  PRIMER_ASSIGN(const auto json, jsonOf(text, where));
  QuantizeOptions options;
  Fields fields(json, where);
  const auto mode = modeOf(fields.text("mode", std::string(modeName(options.mode))));
  fields.require(mode.has_value(), "mode",
                 "must be int8, int16x8, dynamic, float16, weights8 or weights4");
  options.mode = mode.value_or(options.mode);
  const auto io = fields.text("io", "integer");
  fields.require(io == "integer" || io == "float", "io", "must be \"integer\" or \"float\"");
  options.float_io = io == "float";
  const auto range = rangeRuleOf(fields.text("range", std::string(rangeRuleName(options.range))));
  fields.require(range.has_value(), "range", "must be auto, minmax, percentile, mse or entropy");
  options.range = range.value_or(options.range);
  options.bias_correction = choiceOf(fields, "bias_correction", options.bias_correction);
  options.equalise = choiceOf(fields, "equalise", options.equalise);
  options.round_weights = choiceOf(fields, "round_weights", options.round_weights);
  const auto fallback = fields.text("fallback", "refuse");
  fields.require(fallback == "refuse" || fallback == "float", "fallback",
                 "must be \"refuse\" or \"float\"");
  options.float_fallback = fallback == "float";
  const Json& sensitive = fields.nested("sensitive");
  const Json& operators = fields.nested("operator");
  fields.require(operators.is_null() || operators.is_array(), "operator",
                 "must be written [[operator]]");
  PRIMER_TRY(fields.finish());

  Fields worst(sensitive, where + ", sensitive");
  const auto count = worst.integer("count", 0);
  worst.require(count >= 0 && count <= 100'000, "count", "must be 0 to 100000");
  options.sensitive = static_cast<std::size_t>(count);
  options.sensitive_precision = precisionField(worst, options.sensitive_precision);
  PRIMER_TRY(worst.finish());
  for (std::size_t i = 0; operators.is_array() && i < operators.size(); ++i) {
    PRIMER_ASSIGN(auto exception,
                  parseOverride(operators[i], where + ", operator " + std::to_string(i + 1)));
    options.overrides.push_back(std::move(exception));
  }
  return options;
}

}  // namespace primer::toolkit
