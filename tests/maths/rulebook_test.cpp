#include "primer/maths/rulebook.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace primer::maths {
namespace {

// With PRIMER_UPDATE_README set, writes the page first.
TEST(Rulebook, ThePageIsTheTable) {
  const std::string path = PRIMER_MATHS_PAGE;
  if (std::getenv("PRIMER_UPDATE_README") != nullptr) {
    std::ofstream(path, std::ios::binary) << misconceptionsPage();
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), misconceptionsPage())
      << "run PRIMER_UPDATE_README=1 build/release/tests/maths-test --gtest_filter='Rulebook.*'";
}

TEST(Rulebook, EveryRuleHasItsWords) {
  for (const auto& m : misconceptions()) {
    EXPECT_FALSE(m.name.empty() || m.example.empty() || m.explanation.empty() || m.point.empty() ||
                 m.teach.empty() || m.source.empty())
        << m.key;
    EXPECT_LE(m.point.size(), 160u) << m.key;
    EXPECT_LE(m.teach.size(), 160u) << m.key;
    EXPECT_EQ(findMisconception(m.key), &m);
  }
  EXPECT_EQ(findMisconception("no-such-key"), nullptr);
}

}  // namespace
}  // namespace primer::maths
