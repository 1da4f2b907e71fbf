#include "numbers/number_synthesis.h"

#include <algorithm>
#include <set>

#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting::workshop {

namespace {

using toolkit::Random;

constexpr std::size_t kFewestDigits = 10;  // different digits that a writer must have

}  // namespace

NumberSynthesis::NumberSynthesis(const SampleStore& store, bool development, LineStyle style)
    : store_(store), style_(style) {
  const auto digits = SymbolSet::digits();
  const auto letters = SymbolSet::of("ACEFHKMNPRVWXadefhkmnprvwx").value_or(SymbolSet{});
  std::vector<Writer> writers;
  FlatInk ink;
  for (std::uint32_t i = 0; i < store.samples().size(); ++i) {
    const auto& sample = store.samples()[i];
    if (sample.development != development || !sample.trusted || sample.relative_size <= 0) continue;
    if (sample.writer >= writers.size()) writers.resize(sample.writer + std::size_t{1});
    auto& writer = writers[sample.writer];
    if (writer.median_side <= 0) {
      store.copyInk(sample, ink);
      const auto e = extentOf(ink);
      writer.median_side = std::max(e.right - e.left, e.bottom - e.top) / sample.relative_size;
    }
    if (sample.symbol != kJunk && digits.contains(sample.symbol)) writer.digits.push_back(i);
    if (sample.symbol != kJunk && letters.contains(sample.symbol)) writer.letters.push_back(i);
  }
  for (auto& writer : writers) {
    std::set<std::uint8_t> different;
    for (const auto i : writer.digits) different.insert(store.samples()[i].symbol);
    if (different.size() >= kFewestDigits) writers_.push_back(std::move(writer));
  }
}

MadeLine NumberSynthesis::set(const std::vector<std::uint32_t>& characters, float median_side,
                              Random& random) const {
  MadeLine line;
  std::vector<Stroke> delayed;
  float right = 0;
  FlatInk ink;
  for (std::size_t k = 0; k < characters.size(); ++k) {
    const auto& sample = store_.samples()[characters[k]];
    line.text += symbolText(sample.symbol);
    store_.copyInk(sample, ink);
    const auto e = extentOf(ink);
    const float scale = 1 + static_cast<float>(random.normal(0, style_.size_jitter));
    const float gap =
        k == 0
            ? 0.0f
            : median_side * static_cast<float>(random.uniform(style_.least_gap, style_.most_gap));
    const float baseline =
        median_side * static_cast<float>(random.normal(0, style_.baseline_jitter));
    const float dx = right + gap;
    for (std::size_t s = 0; s < ink.strokeCount(); ++s) {
      Stroke stroke;
      for (std::size_t i = ink.strokeBegin(s); i < ink.ends[s]; ++i) {
        const auto& p = ink.points[i];
        stroke.push_back({dx + scale * (p.x - e.left), baseline + scale * (p.y - e.bottom), 0, 1});
      }
      const bool last_of_several = s > 0 && s + 1 == ink.strokeCount();
      auto& into = last_of_several && random.chance(style_.delayed) ? delayed : line.ink.strokes;
      into.push_back(std::move(stroke));
    }
    right = dx + scale * (e.right - e.left);
  }
  line.ink.strokes.insert(line.ink.strokes.end(), delayed.begin(), delayed.end());
  return line;
}

MadeLine NumberSynthesis::makeNumber(Random& random, std::size_t most_digits) const {
  const auto& writer = writers_[random.below(writers_.size())];
  std::vector<std::uint32_t> characters(1 + random.below(most_digits));
  for (auto& character : characters) {
    character = writer.digits[random.below(writer.digits.size())];
  }
  return set(characters, writer.median_side, random);
}

MadeLine NumberSynthesis::makeWord(Random& random) const {
  // Not every writer wrote letters; some did.
  const Writer* writer = nullptr;
  for (int tries = 0; tries < 1000 && (writer == nullptr || writer->letters.empty()); ++tries) {
    writer = &writers_[random.below(writers_.size())];
  }
  if (writer == nullptr || writer->letters.empty()) return {};
  std::vector<std::uint32_t> characters(2 + random.below(3));
  for (auto& character : characters) {
    character = writer->letters[random.below(writer->letters.size())];
  }
  return set(characters, writer->median_side, random);
}

}  // namespace primer::handwriting::workshop
