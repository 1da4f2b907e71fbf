#include "grading_task.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>
#include <set>

#include "answer_sets.h"
#include "grading_samples.h"
#include "primer/toolkit/chances.h"
#include "primer/toolkit/graph_builder.h"
#include "primer/toolkit/random.h"
#include "primer/writing/answer_features.h"
#include "primer/writing/grader.h"
#include "share_counter.h"
#include "text_task.h"

namespace primer::writing::workshop {

namespace {

using toolkit::Json;
using toolkit::Random;
using toolkit::Split;

// What tells one question from another rather than a right answer from a wrong one: learned by
// heart, it helps with no other question. Left at 0.
const std::set<std::string>& namesOfQuestions() {
  static const std::set<std::string> names = {"reference_words",
                                              "question_words",
                                              "asks_why",
                                              "asks_how",
                                              "asks_what",
                                              "asks_explain",
                                              "asks_difference",
                                              "reference_because",
                                              "keys",
                                              "reference_weighty",
                                              "numbers_asked_for",
                                              "reference_negations",
                                              "reference_in_question"};
  return names;
}

using Judgements = std::vector<toolkit::Judged>;

bool known(float target) { return target == target; }

// Never 0 or 1.
float chanceOf(float logit) { return 1 / (1 + std::exp(-std::clamp(logit, -12.0f, 12.0f))); }

struct Straightened {
  double slope = 1;
  double offset = 0;
};

// What the logits of some chances should be multiplied by and moved by, so that they are chances
// (Platt 1999): logistic regression on one number, by Newton's method.
Straightened straightened(const std::vector<toolkit::Judged>& judged) {
  Straightened line;
  for (int step = 0; step < 30; ++step) {
    double gs = 0, go = 0, ss = 1e-6, so = 0, oo = 1e-6;
    for (const auto& one : judged) {
      const double logit = std::log(one.p / (1 - one.p));
      const double p = 1 / (1 + std::exp(-(line.slope * logit + line.offset)));
      gs += ((one.right ? 1 : 0) - p) * logit;
      go += (one.right ? 1 : 0) - p;
      ss += p * (1 - p) * logit * logit;
      so += p * (1 - p) * logit;
      oo += p * (1 - p);
    }
    const double determinant = ss * oo - so * so;
    if (!(determinant > 1e-9)) break;
    line.slope += std::clamp((gs * oo - go * so) / determinant, -1.0, 1.0);
    line.offset += std::clamp((go * ss - gs * so) / determinant, -1.0, 1.0);
  }
  return line;
}

class GradingTask final : public TextTask<GradingSample> {
 public:
  static Result<std::unique_ptr<toolkit::Task>> open(const toolkit::TaskRequest& request) {
    toolkit::Fields fields(request.options, "data");
    const auto by = fields.text("by", "question");
    const auto school_weight = static_cast<float>(fields.number("school_weight", 0.3));
    fields.require(by == "answer" || by == "question" || by == "domain", "by",
                   "must be answer, question or domain");
    // What the folds' figures say of the logits (README.md): questions that are taught have words
    // of their own, so theirs are others.
    Json calibration = {{"known",
                         {{"slope", fields.number("known_slope", 1)},
                          {"offset", fields.number("known_offset", 0)}}},
                        {"unseen",
                         {{"slope", fields.number("unseen_slope", 1)},
                          {"offset", fields.number("unseen_offset", 0)}}}};
    PRIMER_TRY(fields.finish());
    auto task = std::make_unique<GradingTask>();
    toolkit::Fields augmentation(request.augmentation, "augmentation");
    task->hide_ = augmentation.number("hide", 0.3);
    task->hide_question_ = augmentation.number("hide_question", 0.3);
    PRIMER_TRY(augmentation.finish());

    PRIMER_ASSIGN(task->vocabulary_, Vocabulary::openShipped());
    PRIMER_ASSIGN(const auto science, readSemEval(request.data, "sciEntsBank"));
    std::vector<std::string> groups;
    for (const auto& answer : science) {
      groups.push_back(by == "question" ? answer.question->id
                       : by == "domain" ? answer.question->domain
                                        : answer.question->id + "/" + answer.text);
    }
    std::vector<int> folds(science.size(), -1);
    int held_out = -2;
    if (request.fold) {
      PRIMER_ASSIGN(folds, toolkit::dealFolds(groups, request.fold->count));
      held_out = request.fold->index;
    }
    std::vector<const GradedAnswer*> training;
    std::vector<const GradedAnswer*> development;
    for (std::size_t i = 0; i < science.size(); ++i) {
      (folds[i] == held_out ? development : training).push_back(&science[i]);
    }
    PRIMER_ASSIGN(const auto school, readSchoolAnswers());
    std::vector<const GradedAnswer*> school_training;
    std::vector<const GradedAnswer*> school_development;
    std::vector<int> school_folds(school.size(), -1);
    if (request.fold) {
      std::vector<std::string> questions;
      for (const auto& answer : school) questions.push_back(answer.question->id);
      PRIMER_ASSIGN(school_folds, toolkit::dealFolds(questions, request.fold->count));
    }
    for (std::size_t i = 0; i < school.size(); ++i) {
      (school_folds[i] == held_out ? school_development : school_training).push_back(&school[i]);
    }
    std::vector<GradedAnswer> feedback;
    if (!request.fold) {  // all of SciEntsBank teaches; another set, of another age, judges
      PRIMER_ASSIGN(feedback, readShortAnswerFeedback(request.data));
      for (const auto& answer : feedback) development.push_back(&answer);
    }
    GradingSamples samples(*task->vocabulary_);
    for (const auto* answer : training) {
      task->known_.insert(samples.questionOf(*answer->question).key());
    }
    samples.addSchool(school_training, school_weight, task->training_);
    samples.addSchool(school_development, school_weight, task->development_);
    for (const auto* answer : training) task->training_.push_back(samples.real(*answer));
    for (const auto* answer : development) task->development_.push_back(samples.real(*answer));
    samples.addTricks(training, task->training_);
    samples.addOtherWords(training, task->training_);
    samples.addOtherWords(development, task->development_);
    task->describe(by, calibration);
    return task;
  }

  void fill(Split split, std::size_t index, Random* augment,
            toolkit::SampleView& view) const override {
    const auto& sample = samplesOf(split)[index];
    const auto& features = sample.features;
    for (std::size_t i = 0; i < kPairNumbers; ++i) {
      const bool hidden = hidden_[i] || (augment != nullptr && augment->chance(hide_));
      view.inputs[0][i] = hidden ? 0 : features.numbers[i];
    }
    fillBuckets(features.order, view.inputs[1]);
    fillBuckets({}, view.inputs[2]);
    const bool hide_words = augment != nullptr && augment->chance(hide_question_);
    if (known_.count(features.question_key) > 0) {
      if (!hide_words) {
        for (const auto& bucket : features.question) view.inputs[2][bucket.at] = bucket.weight;
      }
      // Never hidden: what makes one question harder than another is to be learned here, and not by
      // the numbers, which questions that were never met share.
      view.inputs[2][features.question_itself.at] = features.question_itself.weight;
    }
    view.targets[0][0] = sample.right;
    view.targets[1][0] = sample.sense;
    view.targets[2][0] = sample.kept;
    view.weight = sample.weight;
  }

  toolkit::Metrics measure(Split split,
                           const std::vector<std::vector<float>>& outputs) const override {
    const auto& samples = samplesOf(split);
    Judgements right, sense, kept, school, school_kept;
    double correct = 0;
    Share asked_right, asked_wrong;  // of what is called right
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const auto& sample = samples[i];
      const float keeps = chanceOf(outputs[2][i]);
      if (known(sample.sense)) sense.push_back({chanceOf(outputs[1][i]), sample.sense > 0.5f});
      if (known(sample.kept)) {
        (sample.school ? school_kept : kept).push_back({keeps, sample.kept > 0.5f});
      }
      if (!known(sample.right) || !(sample.real || sample.school)) continue;
      const bool is_right = sample.right > 0.5f;
      (sample.school ? school : right).push_back({chanceOf(outputs[0][i]), is_right});
      if (sample.school) continue;
      const bool called_right = outputs[0][i] >= 0;
      correct += called_right == is_right ? 1 : 0;
      if (called_right) {
        (is_right ? asked_right : asked_wrong)
            .add(Grader::doubtful(chanceOf(outputs[0][i]), keeps, sample.features.other_in_place));
      }
    }
    toolkit::Metrics metrics;
    metrics["accuracy"] = correct / std::max<double>(1, static_cast<double>(right.size()));
    metrics["auc"] = areaUnderCurve(right);
    metrics["ece"] = calibrationError(right);
    const auto line = straightened(right);
    metrics["slope"] = line.slope;
    metrics["offset"] = line.offset;
    metrics["kept_auc"] = areaUnderCurve(kept);
    metrics["right_asked"] = asked_right.value();
    metrics["wrong_asked"] = asked_wrong.value();
    if (!school.empty()) {
      metrics["school_auc"] = areaUnderCurve(school);
      metrics["school_kept_auc"] = areaUnderCurve(school_kept);
    }
    if (split == Split::kTraining) metrics["sense_auc"] = areaUnderCurve(sense);
    return metrics;
  }

 private:
  void describe(const std::string& by, const Json& calibration) {
    const auto names = pairNumberNames();
    for (std::size_t i = 0; i < names.size() && i < hidden_.size(); ++i) {
      hidden_[i] = namesOfQuestions().count(names[i]) > 0;
    }
    info_.name = "short-answers";
    info_.inputs = {{"numbers", {static_cast<std::int32_t>(kPairNumbers)}},
                    {"order", {static_cast<std::int32_t>(kOrderBuckets)}},
                    {"question", {static_cast<std::int32_t>(kQuestionBuckets)}}};
    for (const auto* name : {"right", "sense", "kept"}) {
      toolkit::OutputSpec output;
      output.name = name;
      output.size = 1;
      output.loss = toolkit::Loss::kBinary;
      info_.outputs.push_back(output);
    }
    info_.main_metric = "auc";
    info_.grouped_by = by;
    Json keys = Json::array();
    for (const auto key : known_) {
      std::array<char, 17> hex{};
      std::snprintf(hex.data(), hex.size(), "%016llx", static_cast<unsigned long long>(key));
      keys.push_back(std::string(hex.data()));
    }
    info_.preprocessing = {{"questions", keys}, {"calibration", calibration}};
    info_.use = {{"for",
                  "whether a pupil's short answer says what a reference answer says, with a "
                  "teacher who looks at what is in doubt"},
                 {"not_for", "marks that count, essays, or texts in other languages than English"}};
    info_.data = Json::array({{{"name", "SciEntsBank (SemEval-2013 task 7), training part"},
                               {"licence", "CC BY-SA 3.0"},
                               {"credit", "Dzikovska et al. 2013; Nielsen et al. 2008"}},
                              {{"name", "Primer's school questions (workshop/school-answers.txt)"},
                               {"licence", "Primer's own"},
                               {"credit", "written for Primer"}}});
  }

  std::optional<Vocabulary> vocabulary_;
  std::set<std::uint64_t> known_;
  std::array<bool, kPairNumbers> hidden_{};
  double hide_ = 0;
  double hide_question_ = 0;
};

// Two logits from the numbers (straight, and through a small layer), from the order of words, and
// from the words of a question that was learned.
Result<std::vector<std::byte>> buildAnswerNet(const Json& options, const toolkit::TaskInfo& task,
                                              std::uint64_t seed) {
  toolkit::Fields fields(options, "architecture");
  const auto units = fields.integer("units", 16);
  const auto order_units = fields.integer("order_units", 8);
  const auto kept_units = static_cast<int>(fields.integer("kept_units", 8));
  fields.require(units >= 1 && units <= 1024, "units", "must be 1 to 1024");
  fields.require(order_units >= 1 && order_units <= 256, "order_units", "must be 1 to 256");
  PRIMER_TRY(fields.finish());
  toolkit::GraphBuilder graph("answer-net", seed);
  const auto numbers = graph.input(task.inputs[0].name, task.inputs[0].shape);
  const auto order = graph.input(task.inputs[1].name, task.inputs[1].shape);
  const auto question = graph.input(task.inputs[2].name, task.inputs[2].shape);
  const auto relu = toolkit::Activation::kRelu;
  const auto hidden = graph.dense(numbers, {.units = static_cast<int>(units), .activation = relu});
  const auto both = graph.concat({numbers, hidden});
  const auto right =
      graph.add(graph.dense(both, {.units = 1}), graph.dense(question, {.units = 1}));
  const auto neighbours =
      graph.dense(order, {.units = static_cast<int>(order_units), .activation = relu});
  const auto sense =
      graph.add(graph.dense(numbers, {.units = 1}),
                graph.add(graph.dense(order, {.units = 1}), graph.dense(neighbours, {.units = 1})));
  const auto words_kept = graph.dense(
      graph.concat({numbers, graph.dense(numbers, {.units = kept_units, .activation = relu})}),
      {.units = 1});
  graph.output(right, task.outputs[0].name);
  graph.output(sense, task.outputs[1].name);
  graph.output(words_kept, task.outputs[2].name);
  return graph.finish();
}

}  // namespace

void addGradingTask(toolkit::Workshop& workshop) {
  workshop.addTask("short-answers", "whether a short answer is right", GradingTask::open);
  workshop.addArchitecture("answer-net", buildAnswerNet);
}

}  // namespace primer::writing::workshop
