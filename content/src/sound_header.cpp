#include "sound_header.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace primer::content {

namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kMostChannels = 16;
constexpr std::uint64_t kLowestRate = 4'000, kHighestRate = 384'000;  // as primer/speech reads
constexpr std::uint64_t kOpusRate = 48'000;  // Opus counts its samples at this rate, always

Error damaged(const std::string& what) { return Error(ErrorCode::kDamaged, what); }

// Bytes from the beginning of a file; nothing is read beyond their end.
class Bytes {
 public:
  explicit Bytes(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::size_t size() const { return bytes_.size(); }
  bool holds(std::size_t at, std::size_t count) const {
    return at <= bytes_.size() && count <= bytes_.size() - at;
  }
  bool isAt(std::size_t at, std::string_view text) const {
    if (!holds(at, text.size())) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (byte(at + i) != static_cast<unsigned char>(text[i])) return false;
    }
    return true;
  }
  // To be asked only for what it holds.
  std::uint64_t byte(std::size_t at) const { return std::to_integer<std::uint64_t>(bytes_[at]); }
  std::uint64_t lowFirst(std::size_t at, std::size_t count) const {
    std::uint64_t number = 0;
    for (std::size_t i = count; i-- > 0;) number = number << 8 | byte(at + i);
    return number;
  }
  std::uint64_t highFirst(std::size_t at, std::size_t count) const {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < count; ++i) number = number << 8 | byte(at + i);
    return number;
  }

 private:
  std::span<const std::byte> bytes_;
};

Result<milliseconds> lengthOf(std::uint64_t frames, std::uint64_t rate, std::uint64_t channels) {
  if (channels < 1 || channels > kMostChannels) {
    return fail(ErrorCode::kUnsupported,
                "has " + std::to_string(channels) + " channels; 1 to 16 can be read");
  }
  if (rate < kLowestRate || rate > kHighestRate) {
    return fail(ErrorCode::kUnsupported,
                "has " + std::to_string(rate) + " samples a second; 4000 to 384000 can be read");
  }
  constexpr std::uint64_t kMostFrames = std::uint64_t{1} << 48;
  return milliseconds(static_cast<std::int64_t>(std::min(frames, kMostFrames) * 1000 / rate));
}

// RIFF: chunks of a name, a size and an even number of bytes.
Result<milliseconds> lengthOfWav(const Bytes& file) {
  struct Format {
    std::uint64_t channels, rate, frame;
  };
  std::optional<Format> format;
  for (std::size_t at = 12; file.holds(at, 8);) {
    const auto size = file.lowFirst(at + 4, 4);
    const auto inside = at + 8;
    if (file.isAt(at, "fmt ") && size >= 16 && file.holds(inside, 16)) {
      const auto coding = file.lowFirst(inside, 2);
      // Plain, float, A-law, mu-law, and what tells its coding further on.
      if (coding != 1 && coding != 3 && coding != 6 && coding != 7 && coding != 0xFFFE) {
        return fail(ErrorCode::kUnsupported, "is a WAV file of a coding that cannot be read");
      }
      format = Format{file.lowFirst(inside + 2, 2), file.lowFirst(inside + 4, 4),
                      file.lowFirst(inside + 12, 2)};
    }
    if (file.isAt(at, "data")) {
      if (!format || format->frame == 0) break;
      const auto there = std::min<std::uint64_t>(size, file.size() - inside);
      return lengthOf(there / format->frame, format->rate, format->channels);
    }
    const auto step = 8 + size + size % 2;
    if (step > file.size() - at) break;
    at += static_cast<std::size_t>(step);
  }
  return fail(damaged("is a WAV file that is cut short"));
}

// The first block of a FLAC file is the description of its stream.
Result<milliseconds> lengthOfFlac(const Bytes& file) {
  constexpr std::size_t kStream = 8;
  if (!file.holds(kStream, 34) || file.byte(4) % 128 != 0) {
    return fail(damaged("is a FLAC file that is cut short"));
  }
  const auto packed =
      file.highFirst(kStream + 10, 8);  // 20 bits rate, 3 channels, 5 bits, 36 count
  const auto frames = packed & ((std::uint64_t{1} << 36) - 1);
  if (frames == 0) return fail(damaged("is a FLAC file that does not say how long it is"));
  return lengthOf(frames, packed >> 44, (packed >> 41 & 7) + 1);
}

// Pages, each with the number of samples up to its end.
Result<milliseconds> lengthOfOgg(const Bytes& file) {
  constexpr std::size_t kPageHead = 27;
  constexpr std::uint64_t kNoCount = ~std::uint64_t{0};
  std::uint64_t frames = 0;
  std::uint64_t skipped = 0, rate = 0, channels = 0;
  for (std::size_t at = 0; at < file.size();) {
    if (!file.isAt(at, "OggS") || !file.holds(at, kPageHead) ||
        !file.holds(at + kPageHead, static_cast<std::size_t>(file.byte(at + 26)))) {
      return fail(damaged("is an Ogg file that is cut short"));
    }
    const auto segments = static_cast<std::size_t>(file.byte(at + 26));
    std::size_t size = 0;
    for (std::size_t i = 0; i < segments; ++i) {
      size += static_cast<std::size_t>(file.byte(at + kPageHead + i));
    }
    const auto inside = at + kPageHead + segments;
    if (!file.holds(inside, size)) return fail(damaged("is an Ogg file that is cut short"));
    if (at == 0) {
      if (size >= 19 && file.isAt(inside, "OpusHead")) {
        channels = file.byte(inside + 9);
        skipped = file.lowFirst(inside + 10, 2);
        rate = kOpusRate;
      } else if (size >= 30 && file.isAt(inside, "\x01vorbis")) {
        channels = file.byte(inside + 11);
        rate = file.lowFirst(inside + 12, 4);
      } else {
        return fail(ErrorCode::kUnsupported, "is an Ogg file, but neither Opus nor Vorbis");
      }
    }
    const auto count = file.lowFirst(at + 6, 8);
    if (count != kNoCount) frames = std::max(frames, count);
    at = inside + size;
  }
  return lengthOf(frames - std::min(frames, skipped), rate, channels);
}

}  // namespace

Result<milliseconds> lengthOfSound(std::span<const std::byte> bytes) {
  const Bytes file(bytes);
  if (file.isAt(0, "RIFF") && file.isAt(8, "WAVE")) return lengthOfWav(file);
  if (file.isAt(0, "fLaC")) return lengthOfFlac(file);
  if (file.isAt(0, "OggS")) return lengthOfOgg(file);
  return fail(damaged("is no sound that can be read: WAV, FLAC and Ogg (Opus or Vorbis) can"));
}

}  // namespace primer::content
