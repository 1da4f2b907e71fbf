#include "inference/shared_models.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

namespace primer::inference::testing {

std::vector<std::filesystem::path> sharedModels(std::string_view set) {
  std::vector<std::filesystem::path> found;
  const char* data = std::getenv("PRIMER_DATA");
  if (data == nullptr) return found;
  for (const std::string_view name : {"unit", "whole"}) {
    const auto folder = std::filesystem::path(data) / "tflite" / name;
    if ((!set.empty() && set != name) || !std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() == ".tflite") found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::byte> sharedInputs(const std::filesystem::path& model) {
  std::ifstream file(std::filesystem::path(model).replace_extension(".in"), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

std::span<const std::byte> giveInputs(Session& session, std::span<const std::byte> inputs) {
  for (std::size_t i = 0; i < session.model().inputCount(); ++i) {
    const auto to = session.inputBytes(i);
    if (to.empty()) continue;
    if (inputs.size() < to.size()) {
      std::memset(to.data(), 0, to.size());
      continue;
    }
    std::memcpy(to.data(), inputs.data(), to.size());
    inputs = inputs.subspan(to.size());
  }
  return inputs;
}

}  // namespace primer::inference::testing
