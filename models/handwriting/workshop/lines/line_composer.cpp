#include "lines/line_composer.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "lines/glyph_extents.h"
#include "symbols/random_floats.h"

namespace primer::handwriting::workshop {

namespace {

using lines::Item;
using lines::Row;
using toolkit::Random;

// Ink of one symbol where it stands; the base line is y = 0, y grows downward, 1 is a digit's
// height.
struct SetGlyph {
  std::size_t symbol = 0;
  FlatInk ink;
  bool replaced = false;
};

struct Block {
  std::vector<SetGlyph> glyphs;  // in the order of writing
  float left = 0, right = 0, top = 0, bottom = 0;

  void measure() {
    Extent all;
    for (const auto& glyph : glyphs) {
      const auto e = extentOf(glyph.ink);
      all.left = std::min(all.left, e.left);
      all.right = std::max(all.right, e.right);
      all.top = std::min(all.top, e.top);
      all.bottom = std::max(all.bottom, e.bottom);
    }
    if (glyphs.empty()) return;
    left = all.left, right = all.right, top = all.top, bottom = all.bottom;
  }
  void move(float dx, float dy) {
    for (auto& glyph : glyphs) {
      for (auto& p : glyph.ink.points) p = {p.x + dx, p.y + dy};
    }
    left += dx, right += dx, top += dy, bottom += dy;
  }
  void take(Block&& other) {
    for (auto& glyph : other.glyphs) glyphs.push_back(std::move(glyph));
  }
};

class Setter {
 public:
  Setter(const Glyphs& glyphs, const ComposerOptions& options, const NotationLine& line,
         Random& random)
      : glyphs_(glyphs),
        distortion_(options.distortion),
        line_(line),
        random_(random),
        style_(HandStyle::draw(random, options.freedom)),
        hand_(glyphs.pickHand(random)) {}

  // Empty where a sign cannot be drawn.
  Block set() {
    Block block = setRow(line_.row, 1);
    return failed_ ? Block{} : block;
  }

  const HandStyle& style() const { return style_; }
  const Glyphs::Hand& hand() const { return hand_; }

  // Puts a digit where another stands, before it; returns its class, or nothing where no digit is.
  std::optional<std::size_t> overwrite(Block& block) {
    const auto at = random_.below(block.glyphs.size());
    const auto& over = block.glyphs[at];
    if (!lines::isDigit(line_.labels[over.symbol])) return std::nullopt;
    const auto label = lines::classOf(std::to_string(random_.below(10)));
    float relative_size = 0;
    SetGlyph wrong{over.symbol, drawGlyph(label, relative_size), true};
    if (failed_) return std::nullopt;
    const Extent room = extentOf(over.ink);
    placeGlyph(wrong.ink, label, relative_size, std::max(room.height(), 1e-3f), style_, random_);
    const Extent own = extentOf(wrong.ink);
    const float dx = (room.left + room.right - own.left - own.right) / 2;
    const float dy = (room.top + room.bottom - own.top - own.bottom) / 2;
    const float stray = 0.06f * room.height();
    for (auto& p : wrong.ink.points) p = {p.x + dx, p.y + dy};
    for (auto& p : wrong.ink.points) p.x += stray, p.y -= stray;
    block.glyphs.insert(block.glyphs.begin() + static_cast<std::ptrdiff_t>(at), std::move(wrong));
    return label;
  }

 private:
  float jitter(float deviation) { return std::exp(normal(random_, deviation)); }

  FlatInk drawGlyph(std::size_t label, float& relative_size) {
    Glyph glyph;
    if (!glyphs_.draw(label, hand_, random_, glyph) || glyph.ink.points.empty()) {
      failed_ = true;
      glyph.ink.points = {{0, 0}};
      glyph.ink.ends = {1};
    }
    relative_size = glyph.relative_size;
    if (distortion_) {
      distort(*distortion_, random_, glyph.ink);
    } else {
      toUnitSquare(glyph.ink);
    }
    return std::move(glyph.ink);
  }

  Block setSymbol(std::size_t symbol, float scale) {
    const auto label = line_.labels[symbol];
    float relative_size = 0;
    SetGlyph glyph{symbol, drawGlyph(label, relative_size), false};
    placeGlyph(glyph.ink, label, relative_size, scale, style_, random_);
    Block block;
    block.glyphs.push_back(std::move(glyph));
    block.measure();
    return block;
  }

  Block setItem(const Item& item, float scale) {
    Block block = item.kind == Item::Kind::kFraction ? setFraction(item, scale)
                  : item.kind == Item::Kind::kRoot   ? setRoot(item, scale)
                                                     : setSymbol(item.symbol, scale);
    const float right = block.right;
    const float top = block.top;
    if (!item.below.empty()) {
      Block below = setRow(item.below, scale * style_.power_scale);
      below.move(right - below.left + scale * uniform(random_, -0.05, 0.12),
                 scale * uniform(random_, 0.18, 0.42));
      block.take(std::move(below));
    }
    if (!item.power.empty()) {
      Block power = setRow(item.power, scale * style_.power_scale * jitter(0.08f));
      const bool low = -top < 0.75f * scale;
      const float raise = style_.power_raise * std::max(-top, 0.55f * scale) +
                          (low ? 0.14f * scale : 0) + scale * normal(random_, 0.05);
      power.move(right - power.left + scale * uniform(random_, -0.06, 0.16),
                 -std::max(raise, 0.28f * scale));
      block.take(std::move(power));
    }
    block.measure();
    return block;
  }

  bool isSpaced(const Item& item) const {
    static const auto kSet = SymbolSet::of("+-=<>≤≥≠×÷:").value_or(SymbolSet{});
    return item.kind == Item::Kind::kSymbol && kSet.contains(line_.labels[item.symbol]);
  }

  Block setRow(const Row& row, float scale) {
    Block whole;
    float pen = 0;
    float foot = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      Block block = setItem(row[i], scale);
      if (i > 0) {
        float gap = style_.gap * jitter(0.35f) + normal(random_, 0.04);
        if (isSpaced(row[i]) || isSpaced(row[i - 1])) gap += style_.sign_gap * jitter(0.4f);
        pen += gap * scale;
      }
      foot += scale * normal(random_, style_.height_jitter * 0.4);
      foot *= 0.8f;
      block.move(pen - block.left, foot + scale * normal(random_, style_.height_jitter));
      pen = block.right;
      whole.take(std::move(block));
    }
    whole.measure();
    return whole;
  }

  Block setFraction(const Item& item, float scale) {
    const float small = scale * style_.fraction_scale * jitter(0.04f);
    Block top = setRow(item.first, small);
    Block bottom = setRow(item.second, small);
    const float axis = -0.42f * scale + scale * normal(random_, 0.05);
    const float widest = std::max(top.right - top.left, bottom.right - bottom.left);
    const float width =
        std::max(0.3f * scale, widest + 2 * scale * (style_.bar_overhang + normal(random_, 0.05)));
    const float gap_above = scale * std::max(0.03f, style_.fraction_gap * jitter(0.3f));
    const float gap_below = scale * std::max(0.03f, style_.fraction_gap * jitter(0.3f));
    float relative_size = 0;
    SetGlyph bar{item.symbol, drawGlyph(line_.labels[item.symbol], relative_size), false};
    stretchBar(bar.ink, width, axis, random_);
    const auto centre = [&](Block& block, float dy) {
      const float shift = scale * normal(random_, 0.06);
      block.move(width / 2 - (block.left + block.right) / 2 + shift, dy);
    };
    centre(top, axis - gap_above - top.bottom);
    centre(bottom, axis + gap_below - bottom.top);
    Block block;
    if (style_.bar_first) block.glyphs.push_back(bar);
    block.take(std::move(top));
    if (!style_.bar_first && !style_.bar_last) block.glyphs.push_back(bar);
    block.take(std::move(bottom));
    if (style_.bar_last && !style_.bar_first) block.glyphs.push_back(bar);
    block.measure();
    return block;
  }

  Block setRoot(const Item& item, float scale) {
    Block content = setRow(item.first, scale);
    SetGlyph sign{item.symbol, {}, false};
    const float height = content.bottom - content.top;
    const float above = scale * uniform(random_, 0.08, 0.3);
    const float below = scale * uniform(random_, -0.12, 0.12);
    const float hook = scale * uniform(random_, 0.35, 0.75);
    const float before = scale * uniform(random_, 0.0, 0.18);
    content.move(hook + before - content.left, 0);
    const float reach = content.right + scale * (style_.root_reach + normal(random_, 0.08));
    const Extent room{0, content.top - above, std::max(reach, hook + 0.3f * scale),
                      content.top + height + below};
    float relative_size = 0;
    if (random_.chance(0.45)) {
      sign.ink = drawGlyph(line_.labels[item.symbol], relative_size);
      stretchRoot(sign.ink, room, hook);
    } else {
      sign.ink = drawRoot(room, hook, style_.root_parted, random_);
    }
    Block block;
    Block index;
    if (!item.second.empty()) {
      index = setRow(item.second, 0.5f * scale * jitter(0.12f));
      index.move(0.35f * hook - index.right + scale * normal(random_, 0.05),
                 (room.top + room.bottom) / 2 - scale * uniform(random_, 0.0, 0.2));
    }
    if (!style_.root_last) {
      if (random_.chance(0.5)) block.take(std::exchange(index, {}));
      block.glyphs.push_back(std::move(sign));
      block.take(std::move(index));
      block.take(std::move(content));
    } else {
      block.take(std::move(content));
      block.glyphs.push_back(std::move(sign));
      block.take(std::move(index));
    }
    block.measure();
    return block;
  }

  const Glyphs& glyphs_;
  const std::optional<DistortionOptions>& distortion_;
  const NotationLine& line_;
  Random& random_;
  const HandStyle style_;
  const Glyphs::Hand hand_;
  bool failed_ = false;
};

struct LooseStroke {
  std::vector<PlanePoint> points;
  std::size_t symbol = 0;
  bool replaced = false;
};

// Strokes in the order of writing: some wait until later symbols are written.
std::vector<LooseStroke> inOrder(const Block& block, const NotationLine& line,
                                 const HandStyle& style, Random& random) {
  // Nobody leaves an equals sign with one bar.
  const auto mayWait = [&line](const SetGlyph& glyph) {
    const auto sign = symbolText(line.labels[glyph.symbol]);
    return sign != "=" && sign != ":" && sign != "÷";
  };
  std::vector<LooseStroke> strokes;
  std::vector<std::pair<std::size_t, LooseStroke>> waiting;  // for how many more symbols
  const bool inserted = random.chance(0.03) && block.glyphs.size() > 2;
  const std::size_t late = inserted ? random.below(block.glyphs.size()) : block.glyphs.size();
  for (std::size_t g = 0; g < block.glyphs.size(); ++g) {
    const auto& glyph = block.glyphs[g];
    for (std::size_t s = 0; s < glyph.ink.strokeCount(); ++s) {
      LooseStroke stroke;
      stroke.symbol = glyph.symbol;
      stroke.replaced = glyph.replaced;
      const auto at = [&](std::size_t i) {
        return glyph.ink.points.begin() + static_cast<std::ptrdiff_t>(i);
      };
      stroke.points.assign(at(glyph.ink.strokeBegin(s)), at(glyph.ink.ends[s]));
      const bool last_of_several =
          s > 0 && s + 1 == glyph.ink.strokeCount() && mayWait(glyph) && !glyph.replaced;
      if (g == late) {
        waiting.emplace_back(1000, std::move(stroke));
      } else if (last_of_several && random.chance(style.delayed)) {
        waiting.emplace_back(1 + random.below(6), std::move(stroke));
      } else {
        strokes.push_back(std::move(stroke));
      }
    }
    for (auto it = waiting.begin(); it != waiting.end();) {
      if (it->first-- <= 1) {
        strokes.push_back(std::move(it->second));
        it = waiting.erase(it);
      } else {
        ++it;
      }
    }
  }
  for (auto& rest : waiting) strokes.push_back(std::move(rest.second));
  return strokes;
}

}  // namespace

DistortionOptions LineComposer::glyphDistortion() {
  DistortionOptions o;
  o.rotation = 5;
  o.shear = 0.08;
  o.aspect = 0.12;
  o.elastic = 0.025;
  o.perspective = 0.08;
  o.stroke_shift = 0.02;
  o.stroke_scale = 0.04;
  o.reversed = 0.03;
  o.shuffled = 0.05;
  o.joined = 0.02;
  o.broken = 0.02;
  o.trimmed = 0.15;
  o.coarse = 0;
  o.jitter = 0.003;
  return o;
}

LineComposer::LineComposer(const SampleStore& store, bool development,
                           const ComposerOptions& options)
    : glyphs_(store, development, options.glyphs), options_(options) {}

MadeNotation LineComposer::make(Random& random) const {
  for (;;) {
    const NotationLine line = makeNotation(random);
    Setter setter(glyphs_, options_, line, random);
    Block block = setter.set();
    if (block.glyphs.size() != line.labels.size()) continue;
    MadeNotation made;
    made.latex = toLatex(line.row, line.labels);
    made.text = toText(line.row, line.labels);
    made.hand = setter.hand();
    for (const auto label : line.labels) made.symbols.push_back({label, {}, false});
    if (options_.overwritten > 0 && random.chance(options_.overwritten)) {
      if (const auto wrong = setter.overwrite(block)) made.symbols.push_back({*wrong, {}, true});
    }
    const float wave = normal(random, 0.04);
    const float phase = uniform(random, 0, 6.3);
    for (const auto& loose : inOrder(block, line, setter.style(), random)) {
      auto& symbol = loose.replaced ? made.symbols.back() : made.symbols[loose.symbol];
      symbol.strokes.push_back(made.ink.strokes.size());
      made.ink.strokes.push_back(recordStroke(loose.points, setter.style(), wave, phase, random));
    }
    return made;
  }
}

}  // namespace primer::handwriting::workshop
