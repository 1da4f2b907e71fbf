#include "primer/handwriting/lines/division_search.h"

#include <algorithm>
#include <unordered_map>

#include "src/keep_best.h"

namespace primer::handwriting::lines {

namespace {

constexpr std::size_t kMostStates = 40;  // of one lowest uncovered stroke

struct Partial {
  float score = 0;
  int previous = -1;  // index of the state that it came from
  int rank = 0;       // among that state's partials
  std::size_t group = 0;
};

struct State {
  StrokeSet covered;
  std::vector<Partial> partials;  // best first
};

struct HashSet {
  std::size_t operator()(const StrokeSet& set) const { return set.hash(); }
};

}  // namespace

std::vector<LineDivision> divideLine(const std::vector<LineGroup>& groups,
                                     const std::vector<float>& scores, std::size_t stroke_count,
                                     std::size_t count) {
  std::vector<std::vector<std::size_t>> beginning(stroke_count);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    beginning[groups[g].members.front()].push_back(g);
  }
  std::vector<State> states = {{{}, {{}}}};
  std::unordered_map<StrokeSet, std::size_t, HashSet> index;
  std::vector<std::vector<std::size_t>> waiting(stroke_count + 1);  // by the lowest uncovered
  waiting[0].push_back(0);
  for (std::size_t lowest = 0; lowest < stroke_count; ++lowest) {
    auto& level = waiting[lowest];
    if (level.size() > kMostStates) {
      std::nth_element(level.begin(), level.begin() + kMostStates, level.end(),
                       [&states](std::size_t a, std::size_t b) {
                         return states[a].partials[0].score > states[b].partials[0].score;
                       });
      level.resize(kMostStates);
    }
    for (const auto from : level) {
      for (const auto g : beginning[lowest]) {
        if (groups[g].strokes.meets(states[from].covered)) continue;
        const StrokeSet next = states[from].covered | groups[g].strokes;
        const auto [place, fresh] = index.try_emplace(next, states.size());
        if (fresh) {
          states.push_back({next, {}});
          waiting[std::min(next.firstMissing(), stroke_count)].push_back(place->second);
        }
        auto& into = states[place->second].partials;
        for (std::size_t rank = 0; rank < states[from].partials.size(); ++rank) {
          keepBest(into,
                   Partial{states[from].partials[rank].score + scores[g], static_cast<int>(from),
                           static_cast<int>(rank), g},
                   count);
        }
      }
    }
  }
  std::vector<LineDivision> divisions;
  for (const auto end : waiting[stroke_count]) {
    for (const auto& last : states[end].partials) {
      LineDivision division;
      division.score = last.score;
      for (const Partial* p = &last; p->previous >= 0;) {
        division.groups.push_back(p->group);
        p = &states[static_cast<std::size_t>(p->previous)]
                 .partials[static_cast<std::size_t>(p->rank)];
      }
      std::reverse(division.groups.begin(), division.groups.end());
      divisions.push_back(std::move(division));
    }
  }
  return divisions;
}

}  // namespace primer::handwriting::lines
