#include "lines/line_sheet.h"

#include <algorithm>
#include <cstdio>

namespace primer::handwriting::workshop {

namespace {

constexpr float kCellWidth = 620;
constexpr float kTextHeight = 44;
constexpr float kInkWidth = 580;
constexpr float kMargin = 12;

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string number(float value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.1f", static_cast<double>(value));
  return buffer;
}

void drawInk(const Ink& ink, float left, float top, float height, std::string& svg) {
  float x0 = 1e9f, x1 = -1e9f, y0 = 1e9f, y1 = -1e9f;
  for (const auto& stroke : ink.strokes) {
    for (const auto& p : stroke) {
      x0 = std::min(x0, p.x), x1 = std::max(x1, p.x);
      y0 = std::min(y0, p.y), y1 = std::max(y1, p.y);
    }
  }
  const float scale =
      std::min(kInkWidth / std::max(x1 - x0, 1.0f), height / std::max(y1 - y0, 1.0f));
  for (const auto& stroke : ink.strokes) {
    svg += "<path d=\"M";
    for (const auto& p : stroke) {
      svg += number(left + scale * (p.x - x0)) + " " + number(top + scale * (p.y - y0)) + " ";
    }
    if (stroke.size() == 1) svg += "l0.1 0";
    svg += "\"/>\n";
  }
}

}  // namespace

std::string drawSheet(const std::vector<SheetLine>& lines, float ink_height) {
  const float cell = ink_height + kTextHeight;
  const auto rows = (lines.size() + 1) / 2;
  const float width = 2 * kCellWidth + 2 * kMargin;
  const float height = static_cast<float>(rows) * cell + 2 * kMargin;
  std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width) +
                    "\" height=\"" + number(height) +
                    "\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& one = lines[i];
    const float left = kMargin + static_cast<float>(i % 2) * kCellWidth;
    const float top = kMargin + static_cast<float>(i / 2) * cell;
    const char* colour = !one.right ? "#c02020" : one.unsure ? "#808080" : "#205020";
    svg +=
        "<g fill=\"none\" stroke=\"#102060\" stroke-width=\"1.6\" stroke-linecap=\"round\" "
        "stroke-linejoin=\"round\">\n";
    drawInk(one.ink, left, top + 6, ink_height, svg);
    svg += "</g>\n<text x=\"" + number(left) + "\" y=\"" + number(top + ink_height + 24) +
           "\" font-family=\"DejaVu Sans\" font-size=\"14\" fill=\"" + colour + "\">" +
           escaped(one.read) + (one.right ? "" : "   \u2260   " + escaped(one.truth)) +
           (one.unsure ? "   (unsure)" : "") + "</text>\n";
  }
  return svg + "</svg>\n";
}

}  // namespace primer::handwriting::workshop
