// Writes a model with every list of numbers and every name once, however many tensors have it.
// The zero points of weights quantised by channel and of their bias are eight bytes a channel,
// and all the same: in a model of 30 kB that is a kilobyte.

#include <map>

#include "src/model_file.h"

namespace primer::toolkit {

namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

template <typename T>
class SharedVectors {
 public:
  explicit SharedVectors(FlatBufferBuilder& builder) : builder_(builder) {}

  // 0, as the format has it, for an empty list.
  Offset<flatbuffers::Vector<T>> of(const std::vector<T>& values) {
    if (values.empty()) return 0;
    // By bytes: a NaN has no order, and -0 is not 0.
    const auto* begin = reinterpret_cast<const char*>(values.data());
    std::string key(begin, begin + values.size() * sizeof(T));
    const auto [known, is_new] = written_.try_emplace(std::move(key));
    if (is_new) known->second = builder_.CreateVector(values);
    return known->second;
  }

 private:
  FlatBufferBuilder& builder_;
  std::map<std::string, Offset<flatbuffers::Vector<T>>> written_;
};

class ModelWriter {
 public:
  std::vector<std::byte> write(const tflite::ModelT& model) {
    const auto codes = each(model.operator_codes, tflite::CreateOperatorCode);
    std::vector<Offset<tflite::SubGraph>> graphs;
    for (const auto& one : model.subgraphs) graphs.push_back(graph(*one));
    const auto subgraphs = list(graphs);
    const auto description = text(model.description);
    const auto buffers = each(model.buffers, tflite::CreateBuffer);
    const auto metadata_buffer = integers_.of(model.metadata_buffer);
    const auto metadata = each(model.metadata, tflite::CreateMetadata);
    const auto signatures = each(model.signature_defs, tflite::CreateSignatureDef);
    const auto groups = each(model.external_buffer_groups, tflite::CreateExternalBufferGroup);
    const auto external = each(model.external_buffers, tflite::CreateExternalBuffer);
    tflite::FinishModelBuffer(
        builder_,
        tflite::CreateModel(builder_, model.version, codes, subgraphs, description, buffers,
                            metadata_buffer, metadata, signatures, groups, external));
    const auto* begin = reinterpret_cast<const std::byte*>(builder_.GetBufferPointer());
    return {begin, begin + builder_.GetSize()};
  }

 private:
  template <typename Table>
  Offset<flatbuffers::Vector<Offset<Table>>> list(const std::vector<Offset<Table>>& tables) {
    if (tables.empty()) return 0;
    return builder_.CreateVector(tables);
  }

  // As the object API writes them.
  template <typename Object, typename Table>
  Offset<flatbuffers::Vector<Offset<Table>>> each(
      const std::vector<std::unique_ptr<Object>>& objects,
      Offset<Table> (*create)(FlatBufferBuilder&, const Object*,
                              const flatbuffers::rehasher_function_t*)) {
    std::vector<Offset<Table>> tables;
    for (const auto& object : objects) tables.push_back(create(builder_, object.get(), nullptr));
    return list(tables);
  }

  Offset<flatbuffers::String> text(const std::string& value) {
    if (value.empty()) return 0;
    return builder_.CreateSharedString(value);
  }

  Offset<tflite::SubGraph> graph(const tflite::SubGraphT& graph) {
    std::vector<Offset<tflite::Tensor>> tables;
    for (const auto& one : graph.tensors) tables.push_back(tensor(*one));
    const auto tensors = list(tables);
    const auto inputs = integers_.of(graph.inputs);
    const auto outputs = integers_.of(graph.outputs);
    const auto operators = each(graph.operators, tflite::CreateOperator);
    const auto name = text(graph.name);
    return tflite::CreateSubGraph(builder_, tensors, inputs, outputs, operators, name,
                                  graph.debug_metadata_index);
  }

  Offset<tflite::Tensor> tensor(const tflite::TensorT& tensor) {
    const auto shape = integers_.of(tensor.shape);
    const auto name = text(tensor.name);
    Offset<tflite::QuantizationParameters> quantisation = 0;
    if (tensor.quantization != nullptr) quantisation = parameters(*tensor.quantization);
    Offset<tflite::SparsityParameters> sparsity = 0;
    if (tensor.sparsity != nullptr) {
      sparsity = tflite::CreateSparsityParameters(builder_, tensor.sparsity.get());
    }
    const auto signature = integers_.of(tensor.shape_signature);
    const auto variants = each(tensor.variant_tensors, tflite::CreateVariantSubType);
    return tflite::CreateTensor(builder_, shape, tensor.type, tensor.buffer, name, quantisation,
                                tensor.is_variable, sparsity, signature, tensor.has_rank, variants,
                                tensor.external_buffer);
  }

  Offset<tflite::QuantizationParameters> parameters(const tflite::QuantizationParametersT& from) {
    const auto min = floats_.of(from.min);
    const auto max = floats_.of(from.max);
    const auto scale = floats_.of(from.scale);
    const auto zero_point = longs_.of(from.zero_point);
    const auto details = from.details.Pack(builder_);
    return tflite::CreateQuantizationParameters(builder_, min, max, scale, zero_point,
                                                from.details.type, details,
                                                from.quantized_dimension);
  }

  FlatBufferBuilder builder_{1 << 20};
  SharedVectors<std::int32_t> integers_{builder_};
  SharedVectors<float> floats_{builder_};
  SharedVectors<std::int64_t> longs_{builder_};
};

}  // namespace

std::vector<std::byte> serialiseModel(const tflite::ModelT& model) {
  return ModelWriter().write(model);
}

}  // namespace primer::toolkit
