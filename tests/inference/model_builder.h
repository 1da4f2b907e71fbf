#pragma once

// Builds small .tflite models for tests and benches, through the schema's object API.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "primer/inference/tensor.h"
#include "primer/inference/tflite_schema.h"

namespace primer::inference::testing {

struct QuantizationSpec {
  std::vector<float> scales;
  std::vector<std::int64_t> zero_points;
  int dimension = 0;
};

inline QuantizationSpec perTensor(float scale, std::int64_t zero_point) {
  return {{scale}, {zero_point}, 0};
}

class ModelBuilder {
 public:
  ModelBuilder();

  // A computed tensor; returns its index.
  int tensor(const std::string& name, tflite::TensorType type, std::vector<std::int32_t> shape,
             const QuantizationSpec& quantization = {});

  int input(const std::string& name, tflite::TensorType type, std::vector<std::int32_t> shape,
            const QuantizationSpec& quantization = {});

  void output(int tensor) { graph().outputs.push_back(tensor); }

  template <typename T>
  int constant(const std::string& name, std::vector<std::int32_t> shape,
               const std::vector<T>& values, const QuantizationSpec& quantization = {}) {
    const auto type = static_cast<tflite::TensorType>(static_cast<int>(kElementTypeOf<T>));
    const int index = tensor(name, type, std::move(shape), quantization);
    auto buffer = std::make_unique<tflite::BufferT>();
    buffer->data.resize(values.size() * sizeof(T));
    if (!values.empty()) std::memcpy(buffer->data.data(), values.data(), buffer->data.size());
    graph().tensors[index]->buffer = static_cast<std::uint32_t>(model_.buffers.size());
    model_.buffers.push_back(std::move(buffer));
    return index;
  }

  template <typename Options>
  tflite::OperatorT& add(tflite::BuiltinOperator op, std::vector<std::int32_t> inputs,
                         std::vector<std::int32_t> outputs, Options options, int version = 1) {
    auto& node = add(op, std::move(inputs), std::move(outputs), version);
    node.builtin_options.Set(std::move(options));
    return node;
  }
  tflite::OperatorT& add(tflite::BuiltinOperator op, std::vector<std::int32_t> inputs,
                         std::vector<std::int32_t> outputs, int version = 1);

  // An operator that the format does not have.
  tflite::OperatorT& addCustom(const std::string& name, std::vector<std::int32_t> inputs,
                               std::vector<std::int32_t> outputs,
                               const std::vector<std::uint8_t>& options = {}, int version = 1);

  void metadata(const std::string& name, const std::string& text);

  tflite::ModelT& model() { return model_; }
  // The subgraph that is being built: the first one at first.
  tflite::SubGraphT& graph() { return *model_.subgraphs[current_]; }

  // Appends an empty subgraph and builds it from now on; returns its index.
  int addSubgraph();
  void buildSubgraph(int index) { current_ = static_cast<std::size_t>(index); }

  std::vector<std::byte> build() const;

 private:
  tflite::ModelT model_;
  std::size_t current_ = 0;
};

}  // namespace primer::inference::testing
