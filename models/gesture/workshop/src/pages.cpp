#include "pages.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "gesture_shapes.h"
#include "primer/handwriting-workshop/archives.h"
#include "primer/handwriting-workshop/json_ink.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::gesture::workshop {

namespace {

using handwriting::Extent;
using handwriting::extentOf;
using handwriting::FlatInk;
using handwriting::PlanePoint;
using handwriting::SymbolSet;
using toolkit::Random;

constexpr float kPi = 3.14159265f;

// A writer with fewer is left out.
constexpr std::size_t kEnoughGlyphs = 20;

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

}  // namespace

PageMaker::PageMaker(const handwriting::workshop::SampleStore& glyphs,
                     const std::vector<FlatInk>& words, bool development)
    : glyphs_(glyphs), words_(words) {
  const auto& samples = glyphs.samples();
  for (std::uint32_t i = 0; i < samples.size(); ++i) {
    const auto& sample = samples[i];
    if (sample.development != development || !sample.trusted) continue;
    if (sample.relative_size <= 0 || sample.symbol == handwriting::kJunk) continue;
    if (by_writer_.size() <= sample.writer) by_writer_.resize(sample.writer + std::size_t{1});
    by_writer_[sample.writer].push_back(i);
  }
  by_writer_.erase(std::remove_if(by_writer_.begin(), by_writer_.end(),
                                  [](const auto& list) { return list.size() < kEnoughGlyphs; }),
                   by_writer_.end());
}

const std::vector<std::uint32_t>& PageMaker::someWriter(Random& random) const {
  return by_writer_[random.below(by_writer_.size())];
}

PageMaker::Line PageMaker::makeLine(std::size_t count, Random& random) const {
  Line line;
  const auto& mine = someWriter(random);
  FlatInk part;
  float x = 0;
  const float spacing = uniform(random, 0.05, 0.45);
  for (std::size_t k = 0; k < count; ++k) {
    const auto& sample = glyphs_.samples()[mine[random.below(mine.size())]];
    glyphs_.copyInk(sample, part);
    auto box = extentOf(part);
    const float longest = std::max(box.width(), box.height());
    if (longest <= 0) continue;  // a dot says nothing of the size
    scale(part, sample.relative_size / longest, sample.relative_size / longest);
    box = extentOf(part);
    // Where it stands on the line: most on it, some below, signs at mid height.
    float bottom = uniform(random, -0.08, 0.08);
    if (isOneOf(sample.symbol, "gjpqy,;")) bottom += 0.3f;
    if (isOneOf(sample.symbol, "-=+~*<>:")) bottom = -0.45f + box.height() / 2;
    if (isOneOf(sample.symbol, "'\"`^")) bottom = -0.7f;
    move(part, x - box.left, bottom - box.bottom);
    Glyph glyph;
    glyph.symbol = sample.symbol;
    glyph.first_stroke = line.ink.strokeCount();
    appendStrokes(part, 0, part.strokeCount(), line.ink);
    glyph.last_stroke = line.ink.strokeCount();
    glyph.box = extentOf(part);
    line.glyphs.push_back(glyph);
    x = glyph.box.right + spacing * uniform(random, 0.4, 1.6) + (random.chance(0.08) ? 0.7f : 0);
  }
  if (line.glyphs.empty()) return makeLine(count, random);
  const float slope = uniform(random, -0.05, 0.05);
  for (auto& p : line.ink.points) p.y += slope * p.x;
  for (auto& glyph : line.glyphs) {
    FlatInk own;
    appendStrokes(line.ink, glyph.first_stroke, glyph.last_stroke, own);
    glyph.box = extentOf(own);
  }
  return line;
}

void PageMaker::appendWord(Random& random, Line& line) const {
  line = {};
  if (words_.empty()) {
    line = makeLine(5, random);
    return;
  }
  line.ink = words_[random.below(words_.size())];
  const auto box = extentOf(line.ink);
  // A word's height is that of its tall letters.
  const float height = box.height() > 0 ? box.height() : std::max(box.width(), 1.0f);
  scale(line.ink, 1.1f / height, 1.1f / height);
  const auto all = extentOf(line.ink);
  line.glyphs.push_back(
      {static_cast<std::uint8_t>(*handwriting::symbolIndex("w")), 0, line.ink.strokeCount(), all});
}

void PageMaker::makeWriting(Writing kind, Random& random, Page& page) const {
  page.beneath.clear();
  page.stroke.clear();
  switch (kind) {
    case Writing::kGlyph:
      writeGlyph(random, page);
      break;
    case Writing::kWord:
      writeWord(random, page);
      break;
    case Writing::kBar:
      writeBar(random, page);
      break;
    case Writing::kOver:
      writeOver(random, page);
      break;
    case Writing::kRetouch:
      writeRetouch(random, page);
      break;
    case Writing::kTick:
      writeTick(random, page);
      break;
  }
  // Lines above and below, as a page has them.
  for (const float below : {-1.0f, 1.0f}) {
    if (!random.chance(0.35)) continue;
    auto other = makeLine(2 + random.below(6), random);
    const auto box = extentOf(page.stroke);
    move(other.ink, box.left - uniform(random, 0, 4), below * uniform(random, 1.6, 2.6));
    appendStrokes(other.ink, 0, other.ink.strokeCount(), page.beneath);
  }
}

// Any stroke of any glyph; what was written before it lies there, and sometimes what stands behind.
void PageMaker::writeGlyph(Random& random, Page& page) const {
  const auto line = makeLine(1 + random.below(8), random);
  const auto g = random.below(line.glyphs.size());
  const auto& glyph = line.glyphs[g];
  const auto s = glyph.first_stroke + random.below(glyph.last_stroke - glyph.first_stroke);
  take(line.ink, s, page.stroke);
  const bool delayed = random.chance(0.15);   // after the rest of its symbol
  const bool inserted = random.chance(0.15);  // what follows is there already
  appendStrokes(line.ink, 0, s, page.beneath);
  if (delayed || inserted) appendStrokes(line.ink, s + 1, glyph.last_stroke, page.beneath);
  if (inserted) {
    appendStrokes(line.ink, glyph.last_stroke, line.ink.strokeCount(), page.beneath);
  }
}

void PageMaker::writeWord(Random& random, Page& page) const {
  Line line;
  appendWord(random, line);
  const auto s = random.below(line.ink.strokeCount());
  take(line.ink, s, page.stroke);
  appendStrokes(line.ink, 0, s, page.beneath);
  if (random.chance(0.2)) appendStrokes(line.ink, s + 1, line.ink.strokeCount(), page.beneath);
}

// Bars of fractions, rules under sums, roots drawn out over what stands there, the bar of an equals
// sign under its first, brackets and boxes of ink that is there.
void PageMaker::writeBar(Random& random, Page& page) const {
  const auto line = makeLine(1 + random.below(4), random);
  const auto box = extentOf(line.ink);
  appendStrokes(line.ink, 0, line.ink.strokeCount(), page.beneath);
  const float over = uniform(random, -0.1, 0.35);
  const float tilt = uniform(random, -0.06, 0.06) * (box.width() + 0.3f);
  const auto bar = [&](float y) {
    addLine(page.stroke, {box.left - over, y + tilt}, {box.right + over, y - tilt});
  };
  const auto kind = random.below(5);
  if (kind <= 1) {  // under it; with kind 1 the denominator stands there as well
    bar(box.bottom + uniform(random, 0.08, 0.4));
    if (kind == 1) {
      auto below = makeLine(1 + random.below(3), random);
      const auto b = extentOf(below.ink);
      move(below.ink, (box.left + box.right - b.left - b.right) / 2,
           box.bottom + uniform(random, 0.45, 0.8) - b.top);
      appendStrokes(below.ink, 0, below.ink.strokeCount(), page.beneath);
    }
  } else if (kind == 2) {  // above it: a fraction from below, or a mean
    bar(box.top - uniform(random, 0.08, 0.4));
  } else if (kind == 3) {  // a root in one stroke
    const float top = box.top - uniform(random, 0.05, 0.3);
    const float foot = box.bottom + uniform(random, -0.1, 0.15);
    const float left = box.left - uniform(random, 0.15, 0.35);
    addLine(page.stroke, {left - 0.45f, (top + foot) / 2}, {left - 0.25f, foot});
    addLine(page.stroke, page.stroke.points.back(), {left, top});
    addLine(page.stroke, page.stroke.points.back(), {box.right + over, top - tilt});
  } else {  // a bracket before or behind it, taller than it
    const bool before = random.chance(0.5);
    const float sense = before ? 1.0f : -1.0f;
    const float x =
        before ? box.left - uniform(random, 0.1, 0.4) : box.right + uniform(random, 0.1, 0.4);
    const float bulge = uniform(random, 0.05, 0.3);
    for (int i = 0; i <= 16; ++i) {
      const float u = static_cast<float>(i) / 8 - 1;
      const float y = (box.top + box.bottom) / 2 + u * (box.height() / 2 + 0.12f);
      page.stroke.points.push_back({x - sense * bulge * (1 - u * u), y});
    }
    page.stroke.ends.assign(1, static_cast<std::uint32_t>(page.stroke.points.size()));
  }
  shake(random, 1, page.stroke);
}

// Strokes that cross what is there and belong to it: the slash of ≠, the bar of 7, z and t, the
// stroke of ø and of a euro, the second bar of +.
void PageMaker::writeOver(Random& random, Page& page) const {
  auto line = makeLine(2 + random.below(4), random);
  const auto g = random.below(line.glyphs.size());
  // The glyph gives way to a sign of which the last stroke is still to come.
  const auto old = line.glyphs[g].box;
  FlatInk sign;
  const float cx = (old.left + old.right) / 2;
  const float cy = -0.45f;
  const auto kind = random.below(3);
  if (kind == 0) {  // ≠
    const float half = uniform(random, 0.2, 0.4);
    const float apart = uniform(random, 0.1, 0.2);
    FlatInk bar;
    for (const float y : {cy - apart, cy + apart}) {
      bar.clear();
      addLine(bar, {cx - half, y}, {cx + half, y + uniform(random, -0.04, 0.04)});
      shake(random, 0.6f, bar);
      appendStrokes(bar, 0, 1, sign);
    }
    const float lean = uniform(random, 0.05, 0.3);
    const float tall = uniform(random, 0.22, 0.5);
    addLine(page.stroke, {cx + lean, cy - tall}, {cx - lean, cy + tall});
  } else if (kind == 1) {  // + and t: one bar lies there
    const float half = uniform(random, 0.2, 0.4);
    const bool level_first = random.chance(0.6);
    const float off = uniform(random, -0.12, 0.12);
    addLine(sign, level_first ? PlanePoint{cx - half, cy} : PlanePoint{cx, cy - half},
            level_first ? PlanePoint{cx + half, cy} : PlanePoint{cx, cy + half});
    const float other = half * uniform(random, 0.7, 1.3);
    addLine(page.stroke,
            level_first ? PlanePoint{cx + off, cy - other} : PlanePoint{cx - other, cy + off},
            level_first ? PlanePoint{cx + off, cy + other} : PlanePoint{cx + other, cy + off});
  } else {  // the short bar of a 7 or a z, within the symbol
    const float wide = uniform(random, 0.25, 0.4);
    const float tall = uniform(random, 0.45, 0.55);
    addLine(sign, {cx - wide, cy - tall}, {cx + wide, cy - tall});
    addLine(sign, sign.points.back(), {cx - 0.3f * wide, cy + tall});
    const float half = wide * uniform(random, 0.4, 0.8);
    const float y = cy + uniform(random, -0.1, 0.15);
    addLine(page.stroke, {cx - half, y}, {cx + half, y + uniform(random, -0.06, 0.06)});
  }
  if (sign.strokeCount() == 1) shake(random, 0.8f, sign);
  shake(random, 0.8f, page.stroke);
  for (std::size_t k = 0; k < g; ++k) {
    appendStrokes(line.ink, line.glyphs[k].first_stroke, line.glyphs[k].last_stroke, page.beneath);
  }
  appendStrokes(sign, 0, sign.strokeCount(), page.beneath);
}

// A stroke traced once more.
void PageMaker::writeRetouch(Random& random, Page& page) const {
  const auto line = makeLine(1 + random.below(5), random);
  const auto s = random.below(line.ink.strokeCount());
  take(line.ink, s, page.stroke);
  shake(random, 0.8f, page.stroke);
  move(page.stroke, uniform(random, -0.06, 0.06), uniform(random, -0.06, 0.06));
  appendStrokes(line.ink, 0, line.ink.strokeCount(), page.beneath);
}

// Ticks behind and beside ink, small marks of carrying above it, dots.
void PageMaker::writeTick(Random& random, Page& page) const {
  const auto line = makeLine(1 + random.below(5), random);
  const auto box = extentOf(line.ink);
  appendStrokes(line.ink, 0, line.ink.strokeCount(), page.beneath);
  const auto kind = random.below(3);
  if (kind == 0) {
    const float x = box.right + uniform(random, 0.2, 0.8);
    const float y = uniform(random, -0.3, 0.1);
    const float size = uniform(random, 0.4, 1);
    addLine(page.stroke, {x, y - 0.3f * size}, {x + 0.25f * size, y});
    addLine(page.stroke, page.stroke.points.back(), {x + 0.8f * size, y - size});
  } else if (kind == 1) {  // a carried one
    const float x = uniform(random, box.left, box.right);
    const float tall = uniform(random, 0.2, 0.4);
    const float y = box.top - uniform(random, 0.05, 0.3);
    addLine(page.stroke, {x - 0.3f * tall, y - 0.7f * tall}, {x, y - tall});
    addLine(page.stroke, page.stroke.points.back(), {x + uniform(random, -0.05, 0.05), y});
  } else {  // a ring as degrees and small zeros have it
    const float radius = uniform(random, 0.08, 0.3);
    const float x = box.right + radius + uniform(random, 0.02, 0.4);
    const float y = box.top + uniform(random, 0, 0.8);
    const float start = uniform(random, 0, 2 * kPi);
    for (int i = 0; i <= 20; ++i) {
      const float a = start + 2.05f * kPi * static_cast<float>(i) / 20;
      page.stroke.points.push_back({x + radius * std::cos(a), y + radius * std::sin(a)});
    }
    page.stroke.ends.assign(1, static_cast<std::uint32_t>(page.stroke.points.size()));
  }
  shake(random, 0.6f, page.stroke);
}

void PageMaker::makeGesture(Gesture gesture, Random& random, Page& page) const {
  page.beneath.clear();
  page.stroke.clear();
  Line line;
  const bool word = gesture != Gesture::kInsert && random.chance(0.2);
  if (word) {
    appendWord(random, line);
  } else {
    line = makeLine((gesture == Gesture::kInsert ? 2u : 1u) + random.below(7), random);
  }
  const auto count = line.glyphs.size();
  if (gesture == Gesture::kInsert && count < 2) return makeGesture(gesture, random, page);
  Target target;
  target.size = line.size;
  if (gesture == Gesture::kInsert) {
    const auto g = random.below(count - 1);
    const auto& left = line.glyphs[g].box;
    const auto& right = line.glyphs[g + 1].box;
    target.box = {left.right, std::min(left.top, right.top), right.left,
                  std::max(left.bottom, right.bottom)};
    // The gap's foot and top, where a low or high sign stands beside it, are the line's.
    target.box.bottom = std::max(target.box.bottom, -0.1f);
    target.box.top = std::min(target.box.top, -0.6f);
  } else {
    const auto first = random.below(count);
    const auto last = std::min(count - 1, first + random.below(4));
    target.box = line.glyphs[first].box;
    for (auto g = first + 1; g <= last; ++g) target.box = joined(target.box, line.glyphs[g].box);
    target.single = first == last && !word;
    // Nobody strikes out a comma; and one bar across another is a plus.
    const bool slight = target.box.width() < 0.3f || target.box.height() < 0.35f;
    // Nor is a stroke across these told from the symbol that it makes of them (x, t, Ø, ¢).
    const bool becomes_another = target.single && isOneOf(line.glyphs[first].symbol,
                                                          "/\\|1lI()[]{}<>-=+_~^vVyYTtLcCJjif!7Z");
    if (gesture == Gesture::kStrike ? slight || becomes_another : slight && target.single) {
      return makeGesture(gesture, random, page);
    }
  }
  drawGesture(gesture, target, random, page.stroke);
  page.beneath = line.ink;
  for (const float below : {-1.0f, 1.0f}) {
    if (!random.chance(0.35)) continue;
    auto other = makeLine(2 + random.below(6), random);
    move(other.ink, uniform(random, -2, 2), below * uniform(random, 1.7, 2.6));
    appendStrokes(other.ink, 0, other.ink.strokeCount(), page.beneath);
  }
}

Result<std::vector<FlatInk>> readWords(const std::filesystem::path& data, bool development) {
  const auto path = data / "handwriting" / "unipen" / "words.jsonl.xz";
  PRIMER_ASSIGN(const std::string text, handwriting::workshop::readXz(path));
  std::vector<FlatInk> words;
  std::size_t number = 0;
  std::size_t bad = 0;
  FlatInk ink;
  handwriting::workshop::visitLines(text, [&](std::string_view line) {
    constexpr std::size_t kOneIn = 5;
    if (++number % kOneIn != 0) return;
    const auto record = nlohmann::json::parse(line, nullptr, false);
    if (!record.is_object() || !record.contains("w") || !record.contains("s") ||
        !record["w"].is_string() || !record.contains("t") ||
        !handwriting::workshop::parseDeltaStrokes(record["s"], ink)) {
      bad = bad == 0 ? number : bad;
      return;
    }
    const auto& writer = record["w"].get_ref<const std::string&>();
    if (record["t"] != "train") return;
    if (handwriting::workshop::isDevelopmentWriter(writer) == development && !ink.ends.empty()) {
      words.push_back(ink);
    }
  });
  if (bad > 0) {
    return fail(ErrorCode::kDamaged,
                path.string() + ": line " + std::to_string(bad) + " is not a word");
  }
  return words;
}

}  // namespace primer::gesture::workshop
