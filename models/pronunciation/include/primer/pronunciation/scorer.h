#pragma once

// From what was heard of each phone to what five people would say of it: a small int8 net over the
// phones of an utterance.

#include <filesystem>
#include <memory>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/session.h"
#include "primer/pronunciation/phone_features.h"

namespace primer::pronunciation {

inline constexpr std::size_t kWordScores = 2;      // accuracy, total
inline constexpr std::size_t kSentenceScores = 4;  // accuracy, fluency, prosody, total

// 0 (wrong) to 1 (as a good speaker says it).
struct PhoneScore {
  FeatureRow row;
  float score = 0;
  float wrong = 0;  // chance that most raters would hear something wrong
};
struct WordScore {
  float accuracy = 0;
  float total = 0;
  float said = 0;  // chance that it was said there at all, however badly
};
struct SentenceScore {
  float accuracy = 0;
  float fluency = 0;
  float prosody = 0;
  float total = 0;
};
struct Scores {
  std::vector<PhoneScore> phones;  // of all words that were found, in order
  std::vector<WordScore> words;    // one for each of the text; 0 where it was left out
  SentenceScore sentence;
};

// One thread at a time. Several files are averaged.
class Scorer {
 public:
  // kUnsupported for a file that is no scorer of this room.
  static Result<Scorer> open(const std::vector<std::filesystem::path>& files);
  // A file NAME.tflite and, where they lie beside it, NAME-2.tflite and NAME-3.tflite.
  static Result<Scorer> openNumbered(const std::filesystem::path& first);
  static Result<Scorer> openShipped();  // pronunciation-scorer*.tflite

  const PhoneDurations& durations() const { return durations_; }

  Result<Scores> score(const Alignment& alignment, const Posteriors& posteriors);
  // Of features that were made with durations().
  Result<Scores> score(const Alignment& alignment, const PhoneFeatures& features);

 private:
  Scorer() = default;

  struct Net {
    inference::Session session;
    std::size_t phones, words, sentence, said, wrong;  // places of its outputs
  };
  std::vector<Net> nets_;
  std::size_t positions_ = 0;  // phones that a net takes at once
  PhoneDurations durations_;
};

}  // namespace primer::pronunciation
