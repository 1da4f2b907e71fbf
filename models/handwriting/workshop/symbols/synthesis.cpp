#include "symbols/synthesis.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "symbols/distortion.h"
#include "symbols/random_floats.h"

namespace primer::handwriting::workshop {

namespace {

using toolkit::Random;

constexpr double kPi = 3.14159265358979323846;

// Scales and moves ink so that its box has the given centre and longest side.
void fit(FlatInk& ink, float centre_x, float centre_y, float longest) {
  toUnitSquare(ink);
  for (auto& p : ink.points) p = {centre_x + longest * p.x, centre_y + longest * p.y};
}

void append(FlatInk& ink, const FlatInk& more) {
  const auto before = static_cast<std::uint32_t>(ink.points.size());
  ink.points.insert(ink.points.end(), more.points.begin(), more.points.end());
  for (const auto end : more.ends) ink.ends.push_back(before + end);
}

void endStroke(FlatInk& ink) { ink.ends.push_back(static_cast<std::uint32_t>(ink.points.size())); }

void addDot(Random& random, FlatInk& ink, float x, float y) {
  const float size = uniform(random, 0.0, 0.09);
  const int count = static_cast<int>(random.below(6)) + 1;
  const float phase = uniform(random, 0, 2 * kPi);
  for (int i = 0; i < count; ++i) {
    const float a = phase + 5.0f * static_cast<float>(i) / static_cast<float>(count);
    ink.points.push_back({x + size * std::cos(a), y + size * std::sin(a)});
  }
  endStroke(ink);
}

void addDash(Random& random, FlatInk& ink, float y) {
  const float half = uniform(random, 0.35, 0.5);
  const float tilt = uniform(random, -0.06, 0.06);
  const float sag = uniform(random, -0.04, 0.04);
  for (int i = 0; i <= 8; ++i) {
    const float u = static_cast<float>(i) / 4 - 1;
    ink.points.push_back({half * u, y + tilt * u + sag * (1 - u * u)});
  }
  endStroke(ink);
}

// dot, dash, dot in any of the usual orders.
void drawDivision(Random& random, FlatInk& ink) {
  const float up = uniform(random, 0.15, 0.45);
  const float down = uniform(random, 0.15, 0.45);
  const float lean = uniform(random, -0.08, 0.08);
  const auto order = random.below(3);
  if (order == 0) addDash(random, ink, 0);
  addDot(random, ink, lean, -up);
  if (order == 1) addDash(random, ink, 0);
  addDot(random, ink, -lean, down);
  if (order == 2) addDash(random, ink, 0);
}

// Two arcs back to back, as schools teach x.
void drawSchoolX(Random& random, FlatInk& ink) {
  const float bulge = uniform(random, 0.2, 0.45);
  const float gap = uniform(random, -0.04, 0.04);
  const float open = uniform(random, 0.9, 1.35);  // how far the arcs reach round
  const auto arc = [&](float side) {
    for (int i = 0; i <= 14; ++i) {
      const float a = open * (static_cast<float>(i) / 7 - 1);
      // The arc touches x = 0 in its middle and opens away from the other one.
      ink.points.push_back({side * (gap + bulge * (1 - std::cos(a))), 0.5f * std::sin(a)});
    }
    endStroke(ink);
  };
  const bool left_first = random.chance(0.8);
  arc(left_first ? -1.0f : 1.0f);
  arc(left_first ? 1.0f : -1.0f);
}

// Smooth curve through knots.
void addCurve(FlatInk& ink, const std::vector<PlanePoint>& knots) {
  constexpr int kSteps = 6;
  for (std::size_t i = 0; i + 1 < knots.size(); ++i) {
    const auto& p = knots[i > 0 ? i - 1 : 0];
    const auto& q = knots[i];
    const auto& r = knots[i + 1];
    const auto& s = knots[std::min(i + 2, knots.size() - 1)];
    for (int k = 0; k < kSteps; ++k) {
      const float u = static_cast<float>(k) / kSteps;
      const auto blend = [u](float a, float b, float c, float d) {
        return 0.5f * (2 * b + (c - a) * u + (2 * a - 5 * b + 4 * c - d) * u * u +
                       (3 * b - a - 3 * c + d) * u * u * u);
      };
      ink.points.push_back({blend(p.x, q.x, r.x, s.x), blend(p.y, q.y, r.y, s.y)});
    }
  }
  ink.points.push_back(knots.back());
  endStroke(ink);
}

PlanePoint anywhere(Random& random) {
  return {uniform(random, -0.5, 0.5), uniform(random, -0.5, 0.5)};
}

void addZigzag(Random& random, FlatInk& ink) {
  const auto turns = 6 + random.below(14);
  const float angle = uniform(random, 0, kPi);
  const float c = std::cos(angle);
  const float s = std::sin(angle);
  const float reach = uniform(random, 0.25, 0.5);
  std::vector<PlanePoint> knots;
  for (std::size_t i = 0; i < turns; ++i) {
    const float along = static_cast<float>(i) / static_cast<float>(turns - 1) - 0.5f;
    const float across = (i % 2 == 0 ? reach : -reach) * uniform(random, 0.6, 1);
    const float u = along + uniform(random, -0.04, 0.04);
    knots.push_back({c * u - s * across, s * u + c * across});
  }
  addCurve(ink, knots);
}

void addSpiral(Random& random, FlatInk& ink) {
  const float turns = uniform(random, 2.6, 7);
  const float shrink = uniform(random, 0.1, 1);
  const float drift_x = uniform(random, -0.4, 0.4);
  const float drift_y = uniform(random, -0.4, 0.4);
  const float squeeze = uniform(random, 0.4, 1);
  const float turn = random.chance(0.5) ? 1.0f : -1.0f;
  constexpr int kPoints = 90;
  for (int i = 0; i < kPoints; ++i) {
    const float u = static_cast<float>(i) / kPoints;
    const float a = turn * 2 * static_cast<float>(kPi) * turns * u;
    const float r = 0.5f * (1 - shrink * u);
    ink.points.push_back({r * std::cos(a) + drift_x * u, squeeze * r * std::sin(a) + drift_y * u});
  }
  endStroke(ink);
}

}  // namespace

Synthesis::Synthesis(const SampleStore& store, bool development) : store_(store) {
  const auto wide = SymbolSet::of("023456789ABCDEGHKMNOPQRSUVWXZabdeghkmnopqsuwz").value();
  const auto digits = SymbolSet::digits();
  const auto& samples = store.samples();
  for (std::uint32_t i = 0; i < samples.size(); ++i) {
    const auto& sample = samples[i];
    if (sample.development != development || !sample.trusted) continue;
    by_symbol_[sample.symbol].push_back(i);
    if (sample.symbol == kJunk || sample.relative_size <= 0) continue;
    const std::size_t writers = sample.writer + std::size_t{1};
    if (wide_by_writer_.size() < writers) wide_by_writer_.resize(writers);
    if (digits_by_writer_.size() < writers) digits_by_writer_.resize(writers);
    if (wide.contains(sample.symbol)) wide_by_writer_[sample.writer].push_back(i);
    if (digits.contains(sample.symbol)) digits_by_writer_[sample.writer].push_back(i);
  }
  for (auto* lists : {&wide_by_writer_, &digits_by_writer_}) {
    lists->erase(std::remove_if(lists->begin(), lists->end(),
                                [](const auto& list) { return list.size() < 10; }),
                 lists->end());
  }
}

bool Synthesis::pick(std::string_view symbol, Random& random, FlatInk& ink) const {
  const auto& list = by_symbol_[symbolIndex(symbol).value_or(kJunk)];
  if (list.empty()) return false;
  store_.copyInk(store_.samples()[list[random.below(list.size())]], ink);
  return true;
}

bool Synthesis::makeSign(std::string_view sign, Random& random, FlatInk& ink) const {
  ink.clear();
  FlatInk part;
  if (sign == "÷") {
    drawDivision(random, ink);
    return true;
  }
  if (sign == "x") {
    drawSchoolX(random, ink);
    return true;
  }
  if (sign == "°") {
    return pick("o", random, ink);
  }
  if (sign == "≤" || sign == "≥") {
    if (!pick(sign == "≤" ? "<" : ">", random, ink)) return false;
    fit(ink, 0, 0, 1);
    const auto e = extentOf(ink);
    FlatInk dash;
    addDash(random, dash, 0);
    fit(dash, uniform(random, -0.08, 0.08), e.bottom + uniform(random, 0.02, 0.25),
        std::max(0.5f, e.width()) * uniform(random, 0.8, 1.15));
    append(ink, dash);
    return true;
  }
  if (sign == "≠") {
    if (!pick("=", random, ink) || !pick("/", random, part)) return false;
    fit(ink, 0, 0, 1);
    fit(part, uniform(random, -0.12, 0.12), uniform(random, -0.08, 0.08),
        uniform(random, 0.6, 1.2));
    append(ink, part);
    return true;
  }
  if (sign == "€") {
    if (!pick(random.chance(0.6) ? "C" : "c", random, ink) || !pick("=", random, part))
      return false;
    fit(ink, 0, 0, 1);
    fit(part, extentOf(ink).left + uniform(random, 0.0, 0.3), uniform(random, -0.1, 0.1),
        uniform(random, 0.4, 0.8));
    append(ink, part);
    return true;
  }
  if (sign == "√") {
    if (!pick("√", random, ink)) return false;
    // The last point of the bar moves; what lies right of the hook's top stretches with it.
    fit(ink, 0, 0, 1);
    const auto top = std::min_element(ink.points.begin(), ink.points.end(),
                                      [](const auto& a, const auto& b) { return a.y < b.y; });
    const auto e = extentOf(ink);
    const float pivot = std::min(top->x, e.left + 0.7f * e.width());
    const float factor = uniform(random, 0.5, 4);
    for (auto& p : ink.points) {
      if (p.x > pivot) p.x = pivot + factor * (p.x - pivot);
    }
    return true;
  }
  return false;
}

void Synthesis::makeScribble(Random& random, FlatInk& ink) {
  ink.clear();
  const auto kind = random.below(5);
  if (kind == 0) {
    addZigzag(random, ink);
    if (random.chance(0.3)) addZigzag(random, ink);
  } else if (kind == 1) {
    addSpiral(random, ink);
  } else if (kind == 2) {  // a knot
    std::vector<PlanePoint> knots(9 + random.below(22));
    for (auto& knot : knots) knot = anywhere(random);
    addCurve(ink, knots);
  } else if (kind == 3) {  // many lines
    const auto count = 5 + random.below(6);
    for (std::size_t i = 0; i < count; ++i) {
      addCurve(ink, {anywhere(random), anywhere(random), anywhere(random)});
    }
  } else {  // a crossed-out something
    addSpiral(random, ink);
    addZigzag(random, ink);
  }
}

bool Synthesis::makeCombination(Random& random, FlatInk& ink, float& relative_size) const {
  ink.clear();
  const auto& lists = random.chance(0.5) ? digits_by_writer_ : wide_by_writer_;
  if (lists.empty()) return false;
  const auto& mine = lists[random.below(lists.size())];
  const auto count = random.chance(0.8) ? 2 : 3;
  FlatInk part;
  float median = 0;
  for (int k = 0; k < count; ++k) {
    const auto& sample = store_.samples()[mine[random.below(mine.size())]];
    store_.copyInk(sample, part);
    const auto e = extentOf(part);
    const float longest = std::max(e.width(), e.height());
    if (longest <= 0) return false;
    if (k == 0) {
      median = longest / sample.relative_size;
      append(ink, part);
      continue;
    }
    const auto before = extentOf(ink);
    const float gap = uniform(random, 0.04, 0.45) * median;
    const float dx = before.right + gap - e.left;
    const float dy = before.bottom - e.bottom + uniform(random, -0.2, 0.2) * median;
    for (auto& p : part.points) p = {p.x + dx, p.y + dy};
    append(ink, part);
  }
  if (ink.strokeCount() > kMaxSymbolStrokes) return false;
  const auto all = extentOf(ink);
  relative_size = std::max(all.width(), all.height()) / median;
  return true;
}

}  // namespace primer::handwriting::workshop
