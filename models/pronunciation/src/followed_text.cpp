#include "src/followed_text.h"

#include <algorithm>

namespace primer::pronunciation {

namespace {

using Kind = PassageGraph::Kind;

constexpr std::size_t kSettled = 2000 / kMillisecondsPerStep;  // steps until a word is not in doubt
constexpr std::size_t kRemembered = 2 * kSettled;
constexpr float kBeam = 120;  // nats: nearer than align()'s, which has time

// Nothing is skipped lightly while reading: a word passed over is told the child at once.
AlignmentOptions liveAlignment() {
  AlignmentOptions options;
  options.omission = -20;
  options.insertion = -8;
  options.repetition = -12;
  options.prior = 0;  // what is common is entered less early
  return options;
}

PassageGraph liveGraph(const std::vector<TextWord>& text) {
  auto graph = passageGraph(text, liveAlignment());
  graph.path.beam = kBeam;
  return graph;
}

int millisecondsAt(std::size_t step) { return static_cast<int>(step) * kMillisecondsPerStep; }

}  // namespace

FollowedText::FollowedText(const std::vector<TextWord>& text)
    : graph_(liveGraph(text)), walk_(graph_.path, kRemembered) {
  settled_.words.resize(text.size());
  progress_.words = settled_.words;
}

void FollowedText::hear(const Posteriors& steps) {
  static const auto options = liveAlignment();
  std::vector<float> scores(kPassageUnits);
  for (std::size_t step = 0; step < steps.steps(); ++step) {
    passageScores(steps.at(step), options, scores);
    walk_.step(scores);
    // In time, even where much comes at once.
    if (walk_.frames() - settled_steps_ >= kRemembered) update(false);
  }
}

void FollowedText::update(bool settle) {
  const auto recent = walk_.recent();
  const auto end = walk_.frames();
  const auto begin = end - recent.size();
  const auto certain = settle ? end : end - std::min(end, kSettled);
  for (; settled_steps_ < certain && !recent.empty(); ++settled_steps_) {
    if (settled_steps_ < begin) continue;
    follow(recent[settled_steps_ - begin], settled_steps_, true, settled_);
  }
  auto account = settled_;
  for (auto step = std::max(settled_steps_, begin); step < end; ++step) {
    follow(recent[step - begin], step, false, account);
  }
  tell(account);
}

void FollowedText::follow(std::int32_t node, std::size_t step, bool settled,
                          Account& account) const {
  const auto& place = graph_.places[static_cast<std::size_t>(node)];
  const bool entered = node != account.node;
  account.node = node;
  if (place.kind == Kind::kPause) return;
  account.sound_ms = millisecondsAt(step + 1);
  if (place.kind != Kind::kWord || !entered || place.phone != 0) return;
  const auto word = static_cast<std::size_t>(place.word);
  if (account.now && account.words[*account.now].mark == FollowedMark::kNow) {
    account.words[*account.now].mark = FollowedMark::kRead;
  }
  if (settled) {
    for (auto passed = account.next; passed < word; ++passed) {
      account.words[passed].mark = FollowedMark::kLeftOut;
    }
  }
  auto& begun = account.words[word];
  begun.mark = FollowedMark::kNow;
  begun.begun_ms = millisecondsAt(step);
  ++begun.times;
  ++account.begun;
  account.now = word;
  account.next = std::max(account.next, word + 1);
  if (account.first_ms < 0) account.first_ms = begun.begun_ms;
}

void FollowedText::tell(const Account& account) {
  progress_.words = account.words;
  progress_.now = account.now;
  progress_.heard_ms = millisecondsAt(walk_.frames());
  progress_.silent_ms = progress_.heard_ms - account.sound_ms;
  progress_.said = 0;
  for (const auto& word : account.words) progress_.said += word.times > 0 ? 1 : 0;
  progress_.repeated = account.begun - progress_.said;
  constexpr std::size_t kFewest = 3;
  progress_.words_per_minute.reset();
  if (progress_.said >= kFewest) {
    const auto minutes =
        static_cast<float>(std::max(account.sound_ms - account.first_ms, 1)) / 60'000;
    progress_.words_per_minute = static_cast<float>(progress_.said) / minutes;
  }
}

}  // namespace primer::pronunciation
