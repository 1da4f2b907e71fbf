// What the loader refuses, and in which words. Every rule is broken once, by name.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>

#include "inference/small_models.h"
#include "primer/inference/session.h"
#include "test_folder.h"

namespace primer::inference {
namespace {

using testing::kConvNode;
using testing::kDenseNode;
using testing::kPoolNode;
using testing::kReshapeNode;
using testing::kSoftmaxNode;
using testing::SmallNet;

struct Break {
  std::string rule;
  ErrorCode code;
  std::function<void(SmallNet&)> apply;
};

tflite::TensorT& tensor(SmallNet& net, int index) { return *net.builder.graph().tensors[index]; }
tflite::OperatorT& node(SmallNet& net, int index) { return *net.builder.graph().operators[index]; }
tflite::OperatorCodeT& code(SmallNet& net, int index) {
  return *net.builder.model().operator_codes[index];
}
tflite::BufferT& buffer(SmallNet& net, int tensor_index) {
  return *net.builder.model().buffers[tensor(net, tensor_index).buffer];
}
tflite::Conv2DOptionsT& convOptions(SmallNet& net) {
  return *node(net, kConvNode).builtin_options.AsConv2DOptions();
}
tflite::Pool2DOptionsT& poolOptions(SmallNet& net) {
  return *node(net, kPoolNode).builtin_options.AsPool2DOptions();
}
void setShape(SmallNet& net, std::vector<std::int32_t> shape) {
  auto& data = buffer(net, net.shape).data;
  data.resize(shape.size() * sizeof(std::int32_t));
  std::memcpy(data.data(), shape.data(), data.size());
  tensor(net, net.shape).shape = {static_cast<std::int32_t>(shape.size())};
}

constexpr auto kDamaged = ErrorCode::kDamaged;
constexpr auto kUnsupported = ErrorCode::kUnsupported;
constexpr auto kLimit = ErrorCode::kLimitExceeded;

std::vector<Break> breaks() {
  return {
      {"model-version", kUnsupported, [](SmallNet& n) { n.builder.model().version = 2; }},
      {"subgraph-missing", kDamaged, [](SmallNet& n) { n.builder.model().subgraphs.clear(); }},
      {"tensor-type", kDamaged,
       [](SmallNet& n) { tensor(n, n.conv).type = static_cast<tflite::TensorType>(99); }},
      {"tensor-dense", kUnsupported,
       [](SmallNet& n) {
         tensor(n, n.conv).sparsity = std::make_unique<tflite::SparsityParametersT>();
       }},
      {"shape-rank", kDamaged,
       [](SmallNet& n) { tensor(n, n.conv).shape = std::vector<std::int32_t>(9, 1); }},
      {"shape-dimension", kDamaged,
       [](SmallNet& n) {
         tensor(n, n.image).shape = {1, -6, 6, 2};
       }},
      {"tensor-bytes", kLimit,
       [](SmallNet& n) {
         tensor(n, n.image).shape = {1, 1 << 30, 1 << 30, 1 << 30};
       }},
      {"buffer-index", kDamaged, [](SmallNet& n) { tensor(n, n.conv_bias).buffer = 1000; }},
      {"buffer-inside", kUnsupported,
       [](SmallNet& n) { tensor(n, n.conv_bias).external_buffer = 1; }},
      {"buffer-size", kDamaged, [](SmallNet& n) { buffer(n, n.conv_weights).data.pop_back(); }},
      {"buffer-bounds", kDamaged,
       [](SmallNet& n) {
         auto& bytes = buffer(n, n.conv_weights);
         bytes.data.clear();
         bytes.offset = 16;
         bytes.size = ~std::uint64_t{0} - 8;
       }},
      {"variable-constant", kDamaged,
       [](SmallNet& n) { tensor(n, n.conv_bias).is_variable = true; }},
      {"write-variable", kDamaged, [](SmallNet& n) { tensor(n, n.conv).is_variable = true; }},
      {"scale-positive", kDamaged,
       [](SmallNet& n) { tensor(n, n.conv).quantization->scale = {-1.0f}; }},
      {"scale-positive", kDamaged,
       [](SmallNet& n) {
         tensor(n, n.conv).quantization->scale = {std::numeric_limits<float>::quiet_NaN()};
       }},
      {"scale-count", kDamaged,
       [](SmallNet& n) {
         tensor(n, n.conv_weights).quantization->scale = {0.1f, 0.2f};
       }},
      {"quantized-dimension", kDamaged,
       [](SmallNet& n) { tensor(n, n.conv_weights).quantization->quantized_dimension = 4; }},
      {"quantization-details", kUnsupported,
       [](SmallNet& n) {
         tensor(n, n.conv).quantization->details.Set(tflite::CustomQuantizationT{});
       }},
      {"zero-point-count", kDamaged,
       [](SmallNet& n) {
         tensor(n, n.conv_weights).quantization->zero_point = {0, 0};
       }},
      {"zero-point-range", kDamaged,
       [](SmallNet& n) { tensor(n, n.conv).quantization->zero_point = {200}; }},
      {"opcode-index", kDamaged, [](SmallNet& n) { node(n, kConvNode).opcode_index = 77; }},
      {"operator-known", kUnsupported,
       [](SmallNet& n) {
         code(n, kSoftmaxNode).builtin_code = tflite::BuiltinOperator::HASHTABLE;
       }},
      {"operator-known", kUnsupported,
       [](SmallNet& n) {
         code(n, kSoftmaxNode).builtin_code = tflite::BuiltinOperator::CUSTOM;
         code(n, kSoftmaxNode).custom_code = "MyOwn";
       }},
      {"operator-known", kUnsupported,
       [](SmallNet& n) {
         code(n, kSoftmaxNode).builtin_code = static_cast<tflite::BuiltinOperator>(5000);
       }},
      {"operator-version", kUnsupported, [](SmallNet& n) { code(n, kConvNode).version = 99; }},
      {"operator-types", kUnsupported,
       [](SmallNet& n) { tensor(n, n.image).type = tflite::TensorType::INT32; }},
      {"operator-inputs", kDamaged, [](SmallNet& n) { node(n, kConvNode).inputs[1] = 500; }},
      {"operator-outputs", kDamaged, [](SmallNet& n) { node(n, kConvNode).outputs[0] = -1; }},
      {"graph-inputs", kDamaged, [](SmallNet& n) { n.builder.graph().inputs = {-7}; }},
      {"graph-inputs", kDamaged,
       [](SmallNet& n) { n.builder.graph().inputs.push_back(n.conv_bias); }},
      {"graph-outputs", kDamaged, [](SmallNet& n) { n.builder.graph().outputs = {99}; }},
      {"input-count", kDamaged, [](SmallNet& n) { node(n, kPoolNode).inputs.push_back(n.conv); }},
      {"input-missing", kDamaged, [](SmallNet& n) { node(n, kReshapeNode).inputs.clear(); }},
      {"output-count", kDamaged,
       [](SmallNet& n) {
         const int more = n.builder.tensor("more", tflite::TensorType::INT8, {1});
         node(n, kPoolNode).outputs.push_back(more);
       }},
      {"write-once", kDamaged, [](SmallNet& n) { node(n, kPoolNode).outputs[0] = n.conv; }},
      {"write-constant", kDamaged, [](SmallNet& n) { node(n, kPoolNode).outputs[0] = n.shape; }},
      {"write-input", kDamaged, [](SmallNet& n) { node(n, kPoolNode).outputs[0] = n.image; }},
      {"read-unwritten", kDamaged, [](SmallNet& n) { n.builder.graph().inputs.clear(); }},
      {"output-unwritten", kDamaged,
       [](SmallNet& n) {
         n.builder.graph().outputs = {n.builder.tensor("lost", tflite::TensorType::INT8, {4})};
       }},
      {"cycle", kDamaged,
       [](SmallNet& n) {
         node(n, kPoolNode).inputs[0] = n.flat;
         tensor(n, n.flat).shape = {1, 6, 6, 3};
       }},
      {"output-shape", kDamaged,
       [](SmallNet& n) {
         tensor(n, n.conv).shape = {1, 6, 5, 3};
       }},
      {"options-missing", kDamaged,
       [](SmallNet& n) { node(n, kConvNode).builtin_options.Reset(); }},
      {"options-missing", kDamaged,
       [](SmallNet& n) {
         node(n, kConvNode).builtin_options.Set(tflite::DepthwiseConv2DOptionsT{});
       }},
      {"stride:", kDamaged, [](SmallNet& n) { convOptions(n).stride_w = 0; }},
      {"dilation:", kDamaged, [](SmallNet& n) { convOptions(n).dilation_h_factor = -1; }},
      {"padding:", kDamaged,
       [](SmallNet& n) { convOptions(n).padding = static_cast<tflite::Padding>(9); }},
      {"fused-activation", kUnsupported,
       [](SmallNet& n) {
         convOptions(n).fused_activation_function = tflite::ActivationFunctionType::TANH;
       }},
      {"window:", kDamaged, [](SmallNet& n) { poolOptions(n).filter_height = 0; }},
      {"window-fits", kDamaged, [](SmallNet& n) { poolOptions(n).filter_height = 7; }},
      {"rank:", kDamaged,
       [](SmallNet& n) {
         tensor(n, n.image).shape = {6, 6, 2};
       }},
      {"weights-depth", kDamaged,
       [](SmallNet& n) {
         tensor(n, n.image).shape = {1, 6, 6, 3};
       }},
      {"weights-quantization", kDamaged,
       [](SmallNet& n) { tensor(n, n.conv_weights).quantization->quantized_dimension = 1; }},
      {"weights-zero-point", kDamaged,
       [](SmallNet& n) {
         tensor(n, n.conv_weights).quantization->zero_point = {0, 1, 0};
       }},
      {"weights-constant", kUnsupported,
       [](SmallNet& n) {
         n.builder.graph().inputs.push_back(n.conv_weights);
         tensor(n, n.conv_weights).buffer = 0;
       }},
      {"bias-constant", kUnsupported,
       [](SmallNet& n) {
         n.builder.graph().inputs.push_back(n.conv_bias);
         tensor(n, n.conv_bias).buffer = 0;
       }},
      {"bias-size", kDamaged,
       [](SmallNet& n) {
         tensor(n, n.conv_bias).shape = {2};
         buffer(n, n.conv_bias).data.resize(8);
       }},
      {"bias-type", kDamaged,
       [](SmallNet& n) { tensor(n, n.conv_bias).type = tflite::TensorType::FLOAT32; }},
      {"quantization-per-tensor", kDamaged,
       [](SmallNet& n) { tensor(n, n.image).quantization.reset(); }},
      {"quantization-same", kDamaged,
       [](SmallNet& n) { tensor(n, n.pool).quantization->scale = {0.5f}; }},
      {"output-quantization", kDamaged,
       [](SmallNet& n) { tensor(n, n.softmax).quantization->scale = {0.5f}; }},
      {"parameter-type", kDamaged,
       [](SmallNet& n) { tensor(n, n.shape).type = tflite::TensorType::FLOAT32; }},
      {"parameter-constant", kUnsupported,
       [](SmallNet& n) {
         n.builder.graph().inputs.push_back(n.shape);
         tensor(n, n.shape).buffer = 0;
       }},
      {"reshape-shape", kDamaged,
       [](SmallNet& n) {
         setShape(n, {5, 5});
       }},
      {"reshape-shape", kDamaged,
       [](SmallNet& n) {
         setShape(n, {-1, -1});
       }},
      {"reshape-shape", kDamaged,
       [](SmallNet& n) {
         setShape(n, {-3, 9});
       }},
      {"reshape-shape", kDamaged,
       [](SmallNet& n) {
         setShape(n, {2147483647, 2147483647});
       }},
  };
}

Result<std::shared_ptr<const Model>> openNet(const SmallNet& net) {
  return Model::fromBytes(net.builder.build(), "small.tflite");
}

TEST(Loader, OpensASoundModel) {
  const auto model = openNet(SmallNet());
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ((*model)->name(), "small.tflite");
  EXPECT_EQ((*model)->inputCount(), 1u);
  EXPECT_EQ((*model)->input(0).name, "image");
  EXPECT_THAT((*model)->input(0).shape, ::testing::ElementsAre(1, 6, 6, 2));
  EXPECT_EQ((*model)->input(0).bytes, 72u);
  EXPECT_EQ((*model)->input(0).quantization.zeroPoint(), -5);
  EXPECT_EQ((*model)->output(0).type, ElementType::kInt8);
  EXPECT_FLOAT_EQ((*model)->output(0).quantization.scale(), 1.0f / 256.0f);
}

TEST(Loader, RefusesEveryBrokenRuleByName) {
  for (const auto& broken : breaks()) {
    SmallNet net;
    broken.apply(net);
    const auto model = openNet(net);
    ASSERT_FALSE(model) << broken.rule << " was accepted";
    EXPECT_EQ(model.error().code, broken.code) << model.error().message;
    EXPECT_THAT(model.error().message, ::testing::HasSubstr(broken.rule));
    EXPECT_THAT(model.error().message, ::testing::StartsWith("small.tflite: "));
  }
}

TEST(Loader, NamesOperatorAndTensor) {
  SmallNet net;
  convOptions(net).stride_w = 0;
  EXPECT_EQ(openNet(net).error().message,
            "small.tflite: operator 0 CONV_2D: stride: width stride 0");
  SmallNet other;
  buffer(other, other.dense_bias).data.pop_back();
  EXPECT_EQ(
      openNet(other).error().message,
      "small.tflite: tensor 8 'dense/bias': buffer-size: holds 15 bytes, its shape 4 of int32 "
      "needs 16");
  SmallNet unknown;
  code(unknown, kDenseNode).builtin_code = tflite::BuiltinOperator::HASHTABLE_FIND;
  code(unknown, kDenseNode).version = 3;
  EXPECT_EQ(openNet(unknown).error().message,
            "small.tflite: operator 3 HASHTABLE_FIND: operator-known: version 3 is not supported");
}

TEST(Loader, FindsMetadata) {
  const auto model = openNet(SmallNet());
  ASSERT_TRUE(model);
  const auto labels = (*model)->metadata("labels");
  ASSERT_TRUE(labels);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(labels->data()), labels->size()), "a b c d");
  EXPECT_FALSE((*model)->metadata("licence"));
}

TEST(Loader, AcceptsATensorWhoseShapeTheFileLeavesOpen) {
  SmallNet net;
  tensor(net, net.conv).shape.clear();
  tensor(net, net.conv).has_rank = false;
  const auto model = openNet(net);
  ASSERT_TRUE(model) << model.error().message;
}

TEST(Loader, HoldsTheLimits) {
  const auto bytes = SmallNet().builder.build();
  Limits limits;
  limits.max_file_bytes = bytes.size() - 1;
  EXPECT_EQ(Model::fromBytes(bytes, "m", limits).error().code, kLimit);
  limits = {};
  limits.max_arena_bytes = 200;
  const auto model = Model::fromBytes(bytes, "m", limits);
  ASSERT_TRUE(model) << model.error().message;
  const auto session = Session::create(*model);
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().code, kLimit);
  EXPECT_THAT(session.error().message, ::testing::HasSubstr("arena-bytes"));
}

TEST(Loader, ReadsFilesAndSaysWhatIsWrongWithThem) {
  const test::TestFolder folder;
  const auto bytes = SmallNet().builder.build();
  const auto path = folder.path() / "small.tflite";
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  const auto model = Model::open(path);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ((*model)->fileBytes(), bytes.size());
  EXPECT_EQ(Model::open(folder.path() / "none.tflite").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Model::open(folder.path()).error().code, ErrorCode::kIo);
  std::ofstream(folder.path() / "empty.tflite");
  EXPECT_EQ(Model::open(folder.path() / "empty.tflite").error().code, kDamaged);
  std::ofstream(folder.path() / "text.tflite") << "This is not a model, it is a letter.";
  const auto text = Model::open(folder.path() / "text.tflite");
  EXPECT_EQ(text.error().code, kDamaged);
  EXPECT_THAT(text.error().message, ::testing::HasSubstr("not a .tflite file"));
  Limits limits;
  limits.max_file_bytes = 10;
  EXPECT_EQ(Model::open(path, limits).error().code, kLimit);
}

// A model cut short at any length is refused, or (where only padding is lost) runs.
TEST(Loader, SurvivesEveryTruncation) {
  const auto bytes = SmallNet().builder.build();
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const auto model = Model::fromBytes(
        {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)}, "cut");
    if (!model) {
      EXPECT_NE(model.error().code, ErrorCode::kInternal) << model.error().message;
      continue;
    }
    auto session = Session::create(*model);
    if (session) session->run();
  }
}

// Bytes altered at random: whatever still opens must also run. Sanitisers make this test strict.
TEST(Loader, SurvivesAlteredBytes) {
  const auto sound = SmallNet().builder.build();
  std::uint64_t state = 12345;
  const auto draw = [&state] {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return state >> 33;
  };
  Limits limits;
  limits.max_arena_bytes = 1 << 20;  // keeps what opens quick to run
  int opened = 0;
  constexpr int kTrials = 20000;
  for (int trial = 0; trial < kTrials; ++trial) {
    auto bytes = sound;
    const auto changes = 1 + draw() % 4;
    for (std::uint64_t i = 0; i < changes; ++i) {
      auto& byte = bytes[draw() % bytes.size()];
      // Values that break things more often than any others: the edges.
      static constexpr int kEdges[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
      byte = static_cast<std::byte>(draw() % 2 == 0 ? kEdges[draw() % 5] : draw() % 256);
    }
    const auto model = Model::fromBytes(std::move(bytes), "altered", limits);
    if (!model) continue;
    auto session = Session::create(*model);
    if (!session) continue;
    session->run();
    ++opened;
  }
  // Weights and names may change freely; structure may not. Both kinds must have been seen.
  EXPECT_GT(opened, kTrials / 50);
  EXPECT_LT(opened, kTrials);
}

}  // namespace
}  // namespace primer::inference
