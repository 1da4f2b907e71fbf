#include "spoken_evidence.h"

#include <algorithm>
#include <cmath>

#include "varint.h"

namespace primer::app {

namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kMostWords = 32;
constexpr std::size_t kLongestWord = 40;
constexpr float kSteps = 256;  // of a chance
constexpr std::uint64_t kMostTimes = 1u << 20;

}  // namespace

std::vector<std::byte> encodeEvidence(const SpokenEvidence& evidence) {
  std::vector<std::byte> out{static_cast<std::byte>(kVersion)};
  const auto& sounds = evidence.sounds;
  putVarint(out,
            static_cast<std::uint64_t>(std::count_if(
                sounds.begin(), sounds.end(), [](const auto& sound) { return sound.times > 0; })));
  for (std::size_t phone = 0; phone < sounds.size(); ++phone) {
    if (!(sounds[phone].times > 0)) continue;
    putVarint(out, phone);
    putVarint(out, static_cast<std::uint64_t>(sounds[phone].times));
    putVarint(out, static_cast<std::uint64_t>(std::lround(sounds[phone].wrong * kSteps)));
  }
  std::vector<std::string_view> words;
  for (const auto& word : evidence.hard_words) {
    if (!word.empty() && word.size() <= kLongestWord && words.size() < kMostWords) {
      words.push_back(word);
    }
  }
  putVarint(out, words.size());
  for (const auto word : words) {
    putVarint(out, word.size());
    for (const char c : word) out.push_back(static_cast<std::byte>(c));
  }
  return out;
}

Result<SpokenEvidence> decodeEvidence(std::span<const std::byte> bytes) {
  VarintReader in(bytes.empty() ? bytes : bytes.subspan(1), "evidence");
  if (bytes.empty() || bytes[0] == std::byte{0}) return in.damaged("has no version");
  if (std::to_integer<int>(bytes[0]) > kVersion) {
    return fail(ErrorCode::kNewerVersion, "evidence is of a later version", "evidence.newer");
  }
  SpokenEvidence evidence;
  PRIMER_ASSIGN(const auto sounds, in.varint());
  for (std::uint64_t i = 0; i < sounds; ++i) {
    PRIMER_ASSIGN(const auto phone, in.varint());
    PRIMER_ASSIGN(const auto times, in.varint());
    PRIMER_ASSIGN(const auto wrong, in.varint());
    if (phone >= evidence.sounds.size() || times > kMostTimes ||
        static_cast<float>(wrong) > static_cast<float>(times) * kSteps) {
      return in.damaged("tells of a sound that cannot be");
    }
    evidence.sounds[phone] = {static_cast<float>(times), static_cast<float>(wrong) / kSteps};
  }
  PRIMER_ASSIGN(const auto words, in.varint());
  for (std::uint64_t i = 0; i < words; ++i) {
    PRIMER_ASSIGN(const auto length, in.varint());
    if (length == 0 || length > kLongestWord) return in.damaged("has a word of no length");
    PRIMER_ASSIGN(auto word, in.text(length));
    evidence.hard_words.push_back(std::move(word));
  }
  if (in.left() != 0) return in.damaged("goes on after its last word");
  return evidence;
}

}  // namespace primer::app
