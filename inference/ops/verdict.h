#pragma once

// What the engine's rules say of a file or a node: it is sound, or it is refused. The words go to
// whoever asked (Refuser); what is passed up is one bit, because some six hundred places pass it on
// (bench/README.md, Size).

#include <fmt/core.h>

#include <optional>
#include <string_view>
#include <utility>

#include "primer/base/result.h"

namespace primer::inference {

struct Refused {};

class [[nodiscard]] Verdict {
 public:
  Verdict() = default;
  Verdict(Refused) : sound_(false) {}

  explicit operator bool() const { return sound_; }
  Refused error() const { return {}; }

 private:
  bool sound_ = true;
};

// A value, or that there is none: something is refused.
template <typename T>
class [[nodiscard]] Checked : public std::optional<T> {
 public:
  Checked(Refused) {}
  Checked(T&& value) : std::optional<T>(std::move(value)) {}
  Checked(const T& value) : std::optional<T>(value) {}

  Refused error() const { return {}; }
};

// What judges derives from this, and says why it refuses.
class Refuser {
 public:
  // `reason` outlives the judge, and is told; null: nobody asks.
  explicit Refuser(Error* reason) : reason_(reason) {}

  // "rule: text"; whoever walks the nodes or tensors adds which one it is.
  template <typename... Values>
  Refused damaged(const char* rule, fmt::format_string<const Values&...> text,
                  const Values&... values) const {
    return refuseDamaged(rule, text, fmt::make_format_args(values...));
  }
  template <typename... Values>
  Refused unsupported(const char* rule, fmt::format_string<const Values&...> text,
                      const Values&... values) const {
    return refuseUnsupported(rule, text, fmt::make_format_args(values...));
  }
  template <typename... Values>
  Refused limitExceeded(const char* rule, fmt::format_string<const Values&...> text,
                        const Values&... values) const {
    return refuse(ErrorCode::kLimitExceeded, rule, text, fmt::make_format_args(values...));
  }
  Refused refuse(Error error) const;
  // What has been refused, told from further up.
  Refused refusedIn(std::string_view context) const;

 protected:
  Error* reason() const { return reason_; }

 private:
  // Each with as many arguments as registers hold.
  Refused refuseDamaged(const char* rule, fmt::string_view text, fmt::format_args values) const;
  Refused refuseUnsupported(const char* rule, fmt::string_view text, fmt::format_args values) const;
  Refused refuse(ErrorCode code, const char* rule, fmt::string_view text,
                 fmt::format_args values) const;

  Error* reason_;
};

}  // namespace primer::inference

namespace primer {

// So that PRIMER_TRY and PRIMER_ASSIGN pass it on.
inline inference::Refused fail(inference::Refused refused) { return refused; }

}  // namespace primer
