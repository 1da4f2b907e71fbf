#include "src/lines/overwriting.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "primer/handwriting/lines/notation.h"

namespace primer::handwriting::lines {

namespace {

constexpr float kShared = 0.62f;     // of the smaller box
constexpr float kOfBoth = 0.32f;     // of what both cover
constexpr float kSameHeight = 0.6f;  // of the lower to the higher
constexpr float kThin = 0.3f;        // a 1 is taken for this wide, in its heights

std::size_t likeliest(const GroupScores& scores) {
  return static_cast<std::size_t>(
      std::max_element(scores.classes.begin(), scores.classes.begin() + kJunk) -
      scores.classes.begin());
}

bool isWritten(const GroupScores& scores) {
  const auto label = likeliest(scores);
  return isDigit(label) || isLetter(label);
}

StrokeBox widened(StrokeBox box) {
  const float missing = kThin * box.height() - box.width();
  if (missing > 0) box.left -= missing / 2, box.right += missing / 2;
  return box;
}

bool standsOn(const LineGroup& later, const LineGroup& earlier) {
  if (earlier.members.back() > later.members.front()) return false;
  const auto a = widened(earlier.box);
  const auto b = widened(later.box);
  if (std::min(a.height(), b.height()) < kSameHeight * std::max(a.height(), b.height())) {
    return false;
  }
  const float across = std::min(a.right, b.right) - std::max(a.left, b.left);
  const float down = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  if (across <= 0 || down <= 0) return false;
  const float shared = across * down;
  const float one = a.width() * a.height();
  const float other = b.width() * b.height();
  return shared > kShared * std::min(one, other) && shared > kOfBoth * (one + other - shared);
}

}  // namespace

void takeOverwritten(LineDivision& division, const std::vector<LineGroup>& groups,
                     const std::vector<GroupScores>& scores) {
  auto& chosen = division.groups;
  std::vector<std::size_t> written;
  std::copy_if(chosen.begin(), chosen.end(), std::back_inserter(written),
               [&scores](std::size_t g) { return isWritten(scores[g]); });
  std::vector<std::size_t> over;
  for (const auto g : written) {
    const bool covered = std::any_of(written.begin(), written.end(), [&](std::size_t later) {
      return later != g && standsOn(groups[later], groups[g]);
    });
    if (covered) over.push_back(g);
  }
  division.covered = over.size();
  if (over.size() > kMostOverwritten) return;
  std::erase_if(chosen, [&over](std::size_t g) {
    return std::find(over.begin(), over.end(), g) != over.end();
  });
  division.overwritten = std::move(over);
}

}  // namespace primer::handwriting::lines
