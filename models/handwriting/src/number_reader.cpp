#include "primer/handwriting/number_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "primer/handwriting/ink_features.h"
#include "primer/handwriting/symbol_set.h"
#include "src/digit_likeness.h"
#include "src/stroke_groups.h"

namespace primer::handwriting {

namespace {

constexpr std::size_t kDivisions = 24;

// Digits of a number stand side by side: a division in which one group lies above another loses
// this many nats where they overlap wholly, nothing up to where they overlap by a third.
constexpr float kStackedPenalty = 8;
constexpr float kOverlapAllowed = 0.33f;

// A group whose likeness to a digit is below this makes the whole unreadable.
constexpr float kLeastLikeness = 0.15f;
// The number is sure where the product of everything that could be otherwise is above this.
constexpr float kSureAbove = 0.9f;

// A digit is at least this high, in heights of the highest group; what is lower is part of one.
constexpr float kLeastHeight = 0.4f;
constexpr float kLowPenalty = 3;  // nats, for a group of no height at all

// How much of the ink may lie outside the writing area, and how far outside is still inside, in
// heights of the area.
constexpr float kOutsideShare = 0.25f;
constexpr float kAreaMargin = 0.15f;
// In an area, ink smaller than this part of its shorter side is a dot.
constexpr float kLeastInk = 0.06f;

bool isFinite(const InkPoint& p) {
  return std::abs(p.x) <= kMaxCoordinate && std::abs(p.y) <= kMaxCoordinate;
}

// The strokes that can be used, and where they stood in the ink.
struct UsableStrokes {
  std::vector<Stroke> strokes;
  std::vector<std::size_t> indices;
  std::size_t points = 0;
};

// Strokes of more points than any digit are thinned: a pen held still for minutes.
constexpr std::size_t kMostStrokePoints = 512;

UsableStrokes usable(const Ink& ink, std::size_t most) {
  UsableStrokes result;
  for (std::size_t i = 0; i < ink.strokes.size() && result.strokes.size() <= most; ++i) {
    const auto& stroke = ink.strokes[i];
    const std::size_t keep_every = stroke.size() / kMostStrokePoints + 1;
    Stroke kept;
    for (std::size_t k = 0; k < stroke.size(); k += keep_every) {
      if (isFinite(stroke[k])) kept.push_back(stroke[k]);
    }
    if (kept.empty()) continue;
    result.points += kept.size();
    result.strokes.push_back(std::move(kept));
    result.indices.push_back(i);
  }
  return result;
}

bool liesIn(const Box& area, const UsableStrokes& ink) {
  const float margin = kAreaMargin * (area.bottom - area.top);
  std::size_t outside = 0;
  for (const auto& stroke : ink.strokes) {
    for (const auto& p : stroke) {
      const bool inside = p.x >= area.left - margin && p.x <= area.right + margin &&
                          p.y >= area.top - margin && p.y <= area.bottom + margin;
      outside += inside ? 0 : 1;
    }
  }
  return static_cast<float>(outside) <= kOutsideShare * static_cast<float>(ink.points);
}

struct GroupValue {
  std::size_t symbol = kJunk;  // the likeliest digit, or junk
  float likeness = 0;          // chance that the group is a digit at all
  float score = 0;             // in a division, nats
};

// One way to read all of the ink.
struct NumberPath {
  std::vector<std::size_t> groups;  // from left to right
  std::string text;                 // empty where a group is no digit
  float score = 0;
};

// A path with a group that is rather junk than any digit is no number; it loses this many nats, so
// that it stands against none that is.
constexpr float kNoDigitPenalty = 6;

// What a division loses because its groups do not stand side by side.
float stackedPenalty(const Division& division, const std::vector<StrokeGroup>& groups) {
  float penalty = 0;
  for (std::size_t i = 0; i < division.groups.size(); ++i) {
    for (std::size_t k = i + 1; k < division.groups.size(); ++k) {
      const auto& a = groups[division.groups[i]].box;
      const auto& b = groups[division.groups[k]].box;
      const float shared = std::min(a.right, b.right) - std::max(a.left, b.left);
      if (shared < 0) continue;
      // Upright bars have next to no width: a share of the height is added to it.
      const float narrower = std::min(a.width() + 0.2f * a.height(), b.width() + 0.2f * b.height());
      const float share = narrower > 0 ? shared / narrower : 1.0f;
      penalty += kStackedPenalty *
                 std::clamp((share - kOverlapAllowed) / (1 - kOverlapAllowed), 0.0f, 1.0f);
    }
  }
  return penalty;
}

}  // namespace

struct NumberReader::Impl {
  SymbolReader symbols;

  explicit Impl(SymbolReader reader) : symbols(std::move(reader)) {}

  Ink inkOf(const StrokeGroup& group, const std::vector<Stroke>& strokes) const {
    Ink ink;
    for (std::size_t s = 0; s < strokes.size(); ++s) {
      if ((group.strokes >> s & 1u) != 0) ink.strokes.push_back(strokes[s]);
    }
    return ink;
  }

  // What single groups are worth as digits.
  std::vector<GroupValue> valueGroups(const std::vector<StrokeGroup>& groups,
                                      const std::vector<Stroke>& strokes) {
    static const auto kDigits = SymbolSet::digits();
    float highest = 0;
    for (std::size_t s = 0; s < strokes.size(); ++s) {
      highest = std::max(highest, groups[s].box.height());
    }
    std::vector<GroupValue> values;
    for (const auto& group : groups) {
      const auto log_p = symbols.logProbabilities(inkOf(group, strokes));
      GroupValue value;
      for (std::size_t i = 0; i < kSymbolCount; ++i) {
        if (kDigits.contains(i) && log_p[i] > log_p[value.symbol]) value.symbol = i;
      }
      value.likeness = digitLikeness(log_p);
      const float low = std::max(0.0f, kLeastHeight * highest - group.box.height());
      const float penalty = highest > 0 ? kLowPenalty * low / (kLeastHeight * highest) : 0.0f;
      // Once a stroke, so that divisions into few and into many groups compare.
      value.score = static_cast<float>(group.strokeCount()) * std::log(value.likeness) - penalty;
      values.push_back(value);
    }
    return values;
  }

  // The likeliest ways to read all strokes, best first.
  std::vector<NumberPath> findPaths(const std::vector<StrokeGroup>& groups,
                                    const std::vector<GroupValue>& values,
                                    std::size_t stroke_count) const {
    std::vector<float> scores;
    scores.reserve(values.size());
    for (const auto& value : values) scores.push_back(value.score);
    std::vector<NumberPath> paths;
    for (auto& division : bestDivisions(groups, scores, stroke_count, kDivisions)) {
      NumberPath path;
      path.score = division.score - stackedPenalty(division, groups);
      path.groups = std::move(division.groups);
      std::sort(path.groups.begin(), path.groups.end(), [&](std::size_t a, std::size_t b) {
        return groups[a].box.centreX() < groups[b].box.centreX();
      });
      bool number = true;
      for (const auto g : path.groups) {
        number = number && values[g].symbol != kJunk;
        path.text += symbolText(values[g].symbol);
      }
      if (!number) {
        path.text.clear();
        path.score -= kNoDigitPenalty;
      }
      paths.push_back(std::move(path));
    }
    std::stable_sort(paths.begin(), paths.end(),
                     [](const NumberPath& a, const NumberPath& b) { return a.score > b.score; });
    return paths;
  }

  ReadDigit readDigit(const StrokeGroup& group, const UsableStrokes& ink) {
    ReadDigit digit;
    digit.reading = symbols.read(inkOf(group, ink.strokes), SymbolSet::digits());
    for (std::size_t s = 0; s < ink.strokes.size(); ++s) {
      if ((group.strokes >> s & 1u) != 0) digit.strokes.push_back(ink.indices[s]);
    }
    digit.box = {group.box.left, group.box.top, group.box.right, group.box.bottom};
    return digit;
  }
};

NumberReader::NumberReader(SymbolReader symbols)
    : impl_(std::make_unique<Impl>(std::move(symbols))) {}
NumberReader::~NumberReader() = default;
NumberReader::NumberReader(NumberReader&&) noexcept = default;
NumberReader& NumberReader::operator=(NumberReader&&) noexcept = default;

Result<NumberReader> NumberReader::openShipped() {
  PRIMER_ASSIGN(auto symbols, SymbolReader::openShipped());
  return NumberReader(std::move(symbols));
}

NumberReading NumberReader::read(const Ink& ink, const std::optional<Box>& area) {
  NumberReading number;
  const auto usable_ink = usable(ink, kMaxStrokes);
  const auto& strokes = usable_ink.strokes;
  if (strokes.empty() || strokes.size() > kMaxStrokes) return number;

  std::vector<StrokeShape> shapes;
  StrokeBox all = shapeOf(strokes[0]).box;
  for (const auto& stroke : strokes) {
    shapes.push_back(shapeOf(stroke));
    all.include(shapes.back().box);
  }
  if (all.longest() <= 0) return number;
  if (area) {
    const float side = std::min(area->right - area->left, area->bottom - area->top);
    if (!liesIn(*area, usable_ink) || all.longest() < kLeastInk * side) return number;
  }

  const auto groups = proposeGroups(shapes, {.most_groups = kMaxCandidates});
  const auto values = impl_->valueGroups(groups, strokes);
  const auto paths = impl_->findPaths(groups, values, strokes.size());
  if (paths.empty() || paths[0].groups.size() > kMaxDigits) return number;

  // The share of the paths that say the same.
  float total = 0;
  float agreeing = 0;
  for (const auto& path : paths) {
    const float weight = std::exp(path.score - paths[0].score);
    total += weight;
    agreeing += path.text == paths[0].text ? weight : 0.0f;
  }
  float confidence = agreeing / total;

  bool readable = true;
  bool mirrored = false;
  for (const auto g : paths[0].groups) {
    auto digit = impl_->readDigit(groups[g], usable_ink);
    const auto& first = digit.reading.candidates.front();
    readable = readable && !first.symbol.empty() &&
               (values[g].likeness >= kLeastLikeness || digit.reading.mirrored);
    mirrored = mirrored || digit.reading.mirrored;
    confidence *= first.probability;
    if (!digit.reading.mirrored) confidence *= likenessConfidence(values[g].likeness);
    number.text += first.symbol;
    number.digits.push_back(std::move(digit));
  }
  if (!readable) {
    number.text.clear();
    return number;
  }
  number.confidence = confidence;
  number.unsure = confidence < kSureAbove;
  return number;
}

}  // namespace primer::handwriting
