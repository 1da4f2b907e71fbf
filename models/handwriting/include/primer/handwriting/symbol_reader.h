#pragma once

// One symbol's ink, read.
//
// The ink is normalised and turned into the features of ink_features.h, an int8 network gives one
// score per symbol of symbol_set.h, and the scores of the allowed set become calibrated
// probabilities: among readings that claim 0.9, about nine in ten are right.

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "primer/base/ink.h"
#include "primer/base/result.h"
#include "primer/handwriting/ink_features.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting {

class PersonalTemplates;

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

// How far the score of junk must lie above that of every symbol of `allowed`, before the
// temperature, to be the first reading. Not at all for most sets. Where letters alone are allowed,
// capitals of three and four strokes are taken for symbols run together now and then: ink for which
// junk leads by less is read as a letter, and is unsure as ever.
float junkLead(const SymbolSet& allowed);

// What is known about one symbol's ink apart from its shape.
struct SymbolContext {
  // The ink's longest side over the median longest side of the same writer's (or line's) symbols.
  // It tells o from O, a comma from a slash.
  std::optional<float> relative_size;
  // The writer's own hand, or null; of the same feature space as the reader (another is not looked
  // at). Must live as long as the call.
  const PersonalTemplates* hand = nullptr;
};

// What the model makes of one piece of ink, before anything is asked of it: what larger recognisers
// and personal templates stand on.
struct SymbolScores {
  static constexpr std::size_t kFeatureCount = 128;

  // Natural logarithms of calibrated probabilities over all symbols, by index.
  std::array<float, kSymbolCount> log_probabilities;
  // The last layer but one, as the network gives it (int8 made floats again): none below 0, about
  // 0 to 6, most of them 0. Not scaled: for cosines divide by the vector's length, for a further
  // layer take them as they are; a layer trained on the features of the float model may be put on
  // these.
  std::array<float, kFeatureCount> features;
  // The scalars of ink_features.h, which the network's last layer sees beside the features.
  std::array<float, InkFeatures::kScalarCount> scalars;
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

  // The same as reading each by itself. `contexts` is empty or has one for each ink.
  std::vector<SymbolReading> read(std::span<const Ink> inks, const SymbolSet& allowed,
                                  std::span<const SymbolContext> contexts = {});

  // Of one piece of ink, for PersonalTemplates::add().
  std::array<float, SymbolScores::kFeatureCount> features(const Ink& ink,
                                                          const SymbolContext& context = {});

  // Many pieces of ink in a row, without an allocation once warm: `scores` has room for one each,
  // `contexts` is empty or has one each. Ink without a point, or of more than kMaxSymbolStrokes
  // strokes, is junk, with features all zero.
  void score(std::span<const FlatInk> inks, std::span<const SymbolContext> contexts,
             std::span<SymbolScores> scores);

  // Features of different models have nothing in common; this number tells models apart. Kept with
  // whatever was made of features.
  std::uint64_t featureSpace() const;

  // The natural logarithms of probabilities over all symbols, by index, calibrated for ink that
  // should be a digit.
  std::span<const float> logProbabilities(const Ink& ink, const SymbolContext& context = {});

 private:
  struct Impl;
  explicit SymbolReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::handwriting
