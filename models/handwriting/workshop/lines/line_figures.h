#pragma once

// How well lines are read: what is counted, by the task and by the measuring tool alike.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lines/line_composer.h"
#include "primer/handwriting/lines/line_strokes.h"
#include "primer/handwriting/lines/reading_search.h"

namespace primer::handwriting::workshop {

// The class of each group in truth; lines::kNotOne where it is not one whole symbol.
std::vector<std::size_t> targetsOf(const MadeNotation& made, const lines::LineStrokes& line,
                                   const std::vector<lines::LineGroup>& groups);

class LineTally {
 public:
  // `readings` best first.
  void add(const std::vector<lines::FoundReading>& readings, std::string_view truth);
  void add(const std::vector<std::string>& latex, std::string_view truth);

  std::size_t count() const { return all_; }
  double exactPercent() const { return percent(exact_); }
  double withinThreePercent() const { return percent(within_three_); }

 private:
  double percent(std::size_t part) const {
    return all_ == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(all_);
  }
  std::size_t all_ = 0;
  std::size_t exact_ = 0;
  std::size_t within_three_ = 0;
};

}  // namespace primer::handwriting::workshop
