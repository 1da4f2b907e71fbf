#include "primer/writing/grader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "primer/base/share.h"
#include "primer/inference/model.h"
#include "src/feedback.h"
#include "src/same_answer.h"

namespace primer::writing {

namespace {

constexpr std::size_t kInputs = 3;
constexpr std::size_t kOutputs = 3;
constexpr std::size_t kMostWords = 300;
constexpr std::size_t kSaladWords = 5;   // fewer have no order to speak of
constexpr float kLeastSense = 0.03f;     // below it words are in no order: sure enough to say so
constexpr float kDoubtfulSense = 0.35f;  // below it they may be
constexpr float kPartlyFrom = 0.15f;     // of the score, where something new is met
constexpr float kPartlyRecall = 0.25f;   // how much is new
constexpr std::size_t kCopiedWords = 4;  // fewer are a choice among the question's words
constexpr float kSameScore = 0.98f;
constexpr float kRewardedNever = 0.2f;  // the most that a trick scores

float chance(float logit) { return 1 / (1 + std::exp(-logit)); }

std::size_t elements(const inference::TensorInfo& tensor) {
  std::size_t product = 1;
  for (const auto side : tensor.shape) product *= static_cast<std::size_t>(side);
  return product;
}

bool oneWordOver(const std::vector<Word>& words) {
  std::vector<std::string> stems;
  for (const auto& word : words) {
    if (!word.function) stems.push_back(word.stem);
  }
  std::sort(stems.begin(), stems.end());
  const auto different = std::unique(stems.begin(), stems.end()) - stems.begin();
  return different == 1 && stems.size() >= 3;
}

}  // namespace

std::string_view verdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kRight:
      return "right";
    case Verdict::kPartly:
      return "partly";
    case Verdict::kNotYet:
      return "not_yet";
    case Verdict::kAskTeacher:
      break;
  }
  return "ask_teacher";
}

Grader::Grader(Vocabulary vocabulary, inference::Session session)
    : vocabulary_(std::move(vocabulary)), session_(std::move(session)) {
  readMetadata();
}

void Grader::readMetadata() {
  const auto entry = session_.model().metadata("primer");
  if (!entry) return;
  const auto* text = reinterpret_cast<const char*>(entry->data());
  const auto json = nlohmann::json::parse(text, text + entry->size(), nullptr, false);
  const auto at = [&](const char* path) {
    const nlohmann::json::json_pointer pointer(path);
    return json.contains(pointer) ? json[pointer] : nlohmann::json();
  };
  if (json.is_discarded()) return;
  for (const auto& item : at("/preprocessing/questions")) {
    if (!item.is_string()) continue;
    const auto& hex = item.get_ref<const std::string&>();
    std::uint64_t key = 0;
    const auto [stop, error] = std::from_chars(hex.data(), hex.data() + hex.size(), key, 16);
    if (error == std::errc() && stop == hex.data() + hex.size()) known_questions_.insert(key);
  }
  const auto calibration = [&](const std::string& of) {
    const auto slope = at(("/preprocessing/calibration/" + of + "/slope").c_str());
    const auto offset = at(("/preprocessing/calibration/" + of + "/offset").c_str());
    Calibration read;
    if (slope.is_number() && slope.get<float>() > 0) read.slope = slope.get<float>();
    if (offset.is_number()) read.offset = offset.get<float>();
    return read;
  };
  of_known_ = calibration("known");
  of_unseen_ = calibration("unseen");
}

Result<Grader> Grader::open(const std::filesystem::path& path, Vocabulary vocabulary) {
  PRIMER_ASSIGN(auto model, inference::Model::open(path));
  const bool fits =
      model->inputCount() == kInputs && model->outputCount() == kOutputs &&
      elements(model->input(0)) == kPairNumbers && elements(model->input(1)) == kOrderBuckets &&
      elements(model->input(2)) == kQuestionBuckets && elements(model->output(0)) == 1 &&
      elements(model->output(1)) == 1 && elements(model->output(2)) == 1;
  if (!fits) {
    return fail(ErrorCode::kUnsupported, path.string() + ": not a model of short answers");
  }
  PRIMER_ASSIGN(auto session, inference::Session::create(std::move(model)));
  return Grader(std::move(vocabulary), std::move(session));
}

Result<Grader> Grader::openShipped() {
  PRIMER_ASSIGN(auto vocabulary, Vocabulary::openShipped());
  return open(shareFolder() / "models" / "short-answers.tflite", std::move(vocabulary));
}

Grader::Outputs Grader::run(const AnswerFeatures& features) const {
  std::vector<float> order(kOrderBuckets, 0.0f);
  std::vector<float> question(kQuestionBuckets, 0.0f);
  for (const auto& bucket : features.order) order[bucket.at] = bucket.weight;
  const bool known = known_questions_.count(features.question_key) > 0;
  if (known) {
    for (const auto& bucket : features.question) question[bucket.at] = bucket.weight;
    question[features.question_itself.at] = features.question_itself.weight;
  }
  std::array<float, 1> right{};
  std::array<float, 1> sense{};
  std::array<float, 1> kept{};
  // None can fail: open() has seen the sizes, and there is no loop in a network of dense layers.
  if (!session_.setReals(0, features.numbers) || !session_.setReals(1, order) ||
      !session_.setReals(2, question) || !session_.run() || !session_.reals(0, right) ||
      !session_.reals(1, sense) || !session_.reals(2, kept)) {
    return {};
  }
  const auto& calibration = known ? of_known_ : of_unseen_;
  return {chance(calibration.slope * right[0] + calibration.offset), chance(sense[0]),
          chance(kept[0])};
}

bool Grader::doubtful(float score, float kept, bool other_in_place) {
  constexpr float kSure = 0.75f;  // a score from which what stands in a word's place matters less
  constexpr float kLeastKept = 0.4f;
  constexpr float kLeastKeptWhenSure = 0.2f;
  return kept < (score < kSure ? kLeastKept : kLeastKeptWhenSure) ||
         (other_in_place && score < kSure);
}

GradedShortAnswer Grader::grade(const ShortAnswer& answer) const {
  GradedShortAnswer result;
  const GradedQuestion question(vocabulary_, answer.question, answer.references);
  AnswerFeatures features;
  const auto finish = [&](Verdict verdict, Remark remark, float score, float confidence) {
    result.verdict = verdict;
    result.remark = remark;
    result.score = score;
    result.confidence = confidence;
    result.feedback = feedbackFor(result, features);
    return result;
  };
  const auto letters = lettersOf(answer.answer);
  if (letters.none()) return finish(Verdict::kNotYet, Remark::kEmpty, 0, 1);
  if (!question.hasReferences()) return finish(Verdict::kAskTeacher, Remark::kNoReference, 0.5f, 0);

  const auto words = wordsOf(answer.answer, kMostWords);
  bool negated = false;
  bool shuffled = false;
  bool reference_is_latin = true;
  for (const auto& reference : answer.references) {
    const auto there = lettersOf(reference);
    reference_is_latin = reference_is_latin && there.latin >= there.other;
    const auto alike = sameness(vocabulary_, words, wordsOf(reference, kMostWords));
    if (alike == Sameness::kSame) {
      features = question.features(answer.answer);
      return finish(Verdict::kRight, Remark::kNone, kSameScore, kSameScore);
    }
    negated = negated || alike == Sameness::kNegated;
    shuffled = shuffled || alike == Sameness::kShuffled;
  }
  if (letters.other > letters.latin && reference_is_latin) {
    return finish(Verdict::kAskTeacher, Remark::kOtherScript, 0.5f, 0);
  }

  features = question.features(answer.answer);
  const auto outputs = run(features);
  for (const auto& word : features.missed) result.missing.push_back(word.text);
  const float low = std::min(outputs.right, kRewardedNever);
  if (negated) return finish(Verdict::kNotYet, Remark::kNegated, low, 1 - low);
  if (oneWordOver(words)) return finish(Verdict::kNotYet, Remark::kRepeated, low, 1 - low);
  constexpr float kOwn = 0.05f;  // share of the answer that is not the question's
  const bool is_question =
      sameness(vocabulary_, words, wordsOf(answer.question, kMostWords)) == Sameness::kSame;
  if (is_question ||
      (features.novelty < kOwn && features.new_recall < kOwn && words.size() >= kCopiedWords)) {
    return finish(Verdict::kNotYet, Remark::kCopied, low, 1 - low);
  }
  if (shuffled || (words.size() >= kSaladWords && outputs.sense < kLeastSense)) {
    return finish(Verdict::kNotYet, Remark::kNotSentences, low, 1 - low);
  }
  const float score = outputs.right;
  const float confidence = std::max(score, 1 - score);
  if (words.size() >= kSaladWords && outputs.sense < kDoubtfulSense && score >= kDoubtFrom) {
    return finish(Verdict::kAskTeacher, Remark::kNone, score, 1 - score);
  }
  if (score >= kRightFrom &&
      (features.turned_round || doubtful(score, outputs.kept, features.other_in_place))) {
    return finish(Verdict::kAskTeacher, Remark::kOtherWords, score, 1 - score);
  }
  if (score >= kRightFrom) return finish(Verdict::kRight, Remark::kNone, score, confidence);
  if (score >= kDoubtFrom) return finish(Verdict::kAskTeacher, Remark::kNone, score, confidence);
  const bool contradicts = features.opposite || features.negation_differs;
  if (score >= kPartlyFrom && features.new_recall >= kPartlyRecall && !contradicts) {
    return finish(Verdict::kPartly, Remark::kNone, score, confidence);
  }
  return finish(Verdict::kNotYet, features.opposite ? Remark::kContradicts : Remark::kNone, score,
                confidence);
}

}  // namespace primer::writing
