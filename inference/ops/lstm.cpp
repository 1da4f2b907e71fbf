#include "ops/lstm.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ops/operators.h"

namespace primer::inference {
namespace {

using tflite::ActivationFunctionType;

constexpr std::size_t kFewestInputs = 20;  // old writers leave out the layer norms
constexpr std::size_t kMostInputs = 24;
constexpr std::int64_t kMaxDepth = 1 << 16;

struct LstmOptions {
  ActivationFunctionType activation = ActivationFunctionType::TANH;
  float cell_clip = 0.0f;
  float projection_clip = 0.0f;
  bool time_major = false;
  bool asymmetric = false;
};

Checked<LstmOptions> optionsOf(const NodeView& node) {
  if (node.node().op == tflite::BuiltinOperator::LSTM) {
    PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::LSTMOptions>());
    if (options->kernel_type() != tflite::LSTMKernelType::FULL) {
      return node.unsupported("lstm-kernel", "neither the full nor the basic one");
    }
    return LstmOptions{options->fused_activation_function(), options->cell_clip(),
                       options->proj_clip(), true, options->asymmetric_quantize_inputs()};
  }
  PRIMER_ASSIGN(const auto* options,
                node.requiredOptions<tflite::UnidirectionalSequenceLSTMOptions>());
  if (options->diagonal_recurrent_tensors()) {
    return node.unsupported("recurrent-weights", "recurrent weights on the diagonal only");
  }
  return LstmOptions{options->fused_activation_function(), options->cell_clip(),
                     options->proj_clip(), options->time_major(),
                     options->asymmetric_quantize_inputs()};
}

Verdict checkActivationOf(const NodeView& node, ActivationFunctionType activation) {
  switch (activation) {
    case ActivationFunctionType::NONE:
    case ActivationFunctionType::RELU:
    case ActivationFunctionType::RELU_N1_TO_1:
    case ActivationFunctionType::RELU6:
    case ActivationFunctionType::TANH:
      return {};
    default:
      return node.unsupported("fused-activation", "activation {} is not supported",
                              static_cast<int>(activation));
  }
}

// Which tensors an LSTM has come in groups: all of a group or none.
class Inputs {
 public:
  Inputs(const NodeView& node, LstmLayer& layer) : node_(node), layer_(layer) {}

  Verdict find() {
    layer_.coupled = !has(kLstmInputWeights);
    layer_.peepholes = has(kLstmPeepholes[kForgetGate]);
    layer_.normalised = has(kLstmNorms + kForgetGate);
    layer_.projected = has(kLstmProjection);
    for (std::size_t gate = 0; gate < kLstmGates; ++gate) {
      const bool used = gate >= layer_.firstGate();
      PRIMER_TRY(expect(kLstmInputWeights + gate, used));
      PRIMER_TRY(expect(kLstmRecurrentWeights + gate, used));
      if (used) PRIMER_TRY(expect(kLstmBiases + gate, true));
      if (gate != kCellGate) {
        PRIMER_TRY(expect(kLstmPeepholes[gate], used && layer_.peepholes));
      }
      PRIMER_TRY(expect(kLstmNorms + gate, used && layer_.normalised));
    }
    return {};
  }

 private:
  bool has(std::size_t input) const { return node_.optionalInput(input) != nullptr; }
  Verdict expect(std::size_t input, bool wanted) const {
    if (has(input) == wanted) return {};
    return node_.damaged("lstm-inputs", "input {} {}", input,
                         wanted ? "is left out" : "has no use");
  }

  const NodeView& node_;
  LstmLayer& layer_;
};

Verdict expectShape(const NodeView& node, std::size_t input, std::int64_t rows,
                    std::int64_t columns) {
  const auto* tensor = node.optionalInput(input);
  if (tensor == nullptr) return {};
  const auto count = static_cast<std::int64_t>(elementCount(tensor->shape));
  const bool matrix = columns > 0;
  const bool fits = matrix
                        ? tensor->rank() == 2 && tensor->dim(0) == rows && tensor->dim(1) == columns
                        : count == rows;
  if (fits) return {};
  return node.damaged(
      "lstm-shapes", "input {} is {}, needs {}", input, shapeText(tensor->shape),
      matrix ? fmt::format("{}x{}", rows, columns) : fmt::format("{} elements", rows));
}

Verdict checkShapes(const NodeView& node, const LstmLayer& layer) {
  for (std::size_t gate = layer.firstGate(); gate < kLstmGates; ++gate) {
    PRIMER_TRY(expectShape(node, kLstmInputWeights + gate, layer.cells, layer.depth));
    PRIMER_TRY(expectShape(node, kLstmRecurrentWeights + gate, layer.cells, layer.outputs));
    PRIMER_TRY(expectShape(node, kLstmBiases + gate, layer.cells, 0));
    PRIMER_TRY(expectShape(node, kLstmNorms + gate, layer.cells, 0));
    if (gate != kCellGate) PRIMER_TRY(expectShape(node, kLstmPeepholes[gate], layer.cells, 0));
  }
  PRIMER_TRY(expectShape(node, kLstmProjection, layer.outputs, layer.cells));
  if (layer.projected) PRIMER_TRY(expectShape(node, kLstmProjectionBias, layer.outputs, 0));
  PRIMER_TRY(expectShape(node, kLstmHidden, layer.batch * layer.outputs, 0));
  PRIMER_TRY(expectShape(node, kLstmCell, layer.batch * layer.cells, 0));
  for (const auto state : {kLstmHidden, kLstmCell}) {
    if (!node.input(state).is_variable) {
      return node.damaged("state", "input {} is not a variable", state);
    }
  }
  if (!layer.projected && layer.outputs != layer.cells) {
    return node.damaged("lstm-shapes", "{} cells and {} outputs without a projection", layer.cells,
                        layer.outputs);
  }
  return {};
}

// The types of an LSTM's inputs follow from those of its input and weights.
Verdict expectTypes(const NodeView& node, ElementType weight, ElementType peephole,
                    ElementType bias, ElementType norm, ElementType hidden, ElementType cell) {
  const auto expect = [&](std::size_t input, ElementType wanted) -> Verdict {
    const auto* tensor = node.optionalInput(input);
    if (tensor == nullptr || tensor->info.type == wanted) return {};
    return node.unsupported("operator-types", "input {} is {}, needs {}", input,
                            elementTypeName(tensor->info.type), elementTypeName(wanted));
  };
  for (std::size_t gate = 0; gate < kLstmGates; ++gate) {
    PRIMER_TRY(expect(kLstmInputWeights + gate, weight));
    PRIMER_TRY(expect(kLstmRecurrentWeights + gate, weight));
    if (gate != kCellGate) PRIMER_TRY(expect(kLstmPeepholes[gate], peephole));
    PRIMER_TRY(expect(kLstmBiases + gate, bias));
    PRIMER_TRY(expect(kLstmNorms + gate, norm));
  }
  PRIMER_TRY(expect(kLstmProjection, weight));
  PRIMER_TRY(expect(kLstmProjectionBias, bias));
  PRIMER_TRY(expect(kLstmHidden, hidden));
  return expect(kLstmCell, cell);
}

Verdict checkTypes(const NodeView& node) {
  constexpr auto kFloat = ElementType::kFloat32;
  constexpr auto kByte = ElementType::kInt8;
  constexpr auto kWord = ElementType::kInt16;
  const auto weight = node.input(kLstmInputWeights + kForgetGate).info.type;
  if (node.input(0).info.type == kFloat) {
    const auto kind = weight == kByte ? kByte : kFloat;
    return expectTypes(node, kind, kind, kFloat, kFloat, kFloat, kFloat);
  }
  return expectTypes(node, kByte, kWord, ElementType::kInt32, kWord, kByte, kWord);
}

// Quantised weights are symmetric, on one scale, and known at planning.
Verdict checkQuantization(const NodeView& node) {
  for (std::size_t i = 0; i < node.inputCount(); ++i) {
    const auto* tensor = node.optionalInput(i);
    if (tensor == nullptr || !isQuantized(tensor->info.type)) continue;
    PRIMER_TRY(node.expectPerTensor(*tensor, fmt::format("input {}", i).c_str()));
    if (i == 0 || i == kLstmHidden || i == kLstmCell) continue;
    if (tensor->quantization().zeroPoint() != 0) {
      return node.damaged("weights-zero-point", "of input {} is not 0", i);
    }
    if (!tensor->is_constant) {
      return node.unsupported("weights-constant", "quantised weights are not constants");
    }
  }
  return {};
}

}  // namespace

std::uint64_t LstmLayer::macs() const {
  const auto gates = static_cast<std::int64_t>(kLstmGates - firstGate());
  const std::int64_t step = cells * (depth + outputs) * gates + (projected ? cells * outputs : 0);
  return static_cast<std::uint64_t>(time) * static_cast<std::uint64_t>(batch) *
         static_cast<std::uint64_t>(step);
}

Checked<LstmLayer> lstmLayer(const NodeView& node) {
  PRIMER_ASSIGN(const auto options, optionsOf(node));
  if (node.inputCount() != kFewestInputs && node.inputCount() != kMostInputs) {
    return node.damaged("input-count", "{} inputs", node.inputCount());
  }
  if (node.outputCount() != 1) {
    return node.damaged("output-count", "{} outputs", node.outputCount());
  }
  PRIMER_TRY(checkActivationOf(node, options.activation));
  if (!std::isfinite(options.cell_clip) || !std::isfinite(options.projection_clip) ||
      options.cell_clip < 0.0f || options.projection_clip < 0.0f) {
    return node.damaged("clip", "{} and {}", options.cell_clip, options.projection_clip);
  }
  LstmLayer layer;
  PRIMER_TRY(Inputs(node, layer).find());
  for (const auto state : {kLstmHidden, kLstmCell}) {
    if (node.optionalInput(state) == nullptr) {
      return node.damaged("input-missing", "input {} is left out", state);
    }
  }
  const bool sequence = node.node().op != tflite::BuiltinOperator::LSTM;
  const auto& input = node.input(0);
  PRIMER_TRY(node.expectRank(input, "input", sequence ? 3 : 2, sequence ? 3 : 2));
  PRIMER_TRY(node.expectRank(node.input(kLstmInputWeights + kOutputGate), "weights", 2, 2));
  PRIMER_TRY(node.expectRank(node.input(kLstmRecurrentWeights + kOutputGate), "weights", 2, 2));
  layer.time_major = options.time_major;
  if (sequence) layer.time = input.dim(layer.time_major ? 0 : 1);
  layer.batch = input.dim(sequence && layer.time_major ? 1 : 0);
  layer.depth = input.shape.back();
  layer.cells = node.input(kLstmInputWeights + kOutputGate).dim(0);
  layer.outputs = node.input(kLstmRecurrentWeights + kOutputGate).dim(1);
  layer.activation = options.activation;
  layer.cell_clip = options.cell_clip;
  layer.projection_clip = options.projection_clip;
  layer.asymmetric_inputs = options.asymmetric;
  if (layer.depth < 1 || layer.cells < 1 || layer.outputs < 1 ||
      std::max({layer.depth, layer.cells, layer.outputs}) > kMaxDepth) {
    return node.damaged("accumulation-depth", "{} inputs, {} cells, {} outputs", layer.depth,
                        layer.cells, layer.outputs);
  }
  PRIMER_TRY(checkShapes(node, layer));
  PRIMER_TRY(checkTypes(node));
  PRIMER_TRY(checkQuantization(node));
  layer.output_shape = input.shape;
  layer.output_shape.back() = static_cast<std::int32_t>(layer.outputs);
  return layer;
}

bool isBasicLstm(const NodeView& node) {
  const auto* options = node.options<tflite::LSTMOptions>();
  return node.node().op == tflite::BuiltinOperator::LSTM && options != nullptr &&
         options->kernel_type() == tflite::LSTMKernelType::BASIC;
}

Checked<BasicLstmLayer> basicLstmLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(5, 5, 4));
  for (std::size_t i = 0; i < node.inputCount() + node.outputCount(); ++i) {
    const auto& tensor = i < node.inputCount() ? node.input(i) : node.output(i - node.inputCount());
    if (tensor.info.type != ElementType::kFloat32) {
      return node.unsupported("lstm-kernel", "the basic kernel in another type than float32");
    }
  }
  for (const std::size_t matrix : {0, 1, 2, 4}) {
    PRIMER_TRY(node.expectRank(node.input(matrix), "input", 2, 2));
  }
  BasicLstmLayer layer;
  layer.rows = node.input(0).dim(0);
  layer.depth = node.input(0).dim(1);
  layer.cells = node.input(1).dim(1);
  if (layer.depth < 1 || layer.cells < 1 || std::max(layer.depth, layer.cells) > kMaxDepth) {
    return node.damaged("accumulation-depth", "{} inputs, {} cells", layer.depth, layer.cells);
  }
  const std::int64_t gates = static_cast<std::int64_t>(kLstmGates) * layer.cells;
  PRIMER_TRY(expectShape(node, 1, layer.rows, layer.cells));
  PRIMER_TRY(expectShape(node, 2, gates, layer.depth + layer.cells));
  PRIMER_TRY(expectShape(node, 3, gates, 0));
  PRIMER_TRY(expectShape(node, 4, layer.rows, layer.cells));
  return layer;
}

Checked<std::vector<Shape>> checkLstm(const NodeView& node) {
  if (isBasicLstm(node)) {
    PRIMER_ASSIGN(const auto basic, basicLstmLayer(node));
    const auto rows = static_cast<std::int32_t>(basic.rows);
    const auto cells = static_cast<std::int32_t>(basic.cells);
    const auto depth = static_cast<std::int32_t>(basic.depth);
    constexpr auto kGates = static_cast<std::int32_t>(kLstmGates);
    return std::vector<Shape>{
        {rows, cells}, {rows, cells}, {rows, depth + cells}, {rows, kGates * cells}};
  }
  PRIMER_ASSIGN(auto layer, lstmLayer(node));
  return oneShape(std::move(layer.output_shape));
}

}  // namespace primer::inference
