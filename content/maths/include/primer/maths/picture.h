#pragma once

// What to draw beside the second hint: a small picture of the idea, made from the numbers of the
// line at hand. Plain values that say what is to be seen; where it is shown is the pages' business.
//
// A picture never gives the answer away: where a jump lands, what a cell or a whole comes to, and
// which side is larger is left for the child to see or to work out.
//
// Bounds: kMostParts parts in a bar, kMostTicks ticks on a line, kMostCells cells in an area, and
// at most nine blocks in a place; where a problem's numbers pass them, there is no picture.
// Values; safe on any thread.

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "primer/maths/line.h"
#include "primer/maths/rational.h"

namespace primer::maths {

inline constexpr int kMostParts = 40;
inline constexpr int kMostTicks = 24;
inline constexpr int kMostCells = 9;
inline constexpr int kMostBlocks = 9;

// Ticks at whole numbers; only those in `marks` bear their number. Jumps follow one another from
// `start`; the place where the last one lands is not marked.
struct NumberLine {
  int from = 0;
  int to = 0;
  std::vector<int> marks;
  int start = 0;
  std::vector<int> jumps;  // to the right, or negative: to the left
};

// Bars under one another, all wholes of one width. `shaded` may pass `parts`: then several wholes
// are drawn. Nothing shaded: the child is to shade.
struct FractionBar {
  int parts = 1;
  int shaded = 0;
  std::string label;      // "1/3"
  bool is_yours = false;  // what the child wrote, for comparison
};
struct FractionBars {
  std::vector<FractionBar> bars;
};

// A rectangle cut by its sides: "20" and "9" across, "4" down. Cells say what they are (4 × 20),
// never what that makes.
struct AreaModel {
  std::vector<std::string> across;
  std::vector<std::string> down;
  std::vector<std::vector<std::string>> cells;  // rows, as many as `down`, of as many as `across`
};

// The square of one whole, cut `parts` times each way; `across` by `down` of its cells are covered.
struct UnitSquare {
  int parts = 10;
  int across = 0;
  int down = 0;
};

// Two pans with weights; `relation` says how it stands before anything is done.
struct Balance {
  std::vector<std::string> left;
  std::vector<std::string> right;
  Relation relation = Relation::kEqual;
};

// Numbers as blocks in their places, the largest place first.
struct PlaceValue {
  struct Row {
    std::string number;       // as written
    std::vector<int> blocks;  // as many as `places`, 0 to 9
  };
  enum class Use : std::uint8_t { kTogether, kTakeAway, kShare, kCompare };
  // Ten of a place become one of the next (a carry), or the other way round (a borrow).
  struct Exchange {
    std::size_t from = 0;  // index of `places`
    std::size_t to = 0;
  };
  std::vector<std::string> places;  // "tens", "ones", "tenths"
  std::vector<Row> rows;
  std::vector<Exchange> exchanges;
  Use use = Use::kTogether;
  int plates = 0;  // where shared
};

// Plates with so many counters on each, or counters still to be shared.
struct Plates {
  int plates = 0;
  std::optional<int> on_each;
  int to_share = 0;
};

// What belongs together, in boxes with a sign between them: [4] + [3 × 2]; − [3] × [3].
struct Boxes {
  std::string before;  // stands outside, before all: "−"
  std::vector<std::string> boxes;
  std::vector<std::string> signs;  // one fewer than boxes
};

// Two rows of numbers that belong together, column by column; "?" is to be found.
struct RatioTable {
  std::string top;  // what the rows stand for; may be empty
  std::string bottom;
  std::vector<std::pair<std::string, std::string>> columns;
};

// Things that are alike on one heap each: three ones, two x.
struct Tiles {
  std::vector<std::pair<int, std::string>> heaps;  // how many, of what ("x"; "1" for ones)
};

// A division under its bracket. Digits stand above and before those of the dividend: one character
// a column, ' ' where nothing stands, '?' where the child goes on.
struct BusStop {
  std::string dividend;
  std::string divisor;
  std::string quotient;     // as long as the dividend
  std::string carries;      // small digits, each before its column; as long as the dividend
  std::string remainder;    // "" where none stands
  std::size_t look_at = 0;  // the column to look at, from the right
};

using Picture = std::variant<NumberLine, FractionBars, AreaModel, UnitSquare, Balance, PlaceValue,
                             Plates, Boxes, RatioTable, Tiles, BusStop>;

// "number-line", "fraction-bars", ...
const char* pictureName(const Picture& picture);
// The picture in words, for those who cannot see it: "A bar in 3 parts, 1 shaded: 1/3."
std::string toText(const Picture& picture);
// The picture as an SVG document (1.1, shapes and text only) with its words as the title. It has no
// size of its own, only proportions; text is set in Andika where that is there.
std::string toSvg(const Picture& picture);

}  // namespace primer::maths
