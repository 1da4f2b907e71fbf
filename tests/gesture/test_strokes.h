#pragma once

// Pages and strokes by hand, for the tests of the gesture room.

#include <algorithm>
#include <cmath>
#include <string>

#include "primer/base/ink.h"
#include "primer/handwriting/drawn_digits.h"

namespace primer::test {

struct Place {
  float left = 0, top = 0, right = 0, bottom = 0;
};

// Numbers in a row, 100 high, from (0, 0) on.
inline Ink page(const std::string& digits) { return handwriting::drawNumber(digits, 0, 0); }

inline Place boxOf(const Ink& ink) {
  Place box{1e9f, 1e9f, -1e9f, -1e9f};
  for (const auto& stroke : ink.strokes) {
    for (const auto& p : stroke) {
      box = {std::min(box.left, p.x), std::min(box.top, p.y), std::max(box.right, p.x),
             std::max(box.bottom, p.y)};
    }
  }
  return box;
}

inline void lineTo(Stroke& stroke, float x, float y) {
  const auto from = stroke.back();
  for (int i = 1; i <= 10; ++i) {
    const float u = static_cast<float>(i) / 10;
    stroke.push_back({from.x + u * (x - from.x), from.y + u * (y - from.y), 0, 1});
  }
}

inline Stroke circleAround(const Place& box, float margin, float start = 0, float turns = 1.03f) {
  Stroke stroke;
  const float rx = (box.right - box.left) / 2 * 1.3f + margin;
  const float ry = (box.bottom - box.top) / 2 * 1.3f + margin;
  for (int i = 0; i <= 40; ++i) {
    const float a = start + turns * 6.2832f * static_cast<float>(i) / 40;
    stroke.push_back({(box.left + box.right) / 2 + rx * std::cos(a),
                      (box.top + box.bottom) / 2 + ry * std::sin(a), 0, 1});
  }
  return stroke;
}

inline Stroke zigzagOver(const Place& box, int passes) {
  Stroke stroke{{box.left - 10, box.top, 0, 1}};
  for (int i = 1; i <= passes; ++i) {
    const float y =
        box.top + (box.bottom - box.top) * static_cast<float>(i) / static_cast<float>(passes);
    lineTo(stroke, i % 2 == 1 ? box.right + 10 : box.left - 10, y);
  }
  return stroke;
}

inline Stroke strikeAcross(const Place& box, float over) {
  const float y = (box.top + box.bottom) / 2;
  Stroke stroke{{box.left - over, y + 6, 0, 1}};
  lineTo(stroke, box.right + over, y - 6);
  return stroke;
}

inline Stroke caretAt(float x, float tip, float half) {
  Stroke stroke{{x - half, tip + 1.5f * half, 0, 1}};
  lineTo(stroke, x, tip);
  lineTo(stroke, x + half, tip + 1.5f * half);
  return stroke;
}

}  // namespace primer::test
