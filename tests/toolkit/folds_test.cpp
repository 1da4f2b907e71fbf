#include "primer/toolkit/folds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace primer::toolkit {
namespace {

using testing::HasSubstr;

TEST(Folds, KeepAGroupTogetherAndAreEven) {
  std::vector<std::string> groups;
  const std::map<std::string, int> sizes = {{"a", 50}, {"b", 30}, {"c", 20}, {"d", 20}, {"e", 10}};
  for (const auto& [name, size] : sizes)
    groups.insert(groups.end(), static_cast<std::size_t>(size), name);
  const auto folds = dealFolds(groups, 2);
  ASSERT_TRUE(folds);
  std::map<std::string, std::set<int>> folds_of;
  std::map<int, int> load;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    folds_of[groups[i]].insert((*folds)[i]);
    ++load[(*folds)[i]];
  }
  for (const auto& [name, on] : folds_of) EXPECT_EQ(on.size(), 1u) << name;
  EXPECT_EQ(load[0], 70);  // 50 + 20
  EXPECT_EQ(load[1], 60);  // 30 + 20 + 10
}

TEST(Folds, DoNotDependOnTheOrderOfSamples) {
  const std::vector<std::string> groups = {"a", "b", "c", "a", "b", "a"};
  const std::vector<std::string> turned(groups.rbegin(), groups.rend());
  const auto folds = dealFolds(groups, 3);
  auto other = dealFolds(turned, 3);
  ASSERT_TRUE(folds && other);
  EXPECT_EQ(*folds, std::vector(other->rbegin(), other->rend()));
}

TEST(Folds, NeedAsManyGroups) {
  EXPECT_THAT(dealFolds({"a", "b", "a"}, 3).error().message, HasSubstr("2 groups"));
  EXPECT_FALSE(dealFolds({"a", "b"}, 1));
  EXPECT_FALSE(dealFolds({}, 2));
}

}  // namespace
}  // namespace primer::toolkit
