#include "primer/base/result.h"

namespace primer {

[[gnu::cold]] std::string_view errorCodeName(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "invalid_argument";
    case ErrorCode::kNotFound:
      return "not_found";
    case ErrorCode::kDamaged:
      return "damaged";
    case ErrorCode::kUnsupported:
      return "unsupported";
    case ErrorCode::kNewerVersion:
      return "newer_version";
    case ErrorCode::kLimitExceeded:
      return "limit_exceeded";
    case ErrorCode::kNoSpace:
      return "no_space";
    case ErrorCode::kReadOnly:
      return "read_only";
    case ErrorCode::kIo:
      return "io";
    case ErrorCode::kDenied:
      return "denied";
    case ErrorCode::kCancelled:
      return "cancelled";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "internal";
}

[[gnu::cold]] Error Error::withContext(std::string_view context) const {
  return Error(code, std::string(context) + ": " + message, key);
}

}  // namespace primer
