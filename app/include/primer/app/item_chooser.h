#pragma once

// Which sum comes next, and why. The seam at which a better model of what a pupil knows will be put
// in: what it is given is what it will need.

#include <QString>
#include <cstddef>
#include <memory>
#include <span>

#include "primer/content/lesson.h"

namespace primer::app {

// A pupil's first try at an item; later tries at the same item do not count here.
struct FirstTry {
  std::size_t skill = 0;  // place in the lesson
  double difficulty = 0;  // 0..1, the share of pupils expected to miss it
  bool right = false;
};

struct Choice {
  std::size_t skill = 0, level = 0;  // places in the lesson
  QString reason;                    // in words, for pupil and teacher; never empty
};

class ItemChooser {
 public:
  virtual ~ItemChooser() = default;

  // `history`: all first tries so far, oldest first, of which the last `in_this_set` belong to the
  // set that is being worked on. The same history gives the same choice.
  virtual Choice choose(const content::Lesson& lesson, std::span<const FirstTry> history,
                        std::size_t in_this_set) const = 0;
};

// Aims at about 85 % success. Every answer moves an estimate of the pupil (overall and per skill,
// as Elo ratings do: R. Pelánek, "Applications of the Elo rating system in adaptive educational
// systems", Computers & Education 98, 2016); a skill opens when the skills that it needs go well;
// after two misses running comes something easier than both.
std::unique_ptr<ItemChooser> makeAdaptiveChooser();

}  // namespace primer::app
