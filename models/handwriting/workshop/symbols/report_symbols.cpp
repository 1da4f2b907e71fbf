// What the reader of symbols is worth on development ink, with everything that it does (mirror
// reading, calibration, refusal): a tool of the workshop, not installed.
//
//   ink-report --data DIR [--model FILE] [--svg FILE]
//
// One JSON line for each class set and source, for digits turned round, and for each kind of junk;
// then the pairs that are confused most. --svg draws how honest probabilities are.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "primer/base/program.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/symbol_reader.h"
#include "symbols/drawings.h"
#include "symbols/reliability.h"
#include "symbols/synthesis.h"

namespace primer::handwriting::workshop {
namespace {

using Line = nlohmann::ordered_json;

constexpr std::uint64_t kSeed = 22;
constexpr std::size_t kMadeJunk = 1000;  // of each kind
constexpr std::size_t kPairs = 10;

struct Group {
  const char* classes;
  Source source;
};
constexpr Group kGroups[] = {{"digits", Source::kUnipen},  {"digits", Source::kPendigits},
                             {"upper", Source::kUnipen},   {"lower", Source::kUnipen},
                             {"letters", Source::kUnipen}, {"school", Source::kUnipen},
                             {"school", Source::kDetexify}};

double percent(double part, double all) { return all > 0 ? 100 * part / all : 0; }

Ink inkOf(const FlatInk& flat) {
  Ink ink;
  for (std::size_t s = 0; s < flat.strokeCount(); ++s) {
    Stroke stroke;
    for (std::size_t i = flat.strokeBegin(s); i < flat.ends[s]; ++i) {
      stroke.push_back({flat.points[i].x, flat.points[i].y});
    }
    ink.strokes.push_back(std::move(stroke));
  }
  return ink;
}

class Report {
 public:
  Report(const SampleStore& store, SymbolReader reader)
      : store_(store), reader_(std::move(reader)) {}

  void readGroup(const Group& group);
  void readMirrored();
  void readJunk();
  void tellPairs() const;
  std::string reliability() const { return drawReliability(panels_); }

 private:
  bool belongs(const Sample& sample, const SymbolSet& set, Source source) const {
    return sample.development && sample.trusted && sample.source == source &&
           sample.symbol != kJunk && set.contains(sample.symbol);
  }
  SymbolReading read(const Sample& sample, const SymbolSet& set, bool mirrored) {
    store_.copyInk(sample, flat_);
    if (mirrored) {
      for (auto& p : flat_.points) p.x = -p.x;
    }
    SymbolContext context;
    if (sample.relative_size > 0) context.relative_size = sample.relative_size;
    return reader_.read(inkOf(flat_), set, context);
  }
  void tellJunk(const std::string& kind, const std::vector<FlatInk>& inks);

  const SampleStore& store_;
  SymbolReader reader_;
  FlatInk flat_;
  std::map<std::pair<std::string, std::string>, std::size_t> confused_;
  std::vector<NamedReliability> panels_;
};

void Report::readGroup(const Group& group) {
  const auto set = *SymbolSet::named(group.classes);
  Reliability reliability;
  double right = 0, in_three = 0, unsure = 0, sure_wrong = 0, mirrored = 0;
  for (const auto& sample : store_.samples()) {
    if (!belongs(sample, set, group.source)) continue;
    const auto reading = read(sample, set, false);
    const auto truth = symbolText(sample.symbol);
    const auto& first = reading.candidates.front();
    const bool is_right = first.symbol == truth;
    const auto three =
        reading.candidates.begin() +
        static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, reading.candidates.size()));
    right += is_right ? 1 : 0;
    in_three += std::any_of(reading.candidates.begin(), three,
                            [&](const auto& one) { return one.symbol == truth; })
                    ? 1
                    : 0;
    unsure += reading.unsure ? 1 : 0;
    sure_wrong += !reading.unsure && !is_right ? 1 : 0;
    mirrored += reading.mirrored ? 1 : 0;
    reliability.count(first.probability, is_right);
    // Of both cases at once only the calibration is asked for.
    if (!is_right && group.classes != std::string_view("letters"))
      ++confused_[{std::string(truth), first.symbol}];
  }
  const double all = reliability.readings();
  const auto name = std::string(group.classes) + ", " + std::string(sourceName(group.source));
  const Line line = {{"read", name},
                     {"n", all},
                     {"right", percent(right, all)},
                     {"in_three", percent(in_three, all)},
                     {"unsure", percent(unsure, all)},
                     {"sure_and_wrong", percent(sure_wrong, all - unsure)},
                     {"taken_for_mirrored", percent(mirrored, all)},
                     {"ece", reliability.error()}};
  std::printf("%s\n", line.dump().c_str());
  panels_.push_back({name, reliability});
}

// Digits that the mirror changes, turned round.
void Report::readMirrored() {
  const auto digits = SymbolSet::digits();
  std::map<std::string, std::array<double, 3>> found;  // by digit: all, as mirrored, and sure
  for (const auto& sample : store_.samples()) {
    const auto text = std::string(symbolText(sample.symbol));
    const bool wanted =
        belongs(sample, digits, Source::kUnipen) || belongs(sample, digits, Source::kPendigits);
    if (!wanted || text == "0" || text == "1" || text == "8") continue;
    const auto reading = read(sample, digits, true);
    const bool hit = reading.mirrored && reading.candidates.front().symbol == text;
    for (const auto& key : {text, std::string("all")}) {
      found[key][0] += 1;
      found[key][1] += hit ? 1 : 0;
      found[key][2] += hit && !reading.unsure ? 1 : 0;
    }
  }
  for (const auto& [digit, counts] : found) {
    const Line line = {{"mirrored", digit},
                       {"n", counts[0]},
                       {"found", percent(counts[1], counts[0])},
                       {"found_and_sure", percent(counts[2], counts[0])}};
    std::printf("%s\n", line.dump().c_str());
  }
}

void Report::tellJunk(const std::string& kind, const std::vector<FlatInk>& inks) {
  Line line = {{"junk", kind}, {"n", inks.size()}};
  for (const auto* classes : {"digits", "school", "all"}) {
    const auto set = *SymbolSet::named(classes);
    double refused = 0;
    for (const auto& ink : inks) refused += reader_.read(inkOf(ink), set).unsure ? 1 : 0;
    line[std::string("refused_") + classes] = percent(refused, static_cast<double>(inks.size()));
  }
  std::printf("%s\n", line.dump().c_str());
}

void Report::readJunk() {
  std::map<std::string, std::vector<FlatInk>> kinds;
  for (const auto& sample : store_.samples()) {
    if (!sample.development || sample.symbol != kJunk) continue;
    store_.copyInk(sample, flat_);
    kinds[sample.source == Source::kOmniglot ? "other scripts" : "signs and pictures"].push_back(
        flat_);
  }
  const Synthesis synthesis(store_, true);
  float size = 0;
  for (std::size_t i = 0; i < kMadeJunk; ++i) {
    toolkit::Random random(kSeed, i);
    Synthesis::makeScribble(random, flat_);
    kinds["scribbles"].push_back(flat_);
    if (synthesis.makeCombination(random, flat_, size))
      kinds["symbols run together"].push_back(flat_);
    makeDrawing(kUnseenDrawings[i % kUnseenDrawings.size()], random, flat_);
    kinds["drawings"].push_back(flat_);
  }
  for (const auto& [kind, inks] : kinds) tellJunk(kind, inks);
}

void Report::tellPairs() const {
  std::vector<std::pair<std::size_t, std::pair<std::string, std::string>>> pairs;
  for (const auto& [pair, count] : confused_) pairs.push_back({count, pair});
  std::sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) {
    return a.first > b.first || (a.first == b.first && a.second < b.second);
  });
  pairs.resize(std::min(pairs.size(), kPairs));
  for (const auto& [count, pair] : pairs) {
    const Line line = {{"written", pair.first}, {"read_as", pair.second}, {"times", count}};
    std::printf("%s\n", line.dump().c_str());
  }
}

Status run(const std::string& data, const std::string& model, const std::string& svg) {
  PRIMER_ASSIGN(const auto store, readAllInk(data));
  PRIMER_ASSIGN(auto reader,
                model.empty() ? SymbolReader::openShipped() : SymbolReader::open(model));
  Report report(store, std::move(reader));
  for (const auto& group : kGroups) report.readGroup(group);
  report.readMirrored();
  report.readJunk();
  report.tellPairs();
  if (svg.empty()) return {};
  std::ofstream file(svg);
  file << report.reliability();
  if (!file.flush()) return fail(ErrorCode::kIo, svg + ": cannot be written");
  return {};
}

}  // namespace
}  // namespace primer::handwriting::workshop

int main(int argc, char** argv) try {
  std::string data;
  std::string model;
  std::string svg;
  if (const char* named = std::getenv("PRIMER_DATA"); named != nullptr) data = named;
  CLI::App app("Measures the reader of symbols on development ink.");
  app.add_option("--data", data, "the folder of data sets (default: PRIMER_DATA)");
  app.add_option("--model", model, "a model file in place of the shipped one");
  app.add_option("--svg", svg, "where the reliability diagram goes");
  CLI11_PARSE(app, argc, argv);
  const auto done = primer::handwriting::workshop::run(data, model, svg);
  return done ? primer::kExitOk : primer::reportError("ink-report", done.error());
} catch (const std::exception& problem) {
  return primer::reportError("ink-report", {primer::ErrorCode::kInternal, problem.what()});
}
