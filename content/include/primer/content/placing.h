#pragma once

// A picture and the places on it that take things: what a question draws whose answer is placed.
// Plain values; checkLesson() says what is wrong with one.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace primer::content {

// What is drawn. As packs keep it: new ones at the end.
enum class PictureKind : std::uint8_t {
  kClock,    // a face; places "1" to "12": a number that is not printed, or where a hand points
  kLine,     // a number line or a ruler; places are numbers on it: "3", "5/4"
  kSquare,   // numbers in rows, a piece of the hundred square; places are its numbers: "34"
  kGrid,     // crossing lines with numbered axes; places are points: "2,3" is 2 along and 3 up
  kDrawing,  // one of drawings(); places are its parts: "leaf"
  kBars,     // a chart of bars; places are below them, "1" the first
  kStrips,   // strips that are cut and partly filled; places are beside them, "1" the topmost
  kRings,    // two rings that overlap; places "left", "both", "right", "outside"
  kPlates,   // plates; places "1", "2", ... from the left
};

// "clock", "line", "square", "grid", "drawing", "bars", "strips", "rings", "plates".
std::string_view pictureName(PictureKind kind);
std::optional<PictureKind> pictureFromName(std::string_view name);

struct Place {
  std::string at;    // which, in the words of the picture's kind
  std::string says;  // to who put a thing wrongly there; may be empty
  friend bool operator==(const Place&, const Place&) = default;
};

struct Picture {
  PictureKind kind = PictureKind::kClock;
  int low = 0, high = 1, parts = 1;  // kLine: its ends, steps to every whole number
  bool ruler = false;                // kLine: drawn as one
  // kSquare: numbers in a row and rows; kGrid: steps along and up.
  int columns = 0, rows = 0;
  int first = 0, step = 1,
      down = 10;        // kSquare: its first number, from one to the next, to the row below
  std::string drawing;  // kDrawing: which
  // kBars: their heights, "5"; kStrips: how much of each is filled, "3/4".
  std::vector<std::string> values;
  std::vector<std::string> titles;  // kRings: of both; kPlates, kBars: of each, or none
  std::vector<Place> places;        // those that take things
  friend bool operator==(const Picture&, const Picture&) = default;
};

// Whether several things lie in one place: rings and plates. Elsewhere it is one.
bool holdsMany(PictureKind kind);

struct PictureSpot {
  int column = 0, row = 0;
  friend bool operator==(const PictureSpot&, const PictureSpot&) = default;
};
// Which of the picture's spots `at` means; nothing where there is none such. Of a clock the column
// is the hour, of a line the step from its start, of a square and a grid column and row (of a grid
// upwards), of all others their number from 0, of a drawing in the order of partsOf().
std::optional<PictureSpot> spotOf(const Picture& picture, std::string_view at);
// Every spot there is, where all of them take things unless the author says otherwise: points,
// parts, rings, plates, and of a clock the hours. Empty for the other kinds.
std::vector<std::string> allSpots(const Picture& picture);
// What a teacher reads: "3", "(2, 3)", "Ann's plate".
std::string inWords(const Picture& picture, std::size_t place);

const std::vector<std::string_view>& drawings();
// Of a drawing that there is.
const std::vector<std::string_view>& partsOf(std::string_view drawing);

// Things that are drawn, not written: "apple", "triangle", "small-hand", ...
const std::vector<std::string_view>& drawnThings();
// The hands of a clock.
bool isHand(std::string_view drawn);

// A strip's "3/4": filled and all parts.
struct Share {
  int filled = 0, parts = 1;
};
std::optional<Share> shareFrom(std::string_view text);

}  // namespace primer::content
