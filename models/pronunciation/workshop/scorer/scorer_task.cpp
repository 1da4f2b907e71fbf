#include "scorer/scorer_task.h"

#include <algorithm>
#include <limits>

#include "data/credits.h"
#include "primer/pronunciation/scorer.h"
#include "primer/toolkit/graph_builder.h"
#include "scorer/correlation.h"
#include "scorer/rated_features.h"

namespace primer::pronunciation::workshop {

namespace {

using toolkit::Random;
using toolkit::Split;

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
constexpr float kWrong = 1;  // of 2: most raters heard something wrong
constexpr float kOfTen = 5;  // ratings of 0 to 10 are learned as 0 to 2

// How often words are taken for not said, by the mean of their phones.
class Doubts {
 public:
  void add(const RatedSample& sample, std::span<const float> scores) {
    for (std::size_t i = 0; i < scores.size();) {
      const auto word = sample.features.rows[i].word;
      const auto said = sample.said[i];
      double sum = 0;
      for (; i < scores.size() && sample.features.rows[i].word == word; ++i) sum += scores[i];
      if (said == Said::kUnknown) continue;
      const std::size_t which = said == Said::kYes ? 1 : 0;
      words_[which] += 1;
      doubted_[which] += sum < 0 ? 1 : 0;
    }
  }
  double found() const { return 100 * doubted_[0] / std::max(words_[0], 1.0); }
  double mistaken() const { return 100 * doubted_[1] / std::max(words_[1], 1.0); }

 private:
  double words_[2] = {0, 0};
  double doubted_[2] = {0, 0};
};

// How many of the wrong sounds are found where 70 % of the flags are right.
class Flags {
 public:
  void add(float doubt, bool wrong) { sounds_.emplace_back(-doubt, wrong); }
  double found() {
    std::sort(sounds_.begin(), sounds_.end());
    double wrong = 0, most = 0;
    for (std::size_t i = 0; i < sounds_.size(); ++i) {
      wrong += sounds_[i].second ? 1 : 0;
      if (wrong >= kRightFlags * static_cast<double>(i + 1)) most = wrong;
    }
    return 100 * most / std::max(wrong, 1.0);
  }

 private:
  static constexpr double kRightFlags = 0.7;
  std::vector<std::pair<float, bool>> sounds_;
};

class ScorerTask final : public toolkit::Task {
 public:
  static Result<std::unique_ptr<toolkit::Task>> open(const toolkit::TaskRequest& request) {
    auto task = std::make_unique<ScorerTask>();
    toolkit::Fields fields(request.options, "data");
    const std::filesystem::path work = fields.text("work", "pronunciation-work");
    const auto features = fields.text("features", "rated.bin");
    task->positions_ = static_cast<std::size_t>(fields.integer("positions", 64));
    fields.require(task->positions_ >= 48 && task->positions_ <= 512, "positions",
                   "must be 48 to 512");
    PRIMER_TRY(fields.finish());
    toolkit::Fields variation(request.augmentation, "augmentation");
    task->jitter_ = static_cast<float>(variation.number("jitter", task->jitter_));
    PRIMER_TRY(variation.finish());
    PRIMER_ASSIGN(auto corpus, readCorpus(work));
    corpus.mel = {};
    task->utterances_ = std::move(corpus.utterances);
    PRIMER_ASSIGN(task->rated_, readRated(work / features));
    PRIMER_TRY(task->divide(request.fold));
    task->describe();
    return task;
  }

  const toolkit::TaskInfo& info() const override { return info_; }
  std::size_t size(Split split) const override { return samplesOf(split).size(); }

  void fill(Split split, std::size_t index, Random* augment,
            toolkit::SampleView& sample) const override {
    const auto& rated = rated_.samples[samplesOf(split)[index]];
    const auto& ratings = *utterances_[rated.utterance].ratings;
    std::fill(sample.inputs[0].begin(), sample.inputs[0].end(), 0.0f);
    for (auto& target : sample.targets) std::fill(target.begin(), target.end(), kUnknown);
    const auto& rows = rated.features.rows;
    const std::size_t shown = std::min(rows.size(), positions_);
    // Of a longer utterance another part each time.
    std::size_t first = 0;
    if (rows.size() > shown && augment != nullptr) first = augment->below(rows.size() - shown + 1);
    for (std::size_t i = 0; i < shown * kPhoneFeatures; ++i) {
      float value = rated.features.values[first * kPhoneFeatures + i];
      if (augment != nullptr && jitter_ > 0) {
        value += static_cast<float>(augment->normal(0, jitter_));
      }
      sample.inputs[0][i] = value;
    }
    const float sentence[] = {ratings.accuracy, ratings.fluency, ratings.prosody, ratings.total};
    for (std::size_t i = 0; i < shown; ++i) {
      const auto& row = rows[first + i];
      const auto said = rated.said[first + i];
      if (said != Said::kUnknown) sample.targets[3][i] = said == Said::kYes ? 1.0f : 0.0f;
      if (rated.kind == SampleKind::kWrongText) continue;
      const float told = ratings.phones[row.word][row.place];
      sample.targets[0][i] = told;
      sample.targets[4][i] = told < kWrong ? 1.0f : 0.0f;
      sample.targets[1][i * kWordScores] = ratings.word_accuracy[row.word] / kOfTen;
      sample.targets[1][i * kWordScores + 1] = ratings.word_total[row.word] / kOfTen;
      for (std::size_t k = 0; k < kSentenceScores; ++k) {
        sample.targets[2][i * kSentenceScores + k] = sentence[k] / kOfTen;
      }
    }
  }

  // Correlations, as the run time puts the numbers together.
  toolkit::Metrics measure(Split split,
                           const std::vector<std::vector<float>>& outputs) const override {
    Correlation phones, words, sentences[kSentenceScores];
    Doubts doubts;
    Flags by_score, by_chance;
    for (std::size_t s = 0; s < samplesOf(split).size(); ++s) {
      const auto& rated = rated_.samples[samplesOf(split)[s]];
      const auto& ratings = *utterances_[rated.utterance].ratings;
      const auto& rows = rated.features.rows;
      const std::size_t shown = std::min(rows.size(), positions_);
      if (rated.kind == SampleKind::kWrongText) {
        doubts.add(rated, std::span(outputs[3]).subspan(s * positions_, shown));
        continue;
      }
      std::vector<double> totals(ratings.word_total.size(), 0), counts(totals);
      std::vector<double> sums(kSentenceScores, 0);
      for (std::size_t i = 0; i < shown; ++i) {
        const std::size_t at = s * positions_ + i;
        const float rated_so = ratings.phones[rows[i].word][rows[i].place];
        phones.add(std::clamp(outputs[0][at], 0.0f, 2.0f), rated_so);
        by_score.add(-outputs[0][at], rated_so < kWrong);
        by_chance.add(outputs[4][at], rated_so < kWrong);
        totals[rows[i].word] += outputs[1][at * kWordScores + 1];
        counts[rows[i].word] += 1;
        for (std::size_t k = 0; k < kSentenceScores; ++k) {
          sums[k] += outputs[2][at * kSentenceScores + k];
        }
      }
      for (std::size_t w = 0; w < totals.size(); ++w) {
        if (counts[w] > 0) words.add(totals[w] / counts[w], ratings.word_total[w]);
      }
      const float wanted[] = {ratings.accuracy, ratings.fluency, ratings.prosody, ratings.total};
      for (std::size_t k = 0; k < kSentenceScores; ++k) {
        sentences[k].add(sums[k] / static_cast<double>(shown), wanted[k]);
      }
    }
    const double all = phones.value() + words.value() + sentences[3].value() + sentences[1].value();
    return {{"phone", phones.value()},
            {"word_total", words.value()},
            {"sentence_accuracy", sentences[0].value()},
            {"fluency", sentences[1].value()},
            {"prosody", sentences[2].value()},
            {"sentence_total", sentences[3].value()},
            {"found_by_score_percent", by_score.found()},
            {"found_by_chance_percent", by_chance.found()},
            {"unsaid_words_doubted_percent", doubts.found()},
            {"said_words_doubted_percent", doubts.mistaken()},
            {"mean", all / 4}};
  }

 private:
  // Speakers of a fold are judged on as development speakers are; those are then on neither side.
  Status divide(const std::optional<toolkit::Fold>& fold) {
    std::vector<int> folds;
    if (fold) {
      PRIMER_ASSIGN(folds, speakerFolds(utterances_, fold->count));
    }
    for (std::size_t i = 0; i < rated_.samples.size(); ++i) {
      const auto& sample = rated_.samples[i];
      if (sample.utterance >= utterances_.size() || sample.features.rows.empty()) continue;
      const bool development = utterances_[sample.utterance].development;
      if (fold && development) continue;
      const bool judged_on = fold ? folds[sample.utterance] == fold->index : development;
      if (judged_on && sample.kind == SampleKind::kVaried) continue;
      (judged_on ? development_ : training_).push_back(i);
    }
    return {};
  }

  const std::vector<std::size_t>& samplesOf(Split split) const {
    return split == Split::kTraining ? training_ : development_;
  }

  void describe() {
    const auto positions = static_cast<std::int32_t>(positions_);
    info_.name = "pronunciation-scores";
    info_.inputs = {{"phones_heard", {1, positions, static_cast<std::int32_t>(kPhoneFeatures)}}};
    const auto output = [&](const char* name, std::size_t each, double weight) {
      toolkit::OutputSpec spec;
      spec.name = name;
      spec.size = positions * static_cast<std::int32_t>(each);
      spec.loss = toolkit::Loss::kSquared;
      spec.weight = weight;
      return spec;
    };
    info_.outputs = {output("phones", 1, 1), output("words", kWordScores, 0.4),
                     output("sentence", kSentenceScores, 0.4), output("said", 1, 0.3),
                     output("wrong", 1, 0.3)};
    info_.outputs[3].loss = info_.outputs[4].loss = toolkit::Loss::kBinary;
    info_.main_metric = "mean";
    info_.grouped_by = "speaker";
    info_.preprocessing = {{"duration_mean", rated_.durations.mean},
                           {"duration_deviation", rated_.durations.deviation}};
    info_.use = {{"for", "how well phones, words and a sentence were said, of English read aloud"},
                 {"not_for", "exams; a verdict on one utterance of a child"}};
    info_.data = learnersSpeech();
  }

  toolkit::TaskInfo info_;
  std::size_t positions_ = 64;
  float jitter_ = 0.02f;
  std::vector<Utterance> utterances_;
  RatedFeatures rated_;
  std::vector<std::size_t> training_;
  std::vector<std::size_t> development_;
};

// A row a phone: each alone first, then its neighbours, near and farther.
Result<std::vector<std::byte>> buildScoresConv(const toolkit::Json& options,
                                               const toolkit::TaskInfo& task, std::uint64_t seed) {
  using toolkit::Activation;
  toolkit::Fields fields(options, "architecture");
  const auto channels = static_cast<int>(fields.integer("channels", 64));
  const auto dilations = fields.integers("dilations", {1, 2, 4}, 1, 8);
  fields.require(channels >= 1 && channels <= 512, "channels", "must be 1 to 512");
  PRIMER_TRY(fields.finish());
  toolkit::GraphBuilder graph("scores-conv", seed);
  auto x = graph.input("phones_heard", task.inputs[0].shape);
  x = graph.conv1d(x, {.channels = channels, .kernel = 1, .activation = Activation::kRelu});
  for (const auto dilation : dilations) {
    const auto more = graph.conv1d(x, {.channels = channels,
                                       .kernel = 3,
                                       .dilation = static_cast<int>(dilation),
                                       .activation = Activation::kRelu});
    x = graph.add(x, more);
  }
  graph.output(graph.conv1d(x, {.channels = 1, .kernel = 1}), "phones");
  graph.output(graph.conv1d(x, {.channels = kWordScores, .kernel = 1}), "words");
  graph.output(graph.conv1d(x, {.channels = kSentenceScores, .kernel = 1}), "sentence");
  graph.output(graph.conv1d(x, {.channels = 1, .kernel = 1}), "said");
  graph.output(graph.conv1d(x, {.channels = 1, .kernel = 1}), "wrong");
  return graph.finish();
}

}  // namespace

void addScorer(toolkit::Workshop& workshop) {
  workshop.addTask("pronunciation-scores", "what raters say of phones, words and sentences",
                   ScorerTask::open);
  workshop.addArchitecture("scores-conv", buildScoresConv);
}

}  // namespace primer::pronunciation::workshop
