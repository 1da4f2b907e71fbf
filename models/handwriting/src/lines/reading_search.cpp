#include "primer/handwriting/lines/reading_search.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "src/lines/overwriting.h"
#include "src/lines/plausibility.h"

namespace primer::handwriting::lines {

namespace {

constexpr std::size_t kMostTrials = 320;
// Symbols laid out in all trials together: long lines have fewer trials.
constexpr std::size_t kMostWork = 8000;
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

// Cosine of two signs' looks from which they count as alike.
constexpr float kAlike = 0.85f;

// Classes that one hand writes alike, and that only their place tells apart: they may stand side by
// side.
bool mayLookAlike(std::size_t a, std::size_t b) {
  using Table = std::bitset<kSymbolCount * kSymbolCount>;
  static const Table kTable = [] {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kPairs = {{
        {"x", "×"},
        {".", ","},
        {"1", "/"},
        {",", "/"},
        {"0", "o"},
        {"0", "°"},
        {"1", "l"},
        {"1", "("},
        {"1", ")"},
        {"1", ","},
        {"0", "O"},
    }};
    Table table;
    for (std::size_t i = 0; i < kSymbolCount; ++i) table.set(i * kSymbolCount + i);
    for (const auto& [one, other] : kPairs) {
      table.set(classOf(one) * kSymbolCount + classOf(other));
      table.set(classOf(other) * kSymbolCount + classOf(one));
    }
    return table;
  }();
  return kTable.test(a * kSymbolCount + b);
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
  std::shared_ptr<const Layout> layout;
  float score = 0;
};

// Readings of the same structure are laid out once.
struct LayoutKey {
  std::size_t division = 0;
  std::vector<std::uint8_t> kinds;  // of the symbols' classes
  std::vector<DecisionKey> reversed;

  friend auto operator<=>(const LayoutKey&, const LayoutKey&) = default;
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
    for (std::size_t n = 0; n < kMostExpanded && !open_.empty() && !isSpent(); ++n) {
      const Trial trial = std::move(open_.begin()->second);
      open_.erase(open_.begin());
      if (trial.score < best_ - kPursue) break;
      expand(trial);
    }
    std::vector<FoundReading> readings;
    readings.reserve(found_.size());
    for (auto& [latex, best] : found_) {
      const auto& division = divisions_[best.division];
      readings.push_back({division.groups, division.overwritten, std::move(best.labels),
                          best.layout->row, latex, best.score, best.layout->score,
                          division.covered});
    }
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

  // The best way to one reading.
  struct Best {
    std::size_t division = 0;
    std::vector<std::size_t> labels;
    std::shared_ptr<const Layout> layout;
    float score = 0;
  };

  // Signs of a division that look alike.
  struct Pair {
    std::size_t first = 0;
    std::size_t second = 0;
    float likeness = 0;  // 0 .. 1
  };
  const std::vector<Pair>& pairsOf(std::size_t division) {
    const auto [place, fresh] = pairs_.try_emplace(division);
    if (!fresh) return place->second;
    const auto& chosen = divisions_[division].groups;
    for (std::size_t a = 0; a < chosen.size(); ++a) {
      for (std::size_t b = a + 1; b < chosen.size(); ++b) {
        const float cosine = likenessOf(chosen[a], chosen[b]);
        if (cosine > kAlike) place->second.push_back({a, b, (cosine - kAlike) / (1 - kAlike)});
      }
    }
    return place->second;
  }

  float likenessOf(std::size_t one, std::size_t other) {
    const auto [place, fresh] = likenesses_.try_emplace({one, other}, 0.0f);
    if (!fresh) return place->second;
    const auto& first = scores_[one].looks;
    const auto& second = scores_[other].looks;
    for (std::size_t i = 0; i < first.size(); ++i) place->second += first[i] * second[i];
    return place->second;
  }

  bool isSpent() const { return trials_ >= kMostTrials || work_ >= kMostWork; }

  void attempt(Trial trial) {
    if (isSpent()) return;
    if (!seen_.insert({trial.division, trial.choice, trial.reversed}).second) return;
    ++trials_;
    work_ += divisions_[trial.division].groups.size();
    const auto& division = divisions_[trial.division];
    std::vector<std::size_t> labels;
    labels.reserve(division.groups.size());
    trial.score = division.score;
    for (std::size_t k = 0; k < division.groups.size(); ++k) {
      const auto g = division.groups[k];
      const auto& option = optionsOf(g)[trial.choice[k]];
      labels.push_back(option.label);
      trial.score += option.score;
    }
    for (const auto& pair : pairsOf(trial.division)) {
      if (mayLookAlike(labels[pair.first], labels[pair.second])) continue;
      trial.score -= weights_.alike * pair.likeness;
    }
    trial.layout = layoutOf(trial, labels);
    const auto& row = trial.layout->row;
    trial.score += weights_.layout * trial.layout->score +
                   weights_.plausibility * plausibilityOf(row, labels) +
                   weights_.token * static_cast<float>(labels.size());
    best_ = std::max(best_, trial.score);
    auto& found = found_[toLatex(row, labels)];
    if (!found.layout || trial.score > found.score) {
      found = {trial.division, std::move(labels), trial.layout, trial.score};
    }
    open_.emplace(-trial.score, std::move(trial));
  }

  std::shared_ptr<const Layout> layoutOf(const Trial& trial,
                                         const std::vector<std::size_t>& labels) {
    LayoutKey key{trial.division, {}, trial.reversed};
    for (const auto label : labels) key.kinds.push_back(layoutKindOf(label));
    auto& layout = layouts_[std::move(key)];
    if (layout) return layout;
    const auto& chosen = divisions_[trial.division].groups;
    std::vector<PlacedSymbol> placed;
    placed.reserve(labels.size());
    for (std::size_t k = 0; k < labels.size(); ++k) {
      placed.push_back({groups_[chosen[k]].box, labels[k]});
    }
    layout = std::make_shared<const Layout>(layOut(placed, trial.reversed));
    return layout;
  }

  // The same change for all signs that look like this one and were read as it was.
  void attemptForAllAlike(Trial next, std::size_t symbol, std::size_t label, std::size_t before) {
    const auto& division = divisions_[next.division];
    bool any = false;
    for (const auto& pair : pairsOf(next.division)) {
      if (pair.first != symbol && pair.second != symbol) continue;
      const auto other = pair.first == symbol ? pair.second : pair.first;
      const auto& options = optionsOf(division.groups[other]);
      if (options[next.choice[other]].label != before) continue;
      for (std::size_t o = 0; o < options.size(); ++o) {
        if (options[o].label != label) continue;
        next.choice[other] = o;
        any = true;
      }
    }
    if (any) attempt(std::move(next));
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
    for (const auto& decision : trial.layout->narrow) {
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
        attemptForAllAlike(
            next, move.symbol, optionsOf(division.groups[move.symbol])[move.option].label,
            optionsOf(division.groups[move.symbol])[trial.choice[move.symbol]].label);
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
  std::map<std::size_t, std::vector<Pair>> pairs_;  // by division
  std::set<std::tuple<std::size_t, std::vector<std::size_t>, std::vector<DecisionKey>>> seen_;
  std::multimap<float, Trial> open_;  // by score, the best first
  std::map<LayoutKey, std::shared_ptr<const Layout>> layouts_;
  std::map<std::pair<std::size_t, std::size_t>, float> likenesses_;  // of two groups
  std::map<std::string, Best> found_;                                // by LaTeX
  std::size_t trials_ = 0;
  std::size_t work_ = 0;
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
  for (auto& division : divisions) {
    takeOverwritten(division, groups, scores);
  }
  return searchReadings(groups, scores, divisions, allowed, weights);
}

}  // namespace primer::handwriting::lines
