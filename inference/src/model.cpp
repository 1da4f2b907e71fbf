#include "primer/inference/model.h"

#include <fmt/format.h>

#include "ops/operators.h"
#include "ops/work.h"
#include "src/custom_node.h"
#include "src/graph_reader.h"
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

// Gives an output the shape that its operator makes; refuses a file that says otherwise.
Status applyShape(Tensor& tensor, std::size_t index, Shape shape, const Limits& limits) {
  if (tensor.shape_known && tensor.shape != shape) {
    return fail(ErrorCode::kDamaged,
                fmt::format("output-shape: {} is {} in the file, the operator makes {}",
                            tensorText(index, tensor), shapeText(tensor.shape), shapeText(shape)));
  }
  std::uint64_t bytes = elementBytes(tensor.info.type);
  for (const auto dim : shape) {
    bytes *= static_cast<std::uint64_t>(dim);
    if (bytes > limits.max_arena_bytes) {
      return fail(ErrorCode::kLimitExceeded,
                  fmt::format("tensor-bytes: {} of {} needs more than {} bytes",
                              tensorText(index, tensor), shapeText(shape), limits.max_arena_bytes));
    }
  }
  tensor.shape = std::move(shape);
  tensor.shape_known = true;
  tensor.info.shape = tensor.shape;
  tensor.info.bytes = bytes;
  return {};
}

std::string typesText(const NodeView& node) {
  std::string text;
  for (std::size_t i = 0; i < node.inputCount(); ++i) {
    const auto* input = node.optionalInput(i);
    text += fmt::format("{}{}", i == 0 ? "" : ", ",
                        input == nullptr ? "-" : elementTypeName(input->info.type));
  }
  for (std::size_t i = 0; i < node.outputCount(); ++i) {
    text += fmt::format("{}{}", i == 0 ? " -> " : ", ", elementTypeName(node.output(i).info.type));
  }
  return text;
}

// What makes a built-in node sound, and the shapes of its outputs.
Result<std::vector<Shape>> checkBuiltin(const NodeView& view) {
  const auto& node = view.node();
  const auto* rule = findOperator(node.op);
  if (rule == nullptr) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("operator-known: version {} is not supported", node.version));
  }
  if (node.version > rule->newest_version) {
    return fail(
        ErrorCode::kUnsupported,
        fmt::format("operator-version: version {} is not supported, {} is the newest that is",
                    node.version, rule->newest_version));
  }
  if (view.optionalInput(0) == nullptr) return NodeView::damaged("input-missing", "no input");
  if (view.outputCount() == 0) return NodeView::damaged("output-count", "no output");
  if (findKernel(CpuLevel::kScalar, view) == nullptr) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("operator-types: version {} on {} is not supported", node.version,
                            typesText(view)));
  }
  return rule->check(view);
}

Status checkNode(Graph& graph, const Node& node, const Limits& limits) {
  const NodeView view(graph, node);
  for (std::size_t i = 0; i < view.inputCount(); ++i) {
    const auto* input = view.optionalInput(i);
    if (input != nullptr && !input->shape_known) {
      return NodeView::damaged("shape-known", fmt::format("input {} has no shape", i));
    }
  }
  PRIMER_ASSIGN(auto shapes, node.custom == nullptr ? checkBuiltin(view) : checkCustom(view));
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const auto index = static_cast<std::size_t>(node.outputs[i]);
    PRIMER_TRY(applyShape(graph.tensors[index], index, std::move(shapes[i]), limits));
  }
  return {};
}

}  // namespace

namespace {

Result<PreparedNode> prepareBuiltin(CpuLevel level, const NodeView& view) {
  const auto* row = findKernel(level, view);
  if (row == nullptr) return NodeView::unsupported("operator-types", "no kernel");
  return row->prepare(view);
}

}  // namespace

Error Model::Impl::nodeError(const Node& node, const Error& error) const {
  return error.withContext(fmt::format("{}: operator {} {}", name, node.index, node.name));
}

Result<std::shared_ptr<const PreparedNode>> Model::Impl::prepared(CpuLevel level,
                                                                  std::size_t node_index) const {
  const std::lock_guard lock(mutex_);
  prepared_.resize(graph.nodes.size());
  for (const auto& entry : prepared_[node_index]) {
    if (entry.level == level) return entry.node;
  }
  const auto& node = graph.nodes[node_index];
  const NodeView view(graph, node);
  auto made = node.custom == nullptr ? prepareBuiltin(level, view) : prepareCustom(view);
  if (!made) return fail(nodeError(node, made.error()));
  auto shared = std::make_shared<const PreparedNode>(std::move(*made));
  prepared_[node_index].push_back({level, shared});
  return shared;
}

namespace {

Status load(Model::Impl& impl) {
  auto read = [&]() -> Status {
    PRIMER_TRY(verifyFile(impl.bytes));
    PRIMER_ASSIGN(impl.graph, readGraph(impl.bytes, impl.limits, *impl.custom));
    return {};
  }();
  if (!read) return fail(read.error().withContext(impl.name));
  std::uint64_t left = impl.limits.max_work;
  std::vector<bool> known(impl.graph.tensors.size(), false);  // when a session is made
  for (const auto index : impl.graph.order) {
    const auto& node = impl.graph.nodes[index];
    for (const int input : node.inputs) {
      if (!node.once || input == kNoTensor) continue;
      if (!impl.graph.tensors[input].is_constant && !known[input]) {
        return fail(impl.nodeError(
            node, {ErrorCode::kUnsupported, "call-once: depends on more than constants"}));
      }
    }
    for (const int output : node.outputs) {
      known[output] = node.once && !impl.graph.tensors[output].is_variable;
    }
    auto status = checkNode(impl.graph, node, impl.limits);
    if (!status) return fail(impl.nodeError(node, status.error()));
    const NodeView view(impl.graph, node);
    const auto work =
        node.custom == nullptr ? Result<std::uint64_t>(workOf(view)) : workOfCustom(view);
    if (!work) return fail(impl.nodeError(node, work.error()));
    if (*work > left) {
      return fail(impl.nodeError(
          node, {ErrorCode::kLimitExceeded,
                 fmt::format("work: a run takes more than {} operations", impl.limits.max_work)}));
    }
    left -= *work;
  }
  return {};
}

std::shared_ptr<const CustomOperators> orNone(std::shared_ptr<const CustomOperators> custom) {
  return custom != nullptr ? std::move(custom) : std::make_shared<const CustomOperators>();
}

}  // namespace

Model::Model(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Model::~Model() = default;

Result<std::shared_ptr<const Model>> Model::open(const std::filesystem::path& path,
                                                 const Limits& limits,
                                                 std::shared_ptr<const CustomOperators> custom) {
  auto impl = std::make_unique<Impl>();
  impl->name = path.filename().string();
  impl->limits = limits;
  impl->custom = orNone(std::move(custom));
  PRIMER_ASSIGN(impl->file, MappedFile::open(path, limits.max_file_bytes));
  impl->bytes = impl->file.bytes();
  PRIMER_TRY(load(*impl));
  return std::shared_ptr<const Model>(new Model(std::move(impl)));
}

Result<std::shared_ptr<const Model>> Model::fromBytes(
    std::vector<std::byte> bytes, std::string name, const Limits& limits,
    std::shared_ptr<const CustomOperators> custom) {
  auto impl = std::make_unique<Impl>();
  impl->name = std::move(name);
  impl->limits = limits;
  impl->custom = orNone(std::move(custom));
  impl->memory = std::move(bytes);
  impl->bytes = impl->memory;
  if (impl->bytes.size() > limits.max_file_bytes) {
    return fail(ErrorCode::kLimitExceeded,
                fmt::format("{}: file-bytes: {} bytes, at most {} are allowed", impl->name,
                            impl->bytes.size(), limits.max_file_bytes));
  }
  PRIMER_TRY(load(*impl));
  return std::shared_ptr<const Model>(new Model(std::move(impl)));
}

std::string_view Model::name() const { return impl_->name; }
std::uint64_t Model::fileBytes() const { return impl_->bytes.size(); }
std::span<const std::byte> Model::bytes() const { return impl_->bytes; }
std::size_t Model::inputCount() const { return impl_->graph.inputs.size(); }
std::size_t Model::outputCount() const { return impl_->graph.outputs.size(); }

TensorInfo Model::input(std::size_t index) const {
  return impl_->graph.tensors[impl_->graph.inputs[index]].info;
}
TensorInfo Model::output(std::size_t index) const {
  return impl_->graph.tensors[impl_->graph.outputs[index]].info;
}

namespace {

Result<std::size_t> findTensor(const Model::Impl& impl, std::string_view role,
                               const std::vector<int>& tensors, std::string_view name,
                               std::optional<ElementType> type) {
  std::string known;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const auto& info = impl.graph.tensors[tensors[i]].info;
    if (info.name != name) {
      known += fmt::format("{}'{}'", i == 0 ? "" : ", ", info.name);
      continue;
    }
    if (!type || info.type == *type) return i;
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("{}: {} '{}' is {}, not {}", impl.name, role, name, describe(info),
                            elementTypeName(*type)));
  }
  return fail(ErrorCode::kNotFound, fmt::format("{}: no {} '{}', it has {}", impl.name, role, name,
                                                known.empty() ? "none" : known));
}

}  // namespace

Result<std::size_t> Model::findInput(std::string_view name, std::optional<ElementType> type) const {
  return findTensor(*impl_, "input", impl_->graph.inputs, name, type);
}
Result<std::size_t> Model::findOutput(std::string_view name,
                                      std::optional<ElementType> type) const {
  return findTensor(*impl_, "output", impl_->graph.outputs, name, type);
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
