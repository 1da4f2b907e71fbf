// inference/README.md says what is true: its table is the registry's, its example runs.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "inference/readme_example.h"
#include "inference/small_models.h"
#include "kernels/kernel.h"
#include "ops/operators.h"
#include "primer/inference/support.h"
#include "test_folder.h"

namespace primer::inference {
namespace {

std::string readFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

constexpr std::array kColumns = {ElementType::kFloat32, ElementType::kInt8,  ElementType::kUint8,
                                 ElementType::kInt16,   ElementType::kInt32, ElementType::kInt64,
                                 ElementType::kBool};

// What comes out is of one type with what goes in; parameters (axes, conditions) aside.
bool keepsType(const OperatorTypes& types) {
  return types.output == types.second.value_or(types.input);
}

std::string listed(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

// The combinations that are in no column, those with the same output together.
std::string otherTypes(const OperatorSupport& op) {
  std::vector<std::pair<ElementType, std::vector<std::string>>> groups;
  std::size_t count = 0;
  for (const auto& types : op.types) {
    const bool has_column =
        std::find(kColumns.begin(), kColumns.end(), types.output) != kColumns.end();
    if (keepsType(types) && has_column) continue;
    ++count;
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const auto& one) { return one.first == types.output; });
    if (group == groups.end()) group = groups.insert(group, {types.output, {}});
    auto input = std::string(elementTypeName(types.input));
    if (types.second && *types.second != types.input) {
      input += fmt::format(" x {}", elementTypeName(*types.second));
    }
    group->second.push_back(std::move(input));
  }
  if (count == kColumns.size() * (kColumns.size() - 1)) return "from each of them to each other";
  std::vector<std::string> texts;
  for (const auto& [output, inputs] : groups) {
    texts.push_back(fmt::format("{} -> {}", listed(inputs), elementTypeName(output)));
  }
  return fmt::format("{}", fmt::join(texts, "; "));
}

std::string supportTable() {
  std::string table = "| operator | up to version |";
  std::string line = "|---|---:|";
  for (const auto type : kColumns) {
    table += fmt::format(" {} |", elementTypeName(type));
    line += ":-:|";
  }
  table += " also |\n" + line + "---|\n";
  for (const auto& op : supportedOperators()) {
    table += fmt::format("| {} | {} |", op.name, op.newest_version);
    for (const auto type : kColumns) {
      const bool taken = std::any_of(op.types.begin(), op.types.end(), [&](const auto& types) {
        return keepsType(types) && types.output == type;
      });
      table += taken ? " + |" : "  |";
    }
    table += fmt::format(" {} |\n", op.types.empty() ? "any type" : otherTypes(op));
  }
  return table;
}

// With PRIMER_UPDATE_README set, writes the table into the README first.
TEST(Readme, HoldsTheTableOfOperators) {
  auto readme = readFile(PRIMER_INFERENCE_README);
  if (std::getenv("PRIMER_UPDATE_README") != nullptr) {
    const auto begin = readme.find("| operator |");
    ASSERT_NE(begin, std::string::npos);
    readme.replace(begin, readme.find("\n\n", begin) + 1 - begin, supportTable());
    std::ofstream(PRIMER_INFERENCE_README, std::ios::binary) << readme;
  }
  EXPECT_NE(readme.find(supportTable()), std::string::npos)
      << "inference/README.md does not hold the table of the registry. To bring it there: "
         "PRIMER_UPDATE_README=1 build/release/tests/inference-test --gtest_filter='Readme.*'";
}

TEST(Registry, RulesAndKernelsBelongTogether) {
  std::set<tflite::BuiltinOperator> rules;
  std::string_view last;
  for (const auto& rule : operatorRules()) {
    const std::string_view name = tflite::EnumNameBuiltinOperator(rule.op);
    EXPECT_LT(last, name) << "rules stand in alphabetic order, each once";
    last = name;
    rules.insert(rule.op);
    EXPECT_FALSE(kernelRows(CpuLevel::kScalar, rule.op).empty()) << name << " has no kernel";
  }
  for (const auto& row : kernelRows(CpuLevel::kScalar)) {
    EXPECT_TRUE(rules.count(row.op))
        << tflite::EnumNameBuiltinOperator(row.op) << " has kernels and no rule";
  }
}

// The first row that fits is taken: a second one for the same types would never run.
TEST(Registry, NoKernelHidesAnother) {
  const auto rows = kernelRows(CpuLevel::kScalar);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size() && rows[j].op == rows[i].op; ++j) {
      const bool same = rows[i].input == rows[j].input && rows[i].output == rows[j].output &&
                        (!rows[i].second || rows[i].second == rows[j].second);
      EXPECT_FALSE(same) << tflite::EnumNameBuiltinOperator(rows[i].op) << " on "
                         << describe(OperatorTypes{rows[j].input, rows[j].second, rows[j].output});
    }
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
