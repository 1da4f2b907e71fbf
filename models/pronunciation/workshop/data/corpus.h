#pragma once

// Recordings with their words, prepared once for everything that learns from them: the frames of
// the spoken part in one file (`corpus.mel`), a JSON line an utterance in another (`corpus.jsonl`),
// both in a working folder.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/pronunciation/phones.h"
#include "primer/toolkit/fields.h"

namespace primer::pronunciation::workshop {

// What five raters agreed on, of a learner's utterance.
struct Ratings {
  std::vector<std::vector<float>> phones;  // by word; 0 (wrong) to 2 (right)
  std::vector<float> word_accuracy;        // 0 to 10
  std::vector<float> word_total;
  float accuracy = 0, fluency = 0, prosody = 0, total = 0;  // 0 to 10
};

struct SaidWord {
  std::string text;
  std::vector<Pronunciation> ways;  // at least one
};

struct Utterance {
  std::string id;
  std::string
      source;  // "speechocean762", "robotutor-english", "librispeech-mini", "asp-stories-en"
  std::string speaker;  // "" where nobody knows
  int age = 0;          // years; 0: not known
  bool development = false;
  std::string audio;  // the recording, below the folder of data; of several words the first one's
  std::vector<SaidWord> words;
  std::optional<Ratings> ratings;
  std::size_t first_frame = 0;  // in corpus.mel
  std::size_t frames = 0;
};

struct Corpus {
  std::vector<Utterance> utterances;
  std::vector<std::int16_t> mel;  // frames x kBands, all utterances

  std::span<const std::int16_t> melOf(const Utterance& u) const;
};

// Speakers of speechocean762's training part who are kept for judging: about one in six, the same
// for everybody, children and adults.
bool isDevelopmentSpeaker(const std::string& speaker);

// Where what hears learners is cross-fitted (a model for each fold of speakers, which never heard
// them): the fold of each utterance, 0 .. count-1 for rated ones of training speakers, kNoFold for
// all others. Development speakers are in no fold, and native speech is learned from in every one.
inline constexpr int kNoFold = -1;
Result<std::vector<int>> speakerFolds(const std::vector<Utterance>& utterances, int count);

// kNotFound where the folder was not prepared.
Result<Corpus> readCorpus(const std::filesystem::path& folder);

// Reads all sources below `data` and writes the two files. One line of progress a source.
Status prepareCorpus(const std::filesystem::path& data, const std::filesystem::path& folder);

// What each source of `data` holds, without sound: shared with the evaluator.
Result<std::vector<Utterance>> readSpeechocean(const std::filesystem::path& data);
Result<std::vector<Utterance>> readNativeSpeech(const std::filesystem::path& data);

}  // namespace primer::pronunciation::workshop
