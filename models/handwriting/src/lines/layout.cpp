#include "primer/handwriting/lines/layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "primer/handwriting/symbol_set.h"
#include "src/lines/layout_margins.h"

namespace primer::handwriting::lines {

namespace {

enum class About : std::uint8_t { kBar, kInFraction, kInRoot, kIndex, kPower, kBelow };

// Decisions with a smaller margin are worth trying the other way.
constexpr float kNarrow = 4.5f;

class Layouter {
 public:
  Layouter(const std::vector<PlacedSymbol>& symbols, const std::vector<DecisionKey>& reversed)
      : reversed_(reversed) {
    std::vector<float> heights;
    for (const auto& symbol : symbols) {
      if (isDigit(symbol.label)) heights.push_back(symbol.box.height());
      if (isLetter(symbol.label)) {
        const float share = isLow(symbol.label) ? 0.65f : 1.0f;
        heights.push_back(symbol.box.height() / share);
      }
    }
    if (heights.empty()) {
      for (const auto& symbol : symbols) heights.push_back(symbol.box.longest());
    }
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
    std::nth_element(heights.begin(), middle, heights.end());
    em_ = std::max(*middle, 1e-6f);
  }

  Layout take(const std::vector<PlacedSymbol>& symbols) {
    Parts parts;
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      Part part;
      part.box = symbols[i].box;
      part.label = symbols[i].label;
      part.item.symbol = i;
      parts.push_back(std::move(part));
    }
    result_.row = readRow(std::move(parts));
    return std::move(result_);
  }

 private:
  // Whether something with this margin (nats, above 0: yes) is so.
  bool decide(About about, std::size_t a, std::size_t b, float margin) {
    const auto key = static_cast<DecisionKey>(about) << 16 | static_cast<DecisionKey>(a) << 8 |
                     static_cast<DecisionKey>(b);
    const bool against = std::find(reversed_.begin(), reversed_.end(), key) != reversed_.end();
    const float taken = against ? -std::abs(margin) : std::abs(margin);
    result_.score -= std::log1p(std::exp(-taken));
    if (std::abs(margin) < kNarrow || against) result_.narrow.push_back({key, taken});
    return (margin > 0) != against;
  }

  Row readRow(Parts parts) {
    if (++depth_ <= kMostDepth) {
      for (auto widest = nextContainer(parts); widest < parts.size();
           widest = nextContainer(parts)) {
        parts[widest].settled = true;
        if (parts[widest].label == kRoot_) {
          takeRoot(parts, widest);
        } else {
          takeFraction(parts, widest);
        }
      }
    }
    --depth_;
    return readBeside(std::move(parts));
  }

  // The widest root or bar that is not settled, or parts.size().
  std::size_t nextContainer(const Parts& parts) const {
    std::size_t widest = parts.size();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto& part = parts[i];
      if (part.settled || part.item.kind != Item::Kind::kSymbol) continue;
      if (part.label != kRoot_ && !(part.label == kMinus_ && liesBetween(parts, i))) continue;
      if (widest == parts.size() || part.box.width() > parts[widest].box.width()) widest = i;
    }
    return widest;
  }

  bool liesBetween(const Parts& parts, std::size_t bar) const {
    const auto& b = parts[bar].box;
    bool above = false;
    bool below = false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i == bar || holds(parts[i], b)) continue;
      const auto& p = parts[i].box;
      if (p.centreX() < b.left || p.centreX() > b.right) continue;
      above = above || (p.centreY() < b.centreY() && p.bottom < b.bottom + 0.25f * em_);
      below = below || (p.centreY() > b.centreY() && p.top > b.top - 0.25f * em_);
    }
    return above && below;
  }

  // A root around the box.
  bool holds(const Part& part, const StrokeBox& box) const {
    return part.label == kRoot_ && part.item.kind == Item::Kind::kSymbol &&
           part.box.left < box.centreX() && part.box.right > box.centreX() &&
           part.box.top < box.centreY() && part.box.bottom + 0.3f * em_ > box.bottom &&
           part.box.width() > box.width();
  }

  void takeFraction(Parts& parts, std::size_t bar) {
    const StrokeBox b = parts[bar].box;
    const float line = b.centreY();
    // The nearest signs on the bar's own height, to either side: what stands beyond them is theirs.
    float first_left = b.left - 100 * em_;
    float first_right = b.right + 100 * em_;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto& p = parts[i].box;
      if (i == bar || p.top > line + 0.1f * em_ || p.bottom < line - 0.1f * em_) continue;
      if (p.centreX() > b.right) first_right = std::min(first_right, p.centreX());
      if (p.centreX() < b.left) first_left = std::max(first_left, p.centreX());
    }
    std::vector<bool> above(parts.size(), false);
    std::vector<bool> below(parts.size(), false);
    bool any_above = false;
    bool any_below = false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i == bar || holds(parts[i], b)) continue;
      const auto& p = parts[i].box;
      const bool off_line = p.bottom < line + 0.05f * em_ || p.top > line - 0.05f * em_;
      const bool beyond_sign = p.centreX() > first_right || p.centreX() < first_left;
      const bool may_overhang = off_line && !beyond_sign && fitsPart(parts, bar, i);
      const float margin = insideMargin(p, b, off_line, may_overhang, em_);
      if (margin < -6) continue;
      if (!decide(About::kInFraction, parts[bar].item.symbol, parts[i].item.symbol, margin)) {
        continue;
      }
      (p.centreY() < line ? above : below)[i] = true;
      (p.centreY() < line ? any_above : any_below) = true;
    }
    if (!any_above || !any_below) return;  // a minus sign
    Part fraction;
    fraction.settled = true;
    fraction.label = parts[bar].label;
    fraction.item.kind = Item::Kind::kFraction;
    fraction.item.symbol = parts[bar].item.symbol;
    fraction.box = b;
    fraction.axis = line;
    Parts rest;
    Parts numerator;
    Parts denominator;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i == bar) continue;
      if (above[i] || below[i]) fraction.box.include(parts[i].box);
      (above[i] ? numerator : below[i] ? denominator : rest).push_back(std::move(parts[i]));
    }
    fraction.item.first = readRow(std::move(numerator));
    fraction.item.second = readRow(std::move(denominator));
    rest.push_back(std::move(fraction));
    parts = std::move(rest);
  }

  // Whether a sign beyond the bar's end stands level with what lies over (or under) the bar, and is
  // not larger: then it may be of that part.
  bool fitsPart(const Parts& parts, std::size_t bar, std::size_t sign) const {
    const auto& b = parts[bar].box;
    const auto& s = parts[sign].box;
    const bool above = s.centreY() < b.centreY();
    float highest = 0;
    float shared = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto& p = parts[i].box;
      if (i == bar || i == sign || p.centreX() < b.left || p.centreX() > b.right) continue;
      if ((p.centreY() < b.centreY()) != above || holds(parts[i], b)) continue;
      highest = std::max(highest, p.height());
      shared = std::max(shared, std::min(p.bottom, s.bottom) - std::max(p.top, s.top));
    }
    return highest > 0 && s.height() < 1.35f * highest && shared > 0.4f * s.height();
  }

  void takeRoot(Parts& parts, std::size_t sign) {
    const StrokeBox r = parts[sign].box;
    std::vector<int> place(parts.size(), 0);  // 1 under the root, 2 its index
    bool any = false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i == sign || parts[i].box.width() > 1.2f * r.width()) continue;
      const auto& p = parts[i].box;
      if (!isMiddleSign(parts[i].label) || !parts[i].isSymbol()) {
        const float index = rootIndexMargin(p, r, em_);
        if (index > -6 &&
            decide(About::kIndex, parts[sign].item.symbol, parts[i].item.symbol, index)) {
          place[i] = 2;
          continue;
        }
      }
      const float margin = underRootMargin(p, r, em_);
      if (margin < -6) continue;
      if (decide(About::kInRoot, parts[sign].item.symbol, parts[i].item.symbol, margin)) {
        place[i] = 1;
        any = true;
      }
    }
    if (!any) takeNextUnder(parts, sign, place);
    Part root;
    root.settled = true;
    root.label = kRoot_;
    root.item.kind = Item::Kind::kRoot;
    root.item.symbol = parts[sign].item.symbol;
    root.box = r;
    Parts rest;
    Parts under;
    Parts index;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i == sign) continue;
      if (place[i] == 1) root.box.include(parts[i].box);
      (place[i] == 1 ? under : place[i] == 2 ? index : rest).push_back(std::move(parts[i]));
    }
    root.item.first = readRow(std::move(under));
    root.item.second = readRow(std::move(index));
    rest.push_back(std::move(root));
    parts = std::move(rest);
  }

  // A root without a bar: the sign right of it stands under it.
  void takeNextUnder(const Parts& parts, std::size_t sign, std::vector<int>& place) const {
    const auto& r = parts[sign].box;
    std::size_t next = parts.size();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto& p = parts[i].box;
      if (i == sign || place[i] != 0 || p.centreX() < r.centreX() || p.centreY() < r.top ||
          p.centreY() > r.bottom || isMiddleSign(parts[i].label)) {
        continue;
      }
      if (next == parts.size() || p.left < parts[next].box.left) next = i;
    }
    if (next < parts.size() && parts[next].box.left < r.right + 0.6f * em_) place[next] = 1;
  }

  Row readBeside(Parts parts) {
    std::sort(parts.begin(), parts.end(), [this](const Part& a, const Part& b) {
      const auto at = [this](const Part& part) {
        return part.box.left + std::min(part.box.width(), 0.6f * em_) / 2;
      };
      return at(a) < at(b);
    });
    Row row;
    Parts power;
    Parts below;
    std::size_t base = parts.size();     // of the row's last item
    std::size_t carrier = parts.size();  // of the last that can carry a power
    const auto close = [&] {
      if (base == parts.size()) return;
      Parts back;  // a sign at the end of a power belongs to the line
      while (!power.empty() && power.back().item.kind == Item::Kind::kSymbol &&
             isMiddleSign(power.back().label)) {
        back.insert(back.begin(), std::move(power.back()));
        power.pop_back();
      }
      if (!power.empty()) row.back().power = readBeside(std::exchange(power, {}));
      if (!below.empty()) row.back().below = readBeside(std::exchange(below, {}));
      power.clear();
      for (auto& part : back) row.push_back(std::move(part.item));
    };
    if (++depth_ > kMostDepth) {
      for (auto& part : parts) row.push_back(std::move(part.item));
      --depth_;
      return row;
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (base < parts.size() && canCarry(parts[base])) {
        const auto a = parts[base].item.symbol;
        const auto b = parts[i].item.symbol;
        float margin = powerMargin(parts[base], parts[i], em_);
        if (!power.empty()) {
          margin = raisedMargin(parts[base], parts[i], em_) + 1;
        }
        if (margin > -6 && decide(About::kPower, a, b, margin)) {
          power.push_back(std::move(parts[i]));
          continue;
        }
        margin = belowMargin(parts[base], parts[i], em_);
        if (margin > -6 && decide(About::kBelow, a, b, margin)) {
          below.push_back(std::move(parts[i]));
          continue;
        }
      }
      close();
      // Behind an operator nothing stands raised: it is level with what carried before.
      if (carrier < parts.size() && base < parts.size() && !canCarry(parts[base])) {
        const float high = raisedMargin(parts[carrier], parts[i], em_);
        result_.score -= std::log1p(std::exp(std::clamp(high, -8.0f, 5.0f)));
      }
      base = i;
      if (canCarry(parts[i]) && parts[i].item.kind == Item::Kind::kSymbol) carrier = i;
      // Its kind and symbol stay; what it holds is not asked for again.
      row.push_back(std::move(parts[i].item));
    }
    close();
    --depth_;
    return row;
  }

  static constexpr int kMostDepth = 12;

  const std::vector<DecisionKey>& reversed_;
  const std::size_t kRoot_ = classOf("√");
  const std::size_t kMinus_ = classOf("-");
  float em_ = 1;
  int depth_ = 0;
  Layout result_;
};

}  // namespace

std::uint8_t layoutKindOf(std::size_t label) {
  static const std::array<std::uint8_t, kSymbolCount> kKinds = [] {
    std::array<std::uint8_t, kSymbolCount> kinds{};
    std::vector<std::uint32_t> known;  // what tells kinds apart, by kind
    for (std::size_t i = 0; i < kSymbolCount; ++i) {
      Part part;
      part.label = i;
      std::uint32_t told = 0;
      for (const bool is : {i == classOf("√"), i == classOf("-"), isDigit(i), isLetter(i), isLow(i),
                            hangsDown(i), isMiddleSign(i), canCarry(part), neverBeginsPower(i)}) {
        told = 2 * told + (is ? 1 : 0);
      }
      const auto at = std::find(known.begin(), known.end(), told);
      kinds[i] = static_cast<std::uint8_t>(at - known.begin());
      if (at == known.end()) known.push_back(told);
    }
    return kinds;
  }();
  return kKinds[label];
}

Layout layOut(const std::vector<PlacedSymbol>& symbols, const std::vector<DecisionKey>& reversed) {
  if (symbols.empty()) return {};
  return Layouter(symbols, reversed).take(symbols);
}

}  // namespace primer::handwriting::lines
