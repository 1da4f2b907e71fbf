#include "primer/handwriting/drawn_columns.h"

#include <algorithm>
#include <cmath>

#include "primer/handwriting/lines/stroke_shape.h"

namespace primer::handwriting {

namespace {

using Corners = std::vector<std::pair<float, float>>;

// A stroke along corners, as a steady hand draws it: a little bowed.
Stroke strokeAlong(const Corners& corners, float x, float y, float scale) {
  Stroke stroke;
  constexpr int kSteps = 10;
  for (std::size_t c = 0; c + 1 < corners.size(); ++c) {
    const auto [ax, ay] = corners[c];
    const auto [bx, by] = corners[c + 1];
    for (int i = c == 0 ? 0 : 1; i <= kSteps; ++i) {
      const float u = static_cast<float>(i) / kSteps;
      const float bow = 0.015f * std::hypot(bx - ax, by - ay) * std::sin(3.1f * u);
      stroke.push_back({x + scale * (ax + u * (bx - ax) + bow),
                        y + scale * (ay + u * (by - ay) + bow), 0, 0.6f});
    }
  }
  return stroke;
}

// Signs within one height, their middle at x = 0.
std::vector<Corners> signShape(const std::string& symbol) {
  if (symbol == "+") return {{{-0.28f, 0.5f}, {0.28f, 0.5f}}, {{0, 0.22f}, {0, 0.78f}}};
  if (symbol == "-") return {{{-0.26f, 0.5f}, {0.26f, 0.5f}}};
  if (symbol == "×") return {{{-0.24f, 0.26f}, {0.24f, 0.74f}}, {{0.24f, 0.26f}, {-0.24f, 0.74f}}};
  if (symbol == "=") return {{{-0.28f, 0.4f}, {0.28f, 0.4f}}, {{-0.28f, 0.62f}, {0.28f, 0.62f}}};
  if (symbol == ":") return {{{0, 0.35f}, {0.03f, 0.38f}}, {{0, 0.78f}, {0.03f, 0.81f}}};
  if (symbol == "÷") {
    return {{{-0.28f, 0.55f}, {0.28f, 0.55f}},
            {{0, 0.3f}, {0.03f, 0.33f}},
            {{0, 0.78f}, {0.03f, 0.81f}}};
  }
  if (symbol == ".") return {{{0, 0.96f}, {0.03f, 0.99f}}};
  if (symbol == ",") return {{{0.04f, 0.94f}, {0.02f, 1.06f}, {-0.06f, 1.16f}}};
  if (symbol == "r") {
    return {{{-0.12f, 0.42f}, {-0.12f, 1.0f}, {-0.12f, 0.6f}, {0.0f, 0.45f}, {0.14f, 0.44f}}};
  }
  return {};
}

}  // namespace

Ink drawColumns(const ColumnPlan& plan, const PenStyle& pen) {
  Ink ink;
  const float size = pen.height;
  PenStyle own = pen;
  for (const auto& step : plan.order) {
    if (step.is_rule) {
      ink.strokes.push_back(strokeAlong(plan.rules[step.index].corners, 0, 0, size));
      continue;
    }
    const auto& sign = plan.signs[step.index];
    const char c = sign.symbol.front();
    if (sign.symbol.size() != 1 || c < '0' || c > '9') {
      for (const auto& part : signShape(sign.symbol)) {
        ink.strokes.push_back(
            strokeAlong(part, size * sign.x, size * sign.top, size * sign.height));
      }
      continue;
    }
    ++own.seed;  // two equal digits are not copies
    own.height = size * sign.height;
    auto strokes = drawDigit(c - '0', 0, size * sign.top, own);
    float left = strokes.front().front().x;
    float right = left;
    for (const auto& stroke : strokes) {
      for (const auto& p : stroke) left = std::min(left, p.x), right = std::max(right, p.x);
    }
    for (auto& stroke : strokes) {
      for (auto& p : stroke) p.x += size * sign.x - (left + right) / 2;
      ink.strokes.push_back(std::move(stroke));
    }
  }
  float time = 0;
  for (auto& stroke : ink.strokes) {
    for (auto& p : stroke) p.t = time, time += 12;
    time += 250;
  }
  return ink;
}

Ink drawInto(const PrintedDivision& printed, const ColumnText& text, const PenStyle& pen,
             float astray) {
  Ink ink;
  PenStyle own = pen;
  float time = 0;
  const auto write = [&](char c, const Box& place, float height) {
    if (c < '0' || c > '9') return;
    ++own.seed;
    own.height = height * printed.cell;
    auto strokes = drawDigit(c - '0', 0, 0, own, time);
    StrokeBox box = shapeOf(strokes.front()).box;
    for (const auto& stroke : strokes) box.include(shapeOf(stroke).box);
    const auto stray = [&](std::uint32_t bits) {
      const auto share = static_cast<float>(own.seed * 2654435761U >> bits & 0xFFU) / 255;
      return (2 * share - 1) * astray * printed.cell;
    };
    const float x = (place.left + place.right) / 2 - box.centreX() + stray(8);
    const float y = (place.top + place.bottom) / 2 - box.centreY() + stray(16) / 2;
    for (auto& stroke : strokes) {
      for (auto& p : stroke) p.x += x, p.y += y, time = std::max(time, p.t);
      ink.strokes.push_back(std::move(stroke));
    }
    time += 250;
  };
  // From the left, each small digit as soon as it is known.
  const auto width = printed.dividend.size();
  const auto at = [width](const std::string& row, std::size_t column) {
    return column < row.size() && column < width ? row[row.size() - 1 - column] : ' ';
  };
  for (std::size_t column = width; column-- > 0;) {
    write(at(text.carries, column), printed.markCell(column), pen.height * 0.55f);
    write(at(text.result, column), printed.quotientCell(column), pen.height);
  }
  for (const char c : text.remainder) write(c, printed.remainderCell(), pen.height);
  return ink;
}

Ink drawColumns(const ColumnText& text, const ColumnStyle& style, const PenStyle& pen) {
  return drawColumns(planColumns(text, style), pen);
}

}  // namespace primer::handwriting
