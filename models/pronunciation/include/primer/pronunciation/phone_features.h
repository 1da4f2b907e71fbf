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

// Where a row's numbers stand: of every unit the mean logarithm of its chance (a quarter of it) and
// mean chances (the first of them twice), which phone was wanted, and single numbers.
namespace phone_feature {
inline constexpr std::size_t kLogs = 0;
inline constexpr std::size_t kChances = kUnits;  // over the phone's steps, doubled
inline constexpr std::size_t kFirstHalf = 2 * kUnits;
inline constexpr std::size_t kSecondHalf = 3 * kUnits;
inline constexpr std::size_t kWide = 4 * kUnits;  // and some steps about them
inline constexpr std::size_t kPhone = 5 * kUnits;
inline constexpr std::size_t kNumbers = kPhone + kPhones;  // from the phone's own mean logarithm on
inline constexpr std::size_t kGoodness = kNumbers + 3;
inline constexpr std::size_t kSteps = kNumbers + 7;   // half the logarithm of how many
inline constexpr std::size_t kPlace = kNumbers + 15;  // in the utterance, -1 to 1
inline constexpr std::size_t kWhole = kNumbers + 17;  // the utterance's goodness and its spread
}  // namespace phone_feature

// Where a row of features belongs.
struct FeatureRow {
  std::size_t word = 0;
  std::size_t place = 0;  // of the phone in the word
};

struct PhoneFeatures {
  std::vector<FeatureRow> rows;
  std::vector<float> values;  // rows x kPhoneFeatures, most of them within -2 .. 2

  std::span<const float> of(std::size_t row) const {
    return std::span(values).subspan(row * kPhoneFeatures, kPhoneFeatures);
  }
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
