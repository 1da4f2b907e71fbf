#pragma once

// What an operator's rules say of a node: it is sound, or it is refused. The words of a refusal go
// to whoever made the NodeView; what is passed up is one bit, because some four hundred places pass
// it on (bench/README.md, Size).

#include <optional>
#include <utility>

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

// A value, or that the node is refused.
template <typename T>
class [[nodiscard]] Checked : public std::optional<T> {
 public:
  Checked(Refused) {}
  Checked(T value) : std::optional<T>(std::move(value)) {}

  Refused error() const { return {}; }
};

}  // namespace primer::inference

namespace primer {

// So that PRIMER_TRY and PRIMER_ASSIGN pass it on.
inline inference::Refused fail(inference::Refused refused) { return refused; }

}  // namespace primer
