#include "scorer/rated_features.h"

#include <cmath>
#include <cstdint>
#include <fstream>

namespace primer::pronunciation::workshop {

namespace {

template <typename T>
void put(std::ofstream& file, const T* values, std::size_t count) {
  file.write(reinterpret_cast<const char*>(values),
             static_cast<std::streamsize>(count * sizeof(T)));
}

template <typename T>
void get(std::ifstream& file, T* values, std::size_t count) {
  file.read(reinterpret_cast<char*>(values), static_cast<std::streamsize>(count * sizeof(T)));
}

}  // namespace

Status writeRated(const std::filesystem::path& path, const RatedFeatures& rated) {
  std::ofstream file(path, std::ios::binary);
  const auto count = static_cast<std::uint32_t>(rated.samples.size());
  put(file, &count, 1);
  put(file, rated.durations.mean.data(), kPhones);
  put(file, rated.durations.deviation.data(), kPhones);
  for (const auto& sample : rated.samples) {
    const std::uint32_t head[] = {static_cast<std::uint32_t>(sample.utterance),
                                  static_cast<std::uint32_t>(sample.kind),
                                  static_cast<std::uint32_t>(sample.features.rows.size())};
    put(file, head, 3);
    for (std::size_t i = 0; i < sample.features.rows.size(); ++i) {
      const auto& row = sample.features.rows[i];
      const std::uint32_t at[] = {static_cast<std::uint32_t>(row.word),
                                  static_cast<std::uint32_t>(row.place),
                                  static_cast<std::uint32_t>(sample.said[i])};
      put(file, at, 3);
    }
    put(file, sample.features.values.data(), sample.features.values.size());
  }
  return file ? Status() : fail(ErrorCode::kIo, path.string() + " cannot be written");
}

Result<RatedFeatures> readRated(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(ErrorCode::kNotFound,
                path.string() + " is not there; pronunciation-features makes it");
  }
  RatedFeatures rated;
  std::uint32_t count = 0;
  get(file, &count, 1);
  get(file, rated.durations.mean.data(), kPhones);
  get(file, rated.durations.deviation.data(), kPhones);
  for (std::uint32_t i = 0; i < count && file; ++i) {
    std::uint32_t head[3] = {};
    get(file, head, 3);
    if (!file || head[2] > 100'000) break;
    RatedSample sample;
    sample.utterance = head[0];
    sample.kind = static_cast<SampleKind>(head[1]);
    for (std::uint32_t p = 0; p < head[2]; ++p) {
      std::uint32_t at[3] = {};
      get(file, at, 3);
      sample.features.rows.push_back({at[0], at[1]});
      sample.said.push_back(static_cast<Said>(at[2]));
    }
    sample.features.values.resize(head[2] * kPhoneFeatures);
    get(file, sample.features.values.data(), sample.features.values.size());
    rated.samples.push_back(std::move(sample));
  }
  if (!file || rated.samples.size() != count) {
    return fail(ErrorCode::kDamaged, path.string() + " is cut short or of another version");
  }
  return rated;
}

PhoneDurations measureDurations(const std::vector<Alignment>& alignments) {
  std::array<double, kPhones> sum{}, squares{}, count{};
  for (const auto& alignment : alignments) {
    for (const auto& word : alignment.words) {
      for (const auto& said : word.phones) {
        const double length = std::log(static_cast<double>(said.steps.size()));
        sum[said.phone] += length;
        squares[said.phone] += length * length;
        count[said.phone] += 1;
      }
    }
  }
  PhoneDurations durations;
  for (std::size_t p = 0; p < kPhones; ++p) {
    const double n = std::max(count[p], 1.0), mean = sum[p] / n;
    durations.mean[p] = static_cast<float>(mean);
    durations.deviation[p] =
        static_cast<float>(std::max(std::sqrt(std::max(squares[p] / n - mean * mean, 0.0)), 0.2));
  }
  return durations;
}

std::vector<TextWord> textOf(const Utterance& utterance) {
  std::vector<TextWord> text;
  for (const auto& word : utterance.words) text.push_back({word.text, {word.ways[0]}});
  return text;
}

}  // namespace primer::pronunciation::workshop
