#include "pages.h"

#include <algorithm>
#include <utility>

#include "gesture_shapes.h"
#include "page_ink.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::gesture::workshop {

namespace {

using handwriting::extentOf;
using handwriting::FlatInk;
using toolkit::Random;

// A writer with fewer is left out.
constexpr std::size_t kEnoughGlyphs = 20;

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

}  // namespace primer::gesture::workshop
