// Development ink as lines for `primer-batch symbols`: a tool of the workshop, not installed.
//
//   ink-export --data DIR [--classes digits] [--source unipen] > ink.jsonl
//
// Each line carries the true "symbol" as well, which primer-batch does not look at.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>

#include "primer/base/program.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting::workshop {
namespace {

nlohmann::json strokesOf(const FlatInk& ink) {
  auto strokes = nlohmann::json::array();
  for (std::size_t s = 0; s < ink.strokeCount(); ++s) {
    auto stroke = nlohmann::json::array();
    for (std::size_t i = ink.strokeBegin(s); i < ink.ends[s]; ++i) {
      stroke.push_back({ink.points[i].x, ink.points[i].y});
    }
    strokes.push_back(std::move(stroke));
  }
  return strokes;
}

int run(const std::string& data, const std::string& classes, const std::string& source) {
  const auto store = readAllInk(data);
  if (!store) return reportError("ink-export", store.error());
  const auto set = SymbolSet::named(classes);
  if (!set) {
    return reportError("ink-export", {ErrorCode::kInvalidArgument, classes + ": no such classes"});
  }
  FlatInk ink;
  std::size_t number = 0;
  for (const auto& sample : store->samples()) {
    ++number;
    if (!sample.development || !sample.trusted || sample.symbol == kJunk) continue;
    if (!set->contains(sample.symbol)) continue;
    if (!source.empty() && sourceName(sample.source) != source) continue;
    store->copyInk(sample, ink);
    nlohmann::ordered_json line = {{"id", number},
                                   {"symbol", symbolText(sample.symbol)},
                                   {"source", sourceName(sample.source)},
                                   {"strokes", strokesOf(ink)}};
    if (sample.relative_size > 0) line["size"] = sample.relative_size;
    std::printf("%s\n", line.dump().c_str());
  }
  return kExitOk;
}

}  // namespace
}  // namespace primer::handwriting::workshop

int main(int argc, char** argv) try {
  std::string data;
  std::string classes = "all";
  std::string source;
  if (const char* named = std::getenv("PRIMER_DATA"); named != nullptr) data = named;
  CLI::App app("Writes development ink as lines for primer-batch symbols.");
  app.add_option("--data", data, "the folder of data sets (default: PRIMER_DATA)");
  app.add_option("--classes", classes, "digits, upper, lower, letters, school or all");
  app.add_option("--source", source, "unipen, pendigits, omniglot or detexify (default: all)");
  CLI11_PARSE(app, argc, argv);
  return primer::handwriting::workshop::run(data, classes, source);
} catch (const std::exception& problem) {
  return primer::reportError("ink-export", {primer::ErrorCode::kInternal, problem.what()});
}
