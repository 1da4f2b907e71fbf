#include "primer/toolkit/metadata.h"

#include <algorithm>

#include "primer/base/file_system.h"
#include "src/model_file.h"

namespace primer::toolkit {

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
