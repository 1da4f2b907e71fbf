#include "primer/handwriting/personal_templates.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace primer::handwriting {

namespace {

// "PHND", the version, the feature space, then the samples.
constexpr std::array<std::uint8_t, 4> kMagic = {'P', 'H', 'N', 'D'};
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kHeaderBytes = kMagic.size() + 1 + 8;
constexpr std::size_t kSampleBytes = 1 + PersonalTemplates::kFeatureCount;

constexpr float kSteps = 255;

// Measured on development writers (`ink-adapt`): how much samples say, by their number, and the
// cosine at which a sample says nothing, so that a symbol with samples has no start over those
// without: lower ones are better where every letter has samples, and harm where few have.
constexpr std::array<float, PersonalTemplates::kPerSymbol + 1> kWeight = {0, 9, 12, 15};
constexpr float kCommonCosine = 0.7f;
// Scores spread as samples speak: where all symbols have some, by this much more.
constexpr float kSpread = 0.4f;

bool isDigit(std::size_t symbol) {
  static const auto kDigits = SymbolSet::digits();
  return symbol != kJunk && kDigits.contains(symbol);
}

float lengthOf(std::span<const float> features) {
  float sum = 0;
  for (const float value : features) sum += value * value;
  return std::sqrt(sum);
}

}  // namespace

bool PersonalTemplates::add(std::size_t symbol, std::span<const float> features) {
  if (symbol >= kJunk || isDigit(symbol) || features.size() != kFeatureCount) return false;
  const float length = lengthOf(features);
  if (!(length > 0) || !std::isfinite(length)) return false;
  Template sample;
  sample.symbol = static_cast<std::uint8_t>(symbol);
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const float step = std::round(kSteps * features[i] / length);
    sample.direction[i] = static_cast<std::uint8_t>(std::clamp(step, 0.0f, kSteps));
  }
  if (count(symbol) == kPerSymbol) {
    templates_.erase(std::find_if(templates_.begin(), templates_.end(),
                                  [&](const auto& old) { return old.symbol == sample.symbol; }));
  }
  templates_.push_back(sample);
  return true;
}

std::size_t PersonalTemplates::count(std::size_t symbol) const {
  return static_cast<std::size_t>(
      std::count_if(templates_.begin(), templates_.end(),
                    [&](const auto& sample) { return sample.symbol == symbol; }));
}

void PersonalTemplates::adjust(std::span<float> scores, std::span<const float> features) const {
  const float length = lengthOf(features);
  if (templates_.empty() || !(length > 0)) return;
  std::array<float, kSymbolCount> nearest;
  std::array<std::uint8_t, kSymbolCount> counts{};
  nearest.fill(0);
  for (const auto& sample : templates_) {
    float product = 0;
    float square = 0;
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
      const float value = sample.direction[i];
      product += value * features[i];
      square += value * value;
    }
    const float cosine = product / (length * std::sqrt(square));
    nearest[sample.symbol] = std::max(nearest[sample.symbol], cosine);
    ++counts[sample.symbol];
  }
  for (std::size_t i = 0; i < kSymbolCount; ++i) {
    if (counts[i] > 0) scores[i] += kWeight[counts[i]] * (nearest[i] - kCommonCosine);
  }
}

float PersonalTemplates::spread(const SymbolSet& allowed) const {
  SymbolSet have;
  for (const auto& sample : templates_) have.add(sample.symbol);
  // Junk is in every set and has no samples.
  const auto all = static_cast<float>(std::max<std::size_t>(allowed.size() - 1, 1));
  return 1 + kSpread * static_cast<float>((allowed & have).size() - 1) / all;
}

std::vector<std::byte> PersonalTemplates::serialise() const {
  std::vector<std::byte> bytes;
  bytes.reserve(kHeaderBytes + kSampleBytes * templates_.size());
  const auto put = [&](std::uint64_t byte) {
    bytes.push_back(static_cast<std::byte>(byte & 0xff));
  };
  for (const auto letter : kMagic) put(letter);
  put(kVersion);
  for (int shift = 0; shift < 64; shift += 8) put(feature_space_ >> shift);
  for (const auto& sample : templates_) {
    put(sample.symbol);
    for (const auto step : sample.direction) put(step);
  }
  return bytes;
}

Result<PersonalTemplates> PersonalTemplates::parse(std::span<const std::byte> bytes) {
  const auto damaged = [](const std::string& why) {
    return fail(ErrorCode::kDamaged, "personal templates: " + why);
  };
  const auto at = [&](std::size_t i) { return std::to_integer<std::uint8_t>(bytes[i]); };
  if (bytes.size() < kHeaderBytes) return damaged("shorter than their head");
  for (std::size_t i = 0; i < kMagic.size(); ++i) {
    if (at(i) != kMagic[i]) return damaged("do not begin as they should");
  }
  if (at(kMagic.size()) != kVersion) {
    return fail(ErrorCode::kUnsupported, "personal templates: version " +
                                             std::to_string(at(kMagic.size())) +
                                             " is not of this program");
  }
  if ((bytes.size() - kHeaderBytes) % kSampleBytes != 0) return damaged("cut off");
  std::uint64_t space = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    space |= static_cast<std::uint64_t>(at(kMagic.size() + 1 + i)) << (8 * i);
  }
  PersonalTemplates templates(space);
  for (std::size_t from = kHeaderBytes; from < bytes.size(); from += kSampleBytes) {
    Template sample;
    sample.symbol = at(from);
    if (sample.symbol >= kJunk || isDigit(sample.symbol)) return damaged("a symbol is none");
    if (templates.count(sample.symbol) == kPerSymbol) return damaged("too many of one symbol");
    bool any = false;
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
      sample.direction[i] = at(from + 1 + i);
      any = any || sample.direction[i] != 0;
    }
    if (!any) return damaged("a sample is empty");
    templates.templates_.push_back(sample);
  }
  return templates;
}

}  // namespace primer::handwriting
