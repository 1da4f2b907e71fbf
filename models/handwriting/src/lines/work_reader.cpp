#include "primer/handwriting/work_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "primer/handwriting/ink_features.h"
#include "src/lines/work_blocks.h"

namespace primer::handwriting {

namespace {

// From this confidence on a block is column work; below it is read in rows.
constexpr float kColumnsAbove = 0.5f;
// Lines of notation may stand close above and below: so many rows are left out on trial.
constexpr std::size_t kMostLeftOut = 2;
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
  std::vector<Kept> kept;  // of the call before
  std::vector<Kept> now;
  std::size_t columns_read = 0;

  Impl(PageReader page_reader, ColumnReader column_reader)
      : pages(std::move(page_reader)), columns(std::move(column_reader)) {}

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

  // The rows of a block that are most likely column work, or nothing.
  std::optional<WorkPiece> readBlock(const Ink& ink, const lines::WorkBlock& block,
                                     const std::vector<std::size_t>& indices) {
    std::optional<WorkPiece> best;
    const auto most = std::min(kMostLeftOut, block.rows.size() - 1);
    for (std::size_t above = 0; above <= most; ++above) {
      for (std::size_t below = 0; above + below <= most; ++below) {
        WorkPiece piece;
        StrokeBox box = block.rows[above].box;
        for (std::size_t r = above; r + below < block.rows.size(); ++r) {
          for (const auto s : block.rows[r].strokes) piece.strokes.push_back(indices[s]);
          box.include(block.rows[r].box);
        }
        if (piece.strokes.size() < kLeastStrokes ||
            piece.strokes.size() > LineReader::kMaxStrokes) {
          continue;
        }
        std::sort(piece.strokes.begin(), piece.strokes.end());
        piece.box = {box.left, box.top, box.right, box.bottom};
        piece.columns = readPart(ink, piece.strokes);
        const bool is = piece.columns->text && piece.columns->confidence >= kColumnsAbove;
        if (is && (!best || piece.columns->confidence > best->columns->confidence)) {
          best = std::move(piece);
        }
        if (best && !best->columns->unsure) return best;
      }
    }
    return best;
  }
};

WorkReader::WorkReader(PageReader pages, ColumnReader columns)
    : impl_(std::make_unique<Impl>(std::move(pages), std::move(columns))) {}
WorkReader::~WorkReader() = default;
WorkReader::WorkReader(WorkReader&&) noexcept = default;
WorkReader& WorkReader::operator=(WorkReader&&) noexcept = default;

Result<WorkReader> WorkReader::openShipped() {
  PRIMER_ASSIGN(auto symbols, SymbolReader::openShipped());
  PRIMER_ASSIGN(auto others, symbols.another());
  PRIMER_ASSIGN(auto lines, LineReader::open(std::move(symbols), LineReader::shippedHead()));
  PRIMER_ASSIGN(auto columns, ColumnReader::open(std::move(others), LineReader::shippedHead()));
  return WorkReader(PageReader(std::move(lines)), std::move(columns));
}

std::uint64_t WorkReader::featureSpace() const { return impl_->pages.featureSpace(); }
std::size_t WorkReader::columnsRead() const { return impl_->columns_read; }

std::vector<WorkPiece> WorkReader::read(const Ink& ink, const PageContext& context) {
  std::vector<WorkPiece> pieces;
  if (ink.strokes.size() > PageReader::kMaxStrokes) return pieces;
  Ink usable;
  std::vector<StrokeShape> shapes;
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < ink.strokes.size(); ++i) {
    if (!isUsable(ink.strokes[i])) continue;
    usable.strokes.push_back(ink.strokes[i]);
    shapes.push_back(shapeOf(ink.strokes[i]));
    indices.push_back(i);
  }
  impl_->now.clear();
  Ink rest = ink;
  for (const auto& block : lines::possibleColumns(usable, shapes)) {
    auto piece = impl_->readBlock(ink, block, indices);
    if (!piece) continue;
    for (const auto s : piece->strokes) rest.strokes[s].clear();
    renumber(piece->strokes, *piece->columns);
    pieces.push_back(std::move(*piece));
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
