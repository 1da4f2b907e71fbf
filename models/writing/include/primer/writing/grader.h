#pragma once

// Grades a short written answer beside reference answers.
//
//   PRIMER_ASSIGN(auto grader, Grader::openShipped());
//   const auto grade = grader.grade({question, references, answer});
//
// What cannot be judged (no reference answer, another script than the reference's) and what is in
// doubt goes to the teacher and is never called wrong. Feedback is a sentence or two for the pupil,
// never empty, never a bare verdict, and does not say the reference answer.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/session.h"
#include "primer/writing/answer_features.h"
#include "primer/writing/vocabulary.h"

namespace primer::writing {

enum class Verdict : std::uint8_t { kRight, kPartly, kNotYet, kAskTeacher };

std::string_view verdictName(Verdict verdict);  // "right", "partly", "not_yet", "ask_teacher"

// What is noticed about an answer beside how near it is to a reference.
enum class Remark : std::uint8_t {
  kNone,
  kEmpty,         // no letter or digit
  kNoReference,   // nothing to judge by
  kOtherScript,   // letters that this room does not read
  kCopied,        // the question again
  kRepeated,      // one word over and over
  kNotSentences,  // words in no order
  kNegated,       // the reference with its sense turned
  kContradicts,   // the opposite of what the reference says
  kOtherWords,    // near the reference, with other words in the place of those that it rests on
};

struct ShortAnswer {
  std::string_view question;
  const std::vector<std::string>& references;
  std::string_view answer;
};

struct GradedShortAnswer {
  Verdict verdict = Verdict::kAskTeacher;
  // The chance that a person would call it right, 0..1. Right is at least kRightFrom; what goes to
  // the teacher may have any.
  float score = 0;
  // The chance that right or not right, as said here, is what a person would say.
  float confidence = 0;
  Remark remark = Remark::kNone;
  std::string feedback;
  std::vector<std::string> missing;  // words of the reference that are not met, weightiest first
};

// Used by one thread at a time. Time is bounded, whatever the answer (answer_features.h).
class Grader {
 public:
  static constexpr float kRightFrom = 0.5f;
  static constexpr float kDoubtFrom = 0.42f;  // from here to kRightFrom a teacher is asked

  // Whether an answer of this score is better shown to a teacher than called right: other words
  // stand in the place of those that the reference rests on (`kept`: the chance that they do not;
  // `other_in_place`: an opposite, or another of the kind).
  static bool doubtful(float score, float kept, bool other_in_place);

  // kUnsupported where the file is not a model of this task; errors of inference::Model::open.
  static Result<Grader> open(const std::filesystem::path& model, Vocabulary vocabulary);
  static Result<Grader> openShipped();  // models/short-answers.tflite of the share folder

  GradedShortAnswer grade(const ShortAnswer& answer) const;

  const Vocabulary& vocabulary() const { return vocabulary_; }

 private:
  struct Outputs {
    float right = 0;  // chances
    float sense = 0;  // that it is a text and not words in any order
    float kept = 0;   // that the words it rests on are the reference's
  };

  // What turns a logit of the network into a chance: as the file says.
  struct Calibration {
    float slope = 1;
    float offset = 0;
  };

  Grader(Vocabulary vocabulary, inference::Session session);
  void readMetadata();
  Outputs run(const AnswerFeatures& features) const;

  Vocabulary vocabulary_;
  mutable inference::Session session_;                 // a workplace
  std::unordered_set<std::uint64_t> known_questions_;  // that the file learned words of
  Calibration of_known_;
  Calibration of_unseen_;
};

}  // namespace primer::writing
