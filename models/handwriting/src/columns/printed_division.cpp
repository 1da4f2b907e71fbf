#include "primer/handwriting/printed_division.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "primer/handwriting/ink_features.h"
#include "primer/handwriting/lines/stroke_shape.h"

namespace primer::handwriting {

namespace {

constexpr std::size_t kMostStrokes = 400;
constexpr std::size_t kMostAlternatives = 3;

constexpr float kSureAbove = 0.95f;  // of all digits together

// In widths of a column.
constexpr float kDigitAt = 0.62f;  // where the middle of a printed digit stands in its column
constexpr float kAbove = 1.3f;     // how far the quotient's row reaches up
constexpr float kBelow = 1.05f;    // how far the dividend's reaches down
constexpr float kBeside = 0.35f;   // and both beyond their ends
constexpr float kLargest = 1.7f;   // a longer stroke is no digit of these
constexpr float kPartOverlap =
    0.5f;  // of a stroke, within a larger one's box: a part of that digit

enum class Row : std::uint8_t { kQuotient, kMarks, kRemainder };

struct Place {
  Row row = Row::kQuotient;
  std::size_t column = 0;
  friend bool operator==(const Place&, const Place&) = default;
  friend auto operator<=>(const Place&, const Place&) = default;
};

bool isUsable(const Stroke& stroke) {
  return !stroke.empty() && std::all_of(stroke.begin(), stroke.end(), [](const InkPoint& p) {
    return std::abs(p.x) <= kMaxCoordinate && std::abs(p.y) <= kMaxCoordinate;
  });
}

// From the right; nothing beside the columns.
std::optional<std::size_t> columnAt(const PrintedDivision& printed, float x, float before) {
  const float at = (printed.right - x) / printed.cell - before;
  const auto count = static_cast<float>(printed.dividend.size());
  if (at < -kBeside || at > count + kBeside) return std::nullopt;
  return static_cast<std::size_t>(std::clamp(at, 0.0f, count - 0.5f));
}

std::optional<Place> placeAt(const PrintedDivision& printed, float x, float y) {
  if (y < printed.bar) {
    if (y < printed.bar - kAbove * printed.cell) return std::nullopt;
    if (printed.remainder) {
      const float from = printed.remainder_left - kBeside * printed.cell;
      if (x > from && x < printed.remainder_left + (1 + kBeside) * printed.cell) {
        return Place{Row::kRemainder, 0};
      }
    }
    const auto column = columnAt(printed, x, 0);
    return column ? std::optional(Place{Row::kQuotient, *column}) : std::nullopt;
  }
  if (y > printed.bar + kBelow * printed.cell) return std::nullopt;
  // Between two printed digits: before the right one.
  const auto column = columnAt(printed, x, 1 - kDigitAt);
  return column ? std::optional(Place{Row::kMarks, *column}) : std::nullopt;
}

float overlapOf(const StrokeBox& part, const StrokeBox& of) {
  const auto shared = [](float a, float b, float c, float d) {
    return std::max(std::min(b, d) - std::max(a, c), 0.0f);
  };
  const float thin = 0.1f * std::max(part.longest(), 1e-3f);
  const float across =
      shared(part.left - thin, part.right + thin, of.left, of.right) / (part.width() + 2 * thin);
  const float down =
      shared(part.top - thin, part.bottom + thin, of.top, of.bottom) / (part.height() + 2 * thin);
  return across * down;
}

// Strokes by the place that they stand in. A stroke that lies upon a larger one is of its digit.
std::map<Place, std::vector<std::size_t>> sorted(const Ink& ink, const PrintedDivision& printed) {
  struct Found {
    std::size_t stroke;
    StrokeBox box;
    Place place;
  };
  std::vector<Found> found;
  for (std::size_t s = 0; s < std::min(ink.strokes.size(), kMostStrokes); ++s) {
    if (!isUsable(ink.strokes[s])) continue;
    const auto box = shapeOf(ink.strokes[s]).box;
    const auto place = placeAt(printed, box.centreX(), box.centreY());
    if (place && box.longest() <= kLargest * printed.cell) found.push_back({s, box, *place});
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return a.box.longest() > b.box.longest();
  });
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (overlapOf(found[i].box, found[k].box) < kPartOverlap) continue;
      found[i].place = found[k].place;
      break;
    }
  }
  std::map<Place, std::vector<std::size_t>> places;
  for (const auto& one : found) places[one.place].push_back(one.stroke);
  for (auto& [place, strokes] : places) std::sort(strokes.begin(), strokes.end());
  return places;
}

void put(std::string& row, std::size_t column, char digit) {
  if (column >= row.size()) row.insert(0, column + 1 - row.size(), ' ');
  row[row.size() - 1 - column] = digit;
}

void put(ColumnText& text, const Place& place, const std::string& digit) {
  if (digit.size() != 1) return;
  if (place.row == Row::kQuotient) put(text.result, place.column, digit[0]);
  if (place.row == Row::kMarks) put(text.carries, place.column, digit[0]);
  if (place.row == Row::kRemainder) text.remainder = digit;
}

ColumnRole roleOf(Row row) {
  return row == Row::kQuotient ? ColumnRole::kResult
         : row == Row::kMarks  ? ColumnRole::kMark
                               : ColumnRole::kRemainder;
}

}  // namespace

Box PrintedDivision::quotientCell(std::size_t column) const {
  const float end = right - static_cast<float>(column) * cell;
  return {end - cell, bar - cell, end, bar};
}

Box PrintedDivision::markCell(std::size_t column) const {
  const float left = right - static_cast<float>(column + 1) * cell;
  return {left - 0.1f * cell, bar, left + 0.4f * cell, bar + 0.5f * cell};
}

Box PrintedDivision::remainderCell() const {
  return {remainder_left, bar - cell, remainder_left + cell, bar};
}

PrintedDivisionReader::PrintedDivisionReader(NumberReader numbers) : numbers_(std::move(numbers)) {}

ColumnReading PrintedDivisionReader::read(const Ink& ink, const PrintedDivision& printed) {
  ColumnReading reading;
  reading.printed = true;
  if (printed.dividend.empty() || printed.cell <= 0) return reading;
  for (std::size_t column = 0; column < printed.dividend.size(); ++column) {
    reading.places.push_back(printed.quotientCell(column));
  }
  ColumnText text;
  text.method = ColumnMethod::kDivision;
  text.division = DivisionLayout::kHouse;
  text.operands = {printed.dividend, printed.divisor};
  struct Doubt {
    Place place;
    std::vector<Candidate> others;
  };
  std::vector<Doubt> doubts;
  bool all_read = true;
  reading.confidence = 1;
  reading.unsure = false;
  for (const auto& [place, strokes] : sorted(ink, printed)) {
    Ink one;
    for (const auto s : strokes) one.strokes.push_back(ink.strokes[s]);
    const auto number = numbers_.read(one);
    reading.confidence *= number.confidence;
    reading.unsure = reading.unsure || number.unsure;
    ColumnSymbol symbol;
    symbol.role = roleOf(place.row);
    symbol.symbol.strokes = strokes;
    StrokeBox box = shapeOf(ink.strokes[strokes.front()]).box;
    for (const auto s : strokes) box.include(shapeOf(ink.strokes[s]).box);
    symbol.symbol.box = {box.left, box.top, box.right, box.bottom};
    if (number.text.size() == 1 && number.digits.size() == 1) {
      const auto& candidates = number.digits.front().reading.candidates;
      symbol.symbol.symbol = number.text;
      symbol.symbol.probability = candidates.front().probability;
      symbol.symbol.candidates = candidates;
      put(text, place, number.text);
      if (number.confidence < kSureAbove) doubts.push_back({place, candidates});
    } else {
      all_read = false;
    }
    reading.symbols.push_back(std::move(symbol));
  }
  reading.unsure = reading.unsure || reading.confidence < kSureAbove;
  if (reading.symbols.empty() || !all_read) {
    reading.confidence = 0;
    reading.unsure = true;
    return reading;
  }
  for (const auto& doubt : doubts) {
    for (std::size_t i = 1; i < doubt.others.size(); ++i) {
      const auto& other = doubt.others[i].symbol;
      if (reading.alternatives.size() == kMostAlternatives) break;
      if (other.size() != 1 || other[0] < '0' || other[0] > '9') continue;
      auto changed = text;
      put(changed, doubt.place, other);
      reading.alternatives.push_back(std::move(changed));
    }
  }
  reading.text = std::move(text);
  return reading;
}

}  // namespace primer::handwriting
