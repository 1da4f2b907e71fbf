#pragma once

// Decisions of a fuzzer, drawn from a generator of random numbers or from bytes that a fuzzer
// chose.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

namespace primer::inference::fuzz {

class Choices {
 public:
  // Reads `bytes` first, a byte or four at a time, and draws from splitmix64 after them: a fuzzer
  // then steers the first decisions, and no decision is ever missing.
  explicit Choices(std::uint64_t seed, std::span<const std::uint8_t> bytes = {})
      : state_(seed), bytes_(bytes) {}

  std::uint64_t draw() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  // 0 .. count - 1; `count` is at least 1.
  std::size_t below(std::size_t count) {
    constexpr std::size_t kFewest = 256;
    std::uint64_t value = 0;
    const std::size_t width = count <= kFewest ? 1 : 4;
    if (bytes_.size() < width) return static_cast<std::size_t>(draw() % count);
    for (std::size_t i = 0; i < width; ++i) value = value << 8 | bytes_[i];
    bytes_ = bytes_.subspan(width);
    return static_cast<std::size_t>(value % count);
  }

  // True once in `times`.
  bool once(std::size_t times) { return below(times) == 0; }

  template <typename T>
  T oneOf(std::initializer_list<T> values) {
    return values.begin()[below(values.size())];
  }
  template <typename Container>
  auto& in(Container&& container) {
    return container[below(container.size())];
  }

 private:
  std::uint64_t state_;
  std::span<const std::uint8_t> bytes_;
};

}  // namespace primer::inference::fuzz
