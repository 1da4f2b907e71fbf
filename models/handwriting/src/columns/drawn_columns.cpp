#include "primer/handwriting/drawn_columns.h"

#include <algorithm>
#include <cmath>

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
  PenStyle own = pen;
  own.height = pen.height * printed.cell;
  return drawColumns(planInto(printed, text, pen.height, astray, pen.seed), own);
}

Ink drawColumns(const ColumnText& text, const ColumnStyle& style, const PenStyle& pen) {
  return drawColumns(planColumns(text, style), pen);
}

}  // namespace primer::handwriting
