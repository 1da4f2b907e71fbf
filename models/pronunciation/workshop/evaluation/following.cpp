#include "evaluation/following.h"

#include <algorithm>

#include "primer/speech/audio_file.h"

namespace primer::pronunciation::workshop {

namespace {

constexpr std::size_t kPiece = 512;  // samples: 32 ms, as a page reads them
constexpr double kEarly = -300;      // ms
constexpr double kSoon = 300;

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

}  // namespace

Status FollowingFigures::add(const AcousticModel& acoustic, const std::vector<TextWord>& text,
                             std::span<const std::int16_t> samples, const Judgement& judged) {
  if (judged.problem || judged.other_text) return {};
  PRIMER_ASSIGN(auto follower, ReadingFollower::create(acoustic, text));
  std::vector<double> lit(text.size(), -1);
  std::size_t heard = 0;
  const auto before = ThreadClock::now();
  const auto look = [&] {
    for (std::size_t w = 0; w < text.size(); ++w) {
      if (lit[w] < 0 && follower.progress().words[w].times > 0) {
        lit[w] = static_cast<double>(heard) * 1000 / speech::kSampleRate;
      }
    }
  };
  while (heard < samples.size()) {
    const auto piece = samples.subspan(heard, std::min(kPiece, samples.size() - heard));
    heard += piece.size();
    PRIMER_TRY(follower.hear(piece));
    look();
  }
  PRIMER_TRY(follower.finish());
  look();
  spent_ += ThreadClock::now() - before;
  seconds_ += static_cast<double>(samples.size()) / speech::kSampleRate;
  std::size_t w = 0;
  for (const auto& word : judged.words) {
    if (word.error == WordError::kInsertion) continue;
    if (word.time) {
      ++words_;
      const double delay = lit[w] - word.time->start_ms;
      if (lit[w] >= 0) {
        delay < kEarly ? void(++too_early_) : delays_.push_back(delay);
      }
    }
    ++w;
  }
  return {};
}

void FollowingFigures::put(toolkit::Metrics& metrics) const {
  const auto words = std::max(words_, 1.0);
  const auto soon =
      std::count_if(delays_.begin(), delays_.end(), [](double delay) { return delay <= kSoon; });
  metrics["following_lit_percent"] = 100 * static_cast<double>(delays_.size()) / words;
  metrics["following_within_300ms_percent"] = 100 * static_cast<double>(soon) / words;
  metrics["following_too_early_percent"] = 100 * too_early_ / words;
  metrics["following_delay_median_ms"] = percentile(delays_, 0.5);
  metrics["following_delay_90_percent_ms"] = percentile(delays_, 0.9);
  metrics["following_real_time_factor"] =
      std::chrono::duration<double>(spent_).count() / std::max(seconds_, 1e-9);
}

Result<std::vector<std::int16_t>> samplesOf(const std::filesystem::path& audio) {
  PRIMER_ASSIGN(auto file, speech::AudioFile::open(audio));
  std::vector<std::int16_t> samples(std::size_t{60} * speech::kSampleRate);
  PRIMER_ASSIGN(const auto count, file.read(samples));
  samples.resize(count);
  return samples;
}

}  // namespace primer::pronunciation::workshop
