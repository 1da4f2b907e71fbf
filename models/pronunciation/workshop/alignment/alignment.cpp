#include "alignment/alignment.h"

#include <algorithm>
#include <fstream>

namespace primer::pronunciation::workshop {

namespace {

class GraphMaker {
 public:
  GraphMaker(SpokenGraph& graph, const GraphStates& options) : graph_(graph), options_(options) {}

  void make(const std::vector<SaidWord>& words) {
    std::vector<std::int32_t> open;  // ends that the next word may follow
    pause(open, true);
    for (std::size_t w = 0; w < words.size(); ++w) {
      std::vector<std::int32_t> ends;
      for (std::size_t way = 0; way < words[w].ways.size(); ++way) {
        auto before = open;
        const auto& phones = words[w].ways[way];
        for (std::size_t p = 0; p < phones.size(); ++p) {
          const bool begins = w == 0 && p == 0;
          before = {phone(phones[p], before, begins)};
          last(w, p, way);
        }
        ends.push_back(before[0]);
      }
      open = ends;
      pause(open, false);
    }
    for (const auto node : open) graph_.path.nodes[static_cast<std::size_t>(node)].end = 0;
  }

 private:
  // Adds the states of a phone; gives the last of them.
  std::int32_t phone(Phone phone, const std::vector<std::int32_t>& before, bool begins) {
    std::int32_t node = -1;
    for (int s = 0; s < options_.states; ++s) {
      const int unit = phone * options_.unit_step + s * options_.state_step;
      node = s == 0 ? graph_.path.add(unit, before)
                    : graph_.path.add(unit, std::vector<std::int32_t>{node});
      if (s == 0 && begins) graph_.path.nodes[static_cast<std::size_t>(node)].start = 0;
      graph_.phone.push_back(phone);
      graph_.word.push_back(-1);
      graph_.place.push_back(0);
      graph_.way.push_back(0);
    }
    return node;
  }

  // The nodes of the phone just added belong to a word.
  void last(std::size_t word, std::size_t place, std::size_t way) {
    for (std::size_t s = 0; s < static_cast<std::size_t>(options_.states); ++s) {
      const auto at = graph_.word.size() - 1 - s;
      graph_.word[at] = static_cast<std::int32_t>(word);
      graph_.place[at] = static_cast<std::int32_t>(place);
      graph_.way[at] = static_cast<std::int32_t>(way);
    }
  }

  // A pause that may be left out: what follows can come from it or from before it.
  void pause(std::vector<std::int32_t>& open, bool begins) {
    open.push_back(phone(kSilence, open, begins));
  }

  SpokenGraph& graph_;
  GraphStates options_;
};

}  // namespace

SpokenGraph spokenGraph(const std::vector<SaidWord>& words, const GraphStates& options) {
  SpokenGraph graph;
  GraphMaker(graph, options).make(words);
  return graph;
}

std::span<const std::uint8_t> Labels::of(std::size_t utterance) const {
  const auto end = utterance + 1 < first.size() ? first[utterance + 1] : labels.size();
  return std::span(labels).subspan(first[utterance], end - first[utterance]);
}

void putLabels(const Utterance& utterance, const SpokenGraph& graph,
               const std::vector<std::int32_t>& nodes, double least, std::span<std::uint8_t> into) {
  for (std::size_t i = 0; i < into.size(); ++i) {
    const auto node = static_cast<std::size_t>(nodes[i]);
    into[i] = graph.phone[node];
    if (graph.word[node] < 0 || !utterance.ratings) continue;
    const auto& word = utterance.ratings->phones[static_cast<std::size_t>(graph.word[node])];
    if (word[static_cast<std::size_t>(graph.place[node])] < least) into[i] = kNoLabel;
  }
}

Status writeLabels(const std::filesystem::path& path, const Labels& labels) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(labels.labels.data()),
             static_cast<std::streamsize>(labels.labels.size()));
  return file ? Status() : fail(ErrorCode::kIo, path.string() + " cannot be written");
}

Result<Labels> readLabels(const std::filesystem::path& path, const Corpus& corpus) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) {
    return fail(ErrorCode::kNotFound,
                path.string() + " is not there; pronunciation-align makes it");
  }
  Labels labels;
  labels.labels.resize(static_cast<std::size_t>(file.tellg()));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(labels.labels.data()),
            static_cast<std::streamsize>(labels.labels.size()));
  std::size_t total = 0;
  for (const auto& u : corpus.utterances) {
    labels.first.push_back(total);
    total += labelCount(u.frames);
  }
  if (total != labels.labels.size()) {
    return fail(ErrorCode::kDamaged, path.string() + " does not belong to this corpus");
  }
  return labels;
}

}  // namespace primer::pronunciation::workshop
