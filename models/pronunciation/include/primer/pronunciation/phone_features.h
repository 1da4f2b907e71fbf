#pragma once

// What the scorer sees of every phone that was said: how the acoustic model heard it, how long it
// was, what stood around it. The same numbers in training and on the tablet.

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "primer/pronunciation/alignment.h"

namespace primer::pronunciation {

// How long phones last, in natural logarithms of steps.
struct PhoneDurations {
  std::array<float, kPhones> mean{};
  std::array<float, kPhones> deviation{};
};

inline constexpr std::size_t kPhoneFeatures = 5 * kUnits + kPhones + 25;

// Where a row of features belongs.
struct FeatureRow {
  std::size_t word = 0;
  std::size_t place = 0;  // of the phone in the word
};

struct PhoneFeatures {
  std::vector<FeatureRow> rows;
  std::vector<float> values;  // rows x kPhoneFeatures, most of them within -2 .. 2
};

// Of all words that were found.
PhoneFeatures phoneFeatures(const Alignment& alignment, const Posteriors& posteriors,
                            const PhoneDurations& durations);

// The phone that some steps sounded like, silence and noise aside.
Phone heardPhone(const Posteriors& posteriors, StepRange steps);

// How much likelier than the best other phone the wanted one is, in natural logarithms a step
// (goodness of pronunciation, Witt and Young 2000).
float goodness(const Posteriors& posteriors, const SaidPhone& phone);

}  // namespace primer::pronunciation
