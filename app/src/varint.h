#pragma once

// Numbers of few bytes where they are small (LEB128), for what is kept sealed beside an answer.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "primer/base/result.h"

namespace primer::app {

inline void putVarint(std::vector<std::byte>& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<std::byte>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<std::byte>(value));
}

// Reads varints of at most 40 bits: none that the codecs write is longer. `what` stands in errors
// and their keys: "ink", "ink.damaged".
class VarintReader {
 public:
  VarintReader(std::span<const std::byte> bytes, std::string what)
      : bytes_(bytes), what_(std::move(what)) {}

  Result<std::uint64_t> varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 42; shift += 7) {
      if (position_ == bytes_.size()) return damaged("ends inside a number");
      const auto byte = std::to_integer<std::uint64_t>(bytes_[position_++]);
      value |= (byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    return damaged("holds a number that is too long");
  }

  Result<std::string> text(std::size_t length) {
    if (length > left()) return damaged("ends inside a text");
    const auto* first = reinterpret_cast<const char*>(bytes_.data() + position_);
    position_ += length;
    return std::string(first, length);
  }

  std::size_t left() const { return bytes_.size() - position_; }

  tl::unexpected<Error> damaged(const std::string& why) const {
    return fail(ErrorCode::kDamaged, what_ + " " + why + " at byte " + std::to_string(position_),
                what_ + ".damaged");
  }

 private:
  std::span<const std::byte> bytes_;
  std::string what_;
  std::size_t position_ = 0;
};

}  // namespace primer::app
