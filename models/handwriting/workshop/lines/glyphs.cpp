#include "lines/glyphs.h"

#include <algorithm>
#include <string_view>

#include "primer/handwriting/lines/notation.h"

namespace primer::handwriting::workshop {

namespace {

using toolkit::Random;

std::size_t held(const std::array<std::vector<std::uint32_t>, kSymbolCount>& lists,
                 std::string_view symbols) {
  std::size_t count = 0;
  const auto set = SymbolSet::of(symbols).value_or(SymbolSet{});
  for (std::size_t i = 0; i < kJunk; ++i) count += set.contains(i) && !lists[i].empty() ? 1 : 0;
  return count;
}

}  // namespace

Glyphs::Glyphs(const SampleStore& store, bool development, const GlyphOptions& options)
    : store_(store), synthesis_(store, development), options_(options) {
  const auto& samples = store.samples();
  std::vector<Source> sources;  // of each writer
  for (std::uint32_t i = 0; i < samples.size(); ++i) {
    const auto& sample = samples[i];
    if (sample.development != development || !sample.trusted || sample.symbol == kJunk) continue;
    all_[sample.symbol].push_back(i);
    if (sample.source == Source::kDetexify) {
      detexify_[sample.symbol].push_back(i);
      continue;
    }
    if (writers_.size() <= sample.writer) {
      writers_.resize(sample.writer + std::size_t{1});
      sources.resize(writers_.size(), Source::kDetexify);
    }
    writers_[sample.writer][sample.symbol].push_back(i);
    sources[sample.writer] = sample.source;
  }
  for (std::uint32_t w = 0; w < writers_.size(); ++w) {
    const auto source = sources[w];
    if (source == Source::kOmniglot) drawers_.push_back(w);
    if (source != Source::kUnipen && source != Source::kPendigits) continue;
    const bool strange = source == Source::kPendigits || !options.foreign;
    if (strange && held(writers_[w], "0123456789") == 10) main_.push_back(w);
    if (held(writers_[w], "+-=()/.,<>:%") >= 9) signs_.push_back(w);
  }
}

Glyphs::Hand Glyphs::pickHand(Random& random) const {
  Hand hand;
  hand.writer = main_[random.below(main_.size())];
  hand.second = signs_.empty() ? hand.writer : signs_[random.below(signs_.size())];
  hand.times_as_x = random.chance(0.25);
  hand.school_x = random.chance(0.15);
  const double drawn = options_.foreign ? 1 : options_.drawn_letters;
  if (drawn > 0 && !drawers_.empty() && random.chance(drawn)) {
    hand.drawer = drawers_[random.below(drawers_.size())];
  }
  return hand;
}

bool Glyphs::fromList(const std::vector<std::uint32_t>& list, Random& random, Glyph& glyph) const {
  if (list.empty()) return false;
  const std::size_t first = list.size() > options_.kept_back ? options_.kept_back : 0;
  const auto& sample = store_.samples()[list[first + random.below(list.size() - first)]];
  store_.copyInk(sample, glyph.ink);
  glyph.relative_size = sample.relative_size;
  return true;
}

std::vector<FlatInk> Glyphs::confirmed(std::size_t label, const Hand& hand,
                                       std::size_t count) const {
  std::vector<FlatInk> inks;
  for (const auto writer : {hand.writer, hand.second}) {
    const auto& list = writers_[writer][label];
    if (list.empty()) continue;
    if (list.size() <= options_.kept_back) break;
    for (std::size_t i = 0; i < std::min(count, options_.kept_back); ++i) {
      FlatInk ink;
      store_.copyInk(store_.samples()[list[i]], ink);
      inks.push_back(std::move(ink));
    }
    break;
  }
  return inks;
}

bool Glyphs::draw(std::size_t label, const Hand& hand, Random& random, Glyph& glyph) const {
  static const std::size_t kTimes = lines::classOf("×");
  static const std::size_t kX = lines::classOf("x");
  glyph.relative_size = 0;
  if (options_.foreign) return drawForeign(label, hand, random, glyph);
  if (drawLetter(label, hand, random, glyph)) return true;
  if (label == kTimes && hand.times_as_x) {
    const bool drawn = fromList(writers_[hand.writer][kX], random, glyph) ||
                       fromList(writers_[hand.second][kX], random, glyph);
    glyph.relative_size = 0;
    if (drawn) return true;
  }
  if (label == kX && hand.school_x) return synthesis_.makeSign("x", random, glyph.ink);
  const auto text = symbolText(label);
  const bool collected = label != kTimes && text != "÷" && text != "√" && text != "π";
  if (collected) {
    if (fromList(writers_[hand.writer][label], random, glyph)) return true;
    if (fromList(writers_[hand.second][label], random, glyph)) return true;
  }
  if (random.chance(0.5) && synthesis_.makeSign(text, random, glyph.ink)) return true;
  if (fromList(all_[label], random, glyph)) return true;
  return synthesis_.makeSign(text, random, glyph.ink);
}

bool Glyphs::drawLetter(std::size_t label, const Hand& hand, Random& random, Glyph& glyph) const {
  return hand.drawer && lines::isLetter(label) &&
         fromList(writers_[*hand.drawer][label], random, glyph);
}

bool Glyphs::drawForeign(std::size_t label, const Hand& hand, Random& random, Glyph& glyph) const {
  return fromList(writers_[hand.writer][label], random, glyph) ||
         fromList(detexify_[label], random, glyph) || drawLetter(label, hand, random, glyph) ||
         fromList(writers_[hand.second][label], random, glyph) ||
         fromList(all_[label], random, glyph) ||
         synthesis_.makeSign(symbolText(label), random, glyph.ink);
}

}  // namespace primer::handwriting::workshop
