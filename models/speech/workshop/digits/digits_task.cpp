#include "digits/digits_task.h"

#include <algorithm>
#include <mutex>
#include <set>

#include "digits/fsdd_reader.h"
#include "digits/sound_variation.h"
#include "primer/speech/clip_features.h"
#include "primer/toolkit/folds.h"
#include "primer/toolkit/graph_builder.h"

namespace primer::speech::workshop {

namespace {

using toolkit::Json;
using toolkit::Split;

constexpr float kPart = 1.0f / LogMel::kPartsPerDoubling;
constexpr ClipOptions kClip = {.mel = {.sample_rate = 8000,
                                       .window = 256,
                                       .hop = 128,
                                       .bands = 32,
                                       .low_hz = 60,
                                       .high_hz = 3800},
                               .frames = 64};  // about a second

// Feature makers for several threads at once.
class FeaturePool {
 public:
  std::unique_ptr<ClipFeatures> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<ClipFeatures>(*ClipFeatures::create(kClip));
    auto one = std::move(free_.back());
    free_.pop_back();
    return one;
  }
  void giveBack(std::unique_ptr<ClipFeatures> one) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(one));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<ClipFeatures>> free_;
};

// The speakers that a recipe holds out.
Result<std::set<std::string>> heldOut(const toolkit::TaskRequest& request) {
  toolkit::Fields fields(request.options, "data");
  std::set<std::string> speakers = {"theo"};
  if (const Json& given = fields.nested("speakers"); !given.is_null()) {
    const bool names = given.is_array() && std::all_of(given.begin(), given.end(),
                                                       [](const Json& n) { return n.is_string(); });
    fields.require(names, "speakers", "must be names of speakers");
    if (names) speakers = given.get<std::set<std::string>>();
  }
  PRIMER_TRY(fields.finish());
  return speakers;
}

class DigitsTask final : public toolkit::Task {
 public:
  static Result<std::unique_ptr<toolkit::Task>> open(const toolkit::TaskRequest& request) {
    auto task = std::make_unique<DigitsTask>();
    PRIMER_ASSIGN(const auto speakers, heldOut(request));
    PRIMER_ASSIGN(task->variation_, SoundVariation::parse(request.augmentation));
    PRIMER_ASSIGN(task->digits_, readFsdd(request.data));
    PRIMER_TRY(task->split(speakers, request.fold));
    task->describe();
    return task;
  }

  const toolkit::TaskInfo& info() const override { return info_; }
  std::size_t size(Split split) const override { return samplesOf(split).size(); }

  void fill(Split split, std::size_t index, toolkit::Random* augment,
            toolkit::SampleView& sample) const override {
    const auto& digit = digits_[samplesOf(split)[index]];
    auto maker = pool_.take();
    std::vector<std::int16_t> features(maker->size());
    if (augment != nullptr) {
      maker->make(variation_.varySound(digit.samples, *augment), features);
      variation_.varyFeatures(features, kClip.mel.bands, *augment);
    } else {
      maker->make(digit.samples, features);
    }
    pool_.giveBack(std::move(maker));
    std::transform(features.begin(), features.end(), sample.inputs[0].begin(),
                   [](std::int16_t part) { return static_cast<float>(part) * kPart; });
    sample.targets[0][0] = digit.digit;
  }

  toolkit::Metrics measure(Split split,
                           const std::vector<std::vector<float>>& outputs) const override {
    std::vector<int> labels;
    for (const auto at : samplesOf(split)) labels.push_back(digits_[at].digit);
    return {{"accuracy", toolkit::accuracyPercent(outputs[0], 10, labels)}};
  }

 private:
  const std::vector<std::size_t>& samplesOf(Split split) const {
    return split == Split::kTraining ? training_ : development_;
  }

  Status split(const std::set<std::string>& speakers, const std::optional<toolkit::Fold>& fold) {
    std::vector<std::string> groups;
    groups.reserve(digits_.size());
    for (const auto& digit : digits_) groups.push_back(digit.speaker);
    for (const auto& name : speakers) {
      if (std::find(groups.begin(), groups.end(), name) == groups.end()) {
        return fail(ErrorCode::kInvalidArgument, "data: there is no speaker '" + name + "'");
      }
    }
    std::vector<int> folds;
    if (fold) {
      PRIMER_ASSIGN(folds, toolkit::dealFolds(groups, fold->count));
    }
    for (std::size_t i = 0; i < digits_.size(); ++i) {
      const bool held_out = fold ? folds[i] == fold->index : speakers.count(groups[i]) != 0;
      (held_out ? development_ : training_).push_back(i);
    }
    return {};
  }

  void describe() {
    info_.name = "spoken-digits";
    info_.inputs = {{"clip", {kClip.frames, kClip.mel.bands, 1}}};
    toolkit::OutputSpec scores;
    scores.name = "scores";
    scores.size = 10;
    for (int digit = 0; digit < 10; ++digit) scores.labels.push_back(std::to_string(digit));
    info_.outputs = {scores};
    info_.main_metric = "accuracy";
    info_.grouped_by = "speaker";
    info_.preprocessing = kClip.describe();
    info_.use = {{"for", "one English digit, spoken alone, in a recording of 8 kHz"},
                 {"not_for",
                  "running speech, other words (there is no class for them), children's "
                  "voices (six adults were recorded)"}};
    info_.data = Json::array({{{"name", "Free Spoken Digit Dataset, training recordings"},
                               {"licence", "CC BY-SA 4.0"},
                               {"credit", "Z. Jackson and contributors"}}});
  }

  toolkit::TaskInfo info_;
  SoundVariation variation_;
  std::vector<SpokenDigit> digits_;
  std::vector<std::size_t> training_;
  std::vector<std::size_t> development_;
  mutable FeaturePool pool_;
};

Result<std::vector<std::byte>> buildDigitsCnn(const Json& options, const toolkit::TaskInfo& task,
                                              std::uint64_t seed) {
  using toolkit::Activation;
  toolkit::Fields fields(options, "architecture");
  const auto widths = fields.integers("widths", {16, 24, 32, 48}, 1, 1024);
  PRIMER_TRY(fields.finish());
  toolkit::GraphBuilder graph("digits-cnn", seed);
  auto x = graph.input("clip", task.inputs[0].shape);
  const auto layer = [&](std::size_t at, int stride) {
    x = graph.conv2d(x, {.channels = static_cast<int>(widths[at]),
                         .stride = {stride, stride},
                         .activation = Activation::kRelu});
  };
  layer(0, 2);
  layer(1, 2);
  layer(2, 2);
  layer(3, 1);
  // The mean over time, not over pitch: where on the scale the energy lies is what tells vowels.
  const auto shape = graph.shape(x);
  x = graph.averagePool(x, {.kernel = {shape[0], 1}, .stride = {shape[0], 1}});
  graph.output(graph.dense(graph.flatten(x), {.units = task.outputs[0].size}), "scores");
  return graph.finish();
}

}  // namespace

void addSpokenDigits(toolkit::Workshop& workshop) {
  workshop.addTask("spoken-digits", "which digit was said", DigitsTask::open);
  workshop.addArchitecture("digits-cnn", buildDigitsCnn);
}

}  // namespace primer::speech::workshop
