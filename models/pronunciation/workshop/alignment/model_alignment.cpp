#include "alignment/model_alignment.h"

#include <cstdio>

#include "primer/pronunciation/acoustic_model.h"

namespace primer::pronunciation::workshop {

namespace {

// Mean log chance of a step below which what is heard is not what is written.
constexpr double kHardlyBelieved = -2.5;
// For each step of silence: a model that learned from labels in which pauses ate the fading ends of
// words gives such steps to silence, and each realignment would take more of them.
constexpr float kPauseDear = 4;

}  // namespace

Result<Labels> alignWithModel(const Corpus& corpus, const std::filesystem::path& model,
                              double least) {
  PRIMER_ASSIGN(auto acoustic, AcousticModel::open({model}));
  Labels labels;
  std::size_t doubtful = 0, seen = 0;
  double sum = 0;
  for (const auto& u : corpus.utterances) {
    labels.first.push_back(labels.labels.size());
    labels.labels.resize(labels.labels.size() + labelCount(u.frames), kNoLabel);
    PRIMER_ASSIGN(const auto posteriors, acoustic.run(corpus.melOf(u)));
    const auto graph = spokenGraph(u.words, {});
    std::vector<float> fit(kUnits);
    const auto path = bestPath(graph.path, posteriors.steps(), [&](std::size_t step) {
      for (std::size_t unit = 0; unit < kUnits; ++unit) {
        fit[unit] = posteriors.at(step)[unit] - unitPriors()[unit];
      }
      fit[kSilence] -= kPauseDear;
      return std::span<const float>(fit);
    });
    double belief = 0;
    for (std::size_t step = 0; step < path.nodes.size(); ++step) {
      const auto node = static_cast<std::size_t>(path.nodes[step]);
      belief += posteriors.at(step)[static_cast<std::size_t>(graph.path.nodes[node].unit)];
    }
    const double mean = belief / static_cast<double>(posteriors.steps());
    sum += mean;
    if (++seen % 1000 == 0) {
      std::fprintf(stderr, "%zu of %zu: %.4f a step, %zu hardly believed\n", seen,
                   corpus.utterances.size(), sum / static_cast<double>(seen), doubtful);
    }
    if (path.nodes.empty() || (!u.ratings && mean < kHardlyBelieved)) {
      ++doubtful;
      continue;
    }
    putLabels(u, graph, path.nodes, least, std::span(labels.labels).subspan(labels.first.back()));
  }
  return labels;
}

}  // namespace primer::pronunciation::workshop
