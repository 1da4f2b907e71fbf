// How well whole numbers are read: a program for the workshop, not part of the product.
//
//   ink-numbers --data DIR [--model FILE] [--count N] [--seed N] [--most-digits N] [--show N]
//
// Composes numbers of one development writer each, reads them, and prints one JSON object.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "numbers/number_synthesis.h"
#include "primer/base/program.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/number_reader.h"
#include "symbols/synthesis.h"

namespace primer::handwriting::workshop {
namespace {

constexpr const char* kProgram = "ink-numbers";

struct Options {
  std::string data;
  std::string model;
  std::size_t count = 2000;
  std::size_t most_digits = 4;
  std::size_t show = 0;
  std::uint64_t seed = 1;
};

struct Tally {
  std::size_t all = 0;
  std::size_t exact = 0;       // the right text, sure or not
  std::size_t unsure = 0;      // asked about, or not read at all
  std::size_t sure_wrong = 0;  // the silent misread
  std::size_t unreadable = 0;  // no text at all

  void add(const NumberReading& reading, const std::string& truth) {
    ++all;
    exact += reading.text == truth ? 1 : 0;
    unsure += reading.unsure ? 1 : 0;
    unreadable += reading.text.empty() ? 1 : 0;
    sure_wrong += !reading.unsure && reading.text != truth ? 1 : 0;
  }
  nlohmann::ordered_json json() const {
    const auto percent = [this](std::size_t n) {
      return all == 0 ? 0.0 : 100.0 * static_cast<double>(n) / static_cast<double>(all);
    };
    return {{"n", all},
            {"exact", percent(exact)},
            {"unsure", percent(unsure)},
            {"sure_wrong", percent(sure_wrong)},
            {"unreadable", percent(unreadable)}};
  }
};

Ink toInk(const FlatInk& flat) {
  Ink ink;
  for (std::size_t s = 0; s < flat.strokeCount(); ++s) {
    Stroke stroke;
    for (std::size_t i = flat.strokeBegin(s); i < flat.ends[s]; ++i) {
      stroke.push_back({flat.points[i].x, flat.points[i].y, 0, 1});
    }
    ink.strokes.push_back(std::move(stroke));
  }
  return ink;
}

int run(const Options& options) {
  const auto store = readAllInk(options.data);
  if (!store) return reportError(kProgram, store.error());
  auto symbols =
      options.model.empty() ? SymbolReader::openShipped() : SymbolReader::open(options.model);
  if (!symbols) return reportError(kProgram, symbols.error());
  NumberReader reader(std::move(*symbols));
  const NumberSynthesis synthesis(*store, true);

  Tally numbers;
  std::vector<Tally> by_length(options.most_digits);
  std::vector<double> milliseconds;
  std::size_t shown = 0;
  toolkit::Random random(options.seed);
  for (std::size_t i = 0; i < options.count; ++i) {
    const auto made = synthesis.makeNumber(random, options.most_digits);
    const auto start = std::chrono::steady_clock::now();
    const auto reading = reader.read(made.ink);
    const std::chrono::duration<double, std::milli> taken =
        std::chrono::steady_clock::now() - start;
    milliseconds.push_back(taken.count());
    numbers.add(reading, made.text);
    by_length[made.text.size() - 1].add(reading, made.text);
    if (reading.text != made.text && shown < options.show) {
      ++shown;
      std::fprintf(stderr, "%zu: wrote %s (%zu strokes), read '%s', confidence %.3f%s\n", i,
                   made.text.c_str(), made.ink.strokes.size(), reading.text.c_str(),
                   static_cast<double>(reading.confidence), reading.unsure ? "" : ", SURE");
    }
  }
  Tally words;
  Tally scribbles;
  for (std::size_t i = 0; i < options.count / 4; ++i) {
    const auto word = synthesis.makeWord(random);
    words.add(reader.read(word.ink), word.text);
    FlatInk scribble;
    Synthesis::makeScribble(random, scribble);
    scribbles.add(reader.read(toInk(scribble)), "");
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  nlohmann::ordered_json report = {{"writers", synthesis.writerCount()},
                                   {"numbers", numbers.json()},
                                   {"words", words.json()},
                                   {"scribbles", scribbles.json()}};
  for (std::size_t k = 0; k < by_length.size(); ++k) {
    report["by_length"][std::to_string(k + 1)] = by_length[k].json();
  }
  if (!milliseconds.empty()) {
    report["milliseconds"] = {{"median", milliseconds[milliseconds.size() / 2]},
                              {"p99", milliseconds[milliseconds.size() * 99 / 100]},
                              {"max", milliseconds.back()}};
  }
  std::printf("%s\n", report.dump().c_str());
  return kExitOk;
}

}  // namespace
}  // namespace primer::handwriting::workshop

int main(int argc, char** argv) try {
  primer::handwriting::workshop::Options options;
  if (const char* data = std::getenv("PRIMER_DATA"); data != nullptr) options.data = data;
  CLI::App app("Reads numbers composed of one development writer's digits each.");
  app.add_option("--data", options.data, "the folder of data sets (default: PRIMER_DATA)");
  app.add_option("--model", options.model, "a model in place of the shipped one");
  app.add_option("--count", options.count, "how many numbers");
  app.add_option("--most-digits", options.most_digits)->check(CLI::Range(1, 10));
  app.add_option("--seed", options.seed);
  app.add_option("--show", options.show, "how many misread numbers to name");
  CLI11_PARSE(app, argc, argv);
  return primer::handwriting::workshop::run(options);
} catch (const std::exception& problem) {
  return primer::reportError("ink-numbers", {primer::ErrorCode::kInternal, problem.what()});
}
