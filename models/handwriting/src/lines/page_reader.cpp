#include "primer/handwriting/page_reader.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "primer/handwriting/ink_features.h"
#include "primer/handwriting/personal_templates.h"
#include "src/lines/page_rows.h"

namespace primer::handwriting {

namespace {

bool isUsable(const Stroke& stroke) {
  return !stroke.empty() && std::all_of(stroke.begin(), stroke.end(), [](const InkPoint& p) {
    return std::abs(p.x) <= kMaxCoordinate && std::abs(p.y) <= kMaxCoordinate;
  });
}

// Strokes by the ruled line that their middle lies on or is nearest to.
std::vector<lines::RowOfStrokes> rowsOnLines(const std::vector<StrokeShape>& strokes,
                                             const std::vector<LineContext::Ruled>& ruled) {
  std::map<std::size_t, lines::RowOfStrokes> by_line;
  for (std::size_t s = 0; s < strokes.size(); ++s) {
    const float middle = strokes[s].box.centreY();
    std::size_t nearest = 0;
    for (std::size_t k = 1; k < ruled.size(); ++k) {
      const auto away = [&](std::size_t line) {
        return std::abs(middle - (ruled[line].top + ruled[line].bottom) / 2);
      };
      if (away(k) < away(nearest)) nearest = k;
    }
    auto& row = by_line.try_emplace(nearest, lines::RowOfStrokes{{}, strokes[s].box}).first->second;
    row.strokes.push_back(s);
    row.box.include(strokes[s].box);
  }
  std::vector<lines::RowOfStrokes> rows;
  for (auto& [line, row] : by_line) rows.push_back(std::move(row));
  return rows;
}

}  // namespace

struct PageReader::Impl {
  struct Kept {
    Ink ink;
    LineReading reading;
  };

  LineReader lines;
  std::vector<Kept> kept;  // the rows of the call before
  std::optional<SymbolSet> kept_expected;
  std::optional<PersonalTemplates> kept_hand;
  std::size_t rows_read = 0;

  explicit Impl(LineReader reader) : lines(std::move(reader)) {}

  LineReading readRow(const Ink& ink, const LineContext& context) {
    for (const auto& before : kept) {
      if (before.ink == ink) return before.reading;
    }
    ++rows_read;
    return lines.read(ink, context);
  }
};

PageReader::PageReader(LineReader lines) : impl_(std::make_unique<Impl>(std::move(lines))) {}
PageReader::~PageReader() = default;
PageReader::PageReader(PageReader&&) noexcept = default;
PageReader& PageReader::operator=(PageReader&&) noexcept = default;

Result<PageReader> PageReader::openShipped() {
  PRIMER_ASSIGN(auto lines, LineReader::openShipped());
  return PageReader(std::move(lines));
}

std::uint64_t PageReader::featureSpace() const { return impl_->lines.featureSpace(); }

std::size_t PageReader::rowsRead() const { return impl_->rows_read; }

std::vector<PageRow> PageReader::read(const Ink& ink, const PageContext& context) {
  std::vector<PageRow> rows;
  if (ink.strokes.size() > kMaxStrokes) return rows;
  std::vector<StrokeShape> shapes;
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < ink.strokes.size(); ++i) {
    if (!isUsable(ink.strokes[i])) continue;
    shapes.push_back(shapeOf(ink.strokes[i]));
    indices.push_back(i);
  }
  std::optional<PersonalTemplates> hand;
  if (context.hand != nullptr) hand = *context.hand;
  if (impl_->kept_expected != context.expected || impl_->kept_hand != hand) impl_->kept.clear();
  impl_->kept_expected = context.expected;
  impl_->kept_hand = std::move(hand);
  std::vector<Impl::Kept> now;
  const auto found =
      context.lines.empty() ? lines::rowsOf(shapes) : rowsOnLines(shapes, context.lines);
  for (const auto& row : found) {
    PageRow read;
    read.box = {row.box.left, row.box.top, row.box.right, row.box.bottom};
    Ink part;
    for (const auto s : row.strokes) {
      read.strokes.push_back(indices[s]);
      part.strokes.push_back(ink.strokes[indices[s]]);
    }
    LineContext line;
    line.expected = context.expected;
    line.hand = context.hand;
    read.reading = impl_->readRow(part, line);
    now.push_back({std::move(part), read.reading});
    for (auto& stroke : read.reading.overwritten) stroke = read.strokes[stroke];
    for (auto& symbol : read.reading.symbols) {
      for (auto& stroke : symbol.strokes) stroke = read.strokes[stroke];
    }
    rows.push_back(std::move(read));
  }
  impl_->kept = std::move(now);
  return rows;
}

}  // namespace primer::handwriting
