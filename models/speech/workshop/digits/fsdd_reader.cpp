#include "digits/fsdd_reader.h"

#include <sndfile.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>

namespace primer::speech::workshop {

namespace {

constexpr sf_count_t kMostSamples = 60 * kFsddSampleRate;

Result<std::vector<std::int16_t>> readRecording(const std::filesystem::path& path) {
  SF_INFO about{};
  const std::unique_ptr<SNDFILE, int (*)(SNDFILE*)> file(sf_open(path.c_str(), SFM_READ, &about),
                                                         sf_close);
  if (!file) {
    const auto code = std::filesystem::exists(path) ? ErrorCode::kDamaged : ErrorCode::kNotFound;
    return fail(code, path.string() + ": " + sf_strerror(nullptr));
  }
  if (about.channels != 1 || about.samplerate != kFsddSampleRate) {
    return fail(ErrorCode::kDamaged, path.string() + ": one channel of 8000 Hz is expected, not " +
                                         std::to_string(about.channels) + " of " +
                                         std::to_string(about.samplerate) + " Hz");
  }
  // A header may lie about the length: what can be read counts.
  std::vector<std::int16_t> samples(
      static_cast<std::size_t>(std::clamp<sf_count_t>(about.frames, 0, kMostSamples)));
  const auto read =
      sf_readf_short(file.get(), samples.data(), static_cast<sf_count_t>(samples.size()));
  samples.resize(static_cast<std::size_t>(std::max<sf_count_t>(read, 0)));
  if (samples.empty()) return fail(ErrorCode::kDamaged, path.string() + ": holds no sound");
  return samples;
}

int digitOf(const std::string& word) {
  static const char* const kWords[] = {"zero", "one", "two",   "three", "four",
                                       "five", "six", "seven", "eight", "nine"};
  const auto it = std::find(std::begin(kWords), std::end(kWords), word);
  return it == std::end(kWords) ? -1 : static_cast<int>(it - std::begin(kWords));
}

}  // namespace

Result<std::vector<SpokenDigit>> readFsdd(const std::filesystem::path& data) {
  const auto folder = data / "speech" / "fsdd";
  const auto list = folder / "utts.tsv";
  std::ifstream file(list);
  if (!file) return fail(ErrorCode::kNotFound, list.string() + " is not there");
  std::vector<SpokenDigit> digits;
  std::string line;
  std::getline(file, line);  // the names of the columns
  for (int number = 2; std::getline(file, line); ++number) {
    std::istringstream fields(line);
    std::string id, seconds, split, speaker, text;
    std::getline(fields, id, '\t');
    std::getline(fields, seconds, '\t');
    std::getline(fields, split, '\t');
    std::getline(fields, speaker, '\t');
    std::getline(fields, text, '\t');
    const int digit = digitOf(text);
    if (digit < 0 || speaker.empty() || id.find('/') != std::string::npos) {
      return fail(ErrorCode::kDamaged, list.string() + ":" + std::to_string(number) +
                                           ": not an id, seconds, split, speaker and a digit");
    }
    if (split != "train") continue;
    PRIMER_ASSIGN(auto samples, readRecording(folder / "opus" / (id + ".opus")));
    digits.push_back({std::move(samples), static_cast<std::uint8_t>(digit), speaker});
  }
  if (digits.empty()) {
    return fail(ErrorCode::kDamaged, list.string() + ": no recordings to train on");
  }
  return digits;
}

}  // namespace primer::speech::workshop
