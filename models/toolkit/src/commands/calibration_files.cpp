#include "src/commands/calibration_files.h"

#include <algorithm>

#include "src/engine_runner.h"
#include "src/model_file.h"
#include "src/quantizer/float_model.h"

namespace primer::toolkit {

namespace {

// Raw inputs of a model, as `run` takes them.
Result<CalibrationSet> readSamples(const std::string& path, std::span<const std::byte> bytes) {
  PRIMER_ASSIGN(const auto raw, readFile(path));
  PRIMER_ASSIGN(const auto model,
                inference::Model::fromBytes({bytes.begin(), bytes.end()}, "the model"));
  PRIMER_TRY(requireNumbers(*model));
  std::size_t each = 0;
  for (std::size_t i = 0; i < model->inputCount(); ++i) each += model->input(i).bytes;
  if (each == 0 || raw.empty() || raw.size() % each != 0) {
    return fail(ErrorCode::kDamaged, path + " holds " + std::to_string(raw.size()) +
                                         " bytes, which are no whole number of samples of " +
                                         std::to_string(each));
  }
  CalibrationSet set(raw.size() / each);
  std::span<const std::byte> rest = raw;
  for (auto& sample : set) {
    for (std::size_t i = 0; i < model->inputCount(); ++i) {
      const auto input = model->input(i);
      auto& values = sample.emplace_back(input.elements());
      PRIMER_TRY(inference::readReals(input, rest.first(input.bytes), values));
      rest = rest.subspan(input.bytes);
    }
  }
  return set;
}

}  // namespace

Result<CalibrationData> readCalibration(const std::vector<std::string>& named,
                                        std::span<const std::byte> bytes) {
  PRIMER_ASSIGN(const auto model, plainFloatModel(bytes, "the model"));
  CalibrationData data;
  for (const auto& one : named) {
    const auto entries = entriesOf(*model);
    const auto entry = std::find_if(entries.begin(), entries.end(), [&](const Entry& known) {
      return !known.signature.empty() && one.rfind(known.signature + "=", 0) == 0;
    });
    if (entry == entries.end()) {
      PRIMER_ASSIGN(data.samples, readSamples(one, bytes));
      continue;
    }
    PRIMER_ASSIGN(const auto turned, beginningAt(*model, entry->subgraph));
    PRIMER_ASSIGN(data.signatures[entry->signature],
                  readSamples(one.substr(entry->signature.size() + 1), turned));
  }
  return data;
}

}  // namespace primer::toolkit
