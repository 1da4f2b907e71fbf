#include "primer/toolkit/folds.h"

#include <algorithm>
#include <map>

namespace primer::toolkit {

Result<std::vector<int>> dealFolds(const std::vector<std::string>& group_of_sample, int count) {
  std::map<std::string, std::size_t> sizes;
  for (const auto& group : group_of_sample) ++sizes[group];
  if (count < 2 || sizes.size() < static_cast<std::size_t>(count)) {
    return fail(ErrorCode::kInvalidArgument, std::to_string(sizes.size()) +
                                                 " groups cannot be dealt to " +
                                                 std::to_string(count) + " folds");
  }
  // The largest first, each to the fold that has least; by name where they are equal.
  std::vector<std::pair<std::string, std::size_t>> groups(sizes.begin(), sizes.end());
  std::stable_sort(groups.begin(), groups.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::size_t> load(static_cast<std::size_t>(count), 0);
  std::map<std::string, int> fold_of;
  for (const auto& [name, size] : groups) {
    const auto least = std::min_element(load.begin(), load.end());
    *least += size;
    fold_of[name] = static_cast<int>(least - load.begin());
  }
  std::vector<int> folds;
  folds.reserve(group_of_sample.size());
  for (const auto& group : group_of_sample) folds.push_back(fold_of[group]);
  return folds;
}

}  // namespace primer::toolkit
