#include "primer/knowledge/knowledge_model.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "primer/base/share.h"
#include "src/logistic.h"
#include "src/monotone_head.h"

namespace primer::knowledge {

namespace {

constexpr std::size_t kFolds = 5;
constexpr std::size_t kLeastHeadRows = 300;
constexpr std::size_t kLeastHeadLearners = 3;
constexpr double kHalfTrust = 1500;        // answers at which the class's function counts for half
constexpr double kHalfTrustLearners = 30;  // and learners, who are alike in themselves
constexpr double kWitnesses = 10;          // that a learner's answers count for when calibrating
constexpr double kSteps = 8000;            // of fitting it, batches
constexpr int kMostEpochs = 30;
// Of the signed features' sum: 8 bits are coarse, and what is harder shall be a little less likely
// even where the network's output is the same.
constexpr double kGrain = 0.01;

constexpr std::size_t kHeadInputs = kFeatureCount + 1;
using HeadRow = std::array<float, kHeadInputs>;

HeadRow headRow(double network_logit, const Features& features) {
  HeadRow row;
  row[0] = static_cast<float>(network_logit);
  std::copy(features.begin(), features.end(), row.begin() + 1);
  return row;
}

struct Calibration {
  double slope = 1;
  double offset = 0;
};

// Logistic regression on one number with a prior worth some answers (Platt 1999), by Newton's
// method.
Calibration calibrate(const std::vector<float>& rows, const std::vector<float>& targets,
                      double weight_of_one) {
  constexpr double kPrior = 10;
  constexpr double kLeastSlope = 0.2;
  Calibration c;
  for (int step = 0; step < 20; ++step) {
    double gs = -kPrior * (c.slope - 1);
    double go = -kPrior * c.offset;
    double ss = kPrior;
    double so = 0;
    double oo = kPrior;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const double z = rows[i * kHeadInputs];
      const double p = logistic(c.slope * z + c.offset);
      const double weight = weight_of_one * p * (1 - p);
      gs += weight_of_one * (targets[i] - p) * z;
      go += weight_of_one * (targets[i] - p);
      ss += weight * z * z;
      so += weight * z;
      oo += weight;
    }
    const double determinant = ss * oo - so * so;
    c.slope =
        std::max(kLeastSlope, c.slope + std::clamp((gs * oo - go * so) / determinant, -1.0, 1.0));
    c.offset += std::clamp((go * ss - gs * so) / determinant, -1.0, 1.0);
  }
  return c;
}

}  // namespace

KnowledgeModel::KnowledgeModel(std::optional<inference::Session> session)
    : session_(std::move(session)) {}
KnowledgeModel::~KnowledgeModel() = default;
KnowledgeModel::KnowledgeModel(KnowledgeModel&&) noexcept = default;
KnowledgeModel& KnowledgeModel::operator=(KnowledgeModel&&) noexcept = default;

Result<KnowledgeModel> KnowledgeModel::open(const std::filesystem::path& path) {
  PRIMER_ASSIGN(auto model, inference::Model::open(path));
  const auto count = [](const inference::TensorInfo& tensor) {
    std::size_t product = 1;
    for (const auto side : tensor.shape) product *= static_cast<std::size_t>(side);
    return product;
  };
  if (model->inputCount() != 1 || model->outputCount() != 1 ||
      count(model->input(0)) != kFeatureCount || count(model->output(0)) != 1) {
    return fail(ErrorCode::kUnsupported,
                path.string() + ": not a knowledge model: it should take " +
                    std::to_string(kFeatureCount) + " numbers and give one");
  }
  PRIMER_ASSIGN(auto session, inference::Session::create(std::move(model)));
  return KnowledgeModel(std::optional(std::move(session)));
}

Result<KnowledgeModel> KnowledgeModel::openShipped() {
  return open(shareFolder() / "models" / "knowledge.tflite");
}

KnowledgeModel KnowledgeModel::withoutNetwork() { return KnowledgeModel(std::nullopt); }

double KnowledgeModel::networkLogit(const Features& features) const {
  double grain = 0;
  for (std::size_t i = 0; i < kSignedFeatures; ++i) grain += features[i];
  if (!session_) {
    return features[kEasinessFeature] +
           0.5 * (features[kAbilityFeature] + features[kSkillAbilityFeature]) + kGrain * grain;
  }
  std::array<float, 1> score{};
  // Neither can fail: open() has seen the sizes, and there is no loop in a network of dense layers.
  if (!session_->setReals(0, features) || !session_->run() || !session_->reals(0, score)) return 0;
  return score[0] + kGrain * grain;
}

double KnowledgeModel::logit(const Features& features) const {
  const double network = networkLogit(features);
  const double plain = slope_ * network + offset_;
  if (head_ == nullptr) return plain;
  return head_share_ * head_->logit(headRow(network, features)) + (1 - head_share_) * plain;
}

void KnowledgeModel::fit(std::span<const History> histories) {
  std::vector<const History*> all;
  for (const auto& history : histories) {
    if (!history.empty()) all.push_back(&history);
  }
  std::size_t answers = 0;
  for (const auto* history : all) answers += history->size();
  const std::size_t stride = answers / kMostRows + 1;  // every so many answers teach

  std::vector<float> rows;
  std::vector<float> targets;
  const std::size_t folds = std::min(kFolds, all.size());
  std::size_t number = 0;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<const History*> others;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i % folds != fold) others.push_back(all[i]);
    }
    const auto difficulty = ClassDifficulty::fit(others);
    for (std::size_t i = fold; i < all.size(); i += folds) {
      LearnerState state;
      const Answer* before = nullptr;
      for (const auto& answer : *all[i]) {
        const auto easiness = difficulty.of(answer.question);
        if (!isRetry(answer.question, before) && number++ % stride == 0) {
          const auto features = state.features(answer.question, easiness);
          const auto row = headRow(networkLogit(features), features);
          rows.insert(rows.end(), row.begin(), row.end());
          targets.push_back(answer.right ? 1.0f : 0.0f);
        }
        state.observe(answer, easiness);
        before = &answer;
      }
    }
  }
  difficulty_ = ClassDifficulty::fit(all);
  // Answers of one learner are not as many witnesses.
  const double most = kWitnesses * static_cast<double>(all.size());
  const auto calibration = calibrate(
      rows, targets, std::min(1.0, most / std::max(1.0, static_cast<double>(targets.size()))));
  slope_ = calibration.slope;
  offset_ = calibration.offset;
  head_.reset();
  head_share_ = 0;
  if (targets.size() < kLeastHeadRows || all.size() < kLeastHeadLearners) return;
  MonotoneHead::Options options;
  const auto count = static_cast<double>(targets.size());
  options.epochs = std::clamp(static_cast<int>(kSteps * static_cast<double>(options.batch) / count),
                              3, kMostEpochs);
  head_ = std::make_unique<MonotoneHead>(MonotoneHead::fit(rows, kHeadInputs, targets, options));
  const auto learners = static_cast<double>(all.size());
  head_share_ = count / (count + kHalfTrust) * learners / (learners + kHalfTrustLearners);
}

double Learner::chance(const Question& question) const {
  const auto easiness = model_->difficulty().of(question);
  constexpr double kFarthest = 9;  // never 0 or 1, however they are written down
  return logistic(
      std::clamp(model_->logit(state_.features(question, easiness)), -kFarthest, kFarthest));
}

void Learner::observe(const Answer& answer) {
  state_.observe(answer, model_->difficulty().of(answer.question));
}

}  // namespace primer::knowledge
