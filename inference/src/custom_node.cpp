#include "src/custom_node.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "ops/work.h"

namespace primer::inference {

std::size_t CustomNode::inputCount() const { return node_.inputCount(); }
std::size_t CustomNode::outputCount() const { return node_.outputCount(); }
bool CustomNode::hasInput(std::size_t i) const { return node_.optionalInput(i) != nullptr; }
TensorInfo CustomNode::input(std::size_t i) const { return node_.input(i).info; }
TensorInfo CustomNode::output(std::size_t i) const { return node_.output(i).info; }
std::span<const std::byte> CustomNode::constant(std::size_t input) const {
  return node_.input(input).constant;
}
std::span<const std::byte> CustomNode::options() const { return node_.node().custom_options; }
int CustomNode::version() const { return node_.node().version; }

tl::unexpected<Error> CustomNode::damaged(std::string_view rule, std::string_view text) {
  return fail(ErrorCode::kDamaged, fmt::format("{}: {}", rule, text));
}
tl::unexpected<Error> CustomNode::unsupported(std::string_view rule, std::string_view text) {
  return fail(ErrorCode::kUnsupported, fmt::format("{}: {}", rule, text));
}

Status CustomOperators::add(CustomOperator op) {
  const auto refused = [&](std::string_view why) {
    return fail(ErrorCode::kInvalidArgument, fmt::format("custom operator '{}': {}", op.name, why));
  };
  if (op.name.empty()) return refused("has no name");
  if (!op.check || !op.prepare) return refused("needs a check and a prepare function");
  if (find(op.name) != nullptr) return refused("the name is taken");
  auto name = op.name;
  by_name_.emplace(std::move(name), std::move(op));
  return {};
}

const CustomOperator* CustomOperators::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &found->second;
}

namespace {

// What a registered function throws becomes an error of its node.
template <typename Function>
auto caught(const NodeView& node, std::string_view what, Function function)
    -> Checked<typename decltype(function())::value_type> {
  try {
    auto result = function();
    if (!result) return node.refuse(std::move(result).error());
    return std::move(*result);
  } catch (const std::exception& error) {
    return node.refuse(
        {ErrorCode::kInternal, fmt::format("custom-{}: threw: {}", what, error.what())});
  } catch (...) {
    return node.refuse({ErrorCode::kInternal, fmt::format("custom-{}: threw", what)});
  }
}

Verdict checkTensors(const NodeView& node) {
  const auto held = [](const Tensor& tensor) { return elementBytes(tensor.info.type) != 0; };
  for (std::size_t i = 0; i < node.inputCount() + node.outputCount(); ++i) {
    const bool is_input = i < node.inputCount();
    const auto* tensor = is_input ? node.optionalInput(i) : &node.output(i - node.inputCount());
    if (tensor == nullptr || held(*tensor)) continue;
    return node.unsupported("operator-types", "{} {} is {}", is_input ? "input" : "output",
                            is_input ? i : i - node.inputCount(),
                            elementTypeName(tensor->info.type));
  }
  return {};
}

void runCustom(const std::function<void(const KernelIo&)>& run, const KernelIo& io) noexcept {
  run(io);
}

}  // namespace

Checked<std::vector<Shape>> checkCustom(const NodeView& node) {
  const auto& custom = *node.node().custom;
  if (node.node().version > custom.newest_version) {
    return node.unsupported("operator-version",
                            "version {} is not supported, {} is the newest that is",
                            node.node().version, custom.newest_version);
  }
  PRIMER_TRY(checkTensors(node));
  PRIMER_ASSIGN(auto shapes, caught(node, "check", [&] { return custom.check(CustomNode(node)); }));
  if (shapes.size() != node.outputCount()) {
    return node.damaged("output-count", "{} outputs, the operator has {}", node.outputCount(),
                        shapes.size());
  }
  for (const auto& shape : shapes) {
    const bool sound = std::all_of(shape.begin(), shape.end(), [](auto dim) { return dim >= 0; });
    if (!sound || shape.size() > kMaxRank) {
      return node.refuse(
          {ErrorCode::kInternal, fmt::format("custom-check: gave the shape {}", shapeText(shape))});
    }
  }
  return shapes;
}

Checked<std::uint64_t> workOfCustom(const NodeView& node) {
  const auto& custom = *node.node().custom;
  const std::uint64_t least = workOf(node);  // every element is touched at least once
  if (!custom.work) return least;
  PRIMER_ASSIGN(const auto told, caught(node, "work", [&]() -> Result<std::uint64_t> {
                  return custom.work(CustomNode(node));
                }));
  return std::max(told, least);
}

Checked<PreparedNode> prepareCustom(const NodeView& node) {
  const auto& custom = *node.node().custom;
  PRIMER_ASSIGN(auto kernel,
                caught(node, "prepare", [&] { return custom.prepare(CustomNode(node)); }));
  if (!kernel.run) {
    return node.refuse({ErrorCode::kInternal, "custom-prepare: gave no function to run"});
  }
  auto prepared = makePrepared<runCustom>(std::move(kernel.run));
  prepared.scratch_bytes = kernel.scratch_bytes;
  prepared.macs = kernel.macs;
  return prepared;
}

}  // namespace primer::inference
