// Variables: what a session remembers from run to run, and what the loader wants of them.

#include "inference/model_test.h"

namespace primer::inference {
namespace {

tflite::VarHandleOptionsT named(const std::string& name) {
  tflite::VarHandleOptionsT options;
  options.shared_name = name;
  return options;
}

// total += x, which begins at 10 through CALL_ONCE; the output is the total before the run.
struct Counter {
  ModelBuilder builder;
  int x = 0, handle = 0, before = 0, after = 0;

  Counter() {
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

  // Subgraph 1: total = {10, 20}.
  void addInitialisation() {
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
};

TEST(Variables, KeepTheirBytesFromRunToRunOfOneSession) {
  const auto model = open(Counter().builder);
  ASSERT_TRUE(model) << model.error().message;
  auto one = Session::create(*model);
  auto other = Session::create(*model);
  ASSERT_TRUE(one) << one.error().message;
  ASSERT_TRUE(other);
  const auto step = [](Session& session, float a, float b) {
    session.input<float>(0)[0] = a;
    session.input<float>(0)[1] = b;
    session.run();
    const auto output = session.output<float>(0);
    return std::vector<float>(output.begin(), output.end());
  };
  EXPECT_THAT(step(*one, 1.0f, 2.0f), ElementsAre(10.0f, 20.0f));
  EXPECT_THAT(step(*one, 3.0f, 4.0f), ElementsAre(11.0f, 22.0f));
  EXPECT_THAT(step(*one, 0.0f, 0.0f), ElementsAre(14.0f, 26.0f));
  EXPECT_THAT(step(*other, 0.0f, 0.0f), ElementsAre(10.0f, 20.0f));
  one->reset();
  EXPECT_THAT(step(*one, 5.0f, 5.0f), ElementsAre(10.0f, 20.0f));
  EXPECT_THAT(step(*one, 0.0f, 0.0f), ElementsAre(15.0f, 25.0f));
}

TEST(Variables, BeginAsZerosWithoutInitialisation) {
  Counter counter;
  counter.builder.graph().operators.erase(counter.builder.graph().operators.begin());
  const auto model = open(counter.builder);
  ASSERT_TRUE(model) << model.error().message;
  auto session = Session::create(*model);
  ASSERT_TRUE(session) << session.error().message;
  session->run();
  EXPECT_EQ(session->output<float>(0)[0], 0.0f);
}

TEST(Variables, BrokenUsesAreRefusedByName) {
  Counter other_shape;
  other_shape.builder.graph().tensors[other_shape.before]->shape = {1};
  EXPECT_THAT(refusalOf(other_shape.builder), HasSubstr("output-shape"));
  Counter no_handle;
  no_handle.builder.graph().operators[2]->inputs = {no_handle.x};
  EXPECT_THAT(refusalOf(no_handle.builder), HasSubstr("READ_VARIABLE: variable-handle"));
  Counter no_subgraph;
  no_subgraph.builder.graph()
      .operators[0]
      ->builtin_options.AsCallOnceOptions()
      ->init_subgraph_index = 9;
  EXPECT_THAT(refusalOf(no_subgraph.builder), HasSubstr("CALL_ONCE: subgraph-index"));
  Counter loop;
  auto call = std::make_unique<tflite::OperatorT>(*loop.builder.graph().operators[0]);
  call->builtin_options.AsCallOnceOptions()->init_subgraph_index = 0;
  loop.builder.model().subgraphs[1]->operators.push_back(std::move(call));
  EXPECT_THAT(refusalOf(loop.builder), HasSubstr("subgraph-index"));
  Counter written;
  written.builder.graph().tensors[written.after]->is_variable = true;
  EXPECT_THAT(refusalOf(written.builder), HasSubstr("write-variable"));
}

}  // namespace
}  // namespace primer::inference
