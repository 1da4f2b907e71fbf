// primer-batch symbols: one symbol's ink a line, read.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include "ink_json.h"
#include "json_lines.h"
#include "primer/base/program.h"
#include "primer/handwriting/personal_templates.h"
#include "primer/handwriting/symbol_reader.h"
#include "verb.h"

namespace primer::batch {

namespace {

using handwriting::PersonalTemplates;
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

// The name of a record's writer; empty where it names none.
Result<std::string> writerOf(const Json& record) {
  const auto writer = record.find("writer");
  if (writer == record.end() || writer->is_null()) return std::string();
  if (writer->is_string()) return writer->get<std::string>();
  if (writer->is_number_integer()) return writer->dump();
  return fail(ErrorCode::kInvalidArgument, "\"writer\" must be a text");
}

// What each writer's confirmed samples make.
class Hands {
 public:
  explicit Hands(SymbolReader& reader) : reader_(reader) {}

  // One confirmed sample: {"writer","symbol","strokes"}.
  Status add(const Json& record) {
    if (!record.is_object()) {
      return fail(ErrorCode::kInvalidArgument, "the line is not a JSON object");
    }
    PRIMER_ASSIGN(const std::string writer, writerOf(record));
    if (writer.empty()) return fail(ErrorCode::kInvalidArgument, "\"writer\" is missing");
    const auto text = record.find("symbol");
    if (text == record.end() || !text->is_string()) {
      return fail(ErrorCode::kInvalidArgument, "\"symbol\" must be a text");
    }
    const auto symbol = handwriting::symbolIndex(text->get_ref<const std::string&>());
    if (!symbol || *symbol == handwriting::kJunk) {
      return fail(ErrorCode::kInvalidArgument, "\"symbol\" is none that is read");
    }
    PRIMER_ASSIGN(const Ink ink, parseInk(record));
    const auto features = reader_.features(ink);
    if (std::all_of(features.begin(), features.end(), [](float value) { return value == 0; })) {
      return fail(ErrorCode::kInvalidArgument, "\"strokes\" hold no ink of one symbol");
    }
    const auto [hand, is_new] = hands_.try_emplace(writer, reader_.featureSpace());
    hand->second.add(*symbol, features);
    return {};
  }

  // Null for a writer without samples.
  const PersonalTemplates* of(const std::string& writer) const {
    const auto hand = hands_.find(writer);
    return hand == hands_.end() ? nullptr : &hand->second;
  }

 private:
  SymbolReader& reader_;
  std::map<std::string, PersonalTemplates> hands_;
};

int run(const SymbolsOptions& options, const Streams& streams) {
  const auto classes = parseClasses(options.classes);
  if (!classes) return reportError(kProgram, classes.error());
  auto reader =
      options.model.empty() ? SymbolReader::openShipped() : SymbolReader::open(options.model);
  if (!reader) return reportError(kProgram, reader.error());
  Hands hands(*reader);
  bool bad_samples = false;
  if (!options.adapt.empty()) {
    // A bad sample has no place in the output: it is named on standard error and left out.
    const auto read = readLines(options.adapt, [&](std::size_t number, const Result<Json>& line) {
      const Status added = line ? hands.add(*line) : Status(fail(line.error()));
      if (added) return;
      bad_samples = true;
      std::fprintf(stderr, "%s: %s: line %zu: %s\n", kProgram, options.adapt.c_str(), number,
                   added.error().message.c_str());
    });
    if (!read) return reportError(kProgram, read.error());
  }
  const int code = answerLines(streams, [&](const Json& record, Json& answer) -> Status {
    PRIMER_ASSIGN(const Ink ink, parseInk(record));
    PRIMER_ASSIGN(const SymbolSet allowed, allowedSymbols(record, *classes));
    PRIMER_ASSIGN(SymbolContext context, symbolContext(record));
    PRIMER_ASSIGN(const std::string writer, writerOf(record));
    context.hand = hands.of(writer);
    putReading(reader->read(ink, allowed, context), answer);
    return {};
  });
  return code == kExitOk && bad_samples ? kExitSomeFailed : code;
}

}  // namespace

Verb addSymbols(CLI::App& command, const Streams& streams) {
  auto options = std::make_shared<SymbolsOptions>();
  command.add_option("--classes", options->classes,
                     "what is read: digits, upper, lower, letters, school or all (the default)");
  command.add_option("--model", options->model, "a model file in place of the shipped one");
  command.add_option(
      "--adapt", options->adapt,
      "confirmed samples of each writer ({\"writer\",\"symbol\",\"strokes\"} a line), as "
      "personal templates");
  return [options, &streams] { return run(*options, streams); };
}

}  // namespace primer::batch
