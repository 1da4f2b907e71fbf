// primer-batch columns: handwritten column arithmetic, one piece of work a line, read and judged.

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "ink_json.h"
#include "json_lines.h"
#include "primer/app/column_work.h"
#include "primer/base/program.h"
#include "primer/handwriting/column_reader.h"
#include "primer/maths/column_work.h"
#include "verb.h"

namespace primer::batch {

namespace {

using handwriting::ColumnReader;
using handwriting::ColumnReading;
using handwriting::ColumnRole;
using handwriting::ColumnText;

struct ColumnsOptions {
  std::string symbols;
  std::string head;
};

const char* methodName(handwriting::ColumnMethod method) {
  switch (method) {
    case handwriting::ColumnMethod::kSum:
      return "sum";
    case handwriting::ColumnMethod::kDifference:
      return "difference";
    case handwriting::ColumnMethod::kProduct:
      return "product";
    case handwriting::ColumnMethod::kDivision:
      return "division";
  }
  return "";
}

const char* layoutName(handwriting::DivisionLayout layout) {
  switch (layout) {
    case handwriting::DivisionLayout::kHouse:
      return "house";
    case handwriting::DivisionLayout::kEquals:
      return "equals";
    case handwriting::DivisionLayout::kCorner:
      return "corner";
  }
  return "";
}

const char* roleName(ColumnRole role) {
  switch (role) {
    case ColumnRole::kNone:
      return "none";
    case ColumnRole::kOperand:
      return "operand";
    case ColumnRole::kOperator:
      return "operator";
    case ColumnRole::kResult:
      return "result";
    case ColumnRole::kRow:
      return "row";
    case ColumnRole::kMark:
      return "mark";
    case ColumnRole::kRemainder:
      return "remainder";
  }
  return "";
}

void putText(const ColumnText& text, Json& answer) {
  answer["method"] = methodName(text.method);
  if (text.method == handwriting::ColumnMethod::kDivision) {
    answer["layout"] = layoutName(text.division);
  }
  answer["operands"] = text.operands;
  answer["result"] = text.result;
  answer["rows"] = text.rows;
  answer["remainder"] = text.remainder;
  answer["carries"] = text.carries;
}

void putSymbols(const ColumnReading& reading, Json& answer) {
  auto symbols = Json::array();
  for (const auto& [symbol, role] : reading.symbols) {
    auto candidates = Json::array();
    for (const auto& candidate : symbol.candidates) {
      candidates.push_back({{"symbol", candidate.symbol}, {"p", rounded(candidate.probability)}});
    }
    const auto& box = symbol.box;
    symbols.push_back({{"symbol", symbol.symbol},
                       {"role", roleName(role)},
                       {"p", rounded(symbol.probability)},
                       {"strokes", symbol.strokes},
                       {"box", {box.left, box.top, box.right, box.bottom}},
                       {"candidates", std::move(candidates)}});
  }
  answer["symbols"] = std::move(symbols);
  answer["rules"] = reading.rules;
  answer["overwritten"] = reading.overwritten;
}

// What was read surely is judged; what was not is asked about.
Json verdictOf(const ColumnReading& reading) {
  if (!reading.text || reading.unsure) {
    return {{"state", maths::stateName(maths::LineState::kUnreadable)}};
  }
  const auto verdict = maths::checkColumns(app::columnWorkOf(*reading.text));
  if (!verdict) {
    return {{"state", maths::stateName(maths::LineState::kUnreadable)},
            {"explanation", verdict.error().message}};
  }
  Json judged = {{"state", maths::stateName(verdict->state)}};
  judged["misconception"] =
      verdict->misconception.empty() ? Json(nullptr) : Json(verdict->misconception);
  judged["also"] = verdict->also;
  judged["explanation"] = verdict->explanation;
  judged["column_right"] = verdict->column_right;
  judged["mark_right"] = verdict->mark_right;
  judged["finished"] = verdict->finished;
  return judged;
}

Result<ColumnReader> openReader(const ColumnsOptions& options) {
  PRIMER_ASSIGN(auto symbols, options.symbols.empty()
                                  ? handwriting::SymbolReader::openShipped()
                                  : handwriting::SymbolReader::open(options.symbols));
  return ColumnReader::open(std::move(symbols), options.head.empty()
                                                    ? handwriting::LineReader::shippedHead()
                                                    : std::filesystem::path(options.head));
}

int run(const ColumnsOptions& options, const Streams& streams) {
  auto reader = openReader(options);
  if (!reader) return reportError(kProgram, reader.error());
  return answerLines(streams, [&](const Json& record, Json& answer) -> Status {
    PRIMER_ASSIGN(const Ink ink, parseInk(record));
    const auto reading = reader->read(ink);
    answer["method"] = nullptr;
    if (reading.text) putText(*reading.text, answer);
    answer["confidence"] = rounded(reading.confidence);
    answer["unsure"] = reading.unsure;
    putSymbols(reading, answer);
    answer["verdict"] = verdictOf(reading);
    return {};
  });
}

}  // namespace

Verb addColumns(CLI::App& command, const Streams& streams) {
  auto options = std::make_shared<ColumnsOptions>();
  command.add_option("--symbols", options->symbols, "a symbol model in place of the shipped one");
  command.add_option("--head", options->head, "a line model in place of the shipped one");
  return [options, &streams] { return run(*options, streams); };
}

}  // namespace primer::batch
