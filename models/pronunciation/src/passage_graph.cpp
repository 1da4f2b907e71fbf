#include "src/passage_graph.h"

#include <algorithm>

namespace primer::pronunciation {

namespace {

constexpr std::size_t kMostSkipped = 6;   // words left out at one place
constexpr std::size_t kMostRepeated = 4;  // words that are gone back
constexpr std::size_t kForeignSteps = 6;  // 120 ms: less is no word
constexpr std::size_t kMostEntries = 250;
constexpr float kNot = -1e5f;

using Kind = PassageGraph::Kind;

// Between the words i-1 and i of the text: where a walk can stand there.
struct Slot {
  std::vector<std::int32_t> ends;  // last phones of word i-1
  std::int32_t pause = -1;
  std::int32_t foreign = -1;  // its last node
};

class Maker {
 public:
  Maker(PassageGraph& graph, const std::vector<TextWord>& text, const AlignmentOptions& options)
      : graph_(graph), text_(text), options_(options) {}

  void make() {
    const std::size_t count = text_.size();
    slots_.resize(count + 1);
    starts_.resize(count);
    for (std::size_t i = 0; i <= count; ++i) {
      addSlot(i);
      if (i < count) addWord(i);
    }
    for (std::size_t i = 0; i <= count; ++i) link(i);
  }

 private:
  PathGraph::Node& node(std::int32_t at) { return graph_.path.nodes[static_cast<std::size_t>(at)]; }

  std::int32_t add(std::int32_t unit, PassageGraph::Place place,
                   const std::vector<std::int32_t>& before) {
    graph_.places.push_back(place);
    return graph_.path.add(unit, before);
  }

  void addSlot(std::size_t i) {
    const auto word = static_cast<std::int32_t>(i);
    auto& slot = slots_[i];
    slot.pause = add(kPauseUnit, {Kind::kPause, word, 0, 0}, slot.ends);
    std::int32_t last = -1;
    for (std::size_t k = 0; k < kForeignSteps; ++k) {
      const PassageGraph::Place place = {Kind::kForeign, word, 0, static_cast<std::int32_t>(k)};
      const bool first = k == 0;
      last = add(kAnyPhoneUnit, place, first ? std::vector<std::int32_t>{} : std::vector{last});
      auto& made = node(last);
      // Only the last of them lasts.
      if (k + 1 < kForeignSteps) made.entries.erase(made.entries.begin());
      if (!first) continue;
      made.entries.push_back({slot.pause, options_.insertion});
      for (const auto end : slot.ends) made.entries.push_back({end, options_.insertion});
      if (i == 0) made.start = options_.insertion;
    }
    slot.foreign = last;
    node(slot.pause).entries.push_back({last, 0});
    if (i == 0) node(slot.pause).start = 0;
  }

  void addWord(std::size_t i) {
    auto& after = slots_[i + 1].ends;
    for (std::size_t way = 0; way < text_[i].ways.size(); ++way) {
      std::vector<std::int32_t> before;
      const auto& phones = text_[i].ways[way];
      for (std::size_t p = 0; p < phones.size(); ++p) {
        const PassageGraph::Place place = {Kind::kWord, static_cast<std::int32_t>(i),
                                           static_cast<std::int32_t>(way),
                                           static_cast<std::int32_t>(p)};
        before = {add(phones[p], place, before)};
        if (p == 0) starts_[i].push_back(before[0]);
      }
      after.push_back(before[0]);
    }
    if (i <= kMostSkipped) {
      for (const auto start : starts_[i]) {
        node(start).start = static_cast<float>(i) * options_.omission;
      }
    }
  }

  // From the slot to the words that may come next, and to the end.
  void link(std::size_t i) {
    const std::size_t count = text_.size();
    const auto& slot = slots_[i];
    const auto from = [&](std::size_t to, float score) {
      for (const auto start : starts_[to]) {
        auto& entries = node(start).entries;
        const auto enter = [&](std::int32_t source) {
          if (entries.size() < kMostEntries) entries.push_back({source, score});
        };
        enter(slot.pause);
        enter(slot.foreign);
        for (const auto end : slot.ends) enter(end);
      }
    };
    if (i < count) from(i, 0);
    for (std::size_t skipped = 1; skipped <= kMostSkipped && i + skipped < count; ++skipped) {
      from(i + skipped, static_cast<float>(skipped) * options_.omission);
    }
    for (std::size_t back = 1; back <= kMostRepeated && back <= i; ++back) {
      from(i - back, options_.repetition);
    }
    const float end = static_cast<float>(count - i) * options_.omission;
    node(slot.pause).end = end;
    node(slot.foreign).end = end;
    for (const auto last : slot.ends) node(last).end = end;
  }

  PassageGraph& graph_;
  const std::vector<TextWord>& text_;
  const AlignmentOptions& options_;
  std::vector<Slot> slots_;
  std::vector<std::vector<std::int32_t>> starts_;
};

}  // namespace

PassageGraph passageGraph(const std::vector<TextWord>& text, const AlignmentOptions& options) {
  PassageGraph graph;
  Maker(graph, text, options).make();
  return graph;
}

void passageScores(std::span<const float> posteriors, const AlignmentOptions& options,
                   std::span<float> scores) {
  const auto& priors = unitPriors();
  for (std::size_t u = 0; u < kUnits; ++u) scores[u] = posteriors[u] - options.prior * priors[u];
  const auto phones = scores.first(kPhones);
  scores[kAnyPhoneUnit] = *std::max_element(phones.begin(), phones.end()) + options.foreign;
  scores[kPauseUnit] = std::max(scores[kSilence], scores[kNoise]);
}

double walkScore(const std::vector<TextWord>& text, const Posteriors& posteriors, StepRange steps,
                 AlignmentOptions options) {
  options.omission = options.repetition = kNot;
  const auto graph = passageGraph(text, options);
  std::vector<float> scores(kPassageUnits);
  const auto walk = bestPath(graph.path, steps.size(), [&](std::size_t step) {
    passageScores(posteriors.at(steps.first + step), options, scores);
    return std::span<const float>(scores);
  });
  return walk.nodes.empty() ? kNot : walk.score;
}

}  // namespace primer::pronunciation
