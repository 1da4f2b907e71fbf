// Variables: what a session remembers from run to run, and what the loader wants of them.

#include "inference/flow_models.h"
#include "inference/model_test.h"

namespace primer::inference {
namespace {

using testing::Counter;

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

// A second entry of the counter's file that tells the total.
ModelBuilder counterWithReader() {
  Counter counter;
  auto& builder = counter.builder;
  const auto handle = std::make_unique<tflite::OperatorT>(*builder.graph().operators[1]);
  builder.addSubgraph();
  const int here = builder.tensor("handle", TensorType::RESOURCE, {});
  const int total = builder.tensor("total", TensorType::FLOAT32, {2});
  auto named = std::make_unique<tflite::OperatorT>(*handle);
  named->outputs = {here};
  builder.graph().operators.push_back(std::move(named));
  builder.add(BuiltinOperator::READ_VARIABLE, {here}, {total});
  builder.output(total);
  builder.buildSubgraph(0);
  auto signature = std::make_unique<tflite::SignatureDefT>();
  signature->signature_key = "read";
  signature->subgraph_index = 2;
  builder.model().signature_defs.push_back(std::move(signature));
  return std::move(builder);
}

TEST(Variables, AreSharedByEntriesOfAFileWhereAProgramWishes) {
  const auto model = testing::opened(counterWithReader());
  auto counts = planned(model);
  const auto reader = model->signature("read");
  ASSERT_TRUE(reader) << reader.error().message;
  auto alone = planned(*reader);
  auto reads = planned(*reader, {.state_of = &counts});
  const auto total = [](Session& session) {
    EXPECT_TRUE(session.run());
    const auto output = session.output<float>(0);
    return std::vector<float>(output.begin(), output.end());
  };
  EXPECT_THAT(total(reads), ElementsAre(10.0f, 20.0f)) << "as CALL_ONCE left it";
  EXPECT_THAT(total(alone), ElementsAre(0.0f, 0.0f)) << "this entry has no CALL_ONCE";
  counts.input<float>(0)[0] = 1.0f;
  counts.input<float>(0)[1] = 2.0f;
  ASSERT_TRUE(counts.run());
  EXPECT_THAT(total(reads), ElementsAre(11.0f, 22.0f));
  auto counts_on = planned(model, {.state_of = &reads});
  EXPECT_THAT(total(reads), ElementsAre(11.0f, 22.0f)) << "CALL_ONCE has begun it already";
  EXPECT_THAT(total(counts_on), ElementsAre(11.0f, 22.0f));
  reads.reset();
  EXPECT_THAT(total(counts), ElementsAre(10.0f, 20.0f));
  { const auto gone = std::move(counts); }
  EXPECT_TRUE(reads.run()) << "the memory lives as long as who shares it";
}

TEST(Variables, OfAnotherSizeAreNotShared) {
  auto builder = counterWithReader();
  auto& tensors = builder.model().subgraphs[2]->tensors;
  tensors.back()->shape = {3};
  const auto model = testing::opened(builder);
  const auto counts = planned(model);
  const auto reader = model->signature("read");
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_TRUE(Session::create(*reader));
  const auto refused = Session::create(*reader, {.state_of = &counts});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("variable-shared: 'total'"));
}

// What CALL_ONCE calls runs when a session is made: it may neither wait for a branch nor call on.
TEST(Variables, InitialisationIsOnceAndOfConstants) {
  tflite::CallOnceOptionsT call;
  testing::Squares in_branch;
  in_branch.builder.addSubgraph();
  in_branch.builder.buildSubgraph(3);
  call.init_subgraph_index = 5;
  in_branch.builder.add(BuiltinOperator::CALL_ONCE, {}, {}, call);
  EXPECT_THAT(refusalOf(in_branch.builder),
              HasSubstr("subgraph 3 operator 1 CALL_ONCE: call-once: inside a branch or a loop"));

  testing::Squares calls_on;  // its loop moves into what CALL_ONCE calls
  auto& model = calls_on.builder.model();
  model.subgraphs.push_back(std::move(model.subgraphs[0]));
  model.subgraphs[0] = std::make_unique<tflite::SubGraphT>();
  calls_on.builder.add(BuiltinOperator::CALL_ONCE, {}, {}, call);
  EXPECT_THAT(refusalOf(calls_on.builder), HasSubstr("call-once: calls further subgraphs"));

  Counter depends;  // on what another variable holds when the session is made
  auto& once = *depends.builder.model().subgraphs[1];
  auto read = std::make_unique<tflite::OperatorT>(*depends.builder.graph().operators[2]);
  read->inputs = {0};
  read->outputs = {1};
  once.tensors[1]->buffer = 0;
  once.operators.insert(once.operators.begin() + 1, std::move(read));
  EXPECT_THAT(refusalOf(depends.builder), HasSubstr("call-once: depends on more than constants"));
}

}  // namespace
}  // namespace primer::inference
