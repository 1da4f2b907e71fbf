#include "ops/verdict.h"

#include <fmt/format.h>

namespace primer::inference {

Refused Refuser::refuse(Error error) const {
  if (reason_ != nullptr) *reason_ = std::move(error);
  return {};
}

Refused Refuser::refusedIn(std::string_view context) const {
  if (reason_ != nullptr) *reason_ = reason_->withContext(context);
  return {};
}

Refused Refuser::refuseDamaged(const char* rule, fmt::string_view text,
                               fmt::format_args values) const {
  return refuse(ErrorCode::kDamaged, rule, text, values);
}

Refused Refuser::refuseUnsupported(const char* rule, fmt::string_view text,
                                   fmt::format_args values) const {
  return refuse(ErrorCode::kUnsupported, rule, text, values);
}

Refused Refuser::refuse(ErrorCode code, const char* rule, fmt::string_view text,
                        fmt::format_args values) const {
  if (reason_ == nullptr) return {};
  return refuse(Error(code, fmt::format("{}: {}", rule, fmt::vformat(text, values))));
}

}  // namespace primer::inference
