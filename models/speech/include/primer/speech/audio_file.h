#pragma once

// A recording from a file as 16 kHz mono, block by block: WAV, FLAC, Ogg Opus and Vorbis
// (libsndfile) at any rate (libsamplerate). The file is not held in memory, and its header is not
// believed: what can be read counts.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "primer/base/result.h"
#include "primer/speech/resampler.h"

namespace primer::speech {

// One thread at a time.
class AudioFile {
 public:
  // kNotFound; kDamaged for what is no recording; kUnsupported for more than 16 channels or a rate
  // outside of 4 to 384 kHz. The Error names the file.
  static Result<AudioFile> open(const std::filesystem::path& path);
  // The same of a file's bytes, which must outlive this; `name` stands in errors.
  static Result<AudioFile> inMemory(std::span<const std::byte> bytes, const std::string& name);
  ~AudioFile();
  AudioFile(AudioFile&&) noexcept;
  AudioFile& operator=(AudioFile&&) noexcept;

  // The next samples; fewer than asked for at the end, then none. Channels are averaged. What is no
  // number reads as silence. kDamaged where not one sample could be decoded.
  Result<std::size_t> read(std::span<std::int16_t> samples);

  // Of the samples read so far, before any change of rate: those that were cut off (clipping.h).
  double clippedShare() const;

 private:
  struct Impl;
  static Result<AudioFile> begin(std::unique_ptr<Impl> impl, int channels, int rate);
  explicit AudioFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::speech
