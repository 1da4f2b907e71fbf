#include "page_ink.h"

#include <algorithm>

#include "primer/handwriting/symbol_set.h"

namespace primer::gesture::workshop {

using handwriting::Extent;
using handwriting::FlatInk;
using handwriting::PlanePoint;
using toolkit::Random;

float uniform(Random& random, double low, double high) {
  return static_cast<float>(random.uniform(low, high));
}

bool isOneOf(std::uint8_t symbol, std::string_view texts) {
  const auto text = handwriting::symbolText(symbol);
  return text.size() == 1 && texts.find(text) != std::string_view::npos;
}

void appendStrokes(const FlatInk& from, std::size_t first, std::size_t last, FlatInk& ink) {
  for (std::size_t s = first; s < last; ++s) {
    ink.points.insert(ink.points.end(),
                      from.points.begin() + static_cast<std::ptrdiff_t>(from.strokeBegin(s)),
                      from.points.begin() + static_cast<std::ptrdiff_t>(from.ends[s]));
    ink.ends.push_back(static_cast<std::uint32_t>(ink.points.size()));
  }
}

void take(const FlatInk& from, std::size_t stroke, FlatInk& one) {
  one.clear();
  appendStrokes(from, stroke, stroke + 1, one);
}

void move(FlatInk& ink, float dx, float dy) {
  for (auto& p : ink.points) p = {p.x + dx, p.y + dy};
}

void scale(FlatInk& ink, float sx, float sy) {
  for (auto& p : ink.points) p = {sx * p.x, sy * p.y};
}

Extent joined(Extent a, const Extent& b) {
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
          std::max(a.bottom, b.bottom)};
}

void addLine(FlatInk& ink, PlanePoint from, PlanePoint to) {
  constexpr int kSteps = 16;
  for (int i = 0; i <= kSteps; ++i) {
    const float u = static_cast<float>(i) / kSteps;
    ink.points.push_back({from.x + u * (to.x - from.x), from.y + u * (to.y - from.y)});
  }
  ink.ends.assign(1, static_cast<std::uint32_t>(ink.points.size()));
}

}  // namespace primer::gesture::workshop
