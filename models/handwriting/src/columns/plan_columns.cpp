// Where the signs of column arithmetic stand.

#include <algorithm>
#include <cstdlib>

#include "primer/handwriting/drawn_columns.h"

namespace primer::handwriting {

namespace {

class Planner {
 public:
  Planner(const ColumnText& text, const ColumnStyle& style) : text_(text), style_(style) {}

  ColumnPlan plan() {
    if (text_.method == ColumnMethod::kDivision) {
      division();
    } else {
      stacked();
    }
    return std::move(plan_);
  }

 private:
  float row(std::size_t index) const { return static_cast<float>(index) * style_.row_pitch; }

  void sign(const std::string& symbol, float x, float top, float height = 1) {
    plan_.order.push_back({false, plan_.signs.size()});
    plan_.signs.push_back({symbol, x, top, height});
  }
  void rule(std::vector<std::pair<float, float>> corners, bool curved = false) {
    plan_.order.push_back({true, plan_.rules.size()});
    plan_.rules.push_back({std::move(corners), curved});
  }

  // `ones` is where the last column stands, in columns to the right of x = 0.
  void number(const std::string& text, float top, float ones = 0, bool from_right = false) {
    struct Placed {
      std::string symbol;
      float x;
    };
    std::vector<Placed> placed;
    float column = 0;
    for (auto c = text.rbegin(); c != text.rend(); ++c) {
      if (*c == '.') {
        placed.push_back({style_.point_comma ? "," : ".", (ones - column + 0.5f) * style_.pitch});
        continue;
      }
      if (*c != ' ') placed.push_back({std::string(1, *c), (ones - column) * style_.pitch});
      column += 1;
    }
    if (!from_right) std::reverse(placed.begin(), placed.end());
    for (const auto& one : placed) sign(one.symbol, one.x, top);
  }

  static std::size_t widthOf(const std::string& text) {
    return text.size() - static_cast<std::size_t>(std::count(text.begin(), text.end(), '.'));
  }

  // Of decimals the points stand under each other.
  static float placesAfterPoint(const std::string& text) {
    const auto point = text.find('.');
    return point == std::string::npos ? 0.0f : static_cast<float>(text.size() - point - 1);
  }

  void marks(float top) {
    const auto& carries = text_.carries;
    for (std::size_t i = 0; i < carries.size(); ++i) {
      if (carries[i] == ' ') continue;
      const auto column = static_cast<float>(carries.size() - 1 - i);
      const bool before = text_.method == ColumnMethod::kDifference && carries[i] == '1';
      sign(std::string(1, carries[i]), (before ? -column - 0.28f : -column) * style_.pitch,
           before && style_.strike_lenders ? top + 0.35f : top, style_.mark_height);
    }
  }

  void stacked() {
    std::size_t width = 0;
    float places = 0;
    for (const auto& operand : text_.operands) {
      width = std::max(width, widthOf(operand));
      places = std::max(places, placesAfterPoint(operand));
    }
    const bool product = text_.method == ColumnMethod::kProduct;
    for (std::size_t i = 0; i < text_.operands.size(); ++i) {
      if (i + 1 == text_.operands.size()) {
        const char* signs[] = {"+", "-", "×"};
        sign(signs[static_cast<std::size_t>(text_.method)],
             -(static_cast<float>(width) + 0.2f) * style_.pitch, row(i));
      }
      const float after = placesAfterPoint(text_.operands[i]);
      number(text_.operands[i], row(i), product ? 0 : after - places);
    }
    const auto last = text_.operands.size() - 1;
    const bool below = style_.marks_below && text_.method == ColumnMethod::kSum;
    const float deeper = below ? style_.mark_height : 0;
    std::size_t widest = std::max(width + 1, widthOf(text_.result));
    for (const auto& one : text_.rows) widest = std::max(widest, one.size());
    const float left = -(static_cast<float>(widest) - 0.3f) * style_.pitch;
    const float right = 0.5f * style_.pitch;
    float foot = row(last) + 1.15f + deeper;
    rule({{left, foot}, {right, foot}});
    if (text_.method == ColumnMethod::kDifference && style_.strike_lenders) strikes();
    if (!text_.carries.empty()) {
      marks(below ? row(last) + 1.08f : -0.1f - style_.mark_height - 0.08f);
    }
    float next = foot + 0.25f;
    if (!text_.rows.empty()) {
      for (const auto& one : text_.rows) {
        number(one, next, 0, true);
        next += style_.row_pitch;
      }
      foot = next - style_.row_pitch + 1.15f;
      rule({{left, foot}, {right, foot}});
      next = foot + 0.25f;
    }
    number(text_.result, next, 0, true);
  }

  // A stroke through every upper digit that lent a ten: its small digit says one less.
  void strikes() {
    const auto& upper = text_.operands.front();
    if (upper.find('.') != std::string::npos) return;
    for (std::size_t column = 0; column < text_.carries.size() && column < upper.size(); ++column) {
      const char mark = text_.carries[text_.carries.size() - 1 - column];
      if (mark == ' ' || mark == '1' || mark == upper[upper.size() - 1 - column]) continue;
      const float x = -static_cast<float>(column) * style_.pitch;
      rule({{x - 0.38f, 0.9f}, {x + 0.38f, 0.08f}});
    }
  }

  // Steps under the dividend; those at odd places are what is left.
  void steps() {
    for (std::size_t i = 0; i < text_.rows.size(); ++i) {
      const auto& one = text_.rows[i];
      const float top = row(i + 1);
      const auto blanks = one.size() - one.find_last_not_of(' ') - 1;
      const auto width = static_cast<float>(one.size()) * style_.pitch;
      if (i % 2 == 0 && style_.minus_signs) sign("-", -width, top);
      number(one, top);
      if (i % 2 == 0) {
        const float foot = top + 0.5f + style_.row_pitch / 2;
        const float ones = -static_cast<float>(blanks) * style_.pitch;
        rule({{-width + 0.4f * style_.pitch - 0.15f, foot}, {ones + 0.45f * style_.pitch, foot}});
      }
    }
  }

  void dividendMarks() {
    const auto& carries = text_.carries;
    for (std::size_t i = 0; i < carries.size(); ++i) {
      if (carries[i] == ' ') continue;
      const auto column = static_cast<float>(carries.size() - 1 - i);
      sign(std::string(1, carries[i]), -(column + 0.5f) * style_.pitch, -0.12f, style_.mark_height);
    }
  }

  void division() {
    const auto& dividend = text_.operands.at(0);
    const auto& divisor = text_.operands.at(1);
    const float p = style_.pitch;
    const auto digits = static_cast<float>(dividend.size());
    const auto across = static_cast<float>(divisor.size());
    if (text_.division == DivisionLayout::kHouse) {
      const float wall = -(digits - 0.3f) * p - 0.05f;
      number(divisor, 0, -digits - 0.05f);
      rule({{wall - 0.1f, 1.12f}, {wall + 0.06f, 0.5f}, {wall - 0.08f, -0.25f}}, true);
      rule({{wall - 0.05f, -0.27f}, {0.65f * p, -0.27f}});
      number(dividend, 0);
      dividendMarks();
      number(text_.result, -0.35f - style_.row_pitch + 0.2f);
      if (!text_.remainder.empty() && text_.rows.empty()) {
        sign("r", 1.1f * p, -0.15f - style_.row_pitch);
        number(text_.remainder, -0.15f - style_.row_pitch,
               1.1f + static_cast<float>(text_.remainder.size()));
      }
    } else if (text_.division == DivisionLayout::kEquals) {
      number(dividend, 0);
      dividendMarks();
      sign(style_.divide_dots ? ":" : "÷", p, 0);
      number(divisor, 0, 1 + across);
      sign("=", (across + 2.1f) * p, 0);
      const auto quotient = trimmed(text_.result);
      const float end = across + 2.1f + static_cast<float>(quotient.size());
      number(quotient, 0, end);
      if (!text_.remainder.empty() && text_.rows.empty()) {
        sign("r", (end + 1.1f) * p, 0);
        number(text_.remainder, 0, end + 1.1f + static_cast<float>(text_.remainder.size()));
      }
    } else {
      number(dividend, 0);
      const float wall = 0.75f * p;
      const auto quotient = trimmed(text_.result);
      const float reach = std::max(across, static_cast<float>(quotient.size()));
      rule({{wall, -0.15f}, {wall, 2.75f}});
      number(divisor, 0, across + 0.4f);
      rule({{wall + 0.02f, 1.22f}, {wall + (reach + 0.4f) * p, 1.22f}});
      number(quotient, 1.45f, static_cast<float>(quotient.size()) + 0.4f);
    }
    steps();
  }

  static std::string trimmed(std::string text) {
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    return text;
  }

  const ColumnText& text_;
  const ColumnStyle& style_;
  ColumnPlan plan_;
};

}  // namespace

ColumnPlan planColumns(const ColumnText& text, const ColumnStyle& style) {
  return Planner(text, style).plan();
}

ColumnPlan planInto(const PrintedDivision& printed, const ColumnText& text, float digit,
                    float astray, std::uint32_t seed) {
  constexpr float kMark = 0.55f;
  ColumnPlan plan;
  const float unit = digit * printed.cell;
  const auto stray = [&](std::uint32_t bits) {
    const auto share = static_cast<float>((seed * 2654435761U) >> bits & 0xFFU) / 255;
    return (2 * share - 1) * astray / digit;
  };
  const auto write = [&](char c, const Box& place, float height) {
    if (c < '0' || c > '9') return;
    ++seed;
    const float x = (place.left + place.right) / 2 / unit + stray(8);
    const float y = (place.top + place.bottom) / 2 / unit + stray(16) / 2;
    plan.order.push_back({false, plan.signs.size()});
    plan.signs.push_back({std::string(1, c), x, y - height / 2, height});
  };
  const auto width = printed.dividend.size();
  const auto at = [width](const std::string& row, std::size_t column) {
    return column < row.size() && column < width ? row[row.size() - 1 - column] : ' ';
  };
  // From the left, each small digit as soon as it is known.
  for (std::size_t column = width; column-- > 0;) {
    write(at(text.carries, column), printed.markCell(column), kMark);
    write(at(text.result, column), printed.quotientCell(column), 1);
  }
  for (const char c : text.remainder) write(c, printed.remainderCell(), 1);
  return plan;
}

}  // namespace primer::handwriting
