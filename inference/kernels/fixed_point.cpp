#include "kernels/fixed_point.h"

#include <cmath>

namespace primer::inference {

namespace {
constexpr int kMaxShift = 30;
constexpr double kTooLarge = 1 << kMaxShift;
}  // namespace

Multiplier quantizeMultiplier(double factor) {
  if (factor == 0.0) return {};
  if (!(factor < kTooLarge)) return {std::numeric_limits<std::int32_t>::max(), kMaxShift};
  Multiplier result;
  const double fraction = std::frexp(factor, &result.shift);
  auto rounded = static_cast<std::int64_t>(std::round(fraction * (std::int64_t{1} << 31)));
  if (rounded == (std::int64_t{1} << 31)) {
    rounded /= 2;
    ++result.shift;
  }
  if (result.shift < -31) return {};
  result.value = static_cast<std::int32_t>(rounded);
  return result;
}

std::optional<int> powerOfTwo(float scale) {
  constexpr double kNear = 1e-3;
  const double exact = std::log2(static_cast<double>(scale));
  const double rounded = std::round(exact);
  if (!(std::abs(exact - rounded) < kNear)) return std::nullopt;  // not a number is far as well
  return static_cast<int>(rounded);
}

}  // namespace primer::inference
