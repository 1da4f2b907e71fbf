#include "primer/base/share.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace primer {
namespace {

TEST(Share, IsBesideTheProgramUnlessNamed) {
  const char* before = std::getenv("PRIMER_SHARE");
  const std::string kept = before != nullptr ? before : "";
  setenv("PRIMER_SHARE", "/some/where", 1);
  EXPECT_EQ(shareFolder(), "/some/where");
  unsetenv("PRIMER_SHARE");
  EXPECT_EQ(shareFolder().filename(), "primer");
  EXPECT_EQ(shareFolder().parent_path().filename(), "share");
  if (before != nullptr) setenv("PRIMER_SHARE", kept.c_str(), 1);
}

}  // namespace
}  // namespace primer
