#include "src/lines/layout_margins.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting::lines {

namespace {

// Nats per height of the base.
constexpr float kPowerSlope = 9;
constexpr float kMost = 8;
constexpr float kTallPower = 1.5f;  // of a fraction in a power, in ems or heights of its base
constexpr float kTallSlope = 4;     // nats per em

SymbolSet setOf(std::string_view symbols) { return SymbolSet::of(symbols).value_or(SymbolSet{}); }

bool isIn(const SymbolSet& set, std::size_t label) { return label != kJunk && set.contains(label); }

float bounded(float margin) { return std::clamp(margin, -kMost, kMost); }

// Where a letter that hangs down would end without its tail.
float footOf(const Part& part) {
  const auto& box = part.box;
  return part.isSymbol() && hangsDown(part.label) ? box.top + 0.62f * box.height() : box.bottom;
}

}  // namespace

bool isMiddleSign(std::size_t label) {
  static const SymbolSet kSet = setOf("+-=<>≤≥≠×÷:*~");
  return isIn(kSet, label);
}

bool hangsDown(std::size_t label) {
  static const SymbolSet kSet = setOf("gjpqy");
  return isIn(kSet, label);
}

bool isLow(std::size_t label) {
  static const SymbolSet kSet = setOf("acemnorsuvwxzπ");
  return isIn(kSet, label);
}

bool neverBeginsPower(std::size_t label) {
  static const SymbolSet kSet = setOf(".,=<>≤≥≠×÷:%°)]}");
  return isIn(kSet, label);
}

bool canCarry(const Part& base) {
  static const SymbolSet kClosing = setOf(")]}");
  if (!base.isSymbol()) return true;
  return isDigit(base.label) || isLetter(base.label) || isIn(kClosing, base.label);
}

float raisedMargin(const Part& base, const Part& sign, float em) {
  const float top = base.box.top;
  const float height = std::max(footOf(base) - top, 0.35f * em);
  const auto& s = sign.box;
  // Of operators the middle tells, of fractions the bar; and no power is as high as a fraction on
  // the line.
  const bool fraction = sign.item.kind == Item::Kind::kFraction;
  if (fraction || (sign.isSymbol() && isMiddleSign(sign.label))) {
    const bool low = base.isSymbol() && (isLow(base.label) || hangsDown(base.label));
    const float middle = fraction ? sign.axis : s.centreY();
    const float tall =
        fraction ? std::max(0.0f, s.height() / std::max(em, height) - kTallPower) : 0.0f;
    return bounded(kPowerSlope * (top + (low ? 0.16f : 0.26f) * height - middle) / height -
                   kTallSlope * tall);
  }
  return bounded(kPowerSlope * ((top + 0.56f * height - footOf(sign)) / height +
                                0.2f * (0.75f - s.height() / height)));
}

float powerMargin(const Part& base, const Part& sign, float em) {
  float margin = raisedMargin(base, sign, em);
  if (base.item.kind == Item::Kind::kFraction) margin -= 5;
  if (base.item.kind == Item::Kind::kRoot) margin -= 3;
  if (sign.isSymbol()) {
    if (neverBeginsPower(sign.label)) margin -= 8;
    if (isMiddleSign(sign.label)) margin -= 0.6f;
  }
  // A power begins near its base.
  const float gap = (sign.box.left - base.box.right) / em;
  if (gap > 0.7f) margin -= 4 * (gap - 0.7f);
  return margin;
}

float belowMargin(const Part& base, const Part& sign, float em) {
  if (!base.isSymbol() || !sign.isSymbol() || !isLetter(base.label) ||
      !(isDigit(sign.label) || isLetter(sign.label))) {
    return -kMost;
  }
  // Between the middle of a sign that stands beside and of one that stands below.
  const bool low = isLow(sign.label) || hangsDown(sign.label);
  const float middle = (sign.box.top + footOf(sign)) / 2;
  const float drop = (middle - footOf(base)) / em + (low ? 0.08f : 0.25f);
  const float size = (footOf(sign) - sign.box.top) / em;
  return bounded(9 * drop - 6 * std::max(0.0f, size - 0.8f) - 0.5f);
}

float insideMargin(const StrokeBox& p, const StrokeBox& bar, bool off_line, bool may_overhang,
                   float em) {
  const float least = 0.08f * em;
  const float shared = std::min(p.right, bar.right) - std::max(p.left, bar.left);
  const float share = std::clamp((shared + least) / (p.width() + least), 0.0f, 1.0f);
  float margin = 8 * (share - 0.5f);
  if (share < 0.5f) {
    const float past = std::max({0.0f, p.centreX() - bar.right, bar.left - p.centreX()}) / em;
    // Off the bar's height and right beside its end: it overhangs.
    margin = may_overhang ? 2.0f - 5 * past : -2 - 6 * past;
  }
  if (!off_line) {
    const float across =
        std::min(p.bottom - bar.centreY(), bar.centreY() - p.top) / (p.height() + least);
    margin -= share < 0.5f ? 3.0f : 14 * std::max(0.0f, across - 0.1f);
  }
  return margin;
}

float underRootMargin(const StrokeBox& p, const StrokeBox& root, float em) {
  const float height = std::max(root.height(), 0.3f * em);
  const float hook = root.left + std::min(0.3f * height, 0.35f * root.width());
  const float right = 7 * ((root.right - p.centreX()) / em + 0.05f);
  const float left = 8 * (p.centreX() - hook) / em + 1;
  const float up = 7 * ((p.centreY() - root.top) / em + 0.05f);
  const float down = 7 * ((root.bottom - p.centreY()) / em + 0.15f);
  return std::min({right, left, up, down});
}

float rootIndexMargin(const StrokeBox& p, const StrokeBox& root, float em) {
  const bool small = p.height() < 0.75f * em && p.height() < 0.6f * root.height();
  const bool near = p.right > root.left - 0.35f * em && p.bottom > root.top - 0.3f * em &&
                    p.bottom < root.top + 0.75f * root.height();
  if (!small || !near) return -kMost;
  // Left of where the sign climbs.
  return std::min(7 * (root.left + 0.3f * em - p.centreX()) / em, 3.0f);
}

}  // namespace primer::handwriting::lines
