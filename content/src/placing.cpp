#include "primer/content/placing.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace primer::content {

namespace {

constexpr std::array<std::string_view, 9> kNames = {"clock", "line",   "square", "grid",  "drawing",
                                                    "bars",  "strips", "rings",  "plates"};
constexpr std::array<std::string_view, 4> kRings = {"left", "both", "right", "outside"};
constexpr int kHours = 12;

// Digits and nothing else.
std::optional<int> numberFrom(std::string_view text) {
  int number = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (text.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

// One of `count` things, named by its number from 1.
std::optional<PictureSpot> ofSome(std::string_view at, std::size_t count) {
  const auto number = numberFrom(at);
  if (!number || *number < 1 || static_cast<std::size_t>(*number) > count) return std::nullopt;
  return PictureSpot{*number - 1, 0};
}

std::optional<PictureSpot> onLine(const Picture& line, std::string_view at) {
  const auto stroke = at.find('/');
  const auto above = numberFrom(at.substr(0, stroke));
  const auto below =
      stroke == std::string_view::npos ? std::optional<int>(1) : numberFrom(at.substr(stroke + 1));
  if (!above || !below || *below < 1 || *below > 1000 || std::abs(*above) > 100'000) {
    return std::nullopt;
  }
  if (*above * line.parts % *below != 0) return std::nullopt;
  const int step = *above * line.parts / *below - line.low * line.parts;
  if (step < 0 || step > (line.high - line.low) * line.parts) return std::nullopt;
  return PictureSpot{step, 0};
}

std::optional<PictureSpot> inSquare(const Picture& square, std::string_view at) {
  const auto number = numberFrom(at);
  for (int row = 0; number && row < square.rows; ++row) {
    for (int column = 0; column < square.columns; ++column) {
      if (square.first + column * square.step + row * square.down == *number) {
        return PictureSpot{column, row};
      }
    }
  }
  return std::nullopt;
}

std::optional<PictureSpot> onGrid(const Picture& grid, std::string_view at) {
  const auto comma = at.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto along = numberFrom(at.substr(0, comma));
  const auto up = numberFrom(at.substr(comma + 1));
  if (!along || !up || *along < 0 || *up < 0 || *along > grid.columns || *up > grid.rows) {
    return std::nullopt;
  }
  return PictureSpot{*along, *up};
}

template <typename Names>
std::optional<PictureSpot> named(const Names& names, std::string_view at) {
  const auto found = std::find(names.begin(), names.end(), at);
  if (found == names.end()) return std::nullopt;
  return PictureSpot{static_cast<int>(found - names.begin()), 0};
}

template <typename Names>
std::vector<std::string> texts(const Names& names) {
  return {names.begin(), names.end()};
}

std::vector<std::string> numbersTo(std::size_t count) {
  std::vector<std::string> numbers;
  for (std::size_t i = 1; i <= count; ++i) numbers.push_back(std::to_string(i));
  return numbers;
}

}  // namespace

std::string_view pictureName(PictureKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<PictureKind> pictureFromName(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<PictureKind>(found - kNames.begin());
}

bool holdsMany(PictureKind kind) {
  return kind == PictureKind::kRings || kind == PictureKind::kPlates;
}

std::optional<PictureSpot> spotOf(const Picture& picture, std::string_view at) {
  switch (picture.kind) {
    case PictureKind::kClock: {
      auto spot = ofSome(at, kHours);
      if (spot) ++spot->column;
      return spot;
    }
    case PictureKind::kLine:
      return onLine(picture, at);
    case PictureKind::kSquare:
      return inSquare(picture, at);
    case PictureKind::kGrid:
      return onGrid(picture, at);
    case PictureKind::kDrawing:
      return named(partsOf(picture.drawing), at);
    case PictureKind::kBars:
    case PictureKind::kStrips:
      return ofSome(at, picture.values.size());
    case PictureKind::kRings:
      return named(kRings, at);
    case PictureKind::kPlates:
      return ofSome(at, picture.titles.size());
  }
  return std::nullopt;
}

std::vector<std::string> allSpots(const Picture& picture) {
  switch (picture.kind) {
    case PictureKind::kClock:
      return numbersTo(kHours);
    case PictureKind::kGrid: {
      std::vector<std::string> points;
      for (int up = 0; up <= picture.rows; ++up) {
        for (int along = 0; along <= picture.columns; ++along) {
          points.push_back(std::to_string(along) + "," + std::to_string(up));
        }
      }
      return points;
    }
    case PictureKind::kDrawing:
      return texts(partsOf(picture.drawing));
    case PictureKind::kRings:
      return texts(kRings);
    case PictureKind::kPlates:
      return numbersTo(picture.titles.size());
    case PictureKind::kLine:
    case PictureKind::kSquare:
    case PictureKind::kBars:
    case PictureKind::kStrips:
      break;
  }
  return {};
}

std::string inWords(const Picture& picture, std::size_t place) {
  const auto& at = picture.places.at(place).at;
  const auto spot = spotOf(picture, at);
  if (!spot) return at;
  const auto number = static_cast<std::size_t>(spot->column);
  switch (picture.kind) {
    case PictureKind::kGrid:
      return "(" + std::to_string(spot->column) + ", " + std::to_string(spot->row) + ")";
    case PictureKind::kPlates:
      return picture.titles.at(number);
    case PictureKind::kBars:
      return "bar " + at;
    case PictureKind::kStrips:
      return picture.values.at(number);
    case PictureKind::kRings:
      if (at == "both" || at == "outside" || picture.titles.size() != 2) return at;
      return picture.titles[at == "left" ? 0 : 1];
    default:
      return at;
  }
}

const std::vector<std::string_view>& drawings() {
  static const std::vector<std::string_view> kAll = {"plant", "triangle", "cube", "fraction"};
  return kAll;
}

const std::vector<std::string_view>& partsOf(std::string_view drawing) {
  static const std::vector<std::string_view> kPlant = {"flower", "leaf", "stem", "root"};
  static const std::vector<std::string_view> kTriangle = {"corner", "side", "right-angle"};
  static const std::vector<std::string_view> kCube = {"corner", "edge", "face"};
  static const std::vector<std::string_view> kFraction = {"top", "line", "bottom"};
  static const std::vector<std::string_view> kNone;
  return drawing == "plant"      ? kPlant
         : drawing == "triangle" ? kTriangle
         : drawing == "cube"     ? kCube
         : drawing == "fraction" ? kFraction
                                 : kNone;
}

const std::vector<std::string_view>& drawnThings() {
  static const std::vector<std::string_view> kAll = {
      "apple",     "star",     "ball",       "circle",         "triangle", "square",
      "rectangle", "pentagon", "hexagon",    "right-triangle", "rhombus",  "trapezium",
      "oval",      "point",    "small-hand", "big-hand"};
  return kAll;
}

bool isHand(std::string_view drawn) { return drawn == "small-hand" || drawn == "big-hand"; }

std::optional<Share> shareFrom(std::string_view text) {
  const auto stroke = text.find('/');
  if (stroke == std::string_view::npos) return std::nullopt;
  const auto filled = numberFrom(text.substr(0, stroke));
  const auto parts = numberFrom(text.substr(stroke + 1));
  if (!filled || !parts || *parts < 1 || *parts > 12 || *filled < 0 || *filled > *parts) {
    return std::nullopt;
  }
  return Share{*filled, *parts};
}

}  // namespace primer::content
