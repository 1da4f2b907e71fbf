// CONV_2D in float.

#include <array>
#include <cstring>

#include "kernels/reference/matrix.h"
#include "kernels/reference/patches.h"
#include "kernels/reference/rows.h"
#include "ops/window.h"

namespace primer::inference::reference {
namespace {

struct FloatConvParams {
  Window window;
  FloatMatrix matrix;         // of one group
  std::vector<float> packed;  // all groups; empty where the weights are known at run time only
  bool has_bias = false;
};

void runFloatConv(const FloatConvParams& params, const KernelIo& io) noexcept {
  const auto& window = params.window;
  const auto& matrix = params.matrix;
  const float* input = io.in<float>(0);
  const float* bias = params.has_bias ? io.in<float>(2) : nullptr;
  auto* patches = io.scratchAs<float>();
  const auto group_size = static_cast<std::ptrdiff_t>(matrix.packedElements());
  const float* packed = params.packed.data();
  if (params.packed.empty()) {
    float* here = patches + kPatchRows * matrix.depth;
    const std::ptrdiff_t source_size = static_cast<std::ptrdiff_t>(matrix.channels) * matrix.depth;
    for (std::int32_t group = 0; group < window.groups; ++group) {
      packFloatWeights(io.in<float>(1) + group * source_size, matrix, here + group * group_size);
    }
    packed = here;
  }
  forEachBlock(window, [&](std::int64_t first, std::int64_t count, std::int32_t group) {
    for (std::int64_t i = 0; i < count; ++i) {
      float* patch = patches + i * matrix.depth;
      layPatch(
          window, first + i, group,
          [&](std::int64_t from, std::int64_t length, std::int64_t to) {
            std::copy_n(input + from, length, patch + to);
          },
          [&](std::int64_t length, std::int64_t to) { std::fill_n(patch + to, length, 0.0f); });
    }
    const std::int64_t channel = static_cast<std::int64_t>(group) * matrix.channels;
    multiplyFloatRows(
        matrix, packed + group * group_size, bias == nullptr ? nullptr : bias + channel, patches,
        count, io.out<float>(0) + first * window.out_channels + channel, window.out_channels);
  });
}

[[gnu::cold]] Checked<PreparedNode> prepareFloatConv(const NodeView& node) {
  FloatConvParams params;
  PRIMER_ASSIGN(params.window, conv2dWindow(node));
  const auto& window = params.window;
  const auto& weights = node.input(1);
  params.matrix.channels = window.out_channels / window.groups;
  params.matrix.depth = window.kernel_height * window.kernel_width * weights.dim(3);
  params.matrix.range = floatActivationRange(window.activation);
  params.has_bias = node.optionalInput(2) != nullptr;
  const std::size_t group_size = params.matrix.packedElements();
  const std::size_t packed_elements = group_size * window.groups;
  std::size_t scratch = static_cast<std::size_t>(kPatchRows) * params.matrix.depth;
  if (weights.is_constant) {
    params.packed.resize(packed_elements);
    const std::size_t source_size =
        static_cast<std::size_t>(params.matrix.channels) * params.matrix.depth;
    const auto* source = reinterpret_cast<const float*>(weights.constant.data());
    for (std::int32_t group = 0; group < window.groups; ++group) {
      packFloatWeights(source + group * source_size, params.matrix,
                       &params.packed[group * group_size]);
    }
  } else {
    scratch += packed_elements;
  }
  const std::size_t packed_bytes = params.packed.size() * sizeof(float);
  const std::uint64_t macs = window.outputElements() * params.matrix.depth;
  return costing(makePrepared<runFloatConv>(std::move(params)), scratch * sizeof(float), macs,
                 packed_bytes);
}

constexpr std::array kRows = {
    KernelRow{tflite::BuiltinOperator::CONV_2D, ElementType::kFloat32, ElementType::kFloat32,
              ElementType::kFloat32, prepareFloatConv},
};

}  // namespace

std::span<const KernelRow> floatConvRows() { return kRows; }

}  // namespace primer::inference::reference
