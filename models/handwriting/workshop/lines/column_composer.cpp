#include "lines/column_composer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "lines/glyph_extents.h"
#include "symbols/random_floats.h"

namespace primer::handwriting::workshop {

namespace {

using toolkit::Random;

std::string numberOf(std::size_t digits, Random& random) {
  std::string text;
  for (std::size_t i = 0; i < digits; ++i) {
    text += static_cast<char>('0' + (i == 0 ? 1 + random.below(9) : random.below(10)));
  }
  return text;
}

ColumnStyle styleOf(Random& random) {
  ColumnStyle style;
  style.pitch = uniform(random, 0.82, 1.5);
  style.row_pitch = uniform(random, 1.25, 1.9);
  style.mark_height = uniform(random, 0.32, 0.58);
  style.marks_below = random.chance(0.3);
  style.strike_lenders = random.chance(0.6);
  style.minus_signs = random.chance(0.6);
  style.divide_dots = random.chance(0.7);
  style.point_comma = random.chance(0.4);
  return style;
}

// Lines of a hand: bowed, tilted, never quite as long as they should be.
std::vector<PlanePoint> drawnRule(const PlannedRule& rule, Random& random) {
  std::vector<PlanePoint> corners;
  for (const auto& [x, y] : rule.corners) {
    corners.push_back({x + normal(random, 0.06), y + normal(random, 0.04)});
  }
  std::vector<PlanePoint> points;
  constexpr int kSteps = 12;
  const float bow = normal(random, 0.02);
  for (std::size_t c = 0; c + 1 < corners.size(); ++c) {
    const auto a = corners[c];
    const auto b = corners[c + 1];
    const float length = std::hypot(b.x - a.x, b.y - a.y);
    for (int i = c == 0 ? 0 : 1; i <= kSteps; ++i) {
      const float u = static_cast<float>(i) / kSteps;
      const float off = 4 * bow * length * u * (1 - u);
      const float level = std::abs(b.x - a.x) > std::abs(b.y - a.y) ? 1.0f : 0.0f;
      points.push_back({a.x + u * (b.x - a.x) + (1 - level) * off + normal(random, 0.006),
                        a.y + u * (b.y - a.y) + level * off + normal(random, 0.006)});
    }
  }
  if (random.chance(0.1)) std::reverse(points.begin(), points.end());
  return points;
}

class PageSetter {
 public:
  PageSetter(const Glyphs& glyphs, const ComposerOptions& options, Random& random)
      : glyphs_(glyphs),
        distortion_(options.distortion),
        random_(random),
        hand_(glyphs.pickHand(random)),
        style_(HandStyle::draw(random, options.freedom)) {
    style_.size_jitter = std::min(style_.size_jitter, 0.1f);
    // Signs lean, pages do not.
    slant_ = std::exchange(style_.slant, 0.0f);
    wave_ = normal(random, 0.02);
    phase_ = uniform(random, 0, 6.3);
  }

  float unit() const { return static_cast<float>(style_.grid); }

  // False where a sign cannot be drawn.
  bool set(const ColumnPlan& plan, double overwritten, MadeColumns& made) {
    std::size_t over = plan.signs.size();
    if (overwritten > 0 && random_.chance(overwritten)) over = random_.below(plan.signs.size());
    for (const auto& step : plan.order) {
      if (step.is_rule) {
        made.rules.push_back(made.ink.strokes.size());
        put(drawnRule(plan.rules[step.index], random_), made);
        continue;
      }
      const auto& sign = plan.signs[step.index];
      const auto label = lines::classOf(sign.symbol);
      const float dx = normal(random_, 0.06);
      const float dy = normal(random_, style_.height_jitter * 0.8);
      if (step.index == over && lines::isDigit(label)) {
        const auto wrong = lines::classOf(std::to_string(random_.below(10)));
        if (!putGlyph(wrong, sign, dx, dy, true, made)) return false;
      }
      if (!putGlyph(label, sign, dx + normal(random_, 0.03), dy, false, made)) return false;
    }
    return true;
  }

 private:
  bool putGlyph(std::size_t label, const PlannedSign& sign, float dx, float dy, bool replaced,
                MadeColumns& made) {
    Glyph glyph;
    if (!glyphs_.draw(label, hand_, random_, glyph) || glyph.ink.points.empty()) return false;
    const float relative_size = glyph.relative_size;
    if (distortion_) {
      distort(*distortion_, random_, glyph.ink);
    } else {
      toUnitSquare(glyph.ink);
    }
    placeGlyph(glyph.ink, label, relative_size, sign.height, style_, random_);
    const auto extent = extentOf(glyph.ink);
    const float x = sign.x + dx - (extent.left + extent.right) / 2;
    const float y = sign.top + sign.height + dy;
    MadeSymbol symbol{label, {}, replaced};
    for (std::size_t s = 0; s < glyph.ink.strokeCount(); ++s) {
      std::vector<PlanePoint> points;
      for (std::size_t i = glyph.ink.strokeBegin(s); i < glyph.ink.ends[s]; ++i) {
        const auto& p = glyph.ink.points[i];
        points.push_back({p.x - slant_ * p.y + x, p.y + y});
      }
      symbol.strokes.push_back(made.ink.strokes.size());
      put(points, made);
    }
    made.symbols.push_back(std::move(symbol));
    return true;
  }

  void put(const std::vector<PlanePoint>& points, MadeColumns& made) {
    made.ink.strokes.push_back(recordStroke(points, style_, wave_, phase_, random_));
  }

  const Glyphs& glyphs_;
  const std::optional<DistortionOptions>& distortion_;
  Random& random_;
  const Glyphs::Hand hand_;
  HandStyle style_;
  float slant_ = 0;
  float wave_ = 0;
  float phase_ = 0;
};

// Some work is not finished: what is written last is missing.
void breakOff(ColumnText& text, Random& random) {
  if (text.method != ColumnMethod::kDivision) {
    if (!text.rows.empty()) {
      text.result.clear();
      return;
    }
    const auto left = 1 + random.below(text.result.size());
    for (std::size_t i = 0; i < left && text.result.size() > 1; ++i) text.result.erase(0, 1);
    return;
  }
  if (text.rows.empty()) text.remainder.clear();
}

void makeWrong(ColumnText& text, Random& random) {
  if (text.result.empty()) return;
  const auto at = random.below(text.result.size());
  if (text.result[at] == ' ') return;
  text.result[at] = static_cast<char>('0' + (at == 0 ? 1 + random.below(9) : random.below(10)));
}

// The same digits with a point, in all numbers at the same column.
void placePoint(ColumnText& text, Random& random) {
  const auto places = 1 + random.below(2);
  const auto isLonger = [places](const std::string& number) { return number.size() > places; };
  if (!isLonger(text.result) || text.result.find(' ') != std::string::npos ||
      !std::all_of(text.operands.begin(), text.operands.end(), isLonger)) {
    return;
  }
  for (auto& operand : text.operands) operand.insert(operand.size() - places, ".");
  text.result.insert(text.result.size() - places, ".");
}

ColumnText drawProblem(Random& random) {
  const double kind = random.uniform();
  const bool marks = random.chance(0.65);
  if (kind < 0.3) {
    std::vector<std::string> operands;
    const auto count = random.chance(0.8) ? 2 : 3 + random.below(2);
    for (std::size_t i = 0; i < count; ++i) {
      operands.push_back(numberOf(1 + random.below(4), random));
    }
    return workColumns(ColumnMethod::kSum, operands, marks).value_or(ColumnText{});
  }
  if (kind < 0.55) {
    const auto upper = numberOf(2 + random.below(3), random);
    const auto lower = std::to_string(1 + random.below(std::stoull(upper)));
    return workColumns(ColumnMethod::kDifference, {upper, lower}, marks).value_or(ColumnText{});
  }
  if (kind < 0.75) {
    const auto upper = numberOf(2 + random.below(2), random);
    const auto lower = numberOf(1 + random.below(2), random);
    return workColumns(ColumnMethod::kProduct, {upper, lower}, marks).value_or(ColumnText{});
  }
  const auto dividend = numberOf(2 + random.below(3), random);
  const auto divisor = random.chance(0.7) ? std::to_string(2 + random.below(8))
                                          : std::to_string(11 + random.below(30));
  const bool steps = random.chance(0.6);
  auto text = workColumns(ColumnMethod::kDivision, {dividend, divisor}, marks, steps)
                  .value_or(ColumnText{});
  constexpr std::array<DivisionLayout, 3> kLayouts = {
      DivisionLayout::kHouse, DivisionLayout::kEquals, DivisionLayout::kCorner};
  text.division = kLayouts[random.below(kLayouts.size())];
  return text;
}

}  // namespace

ColumnText makeColumnText(Random& random) {
  for (;;) {
    ColumnText text = drawProblem(random);
    if (text.operands.empty() || text.result == "0") continue;
    const double fate = random.uniform();
    if (fate < 0.25) makeWrong(text, random);
    if (fate > 0.84) breakOff(text, random);
    const bool added =
        text.method == ColumnMethod::kSum || text.method == ColumnMethod::kDifference;
    if (added && text.carries.empty() && random.chance(0.3)) placePoint(text, random);
    // A corner has no place for a rest but the steps' end, other layouts say it by "r" or not.
    const bool corner = text.division == DivisionLayout::kCorner;
    if (text.method == ColumnMethod::kDivision && corner) {
      text.carries.clear();
      if (text.rows.empty()) text.remainder.clear();
    }
    return text;
  }
}

ColumnComposer::ColumnComposer(const SampleStore& store, bool development,
                               const ComposerOptions& options)
    : glyphs_(store, development, options.glyphs), options_(options) {}

MadeColumns ColumnComposer::make(Random& random) const {
  for (;;) {
    const auto text = makeColumnText(random);
    const auto style = styleOf(random);
    if (auto made = set(text, planColumns(text, style), random)) return *std::move(made);
  }
}

std::optional<MadeColumns> ColumnComposer::set(const ColumnText& text, const ColumnPlan& plan,
                                               Random& random) const {
  MadeColumns made;
  made.text = text;
  PageSetter setter(glyphs_, options_, random);
  made.unit = setter.unit();
  if (!setter.set(plan, options_.overwritten, made)) return std::nullopt;
  return made;
}

MadeNotation withoutRules(const MadeColumns& made) {
  MadeNotation notation;
  notation.ink = made.ink;
  for (const auto rule : made.rules) notation.ink.strokes[rule].clear();
  notation.symbols = made.symbols;
  return notation;
}

}  // namespace primer::handwriting::workshop
