#include "src/quantizer/compare.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "src/engine_runner.h"
#include "src/model_file.h"
#include "src/quantizer/float_model.h"

namespace primer::toolkit {

namespace {

// Sums over all values of one tensor, from which the figures follow.
struct Sums {
  double power = 0, noise = 0, dot = 0, own = 0, max_abs = 0;
  std::size_t saturated = 0, count = 0;

  void take(std::span<const float> values, std::span<const float> reference) {
    for (std::size_t i = 0; i < std::min(values.size(), reference.size()); ++i) {
      const double a = values[i], b = reference[i];
      // Infinity, or the least number that there is, pads the margins of a max pool: no form of the
      // other model holds it.
      if (std::abs(b) > 1e30) continue;
      if (!std::isfinite(a)) {
        noise = HUGE_VAL;
        continue;
      }
      power += b * b;
      own += a * a;
      dot += a * b;
      noise += (a - b) * (a - b);
      max_abs = std::max(max_abs, std::abs(a - b));
    }
    count += values.size();
  }

  TensorError error() const {
    TensorError error;
    error.snr_db = kNoErrorDb;
    if (noise > 0) error.snr_db = power > 0 ? 10 * std::log10(power / noise) : -kNoErrorDb;
    error.snr_db = std::clamp(error.snr_db, -kNoErrorDb, kNoErrorDb);
    error.cosine = power > 0 && own > 0 ? dot / std::sqrt(power * own) : (noise > 0 ? 0 : 1);
    error.max_abs = max_abs;
    error.saturation = count > 0 ? static_cast<double>(saturated) / static_cast<double>(count) : 0;
    return error;
  }
};

template <typename T>
std::size_t atTheEnds(std::span<const std::byte> bytes) {
  const auto* values = reinterpret_cast<const T*>(bytes.data());
  return static_cast<std::size_t>(
      std::count_if(values, values + bytes.size() / sizeof(T), [](T value) {
        return value == std::numeric_limits<T>::min() || value == std::numeric_limits<T>::max();
      }));
}

std::size_t saturatedIn(const inference::TensorInfo& info, std::span<const std::byte> bytes) {
  if (info.type == inference::ElementType::kInt8) return atTheEnds<std::int8_t>(bytes);
  if (info.type == inference::ElementType::kInt16) return atTheEnds<std::int16_t>(bytes);
  return 0;
}

Status feed(EngineRunner& runner, const std::vector<std::vector<float>>& sample,
            const std::string& name) {
  if (sample.size() != runner.model().inputCount()) {
    return fail(ErrorCode::kInvalidArgument, name + ": the data has another number of inputs");
  }
  for (std::size_t i = 0; i < sample.size(); ++i) runner.setInput(i, sample[i]);
  return {};
}

}  // namespace

Result<std::vector<TensorError>> compareTensors(std::span<const std::byte> model,
                                                std::span<const std::byte> reference,
                                                const std::vector<std::int32_t>& place,
                                                const CalibrationSet& inputs) {
  PRIMER_ASSIGN(auto wanted, EngineRunner::fromBytes({reference.begin(), reference.end()},
                                                     "the float model", true));
  PRIMER_ASSIGN(auto given,
                EngineRunner::fromBytes({model.begin(), model.end()}, "the quantised model", true));
  std::map<std::size_t, std::size_t> float_tensor;  // by tensor of the quantised model
  for (std::size_t t = 0; t < place.size(); ++t) {
    if (place[t] >= 0) float_tensor[static_cast<std::size_t>(place[t])] = t;
  }
  std::map<std::size_t, Sums> sums;  // by tensor of the float model
  std::vector<std::size_t> order;
  std::map<std::size_t, TensorError> known;
  PRIMER_ASSIGN(const auto object, parseModel(reference, "the float model"));
  const bool anew = beginsAnew(*object);
  for (const auto& sample : inputs) {
    if (anew) wanted.session().reset(), given.session().reset();
    PRIMER_TRY(feed(wanted, sample, "the float model"));
    PRIMER_TRY(feed(given, sample, "the quantised model"));
    std::map<std::size_t, std::vector<float>> values;
    PRIMER_TRY(wanted.session().run([&](const inference::OperatorEvent& event) {
      for (const auto& output : event.outputs) {
        if (output.info.type != inference::ElementType::kFloat32) continue;
        values[output.tensor] = dequantized(output.info, output.bytes);
      }
    }));
    PRIMER_TRY(given.session().run([&](const inference::OperatorEvent& event) {
      for (const auto& output : event.outputs) {
        const auto at = float_tensor.find(output.tensor);
        if (at == float_tensor.end() || values.count(at->second) == 0) continue;
        auto& sum = sums[at->second];
        if (sum.count == 0 && known.count(at->second) == 0) {
          order.push_back(at->second);
          auto& one = known[at->second];
          one.name = output.info.name;
          one.op = event.op;
          one.type = elementTypeName(output.info.type);
        }
        sum.take(dequantized(output.info, output.bytes), values[at->second]);
        sum.saturated += saturatedIn(output.info, output.bytes);
      }
    }));
  }
  std::vector<TensorError> errors;
  for (const auto tensor : order) {
    auto error = sums[tensor].error();
    error.name = known[tensor].name;
    error.op = known[tensor].op;
    error.type = known[tensor].type;
    errors.push_back(std::move(error));
  }
  return errors;
}

Result<std::vector<OutputError>> compareOutputs(std::span<const std::byte> model,
                                                std::span<const std::byte> reference,
                                                const CalibrationSet& inputs) {
  PRIMER_ASSIGN(const auto object, parseModel(reference, "the reference model"));
  PRIMER_ASSIGN(auto wanted, EngineRunner::fromBytes({reference.begin(), reference.end()},
                                                     "the reference model"));
  PRIMER_ASSIGN(auto given, EngineRunner::fromBytes({model.begin(), model.end()}, "the model"));
  const auto outputs = wanted.model().outputCount();
  if (given.model().outputCount() != outputs) {
    return fail(ErrorCode::kInvalidArgument, "the models have different numbers of outputs");
  }
  std::vector<Sums> sums(outputs);
  const bool anew = beginsAnew(*object);
  for (const auto& sample : inputs) {
    if (anew) wanted.session().reset(), given.session().reset();
    PRIMER_TRY(feed(wanted, sample, "the reference model"));
    PRIMER_TRY(feed(given, sample, "the model"));
    PRIMER_TRY(wanted.session().run());
    PRIMER_TRY(given.session().run());
    for (std::size_t i = 0; i < outputs; ++i) {
      sums[i].take(given.output(i), wanted.output(i));
      sums[i].saturated += saturatedIn(given.model().output(i), given.session().outputBytes(i));
    }
  }
  const auto names = outputNames(*object);
  std::vector<OutputError> errors;
  for (std::size_t i = 0; i < outputs; ++i) {
    errors.push_back(sums[i].error());
    errors.back().name = names[i];
    errors.back().type = elementTypeName(given.model().output(i).type);
  }
  return errors;
}

double leastSnr(const std::vector<TensorError>& errors) {
  double least = kNoErrorDb;
  for (const auto& error : errors) least = std::min(least, error.snr_db);
  return least;
}

}  // namespace primer::toolkit
