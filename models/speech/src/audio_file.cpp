#include "primer/speech/audio_file.h"

#include <samplerate.h>
#include <sndfile.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace primer::speech {

namespace {

constexpr std::size_t kBlock = 4096;  // frames read at a time
constexpr int kMostChannels = 16;
constexpr float kFullScale = 0.9985f;
constexpr int kShortestRun = 3;

struct CloseFile {
  void operator()(SNDFILE* file) const { sf_close(file); }
};
struct DeleteConverter {
  void operator()(SRC_STATE* state) const { src_delete(state); }
};

std::int16_t toSample(float value) {
  return static_cast<std::int16_t>(std::lround(std::clamp(value * 32768.0f, -32768.0f, 32767.0f)));
}

}  // namespace

struct AudioFile::Impl {
  std::string name;
  std::unique_ptr<SNDFILE, CloseFile> file;
  std::unique_ptr<SRC_STATE, DeleteConverter> converter;  // null where the rate is ours already
  double ratio = 1;
  int channels = 1;

  std::vector<float> interleaved;
  std::vector<float> mono;       // one block, of which `at` .. `filled` is not used yet
  std::vector<float> converted;  // scratch
  std::size_t at = 0;
  std::size_t filled = 0;
  bool ended = false;
  bool any = false;

  std::size_t seen = 0;
  std::size_t clipped = 0;
  int run = 0;

  void count(float sample) {
    ++seen;
    if (std::abs(sample) < kFullScale) {
      run = 0;
      return;
    }
    ++run;
    if (run == kShortestRun) clipped += kShortestRun;
    if (run > kShortestRun) ++clipped;
  }

  // The next block as mono; false at the end of what can be decoded.
  bool refill() {
    const auto frames = sf_readf_float(file.get(), interleaved.data(), kBlock);
    at = 0;
    filled = static_cast<std::size_t>(std::max<sf_count_t>(frames, 0));
    const auto width = static_cast<std::size_t>(channels);
    for (std::size_t i = 0; i < filled; ++i) {
      float sum = 0;
      for (std::size_t c = 0; c < width; ++c) {
        const float value = interleaved[i * width + c];
        if (std::isfinite(value)) sum += std::clamp(value, -4.0f, 4.0f);
      }
      mono[i] = sum / static_cast<float>(channels);
      count(mono[i]);
    }
    any = any || filled > 0;
    ended = filled == 0;
    return !ended;
  }
};

AudioFile::AudioFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AudioFile::~AudioFile() = default;
AudioFile::AudioFile(AudioFile&&) noexcept = default;
AudioFile& AudioFile::operator=(AudioFile&&) noexcept = default;

Result<AudioFile> AudioFile::open(const std::filesystem::path& path) {
  std::error_code problem;
  if (!std::filesystem::exists(path, problem)) {
    return fail(ErrorCode::kNotFound, path.string() + ": there is no such file");
  }
  if (!std::filesystem::is_regular_file(path, problem)) {
    return fail(ErrorCode::kIo, path.string() + ": is not a file");
  }
  auto impl = std::make_unique<Impl>();
  impl->name = path.string();
  SF_INFO about{};
  impl->file.reset(sf_open(path.c_str(), SFM_READ, &about));
  if (!impl->file) {
    return fail(ErrorCode::kDamaged, impl->name + ": cannot be decoded: " + sf_strerror(nullptr));
  }
  if (about.channels < 1 || about.channels > kMostChannels) {
    return fail(ErrorCode::kUnsupported, impl->name + ": " + std::to_string(about.channels) +
                                             " channels; 1 to 16 can be read");
  }
  if (about.samplerate < 4000 || about.samplerate > 384'000) {
    return fail(ErrorCode::kUnsupported, impl->name + ": " + std::to_string(about.samplerate) +
                                             " samples a second; 4,000 to 384,000 can be read");
  }
  impl->channels = about.channels;
  if (about.samplerate != kSampleRate) {
    int error = 0;
    impl->converter.reset(src_new(SRC_SINC_FASTEST, 1, &error));
    if (!impl->converter) return fail(ErrorCode::kInternal, src_strerror(error));
    impl->ratio = static_cast<double>(kSampleRate) / about.samplerate;
  }
  impl->interleaved.resize(kBlock * static_cast<std::size_t>(about.channels));
  impl->mono.resize(kBlock);
  return AudioFile(std::move(impl));
}

Result<std::size_t> AudioFile::read(std::span<std::int16_t> samples) {
  auto& s = *impl_;
  std::size_t made = 0;
  while (made < samples.size()) {
    if (s.at == s.filled && !s.ended) s.refill();
    const auto wanted = samples.subspan(made);
    if (!s.converter) {
      if (s.ended) break;
      const auto count = std::min(wanted.size(), s.filled - s.at);
      for (std::size_t i = 0; i < count; ++i) wanted[i] = toSample(s.mono[s.at + i]);
      s.at += count;
      made += count;
      continue;
    }
    s.converted.resize(wanted.size());
    SRC_DATA data{};
    data.data_in = s.mono.data() + s.at;
    data.input_frames = static_cast<long>(s.filled - s.at);
    data.data_out = s.converted.data();
    data.output_frames = static_cast<long>(wanted.size());
    data.src_ratio = s.ratio;
    data.end_of_input = s.ended ? 1 : 0;
    if (const int error = src_process(s.converter.get(), &data); error != 0) {
      return fail(ErrorCode::kInternal, s.name + ": " + src_strerror(error));
    }
    s.at += static_cast<std::size_t>(data.input_frames_used);
    const auto count = static_cast<std::size_t>(data.output_frames_gen);
    for (std::size_t i = 0; i < count; ++i) wanted[i] = toSample(s.converted[i]);
    made += count;
    if (s.ended && count == 0) break;
  }
  if (made == 0 && !s.any && !samples.empty()) {
    return fail(ErrorCode::kDamaged, s.name + ": holds no sound that can be decoded");
  }
  return made;
}

double AudioFile::clippedShare() const {
  return impl_->seen == 0 ? 0
                          : static_cast<double>(impl_->clipped) / static_cast<double>(impl_->seen);
}

}  // namespace primer::speech
