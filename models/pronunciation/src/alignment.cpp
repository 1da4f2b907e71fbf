#include "primer/pronunciation/alignment.h"

#include "src/passage_graph.h"

namespace primer::pronunciation {

namespace {

using Kind = PassageGraph::Kind;

// Reads the words off a walk.
class Reader {
 public:
  Reader(const PassageGraph& graph, std::size_t words) : graph_(graph) {
    alignment_.words.resize(words);
  }

  Alignment read(const std::vector<std::int32_t>& walk) {
    for (std::size_t step = 0; step < walk.size();) {
      std::size_t end = step + 1;
      while (end < walk.size() && walk[end] == walk[step]) ++end;
      take(graph_.places[static_cast<std::size_t>(walk[step])], {step, end});
      step = end;
    }
    return std::move(alignment_);
  }

 private:
  void take(const PassageGraph::Place& place, StepRange steps) {
    const auto word = static_cast<std::size_t>(place.word);
    if (place.kind == Kind::kWord) {
      auto& found = alignment_.words[word];
      if (place.phone == 0) {
        const bool again = !found.phones.empty();
        alignment_.repetitions += again ? 1 : 0;
        found = {static_cast<std::size_t>(place.way), {}, found.repeats + (again ? 1 : 0)};
      }
      const auto unit = graph_.path.nodes[nodeOf(place)].unit;
      found.phones.push_back({static_cast<Phone>(unit), steps});
    } else if (place.kind == Kind::kForeign) {
      if (place.phone == 0) {
        alignment_.foreign.push_back({word, steps});
      } else {
        alignment_.foreign.back().steps.last = steps.last;
      }
    }
  }

  std::size_t nodeOf(const PassageGraph::Place& place) const {
    return static_cast<std::size_t>(&place - graph_.places.data());
  }

  const PassageGraph& graph_;
  Alignment alignment_;
};

}  // namespace

AlignmentOptions carefulAlignment() {
  AlignmentOptions options;
  options.omission = -60;
  options.insertion = -30;
  options.repetition = -25;
  return options;
}

Alignment alignFound(const std::vector<TextWord>& text, const Posteriors& posteriors,
                     const Alignment& first, const AlignmentOptions& options) {
  std::vector<TextWord> kept;
  std::vector<std::size_t> places;
  for (std::size_t w = 0; w < text.size(); ++w) {
    if (first.words[w].phones.empty()) continue;
    kept.push_back(text[w]);
    places.push_back(w);
  }
  auto second = align(kept, posteriors, options);
  Alignment all;
  all.words.resize(text.size());
  for (std::size_t k = 0; k < kept.size(); ++k) {
    all.words[places[k]] = std::move(second.words[k]);
  }
  all.repetitions = second.repetitions;
  for (const auto& foreign : second.foreign) {
    const auto before = foreign.before < places.size() ? places[foreign.before] : text.size();
    all.foreign.push_back({before, foreign.steps});
  }
  return all;
}

Alignment align(const std::vector<TextWord>& text, const Posteriors& posteriors,
                const AlignmentOptions& options) {
  constexpr float kBeam = 250;
  auto graph = passageGraph(text, options);
  graph.path.beam = kBeam;
  std::vector<float> scores(kPassageUnits);
  const auto walk = bestPath(graph.path, posteriors.steps(), [&](std::size_t step) {
    passageScores(posteriors.at(step), options, scores);
    return std::span<const float>(scores);
  });
  return Reader(graph, text.size()).read(walk.nodes);
}

}  // namespace primer::pronunciation
