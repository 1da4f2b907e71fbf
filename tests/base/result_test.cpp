#include "primer/base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace primer {
namespace {

Result<std::unique_ptr<int>> make(bool ok) {
  if (!ok) return fail(ErrorCode::kNoSpace, "no room", "disk.full");
  return std::make_unique<int>(7);
}

Status check(bool ok) {
  PRIMER_TRY(make(ok));
  return {};
}

Result<int> doubled(bool ok) {
  PRIMER_ASSIGN(const auto value, make(ok));
  return 2 * *value;
}

TEST(Result, MacrosPassValuesAndErrors) {
  EXPECT_TRUE(check(true));
  EXPECT_EQ(*doubled(true), 14);
  const auto failed = doubled(false);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::kNoSpace);
  EXPECT_EQ(failed.error().key, "disk.full");
  EXPECT_EQ(check(false).error().message, "no room");
}

TEST(Result, ContextKeepsCodeAndKey) {
  const Error error =
      Error(ErrorCode::kDamaged, "page 3", "database.damaged").withContext("opening x");
  EXPECT_EQ(error.message, "opening x: page 3");
  EXPECT_EQ(error.code, ErrorCode::kDamaged);
  EXPECT_EQ(error.key, "database.damaged");
}

TEST(Result, EveryCodeHasAName) {
  for (int code = 0; code < static_cast<int>(ErrorCode::kInternal); ++code) {
    EXPECT_NE(errorCodeName(static_cast<ErrorCode>(code)), "internal");
  }
}

}  // namespace
}  // namespace primer
