#pragma once

// A model on the engine, spoken to in floats whatever its types are.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/session.h"

namespace primer::toolkit {

class EngineRunner {
 public:
  static Result<EngineRunner> fromBytes(std::vector<std::byte> bytes, const std::string& name,
                                        bool keep_intermediates = false);

  static Result<EngineRunner> open(std::shared_ptr<const inference::Model> model,
                                   bool keep_intermediates = false);

  inference::Session& session() { return session_; }
  const inference::Model& model() const { return session_.model(); }

  // Numbers in input `index`; they are quantised as the input's type asks. `values` must have them
  // all.
  void setInput(std::size_t index, std::span<const float> values);

  // All numbers of output `index`, dequantised.
  std::vector<float> output(std::size_t index) const;

 private:
  explicit EngineRunner(inference::Session session) : session_(std::move(session)) {}
  inference::Session session_;
};

std::size_t elementsOf(const inference::TensorInfo& tensor);

// real = scale * (q - zero_point) for int8 and float tensors; nothing for other types.
std::vector<float> dequantized(const inference::TensorInfo& tensor,
                               std::span<const std::byte> bytes);

// kUnsupported where an input or output is neither float nor int8.
Status requireNumbers(const inference::Model& model);

}  // namespace primer::toolkit
