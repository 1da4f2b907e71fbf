#include "primer/pronunciation/panel.h"

#include <string>

#include "primer/base/share.h"
#include "src/odds.h"

namespace primer::pronunciation {

namespace {

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
  for (auto& phone : sums.phones) {
    phone.score /= count;
    phone.wrong = chanceOf(phone.wrong / count);
  }
  for (auto& word : sums.words) {
    word.accuracy /= count;
    word.total /= count;
    word.said = chanceOf(word.said / count);
  }
  sums.sentence.accuracy /= count;
  sums.sentence.fluency /= count;
  sums.sentence.prosody /= count;
  sums.sentence.total /= count;
}

}  // namespace

Result<Panel> Panel::open(const std::vector<std::filesystem::path>& names) {
  std::vector<Member> members;
  for (const auto& name : names) {
    PRIMER_ASSIGN(auto acoustic, AcousticModel::open({name.string() + "-phones.tflite"}));
    PRIMER_ASSIGN(auto scorer, Scorer::openNumbered(name.string() + "-scorer.tflite"));
    members.push_back({std::move(acoustic), std::move(scorer)});
  }
  return Panel(std::move(members));
}

Result<Panel> Panel::openShipped() {
  std::vector<std::filesystem::path> names;
  while (true) {
    const auto name = "pronunciation-panel-" + std::to_string(names.size() + 1);
    const auto path = shareFolder() / "models" / name;
    std::error_code problem;
    if (!std::filesystem::exists(path.string() + "-phones.tflite", problem)) return open(names);
    names.push_back(path);
  }
}

Status Panel::hear(std::span<const std::int16_t> mel) {
  heard_.clear();
  for (auto& member : members_) {
    PRIMER_ASSIGN(auto posteriors, member.acoustic.run(mel));
    heard_.push_back(std::move(posteriors));
  }
  return {};
}

Status Panel::join(const Alignment& walk, Scores& scores) {
  if (members_.empty()) return {};
  if (heard_.size() != members_.size()) {
    return fail(ErrorCode::kInvalidArgument, "the panel has heard nothing that it could judge");
  }
  Scores sums = scores;
  for (auto& phone : sums.phones) phone.wrong = oddsOf(phone.wrong);
  for (auto& word : sums.words) word.said = oddsOf(word.said);
  for (std::size_t m = 0; m < members_.size(); ++m) {
    PRIMER_ASSIGN(const auto more, members_[m].scorer.score(walk, heard_[m]));
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
