#include "paper/stroke_ahead.h"

#include <cmath>

namespace primer::ui {
namespace {

constexpr double kWindowMs = 25;
constexpr double kFrameMs = 16;
constexpr double kOfAFrame = 0.8;   // the best of .6 to 1 on written strokes
constexpr double kLeastSpread = 4;  // ms; of events that came at once nothing can be told
constexpr double kStanding = 0.5;   // units: not worth drawing

}  // namespace

std::optional<QPointF> aheadOf(const Stroke& stroke) {
  if (stroke.size() < 2) return std::nullopt;
  const double now = double(stroke.back().t);
  double count = 0;
  double sum_t = 0;
  QPointF sum;
  std::size_t first = stroke.size();
  while (first > 0 && now - double(stroke[first - 1].t) <= kWindowMs) {
    const InkPoint& point = stroke[--first];
    count += 1;
    sum_t += double(point.t);
    sum += QPointF(double(point.x), double(point.y));
  }
  if (count < 2 || now - double(stroke[first].t) < kLeastSpread) return std::nullopt;
  const double mean_t = sum_t / count;
  const QPointF mean = sum / count;
  double spread = 0;
  QPointF along;
  for (std::size_t i = first; i < stroke.size(); ++i) {
    const double t = double(stroke[i].t) - mean_t;
    spread += t * t;
    along += (QPointF(double(stroke[i].x), double(stroke[i].y)) - mean) * t;
  }
  QPointF way = along / spread * (kFrameMs * kOfAFrame);
  const double length = std::hypot(way.x(), way.y());
  if (!(length >= kStanding)) return std::nullopt;
  if (length > kMostAhead) way *= kMostAhead / length;
  return QPointF(double(stroke.back().x), double(stroke.back().y)) + way;
}

}  // namespace primer::ui
