#include "primer/app/written_work.h"

#include <algorithm>
#include <utility>

#include "primer/app/column_work.h"

namespace primer::app {

namespace {

bool isStruck(const handwriting::WorkPiece& piece, const std::vector<std::size_t>& struck) {
  return std::any_of(piece.strokes.begin(), piece.strokes.end(), [&struck](std::size_t stroke) {
    return std::binary_search(struck.begin(), struck.end(), stroke);
  });
}

WrittenPiece pieceOf(const handwriting::WorkPiece& read, bool struck) {
  WrittenPiece piece;
  piece.box = read.box;
  if (read.columns) {
    piece.columns = columnWorkOf(*read.columns->text);
    piece.confidence = read.columns->confidence;
    const bool lends = piece.columns->method == maths::ColumnMethod::kSubtract;
    piece.unsure = read.columns->unsure || (struck && !lends);
    return piece;
  }
  piece.text = read.line->text;
  piece.latex = read.line->latex;
  piece.confidence = read.line->confidence;
  piece.unsure = read.line->unsure || struck;
  return piece;
}

}  // namespace

Result<WrittenWork> WrittenWork::openShipped() {
  PRIMER_ASSIGN(auto gestures, gesture::GestureReader::openShipped());
  PRIMER_ASSIGN(auto reader, handwriting::WorkReader::openShipped());
  return WrittenWork(gesture::CorrectedPage(std::move(gestures)), std::move(reader));
}

gesture::Gesture WrittenWork::add(const Stroke& stroke) { return page_.add(stroke); }

std::vector<WrittenPiece> WrittenWork::read(
    const std::vector<handwriting::LineContext::Ruled>& lines,
    const std::optional<handwriting::SymbolSet>& expected) {
  handwriting::PageContext context;
  context.lines = lines;
  context.expected = expected;
  context.hand = hand_ ? &*hand_ : nullptr;
  const auto struck = page_.struck();
  const auto& numbers = page_.numbers();
  std::vector<WrittenPiece> pieces;
  for (const auto& read : reader_.read(page_.ink(), context)) {
    auto piece = pieceOf(read, isStruck(read, struck));
    for (const auto stroke : read.strokes) piece.strokes.push_back(numbers[stroke]);
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

}  // namespace primer::app
