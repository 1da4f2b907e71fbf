#include "primer/speech/resampler.h"

#include <samplerate.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace primer::speech {

namespace {

constexpr std::size_t kBlock = 1024;  // samples made at a time

struct DeleteConverter {
  void operator()(SRC_STATE* state) const { src_delete(state); }
};

}  // namespace

std::int16_t toSample(float value) {
  if (!std::isfinite(value)) return 0;
  return static_cast<std::int16_t>(std::lround(std::clamp(value * 32768.0f, -32768.0f, 32767.0f)));
}

struct Resampler::Impl {
  std::unique_ptr<SRC_STATE, DeleteConverter> converter;  // null where the rate is ours already
  double ratio = 1;
  std::array<float, kBlock> made{};
};

Resampler::Resampler(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Resampler::~Resampler() = default;
Resampler::Resampler(Resampler&&) noexcept = default;
Resampler& Resampler::operator=(Resampler&&) noexcept = default;

Result<Resampler> Resampler::create(int rate) {
  if (rate < kLowestRate || rate > kHighestRate) {
    return fail(ErrorCode::kUnsupported,
                std::to_string(rate) + " samples a second; 4,000 to 384,000 can be read");
  }
  auto impl = std::make_unique<Impl>();
  if (rate != kSampleRate) {
    int error = 0;
    impl->converter.reset(src_new(SRC_SINC_FASTEST, 1, &error));
    if (!impl->converter) return fail(ErrorCode::kInternal, src_strerror(error));
    impl->ratio = static_cast<double>(kSampleRate) / rate;
  }
  return Resampler(std::move(impl));
}

Resampler::Progress Resampler::process(std::span<const float> mono, std::span<std::int16_t> samples,
                                       bool last) {
  if (!impl_->converter) {
    const auto count = std::min(mono.size(), samples.size());
    std::transform(mono.begin(), mono.begin() + static_cast<std::ptrdiff_t>(count), samples.begin(),
                   toSample);
    return {count, count};
  }
  Progress progress;
  while (progress.made < samples.size()) {
    SRC_DATA data{};
    data.data_in = mono.data() + progress.used;
    data.input_frames = static_cast<long>(mono.size() - progress.used);
    data.data_out = impl_->made.data();
    data.output_frames = static_cast<long>(std::min(kBlock, samples.size() - progress.made));
    data.src_ratio = impl_->ratio;
    data.end_of_input = last ? 1 : 0;
    // It fails on arguments out of order only, and these are not.
    if (src_process(impl_->converter.get(), &data) != 0) break;
    progress.used += static_cast<std::size_t>(data.input_frames_used);
    const auto count = static_cast<std::size_t>(data.output_frames_gen);
    std::transform(impl_->made.begin(), impl_->made.begin() + data.output_frames_gen,
                   samples.begin() + static_cast<std::ptrdiff_t>(progress.made), toSample);
    progress.made += count;
    if (count == 0 && data.input_frames_used == 0) break;
  }
  return progress;
}

}  // namespace primer::speech
