// bench-sparse layers | networks [MODEL.tflite...] | write FILE.tflite
//
// What skipping zero weights saves (kernels/packed/sparse_rule.h), at each level of this CPU.
// `layers`: products of rows x depth by channels whose weights are blocks of one channel by four of
// depth, a share of them zero; skipping beside the panels that multiply everything, in turns, the
// least time of many rounds each. `networks`: MobileNet v1 with random weights, 80 % of such blocks
// of its pointwise layers zero, beside the same without zeros; models named on the command line
// beside themselves with 1 in the place of every zero weight, as they are, and without passes over
// their graph (SessionOptions::optimise), so that no channels are dropped. `write`: that MobileNet
// v1 without zeros, as a file for compare.py.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "inference/model_builder.h"
#include "kernels/cpu.h"
#include "kernels/packed/levels.h"
#include "kernels/packed/packed_product.h"
#include "primer/base/program.h"
#include "primer/inference/session.h"
#include "src/aligned_block.h"

namespace {

using namespace primer;
using namespace primer::inference;
using Clock = std::chrono::steady_clock;

double microsecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

// The least time of a call of each, in turns, so that a busy machine disturbs all of them alike.
template <typename... Each>
std::array<double, sizeof...(Each)> leastTimes(int rounds, Each... each) {
  std::array<double, sizeof...(Each)> least;
  least.fill(std::numeric_limits<double>::infinity());
  for (int round = 0; round < rounds; ++round) {
    std::size_t i = 0;
    const auto take = [&](auto& call) {
      const auto start = Clock::now();
      call();
      least[i] = std::min(least[i], microsecondsSince(start));
      ++i;
    };
    (take(each), ...);
  }
  return least;
}

// Weights of which a share of the blocks of four is zero, the same for the same seed.
std::vector<std::int8_t> blockSparse(std::mt19937& random, std::size_t count, double zero_share) {
  std::vector<std::int8_t> weights(count);
  std::uniform_real_distribution<double> chance(0, 1);
  for (std::size_t i = 0; i < count; i += 4) {
    const bool zero = chance(random) < zero_share;
    for (std::size_t k = i; k < std::min(i + 4, count); ++k) {
      const int some = 1 + static_cast<int>(random() % 127);
      weights[k] = static_cast<std::int8_t>(zero ? 0 : (random() % 2 == 0 ? some : -some));
    }
  }
  return weights;
}

struct LevelOf {
  CpuLevel level;
  const packed::LevelKernels* kernels;
};

std::vector<LevelOf> usableKernels() {
  std::vector<LevelOf> all;
  for (const auto level : usableCpuLevels()) {
    switch (level) {
#if defined(__x86_64__)
      case CpuLevel::kAvx2:
        all.push_back({level, &packed::avx2Kernels()});
        break;
      case CpuLevel::kAvxVnni:
        all.push_back({level, &packed::avxVnniKernels()});
        break;
      case CpuLevel::kAvx512Vl:
        all.push_back({level, &packed::avx512VlKernels()});
        break;
      case CpuLevel::kAvx512Vnni:
        all.push_back({level, &packed::avx512VnniKernels()});
        break;
#elif defined(__aarch64__)
      case CpuLevel::kNeon:
        all.push_back({level, &packed::neonKernels()});
        break;
      case CpuLevel::kDotprod:
        all.push_back({level, &packed::dotprodKernels()});
        break;
      case CpuLevel::kI8mm:
        all.push_back({level, &packed::i8mmKernels()});
        break;
#endif
      default:
        break;
    }
  }
  return all;
}

// One product, packed both ways.
class Layer {
 public:
  Layer(const packed::LevelKernels& kernels, int rows, int depth, int channels, double zero_share)
      : kernels_(kernels), rows_(rows), depth_(depth) {
    std::mt19937 random(1);
    const auto weights =
        blockSparse(random, static_cast<std::size_t>(depth) * channels, zero_share);
    packed::LayerSource source;
    source.weights = weights.data();
    source.channels = channels;
    const std::vector<std::int32_t> bias(static_cast<std::size_t>(channels), 100);
    const float scale = 0.001f;
    source.bias = bias.data();
    source.weight_scales = {&scale, 1};
    source.input_offset = kernels.input_flip == 0 ? 0 : 128;
    source.output_zero_point = -128;
    source.range = {-128, 127};
    const packed::RowRuns runs{{0}, depth, false};
    skipping_ = packed::PackedProduct::make(source, runs, kernels, rows, packed::Skipping::kAlways);
    all_ = packed::PackedProduct::make(source, runs, kernels, rows, packed::Skipping::kNever);
    skipping_->pack();
    all_->pack();
    input_.resize(static_cast<std::size_t>(rows) * depth);
    for (auto& byte : input_) byte = static_cast<std::int8_t>(random() % 256);
    output_.resize(static_cast<std::size_t>(rows) * channels);
    scratch_ = AlignedBlock(skipping_->scratchBytes());
  }

  void run(bool skips) {
    const auto& product = (skips ? skipping_ : all_)->product();
    packed::ProductRows rows;
    rows.input = input_.data();
    rows.count = rows.width = rows_;
    rows.pixel_step = depth_;
    rows.output = output_.data();
    rows.output_step = product.channels;
    rows.scratch = reinterpret_cast<std::int8_t*>(scratch_.data());
    kernels_.multiply(product, rows);
  }
  const std::vector<std::int8_t>& output() const { return output_; }

 private:
  const packed::LevelKernels& kernels_;
  int rows_, depth_;
  std::optional<packed::PackedProduct> skipping_, all_;
  std::vector<std::int8_t> input_, output_;
  AlignedBlock scratch_;
};

Status layers() {
  constexpr int kShapes[][3] = {{3136, 64, 128}, {784, 128, 128}, {196, 256, 512},
                                {49, 512, 1024}, {36, 128, 128},  {9, 256, 256}};
  constexpr int kShares[] = {30, 40, 50, 60, 70, 80, 90};
  for (const auto& [level, kernels] : usableKernels()) {
    fmt::print("| {}: rows x depth -> channels |", cpuLevelName(level));
    for (const int share : kShares) fmt::print(" {} % |", share);
    fmt::print("\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
    for (const auto& [rows, depth, channels] : kShapes) {
      fmt::print("| {} x {} -> {} |", rows, depth, channels);
      for (const int share : kShares) {
        Layer layer(*kernels, rows, depth, channels, share / 100.0);
        layer.run(true);
        const auto skipped = layer.output();
        layer.run(false);
        if (layer.output() != skipped) {
          return fail(ErrorCode::kInternal, "skipping gives other bytes");
        }
        const auto [with, without] = leastTimes(
            60, [&] { layer.run(true); }, [&] { layer.run(false); });
        fmt::print(" {:.2f} |", without / with);
        std::fflush(stdout);
      }
      fmt::print("\n");
    }
  }
  return {};
}

// MobileNet v1 of 224 pixels, its pointwise layers with such weights.
std::vector<std::byte> mobileNet(double zero_share) {
  using namespace primer::inference::testing;
  using tflite::BuiltinOperator;
  constexpr auto kInt8 = tflite::TensorType::INT8;
  std::mt19937 random(7);
  ModelBuilder builder;
  int size = 224;
  int channels = 3;
  int last = builder.input("image", kInt8, {1, size, size, 3}, perTensor(0.05f, -3));
  const auto scales = [](int count, int dimension, float scale = 0.01f) {
    const auto many = static_cast<std::size_t>(count);
    return QuantizationSpec{std::vector<float>(many, scale), std::vector<std::int64_t>(many, 0),
                            dimension};
  };
  const auto layer = [&](int outputs, int kernel, int stride, bool depthwise, double share) {
    const std::vector<std::int32_t> shape =
        depthwise ? std::vector<std::int32_t>{1, kernel, kernel, outputs}
                  : std::vector<std::int32_t>{outputs, kernel, kernel, channels};
    const int depth = kernel * kernel * (depthwise ? 1 : channels);
    const int w = builder.constant<std::int8_t>(
        "w", shape, blockSparse(random, static_cast<std::size_t>(depth) * outputs, share),
        scales(outputs, depthwise ? 3 : 0));
    const int b = builder.constant<std::int32_t>(
        "b", {outputs}, std::vector<std::int32_t>(static_cast<std::size_t>(outputs), 100),
        scales(outputs, 0, 0.05f * 0.01f));
    size = (size + stride - 1) / stride;
    channels = outputs;
    const int to =
        builder.tensor("image", kInt8, {1, size, size, channels}, perTensor(0.05f, -128));
    const auto fill = [&](auto options) {
      options.stride_h = options.stride_w = stride;
      options.fused_activation_function = tflite::ActivationFunctionType::RELU6;
      return options;
    };
    if (depthwise) {
      auto options = fill(tflite::DepthwiseConv2DOptionsT{});
      options.depth_multiplier = 1;
      builder.add(BuiltinOperator::DEPTHWISE_CONV_2D, {last, w, b}, {to}, options, 3);
    } else {
      builder.add(BuiltinOperator::CONV_2D, {last, w, b}, {to}, fill(tflite::Conv2DOptionsT{}), 3);
    }
    last = to;
  };
  layer(32, 3, 2, false, 0);
  constexpr int kPairs[][2] = {{64, 1},  {128, 2},  {128, 1}, {256, 2}, {256, 1},
                               {512, 2}, {512, 1},  {512, 1}, {512, 1}, {512, 1},
                               {512, 1}, {1024, 2}, {1024, 1}};
  for (const auto& [outputs, stride] : kPairs) {
    layer(channels, 3, stride, true, 0);
    layer(outputs, 1, 1, false, zero_share);
  }
  builder.output(last);
  return builder.build();
}

// A model's dense self: weights that are zero become 1.
Result<std::shared_ptr<const Model>> withoutZeros(const Model& model) {
  std::vector<std::byte> bytes(model.bytes().begin(), model.bytes().end());
  const auto* file = tflite::GetModel(bytes.data());
  for (const auto* graph : *file->subgraphs()) {
    for (const auto* op : *graph->operators()) {
      const auto* code = file->operator_codes()->Get(op->opcode_index());
      const auto kind = static_cast<int>(code->builtin_code()) > code->deprecated_builtin_code()
                            ? code->builtin_code()
                            : static_cast<tflite::BuiltinOperator>(code->deprecated_builtin_code());
      if (kind != tflite::BuiltinOperator::CONV_2D &&
          kind != tflite::BuiltinOperator::DEPTHWISE_CONV_2D &&
          kind != tflite::BuiltinOperator::FULLY_CONNECTED) {
        continue;
      }
      const auto* weights = graph->tensors()->Get(static_cast<unsigned>(op->inputs()->Get(1)));
      const auto* data = file->buffers()->Get(weights->buffer())->data();
      if (weights->type() != tflite::TensorType::INT8 || data == nullptr) continue;
      auto* first = const_cast<std::uint8_t*>(data->data());  // ours: they lie in `bytes`
      std::replace(first, first + data->size(), std::uint8_t{0}, std::uint8_t{1});
    }
  }
  return Model::fromBytes(std::move(bytes), "filled");
}

struct AtLevel {
  explicit AtLevel(CpuLevel level) {
    setenv("PRIMER_CPU", std::string(cpuLevelName(level)).c_str(), 1);
  }
  ~AtLevel() { unsetenv("PRIMER_CPU"); }
};

Status besides(std::string_view name, const std::shared_ptr<const Model>& first,
               const SessionOptions& first_options, const std::shared_ptr<const Model>& second,
               const SessionOptions& second_options, int rounds) {
  for (const auto level : usableCpuLevels().subspan(1)) {
    const AtLevel at(level);
    PRIMER_ASSIGN(auto a, Session::create(first, first_options));
    PRIMER_ASSIGN(auto b, Session::create(second, second_options));
    const auto [with, without] = leastTimes(
        rounds, [&] { static_cast<void>(a.run()); }, [&] { static_cast<void>(b.run()); });
    fmt::print("| {} | {} | {:.0f} | {:.0f} | {:.2f} | {} | {} |\n", name, cpuLevelName(level),
               with, without, without / with, a.packedBytes() >> 10, b.packedBytes() >> 10);
    std::fflush(stdout);
  }
  return {};
}

Status networks(int argc, char** argv) {
  fmt::print(
      "| network | level | us | its dense self, us | times as fast | weights, KB | dense, KB |\n"
      "|---|---|---:|---:|---:|---:|---:|\n");
  PRIMER_ASSIGN(const auto sparse, Model::fromBytes(mobileNet(0.8), "sparse"));
  PRIMER_ASSIGN(const auto dense, Model::fromBytes(mobileNet(0), "dense"));
  PRIMER_TRY(besides("MobileNet v1 of blocks, 80 % zero", sparse, {}, dense, {}, 150));
  for (int i = 0; i < argc; ++i) {
    PRIMER_ASSIGN(const auto model, Model::open(argv[i]));
    PRIMER_ASSIGN(const auto filled, withoutZeros(*model));
    SessionOptions as_it_stands;
    as_it_stands.optimise = false;
    PRIMER_TRY(besides(model->name(), model, {}, filled, {}, 1000));
    PRIMER_TRY(
        besides("its channels not dropped", model, as_it_stands, filled, as_it_stands, 1000));
  }
  return {};
}

Status write(const char* path) {
  const auto bytes = mobileNet(0);
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) return fail(ErrorCode::kIo, "the file cannot be written");
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  const bool writes = what == "write" && argc == 3;
  if (what != "layers" && what != "networks" && !writes) {
    std::fprintf(stderr,
                 "usage: bench-sparse layers | networks [MODEL.tflite...] | write FILE.tflite\n");
    return kExitUsage;
  }
  const auto done = writes             ? write(argv[2])
                    : what == "layers" ? layers()
                                       : networks(argc - 2, argv + 2);
  return done ? kExitOk : reportError("bench-sparse", done.error());
}
