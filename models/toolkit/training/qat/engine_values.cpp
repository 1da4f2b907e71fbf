#include "training/qat/engine_values.h"

#include <ATen/ATen.h>

#include <cstring>
#include <stdexcept>

#include "training/for_cpus.h"

namespace primer::toolkit {

namespace {

using inference::ElementType;

void require(const Status& status) {
  if (!status) throw std::runtime_error(status.error().message);
}

PRIMER_FOR_CPUS
void bytesToReals(const std::int8_t* __restrict levels, std::size_t count, float scale,
                  std::int32_t zero_point, float* __restrict reals) {
  for (std::size_t i = 0; i < count; ++i) {
    reals[i] = scale * static_cast<float>(levels[i] - zero_point);
  }
}

PRIMER_FOR_CPUS
void wordsToReals(const std::int16_t* __restrict levels, std::size_t count, float scale,
                  std::int32_t zero_point, float* __restrict reals) {
  for (std::size_t i = 0; i < count; ++i) {
    reals[i] = scale * static_cast<float>(levels[i] - zero_point);
  }
}

}  // namespace

EngineValues::EngineValues(const std::shared_ptr<const inference::Model>& model,
                           const std::vector<torch::Tensor>& inputs,
                           const std::vector<bool>& wanted) {
  inference::SessionOptions options;
  options.keep_intermediates = true;
  auto session = inference::Session::create(model, options);
  if (!session) throw std::runtime_error(session.error().message);
  const auto rows = inputs.empty() ? 0 : static_cast<std::size_t>(inputs[0].size(0));
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    take(model->input(k), session->inputBytes(k), rows);
  }
  for (std::size_t row = 0; row < rows; ++row) {
    session->reset();
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      const auto each = model->input(k).elements();
      require(session->setReals(k, {inputs[k].data_ptr<float>() + row * each, each}));
    }
    if (row > 0) {
      require(session->run());
    } else {
      // Where a session keeps its intermediates they stay where the first run shows them.
      require(session->run([&](const inference::OperatorEvent& event) {
        for (const auto& output : event.outputs) {
          if (output.tensor >= wanted.size() || !wanted[output.tensor]) continue;
          places_[static_cast<std::int32_t>(output.tensor)] = kept_.size();
          take(output.info, output.bytes, rows);
        }
      }));
    }
    for (auto& kept : kept_) {
      std::memcpy(kept.rows.data() + row * kept.bytes.size(), kept.bytes.data(), kept.bytes.size());
    }
  }
  for (auto& kept : kept_) makeReal(kept);
}

torch::Tensor EngineValues::of(std::int32_t tensor) const {
  const auto found = places_.find(tensor);
  return found == places_.end() ? torch::Tensor() : kept_[found->second].values;
}

void EngineValues::take(const inference::TensorInfo& info, std::span<const std::byte> bytes,
                        std::size_t rows) {
  std::vector<std::int64_t> shape(info.shape.begin(), info.shape.end());
  if (shape.empty()) shape = {1};
  shape[0] = static_cast<std::int64_t>(rows);
  kept_.push_back({info, bytes, std::vector<std::byte>(rows * bytes.size()), at::empty(shape)});
}

void EngineValues::makeReal(Kept& kept) {
  const auto count = static_cast<std::size_t>(kept.values.numel());
  const auto& quantization = kept.info.quantization;
  const auto zero_point = static_cast<std::int32_t>(quantization.zeroPoint());
  auto* reals = kept.values.data_ptr<float>();
  if (count == 0) return;
  if (kept.info.type == ElementType::kInt8) {
    bytesToReals(reinterpret_cast<const std::int8_t*>(kept.rows.data()), count,
                 quantization.scale(), zero_point, reals);
  } else if (kept.info.type == ElementType::kInt16) {
    wordsToReals(reinterpret_cast<const std::int16_t*>(kept.rows.data()), count,
                 quantization.scale(), zero_point, reals);
  } else if (kept.info.type == ElementType::kFloat32) {
    std::memcpy(reals, kept.rows.data(), count * sizeof(float));
  } else {
    throw std::runtime_error("'" + std::string(kept.info.name) + "' holds no real numbers");
  }
  kept.rows.clear();
}

}  // namespace primer::toolkit
