#include "primer/base/id.h"

#include <gtest/gtest.h>

#include <set>

namespace primer {
namespace {

TEST(Id, IsRandomAndReadsBack) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const auto id = LearnerId::random();
    EXPECT_FALSE(id.isNull());
    EXPECT_TRUE(seen.insert(id.hex()).second);
    EXPECT_EQ(*LearnerId::fromHex(id.hex()), id);
  }
}

TEST(Id, RefusesWhatIsNotAnId) {
  for (const char* text :
       {"", "12", "0123456789abcdef0123456789abcdeg", "0123456789abcdef0123456789abcdef0"}) {
    const auto id = LearnerId::fromHex(text);
    ASSERT_FALSE(id) << text;
    EXPECT_EQ(id.error().code, ErrorCode::kInvalidArgument);
  }
}

TEST(Id, DefaultIsNull) { EXPECT_TRUE(LearnerId().isNull()); }

}  // namespace
}  // namespace primer
