#pragma once

// Which phone sounds in which frame of the corpus: found by walking through what was said, with the
// scores of Gaussians (the first time) or of the acoustic model.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "data/corpus.h"
#include "primer/pronunciation/best_path.h"

namespace primer::pronunciation::workshop {

// Every word in each of its ways, with a pause allowed before, between and after them. Each phone
// takes `states` nodes, whose unit is phone * unit_step + state * state_step.
struct SpokenGraph {
  PathGraph path;
  std::vector<Phone> phone;         // of a node
  std::vector<std::int32_t> word;   // of a node; -1: a pause
  std::vector<std::int32_t> place;  // of the phone in its word
  std::vector<std::int32_t> way;
};
struct GraphStates {
  int states = 1;
  int unit_step = 1;
  int state_step = 0;
};
SpokenGraph spokenGraph(const std::vector<SaidWord>& words, const GraphStates& options);

// A label every 20 ms, as the acoustic model gives them; kNoLabel: not to be learned from.
constexpr std::uint8_t kNoLabel = 255;

struct Labels {
  std::vector<std::uint8_t> labels;  // all utterances, one after the other
  std::vector<std::size_t> first;    // of each utterance

  std::span<const std::uint8_t> of(std::size_t utterance) const;
};

inline std::size_t labelCount(std::size_t frames) { return (frames + 1) / 2; }

// Labels from a walk: `node_of` gives the node of each label. Phones that raters hold for badly
// said (below `least` of 2) are left out.
void putLabels(const Utterance& utterance, const SpokenGraph& graph,
               const std::vector<std::int32_t>& nodes, double least, std::span<std::uint8_t> into);

Status writeLabels(const std::filesystem::path& path, const Labels& labels);
Result<Labels> readLabels(const std::filesystem::path& path, const Corpus& corpus);

}  // namespace primer::pronunciation::workshop
