#pragma once

// One pupil's own hand: a few samples that the pupil confirmed, by which reading leans.
//
// A sample is kept as the direction of its features (SymbolScores::features), so nearest prototypes
// in the symbol model's own space. For a new piece of ink the score of every symbol that has
// samples changes by
//
//   weight x (cosine to the nearest sample of the symbol - what any two pieces of ink have in
//   common)
//
// before scores become probabilities (SymbolContext::hand). Digits are left as they are: the model
// knows them better than three samples do. Which samples to add is the caller's choice; only what a
// person has confirmed or corrected should be.
//
// Bounded: kPerSymbol samples of each symbol, the oldest go first; at most 282 samples, 37 kB in
// memory and as bytes. A plain value: copied and moved freely; several threads may read it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "primer/base/result.h"
#include "primer/handwriting/symbol_reader.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting {

class PersonalTemplates {
 public:
  static constexpr std::size_t kPerSymbol = 3;
  static constexpr std::size_t kFeatureCount = SymbolScores::kFeatureCount;

  // Of features of this model (SymbolReader::featureSpace()).
  explicit PersonalTemplates(std::uint64_t feature_space) : feature_space_(feature_space) {}

  std::uint64_t featureSpace() const { return feature_space_; }

  // Keeps a sample that the pupil confirmed to be `symbol`. Returns false, and keeps nothing, for
  // digits, junk and features without a direction.
  bool add(std::size_t symbol, std::span<const float> features);

  // Forgets everything.
  void reset() { templates_.clear(); }

  bool empty() const { return templates_.empty(); }
  std::size_t size() const { return templates_.size(); }
  std::size_t count(std::size_t symbol) const;

  // Adds to each score what the samples say; `scores` holds kSymbolCount scores as the network
  // gives them, `features` kFeatureCount numbers.
  void adjust(std::span<float> scores, std::span<const float> features) const;

  // By how much more than without samples adjusted scores lie apart, when one of `allowed` is read:
  // 1 where none of them has samples. The temperature is to be multiplied by it.
  float spread(const SymbolSet& allowed) const;

  // To bytes and back, for a sealed place in storage: a version, the feature space, and 129 bytes a
  // sample. The same templates give the same bytes. parse() trusts nothing: kDamaged says what is
  // wrong; kUnsupported for bytes of a later version.
  std::vector<std::byte> serialise() const;
  static Result<PersonalTemplates> parse(std::span<const std::byte> bytes);

  friend bool operator==(const PersonalTemplates&, const PersonalTemplates&) = default;

 private:
  struct Template {
    std::uint8_t symbol = 0;
    // The unit vector in steps of 1/255: features are never below 0.
    std::array<std::uint8_t, kFeatureCount> direction{};
    friend bool operator==(const Template&, const Template&) = default;
  };

  std::uint64_t feature_space_ = 0;
  std::vector<Template> templates_;  // oldest first
};

}  // namespace primer::handwriting
