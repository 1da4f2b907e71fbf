#pragma once

// One symbol's ink, read.
//
// The ink is normalised and turned into the features of ink_features.h, an int8 network gives one
// score per symbol of symbol_set.h, and the scores of the allowed set become calibrated
// probabilities: among readings that claim 0.9, about nine in ten are right.

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "primer/base/ink.h"
#include "primer/base/result.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting {

struct Candidate {
  // UTF-8; empty: not a symbol at all (a scribble, a dot where no dot is meant).
  std::string symbol;
  float probability = 0;
};

struct SymbolReading {
  // Most likely first, at least three where the set has them, at most ten. Never empty.
  std::vector<Candidate> candidates;
  bool unsure = true;     // would be shown in a dotted ring, never graded as it stands
  bool mirrored = false;  // the first candidate is a digit written as in a mirror
};

// What is known about one symbol's ink apart from its shape.
struct SymbolContext {
  // The ink's longest side over the median longest side of the same writer's (or line's) symbols.
  // It tells o from O, a comma from a slash.
  std::optional<float> relative_size;
};

// Thread-compatible: one reader is used by one thread at a time; readers are cheap, and readers
// made of the same model share its weights.
class SymbolReader {
 public:
  // Opens a symbol model. Errors are those of inference::Model::open, and kUnsupported where the
  // file is a sound model of another task (wrong inputs, other symbols).
  static Result<SymbolReader> open(const std::filesystem::path& model);

  // The model that ships with the product.
  static Result<SymbolReader> openShipped();
  static std::filesystem::path shippedModel();

  // A second reader over the same weights, for another thread.
  Result<SymbolReader> another() const;

  ~SymbolReader();
  SymbolReader(SymbolReader&&) noexcept;
  SymbolReader& operator=(SymbolReader&&) noexcept;

  // Never fails: ink that cannot be a symbol (none, not finite, dozens of strokes) is junk and
  // unsure. Takes bounded time, whatever the ink.
  SymbolReading read(const Ink& ink, const SymbolSet& allowed, const SymbolContext& context = {});

  // The same as reading each by itself.
  std::vector<SymbolReading> read(std::span<const Ink> inks, const SymbolSet& allowed);

  // The natural logarithms of calibrated probabilities over all symbols, by index, as
  // larger recognisers (numbers, lines) need them.
  std::span<const float> logProbabilities(const Ink& ink, const SymbolContext& context = {});

 private:
  struct Impl;
  explicit SymbolReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::handwriting
