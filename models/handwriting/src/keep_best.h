#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace primer::handwriting {

// Puts `one` into its place among partial results, best (largest `score`) first; of equals the
// earlier one stays in front. At most `count` are kept.
template <typename Partial>
void keepBest(std::vector<Partial>& partials, const Partial& one, std::size_t count) {
  const auto at =
      std::upper_bound(partials.begin(), partials.end(), one,
                       [](const Partial& a, const Partial& b) { return a.score > b.score; });
  if (at == partials.end() && partials.size() >= count) return;
  partials.insert(at, one);
  if (partials.size() > count) partials.pop_back();
}

}  // namespace primer::handwriting
