#pragma once

// Lines of notation drawn by code, for the tests of the line reader.

#include <cmath>
#include <string>
#include <vector>

#include "primer/base/ink.h"
#include "primer/handwriting/drawn_digits.h"

namespace primer::test {

inline Stroke straight(float x0, float y0, float x1, float y1) {
  Stroke stroke;
  for (int i = 0; i <= 12; ++i) {
    const float u = static_cast<float>(i) / 12;
    // No hand draws a ruler's line.
    const float bow = 0.015f * std::hypot(x1 - x0, y1 - y0) * std::sin(3.1f * u);
    stroke.push_back({x0 + u * (x1 - x0) + bow, y0 + u * (y1 - y0) + bow, 0, 1});
  }
  return stroke;
}

// Appends signs to ink; a digit is 100 high, y = 0 at the top of the line.
class LineDrawing {
 public:
  LineDrawing& digits(const std::string& text, float height = 100, float top = 0) {
    for (const char c : text) {
      handwriting::PenStyle style;
      style.height = height;
      const auto strokes = handwriting::drawDigit(c - '0', pen_, top, style);
      float right = pen_;
      for (const auto& stroke : strokes) {
        for (const auto& p : stroke) right = std::max(right, p.x);
        ink_.strokes.push_back(stroke);
      }
      pen_ = right + 0.25f * height;
    }
    return *this;
  }
  LineDrawing& plus() {
    ink_.strokes.push_back(straight(pen_, 55, pen_ + 50, 55));
    ink_.strokes.push_back(straight(pen_ + 25, 30, pen_ + 25, 80));
    pen_ += 75;
    return *this;
  }
  LineDrawing& minus() {
    ink_.strokes.push_back(straight(pen_, 55, pen_ + 50, 55));
    pen_ += 75;
    return *this;
  }
  LineDrawing& equals() {
    ink_.strokes.push_back(straight(pen_, 45, pen_ + 55, 45));
    ink_.strokes.push_back(straight(pen_, 68, pen_ + 55, 68));
    pen_ += 80;
    return *this;
  }
  LineDrawing& fraction(const std::string& top, const std::string& bottom) {
    const float left = pen_;
    digits(top, 65, -30);
    const float right = pen_;
    ink_.strokes.push_back(straight(left - 8, 52, right - 5, 53));
    pen_ = left;
    digits(bottom, 65, 68);
    pen_ = std::max(pen_, right) + 12;
    return *this;
  }
  LineDrawing& power(const std::string& text) {
    pen_ -= 16;
    return digits(text, 50, -28);
  }
  LineDrawing& root(const std::string& text) {
    const float left = pen_;
    pen_ += 50;
    digits(text);
    Stroke sign = straight(left, 60, left + 12, 55);
    for (const auto& piece :
         {straight(left + 12, 55, left + 25, 105), straight(left + 25, 105, left + 42, -18),
          straight(left + 42, -18, pen_, -20)}) {
      sign.insert(sign.end(), piece.begin() + 1, piece.end());
    }
    ink_.strokes.push_back(sign);
    pen_ += 25;
    return *this;
  }

  const Ink& ink() const { return ink_; }

 private:
  Ink ink_;
  float pen_ = 0;
};

}  // namespace primer::test
