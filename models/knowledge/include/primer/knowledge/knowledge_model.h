#pragma once

// The chance that a pupil answers a question rightly, from what the pupil answered before.
//
//   PRIMER_ASSIGN(auto model, KnowledgeModel::openShipped());
//   model.fit(histories);                     // of the class, where there are any: seconds
//   Learner learner(model);
//   for (const Answer& answer : history) { learner.chance(answer.question);
//   learner.observe(answer); }
//
// Names of skills and items mean nothing to the model, so a lesson written this morning works this
// afternoon. A chance depends on the learner's own earlier answers and on the class's history only.
// Always (whatever was fitted): a right answer never lowers the chances of its skill, a wrong one
// never raises them, a harder question (by its author) has a lower chance, time that passes lowers
// it or leaves it (learner_state.h says why).

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>

#include "primer/base/result.h"
#include "primer/inference/session.h"
#include "primer/knowledge/answer.h"
#include "primer/knowledge/class_difficulty.h"
#include "primer/knowledge/learner_state.h"

namespace primer::knowledge {

class MonotoneHead;

// Thread-compatible. Learners refer to it: it must outlive them and stay where it is.
class KnowledgeModel {
 public:
  // kUnsupported where the file is not a model of this task; errors of inference::Model::open.
  static Result<KnowledgeModel> open(const std::filesystem::path& path);
  static Result<KnowledgeModel> openShipped();  // models/knowledge.tflite of the share folder

  // Without a file: easiness plus estimates of ability in the manner of Elo, which keep the laws
  // and can be fitted. For a tablet whose model is missing or damaged: nobody should be turned
  // away.
  static KnowledgeModel withoutNetwork();

  ~KnowledgeModel();
  KnowledgeModel(KnowledgeModel&&) noexcept;
  KnowledgeModel& operator=(KnowledgeModel&&) noexcept;

  // Learns from a class that came before, in place of what was fitted earlier: how easy its
  // questions are, a calibration of the network, and a small function of its own over the network's
  // output and the features, which counts for more the more answers there are. Figures of learners
  // are made with difficulties that their own answers had no part in (cross-fitting), so that the
  // function learns how far to trust them. The same history gives the same model. Time is bounded:
  // at most kMostRows answers teach the function.
  void fit(std::span<const History> histories);

  // The logit of success.
  double logit(const Features& features) const;

  const ClassDifficulty& difficulty() const { return difficulty_; }

  static constexpr std::size_t kMostRows = 250'000;

 private:
  explicit KnowledgeModel(std::optional<inference::Session> session);
  double networkLogit(const Features& features) const;

  // A session is a workplace, not a part of the model's value.
  mutable std::optional<inference::Session> session_;
  ClassDifficulty difficulty_;
  double slope_ = 1;  // calibration of the network's logit
  double offset_ = 0;
  std::unique_ptr<const MonotoneHead> head_;  // null: no history, or too little
  double head_share_ = 0;                     // how much it counts, 0..1
};

// One learner. Used by one thread at a time, together with its model.
class Learner {
 public:
  explicit Learner(const KnowledgeModel& model) : model_(&model) {}

  // Of a right answer to `question`, were it asked now: above 0 and below 1.
  double chance(const Question& question) const;

  void observe(const Answer& answer);

  const LearnerState& state() const { return state_; }

 private:
  const KnowledgeModel* model_;
  LearnerState state_;
};

}  // namespace primer::knowledge
