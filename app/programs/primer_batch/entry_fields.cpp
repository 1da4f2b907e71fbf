#include "entry_fields.h"

#include <cmath>

namespace primer::batch {

Result<EntryFields> EntryFields::of(const Json& entry, const char* what, std::size_t index) {
  EntryFields fields(entry, std::string(what) + " " + std::to_string(index + 1));
  if (!entry.is_object()) return fields.wrong("must be an object");
  return fields;
}

tl::unexpected<Error> EntryFields::wrong(const std::string& what) const {
  return fail(ErrorCode::kInvalidArgument, where_ + ": " + what);
}

const Json* EntryFields::given(const char* key) const {
  const auto found = entry_->find(key);
  return found == entry_->end() || found->is_null() ? nullptr : &*found;
}

Result<std::string> EntryFields::name(const char* key) const {
  const auto* name = given(key);
  if (name != nullptr && name->is_string()) return name->get<std::string>();
  if (name != nullptr && name->is_number_integer()) return name->dump();
  return wrong(std::string("\"") + key + "\" must be a text");
}

Result<bool> EntryFields::verdict(const char* key) const {
  const auto* correct = given(key);
  if (correct != nullptr && correct->is_boolean()) return correct->get<bool>();
  if (correct != nullptr && correct->is_number()) {
    const auto number = correct->get<double>();
    if (number == 0 || number == 1) return number == 1;
  }
  return wrong(std::string("\"") + key + "\" must be 0 or 1");
}

Result<std::optional<double>> EntryFields::number(const char* key) const {
  const auto* number = given(key);
  if (number == nullptr) return std::optional<double>();
  if (number->is_number() && std::isfinite(number->get<double>())) return number->get<double>();
  return wrong(std::string("\"") + key + "\" must be a number");
}

Result<std::optional<double>> EntryFields::difficulty(const char* key) const {
  PRIMER_ASSIGN(const auto difficulty, number(key));
  if (difficulty.value_or(0) < 0 || difficulty.value_or(0) > 1) {
    return wrong(std::string("\"") + key + "\" must be 0 to 1");
  }
  return difficulty;
}

}  // namespace primer::batch
