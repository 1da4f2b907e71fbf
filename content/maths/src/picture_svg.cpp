// Pictures as small drawings.

#include <algorithm>
#include <cstdlib>

#include "primer/maths/picture.h"

namespace primer::maths {

namespace {

constexpr int kWidth = 480;  // of every drawing, in its own units
constexpr int kMargin = 16;
constexpr int kText = 18;

constexpr const char* kInk = "#1E2A44";
constexpr const char* kFill = "#A9CBEE";
constexpr const char* kYours = "#FFD58F";
constexpr const char* kPaper = "#FFFFFF";

std::string text(double value) {
  std::string out = std::to_string(value);  // six decimals, of which one is kept
  return out.substr(0, out.find('.') + 2);
}

std::string escaped(const std::string& words) {
  std::string out;
  for (const char c : words) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '-') {
      out += "−";
    } else {
      out += c;
    }
  }
  return out;
}

// Shapes one after another; the height is known at the end.
class Drawing {
 public:
  void rectangle(double x, double y, double w, double h, const char* fill = kPaper) {
    shapes_ += "<rect x=\"" + text(x) + "\" y=\"" + text(y) + "\" width=\"" + text(w) +
               "\" height=\"" + text(h) + "\" rx=\"2\" fill=\"" + fill + "\" stroke=\"" + kInk +
               "\" stroke-width=\"1.5\"/>";
    reach(y + h);
  }
  void line(double x1, double y1, double x2, double y2) {
    path("M" + text(x1) + " " + text(y1) + "L" + text(x2) + " " + text(y2));
    reach(std::max(y1, y2));
  }
  void path(const std::string& d, const char* fill = "none") {
    shapes_ += "<path d=\"" + d + "\" fill=\"" + fill + "\" stroke=\"" + kInk +
               "\" stroke-width=\"1.5\" stroke-linejoin=\"round\"/>";
  }
  // Soft, behind what is to be looked at.
  void highlight(double x, double y, double w, double h) {
    shapes_ += "<rect x=\"" + text(x) + "\" y=\"" + text(y) + "\" width=\"" + text(w) +
               "\" height=\"" + text(h) + "\" rx=\"8\" fill=\"" + kFill +
               "\" fill-opacity=\"0.45\"/>";
    reach(y + h);
  }
  void circle(double x, double y, double r, const char* fill) {
    shapes_ += "<circle cx=\"" + text(x) + "\" cy=\"" + text(y) + "\" r=\"" + text(r) +
               "\" fill=\"" + fill + "\" stroke=\"" + kInk + "\" stroke-width=\"1.5\"/>";
    reach(y + r);
  }
  // Around its middle, both ways.
  void words(double x, double y, const std::string& what, double size = kText) {
    shapes_ += "<text x=\"" + text(x) + "\" y=\"" + text(y + size * 0.35) +
               "\" font-family=\"Andika\" font-size=\"" + text(size) +
               "\" text-anchor=\"middle\" fill=\"" + kInk + "\">" + escaped(what) + "</text>";
    reach(y + size / 2);
  }
  // Begins at x.
  void note(double x, double y, const std::string& what) {
    shapes_ += "<text x=\"" + text(x) + "\" y=\"" + text(y + kText * 0.35) +
               "\" font-family=\"Andika\" font-size=\"" + text(kText) + "\" fill=\"" + kInk +
               "\">" + escaped(what) + "</text>";
    reach(y + kText / 2.0);
  }
  void reach(double y) { height_ = std::max(height_, y); }
  double height() const { return height_; }

  std::string finish(const std::string& title) const {
    const std::string size = std::to_string(kWidth) + " " + text(height_ + kMargin);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + "\"><title>" +
           escaped(title) + "</title>" + shapes_ + "</svg>";
  }

 private:
  std::string shapes_;
  double height_ = 0;
};

double inner() { return kWidth - 2.0 * kMargin; }

void draw(const NumberLine& line, Drawing& d) {
  const double step = inner() / (line.to - line.from);
  const double y = line.jumps.size() > 1 ? 124 : 96;
  const auto at = [&](int value) { return kMargin + (value - line.from) * step; };
  d.line(kMargin, y, kWidth - kMargin, y);
  for (int i = line.from; i <= line.to; ++i) d.line(at(i), y - 5, at(i), y + 5);
  for (const int mark : line.marks) d.words(at(mark), y + 22, std::to_string(mark));
  int place = line.start;
  double lift = 0;  // every other jump goes higher, so that their numbers stay apart
  for (const int jump : line.jumps) {
    const double x1 = at(place);
    const double x2 = at(place + jump);
    const double top = y - lift - std::min(60.0, 18 + std::abs(x2 - x1) / 3);
    const double back = jump < 0 ? 8 : -8;
    d.path("M" + text(x1) + " " + text(y - 8) + "Q" + text((x1 + x2) / 2) + " " +
           text(2 * top - y + 8) + " " + text(x2) + " " + text(y - 8));
    d.path("M" + text(x2 + back) + " " + text(y - 16) + "L" + text(x2) + " " + text(y - 8) + "L" +
           text(x2 + back / 8) + " " + text(y - 19));
    d.words((x1 + x2) / 2, top - 9, (jump < 0 ? "-" : "+") + std::to_string(std::abs(jump)));
    place += jump;
    lift = lift > 0 ? 0 : 30;
  }
  d.circle(at(line.start), y, 6, kFill);
}

void draw(const FractionBars& picture, Drawing& d) {
  int wholes = 1;
  for (const auto& bar : picture.bars) {
    wholes = std::max(wholes, (bar.shaded + bar.parts - 1) / bar.parts);
  }
  const double label = 130;
  const double gap = 8;
  const double width = (inner() - label - gap * (wholes - 1)) / wholes;
  double y = kMargin;
  for (const auto& bar : picture.bars) {
    int left = bar.shaded;
    const int own = std::max(1, (bar.shaded + bar.parts - 1) / bar.parts);
    for (int w = 0; w < own; ++w) {
      const double x = kMargin + w * (width + gap);
      for (int p = 0; p < bar.parts; ++p) {
        const char* fill = left-- > 0 ? (bar.is_yours ? kYours : kFill) : kPaper;
        d.rectangle(x + p * width / bar.parts, y, width / bar.parts, 30, fill);
      }
    }
    d.note(kWidth - kMargin - label + 10, y + 15, bar.label + (bar.is_yours ? " (yours)" : ""));
    y += 42;
  }
}

void draw(const AreaModel& area, Drawing& d) {
  const double left = kMargin + 50;
  const double top = kMargin + 28;
  const double w = (kWidth - kMargin - left) / static_cast<double>(area.across.size());
  const double h = 56;
  for (std::size_t c = 0; c < area.across.size(); ++c) {
    d.words(left + (static_cast<double>(c) + 0.5) * w, top - 16, area.across[c]);
  }
  for (std::size_t r = 0; r < area.down.size(); ++r) {
    const double y = top + static_cast<double>(r) * h;
    d.words(left - 26, y + h / 2, area.down[r]);
    for (std::size_t c = 0; c < area.across.size(); ++c) {
      const double x = left + static_cast<double>(c) * w;
      d.rectangle(x, y, w, h, kFill);
      d.words(x + w / 2, y + h / 2, area.cells[r][c]);
    }
  }
}

void draw(const UnitSquare& square, Drawing& d) {
  const double cell = 180.0 / square.parts;
  const double left = (kWidth - 180) / 2.0;
  for (int r = 0; r < square.parts; ++r) {
    for (int c = 0; c < square.parts; ++c) {
      const bool covered = r < square.down && c < square.across;
      d.rectangle(left + c * cell, kMargin + r * cell, cell, cell, covered ? kFill : kPaper);
    }
  }
}

void drawPan(double middle, double y, const std::vector<std::string>& weights, Drawing& d) {
  const double width = 190;
  d.path("M" + text(middle - width / 2) + " " + text(y) + "q" + text(width / 2) + " 26 " +
         text(width) + " 0Z");
  d.line(middle, y + 13, middle, y + 24);
  const double w = std::min(60.0, width / static_cast<double>(weights.size()));
  const double each = weights.size() == 1 ? width - 20 : w;
  double x = middle - each * static_cast<double>(weights.size()) / 2;
  for (const auto& weight : weights) {
    d.rectangle(x + 1, y - 32, each - 2, 31, kFill);
    d.words(x + each / 2, y - 16, weight, weight.size() > 3 && each < 60 ? 12 : kText);
    x += each;
  }
}

void draw(const Balance& balance, Drawing& d) {
  double tilt = 0;
  if (balance.relation == Relation::kLess || balance.relation == Relation::kLessEqual) tilt = 10;
  if (balance.relation == Relation::kGreater || balance.relation == Relation::kGreaterEqual) {
    tilt = -10;
  }
  const double y = 64;
  drawPan(kWidth * 0.25, y - tilt, balance.left, d);
  drawPan(kWidth * 0.75, y + tilt, balance.right, d);
  d.line(kWidth * 0.25, y + 24 - tilt, kWidth * 0.75, y + 24 + tilt);
  d.path("M" + text(kWidth * 0.5) + " " + text(y + 24) + "l-22 40h44Z", kPaper);
  d.reach(y + 64);
  if (balance.relation == Relation::kAsk) d.words(kWidth * 0.5, y - 16, "?", 26);
}

void draw(const PlaceValue& picture, Drawing& d) {
  const double left = kMargin + 78;
  const double w = (kWidth - kMargin - left) / static_cast<double>(picture.places.size());
  for (std::size_t c = 0; c < picture.places.size(); ++c) {
    d.words(left + (static_cast<double>(c) + 0.5) * w, kMargin + 8, picture.places[c],
            w < 70 ? 10 : 15);
  }
  double y = kMargin + 26;
  for (std::size_t r = 0; r < picture.rows.size(); ++r) {
    const auto& row = picture.rows[r];
    const bool taken = picture.use == PlaceValue::Use::kTakeAway && r > 0;
    d.note(kMargin, y + 27, (taken ? "- " : "") + row.number);
    for (std::size_t c = 0; c < row.blocks.size(); ++c) {
      const double x = left + static_cast<double>(c) * w;
      d.rectangle(x, y, w, 54);
      const double size = std::min(14.0, (w - 10) / 5 - 2);
      for (int b = 0; b < row.blocks[c]; ++b) {  // fives, as fingers are counted
        d.rectangle(x + 5 + (b % 5) * (size + 2), y + 8 + (b / 5) * (size + 6), size, size,
                    taken ? kPaper : kFill);
      }
    }
    y += 54;
  }
  y += 8;
  for (const auto& e : picture.exchanges) {
    const double from = left + (static_cast<double>(e.from) + 0.5) * w;
    const double to = left + (static_cast<double>(e.to) + 0.5) * w;
    const double back = to > from ? -7 : 7;
    d.path("M" + text(from) + " " + text(y) + "Q" + text((from + to) / 2) + " " + text(y + 26) +
           " " + text(to) + " " + text(y));
    d.path("M" + text(to + back) + " " + text(y + 1) + "L" + text(to) + " " + text(y) + "L" +
           text(to + back / 4) + " " + text(y + 9));
    d.words((from + to) / 2, y + 26, e.from > e.to ? "10 to 1" : "1 to 10", 13);
  }
}

void draw(const Plates& plates, Drawing& d) {
  const int in_row = 6;
  double y = kMargin;
  if (plates.to_share > 0) {
    for (int i = 0; i < plates.to_share; ++i) {
      d.circle(kMargin + 12 + (i % 20) * 22.5, y + 10 + (i / 20) * 24, 8, kFill);
    }
    y = d.height() + 16;
  }
  for (int i = 0; i < plates.plates; ++i) {
    const double x = kMargin + 37 + (i % in_row) * 75;
    const double middle = y + 26 + (i / in_row) * 62;
    d.circle(x, middle, 26, kPaper);
    if (plates.on_each) d.words(x, middle, std::to_string(*plates.on_each));
  }
}

void draw(const Boxes& picture, Drawing& d) {
  std::vector<double> widths;
  double total = picture.before.empty() ? 0 : 20;
  for (const auto& box : picture.boxes) {
    widths.push_back(static_cast<double>(box.size()) * 10 + 16);
    total += widths.back() + 20;
  }
  // What is too wide for one row is made narrower as a whole.
  const double scale = std::min(1.0, inner() / total);
  double x = (kWidth - (total - 20) * scale) / 2;
  if (!picture.before.empty()) {
    d.words(x, kMargin + 22, picture.before);
    x += 20 * scale;
  }
  for (std::size_t i = 0; i < picture.boxes.size(); ++i) {
    if (i > 0) {
      d.words(x + 10 * scale, kMargin + 22, picture.signs[i - 1], kText * scale);
      x += 20 * scale;
    }
    d.rectangle(x, kMargin, widths[i] * scale, 44, kFill);
    d.words(x + widths[i] * scale / 2, kMargin + 22, picture.boxes[i], kText * scale);
    x += widths[i] * scale;
  }
}

void draw(const RatioTable& table, Drawing& d) {
  const double w = 90;
  const double left = (kWidth - w * static_cast<double>(table.columns.size())) / 2;
  for (int r = 0; r < 2; ++r) {
    const double y = kMargin + r * 44;
    d.words(left - 36, y + 22, r == 0 ? table.top : table.bottom);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const double x = left + static_cast<double>(c) * w;
      d.rectangle(x, y, w, 44, r == 0 ? kFill : kPaper);
      d.words(x + w / 2, y + 22, r == 0 ? table.columns[c].first : table.columns[c].second);
    }
  }
  for (std::size_t c = 0; c + 1 < table.columns.size(); ++c) {
    const double x = left + (static_cast<double>(c) + 0.5) * w;
    const double y = kMargin + 94;
    d.path("M" + text(x) + " " + text(y) + "q" + text(w / 2) + " 26 " + text(w) + " 0");
    d.words(x + w / 2, y + 26, "× ?");
  }
}

void draw(const Tiles& tiles, Drawing& d) {
  double y = kMargin;
  for (const auto& [count, what] : tiles.heaps) {
    const bool ones = what == "1";
    const double w = ones ? 30 : std::min(80.0, inner() / count - 4);
    for (int i = 0; i < count; ++i) {
      const double x = kMargin + i * (w + 4);
      d.rectangle(x, y, w, 30, ones ? kPaper : kFill);
      d.words(x + w / 2, y + 15, what, w < 40 && !ones ? 12 : kText);
    }
    y += 44;
  }
}

void draw(const BusStop& picture, Drawing& d) {
  const auto count = static_cast<double>(picture.dividend.size());
  const double after = picture.remainder.empty() ? 0 : 1.4;
  const double cell = std::min(96.0, (kWidth - 8.0) / (count + 0.9 + after));
  const double large = cell * 0.66;
  const double left = (kWidth - (count + 0.9 + after) * cell) / 2 + cell * 0.8;  // the wall
  const double bar = kMargin + cell;
  const auto middle = [&](std::size_t i) { return left + (static_cast<double>(i) + 0.58) * cell; };
  const auto look = picture.dividend.size() - 1 - picture.look_at;
  d.highlight(middle(look) - cell * 0.45, kMargin, cell * 0.9, 2 * cell + 4);
  d.words(left - cell * 0.5, bar + cell / 2, picture.divisor, large);
  for (std::size_t i = 0; i < picture.dividend.size(); ++i) {
    d.words(middle(i), bar + cell / 2 + 4, std::string(1, picture.dividend[i]), large);
    if (picture.quotient[i] != ' ') {
      d.words(middle(i), bar - cell / 2, std::string(1, picture.quotient[i]), large);
    }
    if (picture.carries[i] != ' ') {
      d.words(middle(i) - cell * 0.4, bar + cell * 0.3, std::string(1, picture.carries[i]),
              cell * 0.36);
    }
  }
  if (!picture.remainder.empty()) {
    d.words(left + (count + 0.6) * cell, bar - cell / 2, "r " + picture.remainder, large);
  }
  d.path("M" + text(left) + " " + text(bar + cell) + "q" + text(cell * 0.18) + " " +
         text(-cell / 2) + " 0 " + text(-cell) + "H" + text(left + count * cell + 6));
  d.reach(bar + cell);
}

}  // namespace

std::string toSvg(const Picture& picture) {
  Drawing drawing;
  std::visit([&](const auto& one) { draw(one, drawing); }, picture);
  return drawing.finish(toText(picture));
}

}  // namespace primer::maths
