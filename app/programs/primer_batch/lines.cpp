// primer-batch lines: one line of handwritten notation a line, read.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <utility>

#include "ink_json.h"
#include "json_lines.h"
#include "primer/base/program.h"
#include "primer/handwriting/line_reader.h"
#include "verb.h"

namespace primer::batch {

namespace {

using handwriting::LineContext;
using handwriting::LineReader;
using handwriting::LineReading;
using handwriting::SymbolSet;

struct LinesOptions {
  std::string symbols;
  std::string head;
};

// The record's "line" and "allowed", either of which may be left out.
Result<LineContext> lineContext(const Json& record) {
  LineContext context;
  const auto ruled = record.find("line");
  if (ruled != record.end() && !ruled->is_null()) {
    const auto number = [&](const char* key) {
      return ruled->is_object() && ruled->contains(key) && (*ruled)[key].is_number();
    };
    if (!number("top") || !number("bottom")) {
      return fail(ErrorCode::kInvalidArgument, "\"line\" must be {\"top\":y,\"bottom\":y}");
    }
    context.line =
        LineContext::Ruled{(*ruled)["top"].get<float>(), (*ruled)["bottom"].get<float>()};
  }
  const auto allowed = record.find("allowed");
  if (allowed != record.end() && !allowed->is_null()) {
    if (!allowed->is_string()) {
      return fail(ErrorCode::kInvalidArgument, "\"allowed\" must be a text of symbols");
    }
    PRIMER_ASSIGN(context.expected, SymbolSet::of(allowed->get_ref<const std::string&>()));
  }
  return context;
}

void putLine(const LineReading& reading, Json& answer) {
  answer["latex"] = reading.latex;
  answer["text"] = reading.text;
  answer["confidence"] = rounded(reading.confidence);
  answer["unsure"] = reading.unsure;
  auto symbols = Json::array();
  for (const auto& symbol : reading.symbols) {
    auto candidates = Json::array();
    for (const auto& candidate : symbol.candidates) {
      candidates.push_back({{"symbol", candidate.symbol}, {"p", rounded(candidate.probability)}});
    }
    const auto& box = symbol.box;
    symbols.push_back({{"symbol", symbol.symbol},
                       {"p", rounded(symbol.probability)},
                       {"strokes", symbol.strokes},
                       {"box", {box.left, box.top, box.right, box.bottom}},
                       {"candidates", std::move(candidates)}});
  }
  answer["symbols"] = std::move(symbols);
  auto alternatives = Json::array();
  for (const auto& other : reading.alternatives) {
    alternatives.push_back(
        {{"latex", other.latex}, {"text", other.text}, {"confidence", rounded(other.confidence)}});
  }
  answer["alternatives"] = std::move(alternatives);
}

Result<LineReader> openReader(const LinesOptions& options) {
  PRIMER_ASSIGN(auto symbols, options.symbols.empty()
                                  ? handwriting::SymbolReader::openShipped()
                                  : handwriting::SymbolReader::open(options.symbols));
  return LineReader::open(std::move(symbols), options.head.empty()
                                                  ? LineReader::shippedHead()
                                                  : std::filesystem::path(options.head));
}

int run(const LinesOptions& options, const Streams& streams) {
  auto reader = openReader(options);
  if (!reader) return reportError(kProgram, reader.error());
  return answerLines(streams, [&](const Json& record, Json& answer) -> Status {
    PRIMER_ASSIGN(const Ink ink, parseInk(record));
    PRIMER_ASSIGN(const LineContext context, lineContext(record));
    putLine(reader->read(ink, context), answer);
    return {};
  });
}

}  // namespace

Verb addLines(CLI::App& command, const Streams& streams) {
  auto options = std::make_shared<LinesOptions>();
  command.add_option("--symbols", options->symbols, "a symbol model in place of the shipped one");
  command.add_option("--head", options->head, "a line model in place of the shipped one");
  return [options, &streams] { return run(*options, streams); };
}

}  // namespace primer::batch
