// Small files that ask for much: parts of a FlatBuffer may be shared, calls fan out, and sizes are
// only numbers. Each is refused by the name of the limit, at once and without taking the memory.

#include <ctime>
#include <functional>

#include "inference/model_test.h"
#include "inference/small_models.h"
#include "time_bound.h"

namespace primer::inference {
namespace {

using testing::SmallNet;

// What is built for another kind of machine runs on an emulated one.
#if defined(PRIMER_EMULATED)
constexpr double kSlowMachine = 10;
#else
constexpr double kSlowMachine = 1;
#endif

// What opening and planning says, "" where both go well. Neither may take long.
std::string refusalOf(std::vector<std::byte> bytes, const Limits& limits = {}) {
  const auto begin = std::clock();
  const auto model = Model::fromBytes(std::move(bytes), "big", limits);
  std::string said;
  if (!model) {
    EXPECT_EQ(model.error().code, ErrorCode::kLimitExceeded) << model.error().message;
    said = model.error().message;
  } else if (const auto session = Session::create(*model); !session) {
    EXPECT_EQ(session.error().code, ErrorCode::kLimitExceeded) << session.error().message;
    said = session.error().message;
  }
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  EXPECT_LT(seconds, 5.0 * test::kSlowBuild * kSlowMachine)
      << said;  // of this process; under two as released
  return said;
}

// A file whose graph is `tensors` times the same tensor, and whose buffer 1 lies behind the
// FlatBuffer, at an odd place.
std::vector<std::byte> sharing(
    std::size_t tensors, std::size_t buffer_bytes,
    const std::function<flatbuffers::Offset<tflite::Tensor>(flatbuffers::FlatBufferBuilder&)>&
        make) {
  constexpr std::uint64_t kPlace = (1 << 20) + 1;
  flatbuffers::FlatBufferBuilder builder;
  const std::vector<flatbuffers::Offset<tflite::Tensor>> shared(tensors, make(builder));
  const auto graph = tflite::CreateSubGraph(builder, builder.CreateVector(shared));
  const std::vector<flatbuffers::Offset<tflite::Buffer>> buffers = {
      tflite::CreateBuffer(builder), tflite::CreateBuffer(builder, 0, kPlace, buffer_bytes)};
  tflite::FinishModelBuffer(builder,
                            tflite::CreateModel(builder, 3, 0, builder.CreateVector(&graph, 1), 0,
                                                builder.CreateVector(buffers)));
  const auto bytes = std::as_bytes(std::span(builder.GetBufferPointer(), builder.GetSize()));
  std::vector<std::byte> file(bytes.begin(), bytes.end());
  EXPECT_LT(file.size(), kPlace);
  file.resize(kPlace + buffer_bytes);
  return file;
}

TEST(LimitsOfFiles, SharedScalesAreCountedForEachTensor) {
  constexpr std::int32_t kChannels = 100000;
  EXPECT_THAT(refusalOf(sharing(16000, 0,
                                [](flatbuffers::FlatBufferBuilder& builder) {
                                  const std::vector<float> scales(kChannels, 0.5f);
                                  const auto quantization = tflite::CreateQuantizationParameters(
                                      builder, 0, 0, builder.CreateVector(scales));
                                  const std::vector<std::int32_t> shape = {kChannels};
                                  return tflite::CreateTensor(builder, builder.CreateVector(shape),
                                                              TensorType::INT8, 0, 0, quantization);
                                })),
              HasSubstr("model-bytes"));
}

TEST(LimitsOfFiles, SharedConstantsThatAreNotAlignedAreCountedForEachTensor) {
  constexpr std::int32_t kBytes = 1 << 20;
  EXPECT_THAT(refusalOf(sharing(16000, kBytes,
                                [](flatbuffers::FlatBufferBuilder& builder) {
                                  const std::vector<std::int32_t> shape = {kBytes / 4};
                                  return tflite::CreateTensor(builder, builder.CreateVector(shape),
                                                              TensorType::FLOAT32, 1);
                                })),
              HasSubstr("model-bytes"));
}

// Dense layers that share one matrix; each has its own rearranged copy.
TEST(LimitsOfFiles, RearrangedWeightsAreCountedForEachOperator) {
  constexpr std::int32_t kSize = 512;
  constexpr int kLayers = 4000;
  ModelBuilder builder;
  int last = builder.input("x", TensorType::INT8, {1, kSize}, perTensor(0.1f, 0));
  const int weights = builder.constant<std::int8_t>(
      "weights", {kSize, kSize}, std::vector<std::int8_t>(kSize * kSize, 1), perTensor(0.1f, 0));
  auto& model = builder.model();
  for (int i = 0; i < kLayers; ++i) {
    const int next = builder.tensor("y", TensorType::INT8, {1, kSize}, perTensor(0.1f, 0));
    builder.add(BuiltinOperator::FULLY_CONNECTED, {last, weights}, {next},
                tflite::FullyConnectedOptionsT{});
    last = next;
  }
  builder.output(last);
  EXPECT_EQ(model.subgraphs[0]->operators.size(), static_cast<std::size_t>(kLayers));
  EXPECT_THAT(refusalOf(builder.build()), HasSubstr("model-bytes"));
}

// Subgraph k is a composite that calls subgraph k + 1 ten times: 10^15 calls in a small file.
TEST(LimitsOfFiles, CallsThatFanOut) {
  ModelBuilder builder;
  const auto calls = [&](tflite::SubGraphT& graph, int called) {
    for (int i = 0; i < 10; ++i) {
      auto node = std::make_unique<tflite::OperatorT>();
      tflite::StableHLOCompositeOptionsT options;
      options.decomposition_subgraph_index = called;
      node->builtin_options_2.Set(std::move(options));
      graph.operators.push_back(std::move(node));
    }
  };
  builder.add(BuiltinOperator::STABLEHLO_COMPOSITE, {}, {});
  builder.graph().operators.clear();
  calls(builder.graph(), 1);
  for (int depth = 1; depth < 15; ++depth) {
    auto graph = std::make_unique<tflite::SubGraphT>();
    calls(*graph, depth + 1);
    builder.model().subgraphs.push_back(std::move(graph));
  }
  builder.model().subgraphs.push_back(std::make_unique<tflite::SubGraphT>());
  EXPECT_THAT(refusalOf(builder.build()), HasSubstr("call-count"));
}

// One operator that reads the same tensor a million times: a concatenation of nothing.
TEST(LimitsOfFiles, OperandsAreCounted) {
  ModelBuilder builder;
  const int x = builder.input("x", TensorType::INT8, {0}, perTensor(0.1f, 0));
  const int y = builder.tensor("y", TensorType::INT8, {0}, perTensor(0.1f, 0));
  builder.output(y);
  builder.add(BuiltinOperator::CONCATENATION, std::vector<std::int32_t>(5000000, x), {y},
              tflite::ConcatenationOptionsT{});
  EXPECT_THAT(refusalOf(builder.build()), HasSubstr("operand-count"));
}

// The most tensors and operators that are allowed, all alive at once, are planned at once too.
TEST(LimitsOfFiles, ACrowdIsPlannedInTime) {
  const Limits limits;
  ModelBuilder builder;
  const int x = builder.input("x", TensorType::FLOAT32, {3});
  for (std::size_t i = 1; i < limits.max_tensors; ++i) {
    builder.output(builder.tensor("y", TensorType::FLOAT32, {3}));
  }
  auto& graph = builder.graph();
  builder.add(BuiltinOperator::NEG, {x}, {1});
  for (std::size_t i = 2; i < limits.max_tensors; ++i) {
    auto node = std::make_unique<tflite::OperatorT>(*graph.operators[0]);
    node->outputs = {static_cast<int>(i)};
    graph.operators.push_back(std::move(node));
  }
  EXPECT_EQ(refusalOf(builder.build()), "");
}

TEST(LimitsOfFiles, SizesOfWhichOneIsNothing) {
  ModelBuilder builder;
  constexpr std::int32_t kHuge = 2147483647;
  const int x = builder.input("x", TensorType::FLOAT32, {0, kHuge, kHuge, kHuge});
  const int y = builder.tensor("y", TensorType::FLOAT32, {});
  builder.graph().tensors.back()->has_rank = false;
  builder.output(y);
  const int order = builder.constant<std::int32_t>("order", {4}, {3, 2, 1, 0});
  builder.add(BuiltinOperator::TRANSPOSE, {x, order}, {y}, tflite::TransposeOptionsT{});
  EXPECT_THAT(refusalOf(builder.build()), HasSubstr("tensor-bytes"));
}

// Each limit, set just below what the small network needs.
TEST(LimitsOfFiles, EachCanBeSet) {
  const auto bytes = SmallNet().builder.build();
  const auto with = [&](const std::function<void(Limits&)>& set) {
    Limits limits;
    set(limits);
    return refusalOf(bytes, limits);
  };
  EXPECT_EQ(with([](Limits&) {}), "");
  EXPECT_THAT(with([&](Limits& l) { l.max_file_bytes = bytes.size() - 1; }),
              HasSubstr("file-bytes"));
  EXPECT_THAT(with([](Limits& l) { l.max_arena_bytes = 200; }), HasSubstr("arena-bytes"));
  EXPECT_THAT(with([](Limits& l) { l.max_arena_bytes = 70; }), HasSubstr("tensor-bytes"));
  EXPECT_THAT(with([](Limits& l) { l.max_model_bytes = 8; }), HasSubstr("model-bytes"));
  EXPECT_THAT(with([](Limits& l) { l.max_work = 100; }), HasSubstr("work"));
  EXPECT_THAT(with([](Limits& l) { l.max_tensors = 10; }), HasSubstr("tensor-count"));
  EXPECT_EQ(with([](Limits& l) { l.max_tensors = 11; }), "");
  EXPECT_THAT(with([](Limits& l) { l.max_operators = 4; }), HasSubstr("operator-count"));
  EXPECT_EQ(with([](Limits& l) { l.max_operators = 5; }), "");
  EXPECT_THAT(with([](Limits& l) { l.max_operands = 14; }), HasSubstr("operand-count"));
}

}  // namespace
}  // namespace primer::inference
