#include "src/learning_curve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace primer::toolkit {

namespace {

constexpr double kWidth = 720, kLeft = 78, kRight = 24;
constexpr double kPlot = kWidth - kLeft - kRight;
constexpr const char* kInk = "#2b2d42";
constexpr const char* kFaint = "#6c7086";
constexpr const char* kGrid = "#e3e5ee";
constexpr const char* kFigureColour = "#1f6f8b";
constexpr const char* kLossColour = "#c8553d";

struct Point {
  double epoch;
  double value;
};

struct Scale {
  double low;
  double high;
  double step;  // between the lines of the grid
};

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return safe;
}

std::vector<Point> pointsOf(const Json& history, const std::string& key) {
  std::vector<Point> points;
  for (const auto& entry : history) {
    if (!entry.is_object() || !entry.contains("epoch") || !entry.contains(key)) continue;
    if (!entry["epoch"].is_number() || !entry[key].is_number()) continue;
    const Point point{entry["epoch"].get<double>(), entry[key].get<double>()};
    const bool sound = point.epoch >= 1 && point.epoch <= 1e6 && std::isfinite(point.value);
    if (sound) points.push_back(point);
  }
  return points;
}

// 1, 2 or 5 times a power of ten, for about `lines` of them.
double niceStep(double range, int lines) {
  const double raw = range / lines;
  const double power = std::pow(10, std::floor(std::log10(raw)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= raw * 0.999) return factor * power;
  }
  return 10 * power;
}

// Which end of a curve is the good one: it stays in the picture.
enum class Better { kHigher, kLower };

// Of a long training the bad end of the first sixth may fall out of the picture, so that what
// matters is not pressed flat.
Scale scaleOf(const std::vector<Point>& points, Better better) {
  if (points.empty()) return {0, 1, 0.5};
  const auto first =
      points.begin() + static_cast<std::ptrdiff_t>(points.size() >= 12 ? points.size() / 6 : 0);
  const auto lower = [](Point a, Point b) { return a.value < b.value; };
  const auto least =
      std::min_element(better == Better::kLower ? points.begin() : first, points.end(), lower);
  const auto most =
      std::max_element(better == Better::kHigher ? points.begin() : first, points.end(), lower);
  double low = least->value, high = most->value;
  if (high - low < 1e-9 * std::max(1.0, std::abs(high))) {
    const double margin = std::max(std::abs(high) * 0.05, 1e-3);
    low -= margin;
    high += margin;
  }
  const double step = niceStep(high - low, 4);
  return {std::floor(low / step) * step, std::ceil(high / step) * step, step};
}

std::string numberText(double value, double step) {
  const int digits = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
  return fmt::format("{:.{}f}", std::abs(value) < step * 1e-6 ? 0.0 : value, digits);
}

std::string words(double x, double y, const char* anchor, const char* colour, int size,
                  const std::string& text, const char* more = "") {
  return fmt::format(
      "  <text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" fill=\"{}\" "
      "font-size=\"{}\"{}>{}</text>\n",
      x, y, anchor, colour, size, more, text);
}

std::string line(double x1, double y1, double x2, double y2, const char* colour, double width) {
  return fmt::format(
      "  <line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" "
      "stroke-width=\"{}\"/>\n",
      x1, y1, x2, y2, colour, width);
}

// One graph over the epochs.
class Panel {
 public:
  Panel(double top, double height, double last_epoch, const std::vector<Point>& points,
        Better better)
      : top_(top),
        height_(height),
        last_(last_epoch),
        points_(points),
        scale_(scaleOf(points, better)) {}

  std::string drawn(const std::string& name, const char* colour) const {
    std::string svg =
        words(kLeft, top_ - 12, "start", colour, 13, escaped(name), " font-weight=\"600\"");
    const int lines = static_cast<int>(std::lround((scale_.high - scale_.low) / scale_.step));
    for (int i = 0; i <= lines; ++i) {
      const double value = scale_.low + scale_.step * i;
      svg += line(kLeft, y(value), kWidth - kRight, y(value), kGrid, 1);
      svg += words(kLeft - 8, y(value) + 4, "end", kFaint, 11, numberText(value, scale_.step));
    }
    if (points_.empty()) return svg;
    svg += fmt::format(
        "  <path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\" "
        "stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n",
        path(), colour);
    if (points_.size() <= 40) {
      for (const auto& point : points_) {
        if (!inside(point.value)) continue;
        svg += fmt::format("  <circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.2\" fill=\"{}\"/>\n",
                           x(point.epoch), y(point.value), colour);
      }
    }
    return svg;
  }

  // A ring around the first of the highest points, and what it is.
  std::string bestMarked(const char* colour) const {
    if (points_.empty()) return "";
    const auto best = std::max_element(points_.begin(), points_.end(),
                                       [](Point a, Point b) { return a.value < b.value; });
    const double at = x(best->epoch), height = y(best->value);
    const char* anchor = at > kLeft + kPlot * 0.75   ? "end"
                         : at < kLeft + kPlot * 0.25 ? "start"
                                                     : "middle";
    const auto text = fmt::format("best {} in epoch {:.0f}",
                                  numberText(best->value, scale_.step / 100), best->epoch);
    const double under = std::min(height + 24, top_ + height_ - 8);
    return fmt::format(
               "  <circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"6\" fill=\"white\" fill-opacity=\"0.6\" "
               "stroke=\"{}\" stroke-width=\"2\"/>\n",
               at, height, colour) +
           words(at, under, anchor, "white", 12, text,
                 " font-weight=\"600\" stroke=\"white\" stroke-width=\"4\"") +
           words(at, under, anchor, kInk, 12, text, " font-weight=\"600\"");
  }

  std::string epochAxis() const {
    std::string svg = line(kLeft, bottom(), kWidth - kRight, bottom(), kInk, 1);
    const int last = static_cast<int>(std::lround(last_));
    const int step =
        static_cast<int>(std::lround(std::max(1.0, niceStep(std::max(last_ - 1, 1.0), 8))));
    const auto tick = [&](int epoch) {
      svg += line(x(epoch), bottom(), x(epoch), bottom() + 5, kInk, 1);
      svg += words(x(epoch), bottom() + 19, "middle", kFaint, 11, std::to_string(epoch));
    };
    tick(1);
    int shown = 1;
    for (int epoch = step > 1 ? step : 2; epoch <= last; epoch += step) tick(shown = epoch);
    if (2 * (last - shown) > step) tick(last);
    return svg + words(kLeft + kPlot / 2, bottom() + 40, "middle", kInk, 12,
                       "epochs (passes over the training data)");
  }

 private:
  bool inside(double value) const { return value >= scale_.low && value <= scale_.high; }

  // The line through all points, cut off where it leaves the scale (viewers differ on clip paths).
  std::string path() const {
    std::string told;
    bool drawing = false;
    const auto go = [&](double epoch, double value) {
      told += fmt::format("{}{:.1f} {:.1f}",
                          drawing        ? " L"
                          : told.empty() ? "M"
                                         : " M",
                          x(epoch), y(value));
      drawing = true;
    };
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const auto& point = points_[i];
      if (i > 0 && inside(points_[i - 1].value) != inside(point.value)) {
        const auto& last = points_[i - 1];
        const auto& outside = inside(point.value) ? last : point;
        const double edge = std::clamp(outside.value, scale_.low, scale_.high);
        const double share = (edge - last.value) / (point.value - last.value);
        go(last.epoch + share * (point.epoch - last.epoch), edge);
      }
      if (inside(point.value)) {
        go(point.epoch, point.value);
      } else {
        drawing = false;
      }
    }
    return told;
  }

  double bottom() const { return top_ + height_; }
  double x(double epoch) const {
    return last_ > 1 ? kLeft + 10 + (kPlot - 20) * (epoch - 1) / (last_ - 1) : kLeft + kPlot / 2;
  }
  double y(double value) const {
    return bottom() - height_ * (value - scale_.low) / (scale_.high - scale_.low);
  }

  double top_;
  double height_;
  double last_;
  const std::vector<Point>& points_;
  Scale scale_;
};

}  // namespace

std::string learningCurve(const Json& history, const CurveLabels& labels) {
  const auto figures =
      labels.figure.empty() ? std::vector<Point>() : pointsOf(history, labels.figure);
  const auto losses = pointsOf(history, "loss");
  double last = 1;
  for (const auto* points : {&figures, &losses}) {
    for (const auto& point : *points) last = std::max(last, point.epoch);
  }
  const bool judged = !figures.empty();
  const double loss_top = judged ? 342 : 92, loss_height = judged ? 130 : 260;
  const double height = loss_top + loss_height + 58;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
      "height=\"{1}\" font-family=\"Inter, 'Segoe UI', Helvetica, Arial, sans-serif\">\n"
      "  <rect width=\"{0}\" height=\"{1}\" fill=\"white\"/>\n",
      kWidth, height);
  svg += words(kLeft, 36, "start", kInk, 18, escaped(labels.title), " font-weight=\"700\"");
  if (judged) {
    const Panel panel(92, 200, last, figures, Better::kHigher);
    const auto unit = labels.figure == "accuracy" ? ", per cent right" : "";
    svg += panel.drawn(labels.figure + unit + " (" + labels.split + ")", kFigureColour);
    svg += panel.bestMarked(kFigureColour);
  }
  const Panel panel(loss_top, loss_height, last, losses, Better::kLower);
  svg += panel.drawn("loss (training, mean of the epoch)", kLossColour);
  svg += panel.epochAxis();
  return svg + "</svg>\n";
}

}  // namespace primer::toolkit
