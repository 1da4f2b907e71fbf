#include "src/network.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace primer::handwriting {

namespace {

using inference::ElementType;
using inference::TensorInfo;

constexpr std::string_view kSignature = "serving_default";
constexpr float kBeyond = 512;  // levels; no zero point brings what lies beyond back into range

std::size_t elementCount(const TensorInfo& tensor) {
  std::size_t count = 1;
  for (const auto side : tensor.shape) count *= static_cast<std::size_t>(side);
  return count;
}

bool isFloatOrInt8(const TensorInfo& tensor) {
  return tensor.type == ElementType::kFloat32 ||
         (tensor.type == ElementType::kInt8 && tensor.quantization.scales.size() == 1);
}

tl::unexpected<Error> unsuitable(const inference::Model& model, const std::string& why) {
  return fail(ErrorCode::kUnsupported,
              std::string(model.name()) + ": not a model of this task: " + why);
}

Status checkValue(const inference::Model& model, const TensorInfo& tensor, const std::string& kind,
                  const NetworkValue& wanted) {
  if (elementCount(tensor) == wanted.size && isFloatOrInt8(tensor)) return {};
  return unsuitable(model, kind + " '" + std::string(wanted.name) + "' is not " +
                               std::to_string(wanted.size) + " numbers in float or int8");
}

// The model under the names of its signature, where it has one: what a quantiser or another tool
// calls its tensors is its own affair.
Result<std::shared_ptr<const inference::Model>> named(
    std::shared_ptr<const inference::Model> model) {
  const auto names = model->signatureNames();
  const bool signs = std::find(names.begin(), names.end(), kSignature) != names.end();
  return signs ? model->signature(kSignature) : model;
}

}  // namespace

Network::Network(std::shared_ptr<const inference::Model> model, inference::Session session)
    : model_(std::move(model)), session_(std::move(session)) {}

Result<Network> Network::create(std::shared_ptr<const inference::Model> file,
                                std::span<const NetworkValue> inputs,
                                std::span<const NetworkValue> outputs) {
  PRIMER_ASSIGN(auto model, named(std::move(file)));
  if (model->inputCount() != inputs.size()) {
    return unsuitable(*model, "it has " + std::to_string(model->inputCount()) + " inputs, not " +
                                  std::to_string(inputs.size()));
  }
  std::vector<std::size_t> input_places;
  for (const auto& wanted : inputs) {
    std::size_t place = 0;
    while (place < inputs.size() && model->input(place).name != wanted.name) ++place;
    // A file of other tools names its only input as it likes.
    if (place == inputs.size() && inputs.size() == 1) place = 0;
    if (place == inputs.size()) {
      return unsuitable(*model, "it has no input '" + std::string(wanted.name) + "'");
    }
    PRIMER_TRY(checkValue(*model, model->input(place), "input", wanted));
    input_places.push_back(place);
  }
  std::vector<std::size_t> output_places;
  for (const auto& wanted : outputs) {
    std::size_t place = 0;
    while (place < model->outputCount() && model->output(place).name != wanted.name) ++place;
    if (place == 1 && outputs.size() == 1) place = 0;
    if (place == model->outputCount()) {
      return unsuitable(*model, "it has no output '" + std::string(wanted.name) + "'");
    }
    PRIMER_TRY(checkValue(*model, model->output(place), "output", wanted));
    output_places.push_back(place);
  }
  PRIMER_ASSIGN(auto session, inference::Session::create(model));
  Network network(std::move(model), std::move(session));
  network.input_places_ = std::move(input_places);
  network.output_places_ = std::move(output_places);
  for (const auto& output : outputs) network.outputs_.emplace_back(output.size);
  return network;
}

Result<Network> Network::another() const {
  PRIMER_ASSIGN(auto session, inference::Session::create(model_));
  Network network(model_, std::move(session));
  network.input_places_ = input_places_;
  network.output_places_ = output_places_;
  network.outputs_ = outputs_;
  return network;
}

void Network::setInput(std::size_t index, std::span<const float> values) {
  const auto place = input_places_[index];
  const auto tensor = model_->input(place);
  if (tensor.type == ElementType::kFloat32) {
    std::copy(values.begin(), values.end(), session_.input<float>(place).begin());
    return;
  }
  const float scale = tensor.quantization.scale();
  const auto zero = static_cast<int>(tensor.quantization.zeroPoint());
  const auto into = session_.input<std::int8_t>(place);
  // To the nearest, halves away from zero; without a call, so that it is done for many at once.
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float level = std::clamp(values[i] / scale, -kBeyond, kBeyond);
    const int rounded = static_cast<int>(level + (level < 0 ? -0.5f : 0.5f)) + zero;
    into[i] = static_cast<std::int8_t>(std::clamp(rounded, -128, 127));
  }
}

void Network::run() {
  if (!session_.run()) {
    // A loop of a foreign model that does not end: nothing was read, and nothing is likelier than
    // the rest.
    for (auto& output : outputs_) std::fill(output.begin(), output.end(), 0.0f);
    return;
  }
  for (std::size_t k = 0; k < outputs_.size(); ++k) {
    auto& output = outputs_[k];
    const auto place = output_places_[k];
    const auto tensor = model_->output(place);
    if (tensor.type == ElementType::kFloat32) {
      const auto values = session_.output<float>(place);
      std::copy(values.begin(), values.end(), output.begin());
      continue;
    }
    const float scale = tensor.quantization.scale();
    const auto zero = static_cast<float>(tensor.quantization.zeroPoint());
    const auto values = session_.output<std::int8_t>(place);
    for (std::size_t i = 0; i < output.size(); ++i) {
      output[i] = scale * (static_cast<float>(values[i]) - zero);
    }
  }
}

nlohmann::json modelMetadata(const inference::Model& model) {
  const auto bytes = model.metadata("primer");
  if (!bytes) return nlohmann::json::object();
  const auto* text = reinterpret_cast<const char*>(bytes->data());
  // The entry may be padded with zero bytes to its buffer's alignment.
  std::size_t size = bytes->size();
  while (size > 0 && text[size - 1] == '\0') --size;
  auto json = nlohmann::json::parse(text, text + size, nullptr, false);
  return json.is_object() ? json : nlohmann::json::object();
}

float calibrationNumber(const nlohmann::json& metadata, const char* key, float otherwise) {
  const auto part = metadata.find("preprocessing");
  if (part == metadata.end() || !part->is_object()) return otherwise;
  const auto value = part->find(key);
  if (value == part->end() || !value->is_number()) return otherwise;
  const float number = value->get<float>();
  return std::isfinite(number) && number > 0 ? number : otherwise;
}

}  // namespace primer::handwriting
