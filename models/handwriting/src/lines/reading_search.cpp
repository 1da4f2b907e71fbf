#include "primer/handwriting/lines/reading_search.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "src/lines/plausibility.h"

namespace primer::handwriting::lines {

namespace {

constexpr std::size_t kMostTrials = 320;
constexpr std::size_t kMostExpanded = 24;
// A class this many nats less likely than the best of its group is not tried.
constexpr float kClassReach = 6;
constexpr std::size_t kMostClasses = 4;
// Readings this far below the best so far are not pursued.
constexpr float kPursue = 6;

constexpr std::size_t kDivisions = 8;
constexpr float kDivisionReach = 7;  // nats below the best division

// That a group is one symbol, against that it is not; bounded, nothing is certain.
float logOdds(const GroupScores& scores) {
  const float one = std::min(scores.one, -1e-4f);
  return one - std::log(std::max(1 - std::exp(one), 1e-4f));
}

struct Option {
  std::size_t label = 0;
  float score = 0;
};

// One reading on trial.
struct Trial {
  std::size_t division = 0;
  std::vector<std::size_t> choice;  // of each group's options
  std::vector<DecisionKey> reversed;
  Layout layout;
  float score = 0;
};

class Search {
 public:
  Search(const std::vector<LineGroup>& groups, const std::vector<GroupScores>& scores,
         const std::vector<LineDivision>& divisions, const SymbolSet& allowed,
         const ReadingWeights& weights)
      : groups_(groups),
        scores_(scores),
        divisions_(divisions),
        allowed_(allowed),
        weights_(weights) {}

  std::vector<FoundReading> run() {
    for (std::size_t d = 0; d < divisions_.size(); ++d) {
      Trial first;
      first.division = d;
      first.choice.assign(divisions_[d].groups.size(), 0);
      attempt(std::move(first));
    }
    for (std::size_t n = 0; n < kMostExpanded && !open_.empty() && trials_ < kMostTrials; ++n) {
      const Trial trial = std::move(open_.begin()->second);
      open_.erase(open_.begin());
      if (trial.score < best_ - kPursue) break;
      expand(trial);
    }
    std::vector<FoundReading> readings;
    readings.reserve(found_.size());
    for (auto& [latex, reading] : found_) readings.push_back(std::move(reading));
    std::sort(readings.begin(), readings.end(), [](const FoundReading& a, const FoundReading& b) {
      return a.score > b.score || (a.score == b.score && a.latex < b.latex);
    });
    return readings;
  }

 private:
  const std::vector<Option>& optionsOf(std::size_t group) {
    auto& options = options_[group];
    if (!options.empty()) return options;
    const auto& classes = scores_[group].classes;
    for (std::size_t i = 0; i < kJunk; ++i) {
      if (usualness(i) <= kNever) continue;
      float score = weights_.classes * classes[i];
      if (!allowed_.contains(i)) score -= weights_.forbidden;
      // The plausibility counts usualness again; here it only orders what is tried.
      options.push_back({i, score});
    }
    const auto better = [this](const Option& a, const Option& b) {
      return a.score + weights_.plausibility * usualness(a.label) >
             b.score + weights_.plausibility * usualness(b.label);
    };
    const auto most = std::min(kMostClasses, options.size());
    std::partial_sort(options.begin(), options.begin() + static_cast<std::ptrdiff_t>(most),
                      options.end(), better);
    options.resize(most);
    const float top = options[0].score;
    while (options.size() > 1 && options.back().score < top - kClassReach) options.pop_back();
    return options;
  }

  void attempt(Trial trial) {
    if (trials_ >= kMostTrials) return;
    if (!seen_.insert({trial.division, trial.choice, trial.reversed}).second) return;
    ++trials_;
    const auto& division = divisions_[trial.division];
    std::vector<PlacedSymbol> placed;
    std::vector<std::size_t> labels;
    trial.score = division.score;
    for (std::size_t k = 0; k < division.groups.size(); ++k) {
      const auto g = division.groups[k];
      const auto& option = optionsOf(g)[trial.choice[k]];
      placed.push_back({groups_[g].box, option.label});
      labels.push_back(option.label);
      trial.score += option.score;
    }
    trial.layout = layOut(placed, trial.reversed);
    trial.score += weights_.layout * trial.layout.score +
                   weights_.plausibility * plausibilityOf(trial.layout.row, labels) +
                   weights_.token * static_cast<float>(labels.size());
    best_ = std::max(best_, trial.score);
    auto latex = toLatex(trial.layout.row, labels);
    auto& found = found_[latex];
    if (found.latex.empty() || trial.score > found.score) {
      found = {division.groups, labels, trial.layout.row, std::move(latex), trial.score};
    }
    open_.emplace(-trial.score, std::move(trial));
  }

  void expand(const Trial& trial) {
    const auto& division = divisions_[trial.division];
    // The nearest changes first, so that a limit on trials leaves out the unlikely ones.
    struct Move {
      float price = 0;
      std::size_t symbol = 0;
      std::size_t option = 0;
      DecisionKey key = 0;
      bool structural = false;
    };
    std::vector<Move> moves;
    for (std::size_t k = 0; k < division.groups.size(); ++k) {
      const auto& options = optionsOf(division.groups[k]);
      const float now = options[trial.choice[k]].score;
      for (std::size_t o = 0; o < options.size(); ++o) {
        if (o != trial.choice[k]) moves.push_back({now - options[o].score, k, o, 0, false});
      }
    }
    for (const auto& decision : trial.layout.narrow) {
      if (decision.margin < 0) continue;
      moves.push_back({weights_.layout * decision.margin, 0, 0, decision.key, true});
    }
    std::sort(moves.begin(), moves.end(),
              [](const Move& a, const Move& b) { return a.price < b.price; });
    constexpr std::size_t kMostMoves = 28;
    if (moves.size() > kMostMoves) moves.resize(kMostMoves);
    for (const auto& move : moves) {
      Trial next;
      next.division = trial.division;
      next.choice = trial.choice;
      next.reversed = trial.reversed;
      if (move.structural) {
        next.reversed.insert(std::upper_bound(next.reversed.begin(), next.reversed.end(), move.key),
                             move.key);
      } else {
        next.choice[move.symbol] = move.option;
      }
      attempt(std::move(next));
    }
  }

  const std::vector<LineGroup>& groups_;
  const std::vector<GroupScores>& scores_;
  const std::vector<LineDivision>& divisions_;
  const SymbolSet& allowed_;
  const ReadingWeights& weights_;

  std::map<std::size_t, std::vector<Option>> options_;
  std::set<std::tuple<std::size_t, std::vector<std::size_t>, std::vector<DecisionKey>>> seen_;
  std::multimap<float, Trial> open_;  // by score, the best first
  std::map<std::string, FoundReading> found_;
  std::size_t trials_ = 0;
  float best_ = -1e30f;
};

}  // namespace

std::vector<FoundReading> searchReadings(const std::vector<LineGroup>& groups,
                                         const std::vector<GroupScores>& scores,
                                         const std::vector<LineDivision>& divisions,
                                         const SymbolSet& allowed, const ReadingWeights& weights) {
  return Search(groups, scores, divisions, allowed, weights).run();
}

std::vector<FoundReading> findReadings(const LineStrokes& line,
                                       const std::vector<LineGroup>& groups,
                                       const std::vector<GroupScores>& scores,
                                       const SymbolSet& allowed, const ReadingWeights& weights) {
  std::vector<float> worth;
  worth.reserve(groups.size());
  for (const auto& score : scores) worth.push_back(weights.one * logOdds(score));
  auto divisions = divideLine(groups, worth, line.count(), kDivisions);
  if (divisions.empty()) return {};
  while (divisions.back().score < divisions.front().score - kDivisionReach) divisions.pop_back();
  return searchReadings(groups, scores, divisions, allowed, weights);
}

}  // namespace primer::handwriting::lines
