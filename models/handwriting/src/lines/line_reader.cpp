#include "primer/handwriting/line_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "primer/base/share.h"
#include "primer/handwriting/lines/confidence.h"
#include "primer/handwriting/lines/reading_search.h"
#include "src/scoring.h"

namespace primer::handwriting {

namespace {

using lines::FoundReading;
using lines::GroupScores;
using lines::LineGroup;

// Of a ruled line's height: how large writing is on it, and what is a dot.
constexpr float kScaleOfRuled = 0.6f;
constexpr float kLeastOfRuled = 0.08f;

}  // namespace

struct LineReader::Impl {
  lines::GroupScorer scorer;
  lines::ReadingWeights weights;

  explicit Impl(lines::GroupScorer group_scorer) : scorer(std::move(group_scorer)) {}

  LineSymbol symbolOf(const lines::LineStrokes& line, const LineGroup& group,
                      const GroupScores& scores, std::size_t label) const {
    LineSymbol symbol;
    symbol.symbol = std::string(symbolText(label));
    symbol.probability = std::exp(std::min(scores.classes[label] + scores.one, 0.0f));
    for (const auto member : group.members) symbol.strokes.push_back(line.indices[member]);
    symbol.box = {group.box.left, group.box.top, group.box.right, group.box.bottom};
    symbol.candidates = rankCandidates(scores.classes, SymbolSet::all());
    return symbol;
  }
};

LineReader::LineReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LineReader::~LineReader() = default;
LineReader::LineReader(LineReader&&) noexcept = default;
LineReader& LineReader::operator=(LineReader&&) noexcept = default;

std::filesystem::path LineReader::shippedHead() {
  return shareFolder() / "models" / "ink-lines.tflite";
}

Result<LineReader> LineReader::open(SymbolReader symbols, const std::filesystem::path& head) {
  PRIMER_ASSIGN(auto scorer, lines::GroupScorer::create(std::move(symbols), head));
  return LineReader(std::make_unique<Impl>(std::move(scorer)));
}

Result<LineReader> LineReader::openShipped() {
  PRIMER_ASSIGN(auto symbols, SymbolReader::openShipped());
  return open(std::move(symbols), shippedHead());
}

Result<LineReader> LineReader::another() const {
  PRIMER_ASSIGN(auto scorer, impl_->scorer.another());
  return LineReader(std::make_unique<Impl>(std::move(scorer)));
}

std::uint64_t LineReader::featureSpace() const { return impl_->scorer.featureSpace(); }

std::size_t LineReader::networkRuns() const { return impl_->scorer.runs(); }

LineReading LineReader::read(const Ink& ink, const LineContext& context) {
  LineReading reading;
  auto line = lines::takeStrokes(ink);
  if (line.count() == 0) return reading;
  if (context.line && context.line->bottom > context.line->top) {
    const float ruled = context.line->bottom - context.line->top;
    if (line.scale < kLeastOfRuled * ruled && line.count() == 1) return reading;
    const bool all_flat = [&line] {
      for (std::size_t s = 0; s < line.count(); ++s) {
        if (!line.isFlat(s) && line.shapes[s].box.longest() > 0.2f * line.scale) return false;
      }
      return true;
    }();
    if (all_flat) line.scale = kScaleOfRuled * ruled;
  }
  const auto groups = proposeLineGroups(line);
  const auto scores = impl_->scorer.score(line, groups, context.hand);
  const auto found = lines::findReadings(
      line, groups, scores, context.expected.value_or(SymbolSet::all()), impl_->weights);
  if (found.empty()) return reading;

  const auto confidences = lines::confidencesOf(found, scores);
  const auto& best = found.front();
  reading.latex = best.latex;
  reading.text = toText(best.row, best.labels);
  reading.confidence = confidences.front();
  reading.unsure = reading.confidence < lines::kSureAbove;
  for (std::size_t k = 0; k < best.groups.size(); ++k) {
    const auto g = best.groups[k];
    reading.symbols.push_back(impl_->symbolOf(line, groups[g], scores[g], best.labels[k]));
  }
  for (const auto g : best.overwritten) {
    for (const auto member : groups[g].members) {
      reading.overwritten.push_back(line.indices[member]);
    }
  }
  for (std::size_t i = 1; i < found.size() && i <= kMostAlternatives; ++i) {
    reading.alternatives.push_back(
        {found[i].latex, toText(found[i].row, found[i].labels), confidences[i]});
  }
  return reading;
}

}  // namespace primer::handwriting
