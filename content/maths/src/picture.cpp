// Pictures in words.

#include "primer/maths/picture.h"

namespace primer::maths {

namespace {

std::string counted(int n, const std::string& one, const std::string& many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

// "a, b and c"
std::string listed(const std::vector<std::string>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? " and " : ", ";
    out += parts[i];
  }
  return out;
}

std::string inWords(const NumberLine& line) {
  std::vector<std::string> marks;
  for (const int mark : line.marks) marks.push_back(std::to_string(mark));
  std::string out = "A number line from " + std::to_string(line.from) + " to " +
                    std::to_string(line.to) + ", marked at " + listed(marks) + ". Start at " +
                    std::to_string(line.start) + ".";
  for (const int jump : line.jumps) {
    out += " Jump " + std::to_string(jump < 0 ? -jump : jump) + " to the " +
           (jump < 0 ? "left." : "right.");
  }
  return out + " Where do you land?";
}

std::string inWords(const FractionBars& picture) {
  std::string out;
  for (const auto& bar : picture.bars) {
    out += out.empty() ? "A bar in " : " Under it a bar in ";
    out += counted(bar.parts, "part", "equal parts") + ", ";
    out += bar.shaded == 0 ? "none shaded yet" : std::to_string(bar.shaded) + " shaded";
    if (bar.shaded > bar.parts) out += " over more than one whole";
    if (!bar.label.empty()) out += ": " + bar.label;
    out += bar.is_yours ? ", as you wrote it." : ".";
  }
  return out;
}

std::string inWords(const AreaModel& area) {
  std::string out = "A rectangle, " + listed(area.across) + " along the top and " +
                    listed(area.down) + " down the side.";
  for (const auto& row : area.cells) out += " Its parts: " + listed(row) + ".";
  return out;
}

std::string inWords(const UnitSquare& square) {
  return "A square of one whole, cut into " + std::to_string(square.parts) + " rows of " +
         std::to_string(square.parts) + " small squares. A rectangle of " +
         std::to_string(square.across) + " by " + std::to_string(square.down) +
         " of them is shaded. How many of all is that?";
}

std::string inWords(const Balance& balance) {
  const char* stands = "It is level.";
  switch (balance.relation) {
    case Relation::kEqual:
    case Relation::kAbout:
      break;
    case Relation::kLess:
    case Relation::kLessEqual:
      stands = "The right pan hangs lower.";
      break;
    case Relation::kGreater:
    case Relation::kGreaterEqual:
      stands = "The left pan hangs lower.";
      break;
    case Relation::kNotEqual:
    case Relation::kAsk:
      stands = "Is it level?";
      break;
  }
  return "A balance. On the left: " + listed(balance.left) +
         ". On the right: " + listed(balance.right) + ". " + stands;
}

std::string inWords(const PlaceValue& picture) {
  std::string out = "Blocks in columns for " + listed(picture.places) + ".";
  for (std::size_t r = 0; r < picture.rows.size(); ++r) {
    const auto& row = picture.rows[r];
    std::vector<std::string> heaps;
    for (std::size_t i = 0; i < row.blocks.size(); ++i) {
      heaps.push_back(std::to_string(row.blocks[i]) + " " + picture.places[i]);
    }
    const bool taken = picture.use == PlaceValue::Use::kTakeAway && r > 0;
    out += (taken ? " Take away " : " ") + row.number + ": " + listed(heaps) + ".";
  }
  for (const auto& exchange : picture.exchanges) {
    const auto& from = picture.places[exchange.from];
    const auto& to = picture.places[exchange.to];
    out += exchange.from > exchange.to ? " Ten " + from + " are changed into one of the " + to + "."
                                       : " One of the " + from + " is changed into ten " + to + ".";
  }
  if (picture.use == PlaceValue::Use::kShare) {
    out += " Share each column among " + std::to_string(picture.plates) + ".";
  }
  return out;
}

std::string inWords(const Plates& plates) {
  if (plates.on_each) {
    return counted(plates.plates, "plate", "plates") + " with " +
           counted(*plates.on_each, "counter", "counters") + " on each. How many are there?";
  }
  return counted(plates.to_share, "counter", "counters") + " to be shared fairly on " +
         counted(plates.plates, "plate", "plates") + ". What happens to those left over?";
}

std::string inWords(const Boxes& picture) {
  std::string out = "What belongs together stands in one box:";
  if (!picture.before.empty()) out += " " + picture.before;
  for (std::size_t i = 0; i < picture.boxes.size(); ++i) {
    if (i > 0) out += " " + picture.signs[i - 1];
    out += " [" + picture.boxes[i] + "]";
  }
  return out + ".";
}

std::string inWords(const RatioTable& table) {
  std::string out = "A table of two rows";
  if (!table.top.empty()) out += ", " + table.top + " above " + table.bottom;
  out += ":";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    out += (i > 0 ? ", " : " ") + table.columns[i].first + " above " + table.columns[i].second;
  }
  return out + ". How many times as much?";
}

std::string inWords(const Tiles& tiles) {
  std::vector<std::string> heaps;
  for (const auto& [count, what] : tiles.heaps) {
    heaps.push_back(what == "1" ? counted(count, "single square", "single squares")
                                : counted(count, "tile", "tiles") + " of length " + what);
  }
  return "On heaps of their own: " + listed(heaps) + ".";
}

std::string inWords(const BusStop& picture) {
  std::string out = picture.dividend + " under a bracket, " + picture.divisor + " before it.";
  std::vector<std::string> above;
  std::vector<std::string> small;
  for (std::size_t i = 0; i < picture.dividend.size(); ++i) {
    const std::string digit = "the " + std::string(1, picture.dividend[i]);
    if (picture.quotient[i] != ' ') {
      above.push_back(picture.quotient[i] == '?'
                          ? "a question mark above " + digit
                          : std::string(1, picture.quotient[i]) + " above " + digit);
    }
    if (picture.carries[i] != ' ') {
      small.push_back("a small " + std::string(1, picture.carries[i]) + " before " + digit);
    }
  }
  if (!above.empty()) out += " There is " + listed(above) + ".";
  if (!small.empty()) out += " There is " + listed(small) + ".";
  if (!picture.remainder.empty()) out += " Behind it r " + picture.remainder + ".";
  return out;
}

}  // namespace

const char* pictureName(const Picture& picture) {
  static constexpr const char* kNames[] = {
      "number-line", "fraction-bars", "area-model",  "unit-square", "balance", "place-value",
      "plates",      "boxes",         "ratio-table", "tiles",       "bus-stop"};
  static_assert(std::size(kNames) == std::variant_size_v<Picture>);
  return kNames[picture.index()];
}

std::string toText(const Picture& picture) {
  return std::visit([](const auto& one) { return inWords(one); }, picture);
}

}  // namespace primer::maths
