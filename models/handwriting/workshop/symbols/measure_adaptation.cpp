// What confirmed samples of a writer's own letters are worth: a tool of the workshop, not
// installed.
//
//   ink-adapt --data DIR [--model FILE]
//
// Of every development writer of UNIPEN (without contributor ibm) the first three samples of each
// letter are kept back, and as many of them as asked become personal templates; the rest is read.
// One line for each class set and number of samples: letters read, per cent right and sure and
// wrong, calibration error.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "primer/base/program.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/personal_templates.h"
#include "primer/handwriting/symbol_reader.h"

namespace primer::handwriting::workshop {
namespace {

constexpr std::size_t kKeptBack = 3;

struct Letter {
  Ink ink;
  std::size_t symbol = 0;
  SymbolContext context;
};

struct Writer {
  std::vector<Letter> kept_back;  // at most kKeptBack of a symbol, in the order of writing
  std::vector<Letter> read;
};

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

std::map<std::uint16_t, Writer> lettersOf(const SampleStore& store) {
  const auto letters = SymbolSet::letters();
  std::map<std::uint16_t, Writer> writers;
  std::map<std::pair<std::uint16_t, std::uint8_t>, std::size_t> seen;
  FlatInk flat;
  for (const auto& sample : store.samples()) {
    if (!sample.development || !sample.trusted || sample.source != Source::kUnipen ||
        sample.symbol == kJunk || !letters.contains(sample.symbol)) {
      continue;
    }
    store.copyInk(sample, flat);
    Letter letter{inkOf(flat), sample.symbol, {}};
    if (sample.relative_size > 0) letter.context.relative_size = sample.relative_size;
    auto& writer = writers[sample.writer];
    const bool keep = seen[{sample.writer, sample.symbol}]++ < kKeptBack;
    (keep ? writer.kept_back : writer.read).push_back(std::move(letter));
  }
  return writers;
}

PersonalTemplates handOf(const Writer& writer, std::size_t samples, SymbolReader& reader) {
  PersonalTemplates hand(reader.featureSpace());
  std::map<std::size_t, std::size_t> seen;
  for (const auto& letter : writer.kept_back) {
    if (seen[letter.symbol]++ < samples) {
      hand.add(letter.symbol, reader.features(letter.ink, letter.context));
    }
  }
  return hand;
}

class Tally {
 public:
  void count(const SymbolReading& reading, std::size_t symbol) {
    const bool right = reading.candidates.front().symbol == symbolText(symbol);
    const double p = reading.candidates.front().probability;
    const auto bin = std::min(static_cast<std::size_t>(p * kBins), kBins - 1);
    gap_[bin] += p - (right ? 1 : 0);
    right_ += right ? 1 : 0;
    sure_ += reading.unsure ? 0 : 1;
    sure_wrong_ += !reading.unsure && !right ? 1 : 0;
    ++all_;
  }

  nlohmann::ordered_json report() const {
    double ece = 0;
    for (const double gap : gap_) ece += std::abs(gap);
    return {{"read", all_},
            {"right", 100 * right_ / all_},
            {"sure", 100 * sure_ / all_},
            {"sure_and_wrong", sure_ > 0 ? 100 * sure_wrong_ / sure_ : 0},
            {"ece", ece / all_}};
  }
  bool empty() const { return all_ == 0; }

 private:
  static constexpr std::size_t kBins = 15;
  std::array<double, kBins> gap_{};
  double right_ = 0;
  double sure_ = 0;
  double sure_wrong_ = 0;
  double all_ = 0;
};

Status run(const std::string& data, const std::string& model) {
  PRIMER_ASSIGN(const auto store, readAllInk(data));
  PRIMER_ASSIGN(auto reader,
                model.empty() ? SymbolReader::openShipped() : SymbolReader::open(model));
  const auto writers = lettersOf(store);
  for (const auto* classes : {"lower", "upper", "letters"}) {
    const auto set = *SymbolSet::named(classes);
    for (std::size_t samples = 0; samples <= kKeptBack; ++samples) {
      Tally tally;
      for (const auto& [number, writer] : writers) {
        const auto hand = handOf(writer, samples, reader);
        for (const auto& letter : writer.read) {
          if (!set.contains(letter.symbol)) continue;
          auto context = letter.context;
          context.hand = &hand;
          tally.count(reader.read(letter.ink, set, context), letter.symbol);
        }
      }
      if (tally.empty()) return fail(ErrorCode::kNotFound, "no letters in " + data);
      auto line = tally.report();
      line["classes"] = classes;
      line["samples"] = samples;
      std::printf("%s\n", line.dump().c_str());
    }
  }
  return {};
}

}  // namespace
}  // namespace primer::handwriting::workshop

int main(int argc, char** argv) try {
  std::string data;
  std::string model;
  if (const char* named = std::getenv("PRIMER_DATA"); named != nullptr) data = named;
  CLI::App app("Measures personal templates on development writers.");
  app.add_option("--data", data, "the folder of data sets (default: PRIMER_DATA)");
  app.add_option("--model", model, "a model file in place of the shipped one");
  CLI11_PARSE(app, argc, argv);
  const auto done = primer::handwriting::workshop::run(data, model);
  return done ? primer::kExitOk : primer::reportError("ink-adapt", done.error());
} catch (const std::exception& problem) {
  return primer::reportError("ink-adapt", {primer::ErrorCode::kInternal, problem.what()});
}
