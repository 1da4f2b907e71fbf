#include "slower.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace primer::app {

namespace {

// At 16 kHz.
constexpr std::size_t kPiece = 240;   // 15 ms, faded over from one place to another
constexpr std::size_t kSearch = 160;  // 10 ms to each side: twice that holds a period of any voice

double likeness(const std::int16_t* a, const std::int16_t* b) {
  std::int64_t together = 0, alone = 0;
  for (std::size_t i = 0; i < kPiece; ++i) {
    together += std::int32_t{a[i]} * b[i];
    alone += std::int32_t{b[i]} * b[i];
  }
  return alone == 0 ? 0 : static_cast<double>(together) / std::sqrt(static_cast<double>(alone));
}

// The place near `wanted` where the sound goes on most like at `natural`.
std::size_t bestPlace(std::span<const std::int16_t> samples, std::size_t natural,
                      std::size_t wanted) {
  const auto first = wanted - std::min(wanted, kSearch);
  const auto last = std::min(wanted + kSearch, samples.size() - kPiece);
  auto best = std::min(wanted, last);
  double most = likeness(&samples[natural], &samples[best]);
  for (auto place = first; place <= last; ++place) {
    const double found = likeness(&samples[natural], &samples[place]);
    if (found <= most) continue;
    most = found;
    best = place;
  }
  return best;
}

}  // namespace

std::vector<std::int16_t> slower(std::span<const std::int16_t> samples, double share) {
  share = std::clamp(share, 0.4, 1.0);
  std::vector<std::int16_t> made;
  made.reserve(static_cast<std::size_t>(static_cast<double>(samples.size()) / share) + 2 * kPiece);
  // `natural`: where the sound would go on by itself.
  std::size_t natural = 0;
  while (natural + kPiece <= samples.size()) {
    const auto wanted = static_cast<std::size_t>(static_cast<double>(made.size()) * share);
    if (wanted + kPiece > samples.size()) break;
    const auto place = bestPlace(samples, natural, wanted);
    for (std::size_t i = 0; i < kPiece; ++i) {
      const double turn = static_cast<double>(i) / static_cast<double>(kPiece);
      const double come = 0.5 - 0.5 * std::cos(std::numbers::pi * turn);
      const double mixed = samples[natural + i] * (1 - come) + samples[place + i] * come;
      made.push_back(static_cast<std::int16_t>(std::lround(mixed)));
    }
    natural = place + kPiece;
  }
  made.insert(made.end(), samples.begin() + static_cast<std::ptrdiff_t>(natural), samples.end());
  return made;
}

}  // namespace primer::app
