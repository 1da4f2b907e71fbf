#include "primer/toolkit/graph_builder.h"

#include <algorithm>

#include "primer/base/file_system.h"
#include "src/builder/graph_parts.h"

namespace primer::toolkit {

GraphBuilder::GraphBuilder(std::string name, std::uint64_t seed) : impl_(std::make_unique<Impl>()) {
  auto graph = std::make_unique<tflite::SubGraphT>();
  graph->name = "main";
  impl_->graph = graph.get();
  impl_->model.version = 3;
  impl_->model.description = name;
  impl_->model.subgraphs.push_back(std::move(graph));
  impl_->model.buffers.push_back(std::make_unique<tflite::BufferT>());
  impl_->name = std::move(name);
  impl_->seed = seed;
}

GraphBuilder::~GraphBuilder() = default;

Node GraphBuilder::input(std::string name, const GraphShape& shape) {
  if (shape.empty() || std::any_of(shape.begin(), shape.end(), [](auto d) { return d < 1; })) {
    return impl_->complain("input " + name, "every dimension must be at least 1");
  }
  if (!impl_->names.insert(name).second) return impl_->complain(name, "the name is taken");
  const Node node{impl_->addComputed(name, shape)};
  impl_->graph->inputs.push_back(node.tensor);
  impl_->named_inputs.emplace_back(std::move(name), node.tensor);
  return node;
}

void GraphBuilder::output(Node x, std::string name) {
  if (!impl_->known(x)) {
    impl_->complain("output " + name, "it is not a value of this graph");
    return;
  }
  impl_->graph->outputs.push_back(x.tensor);
  impl_->named_outputs.emplace_back(std::move(name), x.tensor);
}

void GraphBuilder::metadata(std::string name, std::string_view bytes) {
  setMetadata(impl_->model, name, asBytes(bytes));
}

GraphShape GraphBuilder::shape(Node x) const { return impl_->shapeOf(x); }

Result<std::vector<std::byte>> GraphBuilder::finish() {
  if (!impl_->problem && impl_->graph->outputs.empty()) impl_->complain("end", "it has no output");
  if (impl_->problem) return fail(ErrorCode::kInvalidArgument, *impl_->problem);
  auto signature = std::make_unique<tflite::SignatureDefT>();
  signature->signature_key = "serving_default";
  const auto name_tensors = [](const auto& named, auto& map) {
    for (const auto& entry : named) {
      auto one = std::make_unique<tflite::TensorMapT>();
      one->name = entry.first;
      one->tensor_index = static_cast<std::uint32_t>(entry.second);
      map.push_back(std::move(one));
    }
  };
  name_tensors(impl_->named_inputs, signature->inputs);
  name_tensors(impl_->named_outputs, signature->outputs);
  impl_->model.signature_defs.clear();
  impl_->model.signature_defs.push_back(std::move(signature));
  return serialiseModel(impl_->model);
}

}  // namespace primer::toolkit
