#include "src/engine_runner.h"

#include "primer/base/check.h"

namespace primer::toolkit {

namespace {

using inference::ElementType;

bool holdsNumbers(ElementType type) {
  switch (type) {
    case ElementType::kFloat32:
    case ElementType::kInt8:
    case ElementType::kUint8:
    case ElementType::kInt16:
    case ElementType::kInt32:
    case ElementType::kInt64:
    case ElementType::kBool:
      return true;
    default:
      return false;
  }
}

}  // namespace

Status requireNumbers(const inference::Model& model) {
  const auto check = [&](const inference::TensorInfo& tensor) -> Status {
    if (holdsNumbers(tensor.type)) return {};
    return fail(ErrorCode::kUnsupported, std::string(model.name()) + ": '" +
                                             std::string(tensor.name) + "' is " +
                                             std::string(elementTypeName(tensor.type)) +
                                             "; the inputs and outputs must be numbers for this");
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
  const auto status = session_.setReals(index, values);
  PRIMER_VERIFY(status.has_value()) { return; }
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
  std::vector<float> values(tensor.elements());
  if (!holdsNumbers(tensor.type) || !inference::readReals(tensor, bytes, values)) values.clear();
  return values;
}

}  // namespace primer::toolkit
