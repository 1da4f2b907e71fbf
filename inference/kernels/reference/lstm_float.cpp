// LSTM layers in float, with weights of float or int8 ("dynamic range": what they are multiplied
// with is brought to int8 on the fly).

#include <array>
#include <cmath>
#include <vector>

#include "kernels/reference/dynamic_quantize.h"
#include "kernels/reference/lstm_basic.h"
#include "kernels/reference/rows.h"
#include "ops/lstm.h"
#include "ops/weights.h"

namespace primer::inference::reference {
namespace {

using tflite::ActivationFunctionType;

struct LstmParams {
  LstmLayer layer;
  std::vector<float> scales;  // of each input that holds int8 weights
};

// What is multiplied by weights: the floats, and their bytes where the weights are bytes.
struct Vector {
  const float* reals = nullptr;
  const std::int8_t* bytes = nullptr;
  DynamicScale scale;
};

float logisticOf(float x) { return 1.0f / (1.0f + std::exp(-x)); }

float activated(ActivationFunctionType activation, float x) {
  if (activation == ActivationFunctionType::TANH) return std::tanh(x);
  const auto range = floatActivationRange(activation);
  return std::min(std::max(x, range.low), range.high);
}

float clipped(float x, float limit) {
  return limit > 0.0f ? std::max(std::min(x, limit), -limit) : x;
}

// One run of a layer; Weight is float or int8.
template <typename Weight>
class LstmRun {
 public:
  LstmRun(const LstmParams& params, const KernelIo& io)
      : params_(params), layer_(params.layer), io_(io) {
    auto* scratch = io.scratchAs<float>();
    for (auto& gate : gates_) {
      gate = scratch;
      scratch += layer_.cells;
    }
    bytes_ = reinterpret_cast<std::int8_t*>(scratch);
  }

  void run() const {
    // The states are variables: inputs that their operator writes to.
    auto* hidden = const_cast<float*>(io_.in<float>(kLstmHidden));
    auto* cell = const_cast<float*>(io_.in<float>(kLstmCell));
    for (std::int64_t b = 0; b < layer_.batch; ++b) {
      for (std::int64_t t = 0; t < layer_.time; ++t) {
        const auto row = layer_.row(b, t);
        step(io_.in<float>(0) + row * layer_.depth, hidden + b * layer_.outputs,
             cell + b * layer_.cells);
        std::copy_n(hidden + b * layer_.outputs, layer_.outputs,
                    io_.out<float>(0) + row * layer_.outputs);
      }
    }
  }

  static std::size_t scratchBytes(const LstmLayer& layer) {
    const auto floats = kLstmGates * static_cast<std::size_t>(layer.cells);
    const auto bytes = std::max({layer.depth, layer.outputs, layer.cells});
    return floats * sizeof(float) + static_cast<std::size_t>(bytes);
  }

 private:
  void step(const float* input, float* hidden, float* cell) const {
    for (std::size_t gate = layer_.firstGate(); gate < kLstmGates; ++gate) {
      if (layer_.normalised) {
        std::fill_n(gates_[gate], layer_.cells, 0.0f);
      } else {
        std::copy_n(io_.in<float>(kLstmBiases + gate), layer_.cells, gates_[gate]);
      }
    }
    addProducts(kLstmInputWeights, vectorOf(input, layer_.depth), layer_.depth);
    addProducts(kLstmRecurrentWeights, vectorOf(hidden, layer_.outputs), layer_.outputs);
    if (!layer_.coupled) openGate(kInputGate, cell);
    openGate(kForgetGate, cell);
    if (layer_.normalised) normalise(kCellGate);
    const float* forget = gates_[kForgetGate];
    for (std::int64_t k = 0; k < layer_.cells; ++k) {
      const float in = layer_.coupled ? 1.0f - forget[k] : gates_[kInputGate][k];
      const float kept = forget[k] * cell[k];
      cell[k] =
          clipped(kept + activated(layer_.activation, gates_[kCellGate][k]) * in, layer_.cell_clip);
    }
    openGate(kOutputGate, cell);
    float* out = gates_[kOutputGate];
    for (std::int64_t k = 0; k < layer_.cells; ++k) out[k] *= activated(layer_.activation, cell[k]);
    if (!layer_.projected) {
      std::copy_n(out, layer_.outputs, hidden);
      return;
    }
    const auto vector = vectorOf(out, layer_.cells);
    const float* bias =
        io_.inputs[kLstmProjectionBias] == nullptr ? nullptr : io_.in<float>(kLstmProjectionBias);
    for (std::int64_t k = 0; k < layer_.outputs; ++k) {
      const float sum =
          (bias == nullptr ? 0.0f : bias[k]) + dot(kLstmProjection, k, vector, layer_.cells);
      hidden[k] = clipped(sum, layer_.projection_clip);
    }
  }

  Vector vectorOf(const float* reals, std::int64_t count) const {
    if constexpr (std::is_same_v<Weight, float>) {
      return {reals, nullptr, {}};
    } else {
      return {reals, bytes_, quantizeRow(reals, count, layer_.asymmetric_inputs, bytes_)};
    }
  }

  float dot(std::size_t weights, std::int64_t row, const Vector& vector, std::int64_t depth) const {
    const Weight* from = io_.in<Weight>(weights) + row * depth;
    if constexpr (std::is_same_v<Weight, float>) {
      float sum = 0.0f;
      for (std::int64_t k = 0; k < depth; ++k) sum += from[k] * vector.reals[k];
      return sum;
    } else {
      return static_cast<float>(byteDot(vector.bytes, vector.scale.zero_point, from, depth)) *
             (vector.scale.scale * params_.scales[weights]);
    }
  }

  void addProducts(std::size_t weights, const Vector& vector, std::int64_t depth) const {
    for (std::size_t gate = layer_.firstGate(); gate < kLstmGates; ++gate) {
      for (std::int64_t k = 0; k < layer_.cells; ++k) {
        gates_[gate][k] += dot(weights + gate, k, vector, depth);
      }
    }
  }

  // Peephole, norm and logistic of a gate whose products are there.
  void openGate(LstmGate gate, const float* cell) const {
    float* values = gates_[gate];
    if (layer_.peepholes) {
      const auto input = kLstmPeepholes[gate];
      const Weight* weights = io_.in<Weight>(input);
      for (std::int64_t k = 0; k < layer_.cells; ++k) {
        values[k] += params_.scales[input] * static_cast<float>(weights[k]) * cell[k];
      }
    }
    if (layer_.normalised) normalise(gate);
    for (std::int64_t k = 0; k < layer_.cells; ++k) values[k] = logisticOf(values[k]);
  }

  void normalise(LstmGate gate) const {
    constexpr float kEpsilon = 1e-8f;
    float* values = gates_[gate];
    const auto count = static_cast<float>(layer_.cells);
    float sum = 0.0f;
    for (std::int64_t k = 0; k < layer_.cells; ++k) sum += values[k];
    const float mean = sum / count;
    float squares = 0.0f;
    for (std::int64_t k = 0; k < layer_.cells; ++k) {
      squares += (values[k] - mean) * (values[k] - mean);
    }
    const float inverse = 1.0f / std::sqrt(squares / count + kEpsilon);
    const float* factors = io_.in<float>(kLstmNorms + gate);
    const float* bias = io_.in<float>(kLstmBiases + gate);
    for (std::int64_t k = 0; k < layer_.cells; ++k) {
      values[k] = (values[k] - mean) * inverse * factors[k] + bias[k];
    }
  }

  const LstmParams& params_;
  const LstmLayer& layer_;
  const KernelIo& io_;
  std::array<float*, kLstmGates> gates_{};
  std::int8_t* bytes_ = nullptr;
};

template <typename Weight>
void runLstm(const LstmParams& params, const KernelIo& io) noexcept {
  LstmRun<Weight>(params, io).run();
}

[[gnu::cold]] Checked<PreparedNode> prepareLstm(const NodeView& node) {
  if (isBasicLstm(node)) return prepareBasicLstm(node);
  LstmParams params;
  PRIMER_ASSIGN(params.layer, lstmLayer(node));
  for (std::size_t i = 0; i < node.inputCount(); ++i) {
    const auto* input = node.optionalInput(i);
    const bool bytes = input != nullptr && input->info.type == ElementType::kInt8;
    params.scales.push_back(bytes ? input->quantization().scale() : 1.0f);
  }
  const bool hybrid = node.input(kLstmInputWeights + kForgetGate).info.type == ElementType::kInt8;
  const std::size_t scratch = LstmRun<float>::scratchBytes(params.layer);
  const std::uint64_t macs = params.layer.macs();
  auto prepared = hybrid ? makePrepared<runLstm<std::int8_t>>(std::move(params))
                         : makePrepared<runLstm<float>>(std::move(params));
  prepared.scratch_bytes = scratch;
  prepared.macs = macs;
  return prepared;
}

constexpr KernelRow row(tflite::BuiltinOperator op) {
  return {op, ElementType::kFloat32, {}, ElementType::kFloat32, prepareLstm};
}
constexpr std::array kRows = {row(tflite::BuiltinOperator::LSTM),
                              row(tflite::BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM)};

}  // namespace

std::span<const KernelRow> floatLstmRows() { return kRows; }

}  // namespace primer::inference::reference
