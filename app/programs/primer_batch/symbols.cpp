// primer-batch symbols: one symbol's ink a line, read.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "ink_json.h"
#include "json_lines.h"
#include "primer/base/program.h"
#include "primer/handwriting/symbol_reader.h"
#include "verb.h"

namespace primer::batch {

namespace {

using handwriting::SymbolContext;
using handwriting::SymbolReader;
using handwriting::SymbolSet;

struct SymbolsOptions {
  std::string classes = "all";
  std::string model;
  std::string adapt;
};

// The classes of the run, narrowed by the record's own "allowed".
Result<SymbolSet> allowedSymbols(const Json& record, const SymbolSet& classes) {
  const auto narrowed = record.find("allowed");
  if (narrowed == record.end() || narrowed->is_null()) return classes;
  if (!narrowed->is_string()) {
    return fail(ErrorCode::kInvalidArgument, "\"allowed\" must be a text of symbols");
  }
  PRIMER_ASSIGN(const SymbolSet set, SymbolSet::of(narrowed->get_ref<const std::string&>()));
  const SymbolSet both = set & classes;
  if (both.size() <= 1) {
    return fail(ErrorCode::kInvalidArgument, "\"allowed\" holds no symbol of the classes");
  }
  return both;
}

Result<SymbolContext> symbolContext(const Json& record) {
  SymbolContext context;
  const auto size = record.find("size");
  if (size == record.end() || size->is_null()) return context;
  if (!size->is_number() || !(size->get<double>() > 0)) {
    return fail(ErrorCode::kInvalidArgument, "\"size\" must be a number above 0");
  }
  context.relative_size = static_cast<float>(size->get<double>());
  return context;
}

int run(const SymbolsOptions& options, const Streams& streams) {
  if (!options.adapt.empty()) {
    std::fprintf(stderr, "%s: symbols --adapt: not in this version\n", kProgram);
    return kExitUsage;
  }
  const auto classes = parseClasses(options.classes);
  if (!classes) return reportError(kProgram, classes.error());
  auto reader =
      options.model.empty() ? SymbolReader::openShipped() : SymbolReader::open(options.model);
  if (!reader) return reportError(kProgram, reader.error());
  return answerLines(streams, [&](const Json& record, Json& answer) -> Status {
    PRIMER_ASSIGN(const Ink ink, parseInk(record));
    PRIMER_ASSIGN(const SymbolSet allowed, allowedSymbols(record, *classes));
    PRIMER_ASSIGN(const SymbolContext context, symbolContext(record));
    putReading(reader->read(ink, allowed, context), answer);
    return {};
  });
}

}  // namespace

Verb addSymbols(CLI::App& command, const Streams& streams) {
  auto options = std::make_shared<SymbolsOptions>();
  command.add_option("--classes", options->classes,
                     "what is read: digits, upper, lower, letters, school or all (the default)");
  command.add_option("--model", options->model, "a model file in place of the shipped one");
  command.add_option("--adapt", options->adapt,
                     "confirmed samples of each writer, as personal templates");
  return [options, &streams] { return run(*options, streams); };
}

}  // namespace primer::batch
