// Sets of real numbers.

#include <algorithm>
#include <cmath>

#include "solutions.h"

namespace primer::maths {

namespace {

bool isRational(const RealNumber& x) { return x.q.isZero(); }

bool lessLow(const Interval& a, const Interval& b) {
  if (!a.low || !b.low) return !a.low && b.low;
  if (!(*a.low == *b.low)) return *a.low < *b.low;
  return a.holds_low && !b.holds_low;
}

// Whether an interval that begins at or after `a` begins touches or overlaps it.
bool meets(const Interval& a, const Interval& b) {
  if (!a.high || !b.low) return true;
  if (*a.high == *b.low) return a.holds_high || b.holds_low;
  return *b.low < *a.high;
}

bool endsEarlier(const Interval& a, const Interval& b) {
  if (!a.high || !b.high) return a.high.has_value() && !b.high;
  if (!(*a.high == *b.high)) return *a.high < *b.high;
  return !a.holds_high && b.holds_high;
}

RealSet tidied(std::vector<Interval> parts) {
  std::sort(parts.begin(), parts.end(), lessLow);
  RealSet set;
  for (const auto& part : parts) {
    if (!set.parts.empty() && meets(set.parts.back(), part)) {
      if (endsEarlier(set.parts.back(), part)) {
        set.parts.back().high = part.high;
        set.parts.back().holds_high = part.holds_high;
      }
    } else {
      set.parts.push_back(part);
    }
  }
  return set;
}

}  // namespace

double RealNumber::toDouble() const { return p.toDouble() + sign * std::sqrt(q.toDouble()); }

Expr RealNumber::toExpr() const {
  if (q.isZero()) return fractionOf(p.numerator(), p.denominator());
  Expr surd = maths::root(number(q), numeral("2"));
  if (sign < 0) surd = negate(surd);
  return p.isZero() ? surd : sum({fractionOf(p.numerator(), p.denominator()), surd});
}

bool operator==(const RealNumber& a, const RealNumber& b) {
  return a.p == b.p && a.q == b.q && (a.q.isZero() || a.sign == b.sign);
}

bool operator<(const RealNumber& a, const RealNumber& b) {
  if (a == b) return false;
  if (isRational(a) && isRational(b)) return a.p < b.p;
  // Different numbers of a school's size lie far further apart than doubles err.
  return a.toDouble() < b.toDouble();
}

bool operator==(const Interval& a, const Interval& b) {
  return a.low == b.low && a.high == b.high && a.holds_low == b.holds_low &&
         a.holds_high == b.holds_high;
}

bool RealSet::onlyPoints() const {
  return std::all_of(parts.begin(), parts.end(), [](const Interval& i) { return i.isPoint(); });
}

RealSet RealSet::unite(const RealSet& other) const {
  auto all = parts;
  all.insert(all.end(), other.parts.begin(), other.parts.end());
  return tidied(std::move(all));
}

RealSet RealSet::complement() const {
  RealSet result;
  Interval gap;
  for (const auto& part : parts) {
    if (part.low) {
      gap.high = part.low;
      gap.holds_high = !part.holds_low;
      if (!gap.low || !(*gap.low == *gap.high) || (gap.holds_low && gap.holds_high)) {
        result.parts.push_back(gap);
      }
    }
    if (!part.high) return result;
    gap = {part.high, std::nullopt, !part.holds_high, false};
  }
  result.parts.push_back(gap);
  return result;
}

RealSet RealSet::intersect(const RealSet& other) const {
  return complement().unite(other.complement()).complement();
}

}  // namespace primer::maths
