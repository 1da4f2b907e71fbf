#include "training/teachers.h"

#include <zlib.h>

#include "src/model_file.h"

namespace primer::toolkit {

namespace {

tl::unexpected<Error> about(const std::string& file, Error error) {
  error.message = "teacher " + file + ": " + error.message;
  return fail(std::move(error));
}

}  // namespace

Result<Teachers> readTeachers(const Distillation& distillation, const Task& task) {
  Teachers teachers;
  for (const auto& file : distillation.teachers) {
    const auto bytes = readFile(file);
    if (!bytes) return about(file, bytes.error());
    const auto model = parseModel(*bytes, file);
    if (!model) return about(file, model.error());
    auto graph = TorchGraph::import(**model, {.batch_norm = false, .scores = true});
    if (!graph) return about(file, graph.error());
    auto places = placesOf(task.info(), **model);
    if (!places) return about(file, places.error());
    teachers.all.push_back({std::make_unique<GraphNetwork>(std::move(*graph)), std::move(*places)});
    const auto sum =
        crc32(0, reinterpret_cast<const Bytef*>(bytes->data()), static_cast<uInt>(bytes->size()));
    teachers.identity.push_back({{"file", std::filesystem::path(file).filename().string()},
                                 {"crc32", static_cast<std::uint64_t>(sum)}});
  }
  return teachers;
}

}  // namespace primer::toolkit
