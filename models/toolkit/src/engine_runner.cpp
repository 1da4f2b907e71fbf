#include "src/engine_runner.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace primer::toolkit {

namespace {

using inference::ElementType;

std::int8_t quantizedValue(float value, float scale, std::int64_t zero_point) {
  const float q = std::round(value / scale) + static_cast<float>(zero_point);
  return static_cast<std::int8_t>(std::clamp(q, -128.0f, 127.0f));
}

}  // namespace

Status requireNumbers(const inference::Model& model) {
  const auto check = [&](const inference::TensorInfo& tensor) -> Status {
    const bool int8 = tensor.type == ElementType::kInt8 && tensor.quantization.quantized();
    if (int8 || tensor.type == ElementType::kFloat32) return {};
    return fail(ErrorCode::kUnsupported,
                std::string(model.name()) + ": '" + std::string(tensor.name) + "' is " +
                    std::string(elementTypeName(tensor.type)) +
                    "; the inputs and outputs must be float or int8 for this");
  };
  for (std::size_t i = 0; i < model.inputCount(); ++i) PRIMER_TRY(check(model.input(i)));
  for (std::size_t i = 0; i < model.outputCount(); ++i) PRIMER_TRY(check(model.output(i)));
  return {};
}

Result<EngineRunner> EngineRunner::fromBytes(std::vector<std::byte> bytes, const std::string& name,
                                             bool keep_intermediates) {
  PRIMER_ASSIGN(auto model, inference::Model::fromBytes(std::move(bytes), name));
  return open(std::move(model), keep_intermediates);
}

Result<EngineRunner> EngineRunner::open(std::shared_ptr<const inference::Model> model,
                                        bool keep_intermediates) {
  PRIMER_TRY(requireNumbers(*model));
  inference::SessionOptions options;
  options.keep_intermediates = keep_intermediates;
  PRIMER_ASSIGN(auto session, inference::Session::create(std::move(model), options));
  return EngineRunner(std::move(session));
}

void EngineRunner::setInput(std::size_t index, std::span<const float> values) {
  const auto info = model().input(index);
  if (info.type == ElementType::kFloat32) {
    const auto to = session_.input<float>(index);
    std::copy_n(values.begin(), std::min(values.size(), to.size()), to.begin());
    return;
  }
  const auto to = session_.input<std::int8_t>(index);
  for (std::size_t i = 0; i < std::min(values.size(), to.size()); ++i) {
    to[i] = quantizedValue(values[i], info.quantization.scale(), info.quantization.zeroPoint());
  }
}

std::vector<float> EngineRunner::output(std::size_t index) const {
  return dequantized(session_.model().output(index), session_.outputBytes(index));
}

std::size_t elementsOf(const inference::TensorInfo& tensor) {
  std::size_t count = 1;
  for (const auto dimension : tensor.shape) count *= static_cast<std::size_t>(dimension);
  return count;
}

std::vector<float> dequantized(const inference::TensorInfo& tensor,
                               std::span<const std::byte> bytes) {
  std::vector<float> values;
  if (tensor.type == ElementType::kFloat32) {
    values.resize(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  } else if (tensor.type == ElementType::kInt8 && tensor.quantization.quantized()) {
    const float scale = tensor.quantization.scale();
    const auto zero = static_cast<int>(tensor.quantization.zeroPoint());
    values.reserve(bytes.size());
    for (const auto byte : bytes) {
      values.push_back(scale * static_cast<float>(static_cast<std::int8_t>(byte) - zero));
    }
  }
  return values;
}

}  // namespace primer::toolkit
