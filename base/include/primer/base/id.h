#pragma once

// Random identifiers. An id says nothing about whom or what it names: 128 random bits, written as
// 32 lower-case hex digits.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "primer/base/result.h"

namespace primer {

namespace internal {
std::array<std::uint8_t, 16> randomIdBytes();
std::string idToHex(const std::array<std::uint8_t, 16>& bytes);
Result<std::array<std::uint8_t, 16>> idFromHex(std::string_view text);
}  // namespace internal

// A value type; `Tag` keeps a learner's id from being used where a tablet's is meant. A
// default-constructed id is null.
template <typename Tag>
class Id {
 public:
  Id() = default;

  // From the operating system's random source.
  static Id random() { return Id(internal::randomIdBytes()); }

  // kInvalidArgument unless `text` is 32 hex digits.
  static Result<Id> fromHex(std::string_view text) {
    PRIMER_ASSIGN(auto bytes, internal::idFromHex(text));
    return Id(bytes);
  }

  // From the 16 bytes of an id that was kept.
  static Id fromBytes(const std::array<std::uint8_t, 16>& bytes) { return Id(bytes); }

  std::string hex() const { return internal::idToHex(bytes_); }
  const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }
  bool isNull() const { return bytes_ == std::array<std::uint8_t, 16>{}; }

  friend bool operator==(const Id&, const Id&) = default;
  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  explicit Id(const std::array<std::uint8_t, 16>& bytes) : bytes_(bytes) {}
  std::array<std::uint8_t, 16> bytes_{};
};

using TabletId = Id<struct TabletTag>;
using ClassId = Id<struct ClassTag>;
using LearnerId = Id<struct LearnerTag>;

}  // namespace primer

template <typename Tag>
struct std::hash<primer::Id<Tag>> {
  std::size_t operator()(const primer::Id<Tag>& id) const noexcept {
    std::size_t value = 0;  // the bytes are random already: any eight of them are a hash
    for (std::size_t i = 0; i < sizeof(value); ++i) value = value << 8 | id.bytes()[i];
    return value;
  }
};
