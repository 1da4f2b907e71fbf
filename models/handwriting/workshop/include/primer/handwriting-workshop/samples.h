#pragma once

// The ink that the symbol model is trained and judged on, held compactly in memory.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/handwriting/ink_features.h"
#include "primer/toolkit/folds.h"

namespace primer::handwriting::workshop {

enum class Source : std::uint8_t { kUnipen, kPendigits, kOmniglot, kDetexify };
std::string_view sourceName(Source source);

// A writer who belongs to the development part: about 12 in 100, by a hash that never changes, so
// that every run on every machine splits alike and no writer stands on both sides.
bool isDevelopmentWriter(std::string_view writer);

struct Sample {
  std::uint32_t first_point = 0;  // into SampleStore::points
  std::uint32_t first_end = 0;    // into SampleStore::ends, whose values count from first_point
  std::uint16_t stroke_count = 0;
  std::uint16_t writer = 0;  // numbered by the store
  std::uint8_t symbol = 0;   // index of symbol_set.h
  Source source = Source::kUnipen;
  bool development = false;
  bool trusted = true;      // false: contributor ibm, partly broken; counts for no figure
  float relative_size = 0;  // longest side over the writer's median; 0 where it is not known
};

// Append-only. Coordinates keep the unit of their source; y grows downward.
class SampleStore {
 public:
  // Adds ink that has at least one point and at most kMaxSymbolStrokes strokes; others are left out
  // and false is returned.
  bool add(const FlatInk& ink, Sample description);

  // The number of a writer, by name; a new one for a new name.
  std::uint16_t writerNumber(std::string_view name);

  // Once everything is added: gives samples of writers with a scale of their own their relative
  // size.
  void measureSizes();

  // Another split: the writers of one fold are the development part, all others train. Detexify
  // names no writers and keeps its own split.
  Status holdOut(const toolkit::Fold& fold);

  const std::vector<Sample>& samples() const { return samples_; }
  void copyInk(const Sample& sample, FlatInk& ink) const;

 private:
  std::vector<Sample> samples_;
  std::vector<PlanePoint> points_;
  std::vector<std::uint32_t> ends_;
  std::vector<float> longest_sides_;
  std::vector<std::string> writers_;
};

}  // namespace primer::handwriting::workshop
