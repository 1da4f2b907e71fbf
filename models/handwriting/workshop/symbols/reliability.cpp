#include "symbols/reliability.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace primer::handwriting::workshop {

namespace {

constexpr double kPanel = 220;  // side of a panel's square
constexpr double kMargin = 48;  // around it
constexpr std::size_t kColumns = 3;

std::string number(double value, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::string line(double x1, double y1, double x2, double y2, const char* colour) {
  return "<line x1=\"" + number(x1, 1) + "\" y1=\"" + number(y1, 1) + "\" x2=\"" + number(x2, 1) +
         "\" y2=\"" + number(y2, 1) + "\" stroke=\"" + colour + "\"/>\n";
}

std::string words(double x, double y, const std::string& text, const char* anchor = "middle") {
  return "<text x=\"" + number(x, 1) + "\" y=\"" + number(y, 1) + "\" text-anchor=\"" + anchor +
         "\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#26323f\">" + text + "</text>\n";
}

std::string panel(const NamedReliability& one, double left, double top) {
  const auto x = [&](double share) { return left + kPanel * share; };
  const auto y = [&](double share) { return top + kPanel * (1 - share); };
  std::string svg;
  for (int i = 0; i <= 4; ++i) {
    const double at = i / 4.0;
    svg += line(x(at), y(0), x(at), y(1), "#e1e6ec");
    svg += line(x(0), y(at), x(1), y(at), "#e1e6ec");
    svg += words(x(at), y(0) + 16, number(at, 2));
    svg += words(x(0) - 6, y(at) + 4, number(at, 2), "end");
  }
  svg += line(x(0), y(0), x(1), y(1), "#7b8794");
  std::string path;
  std::string dots;
  for (std::size_t b = 0; b < Reliability::kBins; ++b) {
    const auto bin = one.reliability.bin(b);
    if (bin.readings == 0) continue;
    const auto place = number(x(bin.claimed), 1) + "," + number(y(bin.right), 1);
    path += place + " ";
    const double radius = 2 + 10 * std::sqrt(bin.readings / one.reliability.readings());
    dots += "<circle cx=\"" + number(x(bin.claimed), 1) + "\" cy=\"" + number(y(bin.right), 1) +
            "\" r=\"" + number(radius, 1) + "\" fill=\"#1c5fb0\" fill-opacity=\"0.55\"/>\n";
  }
  svg += "<polyline points=\"" + path + "\" fill=\"none\" stroke=\"#1c5fb0\"/>\n" + dots;
  svg += words(x(0.5), top - 12,
               one.name + ": " + number(one.reliability.readings(), 0) + " readings, ECE " +
                   number(one.reliability.error(), 3));
  return svg;
}

}  // namespace

void Reliability::count(double claimed, bool right) {
  const auto place = static_cast<std::size_t>(std::clamp(claimed, 0.0, 1.0) * kBins);
  const auto bin = std::min(place, kBins - 1);
  claimed_[bin] += claimed;
  right_[bin] += right ? 1 : 0;
  count_[bin] += 1;
  all_ += 1;
}

double Reliability::error() const {
  double sum = 0;
  for (std::size_t b = 0; b < kBins; ++b) sum += std::abs(claimed_[b] - right_[b]);
  return all_ > 0 ? sum / all_ : 0;
}

Reliability::Bin Reliability::bin(std::size_t index) const {
  const double n = count_[index];
  if (n == 0) return {};
  return {n, claimed_[index] / n, right_[index] / n};
}

std::string drawReliability(const std::vector<NamedReliability>& panels) {
  const auto rows = (panels.size() + kColumns - 1) / kColumns;
  constexpr double kCell = kPanel + 2 * kMargin;
  const auto width = number(kCell * kColumns, 0);
  const auto height = number(kCell * static_cast<double>(rows) + 20, 0);
  std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" +
                    height + "\" viewBox=\"0 0 " + width + " " + height + "\">\n" +
                    "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  for (std::size_t i = 0; i < panels.size(); ++i) {
    svg += panel(panels[i], kMargin + kCell * static_cast<double>(i % kColumns),
                 kMargin + kCell * static_cast<double>(i / kColumns));
  }
  svg += words(kCell * kColumns / 2, kCell * static_cast<double>(rows) + 6,
               "probability claimed (across) and share right (up); dots by number of readings");
  return svg + "</svg>\n";
}

}  // namespace primer::handwriting::workshop
