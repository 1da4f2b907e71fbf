#include "primer/pronunciation/boundaries.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace primer::pronunciation {

namespace {

constexpr WitnessNet::Shape kShape = {edge::kFeatures, kEdgeAnswers};
constexpr const char* kIsNone = "does not find boundaries of words";
constexpr double kFrameMs = kMillisecondsPerFrame;
constexpr double kAnswerMs = 2.0 * kEdgeReach / kEdgeAnswers;
constexpr std::size_t kOutside = 20;  // steps: of silence before the first word and after the last
constexpr double kShortestWord = 2;   // frames

using Index = std::ptrdiff_t;

std::size_t inside(Index at, std::size_t count) {
  return static_cast<std::size_t>(std::clamp<Index>(at, 0, static_cast<Index>(count) - 1));
}

float logOf(std::size_t steps) {
  return std::log(static_cast<float>(std::max<std::size_t>(steps, 1))) / 2;
}

// Two edges that the walk put into the same place are one boundary; a word is never turned round.
void settle(const std::vector<WordEdge>& edges, std::vector<FrameTimes>& times) {
  double end = 0;
  for (std::size_t e = 0; e + 1 < edges.size(); e += 2) {
    auto& time = times[edges[e].word];
    if (e > 0) {
      auto& before = times[edges[e - 1].word];
      if (edges[e - 1].step == edges[e].step || before.last > time.first) {
        before.last = time.first = (before.last + time.first) / 2;
      }
      if (before.last < before.first + kShortestWord) before.last = before.first + kShortestWord;
      end = before.last;
    }
    time.first = std::max(time.first, end);
    time.last = std::max(time.last, time.first + kShortestWord);
  }
}

}  // namespace

std::vector<WordEdge> wordEdges(const Alignment& alignment) {
  std::vector<WordEdge> edges;
  for (std::size_t w = 0; w < alignment.words.size(); ++w) {
    const auto& word = alignment.words[w];
    if (word.phones.empty()) continue;
    WordEdge edge;
    edge.word = w;
    edge.word_steps = word.steps().size();
    edge.word_phones = word.phones.size();
    edge.other = kSilence;
    edge.other_steps = kOutside;
    edge.step = word.steps().first;
    edge.own = word.phones.front().phone;
    edge.own_steps = word.phones.front().steps.size();
    if (!edges.empty()) {
      auto& before = edges.back();
      if (before.step < edge.step) {
        before.other_steps = edge.other_steps = edge.step - before.step;
      } else {
        edge.other = before.own;
        edge.other_steps = before.own_steps;
        before.other = edge.own;
        before.other_steps = edge.own_steps;
      }
    }
    edges.push_back(edge);
    edge.ends = true;
    edge.step = word.steps().last;
    edge.own = word.phones.back().phone;
    edge.own_steps = word.phones.back().steps.size();
    edge.other = kSilence;
    edge.other_steps = kOutside;
    edges.push_back(edge);
  }
  return edges;
}

void edgeFeatures(const WordEdge& edge, int moved, const Posteriors& posteriors,
                  std::span<const float> frames, std::span<float> into) {
  std::fill(into.begin(), into.end(), 0.0f);
  into[edge.own] = 1;
  into[kUnits + edge.other] = 1;
  auto* at = into.data() + 2 * kUnits;
  *at++ = edge.ends ? 1.0f : 0.0f;
  *at++ = edge.other == kSilence ? 1.0f : 0.0f;
  *at++ = logOf(edge.own_steps);
  *at++ = logOf(edge.other_steps);
  *at++ = logOf(edge.word_steps);
  *at++ = static_cast<float>(std::min<std::size_t>(edge.word_phones, 12)) / 5;
  const auto step = static_cast<Index>(edge.step) + moved;
  constexpr auto kAside = static_cast<Index>(edge::kSteps);
  for (Index s = step - kAside; s < step + kAside; ++s) {
    const auto chances = posteriors.at(inside(s, posteriors.steps()));
    *at++ = std::exp(chances[edge.own]);
    *at++ = std::exp(chances[edge.other]);
    *at++ = std::exp(chances[kSilence]);
  }
  const auto frame = step * static_cast<Index>(kFramesPerStep);
  constexpr auto kWide = static_cast<Index>(edge::kFrames);
  for (Index f = frame - kWide; f < frame + kWide; ++f) {
    const auto bands = frames.subspan(inside(f, frames.size() / kBands) * kBands, kBands);
    for (std::size_t b = 0; b < kBands; b += edge::kBandGroup) {
      float sum = 0;
      for (std::size_t k = 0; k < edge::kBandGroup; ++k) sum += bands[b + k];
      *at++ = std::clamp(sum / (2 * static_cast<float>(edge::kBandGroup)), -3.0f, 3.0f);
    }
  }
}

double edgeOffset(std::span<const float> answers) {
  // The answers' own order is not relied on: how many say yes, each as far as it does.
  double yes = 0;
  for (const float answer : answers) yes += 1 / (1 + std::exp(-4.0 * answer));
  return yes * kAnswerMs - kEdgeReach;
}

Result<BoundaryFinder> BoundaryFinder::open(const std::filesystem::path& file) {
  PRIMER_ASSIGN(auto net, WitnessNet::open(file, kShape, kIsNone));
  return BoundaryFinder(std::move(net));
}

Result<BoundaryFinder> BoundaryFinder::openShipped() {
  PRIMER_ASSIGN(auto net,
                WitnessNet::openShipped("pronunciation-boundaries.tflite", kShape, kIsNone));
  return BoundaryFinder(std::move(net));
}

Result<std::vector<FrameTimes>> BoundaryFinder::find(const Alignment& alignment,
                                                     const Posteriors& posteriors,
                                                     std::span<const std::int16_t> mel) {
  std::vector<FrameTimes> times(alignment.words.size());
  std::vector<float> frames(mel.size());
  normalise(mel, bandNorm(mel), frames);
  std::vector<float> features(edge::kFeatures), answers(kEdgeAnswers);
  const auto edges = wordEdges(alignment);
  for (const auto& edge : edges) {
    edgeFeatures(edge, 0, posteriors, frames, features);
    PRIMER_TRY(net_.weigh(features, answers));
    const double at =
        std::clamp(static_cast<double>(edge.step * kFramesPerStep) + edgeOffset(answers) / kFrameMs,
                   0.0, static_cast<double>(mel.size() / kBands));
    (edge.ends ? times[edge.word].last : times[edge.word].first) = at;
  }
  settle(edges, times);
  return times;
}

}  // namespace primer::pronunciation
