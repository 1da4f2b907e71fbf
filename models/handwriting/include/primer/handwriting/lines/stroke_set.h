#pragma once

// A set of strokes of one line: what candidates, divisions and caches are keyed by.

#include <array>
#include <cstddef>
#include <cstdint>

namespace primer::handwriting::lines {

inline constexpr std::size_t kMostLineStrokes = 128;

class StrokeSet {
 public:
  static StrokeSet only(std::size_t stroke) {
    StrokeSet set;
    set.add(stroke);
    return set;
  }
  // Strokes 0 .. count-1.
  static StrokeSet firstOnes(std::size_t count) {
    StrokeSet set;
    for (std::size_t i = 0; i < count; ++i) set.add(i);
    return set;
  }

  void add(std::size_t stroke) { words_[stroke / 64] |= std::uint64_t{1} << stroke % 64; }
  bool contains(std::size_t stroke) const { return (words_[stroke / 64] >> stroke % 64 & 1u) != 0; }
  bool empty() const { return words_[0] == 0 && words_[1] == 0; }
  std::size_t size() const {
    return static_cast<std::size_t>(__builtin_popcountll(words_[0]) +
                                    __builtin_popcountll(words_[1]));
  }
  bool meets(const StrokeSet& other) const {
    return (words_[0] & other.words_[0]) != 0 || (words_[1] & other.words_[1]) != 0;
  }
  // The lowest stroke that is not in the set; kMostLineStrokes where all are.
  std::size_t firstMissing() const {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      if (~words_[w] != 0) {
        return w * 64 + static_cast<std::size_t>(__builtin_ctzll(~words_[w]));
      }
    }
    return kMostLineStrokes;
  }
  std::uint64_t hash() const {
    std::uint64_t h = words_[0] * 0x9e3779b97f4a7c15u ^ (words_[1] + 0x632be59bd9b4e019u);
    h ^= h >> 29;
    return h * 0xbf58476d1ce4e5b9u;
  }

  friend StrokeSet operator|(const StrokeSet& a, const StrokeSet& b) {
    StrokeSet both;
    for (std::size_t w = 0; w < both.words_.size(); ++w) {
      both.words_[w] = a.words_[w] | b.words_[w];
    }
    return both;
  }
  friend bool operator==(const StrokeSet&, const StrokeSet&) = default;
  friend auto operator<=>(const StrokeSet&, const StrokeSet&) = default;

 private:
  std::array<std::uint64_t, kMostLineStrokes / 64> words_{};
};

}  // namespace primer::handwriting::lines
