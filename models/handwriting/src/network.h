#pragma once

// A classifier network behind plain floats: what the readers of this room share.

#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/session.h"

namespace primer::handwriting {

struct NetworkInput {
  std::string_view name;
  std::size_t size = 0;
};

// A session with inputs and one output in float or int8, converted on the way. Thread-compatible.
class Network {
 public:
  // kUnsupported where the model's inputs are not `inputs` (by name and number of elements, in any
  // order) or its one output is not `outputs` numbers.
  static Result<Network> create(std::shared_ptr<const inference::Model> model,
                                std::span<const NetworkInput> inputs, std::size_t outputs);

  const std::shared_ptr<const inference::Model>& model() const { return model_; }

  // `values` has the size of that input.
  void setInput(std::size_t index, std::span<const float> values);
  // The output as floats, valid until the next run; all zero where the run failed.
  std::span<const float> run();

 private:
  Network(std::shared_ptr<const inference::Model> model, inference::Session session);

  std::shared_ptr<const inference::Model> model_;
  inference::Session session_;
  std::vector<std::size_t> places_;  // of our inputs among the model's
  std::vector<float> output_;
};

// The object of the metadata entry "primer", or an empty one where there is none or it is broken.
nlohmann::json modelMetadata(const inference::Model& model);

// metadata["preprocessing"][key] as a number, or `otherwise`.
float calibrationNumber(const nlohmann::json& metadata, const char* key, float otherwise);

}  // namespace primer::handwriting
