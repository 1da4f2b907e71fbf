#include "level_task.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "archives.h"
#include "level_texts.h"
#include "primer/toolkit/graph_builder.h"
#include "primer/writing/text_measures.h"
#include "text_task.h"

namespace primer::writing::workshop {

namespace {

using toolkit::Json;
using toolkit::Random;
using toolkit::Split;

constexpr int kLevelCount = 3;
constexpr std::uint64_t kDevelopmentShare = 8;  // one article in so many, where there are no folds

struct Sample {
  TextMeasures measures;
  int level = 0;
};

// Some sentences in a row, `words` words or a few more.
std::string windowOf(const std::vector<std::string_view>& sentences, std::size_t words,
                     Random& random) {
  const auto begin = random.below(sentences.size());
  std::string text;
  std::size_t count = 0;
  for (std::size_t i = 0; i < sentences.size() && count < words; ++i) {
    const auto sentence = sentences[(begin + i) % sentences.size()];
    count += wordsOf(sentence).size();
    text += sentence;
    text += ' ';
  }
  return text;
}

class LevelTask final : public TextTask<Sample> {
 public:
  static Result<std::unique_ptr<toolkit::Task>> open(const toolkit::TaskRequest& request) {
    toolkit::Fields fields(request.options, "data");
    const auto windows = fields.integer("windows", 10);
    fields.require(windows >= 0 && windows <= 1000, "windows", "must be 0 to 1000");
    PRIMER_TRY(fields.finish());
    auto task = std::make_unique<LevelTask>();
    toolkit::Fields augmentation(request.augmentation, "augmentation");
    task->hide_ = augmentation.number("hide", 0.1);
    task->hide_words_ = augmentation.number("hide_words", 0.5);
    PRIMER_TRY(augmentation.finish());
    PRIMER_ASSIGN(const auto vocabulary, Vocabulary::openShipped());
    PRIMER_ASSIGN(const auto texts, readOneStopEnglish(request.data));
    std::vector<int> folds(texts.size());
    int held_out = 0;
    if (request.fold) {
      std::vector<std::string> articles;
      for (const auto& text : texts) articles.push_back(text.article);
      PRIMER_ASSIGN(folds, toolkit::dealFolds(articles, request.fold->count));
      held_out = request.fold->index;
    } else {
      for (std::size_t i = 0; i < texts.size(); ++i) {
        folds[i] = static_cast<int>(hashOf(texts[i].article) % kDevelopmentShare);
      }
    }
    Random random(0x1e7e1, 3);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      auto& samples = folds[i] == held_out ? task->development_ : task->training_;
      samples.push_back({measureText(vocabulary, texts[i].text), texts[i].level});
      if (folds[i] == held_out) continue;
      const auto even = evenedOut(texts[i].text);
      const auto sentences = sentencesOf(even);
      for (std::int64_t w = 0; w < windows && !sentences.empty(); ++w) {
        const auto words = 100 + random.below(500);
        samples.push_back(
            {measureText(vocabulary, windowOf(sentences, words, random)), texts[i].level});
      }
    }
    task->describe();
    return task;
  }

  void fill(Split split, std::size_t index, Random* augment,
            toolkit::SampleView& view) const override {
    const auto& sample = samplesOf(split)[index];
    for (std::size_t i = 0; i < kTextNumbers; ++i) {
      const bool hidden = augment != nullptr && augment->chance(hide_);
      view.inputs[0][i] = hidden ? 0 : sample.measures.numbers[i];
    }
    fillBuckets(sample.measures.kinds, view.inputs[1]);
    fillBuckets({}, view.inputs[2]);
    for (const auto& bucket : sample.measures.words) {
      if (augment != nullptr && augment->chance(hide_words_)) continue;
      view.inputs[2][bucket.at] = bucket.weight;
    }
    view.targets[0][0] = static_cast<float>(sample.level);
  }

  toolkit::Metrics measure(Split split,
                           const std::vector<std::vector<float>>& outputs) const override {
    const auto& samples = samplesOf(split);
    std::vector<int> levels;
    for (const auto& sample : samples) levels.push_back(sample.level);
    toolkit::Metrics metrics;
    metrics["accuracy"] = toolkit::accuracyPercent(outputs[0], kLevelCount, levels) / 100;
    double near = 0;
    for (std::size_t i = 0; i < levels.size(); ++i) {
      const auto* scores = &outputs[0][i * kLevelCount];
      const auto level = std::max_element(scores, scores + kLevelCount) - scores;
      near += std::abs(static_cast<int>(level) - levels[i]) <= 1 ? 1 : 0;
    }
    metrics["at_most_one_off"] = near / std::max<double>(1, static_cast<double>(levels.size()));
    return metrics;
  }

 private:
  void describe() {
    info_.name = "reading-level";
    info_.inputs = {{"numbers", {static_cast<std::int32_t>(kTextNumbers)}},
                    {"kinds", {static_cast<std::int32_t>(kKindBuckets)}},
                    {"words", {static_cast<std::int32_t>(kWordBuckets)}}};
    toolkit::OutputSpec level;
    level.name = "level";
    level.size = kLevelCount;
    level.labels = {"elementary", "intermediate", "advanced"};
    info_.outputs = {level};
    info_.main_metric = "accuracy";
    info_.grouped_by = "article";
    info_.use = {{"for", "choosing texts that fit a reader; a first look at a pupil's own writing"},
                 {"not_for", "marks, or judging who wrote a text"}};
    info_.data = Json::array({{{"name", "OneStopEnglish, articles not kept for evaluation"},
                               {"licence", "CC BY-SA 4.0"},
                               {"credit", "Vajjala and Lucic 2018"}}});
  }

  double hide_ = 0;
  double hide_words_ = 0;
};

Result<std::vector<std::byte>> buildTextNet(const Json& options, const toolkit::TaskInfo& task,
                                            std::uint64_t seed) {
  toolkit::Fields fields(options, "architecture");
  const auto units = fields.integer("units", 16);
  fields.require(units >= 1 && units <= 1024, "units", "must be 1 to 1024");
  PRIMER_TRY(fields.finish());
  toolkit::GraphBuilder graph("text-net", seed);
  const auto numbers = graph.input(task.inputs[0].name, task.inputs[0].shape);
  const auto kinds = graph.input(task.inputs[1].name, task.inputs[1].shape);
  const auto words = graph.input(task.inputs[2].name, task.inputs[2].shape);
  const auto hidden = graph.dense(
      numbers, {.units = static_cast<int>(units), .activation = toolkit::Activation::kRelu});
  const auto level = task.outputs[0].size;
  const auto straight = graph.dense(graph.concat({numbers, hidden}), {.units = level});
  const auto sequences =
      graph.add(graph.dense(kinds, {.units = level}), graph.dense(words, {.units = level}));
  graph.output(graph.add(straight, sequences), task.outputs[0].name);
  return graph.finish();
}

}  // namespace

void addLevelTask(toolkit::Workshop& workshop) {
  workshop.addTask("reading-level", "how hard a text is to read", LevelTask::open);
  workshop.addArchitecture("text-net", buildTextNet);
}

}  // namespace primer::writing::workshop
