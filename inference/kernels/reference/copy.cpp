// Operators that only move elements: RESHAPE, PAD, PADV2, CONCATENATION, PACK.

#include <array>
#include <cmath>
#include <cstring>

#include "kernels/reference/rows.h"
#include "ops/gather.h"
#include "ops/operators.h"
#include "ops/rearrange.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

struct ReshapeParams {
  std::size_t bytes = 0;
};

void runReshape(const ReshapeParams& params, const KernelIo& io) noexcept {
  if (params.bytes > 0) std::memcpy(io.outputs[0], io.inputs[0], params.bytes);
}

[[gnu::cold]] Checked<PreparedNode> prepareReshape(const NodeView& node) {
  PRIMER_TRY(checkReshape(node));
  return makePrepared<runReshape>(ReshapeParams{node.input(0).info.bytes});
}

// READ_VARIABLE and ASSIGN_VARIABLE: a variable is a tensor that outlives the run.
[[gnu::cold]] Checked<PreparedNode> prepareVariable(const NodeView& node) {
  PRIMER_TRY(checkVariable(node));
  return makePrepared<runReshape>(ReshapeParams{node.input(0).info.bytes});
}
constexpr KernelRow variableRow(BuiltinOperator op, ElementType type) {
  return {op, type, {}, type, prepareVariable};
}

// The padded image as a list of runs: `fill` elements of padding, then `copy` elements of input.
// Padding of the innermost axes joins across rows.
struct PadParams {
  struct Axis {
    std::int64_t size = 0;    // of the input
    std::int64_t before = 0;  // in elements of the output
    std::int64_t after = 0;
  };
  std::vector<Axis> axes;    // outermost first; the innermost counts single elements
  std::int64_t row = 0;      // elements copied at a time
  std::uint64_t value = 0;   // the zero point in an element's first bytes; 0.0f in float
  bool value_input = false;  // PADV2: input 2 holds the value
};

// A word is an element of any type of its size.
template <typename Word>
void padAxis(const PadParams& params, std::size_t axis, Word value, const Word*& in, Word*& out) {
  if (axis == params.axes.size()) {
    if (params.row > 0) std::memcpy(out, in, static_cast<std::size_t>(params.row) * sizeof(Word));
    in += params.row;
    out += params.row;
    return;
  }
  const auto& here = params.axes[axis];
  out = std::fill_n(out, here.before, value);
  for (std::int64_t i = 0; i < here.size; ++i) padAxis(params, axis + 1, value, in, out);
  out = std::fill_n(out, here.after, value);
}

template <typename Word>
void runPad(const PadParams& params, const KernelIo& io) noexcept {
  const Word* in = io.in<Word>(0);
  Word* out = io.out<Word>(0);
  const Word value = params.value_input ? *io.in<Word>(2) : static_cast<Word>(params.value);
  padAxis(params, 0, value, in, out);
}

KernelFunction padOf(std::size_t element_bytes) {
  switch (element_bytes) {
    case 1:
      return kErased<runPad<std::uint8_t>, PadParams>;
    case 2:
      return kErased<runPad<std::uint16_t>, PadParams>;
    case 4:
      return kErased<runPad<std::uint32_t>, PadParams>;
    default:
      return kErased<runPad<std::uint64_t>, PadParams>;
  }
}

[[gnu::cold]] Checked<PreparedNode> preparePad(const NodeView& node) {
  PRIMER_ASSIGN(const auto layer, padLayer(node));
  const auto& shape = node.input(0).shape;
  PadParams params;
  params.row = 1;
  std::int64_t out_elements = 1;  // of one step along the axis
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    const bool padded = layer.before[axis] != 0 || layer.after[axis] != 0;
    if (!padded && params.axes.empty()) {
      params.row *= shape[axis];  // nothing is added from here inwards: one run
    } else {
      params.axes.insert(params.axes.begin(), {shape[axis], layer.before[axis] * out_elements,
                                               layer.after[axis] * out_elements});
    }
    out_elements *= layer.output_shape[axis];
  }
  if (isQuantized(node.input(0).info.type)) {
    params.value = static_cast<std::uint64_t>(node.output(0).quantization().zeroPoint());
  }
  if (node.node().op == BuiltinOperator::PADV2) {
    params.value_input = true;
  }
  return makePreparedFor(padOf(elementBytes(node.input(0).info.type)), std::move(params));
}

struct ConcatenationParams {
  std::int64_t outer = 1;
  std::vector<std::size_t> bytes;  // of each input at each turn
};

void runConcatenation(const ConcatenationParams& params, const KernelIo& io) noexcept {
  std::byte* out = io.outputs[0];
  for (std::int64_t turn = 0; turn < params.outer; ++turn) {
    for (std::size_t i = 0; i < params.bytes.size(); ++i) {
      const std::size_t bytes = params.bytes[i];
      if (bytes == 0) continue;
      std::memcpy(out, io.inputs[i] + static_cast<std::size_t>(turn) * bytes, bytes);
      out += bytes;
    }
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareConcatenation(const NodeView& node) {
  PRIMER_ASSIGN(const auto layer, node.node().op == BuiltinOperator::PACK
                                      ? packLayer(node)
                                      : concatenationLayer(node));
  ConcatenationParams params;
  params.outer = layer.outer;
  for (const auto count : layer.counts) {
    params.bytes.push_back(static_cast<std::size_t>(count) * elementBytes(node.input(0).info.type));
  }
  return makePrepared<runConcatenation>(std::move(params));
}

// uint8 inputs may have scales of their own: each is brought to the output's.
struct ScaledConcatenationParams {
  ConcatenationLayer layer;
  std::vector<std::array<std::uint8_t, 256>> tables;
};

void runScaledConcatenation(const ScaledConcatenationParams& params, const KernelIo& io) noexcept {
  auto* out = io.out<std::uint8_t>(0);
  for (std::int64_t turn = 0; turn < params.layer.outer; ++turn) {
    for (std::size_t i = 0; i < params.tables.size(); ++i) {
      const std::int64_t count = params.layer.counts[i];
      const auto* in = io.in<std::uint8_t>(i) + turn * count;
      for (std::int64_t k = 0; k < count; ++k) *out++ = params.tables[i][in[k]];
    }
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareUint8Concatenation(const NodeView& node) {
  ScaledConcatenationParams params;
  PRIMER_ASSIGN(params.layer, concatenationLayer(node));
  PRIMER_TRY(node.expectPerTensor(node.output(0), "output"));
  const auto& output = node.output(0).quantization();
  const float inverse_output_scale = 1.0f / output.scale();
  for (std::size_t i = 0; i < node.inputCount(); ++i) {
    PRIMER_TRY(node.expectPerTensor(node.input(i), "input"));
    const auto& input = node.input(i).quantization();
    const bool same = input.scale() == output.scale() && input.zeroPoint() == output.zeroPoint();
    const float scale = input.scale() * inverse_output_scale;
    const float bias = -static_cast<float>(input.zeroPoint()) * scale;
    auto& table = params.tables.emplace_back();
    for (int byte = 0; byte < 256; ++byte) {
      // Not a number, which scales far apart make, becomes the least: a comparison with it is
      // false.
      constexpr float kFar = 1e6f;
      const float wide = std::round(static_cast<float>(byte) * scale + bias);
      const float moved = wide > -kFar ? std::min(wide, kFar) : -kFar;
      table[byte] = static_cast<std::uint8_t>(
          same ? byte
               : std::clamp<std::int64_t>(static_cast<std::int64_t>(moved) + output.zeroPoint(), 0,
                                          255));
    }
  }
  return makePrepared<runScaledConcatenation>(std::move(params));
}

constexpr auto kConcatenation = tflite::BuiltinOperator::CONCATENATION;
constexpr KernelRow reshapeRow(ElementType type) {
  return {tflite::BuiltinOperator::RESHAPE, type, {}, type, prepareReshape};
}
constexpr KernelRow concatenationRow(ElementType type) {
  return {kConcatenation, type, {}, type, prepareConcatenation};
}
constexpr KernelRow packRow(ElementType type) {
  return {BuiltinOperator::PACK, type, {}, type, prepareConcatenation};
}
constexpr KernelRow padRow(BuiltinOperator op, ElementType type) {
  return {op, type, {}, type, preparePad};
}

constexpr std::array kRows = {
    reshapeRow(ElementType::kFloat32),
    reshapeRow(ElementType::kInt8),
    reshapeRow(ElementType::kUint8),
    reshapeRow(ElementType::kInt16),
    reshapeRow(ElementType::kInt32),
    reshapeRow(ElementType::kInt64),
    reshapeRow(ElementType::kBool),
    variableRow(BuiltinOperator::READ_VARIABLE, ElementType::kFloat32),
    variableRow(BuiltinOperator::READ_VARIABLE, ElementType::kInt8),
    variableRow(BuiltinOperator::READ_VARIABLE, ElementType::kInt16),
    variableRow(BuiltinOperator::READ_VARIABLE, ElementType::kInt32),
    variableRow(BuiltinOperator::ASSIGN_VARIABLE, ElementType::kFloat32),
    variableRow(BuiltinOperator::ASSIGN_VARIABLE, ElementType::kInt8),
    variableRow(BuiltinOperator::ASSIGN_VARIABLE, ElementType::kInt16),
    variableRow(BuiltinOperator::ASSIGN_VARIABLE, ElementType::kInt32),
    padRow(BuiltinOperator::PAD, ElementType::kFloat32),
    padRow(BuiltinOperator::PAD, ElementType::kInt8),
    padRow(BuiltinOperator::PAD, ElementType::kUint8),
    padRow(BuiltinOperator::PAD, ElementType::kInt16),
    padRow(BuiltinOperator::PAD, ElementType::kInt32),
    padRow(BuiltinOperator::PAD, ElementType::kInt64),
    padRow(BuiltinOperator::PADV2, ElementType::kFloat32),
    padRow(BuiltinOperator::PADV2, ElementType::kInt8),
    padRow(BuiltinOperator::PADV2, ElementType::kUint8),
    padRow(BuiltinOperator::PADV2, ElementType::kInt16),
    padRow(BuiltinOperator::PADV2, ElementType::kInt32),
    padRow(BuiltinOperator::PADV2, ElementType::kInt64),
    packRow(ElementType::kFloat32),
    packRow(ElementType::kInt8),
    packRow(ElementType::kUint8),
    packRow(ElementType::kInt16),
    packRow(ElementType::kInt32),
    packRow(ElementType::kInt64),
    concatenationRow(ElementType::kFloat32),
    concatenationRow(ElementType::kInt8),
    concatenationRow(ElementType::kInt16),
    concatenationRow(ElementType::kInt32),
    concatenationRow(ElementType::kInt64),
    KernelRow{
        kConcatenation, ElementType::kUint8, {}, ElementType::kUint8, prepareUint8Concatenation},
};

}  // namespace

std::span<const KernelRow> copyRows() { return kRows; }

}  // namespace primer::inference::reference
