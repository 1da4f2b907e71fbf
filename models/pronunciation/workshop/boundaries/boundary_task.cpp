#include "boundaries/boundary_task.h"

#include <algorithm>
#include <cmath>

#include "data/segmented_stories.h"
#include "primer/pronunciation/boundaries.h"
#include "primer/pronunciation/hearing.h"
#include "primer/toolkit/graph_builder.h"

namespace primer::pronunciation::workshop {

namespace {

using toolkit::Random;
using toolkit::Split;

constexpr double kFarOff = 150;  // ms: a story whose segments are of another recording
constexpr double kTooFar = 300;  // ms: an edge that nothing can be learned from
constexpr double kNear = 50;
constexpr double kAnswerMs = 2.0 * kEdgeReach / kEdgeAnswers;

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

struct HeardStory {
  Posteriors posteriors;
  std::vector<float> frames;  // normalised
  std::vector<WordEdge> edges;
  std::vector<double> missed;  // of each edge, ms: the segment's boundary less the walk's
  bool held_out = false;
};

struct Sample {
  std::size_t story = 0;
  std::size_t edge = 0;
};

class BoundaryTask final : public toolkit::Task {
 public:
  static Result<std::unique_ptr<toolkit::Task>> open(const toolkit::TaskRequest& request) {
    auto task = std::make_unique<BoundaryTask>();
    toolkit::Fields fields(request.options, "data");
    const auto models = fields.texts("models", {"phones-int8.tflite"});
    PRIMER_TRY(fields.finish());
    toolkit::Fields variation(request.augmentation, "augmentation");
    task->moved_ = static_cast<int>(variation.integer("moved", 2));
    task->jitter_ = variation.number("jitter", 0.05);
    PRIMER_TRY(variation.finish());
    PRIMER_TRY(task->hear(request.data, {models.begin(), models.end()}));
    task->describe();
    return task;
  }

  const toolkit::TaskInfo& info() const override { return info_; }
  std::size_t size(Split split) const override { return samplesOf(split).size(); }

  void fill(Split split, std::size_t index, Random* augment,
            toolkit::SampleView& view) const override {
    const auto& sample = samplesOf(split)[index];
    const auto& story = stories_[sample.story];
    int moved = 0;
    if (augment != nullptr) {
      moved = static_cast<int>(augment->below(static_cast<std::uint64_t>(2 * moved_ + 1))) - moved_;
    }
    auto edge = story.edges[sample.edge];
    edgeFeatures(edge, moved, story.posteriors, story.frames, view.inputs[0]);
    if (augment != nullptr && jitter_ > 0) {
      for (auto& value : view.inputs[0].subspan(2 * kUnits)) {
        value += static_cast<float>(augment->normal(0, jitter_));
      }
    }
    const double missed = story.missed[sample.edge] - moved * kMillisecondsPerStep;
    for (std::size_t k = 0; k < kEdgeAnswers; ++k) {
      const double asked = (static_cast<double>(k) + 0.5) * kAnswerMs - kEdgeReach;
      view.targets[0][k] = missed > asked ? 1.0f : 0.0f;
    }
  }

  toolkit::Metrics measure(Split split,
                           const std::vector<std::vector<float>>& outputs) const override {
    std::vector<double> before, after;
    double near = 0;
    for (std::size_t i = 0; i < samplesOf(split).size(); ++i) {
      const auto& sample = samplesOf(split)[i];
      const double missed = stories_[sample.story].missed[sample.edge];
      const auto answers = std::span(outputs[0]).subspan(i * kEdgeAnswers, kEdgeAnswers);
      before.push_back(std::abs(missed));
      after.push_back(std::abs(missed - edgeOffset(answers)));
      near += after.back() <= kNear ? 1 : 0;
    }
    return {{"walk_median_ms", median(before)},
            {"median_ms", median(after)},
            {"within_50ms_percent", 100 * near / std::max<double>(1, double(after.size()))}};
  }

 private:
  const std::vector<Sample>& samplesOf(Split split) const {
    return split == Split::kTraining ? training_ : development_;
  }

  Status hear(const std::filesystem::path& data, const std::vector<std::filesystem::path>& models) {
    PRIMER_ASSIGN(auto acoustic, AcousticModel::open(models));
    PRIMER_ASSIGN(const auto lexicon, Lexicon::openShipped());
    PRIMER_ASSIGN(const auto told, readSegmentedStories(data, lexicon));
    std::vector<double> all;
    for (const auto& one : told) {
      PRIMER_ASSIGN(auto file, speech::AudioFile::open(one.audio));
      PRIMER_ASSIGN(const auto recording, readRecording(file));
      PRIMER_ASSIGN(auto hearing, pronunciation::hear(recording, acoustic));
      if (hearing.problem) continue;
      const auto alignment = align(one.words, hearing.posteriors, carefulAlignment());
      HeardStory story;
      story.held_out = one.held_out;
      story.edges = wordEdges(alignment);
      for (const auto& edge : story.edges) {
        const auto& truth = edge.ends ? one.ends : one.begins;
        story.missed.push_back(truth[edge.word] - hearing.millisecondsAt(edge.step));
      }
      all.insert(all.end(), story.missed.begin(), story.missed.end());
      const auto part = hearing.partOf(recording);
      story.frames.resize(part.size());
      normalise(part, bandNorm(part), story.frames);
      story.posteriors = std::move(hearing.posteriors);
      stories_.push_back(std::move(story));
    }
    takeLagOff(median(std::move(all)));
    return {};
  }

  // The recordings lag behind their segments by some time, the same for all of them.
  void takeLagOff(double lag) {
    for (std::size_t s = 0; s < stories_.size(); ++s) {
      auto& story = stories_[s];
      for (auto& missed : story.missed) missed -= lag;
      const bool doubtful = std::abs(median(story.missed)) > kFarOff;
      for (std::size_t e = 0; e < story.edges.size(); ++e) {
        if (story.held_out) {
          development_.push_back({s, e});
        } else if (!doubtful && std::abs(story.missed[e]) < kTooFar) {
          training_.push_back({s, e});
        }
      }
    }
  }

  void describe() {
    info_.name = "pronunciation-boundaries";
    info_.inputs = {{"edge", {static_cast<std::int32_t>(edge::kFeatures)}}};
    toolkit::OutputSpec later;
    later.name = "later";
    later.size = static_cast<std::int32_t>(kEdgeAnswers);
    later.loss = toolkit::Loss::kBinary;
    info_.outputs = {later};
    info_.main_metric = "within_50ms_percent";
    info_.use = {{"for", "where words of English read aloud begin and end, to 10 ms"},
                 {"not_for", "boundaries of single sounds"}};
    info_.data =
        toolkit::Json::array({{{"name", "RoboTutor English assets, word segments"},
                               {"licence", "CC BY 4.0"},
                               {"credit", "Carnegie Mellon University and RoboTutor LLC"}}});
  }

  toolkit::TaskInfo info_;
  int moved_ = 2;
  double jitter_ = 0.05;
  std::vector<HeardStory> stories_;
  std::vector<Sample> training_, development_;
};

Result<std::vector<std::byte>> buildEdgesDense(const toolkit::Json& options,
                                               const toolkit::TaskInfo& task, std::uint64_t seed) {
  using toolkit::Activation;
  toolkit::Fields fields(options, "architecture");
  const auto first = static_cast<int>(fields.integer("first", 64));
  const auto second = static_cast<int>(fields.integer("second", 48));
  fields.require(first >= 1 && first <= 1024 && second >= 1 && second <= 1024, "first",
                 "must be 1 to 1024, as second");
  PRIMER_TRY(fields.finish());
  toolkit::GraphBuilder graph("edges-dense", seed);
  auto x = graph.input("edge", task.inputs[0].shape);
  x = graph.dense(x, {.units = first, .activation = Activation::kRelu});
  x = graph.dense(x, {.units = second, .activation = Activation::kRelu});
  graph.output(graph.dense(x, {.units = static_cast<int>(kEdgeAnswers)}), "later");
  return graph.finish();
}

}  // namespace

void addBoundaries(toolkit::Workshop& workshop) {
  workshop.addTask("pronunciation-boundaries", "how far a walk missed the ends of words",
                   BoundaryTask::open);
  workshop.addArchitecture("edges-dense", buildEdgesDense);
}

}  // namespace primer::pronunciation::workshop
