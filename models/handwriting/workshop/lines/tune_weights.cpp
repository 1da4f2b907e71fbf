#include "lines/tune_weights.h"

#include <array>
#include <cstdio>

#include "lines/line_figures.h"

namespace primer::handwriting::workshop {

namespace {

using lines::ReadingWeights;

struct Knob {
  const char* name;
  float ReadingWeights::*weight;
  float step;
};

constexpr std::array<Knob, 6> kKnobs = {{
    {"one", &ReadingWeights::one, 1.35f},
    {"classes", &ReadingWeights::classes, 1.35f},
    {"layout", &ReadingWeights::layout, 1.35f},
    {"plausibility", &ReadingWeights::plausibility, 1.35f},
    {"alike", &ReadingWeights::alike, 2.0f},
    {"token", &ReadingWeights::token, 1.5f},
}};

}  // namespace

ScoredLine scoreLine(const MadeNotation& made, lines::GroupScorer& scorer) {
  ScoredLine line;
  line.strokes = lines::takeStrokes(made.ink);
  line.groups = proposeLineGroups(line.strokes);
  line.scores = scorer.score(line.strokes, line.groups);
  line.latex = made.latex;
  return line;
}

double worthOf(const std::vector<ScoredLine>& lines, const ReadingWeights& weights) {
  LineTally tally;
  for (const auto& line : lines) {
    tally.add(findReadings(line.strokes, line.groups, line.scores, SymbolSet::all(), weights),
              line.latex);
  }
  return tally.exactPercent() + tally.withinThreePercent() / 4;
}

ReadingWeights tuneWeights(const std::vector<ScoredLine>& lines, ReadingWeights weights,
                           int rounds) {
  double best = worthOf(lines, weights);
  std::fprintf(stderr, "start: %.3f\n", best);
  for (int round = 0; round < rounds; ++round) {
    for (const auto& knob : kKnobs) {
      for (const float factor : {knob.step, 1 / knob.step}) {
        auto tried = weights;
        tried.*knob.weight *= factor;
        const double worth = worthOf(lines, tried);
        std::fprintf(stderr, "%s %.3f: %.3f%s\n", knob.name,
                     static_cast<double>(tried.*knob.weight), worth, worth > best ? " better" : "");
        if (worth <= best) continue;
        best = worth;
        weights = tried;
        break;
      }
    }
  }
  return weights;
}

}  // namespace primer::handwriting::workshop
