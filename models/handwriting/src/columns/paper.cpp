#include "src/columns/paper.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace primer::handwriting::columns {

namespace {

// In heights of a digit.
constexpr float kSmall = 0.68f;      // digits below this may be marks
constexpr float kLevelSmall = 0.2f;  // a small digit this level with a row is of the row

// Nats per height of a digit by which its size and its place tell a mark, and above which nothing
// else is thought of.
constexpr float kSizeSlope = 10;
constexpr float kFootSlope = 12;
constexpr float kFoot = 0.3f;  // above the foot of the digit beside it
constexpr float kLevelSlope = 14;
constexpr float kDoubtfulSize = 4;

constexpr int kMostMarkColumn = 12;
constexpr std::size_t kMostPlace = 24;  // no number that is written by hand is longer
constexpr float kDoubtfulMark = 3;      // and for one that could be a digit of a row
constexpr float kTwoMarks = 1;          // nats for two small digits in one column

constexpr float kAside = 24;  // nats for a digit out of its column, squared

}  // namespace

Paper::Paper(const std::vector<PaperSign>& all_signs, const Rulings& all_rulings)
    : signs(all_signs), rulings(all_rulings) {
  for (const auto& sign : signs) boxes.push_back(sign.box);
  result.roles.assign(signs.size(), ColumnRole::kNone);
}

bool Paper::sortOut() {
  if (!measure()) return false;
  findShortRules();
  findRows();
  return true;
}

bool Paper::measure() {
  std::vector<float> heights;
  for (std::size_t i = 0; i < count(); ++i) {
    if (isDigit(i)) heights.push_back(boxes[i].longest());
  }
  if (heights.size() < 2) return false;
  const auto at = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() * 3 / 5);
  std::nth_element(heights.begin(), at, heights.end());
  em = std::max(*at, 1e-6f);
  is_rule.assign(count(), false);
  return true;
}

// A dash with digits right above and right below is a line.
void Paper::findShortRules() {
  for (std::size_t i = 0; i < count(); ++i) {
    if (signs[i].sign != '-') continue;
    bool above = false;
    bool below = false;
    bool beside = false;
    const auto& dash = boxes[i];
    for (std::size_t k = 0; k < count(); ++k) {
      if (!isDigit(k)) continue;
      const auto& box = boxes[k];
      if (box.top < dash.centreY() && box.bottom > dash.centreY()) {
        const float gap = std::max(box.left - dash.right, dash.left - box.right);
        beside = beside || gap < 0.8f * em;
        continue;
      }
      if (std::min(box.right, dash.right) - std::max(box.left, dash.left) <
          0.3f * std::min(box.width() + 0.1f * em, dash.width())) {
        continue;
      }
      const float gap = std::max(dash.centreY() - box.bottom, box.top - dash.centreY());
      if (gap > 0.9f * em) continue;
      (box.centreY() < dash.centreY() ? above : below) = true;
    }
    if (!above || beside || (!below && dash.width() < 0.7f * em)) continue;
    is_rule[i] = true;
    rulings.rules.push_back({dash, dash.centreY(), dash.centreY()});
  }
  std::sort(rulings.rules.begin(), rulings.rules.end(),
            [](const Rule& a, const Rule& b) { return a.box.centreY() < b.box.centreY(); });
}

void Paper::doubt(std::size_t digit, float margin, DigitSize taken) {
  const float price = std::abs(margin);
  if (price > kDoubtfulSize) return;
  const auto other = taken == DigitSize::kMark ? DigitSize::kOfRow : DigitSize::kMark;
  result.doubtful.push_back({price, digit, other});
}

float Paper::ofRowMargin(std::size_t digit) const {
  const auto& box = boxes[digit];
  const float height = box.height() / em;
  std::size_t beside = count();  // the nearest large digit
  float nearest = 1.6f;
  for (std::size_t k = 0; k < count(); ++k) {
    if (k == digit || !isDigit(k) || boxes[k].height() < 0.8f * em) continue;
    const float aside = std::abs(boxes[k].centreX() - box.centreX()) / em;
    const float level = std::abs(boxes[k].centreY() - box.centreY()) / em;
    if (level < 0.62f && level < 1.4f * aside && aside < nearest) nearest = aside, beside = k;
  }
  if (beside == count()) return kSizeSlope * (height - kSmall);
  const float above = (boxes[beside].bottom - box.bottom) / em;
  return kSizeSlope * (height - kSmall) + kFootSlope * (kFoot - above);
}

DigitSize Paper::sizeOf(std::size_t digit) {
  const float margin = ofRowMargin(digit);
  const auto looks = margin > 0 ? DigitSize::kOfRow : DigitSize::kMark;
  const auto given = signs[digit].size;
  const bool against = given != DigitSize::kAsItLooks && given != looks;
  result.score -= std::log1p(std::exp(against ? std::abs(margin) : -std::abs(margin)));
  if (given != DigitSize::kAsItLooks) return given;
  doubt(digit, margin, looks);
  return looks;
}

DigitRow* Paper::rowLevelWith(std::size_t small) {
  DigitRow* of = nullptr;
  float nearest = 2 * kLevelSmall;
  for (auto& row : rows) {
    for (const auto k : row.digits) {
      const float aside = std::abs(boxes[small].centreX() - boxes[k].centreX()) / em;
      const float level = std::abs(boxes[small].centreY() - boxes[k].centreY()) / em;
      if (aside < 0.45f || aside > 1.8f || level > nearest) continue;
      nearest = level, of = &row;
    }
  }
  if (of == nullptr) return nullptr;
  const float margin = kLevelSlope * (kLevelSmall - nearest);
  const auto looks = margin > 0 ? DigitSize::kOfRow : DigitSize::kMark;
  if (signs[small].size == DigitSize::kAsItLooks) doubt(small, margin, looks);
  return margin > 0 ? of : nullptr;
}

void Paper::findRows() {
  std::vector<std::size_t> large;
  std::vector<std::size_t> small;
  for (std::size_t i = 0; i < count(); ++i) {
    if (!isDigit(i)) continue;
    (sizeOf(i) == DigitSize::kMark ? small : large).push_back(i);
  }
  rows = rowsOfDigits(boxes, large, rulings, em);
  // A small digit that is as level as its neighbours is a digit of their row.
  for (const auto i : small) {
    auto* row = signs[i].size == DigitSize::kMark ? nullptr : rowLevelWith(i);
    if (row != nullptr) {
      row->digits.push_back(i);
    } else {
      marks.push_back(i);
    }
  }
  for (auto& row : rows) {
    std::sort(row.digits.begin(), row.digits.end(), [this](std::size_t a, std::size_t b) {
      return boxes[a].centreX() < boxes[b].centreX();
    });
  }
  std::sort(result.doubtful.begin(), result.doubtful.end(),
            [](const DoubtfulSize& a, const DoubtfulSize& b) { return a.price < b.price; });
}

std::size_t Paper::findSign(char sign) const {
  for (std::size_t i = 0; i < count(); ++i) {
    if (signs[i].sign == sign) return i;
  }
  return count();
}

std::size_t Paper::rowBeside(std::size_t sign) const {
  std::size_t best = rows.size();
  float nearest = 0.75f * em;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (const auto k : rows[r].digits) {
      const float aside = std::abs(boxes[k].centreX() - boxes[sign].centreX());
      const float away = std::abs(boxes[k].centreY() - boxes[sign].centreY()) + 0.02f * aside;
      if (away < nearest) nearest = away, best = r;
    }
  }
  return best;
}

float Paper::heightOf(const DigitRow& row) const {
  float sum = 0;
  for (const auto i : row.digits) sum += boxes[i].longest();
  return sum / static_cast<float>(row.digits.size());
}

void Paper::setRole(const DigitRow& row, ColumnRole role) {
  for (const auto i : row.digits) result.roles[i] = role;
}

DigitRow Paper::between(const DigitRow& row, float left, float right) const {
  DigitRow part;
  for (const auto i : row.digits) {
    const float x = boxes[i].centreX();
    if (x <= left || x >= right) continue;
    if (part.digits.empty()) part.box = boxes[i];
    part.digits.push_back(i);
    part.box.include(boxes[i]);
  }
  return part;
}

std::string Paper::numberOf(const DigitRow& row) {
  struct At {
    float x;
    char c;
  };
  std::vector<At> chars;
  for (const auto i : row.digits) chars.push_back({boxes[i].centreX(), signs[i].digit});
  for (const auto i : pointsOf(row)) chars.push_back({boxes[i].centreX(), '.'});
  std::sort(chars.begin(), chars.end(), [](const At& a, const At& b) { return a.x < b.x; });
  std::string text;
  for (const auto& one : chars) text += one.c;
  return text;
}

// Points at the foot of a row.
std::vector<std::size_t> Paper::pointsOf(const DigitRow& row) {
  std::vector<std::size_t> points;
  for (std::size_t i = 0; i < count(); ++i) {
    if (signs[i].sign != '.') continue;
    const float x = boxes[i].centreX();
    std::size_t nearest = row.digits.front();
    for (const auto k : row.digits) {
      if (std::abs(boxes[k].centreX() - x) < std::abs(boxes[nearest].centreX() - x)) {
        nearest = k;
      }
    }
    if (std::abs(boxes[nearest].centreX() - x) > 1.3f * em) continue;
    const float drop = (boxes[i].top - boxes[nearest].bottom) / em;
    if (drop < -0.45f || drop > 0.3f) continue;
    points.push_back(i);
    result.roles[i] = ColumnRole::kOperator;
  }
  return points;
}

std::string Paper::placedText(const ColumnGrid& grid, const DigitRow& row, int ones) {
  const auto columns = grid.columnsOf(boxes, row);
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto place = static_cast<std::size_t>(std::max(columns[i] - ones, 0));
    if (place > kMostPlace) {
      result.score -= kUnplaced;
      continue;
    }
    if (place >= text.size()) text.insert(0, place + 1 - text.size(), ' ');
    text[text.size() - 1 - place] = signs[row.digits[i]].digit;
  }
  const auto first = text.find_first_not_of(' ');
  const auto last = text.find_last_not_of(' ');
  if (first != std::string::npos) {
    const auto blanks = std::count(text.begin() + static_cast<std::ptrdiff_t>(first),
                                   text.begin() + static_cast<std::ptrdiff_t>(last), ' ');
    result.score -= kInnerBlank * static_cast<float>(std::min<std::ptrdiff_t>(blanks, 2));
  }
  for (const auto point : pointsOf(row)) {
    std::size_t after = 0;  // digits' places right of the point
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (boxes[row.digits[i]].centreX() < boxes[point].centreX()) continue;
      after = std::max(after, static_cast<std::size_t>(std::max(columns[i] - ones, 0)) + 1);
    }
    if (after < text.size()) text.insert(text.size() - after, ".");
  }
  const float far = grid.farthest(boxes, row);
  const float aside = std::max(0.0f, far - 0.2f);
  result.score -= kAside * aside * aside;
  return text;
}

int Paper::onesOf(const ColumnGrid& grid, const std::vector<const DigitRow*>& of) const {
  int least = 1000;
  for (const auto* row : of) {
    const auto columns = grid.columnsOf(boxes, *row);
    least = std::min(least, *std::min_element(columns.begin(), columns.end()));
  }
  return least;
}

void Paper::placeMarks(const ColumnGrid& grid, int ones, bool before) {
  std::vector<std::pair<float, std::size_t>> by_place;
  for (const auto i : marks) by_place.emplace_back(boxes[i].centreX(), i);
  std::sort(by_place.begin(), by_place.end());
  std::string text;
  for (const auto& [x, i] : by_place) {
    if (result.roles[i] != ColumnRole::kNone) continue;
    // A mark before a digit belongs to that digit.
    float at = x;
    if (before) at += 0.5f * grid.pitch();
    if (!before && signs[i].digit == '1' && result.text.method == ColumnMethod::kDifference) {
      at += 0.26f * grid.pitch() * (besideDigit(i) ? 1.0f : 0.0f);
    }
    const int column = grid.columnAt(at) - ones;
    if (column < 0 || column > kMostMarkColumn) continue;
    const float aside = std::max(0.0f, grid.aside(at) - 0.2f);
    result.score -= kAside * aside * aside / 2;
    result.roles[i] = ColumnRole::kMark;
    const bool given = signs[i].size == DigitSize::kMark;  // which is paid for
    if (!given && couldBeOfARow(i)) result.score -= kDoubtfulMark;
    const auto place = static_cast<std::size_t>(column);
    if (place >= text.size()) text.insert(0, place + 1 - text.size(), ' ');
    auto& there = text[text.size() - 1 - place];
    if (there != ' ') result.score -= kTwoMarks;
    there = signs[i].digit;
  }
  result.text.carries = text;
}

bool Paper::couldBeOfARow(std::size_t mark) const {
  for (const auto& row : rows) {
    float nearest = 1e30f;
    float level = 1e30f;
    for (const auto k : row.digits) {
      const float aside = std::abs(boxes[k].centreX() - boxes[mark].centreX());
      if (aside >= nearest) continue;
      nearest = aside;
      level = std::abs(boxes[k].centreY() - boxes[mark].centreY());
    }
    const float reach = boxes[mark].height() > 0.5f * em ? 0.52f : 0.36f;
    if (level < reach * em && nearest > 0.62f * em && nearest < 1.9f * em) return true;
  }
  return false;
}

bool Paper::besideDigit(std::size_t mark) const {
  for (std::size_t k = 0; k < count(); ++k) {
    if (!isDigit(k) || k == mark || boxes[k].height() < kSmall * em) continue;
    const float right = boxes[k].centreX() - boxes[mark].centreX();
    if (right < 0 || right > 0.8f * em) continue;
    const float shared =
        std::min(boxes[k].bottom, boxes[mark].bottom) - std::max(boxes[k].top, boxes[mark].top);
    if (shared > 0.3f * boxes[mark].height()) return true;
  }
  return false;
}

}  // namespace primer::handwriting::columns
