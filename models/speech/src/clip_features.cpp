#include "primer/speech/clip_features.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

namespace primer::speech {

namespace {

using Json = nlohmann::ordered_json;

// The first of `wanted` frames in a row that are loudest. A frame is as loud as its loudest band: a
// voice stands on few of them, where noise fills all.
std::size_t loudestPart(std::span<const std::int16_t> mel, std::size_t bands, std::size_t wanted) {
  const std::size_t count = mel.size() / bands;
  std::vector<std::int64_t> sums(count + 1, 0);
  for (std::size_t i = 0; i < count; ++i) {
    const auto frame = mel.subspan(i * bands, bands);
    sums[i + 1] = sums[i] + *std::max_element(frame.begin(), frame.end());
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i + wanted <= count; ++i) {
    if (sums[i + wanted] - sums[i] > sums[best + wanted] - sums[best]) best = i;
  }
  return best;
}

std::int64_t roundedMean(std::span<const std::int16_t> values) {
  const auto sum = std::accumulate(values.begin(), values.end(), std::int64_t{0});
  const auto count = static_cast<std::int64_t>(values.size());
  return (sum + count / 2) / count;  // no value is negative
}

}  // namespace

Json ClipOptions::describe() const {
  return {{"clip",
           {{"sample_rate", mel.sample_rate},
            {"window", mel.window},
            {"hop", mel.hop},
            {"bands", mel.bands},
            {"low_hz", mel.low_hz},
            {"high_hz", mel.high_hz},
            {"frames", frames},
            {"parts_per_doubling", LogMel::kPartsPerDoubling}}}};
}

Result<ClipOptions> ClipOptions::parse(const Json& preprocessing) {
  const auto refuse = [](const std::string& what) {
    return fail(ErrorCode::kInvalidArgument, "preprocessing of the model: " + what);
  };
  const auto clip = preprocessing.find("clip");
  if (clip == preprocessing.end() || !clip->is_object()) return refuse("no \"clip\"");
  std::string missing;
  const auto number = [&](const char* key) {
    const auto value = clip->find(key);
    if (value != clip->end() && value->is_number()) {
      const double given = value->get<double>();
      if (given >= 0 && given <= 1e6) return given;
    }
    if (missing.empty()) missing = key;
    return 0.0;
  };
  ClipOptions options;
  options.mel = {static_cast<int>(number("sample_rate")),
                 static_cast<int>(number("window")),
                 static_cast<int>(number("hop")),
                 static_cast<int>(number("bands")),
                 number("low_hz"),
                 number("high_hz")};
  options.frames = static_cast<int>(number("frames"));
  if (number("parts_per_doubling") != LogMel::kPartsPerDoubling) {
    return refuse("\"parts_per_doubling\" is not 256");
  }
  if (!missing.empty()) return refuse("\"" + missing + "\" is missing or out of range");
  return options;
}

Result<ClipOptions> ClipOptions::of(const inference::Model& model) {
  const auto entry = model.metadata("primer");
  if (!entry) {
    return fail(ErrorCode::kNotFound,
                std::string(model.name()) + " does not say how its input is prepared");
  }
  const auto* text = reinterpret_cast<const char*>(entry->data());
  std::size_t size = entry->size();
  while (size > 0 && text[size - 1] == '\0') --size;  // padding
  const auto told = Json::parse(text, text + size, nullptr, false);
  const auto part = told.is_object() ? told.find("preprocessing") : told.end();
  if (part == told.end() || !part->is_object()) {
    return fail(ErrorCode::kDamaged,
                std::string(model.name()) + ": its metadata has no \"preprocessing\"");
  }
  return parse(*part);
}

ClipFeatures::ClipFeatures(const ClipOptions& options, LogMel mel)
    : options_(options), mel_(std::move(mel)) {}

Result<ClipFeatures> ClipFeatures::create(const ClipOptions& options) {
  if (options.frames < 1 || options.frames > 1000) {
    return fail(ErrorCode::kInvalidArgument, "clip: frames must be 1 to 1000");
  }
  PRIMER_ASSIGN(auto mel, LogMel::create(options.mel));
  return ClipFeatures(options, std::move(mel));
}

std::size_t ClipFeatures::size() const {
  return static_cast<std::size_t>(options_.frames) * static_cast<std::size_t>(options_.mel.bands);
}

void ClipFeatures::make(std::span<const std::int16_t> samples, std::span<std::int16_t> features) {
  constexpr std::size_t kMostSeconds = 60;
  const auto bands = static_cast<std::size_t>(options_.mel.bands);
  const auto wanted = static_cast<std::size_t>(options_.frames);
  samples = samples.first(
      std::min(samples.size(), kMostSeconds * static_cast<std::size_t>(options_.mel.sample_rate)));
  std::fill(features.begin(), features.end(), std::int16_t{0});
  const auto mel = mel_.frames(samples);
  const std::size_t count = mel.size() / bands;
  if (count == 0) return;
  const std::size_t taken = std::min(count, wanted);
  const std::size_t first = count > wanted ? loudestPart(mel, bands, wanted) : 0;
  const std::size_t before = (wanted - taken) / 2;
  const auto part = std::span(mel).subspan(first * bands, taken * bands);
  const auto mean = roundedMean(part);
  std::transform(part.begin(), part.end(),
                 features.begin() + static_cast<std::ptrdiff_t>(before * bands),
                 [mean](std::int16_t value) { return static_cast<std::int16_t>(value - mean); });
}

}  // namespace primer::speech
