#include "primer/speech/kept_sound.h"

#include <sndfile.h>

#include <algorithm>
#include <string>

#include "primer/speech/audio_file.h"
#include "src/memory_file.h"

namespace primer::speech {

namespace {

constexpr std::size_t kMostSamples = kLongestKeptSeconds * kSampleRate;
constexpr double kCompression = 0.94;  // libsndfile's scale: 0 is 256 kbit/s, 1 is 6

}  // namespace

Result<std::vector<std::byte>> packSound(std::span<const std::int16_t> samples) {
  if (samples.empty()) return fail(ErrorCode::kInvalidArgument, "a sound without a sample");
  samples = samples.first(std::min(samples.size(), kMostSamples));
  MemoryFile memory;
  auto calls = MemoryFile::calls();
  SF_INFO about{};
  about.samplerate = kSampleRate;
  about.channels = 1;
  about.format = SF_FORMAT_OGG | SF_FORMAT_OPUS;
  SNDFILE* file = sf_open_virtual(&calls, SFM_WRITE, &about, &memory);
  if (file == nullptr) {
    return fail(ErrorCode::kUnsupported,
                std::string("a sound cannot be packed: ") + sf_strerror(nullptr));
  }
  double compression = kCompression;
  sf_command(file, SFC_SET_COMPRESSION_LEVEL, &compression, sizeof(compression));
  const auto count = static_cast<sf_count_t>(samples.size());
  const bool written = sf_write_short(file, samples.data(), count) == count;
  const bool closed = sf_close(file) == 0;
  if (!written || !closed) return fail(ErrorCode::kInternal, "a sound could not be packed");
  return memory.takeWritten();
}

Result<std::vector<std::int16_t>> unpackSound(std::span<const std::byte> bytes) {
  PRIMER_ASSIGN(auto file, AudioFile::inMemory(bytes, "a kept sound"));
  std::vector<std::int16_t> samples;
  std::vector<std::int16_t> block(kSampleRate);
  while (samples.size() < kMostSamples) {
    PRIMER_ASSIGN(const auto count, file.read(block));
    if (count == 0) break;
    samples.insert(samples.end(), block.begin(),
                   block.begin() + static_cast<std::ptrdiff_t>(count));
  }
  samples.resize(std::min(samples.size(), kMostSamples));
  return samples;
}

}  // namespace primer::speech
