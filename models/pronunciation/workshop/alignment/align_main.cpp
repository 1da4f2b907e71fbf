// pronunciation-align: labels of the corpus' frames, from nothing (Gaussians) or with a model.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "alignment/gaussians.h"
#include "alignment/model_alignment.h"
#include "primer/base/command_line.h"
#include "primer/base/program.h"

namespace {

using primer::Job;
using primer::kExitOk;
using primer::reportError;
using namespace primer::pronunciation::workshop;  // NOLINT: this program is of the workshop
using primer::pronunciation::BestPath;
using primer::pronunciation::bestPath;

struct Options {
  std::filesystem::path work, model, output;
  int rounds = 16;
  double least = 1.0;
};

// The nodes that utterance `u` walks through when every state lasts as long as the next.
std::vector<std::int32_t> evenWalk(const SpokenGraph& graph, std::size_t frames) {
  std::vector<std::int32_t> chain;
  for (std::size_t n = 0; n < graph.phone.size(); ++n) {
    const bool pause = graph.word[n] < 0;
    const bool outside = n < 3 || n + 3 >= graph.phone.size();
    if (pause ? outside : graph.way[n] == 0) chain.push_back(static_cast<std::int32_t>(n));
  }
  std::vector<std::int32_t> walk(frames);
  constexpr std::size_t kMargin = 21;  // frames of silence that were kept around the speech
  for (std::size_t t = 0; t < frames; ++t) {
    std::size_t at = 0;
    if (frames <= 2 * kMargin + chain.size()) {
      at = t * chain.size() / frames;
    } else if (t < kMargin) {
      at = t * 3 / kMargin;
    } else if (t >= frames - kMargin) {
      at = chain.size() - 3 + (t - (frames - kMargin)) * 3 / kMargin;
    } else {
      at = 3 + (t - kMargin) * (chain.size() - 6) / (frames - 2 * kMargin);
    }
    walk[t] = chain[std::min(at, chain.size() - 1)];
  }
  return walk;
}

std::vector<std::int32_t> everySecond(const std::vector<std::int32_t>& nodes, std::size_t count) {
  std::vector<std::int32_t> half(count);
  for (std::size_t i = 0; i < count; ++i) half[i] = nodes[std::min(2 * i + 1, nodes.size() - 1)];
  return half;
}

Labels alignWithGaussians(const Corpus& corpus, const Options& options) {
  Gaussians gaussians;
  Labels labels;
  for (int round = 0; round <= options.rounds; ++round) {
    const bool last = round == options.rounds;
    Gaussians::Gathered gathered(gaussians);
    double score = 0;
    std::size_t frames = 0, lost = 0;
    for (const auto& u : corpus.utterances) {
      if (last) {
        labels.first.push_back(labels.labels.size());
        labels.labels.resize(labels.labels.size() + labelCount(u.frames), kNoLabel);
      }
      const auto graph = spokenGraph(u.words, kGaussianStates);
      const auto cepstra = Gaussians::cepstra(corpus.melOf(u));
      BestPath path;
      if (round == 0) {
        path.nodes = evenWalk(graph, u.frames);
      } else {
        const auto scores = gaussians.scores(cepstra);
        path = bestPath(graph.path, u.frames, [&](std::size_t t) {
          return std::span(scores).subspan(t * Gaussians::kStates, Gaussians::kStates);
        });
      }
      if (path.nodes.empty()) {
        ++lost;
        continue;
      }
      score += path.score;
      frames += u.frames;
      for (std::size_t t = 0; t < u.frames; ++t) {
        const auto node = static_cast<std::size_t>(path.nodes[t]);
        gathered.add(
            static_cast<std::size_t>(graph.path.nodes[node].unit),
            std::span(cepstra).subspan(t * Gaussians::kDimensions, Gaussians::kDimensions));
      }
      if (last) {
        putLabels(u, graph, everySecond(path.nodes, labelCount(u.frames)), options.least,
                  std::span(labels.labels).subspan(labels.first.back()));
      }
    }
    gaussians.fit(gathered);
    if (round == 5 || round == 9) gaussians.split();
    std::fprintf(stderr, "round %2d: %.4f a frame, %zu of %zu without a walk\n", round,
                 score / static_cast<double>(std::max<std::size_t>(frames, 1)), lost,
                 corpus.utterances.size());
  }
  return labels;
}

int run(const Options& options) {
  const char* const program = "pronunciation-align";
  const auto corpus = readCorpus(options.work);
  if (!corpus) return reportError(program, corpus.error());
  Labels labels;
  if (options.model.empty()) {
    labels = alignWithGaussians(*corpus, options);
  } else {
    auto made = alignWithModel(*corpus, options.model, options.least);
    if (!made) return reportError(program, made.error());
    labels = std::move(*made);
  }
  const auto written = writeLabels(options.output, labels);
  return written ? int(kExitOk) : reportError(program, written.error());
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  return primer::runCommandLine(
      "pronunciation-align", "Labels the frames of a prepared corpus with phones.", argc, argv,
      [&options](CLI::App& app) -> Job {
        app.add_option("--work", options.work, "working folder of pronunciation-prepare")
            ->required();
        app.add_option("--model", options.model, "acoustic model; none: a flat start");
        app.add_option("--rounds", options.rounds, "of the flat start")->check(CLI::Range(1, 100));
        app.add_option("--least", options.least, "phones rated lower get no label");
        app.add_option("-o", options.output, "labels")->required();
        return [&options] { return run(options); };
      });
}
