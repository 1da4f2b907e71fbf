#include "primer/pronunciation/panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "primer/base/share.h"

namespace primer::pronunciation {

namespace {

float oddsOf(float chance) {
  const float inside = std::clamp(chance, 1e-6f, 1 - 1e-6f);
  return std::log(inside / (1 - inside));
}

// Sums over the panel: chances as log odds, as a scorer averages its nets.
void add(const Scores& more, Scores& sums) {
  for (std::size_t i = 0; i < sums.phones.size(); ++i) {
    sums.phones[i].score += more.phones[i].score;
    sums.phones[i].wrong += oddsOf(more.phones[i].wrong);
  }
  for (std::size_t w = 0; w < sums.words.size(); ++w) {
    sums.words[w].accuracy += more.words[w].accuracy;
    sums.words[w].total += more.words[w].total;
    sums.words[w].said += oddsOf(more.words[w].said);
  }
  sums.sentence.accuracy += more.sentence.accuracy;
  sums.sentence.fluency += more.sentence.fluency;
  sums.sentence.prosody += more.sentence.prosody;
  sums.sentence.total += more.sentence.total;
}

void divide(Scores& sums, float count) {
  const auto chanceOf = [count](float odds) { return 1 / (1 + std::exp(-odds / count)); };
  for (auto& phone : sums.phones) {
    phone.score /= count;
    phone.wrong = chanceOf(phone.wrong);
  }
  for (auto& word : sums.words) {
    word.accuracy /= count;
    word.total /= count;
    word.said = chanceOf(word.said);
  }
  sums.sentence.accuracy /= count;
  sums.sentence.fluency /= count;
  sums.sentence.prosody /= count;
  sums.sentence.total /= count;
}

}  // namespace

Result<Panel> Panel::openShipped() {
  std::vector<Member> members;
  while (true) {
    const auto name = "pronunciation-panel-" + std::to_string(members.size() + 1);
    const auto phones = shareFolder() / "models" / (name + "-phones.tflite");
    std::error_code problem;
    if (!std::filesystem::exists(phones, problem)) return Panel(std::move(members));
    PRIMER_ASSIGN(auto acoustic, AcousticModel::open({phones}));
    PRIMER_ASSIGN(auto scorer, Scorer::openShipped(name + "-scorer"));
    members.push_back({std::move(acoustic), std::move(scorer)});
  }
}

Status Panel::join(const Alignment& walk, std::span<const std::int16_t> mel, Scores& scores) {
  if (members_.empty()) return {};
  Scores sums = scores;
  for (auto& phone : sums.phones) phone.wrong = oddsOf(phone.wrong);
  for (auto& word : sums.words) word.said = oddsOf(word.said);
  for (auto& member : members_) {
    PRIMER_ASSIGN(const auto posteriors, member.acoustic.run(mel));
    PRIMER_ASSIGN(const auto more, member.scorer.score(walk, posteriors));
    add(more, sums);
  }
  divide(sums, static_cast<float>(members_.size() + 1));
  for (std::size_t w = 0; w < scores.words.size(); ++w) {
    // A word without phones has no chance that a mean could be made of.
    if (walk.words[w].phones.empty()) sums.words[w] = scores.words[w];
  }
  scores = std::move(sums);
  return {};
}

}  // namespace primer::pronunciation
