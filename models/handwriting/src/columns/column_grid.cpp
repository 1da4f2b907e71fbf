#include "src/columns/column_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace primer::handwriting::columns {

namespace {

// In heights of a digit.
constexpr float kLevel = 0.5f;   // middles of digits of one row
constexpr float kAcross = 3.4f;  // and how far apart neighbours stand at most
constexpr float kPitch = 1.05f;  // of columns, where nothing tells
constexpr float kNarrowest = 0.45f;
constexpr float kWidest = 2.4f;

// Costs of an assignment: of a digit a pitch aside, squared; of a blank within a number.
constexpr float kAside = 6;
constexpr float kBlank = 2.2f;

constexpr int kRounds = 4;
constexpr std::size_t kMostStarts = 6;
constexpr std::size_t kMostColumns = 40;
constexpr float kFarthest = 1000;  // columns; what lies beyond has no place

bool parted(const StrokeBox& a, const StrokeBox& b, const Rulings& rulings) {
  const float x = (a.centreX() + b.centreX()) / 2;
  const float low = std::min(a.centreY(), b.centreY());
  const float high = std::max(a.centreY(), b.centreY());
  for (const auto& rule : rulings.rules) {
    const float y = rule.heightAt(x);
    if (y > low && y < high && x > rule.box.left - 0.3f * rule.box.width() &&
        x < rule.box.right + 0.3f * rule.box.width()) {
      return true;
    }
  }
  if (!rulings.wall) return false;
  const auto& wall = *rulings.wall;
  const float bar = wall.bar.heightAt(x);
  if (bar > low && bar < high && x > wall.box.left && x < wall.bar.box.right) return true;
  const float left = std::min(a.centreX(), b.centreX());
  const float right = std::max(a.centreX(), b.centreX());
  return wall.box.centreX() > left && wall.box.centreX() < right && high > wall.box.top &&
         low < wall.box.bottom;
}

}  // namespace

std::vector<DigitRow> rowsOfDigits(const std::vector<StrokeBox>& boxes,
                                   const std::vector<std::size_t>& which, const Rulings& rulings,
                                   float em) {
  std::vector<std::size_t> set(which.size());
  std::iota(set.begin(), set.end(), std::size_t{0});
  const auto root = [&set](std::size_t i) {
    while (set[i] != i) i = set[i] = set[set[i]];
    return i;
  };
  for (std::size_t i = 0; i < which.size(); ++i) {
    for (std::size_t k = i + 1; k < which.size(); ++k) {
      const auto& a = boxes[which[i]];
      const auto& b = boxes[which[k]];
      // Two that stand over one another are not side by side, however level their middles.
      const float apart = std::abs(a.centreX() - b.centreX());
      const float level = std::abs(a.centreY() - b.centreY());
      if (level > kLevel * em || apart > kAcross * em || level > 1.4f * apart) continue;
      if (!parted(a, b, rulings)) set[root(i)] = root(k);
    }
  }
  std::vector<DigitRow> rows;
  std::vector<std::size_t> row_of(which.size(), which.size());
  for (std::size_t i = 0; i < which.size(); ++i) {
    auto& at = row_of[root(i)];
    if (at == which.size()) {
      at = rows.size();
      rows.push_back({{}, boxes[which[i]]});
    }
    rows[at].digits.push_back(which[i]);
    rows[at].box.include(boxes[which[i]]);
  }
  for (auto& row : rows) {
    std::sort(row.digits.begin(), row.digits.end(), [&boxes](std::size_t a, std::size_t b) {
      return boxes[a].centreX() < boxes[b].centreX();
    });
  }
  std::sort(rows.begin(), rows.end(),
            [](const DigitRow& a, const DigitRow& b) { return a.box.centreY() < b.box.centreY(); });
  return rows;
}

ColumnGrid ColumnGrid::fit(const std::vector<StrokeBox>& boxes,
                           const std::vector<const DigitRow*>& rows, float em) {
  std::vector<float> gaps;
  std::vector<float> ends;
  for (const auto* row : rows) {
    ends.push_back(boxes[row->digits.back()].centreX());
    for (std::size_t i = 1; i < row->digits.size(); ++i) {
      const float gap = boxes[row->digits[i]].centreX() - boxes[row->digits[i - 1]].centreX();
      if (gap > kNarrowest * em && gap < kWidest * em) gaps.push_back(gap);
    }
  }
  float pitch = kPitch * em;
  if (!gaps.empty()) {
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>((gaps.size() - 1) / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    pitch = *middle;
  }
  // From the end of each row, with columns a little narrower and wider: the best of all.
  ColumnGrid best;
  float least = 1e30f;
  if (ends.size() > kMostStarts) ends.resize(kMostStarts);
  for (const float end : ends) {
    for (const float share : {0.88f, 1.0f, 1.14f}) {
      ColumnGrid grid;
      grid.right_ = end;
      grid.pitch_ = share * pitch;
      const float cost = grid.refine(boxes, rows, em);
      if (cost < least) least = cost, best = grid;
    }
  }
  return best;
}

float ColumnGrid::refine(const std::vector<StrokeBox>& boxes,
                         const std::vector<const DigitRow*>& rows, float em) {
  for (int round = 0; round < kRounds; ++round) {
    // Least squares of middles over columns, and columns anew.
    double n = 0, sum_k = 0, sum_kk = 0, sum_x = 0, sum_kx = 0;
    for (const auto* row : rows) {
      const auto columns = columnsOf(boxes, *row);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const double k = columns[i];
        const double x = static_cast<double>(boxes[row->digits[i]].centreX());
        n += 1, sum_k += k, sum_kk += k * k, sum_x += x, sum_kx += k * x;
      }
    }
    const double spread = n * sum_kk - sum_k * sum_k;
    double slope = static_cast<double>(-pitch_);
    if (spread > 0.5) slope = (n * sum_kx - sum_k * sum_x) / spread;
    if (slope > static_cast<double>(-kNarrowest * em)) break;
    pitch_ = static_cast<float>(-slope);
    right_ = static_cast<float>((sum_x - slope * sum_k) / n);
  }
  float cost = 0;
  for (const auto* row : rows) cost += costOf(boxes, *row, columnsOf(boxes, *row));
  return cost;
}

float ColumnGrid::costOf(const std::vector<StrokeBox>& boxes, const DigitRow& row,
                         const std::vector<int>& columns) const {
  float cost = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const float aside = (boxes[row.digits[i]].centreX() - centre(columns[i])) / pitch_;
    cost += kAside * aside * aside;
    if (i > 0) cost += kBlank * static_cast<float>(columns[i - 1] - columns[i] - 1);
  }
  return cost;
}

float ColumnGrid::aside(float x) const { return std::abs(x - centre(columnAt(x))) / pitch_; }

int ColumnGrid::columnAt(float x) const {
  return static_cast<int>(std::lround(std::clamp((right_ - x) / pitch_, -kFarthest, kFarthest)));
}

std::vector<int> ColumnGrid::columnsOf(const std::vector<StrokeBox>& boxes,
                                       const DigitRow& row) const {
  // The cheapest way from left to right: digits near their columns, no blanks between them.
  const auto count = row.digits.size();
  const int leftmost = columnAt(boxes[row.digits.front()].centreX()) + 2;
  const int rightmost = columnAt(boxes[row.digits.back()].centreX()) - 2;
  const auto width = static_cast<std::size_t>(std::max(leftmost - rightmost + 1, 1));
  if (width > kMostColumns || width < count) {
    std::vector<int> plain(count);
    for (std::size_t i = 0; i < count; ++i) plain[i] = static_cast<int>(count - 1 - i);
    return plain;
  }
  std::vector<float> cost(count * width, 1e30f);
  std::vector<std::size_t> from(count * width, 0);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t c = i; c < width; ++c) {
      const int column = leftmost - static_cast<int>(c);
      const float aside = (boxes[row.digits[i]].centreX() - centre(column)) / pitch_;
      float before = i == 0 ? 0 : 1e30f;
      for (std::size_t p = i == 0 ? c : i - 1; p < c; ++p) {
        const float way = cost[(i - 1) * width + p] + kBlank * static_cast<float>(c - p - 1);
        if (way < before) before = way, from[i * width + c] = p;
      }
      cost[i * width + c] = before + kAside * aside * aside;
    }
  }
  const auto* last = cost.data() + (count - 1) * width;
  auto at = static_cast<std::size_t>(std::min_element(last, last + width) - last);
  std::vector<int> columns(count);
  for (std::size_t i = count; i-- > 0;) {
    columns[i] = leftmost - static_cast<int>(at);
    at = from[i * width + at];
  }
  return columns;
}

float ColumnGrid::farthest(const std::vector<StrokeBox>& boxes, const DigitRow& row) const {
  const auto columns = columnsOf(boxes, row);
  float most = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    most = std::max(most, std::abs(boxes[row.digits[i]].centreX() - centre(columns[i])) / pitch_);
  }
  return most;
}

}  // namespace primer::handwriting::columns
