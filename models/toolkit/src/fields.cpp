#include "primer/toolkit/fields.h"

#include <algorithm>
#include <limits>

namespace primer::toolkit {

Fields::Fields(const Json& object, std::string where) : object_(object), where_(std::move(where)) {
  if (!object_.is_null() && !object_.is_object()) complain(where_ + " must be an object");
}

void Fields::complain(std::string message) {
  if (!problem_) problem_ = std::move(message);
}

const Json* Fields::find(std::string_view key) {
  asked_.emplace(key);
  if (!object_.is_object()) return nullptr;
  const auto it = object_.find(std::string(key));
  return it == object_.end() ? nullptr : &*it;
}

double Fields::number(std::string_view key, double otherwise) {
  const Json* value = find(key);
  if (value == nullptr) return otherwise;
  if (!value->is_number()) {
    complain(where_ + ": " + std::string(key) + " must be a number");
    return otherwise;
  }
  return value->get<double>();
}

std::int64_t Fields::integer(std::string_view key, std::int64_t otherwise) {
  const Json* value = find(key);
  if (value == nullptr) return otherwise;
  const bool fits = value->is_number_integer() &&
                    (!value->is_number_unsigned() ||
                     value->get<std::uint64_t>() <=
                         static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
  if (!fits) {
    complain(where_ + ": " + std::string(key) + " must be a whole number");
    return otherwise;
  }
  return value->get<std::int64_t>();
}

bool Fields::flag(std::string_view key, bool otherwise) {
  const Json* value = find(key);
  if (value == nullptr) return otherwise;
  if (!value->is_boolean()) {
    complain(where_ + ": " + std::string(key) + " must be true or false");
    return otherwise;
  }
  return value->get<bool>();
}

std::string Fields::text(std::string_view key, std::string otherwise) {
  const Json* value = find(key);
  if (value == nullptr) return otherwise;
  if (!value->is_string()) {
    complain(where_ + ": " + std::string(key) + " must be a text");
    return otherwise;
  }
  return value->get<std::string>();
}

std::vector<std::int64_t> Fields::integers(std::string_view key,
                                           std::vector<std::int64_t> otherwise, std::int64_t least,
                                           std::int64_t most) {
  const Json* value = find(key);
  if (value == nullptr) return otherwise;
  const bool fits = value->is_array() && value->size() == otherwise.size() &&
                    std::all_of(value->begin(), value->end(), [&](const Json& one) {
                      return one.is_number_integer() && one >= least && one <= most;
                    });
  if (!fits) {
    complain(where_ + ": " + std::string(key) + " must be " + std::to_string(otherwise.size()) +
             " whole numbers from " + std::to_string(least) + " to " + std::to_string(most));
    return otherwise;
  }
  return value->get<std::vector<std::int64_t>>();
}

std::vector<std::string> Fields::texts(std::string_view key, std::vector<std::string> otherwise) {
  const Json* value = find(key);
  if (value == nullptr) return otherwise;
  const bool fits =
      value->is_array() && !value->empty() &&
      std::all_of(value->begin(), value->end(), [](const Json& one) { return one.is_string(); });
  if (!fits) {
    complain(where_ + ": " + std::string(key) + " must be a list of texts");
    return otherwise;
  }
  return value->get<std::vector<std::string>>();
}

const Json& Fields::nested(std::string_view key) {
  static const Json kNull;
  const Json* value = find(key);
  return value == nullptr ? kNull : *value;
}

std::int64_t Fields::requiredInteger(std::string_view key) {
  if (find(key) == nullptr) complain(where_ + ": " + std::string(key) + " is missing");
  return integer(key, 0);
}

std::string Fields::requiredText(std::string_view key) {
  if (find(key) == nullptr) complain(where_ + ": " + std::string(key) + " is missing");
  return text(key, {});
}

void Fields::require(bool condition, std::string_view key, std::string_view rule) {
  if (!condition) complain(where_ + ": " + std::string(key) + " " + std::string(rule));
}

Status Fields::finish() const {
  if (problem_) return fail(ErrorCode::kInvalidArgument, *problem_);
  if (!object_.is_object()) return {};
  for (const auto& [key, value] : object_.items()) {
    if (asked_.count(key) == 0) {
      std::string known;
      for (const auto& name : asked_) known += (known.empty() ? "" : ", ") + name;
      return fail(ErrorCode::kInvalidArgument,
                  where_ + ": unknown key '" + key + "' (known: " + known + ")");
    }
  }
  return {};
}

}  // namespace primer::toolkit
