#include "listening.h"

#include <algorithm>
#include <utility>

#include "primer/speech/resampler.h"
#include "trouble_words.h"

namespace primer::app {

namespace {

using pronunciation::FollowedMark;
using pronunciation::ReadingProgress;

WordLight lightOf(FollowedMark mark) {
  switch (mark) {
    case FollowedMark::kNow:
      return WordLight::kNow;
    case FollowedMark::kRead:
      return WordLight::kSaid;
    case FollowedMark::kLeftOut:
      return WordLight::kPassed;
    case FollowedMark::kToCome:
      break;
  }
  return WordLight::kToCome;
}

}  // namespace

Listening::Listening(const pronunciation::AcousticModel& acoustic,
                     std::vector<pronunciation::TextWord> text, std::unique_ptr<SoundSource> source,
                     const ListeningOptions& options)
    : acoustic_(&acoustic),
      text_(std::move(text)),
      source_(std::move(source)),
      options_(options),
      block_(speech::kSampleRate / 2) {}

Result<Listening> Listening::begin(const pronunciation::AcousticModel& acoustic,
                                   std::vector<pronunciation::TextWord> text,
                                   std::unique_ptr<SoundSource> source,
                                   const ListeningOptions& options) {
  Listening listening(acoustic, std::move(text), std::move(source), options);
  PRIMER_TRY(listening.beginAnew());
  // Where there is nothing to hear from, health() says so and the source keeps looking.
  if (!listening.source_->start()) listening.broken_ = true;
  return listening;
}

Status Listening::beginAnew() {
  PRIMER_ASSIGN(auto follower, pronunciation::ReadingFollower::create(*acoustic_, text_));
  PRIMER_ASSIGN(auto recording, pronunciation::RecordingMaker::create());
  follower_ = std::move(follower);
  recording_ = std::move(recording);
  sound_ = std::make_shared<HeardSound>();
  return {};
}

Result<HeardNow> Listening::tick() {
  bool begun_again = false;
  while (!over_) {
    const auto count = source_->read(block_);
    const auto health = source_->health();
    if (health.interruptions != interruptions_) {
      // Half a sentence cannot be judged: it is forgotten, and said again when it is back.
      interruptions_ = health.interruptions;
      broken_ = true;
      PRIMER_TRY(beginAnew());
    }
    if (count > 0) {
      begun_again = begun_again || std::exchange(broken_, false);
      const auto samples = std::span<const std::int16_t>(block_).first(count);
      PRIMER_TRY(recording_->hear(samples));
      PRIMER_TRY(follower_->hear(samples));
      sound_->samples.insert(sound_->samples.end(), samples.begin(), samples.end());
    }
    over_ = health.state == SoundState::kEnded || endsHere(follower_->progress());
    if (count < block_.size()) break;
  }
  auto told = now();
  told.begun_again = begun_again;
  return told;
}

bool Listening::endsHere(const ReadingProgress& progress) const {
  const auto longest = static_cast<std::size_t>(options_.longest.count()) *
                       static_cast<std::size_t>(speech::kSampleRate) / 1000;
  if (sound_->samples.size() >= longest) return true;
  if (!options_.ends_by_itself) return false;
  const bool read_out = progress.words.back().times > 0;
  if (read_out && progress.silent_ms >= kQuietAfterLast) return true;
  if (options_.patient) return progress.silent_ms >= kQuietPatient;
  const bool spoken = progress.heard_ms > progress.silent_ms;
  return progress.silent_ms >= (spoken ? kQuietWithin : kQuietBefore);
}

ListenTrouble Listening::troubleOfSource() const {
  switch (source_->health().state) {
    case SoundState::kNoMicrophone:
      return ListenTrouble::kNoMicrophone;
    case SoundState::kLost:
      return ListenTrouble::kLost;
    default:
      return ListenTrouble::kNone;
  }
}

HeardNow Listening::now() const {
  const auto& progress = follower_->progress();
  HeardNow heard;
  heard.trouble = troubleOfSource();
  heard.trouble_words = troubleWords(heard.trouble);
  heard.level = heard.trouble == ListenTrouble::kNone ? source_->level() : 0;
  for (const auto& word : progress.words) heard.words.push_back(lightOf(word.mark));
  heard.now = progress.now ? static_cast<int>(*progress.now) : -1;
  heard.heard_ms = progress.heard_ms;
  heard.silent_ms = progress.silent_ms;
  return heard;
}

Heard Listening::take() && {
  Heard heard;
  heard.trouble = troubleOfSource();
  const double clipped = source_->health().clipped_share;
  source_->stop();
  heard.recording = std::move(*recording_).take(clipped);
  heard.sound = std::move(sound_);
  return heard;
}

}  // namespace primer::app
