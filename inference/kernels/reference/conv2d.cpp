// CONV_2D on bytes.

#include <array>
#include <cstring>

#include "kernels/reference/matrix.h"
#include "kernels/reference/patches.h"
#include "kernels/reference/rows.h"
#include "ops/window.h"

namespace primer::inference::reference {
namespace {

struct ConvParams {
  Window window;
  std::int16_t input_zero_point = 0;
  std::vector<IntegerMatrix<DoubleRounding>> groups;
};

template <typename T>
void runConv(const ConvParams& params, const KernelIo& io) noexcept {
  const auto& window = params.window;
  const T* input = io.in<T>(0);
  T* output = io.out<T>(0);
  auto* patches = io.scratchAs<std::int16_t>();
  const std::int64_t depth = params.groups[0].padded_depth;
  const std::int64_t used = params.groups[0].depth;
  const std::int64_t group_channels = params.groups[0].channels;
  forEachBlock(window, [&](std::int64_t first, std::int64_t count, std::int32_t group) {
    for (std::int64_t i = 0; i < count; ++i) {
      std::int16_t* patch = patches + i * depth;
      layPatch(
          window, first + i, group,
          [&](std::int64_t from, std::int64_t length, std::int64_t to) {
            widen(input + from, length, params.input_zero_point, patch + to);
          },
          [&](std::int64_t length, std::int64_t to) {
            std::fill_n(patch + to, length, std::int16_t{0});
          });
      std::fill_n(patch + used, depth - used, std::int16_t{0});
    }
    multiplyRows(params.groups[group], patches, count,
                 output + first * window.out_channels + group * group_channels,
                 window.out_channels);
  });
}

[[gnu::cold]] Checked<PreparedNode> prepareConvBy(const NodeView& node, KernelFunction run) {
  ConvParams params;
  PRIMER_ASSIGN(params.window, conv2dWindow(node));
  const auto& window = params.window;
  const auto& weights = node.input(1);
  const bool is_signed = weights.info.type == ElementType::kInt8;
  const auto product = is_signed ? ScaleProduct::kDouble : ScaleProduct::kFloatFirst;
  const auto factors = outputFactors(node, window.out_channels, product);
  const auto bias = biasValues(node, window.out_channels);
  params.input_zero_point = static_cast<std::int16_t>(node.input(0).quantization().zeroPoint());
  std::size_t packed_bytes = 0;
  for (std::int32_t group = 0; group < window.groups; ++group) {
    IntegerMatrix<DoubleRounding> matrix;
    matrix.channels = window.out_channels / window.groups;
    matrix.depth = window.kernel_height * window.kernel_width * weights.dim(3);
    const std::int32_t first = group * matrix.channels;
    packWeights(weights.constant.data() + static_cast<std::ptrdiff_t>(first) * matrix.depth,
                is_signed, static_cast<std::int32_t>(weights.quantization().zeroPoint()), matrix);
    matrix.bias.assign(bias.begin() + first, bias.begin() + first + matrix.channels);
    for (std::int32_t c = 0; c < matrix.channels; ++c) {
      matrix.rounding.emplace_back(quantizeMultiplier(factors[first + c]));
    }
    matrix.output_zero_point = static_cast<std::int32_t>(node.output(0).quantization().zeroPoint());
    matrix.range = activationRange(window.activation, node.output(0));
    packed_bytes += matrix.packedBytes();
    params.groups.push_back(std::move(matrix));
  }
  const auto scratch =
      static_cast<std::size_t>(kPatchRows * params.groups[0].padded_depth) * sizeof(std::int16_t);
  const std::uint64_t macs = window.outputElements() * params.groups[0].depth;
  return costing(makePreparedFor(run, std::move(params)), scratch, macs, packed_bytes);
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareConv(const NodeView& node) {
  return prepareConvBy(node, kErased<runConv<T>, ConvParams>);
}

constexpr std::array kRows = {
    KernelRow{tflite::BuiltinOperator::CONV_2D, ElementType::kInt8, ElementType::kInt8,
              ElementType::kInt8, prepareConv<std::int8_t>},
    KernelRow{tflite::BuiltinOperator::CONV_2D, ElementType::kUint8, ElementType::kUint8,
              ElementType::kUint8, prepareConv<std::uint8_t>},
};

}  // namespace

std::span<const KernelRow> convRows() { return kRows; }

}  // namespace primer::inference::reference
