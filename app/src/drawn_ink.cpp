#include "primer/app/drawn_ink.h"

#include <algorithm>

#include "primer/handwriting/drawn_columns.h"
#include "primer/handwriting/drawn_digits.h"
#include "printed_layout.h"

namespace primer::app {

namespace {
constexpr float kWidthOfADigit = 0.9F;  // with the gap after it, in heights: the widest
constexpr float kDigitInCell = 0.62F;
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

Ink drawSumIn(const InkBox& box, const QString& first, const QString& second,
              const QString& result) {
  auto sum = handwriting::workColumns(handwriting::ColumnMethod::kSum,
                                      {first.toStdString(), second.toStdString()}, false);
  if (!sum) return {};
  sum->result = result.toStdString();
  auto ink = handwriting::drawColumns(*sum);
  if (ink.empty()) return {};
  const auto& any = ink.strokes.front().front();
  InkBox drawn{any.x, any.y, any.x, any.y};
  for (const auto& stroke : ink.strokes) {
    for (const auto& point : stroke) {
      drawn.left = std::min(drawn.left, point.x);
      drawn.top = std::min(drawn.top, point.y);
      drawn.right = std::max(drawn.right, point.x);
      drawn.bottom = std::max(drawn.bottom, point.y);
    }
  }
  const float factor = std::min((box.right - box.left) / (drawn.right - drawn.left),
                                (box.bottom - box.top) / (drawn.bottom - drawn.top));
  for (auto& stroke : ink.strokes) {
    for (auto& point : stroke) {
      point.x = box.left + (point.x - drawn.left) * factor;
      point.y = box.top + (point.y - drawn.top) * factor;
    }
  }
  return ink;
}

Ink drawDivisionIn(const SheetPaper::Division& at, const DivisionView& division,
                   const QString& quotient, const QString& carries, const QString& remainder,
                   std::uint32_t seed) {
  const auto problem = division.dividend + QStringLiteral(" ÷ ") + division.divisor +
                       (division.remainder ? QStringLiteral(" with remainder") : QString());
  const auto printed = printedDivision(problem.toStdString(), at);
  if (!printed) return {};
  handwriting::ColumnText text;
  text.method = handwriting::ColumnMethod::kDivision;
  text.result = quotient.toStdString();
  text.carries = carries.toStdString();
  text.remainder = remainder.toStdString();
  handwriting::PenStyle pen;
  pen.height = kDigitInCell;
  pen.seed = seed;
  return handwriting::drawInto(*printed, text, pen);
}

}  // namespace primer::app
