#pragma once

// What the programs that measure lines and columns are asked for alike.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "lines/line_composer.h"
#include "lines/line_sheet.h"
#include "primer/base/result.h"
#include "primer/handwriting/line_reader.h"

namespace primer::handwriting::workshop {

struct MeasureOptions {
  std::string data;
  std::string symbols;
  std::string head;
  std::string sheet;
  std::size_t count = 1000;
  std::size_t show = 0;
  double overwritten = 0;
  double freedom = 0;
  bool foreign = false;
  bool calibrate = false;
  std::uint64_t seed = 1;

  Result<SymbolReader> openSymbols() const {
    return symbols.empty() ? SymbolReader::openShipped() : SymbolReader::open(symbols);
  }
  ComposerOptions composerOptions() const {
    return {std::nullopt, overwritten, freedom, {0, foreign, 0}};
  }
  std::filesystem::path headPath() const {
    return head.empty() ? LineReader::shippedHead() : std::filesystem::path(head);
  }
};

// `what`: "lines". The options must outlive the parsing.
inline void addMeasureOptions(CLI::App& app, MeasureOptions& options, const std::string& what) {
  if (const char* data = std::getenv("PRIMER_DATA"); data != nullptr) options.data = data;
  app.add_option("--data", options.data, "the folder of data sets (default: PRIMER_DATA)");
  app.add_option("--symbols", options.symbols, "a symbol model in place of the shipped one");
  app.add_option("--head", options.head, "a line head in place of the shipped one");
  app.add_option("--count", options.count, "how many " + what)->check(CLI::Range(1, 1000000));
  app.add_option("--seed", options.seed);
  app.add_option("--show", options.show, "how many misread " + what + " to name");
  app.add_option("--overwritten", options.overwritten, "chance of a digit over another");
  app.add_option("--freedom", options.freedom, "by how much styles range wider than in training");
  app.add_flag("--foreign", options.foreign, "ink of pendigits, Omniglot and Detexify");
  app.add_option("--sheet", options.sheet,
                 "draws the first 40 " + what + " with their readings (SVG)");
  app.add_flag("--calibrate", options.calibrate, "fits the weights of the confidence");
}

inline Status writeSheet(const std::string& path, const std::string& picture) {
  std::ofstream file(path);
  file << picture;
  if (!file) return fail(ErrorCode::kIo, path + ": cannot be written");
  return {};
}

}  // namespace primer::handwriting::workshop
