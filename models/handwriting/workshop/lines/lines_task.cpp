#include "lines/lines_task.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "lines/column_composer.h"
#include "lines/line_composer.h"
#include "lines/line_figures.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/lines/group_context.h"
#include "primer/handwriting/lines/group_scorer.h"
#include "primer/handwriting/lines/line_strokes.h"
#include "primer/handwriting/symbol_reader.h"
#include "primer/toolkit/graph_builder.h"

namespace primer::handwriting::workshop {

namespace {

using lines::kContextCount;
using lines::kHeadClasses;
using lines::kNotOne;
using toolkit::Json;
using toolkit::Random;
using toolkit::Split;

struct DataOptions {
  std::int64_t lines = 14000;
  std::int64_t development = 800;
  double negatives = 1.5;  // wrong groups for each right one in training
  double temperature = 1;
  double columns = 0;        // share of column arithmetic among the training lines
  double overwritten = 0;    // chance that in a training line a digit is written over another
  double freedom = 0;        // of the training lines' styles, as ComposerOptions
  double drawn_letters = 0;  // of the training lines, as GlyphOptions
  std::string symbols;       // the symbol model; empty: the shipped one

  static Result<DataOptions> parse(const Json& json) {
    DataOptions o;
    toolkit::Fields fields(json, "data");
    o.lines = fields.integer("lines", o.lines);
    o.development = fields.integer("development", o.development);
    fields.require(o.lines > 0 && o.lines <= 200000, "lines", "must be between 1 and 200000");
    fields.require(o.development > 0 && o.development <= 20000, "development",
                   "must be between 1 and 20000");
    o.negatives = fields.number("negatives", o.negatives);
    fields.require(o.negatives >= 0, "negatives", "must not be below 0");
    o.temperature = fields.number("temperature", o.temperature);
    fields.require(o.temperature > 0, "temperature", "must be above 0");
    o.columns = fields.number("columns", o.columns);
    fields.require(o.columns >= 0 && o.columns < 1, "columns", "must be from 0 to below 1");
    o.overwritten = fields.number("overwritten", o.overwritten);
    fields.require(o.overwritten >= 0 && o.overwritten <= 1, "overwritten",
                   "must be between 0 and 1");
    o.freedom = fields.number("freedom", o.freedom);
    fields.require(o.freedom >= 0 && o.freedom <= 1, "freedom", "must be between 0 and 1");
    o.drawn_letters = fields.number("drawn_letters", o.drawn_letters);
    fields.require(o.drawn_letters >= 0 && o.drawn_letters <= 1, "drawn_letters",
                   "must be between 0 and 1");
    o.symbols = fields.text("symbols", o.symbols);
    PRIMER_TRY(fields.finish());
    return o;
  }
};

struct Example {
  lines::SymbolEvidence evidence;
  lines::GroupContext context;
  std::uint8_t target = 0;
};

constexpr std::uint64_t kTrainingSeed = 31;
constexpr std::uint64_t kDevelopmentSeed = 32;

class LinesTask : public toolkit::Task {
 public:
  LinesTask(SampleStore store, const DataOptions& data, SymbolReader symbols)
      : store_(std::move(store)), data_(data), symbols_(std::move(symbols)) {
    describe(data);
    const LineComposer composer(store_, true);
    for (std::int64_t i = 0; i < data.development; ++i) {
      Random random(kDevelopmentSeed, static_cast<std::uint64_t>(i));
      addDevelopment(composer.make(random));
    }
  }

  const toolkit::TaskInfo& info() const override { return info_; }
  std::size_t size(Split split) const override { return examples(split).size(); }

  void fill(Split split, std::size_t index, Random* augment,
            toolkit::SampleView& view) const override {
    const auto& example = examples(split)[index];
    std::copy(example.evidence.begin(), example.evidence.end(), view.inputs[0].begin());
    std::copy(example.context.begin(), example.context.end(), view.inputs[1].begin());
    view.targets[0][0] = static_cast<float>(example.target);
    if (augment == nullptr) return;
    // The symbol model knows these writers; of others it is less certain.
    const auto logs = view.inputs[0].subspan(SymbolScores::kFeatureCount);
    if (augment->chance(0.5)) {
      const auto doubt = static_cast<float>(augment->uniform(0.35, 1));
      for (auto& log : logs) log = 1 - doubt * (1 - log);
    }
    for (auto& number : view.inputs[0]) number += static_cast<float>(augment->normal(0, 0.05));
    // Surroundings are never quite as the generator makes them.
    for (auto& number : view.inputs[1]) number += static_cast<float>(augment->normal(0, 0.03));
  }

  toolkit::Metrics measure(Split split,
                           const std::vector<std::vector<float>>& outputs) const override {
    const auto& list = examples(split);
    std::size_t symbols = 0;
    std::size_t right = 0;
    std::size_t others = 0;
    std::size_t refused = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto* scores = outputs[0].data() + i * kHeadClasses;
      const auto best = std::max_element(scores, scores + kHeadClasses) - scores;
      const auto target = list[i].target;
      const bool hit = static_cast<std::size_t>(best) == target;
      (target == kNotOne ? others : symbols) += 1;
      (target == kNotOne ? refused : right) += hit ? 1 : 0;
    }
    const auto percent = [](std::size_t part, std::size_t whole) {
      return whole == 0 ? 0.0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
    };
    toolkit::Metrics metrics = {{"symbols", percent(right, symbols)},
                                {"refused", percent(refused, others)}};
    if (split == Split::kDevelopment) addLineFigures(outputs[0], metrics);
    return metrics;
  }

 private:
  const std::vector<Example>& examples(Split split) const {
    if (split == Split::kDevelopment) return development_;
    // Made when they are first asked for: who only evaluates does not wait for them.
    std::call_once(training_made_, [this] { makeTraining(); });
    return training_;
  }

  void makeTraining() const {
    const ComposerOptions options = {LineComposer::glyphDistortion(),
                                     data_.overwritten,
                                     data_.freedom,
                                     {0, false, data_.drawn_letters}};
    const LineComposer composer(store_, false, options);
    const ColumnComposer columns(store_, false, options);
    for (std::int64_t i = 0; i < data_.lines; ++i) {
      Random random(kTrainingSeed, static_cast<std::uint64_t>(i));
      const bool column = data_.columns > 0 && random.chance(data_.columns);
      addTraining(column ? withoutRules(columns.make(random)) : composer.make(random), random);
    }
  }

  Example exampleOf(const lines::LineStrokes& line, const lines::LineGroup& group,
                    std::uint8_t target) const {
    Example example;
    FlatInk ink;
    copyInk(line, group, ink);
    SymbolScores scores;
    symbols_.score({&ink, 1}, {}, {&scores, 1});
    lines::makeEvidence(scores, example.evidence);
    example.context = contextOf(line, group);
    example.target = target;
    return example;
  }

  void addTraining(const MadeNotation& made, Random& random) const {
    const auto line = lines::takeStrokes(made.ink);
    if (line.count() == 0) return;
    const auto groups = proposeLineGroups(line);
    const auto targets = targetsOf(made, line, groups);
    std::size_t positives = 0;
    for (const auto target : targets) positives += target != kNotOne ? 1 : 0;
    const auto wrong = static_cast<double>(groups.size() - positives);
    const double keep = wrong > 0 ? data_.negatives * static_cast<double>(positives) / wrong : 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (targets[g] == kNotOne && !random.chance(keep)) continue;
      training_.push_back(exampleOf(line, groups[g], static_cast<std::uint8_t>(targets[g])));
    }
  }

  void addDevelopment(MadeNotation made) {
    DevelopmentLine line;
    line.strokes = lines::takeStrokes(made.ink);
    if (line.strokes.count() == 0) return;
    line.groups = proposeLineGroups(line.strokes);
    line.first_example = development_.size();
    const auto targets = targetsOf(made, line.strokes, line.groups);
    for (std::size_t g = 0; g < line.groups.size(); ++g) {
      development_.push_back(
          exampleOf(line.strokes, line.groups[g], static_cast<std::uint8_t>(targets[g])));
    }
    line.latex = std::move(made.latex);
    lines_.push_back(std::move(line));
  }

  // How the lines themselves would be read.
  void addLineFigures(const std::vector<float>& outputs, toolkit::Metrics& metrics) const {
    LineTally tally;
    for (const auto& line : lines_) {
      std::vector<lines::GroupScores> scores;
      for (std::size_t g = 0; g < line.groups.size(); ++g) {
        const auto* from = outputs.data() + (line.first_example + g) * kHeadClasses;
        scores.push_back(lines::groupScoresOf({from, kHeadClasses},
                                              development_[line.first_example + g].evidence,
                                              static_cast<float>(data_.temperature)));
      }
      tally.add(lines::findReadings(line.strokes, line.groups, scores, SymbolSet::all(), {}),
                line.latex);
    }
    metrics["lines_exact"] = tally.exactPercent();
    metrics["lines_within_3"] = tally.withinThreePercent();
  }

  void describe(const DataOptions& data) {
    info_.name = "ink-lines";
    info_.inputs = {{"symbol", {static_cast<std::int32_t>(lines::kEvidenceCount)}},
                    {"context", {static_cast<std::int32_t>(kContextCount)}}};
    toolkit::OutputSpec scores;
    scores.name = "scores";
    scores.size = static_cast<std::int32_t>(kHeadClasses);
    scores.loss = toolkit::Loss::kClasses;
    for (std::size_t i = 0; i < kSymbolCount; ++i) scores.labels.emplace_back(symbolText(i));
    scores.labels.emplace_back("not one symbol");
    info_.outputs = {scores};
    info_.main_metric = "lines_exact";
    info_.preprocessing = {{"context", "primer group context 1"},
                           {"temperature", data.temperature}};
    info_.use = {{"for", "groups of strokes in one line of school notation, with ink-symbols"},
                 {"not_for", "cursive words, other scripts, judging a hand"}};
    info_.data = Json::array(
        {{{"name", "lines composed of UNIPEN train_r01_v07"}, {"licence", "CC BY 4.0"}},
         {{"name", "Pen-Based Recognition of Handwritten Digits (UCI)"}, {"licence", "CC BY 4.0"}},
         {{"name", "Omniglot (Latin letters)"}, {"licence", "MIT"}},
         {{"name", "Detexify"}, {"licence", "ODbL 1.0"}}});
  }

  struct DevelopmentLine {
    lines::LineStrokes strokes;
    std::vector<lines::LineGroup> groups;
    std::size_t first_example = 0;
    std::string latex;
  };

  SampleStore store_;
  DataOptions data_;
  mutable SymbolReader symbols_;  // used by the constructor and, once, by makeTraining()
  mutable std::once_flag training_made_;
  mutable std::vector<Example> training_;
  std::vector<Example> development_;
  std::vector<DevelopmentLine> lines_;
  toolkit::TaskInfo info_;
};

}  // namespace

Result<std::unique_ptr<toolkit::Task>> openLinesTask(const toolkit::TaskRequest& request) {
  PRIMER_ASSIGN(const DataOptions data, DataOptions::parse(request.options));
  toolkit::Fields augmentation(request.augmentation, "augmentation");
  PRIMER_TRY(augmentation.finish());
  PRIMER_ASSIGN(SymbolReader symbols, data.symbols.empty() ? SymbolReader::openShipped()
                                                           : SymbolReader::open(data.symbols));
  PRIMER_ASSIGN(SampleStore store, readAllInk(request.data));
  return std::make_unique<LinesTask>(std::move(store), data, std::move(symbols));
}

Result<std::vector<std::byte>> buildLinesHead(const toolkit::Json& options,
                                              const toolkit::TaskInfo& task, std::uint64_t seed) {
  using toolkit::Activation;
  toolkit::Fields fields(options, "architecture");
  const auto width = static_cast<int>(fields.integer("width", 96));
  fields.require(width >= 8 && width <= 512, "width", "must be between 8 and 512");
  PRIMER_TRY(fields.finish());
  toolkit::GraphBuilder graph("ink-lines", seed);
  std::vector<toolkit::Node> inputs;
  for (const auto& input : task.inputs) inputs.push_back(graph.input(input.name, input.shape));
  auto x = graph.dense(graph.concat(inputs), {.units = width, .activation = Activation::kRelu});
  graph.output(graph.dense(x, {.units = task.outputs[0].size}), task.outputs[0].name);
  return graph.finish();
}

}  // namespace primer::handwriting::workshop
