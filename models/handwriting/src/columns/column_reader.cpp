#include "primer/handwriting/column_reader.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "primer/handwriting/lines/confidence.h"
#include "primer/handwriting/lines/group_scorer.h"
#include "primer/handwriting/lines/line_strokes.h"
#include "src/columns/column_search.h"
#include "src/columns/rulings.h"
#include "src/columns/strikes.h"
#include "src/scoring.h"

namespace primer::handwriting {

namespace {

// What it must gain to take a stroke for a strike through a digit; nats.
constexpr float kStrike = 1;
constexpr float kNothing = -1e6f;
// Higher than a line's: column work is judged digit by digit, and some layouts are read wrong more
// often than all are on the average, which the confidence speaks of.
constexpr float kSureAbove = 0.9f;
// Ink of more candidate groups is not looked at for strikes: each costs a reading.
constexpr std::size_t kMostStruckGroups = 250;

// The ink without some of its strokes; what is left out is empty, so that numbers stay.
Ink without(const Ink& ink, const std::vector<std::size_t>& strokes) {
  Ink rest = ink;
  for (const auto s : strokes) rest.strokes[s].clear();
  return rest;
}

std::string textOf(const columns::PaperSign& sign) {
  if (sign.digit != 0) return {sign.digit};
  return sign.sign == 'x' ? "×" : std::string(1, sign.sign);
}

// A digit of the upper number of a difference, which may be struck because it lent a ten.
bool isLender(const ColumnReading& reading, const StrokeBox& strike) {
  if (!reading.text || reading.text->method != ColumnMethod::kDifference) return false;
  const ColumnSymbol* under = nullptr;
  float nearest = strike.longest();
  float highest = 1e30f;
  for (const auto& one : reading.symbols) {
    const auto& box = one.symbol.box;
    if (one.role == ColumnRole::kOperand) highest = std::min(highest, box.top);
    const float away = std::hypot((box.left + box.right) / 2 - strike.centreX(),
                                  (box.top + box.bottom) / 2 - strike.centreY());
    if (away < nearest) nearest = away, under = &one;
  }
  return under != nullptr && under->role == ColumnRole::kOperand &&
         under->symbol.box.top <
             highest + 0.6f * (under->symbol.box.bottom - under->symbol.box.top);
}

}  // namespace

struct ColumnReader::Impl {
  lines::GroupScorer scorer;

  explicit Impl(lines::GroupScorer group_scorer) : scorer(std::move(group_scorer)) {}

  // A reading of the ink without some strokes.
  struct Attempt {
    lines::LineStrokes line;
    std::vector<lines::LineGroup> groups;
    std::vector<lines::GroupScores> scores;
    std::vector<columns::FoundColumns> found;

    float worth() const { return found.empty() ? kNothing : found.front().score; }

    ColumnSymbol symbolOf(std::size_t k) const {
      const auto& best = found.front();
      const auto& group = groups[best.groups[k]];
      const auto& scored = scores[best.groups[k]];
      const auto& sign = best.signs[k];
      const auto worths = columns::signScoresOf(scored);
      const float label = sign.digit != 0
                              ? worths.digits[static_cast<std::size_t>(sign.digit - '0')]
                              : worths.sign_score;
      ColumnSymbol one;
      one.role = best.layout.roles[k];
      one.symbol.symbol = textOf(sign);
      one.symbol.probability = std::exp(std::min(label + scored.one, 0.0f));
      for (const auto member : group.members) one.symbol.strokes.push_back(line.indices[member]);
      one.symbol.box = {group.box.left, group.box.top, group.box.right, group.box.bottom};
      one.symbol.candidates = rankCandidates(scored.classes, SymbolSet::all());
      return one;
    }

    void fill(ColumnReading& reading) const {
      const auto& best = found.front();
      reading.text = best.layout.text;
      const auto doubts = columns::columnDoubtsOf(found, scores);
      reading.doubts.assign(doubts.begin(), doubts.end());
      reading.confidence = columns::columnChanceOf(doubts);
      reading.unsure = reading.confidence < kSureAbove;
      for (std::size_t k = 0; k < best.groups.size(); ++k) reading.symbols.push_back(symbolOf(k));
      for (const auto g : best.overwritten) {
        for (const auto member : groups[g].members) {
          reading.overwritten.push_back(line.indices[member]);
        }
      }
    }
  };

  Attempt attempt(const Ink& ink, const std::vector<std::size_t>& left_out,
                  const columns::Rulings& rulings) {
    Attempt one;
    one.line = lines::takeStrokes(without(ink, left_out));
    if (one.line.count() == 0) return one;
    one.groups = proposeLineGroups(one.line);
    one.scores = scorer.score(one.line, one.groups);
    one.found = columns::findColumns(one.line, one.groups, one.scores, rulings);
    return one;
  }
};

ColumnReader::ColumnReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ColumnReader::~ColumnReader() = default;
ColumnReader::ColumnReader(ColumnReader&&) noexcept = default;
ColumnReader& ColumnReader::operator=(ColumnReader&&) noexcept = default;

Result<ColumnReader> ColumnReader::open(SymbolReader symbols, const std::filesystem::path& head) {
  PRIMER_ASSIGN(auto scorer, lines::GroupScorer::create(std::move(symbols), head));
  return ColumnReader(std::make_unique<Impl>(std::move(scorer)));
}

Result<ColumnReader> ColumnReader::openShipped() {
  PRIMER_ASSIGN(auto symbols, SymbolReader::openShipped());
  return open(std::move(symbols), LineReader::shippedHead());
}

Result<ColumnReader> ColumnReader::another() const {
  PRIMER_ASSIGN(auto scorer, impl_->scorer.another());
  return ColumnReader(std::make_unique<Impl>(std::move(scorer)));
}

ColumnReading ColumnReader::read(const Ink& ink) {
  ColumnReading reading;
  const auto whole = lines::takeStrokes(ink);
  if (whole.count() == 0) return reading;
  const auto rulings = columns::findRulings(whole);
  for (const auto s : rulings.strokes) reading.rules.push_back(whole.indices[s]);
  auto best = impl_->attempt(ink, reading.rules, rulings);
  std::vector<std::pair<std::size_t, StrokeBox>> possible;
  for (const auto s : columns::possibleStrikes(best.line)) {
    possible.emplace_back(best.line.indices[s], best.line.shapes[s].box);
  }
  std::vector<StrokeBox> strikes;
  for (const auto& [stroke, box] : possible) {
    if (best.groups.size() > kMostStruckGroups) break;
    auto left_out = reading.rules;
    left_out.push_back(stroke);
    auto struck = impl_->attempt(ink, left_out, rulings);
    if (struck.worth() < best.worth() + kStrike) continue;
    reading.rules = std::move(left_out);
    strikes.push_back(box);
    best = std::move(struck);
  }
  if (best.found.empty()) return reading;
  best.fill(reading);
  if (best.found.front().covered > lines::kMostOverwritten) reading.unsure = true;
  // What is crossed out elsewhere than in a difference's upper number is not read over.
  for (const auto& box : strikes) {
    if (!isLender(reading, box)) reading.unsure = true;
  }
  return reading;
}

}  // namespace primer::handwriting
