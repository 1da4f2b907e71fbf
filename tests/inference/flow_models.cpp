#include "inference/flow_models.h"

#include <memory>
#include <string>
#include <utility>

namespace primer::inference::testing {
namespace {

using tflite::BuiltinOperator;
using tflite::TensorType;

constexpr auto kInt = TensorType::INT32;
constexpr auto kFloat = TensorType::FLOAT32;
constexpr auto kBool = TensorType::BOOL;

tflite::VarHandleOptionsT named(const std::string& name) {
  tflite::VarHandleOptionsT options;
  options.shared_name = name;
  return options;
}

}  // namespace

tflite::WhileOptionsT loopOf(int condition, int body) {
  tflite::WhileOptionsT options;
  options.cond_subgraph_index = condition;
  options.body_subgraph_index = body;
  return options;
}

Fibonacci::Fibonacci() {
  const int n = builder.input("n", kInt, {});
  const int i = builder.constant<std::int32_t>("zero", {}, {0});
  const int a = builder.constant<std::int32_t>("first", {}, {0});
  const int b = builder.constant<std::int32_t>("second", {}, {1});
  std::vector<int> last;
  for (const auto* name : {"i_out", "n_out", "a_out", "b_out"}) {
    last.push_back(builder.tensor(name, kInt, {}));
  }
  builder.add(BuiltinOperator::WHILE, {i, n, a, b}, last, loopOf(1, 2));
  builder.output(last[0]);
  builder.output(last[2]);
  addCondition();
  addBody();
  builder.buildSubgraph(0);
}

void Fibonacci::addCondition() {
  builder.addSubgraph();
  const int i = builder.input("i", kInt, {});
  const int n = builder.input("n", kInt, {});
  builder.input("a", kInt, {});
  builder.input("b", kInt, {});
  const int less = builder.tensor("less", kBool, {});
  builder.add(BuiltinOperator::LESS, {i, n}, {less});
  builder.output(less);
}

void Fibonacci::addBody() {
  builder.addSubgraph();
  const int i = builder.input("i", kInt, {});
  const int n = builder.input("n", kInt, {});
  const int a = builder.input("a", kInt, {});
  const int b = builder.input("b", kInt, {});
  const int one = builder.constant<std::int32_t>("one", {}, {1});
  const int next = builder.tensor("next", kInt, {});
  const int sum = builder.tensor("sum", kInt, {});
  builder.add(BuiltinOperator::ADD, {i, one}, {next}, tflite::AddOptionsT{});
  builder.add(BuiltinOperator::ADD, {a, b}, {sum}, tflite::AddOptionsT{});
  for (const int output : {next, n, b, sum}) builder.output(output);
}

Squares::Squares() {
  const int x = builder.input("x", kFloat, {1});
  const int y = builder.tensor("y", kFloat, {1});
  builder.add(BuiltinOperator::WHILE, {x}, {y}, loopOf(1, 2));
  builder.output(y);
  const auto compare = [&](BuiltinOperator op, int value, float limit) {
    const int constant = builder.constant<float>("limit", {1}, {limit});
    const int result = builder.tensor("compared", kBool, {1});
    builder.add(op, {value, constant}, {result});
    return result;
  };
  builder.addSubgraph();
  builder.output(compare(BuiltinOperator::LESS, builder.input("x", kFloat, {1}), 100.0f));
  builder.addSubgraph();
  const int in = builder.input("x", kFloat, {1});
  const int out = builder.tensor("out", kFloat, {1});
  tflite::IfOptionsT branches;
  branches.then_subgraph_index = 3;
  branches.else_subgraph_index = 4;
  builder.add(BuiltinOperator::IF, {compare(BuiltinOperator::GREATER, in, 10.0f), in}, {out},
              branches);
  builder.output(out);
  for (const auto op : {BuiltinOperator::MUL, BuiltinOperator::ADD}) {
    builder.addSubgraph();
    const int a = builder.input("a", kFloat, {1});
    const int b = builder.tensor("b", kFloat, {1});
    builder.add(op, {a, a}, {b});
    builder.output(b);
  }
  builder.buildSubgraph(0);
}

Counter::Counter() {
  x = builder.input("x", TensorType::FLOAT32, {2});
  handle = builder.tensor("handle", TensorType::RESOURCE, {});
  before = builder.tensor("before", TensorType::FLOAT32, {2});
  after = builder.tensor("after", TensorType::FLOAT32, {2});
  builder.output(before);
  tflite::CallOnceOptionsT call;
  call.init_subgraph_index = 1;
  builder.add(BuiltinOperator::CALL_ONCE, {}, {}, call);
  builder.add(BuiltinOperator::VAR_HANDLE, {}, {handle}, named("total"));
  builder.add(BuiltinOperator::READ_VARIABLE, {handle}, {before});
  builder.add(BuiltinOperator::ADD, {before, x}, {after}, tflite::AddOptionsT{});
  builder.add(BuiltinOperator::ASSIGN_VARIABLE, {handle, after}, {});
  addInitialisation();
}

void Counter::addInitialisation() {
  const int start = builder.constant<float>("start", {2}, {10.0f, 20.0f});
  auto once = std::make_unique<tflite::SubGraphT>();
  for (const int tensor : {handle, start}) {
    once->tensors.push_back(std::make_unique<tflite::TensorT>(*builder.graph().tensors[tensor]));
  }
  auto& nodes = builder.graph().operators;
  builder.add(BuiltinOperator::VAR_HANDLE, {}, {0}, named("total"));
  once->operators.push_back(std::move(nodes.back()));
  nodes.pop_back();
  builder.add(BuiltinOperator::ASSIGN_VARIABLE, {0, 1}, {});
  once->operators.push_back(std::move(nodes.back()));
  nodes.pop_back();
  builder.model().subgraphs.push_back(std::move(once));
}

}  // namespace primer::inference::testing
