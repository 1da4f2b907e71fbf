#include "primer/handwriting/work_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "primer/handwriting/ink_features.h"
#include "src/lines/work_blocks.h"

namespace primer::handwriting {

namespace {

// From this confidence on a block is column work; below it is read in rows. Lines of notation
// hardly ever look like columns at all, so what is read unsurely is more likely columns than lines.
constexpr float kColumnsAbove = 0.3f;
// Lines of notation and other work may stand close above and below: a block is parted at its widest
// gap so many times, and so much ink is given to the column reader in all.
constexpr int kMostParted = 8;
constexpr std::size_t kMostReadings = 24;
constexpr std::size_t kLeastStrokes = 4;

bool isUsable(const Stroke& stroke) {
  return !stroke.empty() && std::all_of(stroke.begin(), stroke.end(), [](const InkPoint& p) {
    return std::abs(p.x) <= kMaxCoordinate && std::abs(p.y) <= kMaxCoordinate;
  });
}

// Strokes of the reading's parts, from indices into `part` to those of the sheet.
void renumber(const std::vector<std::size_t>& part, ColumnReading& reading) {
  const auto take = [&part](std::vector<std::size_t>& strokes) {
    for (auto& stroke : strokes) stroke = part[stroke];
  };
  for (auto& one : reading.symbols) take(one.symbol.strokes);
  take(reading.rules);
  take(reading.overwritten);
}

}  // namespace

struct WorkReader::Impl {
  struct Kept {
    Ink ink;
    ColumnReading reading;
  };

  PageReader pages;
  ColumnReader columns;
  PrintedDivisionReader printed;
  std::vector<Kept> kept;  // of the call before
  std::vector<Kept> now;
  std::size_t columns_read = 0;

  Impl(PageReader page_reader, ColumnReader column_reader, PrintedDivisionReader printed_reader)
      : pages(std::move(page_reader)),
        columns(std::move(column_reader)),
        printed(std::move(printed_reader)) {}

  // What stands in the printed places, or nothing.
  std::optional<WorkPiece> readPrinted(const Ink& ink, const PrintedDivision& division) {
    WorkPiece piece;
    piece.columns = printed.read(ink, division);
    const auto& symbols = piece.columns->symbols;
    if (symbols.empty()) return std::nullopt;
    piece.box = symbols.front().symbol.box;
    for (const auto& one : symbols) {
      const auto& box = one.symbol.box;
      piece.strokes.insert(piece.strokes.end(), one.symbol.strokes.begin(),
                           one.symbol.strokes.end());
      piece.box = {std::min(piece.box.left, box.left), std::min(piece.box.top, box.top),
                   std::max(piece.box.right, box.right), std::max(piece.box.bottom, box.bottom)};
    }
    std::sort(piece.strokes.begin(), piece.strokes.end());
    return piece;
  }

  ColumnReading readPart(const Ink& ink, const std::vector<std::size_t>& strokes) {
    Ink part;
    for (const auto s : strokes) part.strokes.push_back(ink.strokes[s]);
    for (const auto* list : {&now, &kept}) {
      for (const auto& before : *list) {
        if (before.ink != part) continue;
        auto reading = before.reading;
        if (list == &kept) now.push_back({std::move(part), reading});
        return reading;
      }
    }
    ++columns_read;
    auto reading = columns.read(part);
    now.push_back({std::move(part), reading});
    return reading;
  }

  // The whole block as column work, or nothing.
  std::optional<WorkPiece> readWhole(const Ink& ink, const lines::WorkBlock& block,
                                     const std::vector<std::size_t>& indices) {
    WorkPiece piece;
    StrokeBox box = block.rows.front().box;
    for (const auto& row : block.rows) {
      for (const auto s : row.strokes) piece.strokes.push_back(indices[s]);
      box.include(row.box);
    }
    const auto count = piece.strokes.size();
    if (count < kLeastStrokes || count > LineReader::kMaxStrokes) return std::nullopt;
    if (now.size() >= kMostReadings) return std::nullopt;
    std::sort(piece.strokes.begin(), piece.strokes.end());
    piece.box = {box.left, box.top, box.right, box.bottom};
    piece.columns = readPart(ink, piece.strokes);
    const bool is = piece.columns->text && piece.columns->confidence >= kColumnsAbove;
    return is ? std::optional(std::move(piece)) : std::nullopt;
  }

  // What of a block is column work: all of it, or what lies above or below its widest gap, where
  // that is likelier.
  std::vector<WorkPiece> readBlock(const Ink& ink, const lines::WorkBlock& block,
                                   const std::vector<std::size_t>& indices, int depth) {
    std::vector<WorkPiece> found;
    if (!block.anyRuled()) return found;
    auto whole = readWhole(ink, block, indices);
    float most = 0;
    if (depth > 0 && block.rows.size() > 1 && !(whole && !whole->columns->unsure)) {
      const auto parts = lines::parted(block);
      for (const auto* part : {&parts.first, &parts.second}) {
        for (auto& piece : readBlock(ink, *part, indices, depth - 1)) {
          most = std::max(most, piece.columns->confidence);
          found.push_back(std::move(piece));
        }
      }
    }
    if (!whole || most > whole->columns->confidence) return found;
    found.clear();
    found.push_back(std::move(*whole));
    return found;
  }
};

WorkReader::WorkReader(PageReader pages, ColumnReader columns, PrintedDivisionReader printed)
    : impl_(std::make_unique<Impl>(std::move(pages), std::move(columns), std::move(printed))) {}
WorkReader::~WorkReader() = default;
WorkReader::WorkReader(WorkReader&&) noexcept = default;
WorkReader& WorkReader::operator=(WorkReader&&) noexcept = default;

Result<WorkReader> WorkReader::openShipped() {
  PRIMER_ASSIGN(auto symbols, SymbolReader::openShipped());
  PRIMER_ASSIGN(auto others, symbols.another());
  PRIMER_ASSIGN(auto digits, symbols.another());
  PRIMER_ASSIGN(auto lines, LineReader::open(std::move(symbols), LineReader::shippedHead()));
  PRIMER_ASSIGN(auto columns, ColumnReader::open(std::move(others), LineReader::shippedHead()));
  return WorkReader(PageReader(std::move(lines)), std::move(columns),
                    PrintedDivisionReader(NumberReader(std::move(digits))));
}

std::uint64_t WorkReader::featureSpace() const { return impl_->pages.featureSpace(); }
std::size_t WorkReader::columnsRead() const { return impl_->columns_read; }

std::vector<WorkPiece> WorkReader::read(const Ink& ink, const WorkContext& context) {
  std::vector<WorkPiece> pieces;
  if (ink.strokes.size() > PageReader::kMaxStrokes) return pieces;
  Ink rest = ink;
  if (context.division) {
    if (auto piece = impl_->readPrinted(ink, *context.division)) {
      for (const auto s : piece->strokes) rest.strokes[s].clear();
      pieces.push_back(std::move(*piece));
    }
  }
  Ink usable;
  std::vector<StrokeShape> shapes;
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < ink.strokes.size(); ++i) {
    if (!isUsable(rest.strokes[i])) continue;
    usable.strokes.push_back(ink.strokes[i]);
    shapes.push_back(shapeOf(ink.strokes[i]));
    indices.push_back(i);
  }
  impl_->now.clear();
  for (const auto& block : lines::possibleColumns(usable, shapes)) {
    for (auto& piece : impl_->readBlock(ink, block, indices, kMostParted)) {
      for (const auto s : piece.strokes) rest.strokes[s].clear();
      renumber(piece.strokes, *piece.columns);
      pieces.push_back(std::move(piece));
    }
  }
  impl_->kept = std::move(impl_->now);
  for (auto& row : impl_->pages.read(rest, context)) {
    pieces.push_back({std::move(row.strokes), row.box, std::move(row.reading), std::nullopt});
  }
  std::sort(pieces.begin(), pieces.end(), [](const WorkPiece& a, const WorkPiece& b) {
    return a.box.top + a.box.bottom < b.box.top + b.box.bottom;
  });
  return pieces;
}

}  // namespace primer::handwriting
