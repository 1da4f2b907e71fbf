#include "primer/inference/support.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "kernels/kernel.h"
#include "ops/operators.h"

namespace primer::inference {

std::string describe(const OperatorTypes& types) {
  std::string in{elementTypeName(types.input)};
  if (types.second && *types.second != types.input) {
    in += fmt::format(" x {}", elementTypeName(*types.second));
  } else if (types.input == types.output) {
    return in;
  }
  return fmt::format("{} -> {}", in, elementTypeName(types.output));
}

namespace {

// What the graph reader turns into something else: copies, blocks, the operators of a subgraph.
constexpr std::array<std::string_view, 5> kResolvedWhenRead = {
    "CALL_ONCE", "IF", "STABLEHLO_COMPOSITE", "VAR_HANDLE", "WHILE"};

}  // namespace

std::vector<OperatorSupport> supportedOperators() {
  std::vector<OperatorSupport> operators;
  for (const auto& rule : operatorRules()) {
    auto& added = operators.emplace_back();
    added.name = tflite::EnumNameBuiltinOperator(rule.op);
    added.newest_version = rule.newest_version;
    for (const auto& row : kernelRows(CpuLevel::kScalar, rule.op)) {
      added.types.push_back({row.input, row.second, row.output});
    }
  }
  for (const auto name : kResolvedWhenRead) operators.push_back({name, 1, {}});
  std::sort(operators.begin(), operators.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return operators;
}

}  // namespace primer::inference
