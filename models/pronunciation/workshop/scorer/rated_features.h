#pragma once

// Features of rated utterances in a file of the working folder, made once by pronunciation-features
// with the acoustic model that ships: the scorer's task reads them.
//
//   u32 passes, u32 utterances, 2 x 39 floats (durations), then of every utterance and pass:
//   u32 place in the corpus, u32 kind, u32 phones, then of each phone: u32 word, u32 place in it,
//   u32 whether it was said; then all features

#include <filesystem>
#include <vector>

#include "data/corpus.h"
#include "primer/pronunciation/phone_features.h"

namespace primer::pronunciation::workshop {

enum class SampleKind : std::uint8_t {
  kAsRecorded,
  kVaried,     // of a varied recording: for training only
  kWrongText,  // words of the text were not said: nothing is known of how well the others were
};

enum class Said : std::uint8_t { kNo, kYes, kUnknown };

struct RatedSample {
  std::size_t utterance = 0;  // in the corpus
  SampleKind kind = SampleKind::kAsRecorded;
  PhoneFeatures features;
  std::vector<Said> said;  // of each row
};

struct RatedFeatures {
  PhoneDurations durations;
  std::vector<RatedSample> samples;
};

Status writeRated(const std::filesystem::path& path, const RatedFeatures& rated);
Result<RatedFeatures> readRated(const std::filesystem::path& path);

// How long phones of well rated speech and of native speech last.
PhoneDurations measureDurations(const std::vector<Alignment>& alignments);

// What was said, as align() takes it: one way a word.
std::vector<TextWord> textOf(const Utterance& utterance);

}  // namespace primer::pronunciation::workshop
