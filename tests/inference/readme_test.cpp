// inference/README.md says what is true: its table is the registry's, its example runs.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "inference/readme_example.h"
#include "inference/small_models.h"
#include "kernels/kernel.h"
#include "ops/operators.h"
#include "test_folder.h"

namespace primer::inference {
namespace {

std::string readFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string typesOf(const KernelRow& row) {
  std::string in{elementTypeName(row.input)};
  if (row.second && *row.second != row.input) {
    in += fmt::format(" x {}", elementTypeName(*row.second));
  } else if (row.input == row.output) {
    return in;
  }
  return fmt::format("{} -> {}", in, elementTypeName(row.output));
}

std::string supportTable() {
  std::string table = "| operator | up to version | types |\n|---|---:|---|\n";
  for (const auto& rule : operatorRules()) {
    std::string types;
    for (const auto& row : kernelRows(CpuLevel::kScalar)) {
      if (row.op != rule.op) continue;
      types += fmt::format("{}{}", types.empty() ? "" : ", ", typesOf(row));
    }
    table += fmt::format("| {} | {} | {} |\n", tflite::EnumNameBuiltinOperator(rule.op),
                         rule.newest_version, types);
  }
  return table;
}

TEST(Readme, HoldsTheTableOfOperators) {
  const auto readme = readFile(PRIMER_INFERENCE_README);
  EXPECT_NE(readme.find(supportTable()), std::string::npos)
      << "put this table into inference/README.md:\n"
      << supportTable();
}

TEST(Readme, EveryOperatorHasAKernel) {
  for (const auto& rule : operatorRules()) {
    bool found = false;
    for (const auto& row : kernelRows(CpuLevel::kScalar)) found = found || row.op == rule.op;
    EXPECT_TRUE(found) << tflite::EnumNameBuiltinOperator(rule.op);
  }
}

TEST(Readme, HoldsTheExample) {
  const auto source = readFile(PRIMER_README_EXAMPLE);
  const std::string mark = "// [README example]\n";
  const auto begin = source.find(mark) + mark.size();
  const auto example = source.substr(begin, source.rfind(mark) - begin);
  EXPECT_NE(readFile(PRIMER_INFERENCE_README).find("```cpp\n" + example + "```\n"),
            std::string::npos)
      << example;
}

TEST(Readme, TheExampleRuns) {
  const test::TestFolder folder;
  const auto bytes = testing::SmallNet().builder.build();
  const auto path = folder / "small.tflite";
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  const std::vector<std::int8_t> image(72, 40);
  const auto best = testing::bestClass(path, image);
  ASSERT_TRUE(best) << best.error().message;
  EXPECT_GE(*best, 0);
  EXPECT_LT(*best, 4);
  EXPECT_FALSE(testing::bestClass(folder / "none.tflite", image));
}

}  // namespace
}  // namespace primer::inference
