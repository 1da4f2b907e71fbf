#include "primer/pronunciation/reading_follower.h"

#include <algorithm>
#include <string>

#include "src/followed_text.h"
#include "src/live_hearing.h"

namespace primer::pronunciation {

struct ReadingFollower::Impl {
  LiveHearing hearing;
  FollowedText text;
};

ReadingFollower::ReadingFollower(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ReadingFollower::~ReadingFollower() = default;
ReadingFollower::ReadingFollower(ReadingFollower&&) noexcept = default;
ReadingFollower& ReadingFollower::operator=(ReadingFollower&&) noexcept = default;

Result<ReadingFollower> ReadingFollower::create(const AcousticModel& acoustic,
                                                const std::vector<TextWord>& text) {
  if (text.empty()) return fail(ErrorCode::kInvalidArgument, "a text without words");
  if (text.size() > kMostWords) {
    return fail(ErrorCode::kLimitExceeded,
                "a text of " + std::to_string(text.size()) + " words; at most 5,000 are followed");
  }
  PRIMER_ASSIGN(auto hearing, LiveHearing::create(acoustic));
  return ReadingFollower(std::make_unique<Impl>(Impl{std::move(hearing), FollowedText(text)}));
}

Status ReadingFollower::hear(std::span<const std::int16_t> samples) {
  constexpr std::size_t kPiece = speech::LogMelOptions().sample_rate / 2;
  while (!samples.empty()) {
    const auto piece = samples.first(std::min(samples.size(), kPiece));
    samples = samples.subspan(piece.size());
    PRIMER_ASSIGN(const auto known, impl_->hearing.hear(piece));
    if (known.steps() == 0) continue;
    impl_->text.hear(known);
    impl_->text.update(false);
  }
  return {};
}

Status ReadingFollower::finish() {
  PRIMER_ASSIGN(const auto known, impl_->hearing.finish());
  impl_->text.hear(known);
  impl_->text.update(true);
  return {};
}

const ReadingProgress& ReadingFollower::progress() const { return impl_->text.progress(); }

}  // namespace primer::pronunciation
