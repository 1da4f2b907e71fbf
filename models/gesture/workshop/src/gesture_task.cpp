#include "gesture_task.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "pages.h"
#include "primer/gesture/gesture_features.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/toolkit/graph_builder.h"

namespace primer::gesture::workshop {

namespace {

using handwriting::FlatInk;
using handwriting::workshop::SampleStore;
using toolkit::Json;
using toolkit::Random;
using toolkit::Split;

constexpr std::size_t kDevelopmentPages = 16000;
constexpr std::uint64_t kDevelopmentSeed = 30;
constexpr std::uint64_t kCalibrationSeed = 31;  // training pages that are not varied
constexpr double kFalseShare = 0.003;

struct DataOptions {
  std::int64_t pages = 60000;
  double temperature = 1;
  double sure_above = 0.9;

  static Result<DataOptions> parse(const Json& json) {
    DataOptions o;
    toolkit::Fields fields(json, "data");
    o.pages = fields.integer("pages", o.pages);
    fields.require(o.pages >= 100 && o.pages <= 10'000'000, "pages",
                   "must be between 100 and 10000000");
    o.temperature = fields.number("temperature", o.temperature);
    fields.require(o.temperature > 0, "temperature", "must be above 0");
    o.sure_above = fields.number("sure_above", o.sure_above);
    fields.require(o.sure_above > 0 && o.sure_above <= 1, "sure_above", "must be in (0, 1]");
    PRIMER_TRY(fields.finish());
    return o;
  }
};

// What page `index` of either split holds; every eighth of them goes round.
struct PageKind {
  Gesture gesture = Gesture::kWriting;
  Writing writing = Writing::kGlyph;
};

PageKind kindOf(std::size_t index) {
  if (index % 2 == 1) {
    return {static_cast<Gesture>(1 + index / 2 % (kGestureCount - 1)), Writing::kGlyph};
  }
  // Of twenty pages of writing.
  constexpr std::array<Writing, 20> kKinds = {
      Writing::kGlyph,   Writing::kWord, Writing::kGlyph, Writing::kBar,  Writing::kGlyph,
      Writing::kRetouch, Writing::kWord, Writing::kGlyph, Writing::kOver, Writing::kGlyph,
      Writing::kWord,    Writing::kTick, Writing::kGlyph, Writing::kBar,  Writing::kGlyph,
      Writing::kWord,    Writing::kOver, Writing::kGlyph, Writing::kTick, Writing::kWord};
  return {Gesture::kWriting, kKinds[index / 2 % kKinds.size()]};
}

class GestureTask final : public toolkit::Task {
 public:
  GestureTask(SampleStore glyphs, std::vector<FlatInk> words,
              std::vector<FlatInk> development_words, const DataOptions& options)
      : glyphs_(std::move(glyphs)),
        words_(std::move(words)),
        development_words_(std::move(development_words)),
        options_(options),
        training_(glyphs_, words_, false),
        development_(glyphs_, development_words_, true) {
    describe();
  }

  const toolkit::TaskInfo& info() const override { return info_; }

  std::size_t size(Split split) const override {
    return split == Split::kTraining ? static_cast<std::size_t>(options_.pages) : kDevelopmentPages;
  }

  void fill(Split split, std::size_t index, Random* augment,
            toolkit::SampleView& view) const override {
    static thread_local GestureFeatureMaker maker;
    static thread_local Page page;
    static thread_local GestureFeatures features;
    const bool training = split == Split::kTraining;
    Random still(training ? kCalibrationSeed : kDevelopmentSeed, index);
    Random& random = augment != nullptr ? *augment : still;
    const auto kind = kindOf(index);
    const auto& pages = training ? training_ : development_;
    if (kind.gesture == Gesture::kWriting) {
      pages.makeWriting(kind.writing, random, page);
    } else {
      pages.makeGesture(kind.gesture, random, page);
    }
    maker.make(page.stroke, page.beneath, features);
    std::copy(features.maps.begin(), features.maps.end(), view.inputs[0].begin());
    std::copy(features.scalars.begin(), features.scalars.end(), view.inputs[1].begin());
    view.targets[0][0] = static_cast<float>(kind.gesture);
  }

  toolkit::Metrics measure(Split split,
                           const std::vector<std::vector<float>>& outputs) const override;

 private:
  void describe() {
    info_.name = "pen-gestures";
    info_.inputs = {
        {"maps",
         {GestureFeatures::kMapSide, GestureFeatures::kMapSide, GestureFeatures::kMapChannels}},
        {"scalars", {GestureFeatures::kScalarCount}}};
    toolkit::OutputSpec scores;
    scores.name = "scores";
    scores.size = kGestureCount;
    scores.loss = toolkit::Loss::kClasses;
    for (std::size_t i = 0; i < kGestureCount; ++i) {
      scores.labels.emplace_back(gestureName(static_cast<Gesture>(i)));
    }
    info_.outputs = {scores};
    info_.main_metric = "score";
    info_.preprocessing = {{"features", "primer gesture features 1"},
                           {"temperature", options_.temperature},
                           {"sure_above", options_.sure_above}};
    info_.use = {{"for", "one stroke on a page that holds ink: writing, or a gesture of the pen"},
                 {"not_for", "gestures of several strokes, pages without ink"}};
    info_.data = Json::array(
        {{{"name", "UNIPEN train_r01_v07"}, {"licence", "CC BY 4.0"}},
         {{"name", "Pen-Based Recognition of Handwritten Digits (UCI)"}, {"licence", "CC BY 4.0"}},
         {{"name", "gestures drawn by code"}, {"licence", "our own"}}});
  }

  SampleStore glyphs_;
  std::vector<FlatInk> words_;
  std::vector<FlatInk> development_words_;
  DataOptions options_;
  PageMaker training_;
  PageMaker development_;
  toolkit::TaskInfo info_;
};

struct Judgement {
  std::size_t best = 0;
  double probability = 0;
};

Judgement judge(std::span<const float> row, double temperature) {
  Judgement judgement;
  judgement.best = static_cast<std::size_t>(std::max_element(row.begin(), row.end()) - row.begin());
  double sum = 0;
  for (const float score : row) sum += std::exp((score - row[judgement.best]) / temperature);
  judgement.probability = 1 / sum;
  return judgement;
}

toolkit::Metrics GestureTask::measure(Split split,
                                      const std::vector<std::vector<float>>& outputs) const {
  constexpr std::size_t kBins = 15;
  const std::span<const float> scores(outputs[0]);
  std::vector<Judgement> judged;
  std::vector<double> wrong;  // how sure writing is taken for gestures
  std::array<double, kBins> gaps{};
  double writing = 0;
  double right = 0;
  for (std::size_t i = 0; i < size(split); ++i) {
    const auto one = judge(scores.subspan(i * kGestureCount, kGestureCount), options_.temperature);
    const auto truth = static_cast<std::size_t>(kindOf(i).gesture);
    judged.push_back(one);
    right += one.best == truth ? 1 : 0;
    const auto bin = std::min(static_cast<std::size_t>(one.probability * kBins), kBins - 1);
    gaps[bin] += one.probability - (one.best == truth ? 1 : 0);
    if (truth != 0) continue;
    writing += 1;
    if (one.best != 0) wrong.push_back(one.probability);
  }
  std::sort(wrong.begin(), wrong.end(), std::greater<>());
  const auto allowed = static_cast<std::size_t>(kFalseShare * writing);
  const double threshold = wrong.size() > allowed ? wrong[allowed] : 0;

  std::map<std::string, std::pair<double, double>> shares;  // hits, all
  std::array<double, kGestureCount> seen{};
  std::array<double, kGestureCount> understood{};
  for (std::size_t i = 0; i < judged.size(); ++i) {
    const auto kind = kindOf(i);
    const auto truth = static_cast<std::size_t>(kind.gesture);
    const bool sure = judged[i].probability >= options_.sure_above;
    const auto count = [&](const std::string& name, bool hit) {
      shares[name].first += hit ? 1 : 0;
      shares[name].second += 1;
    };
    if (truth == 0) {
      const bool taken = judged[i].best != 0 && sure;
      count("writing_taken", taken);
      count("writing_taken_" + std::string(kWritingNames[static_cast<std::size_t>(kind.writing)]),
            taken);
    } else {
      const bool hit = judged[i].best == truth;
      count("understood", hit && sure);
      count("understood_" + std::string(gestureName(kind.gesture)), hit && sure);
      count("taken_for_another", judged[i].best != truth && judged[i].best != 0 && sure);
      seen[truth] += 1;
      understood[truth] += hit && judged[i].probability > threshold ? 1 : 0;
    }
  }
  toolkit::Metrics metrics;
  for (const auto& [name, share] : shares) metrics[name] = 100 * share.first / share.second;
  double score = 0;
  for (std::size_t g = 1; g < kGestureCount; ++g) score += 100 * understood[g] / seen[g];
  metrics["score"] = score / (kGestureCount - 1);
  metrics["threshold"] = threshold;
  metrics["accuracy"] = 100 * right / static_cast<double>(judged.size());
  double ece = 0;
  for (const double gap : gaps) ece += std::abs(gap);
  metrics["ece"] = ece / static_cast<double>(judged.size());
  return metrics;
}

}  // namespace

Result<std::unique_ptr<toolkit::Task>> openGestureTask(const toolkit::TaskRequest& request) {
  PRIMER_ASSIGN(const DataOptions options, DataOptions::parse(request.options));
  toolkit::Fields augmentation(request.augmentation, "augmentation");
  PRIMER_TRY(augmentation.finish());  // pages are made anew each time; there is nothing to choose
  SampleStore glyphs;
  const auto folder = request.data / "handwriting";
  PRIMER_TRY(handwriting::workshop::readUnipen(folder, glyphs));
  PRIMER_TRY(handwriting::workshop::readPendigits(folder, glyphs));
  glyphs.measureSizes();
  PRIMER_ASSIGN(auto words, readWords(request.data, false));
  PRIMER_ASSIGN(auto development_words, readWords(request.data, true));
  return std::make_unique<GestureTask>(std::move(glyphs), std::move(words),
                                       std::move(development_words), options);
}

Result<std::vector<std::byte>> buildGestureMaps(const Json& options, const toolkit::TaskInfo& task,
                                                std::uint64_t seed) {
  using toolkit::Activation;
  toolkit::Fields fields(options, "architecture");
  const auto width = static_cast<int>(fields.integer("width", 100));
  fields.require(width >= 10 && width <= 400, "width", "must be between 10 and 400");
  PRIMER_TRY(fields.finish());
  const auto channels = [width](int count) { return std::max(4, count * width / 100); };
  toolkit::GraphBuilder graph("pen-gestures", seed);
  const auto maps = graph.input(task.inputs[0].name, task.inputs[0].shape);
  const auto scalars = graph.input(task.inputs[1].name, task.inputs[1].shape);
  auto x = maps;
  const auto layer = [&](int count, int stride) {
    x = graph.conv2d(x, {.channels = channels(count),
                         .kernel = {3, 3},
                         .stride = {stride, stride},
                         .activation = Activation::kRelu});
  };
  layer(16, 2);
  layer(24, 1);
  layer(24, 2);
  x = graph.dense(graph.flatten(x), {.units = channels(32), .activation = Activation::kRelu});
  x = graph.concat({x, scalars});
  x = graph.dense(x, {.units = channels(48), .activation = Activation::kRelu});
  graph.output(graph.dense(x, {.units = task.outputs[0].size}), task.outputs[0].name);
  return graph.finish();
}

}  // namespace primer::gesture::workshop
