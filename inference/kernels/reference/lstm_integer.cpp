// LSTM layers of int8 with a cell of int16 on a scale that is a power of two, gates in 16-bit fixed
// point.

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <vector>

#include "kernels/reference/dynamic_quantize.h"
#include "kernels/reference/rows.h"
#include "kernels/reference/word_functions.h"
#include "ops/lstm.h"

namespace primer::inference::reference {
namespace {

constexpr int kGateIntegerBits = 3;  // gates before their function are Q(3)
constexpr int kWordBits = 15;
constexpr std::size_t kHiddenIntermediate = 4;

struct IntegerGate {
  DoubleRounding from_input;
  DoubleRounding from_hidden;
  DoubleRounding from_cell;  // peephole
  std::vector<std::int32_t> input_bias;
  std::vector<std::int32_t> hidden_bias;
  Multiplier norm;
  std::int32_t least_variance = 1;
};

struct IntegerLstmParams {
  LstmLayer layer;
  std::array<IntegerGate, kLstmGates> gates;
  int cell_exponent = 0;  // the cell's scale is 2 to this power
  std::int32_t cell_clip = 0;
  std::int32_t projection_clip = 0;
  DoubleRounding to_hidden;
  std::int32_t hidden_zero_point = 0;
  DoubleRounding projection;
  std::vector<std::int32_t> projection_bias;
  std::int32_t output_zero_point = 0;
  const WordTable* logistic = nullptr;
  const WordTable* tanh_of_gate = nullptr;
  const WordTable* tanh_of_cell = nullptr;
};

std::int16_t clippedWord(std::int32_t x, std::int32_t limit) {
  return static_cast<std::int16_t>(limit > 0 ? std::clamp(x, -limit, limit) : x);
}

std::int16_t wordProduct(std::int16_t a, std::int16_t b, int shift) {
  return saturate<std::int16_t>(
      roundingDivideByPowerOfTwo(static_cast<std::int32_t>(a) * b, shift));
}

class IntegerLstmRun {
 public:
  IntegerLstmRun(const IntegerLstmParams& params, const KernelIo& io)
      : params_(params), layer_(params.layer), io_(io) {
    auto* scratch = io.scratchAs<std::int16_t>();
    for (auto& gate : gates_) {
      gate = scratch;
      scratch += layer_.cells;
    }
    bytes_ = reinterpret_cast<std::int8_t*>(scratch);
  }

  void run() const {
    auto* hidden = const_cast<std::int8_t*>(io_.in<std::int8_t>(kLstmHidden));
    auto* cell = const_cast<std::int16_t*>(io_.in<std::int16_t>(kLstmCell));
    for (std::int64_t b = 0; b < layer_.batch; ++b) {
      for (std::int64_t t = 0; t < layer_.time; ++t) {
        const auto row = layer_.row(b, t);
        step(io_.in<std::int8_t>(0) + row * layer_.depth, hidden + b * layer_.outputs,
             cell + b * layer_.cells);
        std::copy_n(hidden + b * layer_.outputs, layer_.outputs,
                    io_.out<std::int8_t>(0) + row * layer_.outputs);
      }
    }
  }

  static std::size_t scratchBytes(const LstmLayer& layer) {
    return static_cast<std::size_t>(layer.cells) * (kLstmGates * sizeof(std::int16_t) + 1);
  }

 private:
  void step(const std::int8_t* input, std::int8_t* hidden, std::int16_t* cell) const {
    for (std::size_t g = layer_.firstGate(); g < kLstmGates; ++g) {
      const auto& gate = params_.gates[g];
      std::fill_n(gates_[g], layer_.cells, std::int16_t{0});
      addProducts(kLstmInputWeights + g, input, layer_.depth, gate.input_bias, gate.from_input,
                  gates_[g]);
      addProducts(kLstmRecurrentWeights + g, hidden, layer_.outputs, gate.hidden_bias,
                  gate.from_hidden, gates_[g]);
    }
    openGate(kForgetGate, cell);
    if (layer_.normalised) normalise(kCellGate);
    if (!layer_.coupled) openGate(kInputGate, cell);
    for (std::int64_t k = 0; k < layer_.cells; ++k) {
      const std::int16_t forget = gates_[kForgetGate][k];
      const auto in =
          layer_.coupled ? static_cast<std::int16_t>(32767 - forget) : gates_[kInputGate][k];
      const std::int16_t candidate = (*params_.tanh_of_gate)(gates_[kCellGate][k]);
      const std::int32_t sum = wordProduct(forget, cell[k], kWordBits) +
                               wordProduct(in, candidate, 2 * kWordBits + params_.cell_exponent);
      cell[k] = clippedWord(saturate<std::int16_t>(sum), params_.cell_clip);
    }
    openGate(kOutputGate, cell);
    for (std::int64_t k = 0; k < layer_.cells; ++k) {
      const std::int16_t squashed = (*params_.tanh_of_cell)(cell[k]);
      const std::int32_t product = static_cast<std::int32_t>(gates_[kOutputGate][k]) * squashed;
      bytes_[k] = saturate<std::int8_t>(params_.to_hidden(product) + params_.hidden_zero_point);
    }
    if (!layer_.projected) {
      std::copy_n(bytes_, layer_.outputs, hidden);
      return;
    }
    for (std::int64_t k = 0; k < layer_.outputs; ++k) {
      const std::int32_t sum = wrappingAdd(
          params_.projection_bias[static_cast<std::size_t>(k)],
          byteDot(bytes_, io_.in<std::int8_t>(kLstmProjection) + k * layer_.cells, layer_.cells));
      const auto value =
          saturate<std::int8_t>(wrappingAdd(params_.projection(sum), params_.output_zero_point));
      hidden[k] = static_cast<std::int8_t>(clippedWord(value, params_.projection_clip));
    }
  }

  void addProducts(std::size_t weights, const std::int8_t* vector, std::int64_t depth,
                   const std::vector<std::int32_t>& bias, const DoubleRounding& rounding,
                   std::int16_t* gate) const {
    const auto* rows = io_.in<std::int8_t>(weights);
    for (std::int64_t k = 0; k < layer_.cells; ++k) {
      const std::int32_t sum =
          wrappingAdd(bias[static_cast<std::size_t>(k)], byteDot(vector, rows + k * depth, depth));
      gate[k] = saturate<std::int16_t>(wrappingAdd(rounding(sum), gate[k]));
    }
  }

  // Peephole, norm and logistic of a gate whose products are there.
  void openGate(LstmGate gate, const std::int16_t* cell) const {
    std::int16_t* values = gates_[gate];
    if (layer_.peepholes) {
      const auto* weights = io_.in<std::int16_t>(kLstmPeepholes[gate]);
      for (std::int64_t k = 0; k < layer_.cells; ++k) {
        const std::int32_t product = static_cast<std::int32_t>(weights[k]) * cell[k];
        values[k] =
            saturate<std::int16_t>(wrappingAdd(params_.gates[gate].from_cell(product), values[k]));
      }
    }
    if (layer_.normalised) normalise(gate);
    for (std::int64_t k = 0; k < layer_.cells; ++k) values[k] = (*params_.logistic)(values[k]);
  }

  // Values are brought to mean 0 and variance 1 with ten bits below the point.
  void normalise(LstmGate gate) const {
    std::int16_t* values = gates_[gate];
    std::int64_t sum = 0;
    std::int64_t squares = 0;
    for (std::int64_t k = 0; k < layer_.cells; ++k) {
      sum += values[k];
      squares += static_cast<std::int64_t>(values[k]) * values[k];
    }
    const auto mean = static_cast<std::int32_t>(sum * 1024 / layer_.cells);
    constexpr std::int64_t kOne = 1 << 20;
    const std::int64_t scaled =
        squares * (kOne / layer_.cells) - static_cast<std::int64_t>(mean) * mean;
    auto variance = static_cast<std::int32_t>(scaled / kOne);
    if (variance < 1) variance = params_.gates[gate].least_variance;
    const auto inverse = inverseRootMultiplier(variance);
    const auto* factors = io_.in<std::int16_t>(kLstmNorms + gate);
    const auto* bias = io_.in<std::int32_t>(kLstmBiases + gate);
    for (std::int64_t k = 0; k < layer_.cells; ++k) {
      const std::int32_t shifted = 1024 * values[k] - mean;
      const std::int64_t normal = multiplyTwoRoundings(shifted, inverse);
      const std::int64_t product = normal * factors[k] + bias[k];
      const auto rounded =
          static_cast<std::int32_t>((product > 0 ? product + 512 : product - 512) / 1024);
      const auto& norm = params_.gates[gate].norm;
      values[k] =
          saturate<std::int16_t>(multiplyTwoRoundings(rounded, {norm.value, norm.shift + 12}));
    }
  }

  const IntegerLstmParams& params_;
  const LstmLayer& layer_;
  const KernelIo& io_;
  std::array<std::int16_t*, kLstmGates> gates_{};
  std::int8_t* bytes_ = nullptr;
};

void runIntegerLstm(const IntegerLstmParams& params, const KernelIo& io) noexcept {
  IntegerLstmRun(params, io).run();
}

// bias - zero_point * (sum of each row): what a zero point adds to every product.
std::vector<std::int32_t> effectiveBias(const NodeView& node, std::size_t weights,
                                        std::int64_t zero_point, const Tensor* bias) {
  const auto& matrix = node.input(weights);
  const auto rows = static_cast<std::size_t>(matrix.dim(0));
  const auto depth = static_cast<std::size_t>(matrix.dim(1));
  const auto* bytes = reinterpret_cast<const std::int8_t*>(matrix.constant.data());
  std::vector<std::int32_t> result(rows, 0);
  for (std::size_t r = 0; r < rows; ++r) {
    std::int32_t sum = 0;
    for (std::size_t k = 0; k < depth; ++k) sum += bytes[r * depth + k];
    std::int32_t own = 0;
    if (bias != nullptr) own = reinterpret_cast<const std::int32_t*>(bias->constant.data())[r];
    result[r] = wrappingAdd(own, static_cast<std::int32_t>(-zero_point) * sum);
  }
  return result;
}

DoubleRounding roundingOf(double factor) { return DoubleRounding(quantizeMultiplier(factor)); }

// The quantisation of an intermediate tensor: one scale, as activations have it.
Checked<Quantization> intermediate(const NodeView& node, std::size_t index) {
  const auto& tensors = node.node().intermediates;
  if (index >= tensors.size() || tensors[index] == kNoTensor) {
    return node.damaged("intermediates", "{} is left out", index);
  }
  const auto& quantization = node.graph().tensors[tensors[index]].quantization();
  if (quantization.scales.size() != 1 || !(quantization.scale() > 0.0f)) {
    return node.damaged("intermediates", "{} has no scale", index);
  }
  return quantization;
}

Checked<IntegerGate> prepareGate(const NodeView& node, const LstmLayer& layer, std::size_t gate,
                                 float cell_scale) {
  IntegerGate made;
  float scale = 1.0f / (1 << (kWordBits - kGateIntegerBits));
  if (layer.normalised) {
    PRIMER_ASSIGN(const auto found, intermediate(node, gate));
    scale = found.scale();
  }
  const auto scaleOf = [&](std::size_t i) { return node.input(i).quantization().scale(); };
  const auto zeroOf = [&](std::size_t i) { return node.input(i).quantization().zeroPoint(); };
  // Products of scales are taken in float, as the specification takes them.
  made.from_input = roundingOf(scaleOf(kLstmInputWeights + gate) * scaleOf(0) / scale);
  made.from_hidden =
      roundingOf(scaleOf(kLstmRecurrentWeights + gate) * scaleOf(kLstmHidden) / scale);
  if (layer.peepholes && gate != kCellGate) {
    made.from_cell = roundingOf(cell_scale * scaleOf(kLstmPeepholes[gate]) / scale);
  }
  const auto* bias = &node.input(kLstmBiases + gate);
  if (!bias->is_constant) {
    return node.unsupported("bias-constant", "bias is not a constant");
  }
  made.input_bias =
      effectiveBias(node, kLstmInputWeights + gate, zeroOf(0), layer.normalised ? nullptr : bias);
  made.hidden_bias =
      effectiveBias(node, kLstmRecurrentWeights + gate, zeroOf(kLstmHidden), nullptr);
  if (layer.normalised) {
    const float norm = scaleOf(kLstmNorms + gate);
    made.norm = quantizeMultiplier(norm);
    constexpr float kGuard = 10000.0f;
    made.least_variance = std::max(1, static_cast<std::int32_t>(std::min(kGuard * norm, 1e9f)));
  }
  return made;
}

[[gnu::cold]] Checked<PreparedNode> prepareIntegerLstm(const NodeView& node) {
  IntegerLstmParams params;
  PRIMER_ASSIGN(params.layer, lstmLayer(node));
  const auto& layer = params.layer;
  if (layer.activation != tflite::ActivationFunctionType::TANH) {
    return node.unsupported("fused-activation", "an integer cell with another than TANH");
  }
  const float cell_scale = node.input(kLstmCell).quantization().scale();
  int exponent = 0;
  const bool power_of_two = std::frexp(cell_scale, &exponent) == 0.5f;
  params.cell_exponent = exponent - 1;
  if (!power_of_two || params.cell_exponent > -9 || params.cell_exponent < -kWordBits) {
    return node.unsupported("cell-scale", "{}, needs 2^-15 to 2^-9", cell_scale);
  }
  params.logistic = &WordTable::logistic();
  params.tanh_of_gate = &WordTable::tanh(kGateIntegerBits);
  params.tanh_of_cell = &WordTable::tanh(kWordBits + params.cell_exponent);
  for (std::size_t gate = layer.firstGate(); gate < kLstmGates; ++gate) {
    PRIMER_ASSIGN(params.gates[gate], prepareGate(node, layer, gate, cell_scale));
  }
  PRIMER_ASSIGN(const auto hidden, intermediate(node, kHiddenIntermediate));
  const auto& state = node.input(kLstmHidden).quantization();
  const auto& output = node.output(0).quantization();
  params.to_hidden = roundingOf(
      static_cast<float>(std::ldexp(1.0 / static_cast<double>(hidden.scale()), -2 * kWordBits)));
  params.hidden_zero_point = static_cast<std::int32_t>(hidden.zeroPoint());
  params.output_zero_point = static_cast<std::int32_t>(state.zeroPoint());
  if (layer.projected) {
    const float weights = node.input(kLstmProjection).quantization().scale();
    params.projection = roundingOf(weights * hidden.scale() / state.scale());
    const auto* bias = node.optionalInput(kLstmProjectionBias);
    if (bias != nullptr && !bias->is_constant) {
      return node.unsupported("bias-constant", "bias is not a constant");
    }
    // Before a projection the specification takes the zero point away where one would add it, and
    // the other way round in the sums.
    params.hidden_zero_point = -params.hidden_zero_point;
    params.projection_bias = effectiveBias(node, kLstmProjection, -hidden.zeroPoint(), bias);
  }
  const auto clip = [](float real, float scale, float most) {
    return real > 0.0f ? static_cast<std::int32_t>(std::min(real / scale, most)) : 0;
  };
  params.cell_clip = clip(layer.cell_clip, cell_scale, 32767.0f);
  params.projection_clip = clip(layer.projection_clip, output.scale(), 127.0f);
  const std::size_t scratch = IntegerLstmRun::scratchBytes(layer);
  const std::uint64_t macs = layer.macs();
  return costing(makePrepared<runIntegerLstm>(std::move(params)), scratch, macs);
}

constexpr KernelRow row(tflite::BuiltinOperator op) {
  return {op, ElementType::kInt8, {}, ElementType::kInt8, prepareIntegerLstm};
}
constexpr std::array kRows = {row(tflite::BuiltinOperator::LSTM),
                              row(tflite::BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM)};

}  // namespace

std::span<const KernelRow> integerLstmRows() { return kRows; }

}  // namespace primer::inference::reference
