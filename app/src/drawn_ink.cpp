#include "primer/app/drawn_ink.h"

#include <algorithm>

#include "primer/handwriting/drawn_digits.h"

namespace primer::app {

namespace {
constexpr float kWidthOfADigit = 0.9F;  // with the gap after it, in heights: the widest
constexpr float kShareOfTheHeight = 0.5F;
constexpr float kShareOfTheWidth = 0.8F;
}  // namespace

Ink drawNumberIn(const InkBox& box, const QString& number, std::uint32_t seed) {
  const float width = box.right - box.left;
  const float height = box.bottom - box.top;
  const auto digits = static_cast<float>(std::max<qsizetype>(1, number.size()));
  handwriting::PenStyle style;
  style.height =
      std::min(height * kShareOfTheHeight, width * kShareOfTheWidth / (digits * kWidthOfADigit));
  style.seed = seed;
  const float left = box.left + (width - digits * kWidthOfADigit * style.height) / 2;
  const float top = box.top + (height - style.height) / 2;
  return handwriting::drawNumber(number.toStdString(), left, top, style);
}

}  // namespace primer::app
