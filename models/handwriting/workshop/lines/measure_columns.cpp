// How well column arithmetic is read: a program for the workshop, not part of the product.
//
//   ink-columns [--data DIR] [--symbols FILE] [--head FILE] [--count N] [--seed N] [--show N]
//               [--overwritten P] [--foreign] [--freedom F] [--sheet FILE.svg] [--sheets N]
//               [--calibrate]
//
// Composes pages of one development writer each, reads them, and prints one JSON object: all, and
// by layout. --overwritten is the chance that a digit is written over another; --sheet draws the
// first 40 with their readings; --calibrate fits the weights of the confidence, too, on pages of
// which every third is of foreign ink in a freer style. --sheets reads sheets of lines and columns
// instead.

#include <CLI/CLI.hpp>
#include <exception>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "lines/calibrate_lines.h"
#include "lines/column_composer.h"
#include "lines/junk_lines.h"
#include "lines/line_sheet.h"
#include "lines/measure_options.h"
#include "lines/page_figures.h"
#include "primer/base/program.h"
#include "primer/base/thread_clock.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/column_reader.h"
#include "primer/handwriting/drawn_columns.h"
#include "primer/handwriting/printed_division.h"
#include "primer/handwriting/work_reader.h"

namespace primer::handwriting::workshop {
namespace {

constexpr const char* kProgram = "ink-columns";
constexpr std::size_t kSheetPages = 40;

std::string inWords(const ColumnText& text) {
  static constexpr const char* kMethods[] = {"+", "-", "x", ":"};
  static constexpr const char* kLayouts[] = {"house", "equals", "corner"};
  std::string words;
  for (std::size_t i = 0; i < text.operands.size(); ++i) {
    if (i > 0) words += kMethods[static_cast<std::size_t>(text.method)];
    words += text.operands[i];
  }
  words += "=[" + text.result + "]";
  for (const auto& row : text.rows) words += " [" + row + "]";
  if (!text.remainder.empty()) words += " r " + text.remainder;
  if (!text.carries.empty()) words += " marks [" + text.carries + "]";
  if (text.method == ColumnMethod::kDivision) {
    words += std::string(" ") + kLayouts[static_cast<std::size_t>(text.division)];
  }
  return words;
}

std::string kindOf(const ColumnText& text) {
  switch (text.method) {
    case ColumnMethod::kSum:
      return "sum";
    case ColumnMethod::kDifference:
      return "difference";
    case ColumnMethod::kProduct:
      return text.rows.empty() ? "product" : "long_product";
    case ColumnMethod::kDivision:
      break;
  }
  static constexpr const char* kLayouts[] = {"house", "equals", "corner"};
  return std::string(text.rows.empty() ? "division_" : "long_division_") +
         kLayouts[static_cast<std::size_t>(text.division)];
}

struct Tally {
  std::size_t all = 0;
  std::size_t exact = 0;
  std::size_t numbers = 0;  // all but small digits and steps is right
  std::size_t unsure = 0;
  std::size_t sure_wrong = 0;

  void add(const ColumnReading& reading, const ColumnText& truth) {
    const bool right = reading.text && *reading.text == truth;
    ++all;
    exact += right ? 1 : 0;
    numbers += reading.text && reading.text->method == truth.method &&
                       reading.text->operands == truth.operands &&
                       reading.text->result == truth.result
                   ? 1
                   : 0;
    unsure += reading.unsure ? 1 : 0;
    sure_wrong += !reading.unsure && !right ? 1 : 0;
  }
  nlohmann::ordered_json report() const {
    const auto percent = [this](std::size_t part) {
      return all == 0 ? 0.0 : 100 * static_cast<double>(part) / static_cast<double>(all);
    };
    return {{"pages", all},
            {"exact", percent(exact)},
            {"numbers", percent(numbers)},
            {"unsure", percent(unsure)},
            {"sure_wrong", percent(sure_wrong)}};
  }
};

struct Options : MeasureOptions {
  std::size_t sheets = 0;
  std::size_t printed = 0;
};

int readSheets(const Options& options, const SampleStore& store) {
  auto symbols = options.openSymbols();
  if (!symbols) return reportError(kProgram, symbols.error());
  auto others = symbols->another();
  if (!others) return reportError(kProgram, others.error());
  auto lines = LineReader::open(std::move(*symbols), options.headPath());
  if (!lines) return reportError(kProgram, lines.error());
  auto columns = ColumnReader::open(std::move(*others), options.headPath());
  if (!columns) return reportError(kProgram, columns.error());
  auto digits = NumberReader::openShipped();
  if (!digits) return reportError(kProgram, digits.error());
  WorkReader reader(PageReader(std::move(*lines)), std::move(*columns),
                    PrintedDivisionReader(std::move(*digits)));
  const auto report =
      measureSheets({store, true, options.composerOptions()},
                    {store, true, options.composerOptions()}, reader, options.sheets, options.seed);
  std::printf("%s\n", report.dump().c_str());
  return kExitOk;
}

// A division at random and its work; one in four with a wrong digit, one in six not finished.
ColumnText makeDivision(toolkit::Random& random) {
  for (;;) {
    const auto dividend = std::to_string(10 + random.below(random.chance(0.4) ? 90 : 990));
    const auto divisor = std::to_string(2 + random.below(8));
    auto text = workColumns(ColumnMethod::kDivision, {dividend, divisor}, random.chance(0.8))
                    .value_or(ColumnText{});
    if (text.result.empty() || text.result == "0") continue;
    const double fate = random.uniform();
    if (fate < 0.25) {
      text.result[random.below(text.result.size())] = static_cast<char>('0' + random.below(10));
    } else if (fate > 0.84) {
      text.result.back() = ' ';
      text.remainder.clear();
    }
    if (text.result.find_first_not_of(' ') == std::string::npos) continue;
    return text;
  }
}

int readPrinted(const Options& options, const SampleStore& store) {
  auto symbols = options.openSymbols();
  if (!symbols) return reportError(kProgram, symbols.error());
  PrintedDivisionReader reader{NumberReader(std::move(*symbols))};
  const ColumnComposer composer(store, true, options.composerOptions());
  Tally all;
  std::size_t shown = 0;
  for (std::size_t i = 0; all.all < options.printed; ++i) {
    toolkit::Random random(options.seed, i);
    const auto text = makeDivision(random);
    const auto digit = static_cast<float>(0.5 + 0.25 * random.uniform());
    PrintedDivision printed;
    printed.dividend = text.operands[0];
    printed.divisor = text.operands[1];
    printed.cell = 1 / digit;
    printed.bar = 0;
    printed.right = printed.cell * static_cast<float>(printed.dividend.size());
    printed.remainder = true;
    printed.remainder_left = printed.right + printed.cell / 2;
    const auto seed = static_cast<std::uint32_t>(random.below(1'000'000));
    const auto made = composer.set(text, planInto(printed, text, digit, 0.08f, seed), random);
    if (!made) continue;
    printed.cell *= made->unit;
    printed.right *= made->unit;
    printed.remainder_left *= made->unit;
    const auto reading = reader.read(made->ink, printed);
    all.add(reading, text);
    const bool right = reading.text && *reading.text == text;
    if (right || shown++ >= options.show) continue;
    std::fprintf(stderr, "%zu\t%s\tread\t%s%s\n", i, inWords(text).c_str(),
                 reading.text ? inWords(*reading.text).c_str() : "nothing",
                 reading.unsure ? "" : " SURE");
  }
  std::printf("%s\n", all.report().dump().c_str());
  return kExitOk;
}

int run(const Options& options) {
  const auto store = readAllInk(options.data);
  if (!store) return reportError(kProgram, store.error());
  if (options.sheets > 0) return readSheets(options, *store);
  if (options.printed > 0) return readPrinted(options, *store);
  auto symbols = options.openSymbols();
  if (!symbols) return reportError(kProgram, symbols.error());
  auto reader = ColumnReader::open(std::move(*symbols), options.headPath());
  if (!reader) return reportError(kProgram, reader.error());
  const ColumnComposer composer(*store, true, options.composerOptions());
  constexpr double kFreer = 0.35;
  const ColumnComposer foreign(*store, true,
                               {std::nullopt, options.overwritten, kFreer, {0, true, 0}});
  Tally all;
  std::map<std::string, Tally> kinds;
  std::vector<SheetLine> sheet;
  std::vector<std::pair<std::vector<float>, bool>> judged;
  std::size_t shown = 0;
  std::vector<double> milliseconds;
  for (std::size_t i = 0; i < options.count; ++i) {
    toolkit::Random random(options.seed, i);
    const auto made = (options.calibrate && i % 3 == 2 ? foreign : composer).make(random);
    ColumnReading reading;
    milliseconds.push_back(threadMilliseconds([&] { reading = reader->read(made.ink); }));
    all.add(reading, made.text);
    kinds[kindOf(made.text)].add(reading, made.text);
    const bool right = reading.text && *reading.text == made.text;
    const std::string read = reading.text ? inWords(*reading.text) : "nothing";
    if (reading.text) judged.emplace_back(reading.doubts, right);
    if (sheet.size() < kSheetPages) {
      sheet.push_back({made.ink, read, inWords(made.text), right, reading.unsure});
    }
    if (!right && shown < options.show) {
      ++shown;
      std::fprintf(stderr, "%zu\t%s\tread\t%s\tconfidence %.2f%s\n", i, inWords(made.text).c_str(),
                   read.c_str(), static_cast<double>(reading.confidence),
                   reading.unsure ? "" : " SURE");
    }
  }
  auto report = all.report();
  for (const auto& [kind, tally] : kinds) report["by_layout"][kind] = tally.report();
  std::sort(milliseconds.begin(), milliseconds.end());
  report["ms_median"] = milliseconds[milliseconds.size() / 2];
  report["ms_most"] = milliseconds.back();
  const LineComposer lines(*store, true);
  for (const auto& [kind, name] : junkKinds()) {
    std::size_t refused = 0;
    const std::size_t pages = std::max<std::size_t>(options.count / 10, 1);
    for (std::size_t i = 0; i < pages; ++i) {
      toolkit::Random random(options.seed + 1000, i);
      const auto reading = reader->read(makeJunkLine(kind, *store, lines, random));
      refused += reading.unsure ? 1 : 0;
      if (reading.text) judged.emplace_back(reading.doubts, false);
    }
    report["refused"][name] = 100 * static_cast<double>(refused) / static_cast<double>(pages);
  }
  // A line of notation is no column work, and nothing says so but the reading.
  std::size_t refused = 0;
  for (std::size_t i = 0; i < options.count / 4; ++i) {
    toolkit::Random random(options.seed + 2000, i);
    const auto reading = reader->read(lines.make(random).ink);
    refused += reading.unsure ? 1 : 0;
    if (reading.text) judged.emplace_back(reading.doubts, false);
  }
  report["refused"]["lines"] = options.count < 4 ? 0
                                                 : 100 * static_cast<double>(refused) /
                                                       static_cast<double>(options.count / 4);
  if (options.calibrate) report["weights"] = fitLogistic(judged);
  if (!options.sheet.empty()) {
    const auto written = writeSheet(options.sheet, drawSheet(sheet, 220));
    if (!written) return reportError(kProgram, written.error());
  }
  std::printf("%s\n", report.dump().c_str());
  return kExitOk;
}

}  // namespace
}  // namespace primer::handwriting::workshop

int main(int argc, char** argv) try {
  primer::handwriting::workshop::Options options;
  options.count = 600;
  CLI::App app("Reads column arithmetic composed of one development writer's characters each.");
  primer::handwriting::workshop::addMeasureOptions(app, options, "pages");
  app.add_option("--sheets", options.sheets, "reads so many sheets of lines and columns instead");
  app.add_option("--printed", options.printed,
                 "reads so many short divisions on printed squares instead");
  CLI11_PARSE(app, argc, argv);
  return primer::handwriting::workshop::run(options);
} catch (const std::exception& problem) {
  return primer::reportError("ink-columns", {primer::ErrorCode::kInternal, problem.what()});
}
