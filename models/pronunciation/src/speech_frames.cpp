#include "primer/pronunciation/speech_frames.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace primer::pronunciation {

namespace {

constexpr int kPart = speech::LogMel::kPartsPerDoubling;
constexpr int kLouder = 8 * kPart;      // 24 dB under the loud frames still counts as loud
constexpr int kAboveFloor = 2 * kPart;  // and 6 dB over the quiet ones is asked for
constexpr std::size_t kMargin = 25;     // frames: a quarter of a second
constexpr float kLeastDeviation = kPart / 2.0f;

// Speech as it usually is: how far the bands lie from their mean, of 300 recordings of the training
// speakers, and how much each of them varies.
constexpr std::array<int, kBands> kUsualColour = {
    368,  921,  1117, 1128, 939,  944,  1042, 1004, 873,  709,   503,   347,  223,  113,
    58,   -17,  -59,  -89,  -107, -136, -184, -228, -253, -233,  -189,  -197, -274, -319,
    -288, -237, -269, -395, -492, -564, -658, -780, -913, -1053, -1092, -1264};
constexpr double kUsualDeviation = 940;

// The loudness from which a frame counts as loud.
int louderThan(const std::vector<int>& levels) {
  auto sorted = levels;
  std::sort(sorted.begin(), sorted.end());
  const int loud = sorted[sorted.size() * 95 / 100];
  const int quiet = sorted[sorted.size() / 20];
  return std::min(loud, std::max(loud - kLouder, quiet + kAboveFloor));
}

std::vector<int> levelsOf(std::span<const std::int16_t> mel) {
  std::vector<int> levels(mel.size() / kBands);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    levels[i] = loudness(mel.subspan(i * kBands, kBands));
  }
  return levels;
}

}  // namespace

speech::LogMelOptions melOptions() {
  speech::LogMelOptions options;
  options.bands = kBands;
  return options;
}

int loudness(std::span<const std::int16_t> frame) {
  int sum = 0;
  for (const auto band : frame) sum += band;
  return sum / static_cast<int>(frame.size());
}

FrameRange spokenPart(std::span<const std::int16_t> mel) {
  const auto levels = levelsOf(mel);
  if (levels.empty()) return {};
  const int least = louderThan(levels);
  // Two frames in a row: a click is no speech.
  std::size_t first = levels.size(), last = 0;
  for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
    if (levels[i] < least || levels[i + 1] < least) continue;
    first = std::min(first, i);
    last = i + 2;
  }
  if (last == 0) return {0, levels.size()};
  return {first - std::min(first, kMargin), std::min(last + kMargin, levels.size())};
}

BandNorm bandNorm(std::span<const std::int16_t> mel) { return cautiousNorm(mel, 0); }

BandNorm cautiousNorm(std::span<const std::int16_t> mel, double frames) {
  const auto levels = levelsOf(mel);
  BandNorm norm{std::vector<float>(kBands, 0.0f), std::vector<float>(kBands, 1.0f)};
  if (levels.empty()) return norm;
  const int least = louderThan(levels);
  std::vector<double> sum(kBands, 0), squares(kBands, 0);
  double count = 0, level = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i] < least) continue;
    ++count;
    level += levels[i];
    for (std::size_t b = 0; b < kBands; ++b) {
      const double value = mel[i * kBands + b];
      sum[b] += value;
      squares[b] += value * value;
    }
  }
  level /= count;
  for (std::size_t b = 0; b < kBands; ++b) {
    const double usual = level + kUsualColour[b];
    const double all = count + frames;
    const double mean = (sum[b] + frames * usual) / all;
    const double square =
        (squares[b] + frames * (usual * usual + kUsualDeviation * kUsualDeviation)) / all;
    const double deviation = std::sqrt(std::max(square - mean * mean, 0.0));
    norm.mean[b] = static_cast<float>(mean);
    norm.inverse[b] = 1.0f / std::max(static_cast<float>(deviation), kLeastDeviation);
  }
  return norm;
}

void normalise(std::span<const std::int16_t> mel, const BandNorm& norm, std::span<float> features) {
  for (std::size_t i = 0; i < mel.size(); ++i) {
    const auto band = i % kBands;
    features[i] = (static_cast<float>(mel[i]) - norm.mean[band]) * norm.inverse[band];
  }
}

}  // namespace primer::pronunciation
