#pragma once

// Whether one sound stands in the place of another, or of none: what a reader says who reads "deep"
// for "sheep", in an otherwise clear voice. The scorer learned from learners' ratings, where a
// clear voice hardly ever says a sound wrong, and believes such a voice; a small int8 net of its
// own weighs what was heard of the sound alone. It learned from readings whose texts were made to
// ask for other sounds than those that were said.

#include <array>
#include <filesystem>
#include <vector>

#include "primer/base/result.h"
#include "primer/pronunciation/phone_features.h"
#include "primer/pronunciation/witness_net.h"

namespace primer::pronunciation {

inline constexpr std::size_t kSubstitutionWitnesses = 52 + kPhones;
using SubstitutionWitnesses = std::array<float, kSubstitutionWitnesses>;

// What speaks for and against the sound of a row having been said: how likely it was there and
// about there, what else was, how its neighbours fare, how the utterance does as a whole, and by
// how much each other sound in its place, or none, would explain what was heard better (a
// likelihood ratio, each guess aligned for itself).
class SubstitutionEvidence {
 public:
  // `features` are of the same walk; all must outlive this.
  SubstitutionEvidence(const Alignment& alignment, const Posteriors& posteriors,
                       const PhoneFeatures& features);
  SubstitutionWitnesses of(std::size_t row) const;

 private:
  const Alignment& alignment_;
  const Posteriors& posteriors_;
  const PhoneFeatures& features_;
  std::vector<SaidPhone> sounds_;  // of all words that were found, in order
};

// One thread at a time.
class SubstitutionFinder {
 public:
  // kUnsupported for a file that is no such net.
  static Result<SubstitutionFinder> open(const std::filesystem::path& file);
  static Result<SubstitutionFinder> openShipped();  // pronunciation-substitutions.tflite

  // The log odds of each row that another sound than the wanted one was said, where one in six is
  // (as in what it learned from).
  Result<std::vector<float>> odds(const Alignment& alignment, const Posteriors& posteriors,
                                  const PhoneFeatures& features);

 private:
  explicit SubstitutionFinder(WitnessNet net) : net_(std::move(net)) {}

  WitnessNet net_;
};

}  // namespace primer::pronunciation
