#pragma once

// Judging worked lines: what content/maths says of them, where in the line it went wrong, and the
// next help. Takes up to 20 ms a line and more for help, so it runs in the backroom. Pure
// functions.

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "primer/app/values.h"
#include "primer/maths/column_work.h"
#include "primer/maths/working.h"

namespace primer::app {

struct JudgedWork {
  std::vector<maths::LineVerdict> lines;
  // Of column work, column by column; nothing for lines.
  std::vector<std::optional<maths::ColumnVerdict>> columns;
  bool finished = false;
  // Of each line the characters from `first` up to `second` that went wrong; none: the whole line,
  // or nothing.
  std::vector<std::optional<std::pair<std::size_t, std::size_t>>> wrong_part;
  // Help for the next line, where no line is wrong: point, teach, tell. Empty where there is none.
  std::array<std::string, 3> next_step;
  bool next_is_line = true;  // the last of them is a line to be written, else a sentence
  std::optional<maths::Picture> next_picture;
};

// `columns`: per line the column work that it is, or nothing; may be shorter. Column work stands
// among the lines as its sum ("47+38=85") and is judged as such; what is wrong within it is told by
// the columns. A division that is printed on the squares is judged by its columns alone.
JudgedWork judgeWork(const maths::ProblemSource& problem,
                     const std::vector<maths::WrittenLine>& lines,
                     const std::vector<std::optional<maths::ColumnWork>>& columns = {});

// "47+38=85"; empty where there is no result yet. `blanks`: with a "_" for every digit that is
// still to be written, "72÷3=2_".
std::string asLine(const maths::ColumnWork& work, bool blanks = false);

// Nothing: no example like this one was found.
std::optional<ExampleView> exampleLike(const maths::ProblemSource& problem, std::uint64_t seed);

// "2x=16" as it is printed: room around the signs between numbers.
QString printed(const std::string& text);

}  // namespace primer::app
