// Single operators that break a rule of their own, each refused by the rule's name; and what the
// loader does with calls and with work without end.

#include <functional>

#include "inference/model_test.h"

namespace primer::inference {
namespace {

using Shape = std::vector<std::int32_t>;
using Ints = std::vector<std::int32_t>;

// A float input, int32 parameters after it, one output whose shape the file leaves open.
template <typename Options = tflite::TransposeOptionsT>
std::vector<std::byte> model(BuiltinOperator op, const Shape& shape,
                             const std::vector<Ints>& parameters, Options options = {},
                             std::size_t outputs = 1) {
  ModelBuilder builder;
  Ints inputs = {builder.input("x", TensorType::FLOAT32, shape)};
  for (const auto& values : parameters) {
    const auto count = static_cast<std::int32_t>(values.size());
    inputs.push_back(builder.constant<std::int32_t>("parameter", {count}, values));
  }
  Ints made;
  for (std::size_t i = 0; i < outputs; ++i) {
    made.push_back(builder.tensor("y", TensorType::FLOAT32, {}));
    builder.output(made.back());
  }
  builder.add(op, inputs, made, std::move(options));
  return builder.build();
}

std::vector<std::byte> pairOf(BuiltinOperator op, const Shape& a, const Shape& b) {
  ModelBuilder builder;
  const int x = builder.input("a", TensorType::FLOAT32, a);
  const int y = builder.input("b", TensorType::FLOAT32, b);
  const int z = builder.tensor("c", TensorType::FLOAT32, {});
  builder.output(z);
  builder.add(op, {x, y}, {z});
  return builder.build();
}

struct BrokenOperator {
  std::string rule;
  std::vector<std::byte> bytes;
};

std::vector<BrokenOperator> brokenOperators() {
  tflite::StridedSliceOptionsT shrink;
  shrink.shrink_axis_mask = 1;
  tflite::SpaceToDepthOptionsT no_block;
  tflite::DepthToSpaceOptionsT block;
  block.block_size = 3;
  tflite::SqueezeOptionsT squeeze;
  squeeze.squeeze_dims = {1};
  tflite::UnpackOptionsT unpack;
  unpack.axis = 5;
  tflite::GatherOptionsT gather;
  gather.batch_dims = 1;
  tflite::ResizeBilinearOptionsT both;
  both.align_corners = both.half_pixel_centers = true;
  tflite::LeakyReluOptionsT slope;
  slope.alpha = std::numeric_limits<float>::quiet_NaN();
  constexpr std::int32_t kHuge = 2147483647;
  return {
      {"permutation", model(BuiltinOperator::TRANSPOSE, {2, 3}, {{0, 0}})},
      {"permutation", model(BuiltinOperator::TRANSPOSE, {2, 3}, {{0}})},
      {"axis", model(BuiltinOperator::TRANSPOSE, {2, 3}, {{0, 2}})},
      {"slice-rank", model(BuiltinOperator::SLICE, {2, 3}, {{0}, {1}})},
      {"slice-bounds", model(BuiltinOperator::SLICE, {2, 3}, {{0, 2}, {1, 2}})},
      {"slice-bounds", model(BuiltinOperator::SLICE, {2, 3}, {{0, -1}, {1, 1}})},
      {"slice-bounds", model(BuiltinOperator::SLICE, {2, 3}, {{0, 1}, {1, kHuge}})},
      {"options-missing", model(BuiltinOperator::STRIDED_SLICE, {4}, {{0}, {2}, {1}})},
      {"slice-stride",
       model(BuiltinOperator::STRIDED_SLICE, {4}, {{0}, {2}, {0}}, tflite::StridedSliceOptionsT{})},
      {"slice-rank", model(BuiltinOperator::STRIDED_SLICE, {4}, {{0, 0}, {2, 1}, {1, 1}},
                           tflite::StridedSliceOptionsT{})},
      {"slice-bounds", model(BuiltinOperator::STRIDED_SLICE, {4}, {{7}, {8}, {1}}, shrink)},
      {"block-size", model(BuiltinOperator::SPACE_TO_DEPTH, {1, 4, 4, 2}, {}, no_block)},
      {"block-size", model(BuiltinOperator::DEPTH_TO_SPACE, {1, 4, 4, 8}, {}, block)},
      {"broadcast", model(BuiltinOperator::BROADCAST_TO, {2, 3}, {{2, 4}})},
      {"multiples", model(BuiltinOperator::TILE, {2, 3}, {{1, kHuge}})},
      {"multiples", model(BuiltinOperator::TILE, {2, 3}, {{1, -1}})},
      {"axis", model(BuiltinOperator::EXPAND_DIMS, {2}, {{3}})},
      {"squeeze", model(BuiltinOperator::SQUEEZE, {1, 3}, {}, squeeze)},
      {"split-parts",
       model(BuiltinOperator::SPLIT_V, {4}, {{1, 2}, {0}}, tflite::SplitVOptionsT{}, 2)},
      {"split-parts",
       model(BuiltinOperator::SPLIT_V, {4}, {{5, -1}, {0}}, tflite::SplitVOptionsT{}, 2)},
      {"axis", model(BuiltinOperator::UNPACK, {2, 3}, {}, unpack, 2)},
      {"split-parts", model(BuiltinOperator::UNPACK, {2, 3}, {}, tflite::UnpackOptionsT{}, 3)},
      {"batch-dims", model(BuiltinOperator::GATHER, {4}, {{1}}, gather)},
      {"index-range", model(BuiltinOperator::GATHER, {4}, {{4}}, tflite::GatherOptionsT{})},
      {"index-range", model(BuiltinOperator::GATHER, {4}, {{-1}}, tflite::GatherOptionsT{})},
      {"index-range", model(BuiltinOperator::GATHER_ND, {4, 2}, {{9}})},
      {"resize-size", model(BuiltinOperator::RESIZE_BILINEAR, {1, 2, 2, 1}, {{0, 3}})},
      {"resize-size", model(BuiltinOperator::RESIZE_NEAREST_NEIGHBOR, {1, 2, 2, 1}, {{3}})},
      {"resize-corners", model(BuiltinOperator::RESIZE_BILINEAR, {1, 2, 2, 1}, {{3, 3}}, both)},
      {"slope", model(BuiltinOperator::LEAKY_RELU, {2}, {}, slope)},
      {"axis", model(BuiltinOperator::SUM, {2, 3}, {{2}})},
      {"mean-of-nothing", model(BuiltinOperator::REDUCE_MAX, {0, 3}, {{0}})},
      {"matrix-shapes", pairOf(BuiltinOperator::BATCH_MATMUL, {2, 3}, {2, 3})},
      {"rank", pairOf(BuiltinOperator::BATCH_MATMUL, {3}, {3, 2})},
      {"broadcast", pairOf(BuiltinOperator::MUL, {2, 3}, {2})},
      {"broadcast", pairOf(BuiltinOperator::POW, {4}, {3})},
      {"options-missing", model(BuiltinOperator::MIRROR_PAD, {2, 3}, {{0, 0, 0, 0}})},
      {"paddings",
       model(BuiltinOperator::MIRROR_PAD, {2, 3}, {{0, 0}}, tflite::MirrorPadOptionsT{})},
      {"paddings",
       model(BuiltinOperator::MIRROR_PAD, {2, 3}, {{2, 0, 0, 0}}, tflite::MirrorPadOptionsT{})},
      {"paddings",
       model(BuiltinOperator::MIRROR_PAD, {2, 3}, {{0, -1, 0, 0}}, tflite::MirrorPadOptionsT{})},
      {"rank", model(BuiltinOperator::SPACE_TO_BATCH_ND, {4, 4}, {{2}, {0, 0}})},
      {"block-size", model(BuiltinOperator::SPACE_TO_BATCH_ND, {1, 4, 4, 1}, {{2}, {0, 0}})},
      {"block-size",
       model(BuiltinOperator::SPACE_TO_BATCH_ND, {1, 4, 4, 1}, {{2, 0}, {0, 0, 0, 0}})},
      {"block-size",
       model(BuiltinOperator::SPACE_TO_BATCH_ND, {1, 4, 4, 1}, {{2, 3}, {0, 0, 0, 0}})},
      {"paddings",
       model(BuiltinOperator::SPACE_TO_BATCH_ND, {1, 4, 4, 1}, {{2, 2}, {0, -2, 0, 0}})},
      {"block-size",
       model(BuiltinOperator::BATCH_TO_SPACE_ND, {3, 4, 4, 1}, {{2, 2}, {0, 0, 0, 0}})},
      {"paddings", model(BuiltinOperator::BATCH_TO_SPACE_ND, {4, 1, 1, 1}, {{2, 2}, {2, 1, 0, 0}})},
      {"index-type", model(BuiltinOperator::TOPK_V2, {2, 3}, {{2}}, tflite::TopKV2OptionsT{}, 2)},
  };
}

TEST(OperatorRules, AreHeldByName) {
  for (const auto& broken : brokenOperators()) {
    const auto opened = Model::fromBytes(broken.bytes, "one.tflite");
    ASSERT_FALSE(opened) << broken.rule << " was accepted";
    EXPECT_THAT(opened.error().message, HasSubstr(": " + broken.rule));
    EXPECT_THAT(opened.error().message, ::testing::StartsWith("one.tflite: operator 0 "));
  }
}

TEST(OperatorRules, IndicesOfARunStayInside) {
  ModelBuilder builder;
  const int data = builder.constant<float>("data", {3}, {1.0f, 2.0f, 3.0f});
  const int index = builder.input("index", TensorType::INT32, {4});
  const int out = builder.tensor("out", TensorType::FLOAT32, {4});
  builder.output(out);
  builder.add(BuiltinOperator::GATHER, {data, index}, {out}, tflite::GatherOptionsT{});
  const auto opened = Model::fromBytes(builder.build(), "gather");
  ASSERT_TRUE(opened) << opened.error().message;
  auto session = Session::create(*opened);
  ASSERT_TRUE(session) << session.error().message;
  const Ints wild = {1, -2147483647 - 1, 2147483647, 2};
  std::copy(wild.begin(), wild.end(), session->input<std::int32_t>(0).begin());
  session->run();
  EXPECT_THAT(session->output<float>(0), ElementsAre(2.0f, 1.0f, 3.0f, 3.0f));
}

TEST(OperatorRules, NoMoreThanThereAreComeOutOnTop) {
  const auto top = [](std::int32_t count) {
    ModelBuilder builder;
    const int x = builder.input("x", TensorType::FLOAT32, {2, 3});
    const int k = builder.constant<std::int32_t>("k", {}, {count});
    const int values = builder.tensor("values", TensorType::FLOAT32, {});
    const int places = builder.tensor("places", TensorType::INT32, {});
    builder.graph().tensors[static_cast<std::size_t>(values)]->has_rank = false;
    builder.graph().tensors[static_cast<std::size_t>(places)]->has_rank = false;
    builder.add(BuiltinOperator::TOPK_V2, {x, k}, {values, places}, tflite::TopKV2OptionsT{});
    builder.output(places);
    return Model::fromBytes(builder.build(), "top");
  };
  EXPECT_TRUE(top(3));
  EXPECT_TRUE(top(0));
  for (const std::int32_t count : {4, -1}) {
    const auto refused = top(count);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("TOPK_V2: top-count"));
  }
}

TEST(OperatorRules, WorkIsBounded) {
  ModelBuilder builder;
  const int x = builder.input("x", TensorType::FLOAT32, {1, 64, 64});
  const int product = builder.tensor("xx", TensorType::FLOAT32, {1, 64, 64});
  builder.output(product);
  builder.add(BuiltinOperator::BATCH_MATMUL, {x, x}, {product}, tflite::BatchMatMulOptionsT{});
  Limits limits;
  limits.max_work = 64 * 64 * 64;
  EXPECT_TRUE(Model::fromBytes(builder.build(), "square", limits));
  --limits.max_work;
  const auto refused = Model::fromBytes(builder.build(), "square", limits);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kLimitExceeded);
  EXPECT_THAT(refused.error().message, HasSubstr("operator 0 BATCH_MATMUL: work"));
}

// A composite in the main subgraph whose decomposition, subgraph 1, is `inner`.
ModelBuilder composite(BuiltinOperator inner, int called_by_inner) {
  ModelBuilder builder;
  const int x = builder.input("x", TensorType::FLOAT32, {3});
  const int y = builder.tensor("y", TensorType::FLOAT32, {3});
  builder.output(y);
  const auto call = [](tflite::OperatorT& node, int subgraph) {
    tflite::StableHLOCompositeOptionsT options;
    options.decomposition_subgraph_index = subgraph;
    node.builtin_options_2.Set(std::move(options));
  };
  call(builder.add(BuiltinOperator::STABLEHLO_COMPOSITE, {x}, {y}), 1);
  auto& main = builder.graph();
  auto& node = builder.add(inner, {x}, {y});
  if (inner == BuiltinOperator::STABLEHLO_COMPOSITE) call(node, called_by_inner);
  auto called = std::make_unique<tflite::SubGraphT>();
  for (const auto& tensor : main.tensors) {
    called->tensors.push_back(std::make_unique<tflite::TensorT>(*tensor));
  }
  called->inputs = {0};
  called->outputs = {1};
  called->operators.push_back(std::move(main.operators.back()));
  main.operators.pop_back();
  builder.model().subgraphs.push_back(std::move(called));
  return builder;
}

TEST(Composites, AreReplacedByWhatTheyCall) {
  const auto opened = Model::fromBytes(composite(BuiltinOperator::NEG, 0).build(), "negative");
  ASSERT_TRUE(opened) << opened.error().message;
  auto session = Session::create(*opened);
  ASSERT_TRUE(session) << session.error().message;
  session->input<float>(0)[1] = 2.5f;
  session->run();
  EXPECT_EQ(session->output<float>(0)[1], -2.5f);
}

TEST(Composites, ThatCallThemselvesAreRefused) {
  const auto opened =
      Model::fromBytes(composite(BuiltinOperator::STABLEHLO_COMPOSITE, 1).build(), "loop");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kLimitExceeded);
  EXPECT_THAT(opened.error().message, HasSubstr("call-depth"));
  const auto outside =
      Model::fromBytes(composite(BuiltinOperator::STABLEHLO_COMPOSITE, 7).build(), "outside");
  ASSERT_FALSE(outside);
  EXPECT_THAT(outside.error().message, HasSubstr("subgraph-index: 7 of 2"));
  auto unequal = composite(BuiltinOperator::NEG, 0);
  unequal.model().subgraphs[1]->inputs = {0, 1};
  EXPECT_THAT(Model::fromBytes(unequal.build(), "unequal").error().message,
              HasSubstr("call-arguments"));
}

}  // namespace
}  // namespace primer::inference
