#include <algorithm>
#include <numeric>

#include "picture_parts.h"

namespace primer::maths {

namespace {

constexpr int kMostWholes = 8;
constexpr int kMostBars = 6;

const Expr& withoutSign(const Expr& e) { return e->kind == Kind::kNegate ? e->children[0] : e; }

bool addBar(FractionBars& picture, const Expr& e) {
  const auto bar = barOf(e);
  if (bar) picture.bars.push_back(*bar);
  return bar.has_value();
}

// An empty bar in the parts that all bars share.
void addCommonBar(FractionBars& picture) {
  int common = 1;
  bool same = true;
  for (const auto& bar : picture.bars) {
    same = same && bar.parts == picture.bars.front().parts;
    common = std::lcm(common, bar.parts);
  }
  if (!same && common <= kMostParts) picture.bars.push_back({common, 0, "", false});
}

std::optional<Picture> shareBar(const Rational& percents, const Rational& whole,
                                const std::string& label) {
  const auto share = percents.toInt();
  if (!share || *share <= 0 || *share > 100) return std::nullopt;
  const int per_part = std::gcd(static_cast<int>(*share), 100);
  const int parts = 100 / per_part;
  FractionBars picture;
  picture.bars.push_back({1, 0, "100% = " + valueText(whole, true), false});
  if (parts <= 20) {
    picture.bars.push_back({parts, static_cast<int>(*share) / per_part, label, false});
  } else {
    picture.bars.push_back({10, 0, "each part is 10%", false});
  }
  return picture;
}

}  // namespace

std::optional<FractionBar> barOf(const Expr& e) {
  const bool whole = isNumber(e) && isWhole(e);
  const bool mixed_number = e->kind == Kind::kMixed && isFraction(e->children[1]);
  if (!whole && !mixed_number && !isFraction(e)) return std::nullopt;
  if (!e->value || e->value->sign() <= 0) return std::nullopt;
  const Expr& part = mixed_number ? e->children[1] : e;
  const auto parts = whole ? std::optional<std::int64_t>(1) : part->children[1]->value->toInt();
  if (!parts || *parts < 1 || *parts > kMostParts) return std::nullopt;
  const auto shaded = (*e->value * Rational(*parts)).toInt();
  if (!shaded || *shaded > *parts * kMostWholes) return std::nullopt;
  return FractionBar{static_cast<int>(*parts), static_cast<int>(*shaded), toText(e), false};
}

std::optional<Picture> barsOf(const Expr& e) {
  FractionBars picture;
  const auto& c = e->children;
  if (e->kind == Kind::kSum && c.size() <= 3) {
    for (const auto& term : c) {
      if (!addBar(picture, withoutSign(term))) return std::nullopt;
    }
    addCommonBar(picture);
    return picture;
  }
  if (isFraction(e)) return addBar(picture, e) ? std::optional<Picture>(picture) : std::nullopt;
  const bool pair = c.size() == 2 && (e->kind == Kind::kProduct || e->kind == Kind::kQuotient);
  if (!pair) return std::nullopt;
  // Three times two fifths: three bars.
  for (const bool first : {true, false}) {
    const auto times = c[first ? 0 : 1]->value ? c[first ? 0 : 1]->value->toInt() : std::nullopt;
    const Expr& fraction = c[first ? 1 : 0];
    if (e->kind != Kind::kProduct || !times || *times < 1 || *times > kMostBars) continue;
    if (!isFraction(fraction)) continue;
    for (int i = 0; i < *times; ++i) {
      if (!addBar(picture, fraction)) return std::nullopt;
    }
    return picture;
  }
  if (!isFraction(c[0]) && !isFraction(c[1])) return std::nullopt;
  if (!addBar(picture, c[0]) || !addBar(picture, c[1])) return std::nullopt;
  return picture;
}

std::optional<Picture> barsToShade(const Expr& a, const Expr& b) {
  FractionBars picture;
  if (!addBar(picture, a) || !addBar(picture, b)) return std::nullopt;
  for (auto& bar : picture.bars) bar.shaded = 0;
  return picture;
}

std::optional<Picture> percentBar(const Expr& e) {
  if (e->kind != Kind::kProduct || e->children.size() != 2) return std::nullopt;
  for (const bool first : {true, false}) {
    const Expr& share = e->children[first ? 0 : 1];
    const Expr& whole = e->children[first ? 1 : 0];
    if (share->kind != Kind::kPercent || !share->children[0]->value || !whole->value) continue;
    return shareBar(*share->children[0]->value, *whole->value, toText(share));
  }
  return std::nullopt;
}

std::optional<Picture> percentInWords(const Problem& problem) {
  if (problem.task != Task::kWords || problem.numbers.size() != 2) return std::nullopt;
  for (const bool first : {true, false}) {
    const Rational& share = problem.numbers[first ? 0 : 1];
    const Rational& whole = problem.numbers[first ? 1 : 0];
    const bool named = problem.text.find(share.toString() + "%") != std::string::npos ||
                       problem.text.find(share.toString() + " %") != std::string::npos ||
                       problem.text.find(share.toString() + " percent") != std::string::npos;
    if (named) return shareBar(share, whole, share.toString() + "%");
  }
  return std::nullopt;
}

}  // namespace primer::maths
