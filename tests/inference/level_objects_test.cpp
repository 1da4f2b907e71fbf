// Files that are compiled for a level of CPU give the linker nothing that it could merge with the
// functions of plain files: else a CPU without the level might run an instruction that it lacks.

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <set>
#include <sstream>
#include <string>

namespace primer::inference {
namespace {

std::string outputOf(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  std::array<char, 4096> block{};
  while (pipe != nullptr) {
    const auto count = fread(block.data(), 1, block.size(), pipe.get());
    if (count == 0) break;
    text.append(block.data(), count);
  }
  return text;
}

TEST(LevelObjects, HaveNoFunctionsThatTheLinkerMerges) {
#if defined(__aarch64__)
  const std::set<std::string> levels = {"neon", "dotprod", "i8mm"};
#else
  const std::set<std::string> levels = {"avx2", "avxvnni", "avx512vl", "avx512vnni", "amx"};
#endif
  // Of the library, which tells its members, and of levels that only tests have.
  const std::string nm = std::string(PRIMER_NM) + " --defined-only ";
  const std::string test_levels = PRIMER_TEST_LEVELS;
  std::istringstream symbols(
      outputOf(nm + PRIMER_ENGINE_LIBRARY) +
      (test_levels.empty() ? "" : "\navx512vl.cpp.o:\n" + outputOf(nm + test_levels)));
  std::string member;
  std::set<std::string> seen;
  for (std::string line; std::getline(symbols, line);) {
    if (!line.empty() && line.back() == ':') {
      member = line.substr(0, line.find(".cpp"));
      continue;
    }
    if (levels.count(member) == 0) continue;
    seen.insert(member);
    std::istringstream words(line);
    std::string address;
    std::string kind;
    std::string name;
    words >> address >> kind >> name;
    if (name.rfind("DW.ref.", 0) == 0) continue;  // a pointer, for unwinding: not code
    EXPECT_TRUE(kind != "W" && kind != "V" && kind != "u") << member << ": " << line;
  }
  if (seen.empty()) GTEST_SKIP() << "this build has no levels but scalar";
  EXPECT_EQ(seen, levels);
}

}  // namespace
}  // namespace primer::inference
