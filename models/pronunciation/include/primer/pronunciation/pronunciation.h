#pragma once

// How well a text was read aloud, and which of several answers was spoken: the room's front door.
//
//   PRIMER_ASSIGN(auto judge, PronunciationJudge::openShipped());
//   PRIMER_ASSIGN(const auto said, judge.judge("recording.opus", {.text = judge.lexicon().words("We
//   call it bear")}));
//
// Scores are 0 to 100. Silence before blame: a recording that cannot be judged gets a reason and no
// score, and a sound is flagged only where the scorer is sure of it and no established accent says
// it that way.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "primer/pronunciation/boundaries.h"
#include "primer/pronunciation/choosing.h"
#include "primer/pronunciation/hearing.h"
#include "primer/pronunciation/lexicon.h"
#include "primer/pronunciation/omission.h"
#include "primer/pronunciation/panel.h"
#include "primer/pronunciation/scorer.h"
#include "primer/pronunciation/substitution.h"

namespace primer::pronunciation {

struct TimeRange {
  int start_ms = 0;  // from the beginning of the recording
  int end_ms = 0;
};

struct JudgedPhone {
  Phone phone = 0;
  std::optional<TimeRange> time;  // none in a word that was left out
  std::optional<float> score;
  float wrong = 0;       // chance that most raters would hear something wrong, or another sound
  float doubt = 0;       // the same, knowing the speaker where the request names one
  bool flagged = false;  // a pupil would be told
  Phone heard = 0;       // what it sounded like
};

enum class WordError : std::uint8_t { kNone, kMispronunciation, kOmission, kInsertion };
std::string_view wordErrorName(WordError error);

struct JudgedWord {
  std::string word;  // as it is written; what was heard, in phones, of an insertion
  std::optional<TimeRange> time;
  std::optional<float> accuracy;
  std::optional<float> total;
  WordError error = WordError::kNone;
  std::size_t repeats = 0;  // times that it was begun before; the last time is judged
  bool corrected = false;   // begun wrongly, then said: never an error
  std::vector<JudgedPhone> phones;
};

struct Judgement {
  std::optional<SignalProblem> problem;  // then there are no scores
  bool other_text = false;               // likewise
  struct Sentence {
    float accuracy = 0, fluency = 0, completeness = 0, prosody = 0, total = 0;
  };
  std::optional<Sentence> sentence;
  std::optional<float> words_per_minute;
  std::vector<JudgedWord> words;  // all of the text in order, inserted ones between them
  std::size_t repetitions = 0;    // words said again; never an error
};

class SpeakerPrior;  // speaker_prior.h
class ClassAccent;   // class_accent.h

struct JudgeRequest {
  std::vector<TextWord> text;  // Lexicon::words(), or with pronunciations of one's own
  // How much is flagged: 0 hardly anything, 1 whatever might be wrong.
  double sensitivity = 0.5;
  // How the speaker has said each sound before, if that is known; must outlive the call.
  const SpeakerPrior* speaker = nullptr;
  // How the speaker's class says its sounds, if that is known; must outlive the call.
  const ClassAccent* accent = nullptr;
};

// One thread at a time.
class PronunciationJudge {
 public:
  static Result<PronunciationJudge> openShipped();
  PronunciationJudge(Lexicon lexicon, AcousticModel acoustic, Scorer scorer, Panel panel,
                     SubstitutionFinder substitutions, OmissionFinder omissions,
                     BoundaryFinder boundaries, Chooser chooser);

  const Lexicon& lexicon() const { return lexicon_; }
  // What a ReadingFollower beside it hears with.
  const AcousticModel& acoustic() const { return acoustic_; }

  Result<Judgement> judge(const std::filesystem::path& audio, const JudgeRequest& request);
  Result<Judgement> judge(const Recording& recording, const JudgeRequest& request);

  // `choices` are 1 to 50 texts; kInvalidArgument for one without a letter or digit.
  Result<ChoiceResult> choose(const std::filesystem::path& audio,
                              const std::vector<std::string>& choices);
  Result<ChoiceResult> choose(const Recording& recording, const std::vector<std::string>& choices);

 private:
  Lexicon lexicon_;
  AcousticModel acoustic_;
  Scorer scorer_;
  Panel panel_;
  SubstitutionFinder substitutions_;
  OmissionFinder omissions_;
  BoundaryFinder boundaries_;
  Chooser chooser_;
};

// The chance that most raters would hear something wrong from which on a sound is flagged.
float flagThreshold(double sensitivity);

}  // namespace primer::pronunciation
