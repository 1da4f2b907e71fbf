#include "primer/toolkit/metadata.h"

#include <algorithm>

#include "primer/base/file_system.h"
#include "src/model_file.h"

namespace primer::toolkit {

std::optional<Fold> foldOf(const Json& metadata) {
  const auto number = [&](const char* path) -> int {
    const Json::json_pointer at(path);
    if (!metadata.contains(at) || !metadata[at].is_number_unsigned()) return -1;
    return static_cast<int>(std::min<std::uint64_t>(metadata[at].get<std::uint64_t>(), 1'000'000));
  };
  const Fold fold{number("/task/fold/index"), number("/task/fold/count")};
  if (fold.index < 0 || fold.count <= fold.index) return std::nullopt;
  return fold;
}

Result<Json> readMetadata(std::span<const std::byte> bytes) {
  PRIMER_ASSIGN(const auto model, parseModel(bytes, "model"));
  for (const auto& entry : model->metadata) {
    if (entry->name != kMetadataEntry) continue;
    const auto& data = model->buffers[entry->buffer]->data;
    Json object = Json::parse(data.begin(), data.end(), nullptr, false);
    if (!object.is_object()) {
      return fail(ErrorCode::kDamaged, "the metadata of the model is not a JSON object");
    }
    return object;
  }
  return Json::object();
}

Result<std::vector<std::byte>> writeMetadata(std::span<const std::byte> bytes, const Json& object) {
  PRIMER_ASSIGN(const auto model, parseModel(bytes, "model"));
  setMetadata(*model, kMetadataEntry,
              asBytes(object.dump(-1, ' ', false, Json::error_handler_t::replace)));
  return serialiseModel(*model);
}

}  // namespace primer::toolkit
