#include "primer/inference/model.h"

#include <fmt/format.h>

#include <algorithm>

#include "src/check_graph.h"
#include "src/graph_reader.h"
#include "src/list_text.h"
#include "src/model_impl.h"

namespace primer::inference {
namespace {

constexpr flatbuffers::uoffset_t kMaxTableDepth = 64;
constexpr flatbuffers::uoffset_t kMaxTables = 1000000;

Status verifyFile(std::span<const std::byte> bytes) {
  constexpr std::size_t kSmallest = 8;  // an offset and the identifier
  if (bytes.size() < kSmallest || !tflite::ModelBufferHasIdentifier(bytes.data())) {
    return fail(ErrorCode::kDamaged, "identifier: not a .tflite file");
  }
  if (bytes.size() >= FLATBUFFERS_MAX_BUFFER_SIZE) {
    return fail(ErrorCode::kLimitExceeded, "file-bytes: 2 GB or more");
  }
  flatbuffers::Verifier verifier(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(),
                                 kMaxTableDepth, kMaxTables);
  if (!tflite::VerifyModelBuffer(verifier)) {
    return fail(ErrorCode::kDamaged, "flatbuffer: the file is cut short or altered");
  }
  return {};
}

std::shared_ptr<const CustomOperators> orNone(std::shared_ptr<const CustomOperators> custom) {
  return custom != nullptr ? std::move(custom) : std::make_shared<const CustomOperators>();
}

}  // namespace

Error Model::Impl::nodeError(const Node& node, const Error& error) const {
  return error.withContext(fmt::format("{}: {}", name, nodeText(node)));
}

Result<std::shared_ptr<const PlannedGraph>> Model::Impl::planned(const PlanOptions& options) const {
  const std::lock_guard lock(mutex_);
  for (const auto& entry : planned_) {
    if (entry.options == options) return entry.graph;
  }
  auto made = PlannedGraph::make(graph, options, limits);
  if (!made) return fail(made.error().withContext(name));
  planned_.push_back({options, *made});
  return *made;
}

Status Model::Impl::load() {
  auto loaded = [&]() -> Status {
    PRIMER_ASSIGN(graph, readGraph(bytes, limits, *file->custom, subgraph));
    PRIMER_TRY(applyShapes());
    PRIMER_TRY(checkGraph(graph, limits));
    return readNames();
  }();
  if (!loaded) return fail(loaded.error().withContext(name));
  return {};
}

// What the operators write has no shape until they are checked: the file's are of the old inputs.
Status Model::Impl::applyShapes() {
  if (shapes.empty()) return {};
  for (const auto& node : graph.nodes) {
    for (const int output : node.outputs) {
      auto& tensor = graph.tensors[output];
      if (!tensor.is_variable) tensor.shape_known = false;
    }
  }
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (!shapes[i]) continue;
    const auto index = static_cast<std::size_t>(graph.entry().inputs[i]);
    PRIMER_TRY(setShape(graph.tensors[index], index, *shapes[i], limits));
  }
  return {};
}

Status Model::Impl::readNames() {
  const auto tensorNames = [&](const std::vector<int>& tensors) {
    std::vector<std::string_view> names;
    for (const int tensor : tensors) names.push_back(graph.tensors[tensor].info.name);
    return names;
  };
  input_names = tensorNames(graph.entry().inputs);
  output_names = tensorNames(graph.entry().outputs);
  if (signature == nullptr) return {};
  // The tensors of the entry lie first in the graph, as in the file.
  const auto rename = [](const auto* map, const std::vector<int>& tensors,
                         std::vector<std::string_view>& names) -> Status {
    for (std::size_t i = 0; map != nullptr && i < map->size(); ++i) {
      const auto* entry = map->Get(static_cast<flatbuffers::uoffset_t>(i));
      const auto index = entry == nullptr ? std::int64_t{-1} : entry->tensor_index();
      const auto found = std::find(tensors.begin(), tensors.end(), index);
      if (found == tensors.end() || entry->name() == nullptr) {
        return fail(ErrorCode::kDamaged,
                    fmt::format("signature-map: tensor {} is not among them", index));
      }
      names[static_cast<std::size_t>(found - tensors.begin())] = entry->name()->string_view();
    }
    return {};
  };
  PRIMER_TRY(rename(signature->inputs(), graph.entry().inputs, input_names));
  return rename(signature->outputs(), graph.entry().outputs, output_names);
}

Model::Model(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Model::~Model() = default;

Result<std::shared_ptr<const Model>> Model::open(const std::filesystem::path& path,
                                                 const Limits& limits,
                                                 std::shared_ptr<const CustomOperators> custom) {
  auto file = std::make_shared<ModelFile>();
  file->name = path.filename().string();
  file->limits = limits;
  file->custom = orNone(std::move(custom));
  PRIMER_ASSIGN(file->mapped, MappedFile::open(path, limits.max_file_bytes));
  file->bytes = file->mapped.bytes();
  return openFile(std::move(file));
}

Result<std::shared_ptr<const Model>> Model::fromBytes(
    std::vector<std::byte> bytes, std::string name, const Limits& limits,
    std::shared_ptr<const CustomOperators> custom) {
  auto file = std::make_shared<ModelFile>();
  file->name = std::move(name);
  file->limits = limits;
  file->custom = orNone(std::move(custom));
  file->memory = std::move(bytes);
  file->bytes = file->memory;
  if (file->bytes.size() > limits.max_file_bytes) {
    return fail(ErrorCode::kLimitExceeded,
                fmt::format("{}: file-bytes: {} bytes, at most {} are allowed", file->name,
                            file->bytes.size(), limits.max_file_bytes));
  }
  return openFile(std::move(file));
}

Result<std::shared_ptr<const Model>> Model::openFile(std::shared_ptr<const ModelFile> file) {
  auto verified = verifyFile(file->bytes);
  if (!verified) return fail(verified.error().withContext(file->name));
  auto impl = std::make_unique<Impl>(std::move(file));
  PRIMER_TRY(impl->load());
  return std::shared_ptr<const Model>(new Model(std::move(impl)));
}

std::vector<std::string_view> Model::signatureNames() const {
  std::vector<std::string_view> names;
  const auto* signatures = tflite::GetModel(impl_->bytes.data())->signature_defs();
  if (signatures == nullptr) return names;
  for (const auto* signature : *signatures) {
    const auto* key = signature == nullptr ? nullptr : signature->signature_key();
    names.push_back(key == nullptr ? std::string_view() : key->string_view());
  }
  return names;
}

Result<std::shared_ptr<const Model>> Model::signature(std::string_view name) const {
  const auto names = signatureNames();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end() || name.empty()) {
    return fail(ErrorCode::kNotFound,
                fmt::format("{}: no signature '{:.80}', it has: {}", impl_->name, name,
                            names.empty() ? "none" : listText(names)));
  }
  const auto* signature = tflite::GetModel(impl_->bytes.data())
                              ->signature_defs()
                              ->Get(static_cast<flatbuffers::uoffset_t>(found - names.begin()));
  auto impl = std::make_unique<Impl>(impl_->file);
  impl->subgraph = signature->subgraph_index();
  impl->signature = signature;
  PRIMER_TRY(impl->load());
  return std::shared_ptr<const Model>(new Model(std::move(impl)));
}

Result<std::shared_ptr<const Model>> Model::resized(std::span<const InputShape> shapes) const {
  auto impl = std::make_unique<Impl>(impl_->file);
  impl->subgraph = impl_->subgraph;
  impl->signature = impl_->signature;
  impl->shapes = impl_->shapes;
  impl->shapes.resize(inputCount());
  for (const auto& [input, shape] : shapes) {
    PRIMER_ASSIGN(const auto index, findInput(input));
    impl->shapes[index] = shape;
  }
  PRIMER_TRY(impl->load());
  return std::shared_ptr<const Model>(new Model(std::move(impl)));
}

std::string_view Model::name() const { return impl_->name; }
std::uint64_t Model::fileBytes() const { return impl_->bytes.size(); }
std::span<const std::byte> Model::bytes() const { return impl_->bytes; }
std::size_t Model::inputCount() const { return impl_->graph.entry().inputs.size(); }
std::size_t Model::outputCount() const { return impl_->graph.entry().outputs.size(); }

TensorInfo Model::input(std::size_t index) const {
  auto info = impl_->graph.tensors[impl_->graph.entry().inputs[index]].info;
  info.name = impl_->input_names[index];
  return info;
}
TensorInfo Model::output(std::size_t index) const {
  auto info = impl_->graph.tensors[impl_->graph.entry().outputs[index]].info;
  info.name = impl_->output_names[index];
  return info;
}

namespace {

Result<std::size_t> findTensor(const Model& model, std::string_view role, std::size_t count,
                               TensorInfo (Model::*tensor)(std::size_t) const,
                               std::string_view name, std::optional<ElementType> type) {
  std::string known;
  for (std::size_t i = 0; i < count; ++i) {
    const auto info = (model.*tensor)(i);
    if (info.name != name) {
      known += fmt::format("{}'{}'", i == 0 ? "" : ", ", printable(info.name));
      continue;
    }
    if (!type || info.type == *type) return i;
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("{}: {} '{}' is {}, not {}", model.name(), role, name, describe(info),
                            elementTypeName(*type)));
  }
  return fail(ErrorCode::kNotFound, fmt::format("{}: no {} '{}', it has {}", model.name(), role,
                                                name, known.empty() ? "none" : known));
}

}  // namespace

Result<std::size_t> Model::findInput(std::string_view name, std::optional<ElementType> type) const {
  return findTensor(*this, "input", inputCount(), &Model::input, name, type);
}
Result<std::size_t> Model::findOutput(std::string_view name,
                                      std::optional<ElementType> type) const {
  return findTensor(*this, "output", outputCount(), &Model::output, name, type);
}

std::optional<std::span<const std::byte>> Model::metadata(std::string_view name) const {
  const auto* model = tflite::GetModel(impl_->bytes.data());
  if (model->metadata() == nullptr || model->buffers() == nullptr) return std::nullopt;
  for (const auto* entry : *model->metadata()) {
    if (entry == nullptr || entry->name() == nullptr || entry->name()->string_view() != name)
      continue;
    if (entry->buffer() >= model->buffers()->size()) return std::nullopt;
    const auto* buffer = model->buffers()->Get(entry->buffer());
    if (buffer == nullptr || buffer->data() == nullptr) return std::nullopt;
    return std::as_bytes(std::span(buffer->data()->data(), buffer->data()->size()));
  }
  return std::nullopt;
}

}  // namespace primer::inference
