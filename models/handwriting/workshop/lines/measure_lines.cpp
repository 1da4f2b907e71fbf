// How well lines are read: a program for the workshop, not part of the product.
//
//   ink-lines [--data DIR] [--symbols FILE] [--head FILE] [--count N] [--seed N] [--show N]
//             [--sheet FILE.svg] [--export FILE] [--foreign] [--freedom F]
//             [--tune ROUNDS] [--calibrate] [--gate]
//
// Composes lines of one development writer each, reads them, and prints one JSON object. --sheet
// draws the first 40 with their readings, --export writes the lines as `primer-batch lines` takes
// them; --tune tries other weights of the search
// instead, --calibrate fits those of the confidence, --gate those by which groups are dropped.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "lines/calibrate_lines.h"
#include "lines/fit_gate.h"
#include "lines/junk_lines.h"
#include "lines/line_composer.h"
#include "lines/line_figures.h"
#include "lines/line_sheet.h"
#include "lines/measure_options.h"
#include "lines/tune_weights.h"
#include "primer/base/program.h"
#include "primer/base/thread_clock.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/line_reader.h"
#include "primer/handwriting/personal_templates.h"

namespace primer::handwriting::workshop {
namespace {

constexpr const char* kProgram = "ink-lines";
constexpr std::size_t kSheetLines = 40;
constexpr double kSureWrong = 2;  // per cent of lines and junk, at which confidences are compared

struct Options : MeasureOptions {
  std::string exported;
  std::optional<std::size_t> hand;  // confirmed samples of each class; a test set of its own
  int tune = 0;
  bool gate = false;
};

// The hands of the lines' writers, made of samples that no line holds.
class Hands {
 public:
  Hands(const Glyphs& glyphs, SymbolReader symbols, std::size_t samples)
      : glyphs_(glyphs), symbols_(std::move(symbols)), samples_(samples) {}

  const PersonalTemplates& of(const Glyphs::Hand& hand) {
    const auto [place, fresh] = made_.try_emplace({hand.writer, hand.second}, 0u);
    if (!fresh) return place->second;
    place->second = PersonalTemplates(symbols_.featureSpace());
    for (std::size_t label = 0; label < kJunk; ++label) {
      for (const auto& ink : glyphs_.confirmed(label, hand, samples_)) {
        SymbolScores scores;
        symbols_.score({&ink, 1}, {}, {&scores, 1});
        place->second.add(label, scores.features);
      }
    }
    return place->second;
  }

 private:
  const Glyphs& glyphs_;
  SymbolReader symbols_;
  std::size_t samples_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, PersonalTemplates> made_;
};

// What is wrong in a line, in the order in which it went wrong.
enum class Fault { kNone, kGrouping, kSymbol, kStructure };

Fault faultOf(const MadeNotation& made, const LineReading& reading) {
  if (reading.latex == made.latex) return Fault::kNone;
  bool all_labels = true;
  for (const auto& truth : made.symbols) {
    if (truth.replaced) continue;
    auto strokes = truth.strokes;
    std::sort(strokes.begin(), strokes.end());
    const auto found =
        std::find_if(reading.symbols.begin(), reading.symbols.end(),
                     [&strokes](const LineSymbol& symbol) { return symbol.strokes == strokes; });
    if (found == reading.symbols.end()) return Fault::kGrouping;
    all_labels = all_labels && found->symbol == symbolText(truth.label);
  }
  return all_labels ? Fault::kStructure : Fault::kSymbol;
}

// Symbols whose strokes were found and that were read as another.
void countPairs(const MadeNotation& made, const LineReading& reading,
                std::map<std::pair<std::string, std::string>, std::size_t>& pairs) {
  for (const auto& truth : made.symbols) {
    for (const auto& symbol : reading.symbols) {
      if (truth.replaced || symbol.strokes != truth.strokes) continue;
      const std::string written(symbolText(truth.label));
      if (symbol.symbol != written) ++pairs[{written, symbol.symbol}];
    }
  }
}

bool isSchool(const MadeNotation& made) {
  static const auto kSchool = SymbolSet::school();
  return std::all_of(made.symbols.begin(), made.symbols.end(),
                     [](const MadeSymbol& symbol) { return kSchool.contains(symbol.label); });
}

struct Tally {
  LineTally lines;
  LineTally school;  // of these, lines of nothing but the school symbols
  std::size_t unsure = 0;
  std::size_t sure_wrong = 0;
  std::array<std::size_t, 4> faults{};
  std::map<std::pair<std::string, std::string>, std::size_t> pairs;
  std::vector<double> milliseconds;
  std::array<double, 10> bin_confidence{};
  std::array<std::size_t, 10> bin_right{};
  std::array<std::size_t, 10> bin_count{};
};

nlohmann::ordered_json strokesJson(const Ink& ink) {
  auto strokes = nlohmann::ordered_json::array();
  for (const auto& stroke : ink.strokes) {
    auto points = nlohmann::ordered_json::array();
    for (const auto& p : stroke) points.push_back({p.x, p.y});
    strokes.push_back(std::move(points));
  }
  return strokes;
}

double percentOf(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
}

nlohmann::ordered_json reportOf(Tally& tally) {
  std::sort(tally.milliseconds.begin(), tally.milliseconds.end());
  const auto n = tally.lines.count();
  double error = 0;  // expected calibration error
  for (std::size_t b = 0; b < tally.bin_count.size(); ++b) {
    error += std::abs(static_cast<double>(tally.bin_right[b]) - tally.bin_confidence[b]);
  }
  std::vector<std::pair<std::size_t, std::string>> pairs;
  for (const auto& [pair, count] : tally.pairs) {
    pairs.emplace_back(count, pair.first + " read as " + pair.second);
  }
  std::sort(pairs.rbegin(), pairs.rend());
  auto worst = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < std::min<std::size_t>(pairs.size(), 10); ++i) {
    worst[pairs[i].second] = pairs[i].first;
  }
  return {{"lines", n},
          {"exact", tally.lines.exactPercent()},
          {"within_3", tally.lines.withinThreePercent()},
          {"school_lines", tally.school.count()},
          {"school_exact", tally.school.exactPercent()},
          {"school_within_3", tally.school.withinThreePercent()},
          {"unsure", percentOf(tally.unsure, n)},
          {"sure_wrong", percentOf(tally.sure_wrong, n)},
          {"grouping", percentOf(tally.faults[1], n)},
          {"symbol", percentOf(tally.faults[2], n)},
          {"structure", percentOf(tally.faults[3], n)},
          {"ece", n == 0 ? 0 : error / static_cast<double>(n)},
          {"worst_pairs", worst},
          {"milliseconds",
           {{"median", tally.milliseconds[n / 2]},
            {"p99", tally.milliseconds[n * 99 / 100]},
            {"max", tally.milliseconds.back()}}}};
}

int tune(const Options& options, SymbolReader symbols, const LineComposer& composer) {
  auto scorer = lines::GroupScorer::create(std::move(symbols), options.headPath());
  if (!scorer) return reportError(kProgram, scorer.error());
  std::vector<ScoredLine> lines;
  for (std::size_t i = 0; i < options.count; ++i) {
    toolkit::Random random(options.seed, i);
    lines.push_back(scoreLine(composer.make(random), *scorer));
  }
  const auto w = tuneWeights(lines, {}, options.tune);
  nlohmann::ordered_json report = {{"one", w.one},
                                   {"classes", w.classes},
                                   {"layout", w.layout},
                                   {"plausibility", w.plausibility},
                                   {"alike", w.alike},
                                   {"token", w.token},
                                   {"worth", worthOf(lines, w)}};
  std::printf("%s\n", report.dump().c_str());
  return kExitOk;
}

// Half as much junk as lines is wrong whatever is read. Every third line is of foreign ink or of a
// freer style, or of both: of other hands the confidence must be honest too.
int calibrate(const Options& options, SymbolReader symbols, const SampleStore& store,
              const LineComposer& composer) {
  auto scorer = lines::GroupScorer::create(std::move(symbols), options.headPath());
  if (!scorer) return reportError(kProgram, scorer.error());
  constexpr double kFreer = 0.35;
  auto freer = options.composerOptions();
  freer.freedom = kFreer;
  auto foreign = freer;
  foreign.glyphs.foreign = true;
  const LineComposer free_lines(store, true, freer);
  const LineComposer foreign_lines(store, true, foreign);
  std::vector<JudgedLine> judged;
  const auto judge = [&](const MadeNotation& made, std::uint32_t writer) {
    if (auto line = judgeLine(scoreLine(made, *scorer), writer)) judged.push_back(*line);
  };
  for (std::size_t i = 0; i < options.count; ++i) {
    toolkit::Random random(options.seed, i);
    const auto& from = i % 3 != 0 ? composer : i % 2 == 0 ? free_lines : foreign_lines;
    const auto made = from.make(random);
    judge(made, made.hand.writer);
    if (i % 2 == 0) continue;
    const auto kind = junkKinds()[i / 2 % junkKinds().size()].first;
    judge({makeJunkLine(kind, store, composer, random), {}, "junk", "junk", {}},
          static_cast<std::uint32_t>(i / 2));
  }
  // A fifth of the writers judges; the net itself is fitted on all.
  std::vector<JudgedLine> fitted;
  std::vector<JudgedLine> kept;
  for (const auto& line : judged) (line.writer % 5 == 0 ? kept : fitted).push_back(line);
  nlohmann::ordered_json report = {{"lines", judged.size()}, {"kept", kept.size()}};
  const auto put = [&](const char* name, const ConfidenceFigures& figures) {
    report[name] = {
        {"loss", figures.loss}, {"unsure", figures.unsure}, {"threshold", figures.threshold}};
  };
  put("before", measureConfidence(kept, lines::shippedDoubtNet(), kSureWrong));
  put("after", measureConfidence(kept, fitDoubts(fitted, options.seed), kSureWrong));
  std::fprintf(stderr, "%s", netSource(fitDoubts(judged, options.seed)).c_str());
  std::printf("%s\n", report.dump().c_str());
  return kExitOk;
}

// Fits the gate on training writers, measures it on development writers.
int fitGate(const Options& options, const SampleStore& store) {
  ComposerOptions training = {LineComposer::glyphDistortion(), 0.03, 0.3, {0, false, 0.2}};
  const auto fitted =
      gateCases({store, false, training}, {store, false, training}, options.count, options.seed);
  const auto gate =
      fitNet<lines::kContextCount, lines::GateNet::kHidden>(fitted.cases, {8, options.seed});
  std::fprintf(stderr, "%s", netSource(gate).c_str());
  nlohmann::ordered_json report = {{"groups", fitted.cases.size()}, {"not_near", fitted.lost}};
  for (const bool foreign : {false, true}) {
    auto composing = options.composerOptions();
    composing.glyphs.foreign = foreign;
    const auto judged = gateCases({store, true, composing}, {store, true, composing},
                                  options.count / 10, options.seed + 1);
    for (const float odds : {-7.0f, -6.0f, -5.0f, -4.0f, -3.0f}) {
      const auto figures = measureGate(judged.cases, gate, odds);
      report[foreign ? "foreign" : "development"].push_back(
          {{"odds", odds}, {"dropped", figures.dropped}, {"lost", figures.lost}});
    }
  }
  std::printf("%s\n", report.dump().c_str());
  return kExitOk;
}

int run(const Options& options) {
  const auto store = readAllInk(options.data);
  if (!store) return reportError(kProgram, store.error());
  if (options.gate) return fitGate(options, *store);
  auto symbols = options.openSymbols();
  if (!symbols) return reportError(kProgram, symbols.error());
  auto composing = options.composerOptions();
  if (options.hand) composing.glyphs.kept_back = PersonalTemplates::kPerSymbol;
  const LineComposer composer(*store, true, composing);
  if (options.tune > 0) return tune(options, std::move(*symbols), composer);
  if (options.calibrate) return calibrate(options, std::move(*symbols), *store, composer);
  auto hands_reader = symbols->another();
  if (!hands_reader) return reportError(kProgram, hands_reader.error());
  Hands hands(composer.glyphs(), std::move(*hands_reader), options.hand.value_or(0));
  auto reader = LineReader::open(std::move(*symbols), options.headPath());
  if (!reader) return reportError(kProgram, reader.error());

  std::ofstream exported;
  if (!options.exported.empty()) exported.open(options.exported);
  Tally tally;
  std::vector<SheetLine> sheet;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < options.count; ++i) {
    toolkit::Random random(options.seed, i);
    const auto made = composer.make(random);
    LineContext context;
    if (options.hand) context.hand = &hands.of(made.hand);
    LineReading reading;
    tally.milliseconds.push_back(
        threadMilliseconds([&] { reading = reader->read(made.ink, context); }));
    std::vector<std::string> latex = {reading.latex};
    for (const auto& other : reading.alternatives) latex.push_back(other.latex);
    tally.lines.add(latex, made.latex);
    if (isSchool(made)) tally.school.add(latex, made.latex);
    const auto fault = faultOf(made, reading);
    countPairs(made, reading, tally.pairs);
    tally.faults[static_cast<std::size_t>(fault)] += 1;
    tally.unsure += reading.unsure ? 1 : 0;
    tally.sure_wrong += !reading.unsure && reading.latex != made.latex ? 1 : 0;
    const auto bin = std::min<std::size_t>(static_cast<std::size_t>(reading.confidence * 10), 9);
    tally.bin_confidence[bin] += static_cast<double>(reading.confidence);
    tally.bin_right[bin] += reading.latex == made.latex ? 1 : 0;
    tally.bin_count[bin] += 1;
    if (exported) {
      nlohmann::ordered_json record = {{"id", i}, {"truth", made.latex}};
      record["strokes"] = strokesJson(made.ink);
      exported << record.dump() << '\n';
    }
    if (sheet.size() < kSheetLines) {
      sheet.push_back(
          {made.ink, reading.text, made.text, reading.latex == made.latex, reading.unsure});
    }
    if (reading.latex != made.latex && shown < options.show) {
      ++shown;
      const char* names[] = {"", "grouping", "symbol", "structure"};
      std::fprintf(stderr, "%zu %s\t%s\tread\t%s\tconfidence %.2f%s\n", i,
                   names[static_cast<std::size_t>(fault)], made.latex.c_str(),
                   reading.latex.c_str(), static_cast<double>(reading.confidence),
                   reading.unsure ? "" : " SURE");
    }
  }
  auto report = reportOf(tally);
  for (const auto& [kind, count] : junkKinds()) {
    std::size_t refused = 0;
    for (std::size_t i = 0; i < options.count / 10; ++i) {
      toolkit::Random random(options.seed + 1000, i);
      refused += reader->read(makeJunkLine(kind, *store, composer, random)).unsure ? 1 : 0;
    }
    report["refused"][count] = percentOf(refused, options.count / 10);
  }
  if (!options.sheet.empty()) {
    const auto written = writeSheet(options.sheet, drawSheet(sheet));
    if (!written) return reportError(kProgram, written.error());
  }
  std::printf("%s\n", report.dump().c_str());
  return kExitOk;
}

}  // namespace
}  // namespace primer::handwriting::workshop

int main(int argc, char** argv) try {
  primer::handwriting::workshop::Options options;
  CLI::App app("Reads lines of notation composed of one development writer's characters each.");
  primer::handwriting::workshop::addMeasureOptions(app, options, "lines");
  app.add_option("--hand", options.hand, "confirmed samples of each letter and sign of the writer");
  app.add_option("--export", options.exported, "writes the lines for primer-batch lines");
  app.add_option("--tune", options.tune, "rounds of trying other weights of the search");
  app.add_flag("--gate", options.gate, "fits the gate of candidate groups on training lines");
  CLI11_PARSE(app, argc, argv);
  return primer::handwriting::workshop::run(options);
} catch (const std::exception& problem) {
  return primer::reportError("ink-lines", {primer::ErrorCode::kInternal, problem.what()});
}
