#include "src/node_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "src/tensor_reader.h"

namespace primer::inference {

using tflite::BuiltinOperator;

Verdict NodeReader::read(const tflite::Operator& source, const Places& places, Node& node) {
  const std::size_t code_count = sizeOf(model_.operator_codes());
  if (source.opcode_index() >= code_count) {
    return damaged("opcode-index", "{} of {}", source.opcode_index(), code_count);
  }
  const auto* code = model_.operator_codes()->Get(source.opcode_index());
  if (code == nullptr) return damaged("opcode-missing", "operator code is null");
  const int number =
      std::max<int>(code->deprecated_builtin_code(), static_cast<int>(code->builtin_code()));
  if (number < 0 || number > static_cast<int>(tflite::BuiltinOperator::MAX)) {
    return unsupported("operator-known", "code {} is not known", number);
  }
  node.op = static_cast<tflite::BuiltinOperator>(number);
  node.name = tflite::EnumNameBuiltinOperator(node.op);
  node.version = code->version();
  if (node.op == tflite::BuiltinOperator::CUSTOM) {
    PRIMER_TRY(readCustomNode(source, code->custom_code(), node));
  }
  PRIMER_ASSIGN(node.inputs, readIndices(source.inputs(), places, "operator-inputs", true));
  PRIMER_ASSIGN(node.outputs, readIndices(source.outputs(), places, "operator-outputs", false));
  PRIMER_ASSIGN(node.intermediates,
                readIndices(source.intermediates(), places, "operator-intermediates", true));
  return {};
}

Verdict NodeReader::readCustomNode(const tflite::Operator& source, const flatbuffers::String* name,
                                   Node& node) const {
  const auto text = name == nullptr ? std::string_view() : name->string_view();
  node.custom = custom_.find(text);
  if (node.custom == nullptr) {
    return unsupported("operator-known", "custom operator '{}', version {}, is not registered",
                       printable(text), node.version);
  }
  node.name = node.custom->name;
  const auto offset = source.large_custom_options_offset();
  const auto size = source.large_custom_options_size();
  if (offset > 1) {
    if (offset > bytes_.size() || size > bytes_.size() - offset) {
      return damaged("options-bounds", "its options end outside the file");
    }
    node.custom_options = bytes_.subspan(offset, size);
  } else if (const auto* options = source.custom_options(); options != nullptr) {
    node.custom_options = std::as_bytes(std::span(options->data(), options->size()));
  }
  return {};
}

Checked<std::vector<int>> NodeReader::readIndices(const flatbuffers::Vector<std::int32_t>* source,
                                                  const Places& places, const char* rule,
                                                  bool optional) {
  std::vector<int> indices;
  if (sizeOf(source) > limits_.max_operands - operands_) {
    return limitExceeded("operand-count", "more than {} inputs and outputs", limits_.max_operands);
  }
  operands_ += sizeOf(source);
  indices.reserve(sizeOf(source));
  for (std::size_t i = 0; i < sizeOf(source); ++i) {
    const int index = source->Get(static_cast<flatbuffers::uoffset_t>(i));
    const bool left_out = index == kNoTensor && optional;
    if (!left_out && (index < 0 || static_cast<std::size_t>(index) >= places.size())) {
      return damaged(rule, "tensor {} of {}", index, places.size());
    }
    indices.push_back(left_out ? kNoTensor : places[static_cast<std::size_t>(index)]);
  }
  return indices;
}

}  // namespace primer::inference
