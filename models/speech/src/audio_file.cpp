#include "primer/speech/audio_file.h"

#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "primer/speech/clipping.h"
#include "src/memory_file.h"

namespace primer::speech {

namespace {

constexpr std::size_t kBlock = 4096;  // frames read at a time
constexpr int kMostChannels = 16;

struct CloseFile {
  void operator()(SNDFILE* file) const { sf_close(file); }
};
}  // namespace

struct AudioFile::Impl {
  std::string name;
  MemoryFile memory;  // of what is read from there; outlives `file`
  std::unique_ptr<SNDFILE, CloseFile> file;
  std::optional<Resampler> resampler;
  int channels = 1;

  std::vector<float> interleaved;
  std::vector<float> mono;  // one block, of which `at` .. `filled` is not used yet
  std::size_t at = 0;
  std::size_t filled = 0;
  bool ended = false;
  bool any = false;

  ClippingCount clipping;

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
      clipping.take(mono[i]);
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
  return begin(std::move(impl), about.channels, about.samplerate);
}

Result<AudioFile> AudioFile::inMemory(std::span<const std::byte> bytes, const std::string& name) {
  auto impl = std::make_unique<Impl>();
  impl->name = name;
  impl->memory = MemoryFile(bytes);
  SF_INFO about{};
  auto calls = MemoryFile::calls();
  impl->file.reset(sf_open_virtual(&calls, SFM_READ, &about, &impl->memory));
  return begin(std::move(impl), about.channels, about.samplerate);
}

Result<AudioFile> AudioFile::begin(std::unique_ptr<Impl> impl, int channels, int rate) {
  if (!impl->file) {
    return fail(ErrorCode::kDamaged, impl->name + ": cannot be decoded: " + sf_strerror(nullptr));
  }
  if (channels < 1 || channels > kMostChannels) {
    return fail(ErrorCode::kUnsupported,
                impl->name + ": " + std::to_string(channels) + " channels; 1 to 16 can be read");
  }
  auto resampler = Resampler::create(rate);
  if (!resampler) {
    return fail(resampler.error().code, impl->name + ": " + resampler.error().message);
  }
  impl->resampler = std::move(*resampler);
  impl->channels = channels;
  impl->interleaved.resize(kBlock * static_cast<std::size_t>(channels));
  impl->mono.resize(kBlock);
  return AudioFile(std::move(impl));
}

Result<std::size_t> AudioFile::read(std::span<std::int16_t> samples) {
  auto& s = *impl_;
  std::size_t made = 0;
  while (made < samples.size()) {
    if (s.at == s.filled && !s.ended) s.refill();
    const auto progress = s.resampler->process(std::span(s.mono).subspan(s.at, s.filled - s.at),
                                               samples.subspan(made), s.ended);
    s.at += progress.used;
    made += progress.made;
    if (s.ended && progress.made == 0) break;
  }
  if (made == 0 && !s.any && !samples.empty()) {
    return fail(ErrorCode::kDamaged, s.name + ": holds no sound that can be decoded");
  }
  return made;
}

double AudioFile::clippedShare() const { return impl_->clipping.share(); }

}  // namespace primer::speech
