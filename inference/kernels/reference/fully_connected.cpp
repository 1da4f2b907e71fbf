// FULLY_CONNECTED: the same products as CONV_2D, rounded once in double instead of twice in
// integers.

#include "ops/fully_connected.h"

#include <array>

#include "kernels/reference/matrix.h"
#include "kernels/reference/rows.h"

namespace primer::inference::reference {
namespace {

constexpr std::int64_t kRowsAtATime = 16;

struct DenseParams {
  std::int64_t rows = 0;
  std::int16_t input_zero_point = 0;
  IntegerMatrix<RealRounding> matrix;
};

template <typename T>
void runDense(const DenseParams& params, const KernelIo& io) noexcept {
  const auto& matrix = params.matrix;
  auto* wide = io.scratchAs<std::int16_t>();
  for (std::int64_t first = 0; first < params.rows; first += kRowsAtATime) {
    const std::int64_t count = std::min(kRowsAtATime, params.rows - first);
    for (std::int64_t i = 0; i < count; ++i) {
      std::int16_t* row = wide + i * matrix.padded_depth;
      widen(io.in<T>(0) + (first + i) * matrix.depth, matrix.depth, params.input_zero_point, row);
      std::fill_n(row + matrix.depth, matrix.padded_depth - matrix.depth, std::int16_t{0});
    }
    multiplyRows(matrix, wide, count, io.out<T>(0) + first * matrix.channels, matrix.channels);
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareDenseBy(const NodeView& node, KernelFunction run) {
  PRIMER_ASSIGN(const auto layer, denseLayer(node));
  const auto& weights = node.input(1);
  DenseParams params;
  params.rows = layer.rows;
  params.input_zero_point = static_cast<std::int16_t>(node.input(0).quantization().zeroPoint());
  auto& matrix = params.matrix;
  matrix.depth = layer.depth;
  matrix.channels = layer.channels;
  packWeights(weights.constant.data(), weights.info.type == ElementType::kInt8,
              static_cast<std::int32_t>(weights.quantization().zeroPoint()), matrix);
  for (const double factor : outputFactors(node, layer.channels, ScaleProduct::kDouble)) {
    matrix.rounding.emplace_back(factor);
  }
  matrix.bias = biasValues(node, layer.channels);
  matrix.output_zero_point = static_cast<std::int32_t>(node.output(0).quantization().zeroPoint());
  matrix.range = activationRange(layer.activation, node.output(0));
  const std::size_t scratch =
      static_cast<std::size_t>(std::min(kRowsAtATime, layer.rows)) * matrix.padded_depth;
  const std::size_t packed_bytes = matrix.packedBytes();
  return costing(makePreparedFor(run, std::move(params)), scratch * sizeof(std::int16_t),
                 static_cast<std::uint64_t>(layer.rows) * layer.depth * layer.channels,
                 packed_bytes);
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareDense(const NodeView& node) {
  return prepareDenseBy(node, kErased<runDense<T>, DenseParams>);
}

struct FloatDenseParams {
  std::int64_t rows = 0;
  FloatMatrix matrix;
  std::vector<float> packed;  // empty where the weights are known at run time only
  bool has_bias = false;
};

void runFloatDense(const FloatDenseParams& params, const KernelIo& io) noexcept {
  const float* packed = params.packed.data();
  if (params.packed.empty()) {
    packFloatWeights(io.in<float>(1), params.matrix, io.scratchAs<float>());
    packed = io.scratchAs<float>();
  }
  multiplyFloatRows(params.matrix, packed, params.has_bias ? io.in<float>(2) : nullptr,
                    io.in<float>(0), params.rows, io.out<float>(0), params.matrix.channels);
}

[[gnu::cold]] Checked<PreparedNode> prepareFloatDense(const NodeView& node) {
  PRIMER_ASSIGN(const auto layer, denseLayer(node));
  const auto& weights = node.input(1);
  FloatDenseParams params;
  params.rows = layer.rows;
  params.matrix = {layer.depth, layer.channels, floatActivationRange(layer.activation)};
  params.has_bias = node.optionalInput(2) != nullptr;
  std::size_t scratch = params.matrix.packedElements();
  if (weights.is_constant) {
    params.packed.resize(scratch);
    packFloatWeights(reinterpret_cast<const float*>(weights.constant.data()), params.matrix,
                     params.packed.data());
    scratch = 0;
  }
  const std::size_t packed_bytes = params.packed.size() * sizeof(float);
  return costing(makePrepared<runFloatDense>(std::move(params)), scratch * sizeof(float),
                 static_cast<std::uint64_t>(layer.rows) * layer.depth * layer.channels,
                 packed_bytes);
}

constexpr std::array kRows = {
    KernelRow{tflite::BuiltinOperator::FULLY_CONNECTED, ElementType::kInt8, ElementType::kInt8,
              ElementType::kInt8, prepareDense<std::int8_t>},
    KernelRow{tflite::BuiltinOperator::FULLY_CONNECTED, ElementType::kUint8, ElementType::kUint8,
              ElementType::kUint8, prepareDense<std::uint8_t>},
    KernelRow{tflite::BuiltinOperator::FULLY_CONNECTED, ElementType::kFloat32,
              ElementType::kFloat32, ElementType::kFloat32, prepareFloatDense},
};

}  // namespace

std::span<const KernelRow> fullyConnectedRows() { return kRows; }

}  // namespace primer::inference::reference
