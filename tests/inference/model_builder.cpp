#include "inference/model_builder.h"

namespace primer::inference::testing {

ModelBuilder::ModelBuilder() {
  model_.version = 3;
  model_.buffers.push_back(std::make_unique<tflite::BufferT>());  // entry 0 means "no bytes"
  model_.subgraphs.push_back(std::make_unique<tflite::SubGraphT>());
}

int ModelBuilder::tensor(const std::string& name, tflite::TensorType type,
                         std::vector<std::int32_t> shape, const QuantizationSpec& quantization) {
  auto made = std::make_unique<tflite::TensorT>();
  made->name = name;
  made->type = type;
  made->shape = std::move(shape);
  made->has_rank = true;
  if (!quantization.scales.empty()) {
    made->quantization = std::make_unique<tflite::QuantizationParametersT>();
    made->quantization->scale = quantization.scales;
    made->quantization->zero_point = quantization.zero_points;
    made->quantization->quantized_dimension = quantization.dimension;
  }
  graph().tensors.push_back(std::move(made));
  return static_cast<int>(graph().tensors.size()) - 1;
}

int ModelBuilder::input(const std::string& name, tflite::TensorType type,
                        std::vector<std::int32_t> shape, const QuantizationSpec& quantization) {
  const int index = tensor(name, type, std::move(shape), quantization);
  graph().inputs.push_back(index);
  return index;
}

tflite::OperatorT& ModelBuilder::add(tflite::BuiltinOperator op, std::vector<std::int32_t> inputs,
                                     std::vector<std::int32_t> outputs, int version) {
  auto code = std::make_unique<tflite::OperatorCodeT>();
  code->builtin_code = op;
  code->deprecated_builtin_code = static_cast<std::int8_t>(std::min(static_cast<int>(op), 127));
  code->version = version;
  model_.operator_codes.push_back(std::move(code));
  auto node = std::make_unique<tflite::OperatorT>();
  node->opcode_index = static_cast<std::uint32_t>(model_.operator_codes.size()) - 1;
  node->inputs = std::move(inputs);
  node->outputs = std::move(outputs);
  graph().operators.push_back(std::move(node));
  return *graph().operators.back();
}

tflite::OperatorT& ModelBuilder::addCustom(const std::string& name,
                                           std::vector<std::int32_t> inputs,
                                           std::vector<std::int32_t> outputs,
                                           const std::vector<std::uint8_t>& options, int version) {
  auto& node = add(tflite::BuiltinOperator::CUSTOM, std::move(inputs), std::move(outputs), version);
  model_.operator_codes.back()->custom_code = name;
  node.custom_options = options;
  return node;
}

int ModelBuilder::addSubgraph() {
  current_ = model_.subgraphs.size();
  model_.subgraphs.push_back(std::make_unique<tflite::SubGraphT>());
  return static_cast<int>(current_);
}

void ModelBuilder::metadata(const std::string& name, const std::string& text) {
  auto buffer = std::make_unique<tflite::BufferT>();
  buffer->data.assign(text.begin(), text.end());
  auto entry = std::make_unique<tflite::MetadataT>();
  entry->name = name;
  entry->buffer = static_cast<std::uint32_t>(model_.buffers.size());
  model_.buffers.push_back(std::move(buffer));
  model_.metadata.push_back(std::move(entry));
}

std::vector<std::byte> ModelBuilder::build() const {
  flatbuffers::FlatBufferBuilder builder;
  tflite::FinishModelBuffer(builder, tflite::Model::Pack(builder, &model_));
  const auto bytes = std::as_bytes(std::span(builder.GetBufferPointer(), builder.GetSize()));
  return {bytes.begin(), bytes.end()};
}

}  // namespace primer::inference::testing
