#pragma once

// Which of several answers was spoken, or none of them: each is heard as a whole, and a small int8
// net weighs whether the likeliest of them was said at all.

#include <array>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

#include "primer/base/result.h"
#include "primer/pronunciation/scorer.h"
#include "primer/pronunciation/witness_net.h"

namespace primer::pronunciation {

struct ChoiceResult {
  std::optional<std::size_t> choice;  // none: it was none of these, or nobody spoke
  double p = 0;
  bool unsure = false;
  struct Candidate {
    std::size_t choice = 0;
    double p = 0;
  };
  std::vector<Candidate> candidates;  // likeliest first
};

// How well each answer explains all that was heard, in nats; minus infinity where there was no time
// to say it.
std::vector<double> answerScores(const std::vector<std::vector<TextWord>>& texts,
                                 const Posteriors& posteriors);

inline constexpr std::size_t kChoiceFeatures = 20;
using ChoiceFeatures = std::array<float, kChoiceFeatures>;

// What speaks for the likeliest of the answers and against it: how far it lies ahead of speech of
// any kind and of the next answer, and what the scorer says of its words. At least one score is
// finite.
Result<ChoiceFeatures> choiceFeatures(const std::vector<std::vector<TextWord>>& texts,
                                      const std::vector<double>& scores,
                                      const Posteriors& posteriors, Scorer& scorer);

// The log odds from which on the likeliest answer counts as said: rather an answer that is unsure,
// and asked about, than a child who spoke and is told that it did not.
inline constexpr float kLeastChoiceOdds = -1.5f;

// One thread at a time.
class Chooser {
 public:
  // kUnsupported for a file that is no such net.
  static Result<Chooser> open(const std::filesystem::path& file);
  static Result<Chooser> openShipped();  // pronunciation-choices.tflite

  Result<ChoiceResult> choose(const std::vector<std::vector<TextWord>>& texts,
                              const Posteriors& posteriors, Scorer& scorer);

 private:
  explicit Chooser(WitnessNet net) : net_(std::move(net)) {}

  WitnessNet net_;
};

}  // namespace primer::pronunciation
