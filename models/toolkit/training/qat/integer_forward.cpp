#include "training/qat/integer_forward.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "src/quantizer/float_model.h"
#include "training/qat/engine_values.h"
#include "training/qat/integer_twin.h"
#include "training/qat/straight_through.h"

namespace primer::toolkit {

namespace {

using torch::Tensor;

// Where a tensor of the float model has its range; -1: it has none that training moves.
constexpr int kNoGroup = -1;

}  // namespace

struct IntegerForward::Impl {
  IntegerTwin twin;
  std::vector<ActivationRange> first_ranges;  // by group
  std::vector<int> groups;                    // by tensor of the float model
};

namespace {

class EngineSubstitution final : public Substitution {
 public:
  EngineSubstitution(const IntegerTwin& twin, const std::vector<int>& groups, const Tensor& numbers,
                     const Tensors& inputs, const IntegerForward::Watch& watch)
      : twin_(twin),
        groups_(groups),
        ends_(numbers.view({-1, 2}).unbind()),
        values_(twin.model(), inputs, twin.computed()),
        watch_(watch) {}

  Tensor parameter(std::int32_t tensor, const Tensor& value) override {
    const auto& reals = twin_.constant(tensor);
    if (reals.empty()) return value;
    auto rounded = at::empty(value.sizes());
    std::memcpy(rounded.data_ptr<float>(), reals.data(), reals.size() * sizeof(float));
    return straightThrough(value, rounded);
  }

  Tensor activation(std::int32_t tensor, const Tensor& value) override {
    const auto& inputs = twin_.inputs();
    const auto it = std::find(inputs.begin(), inputs.end(), tensor);
    const auto rounded = it != inputs.end()
                             ? values_.input(static_cast<std::size_t>(it - inputs.begin()))
                             : values_.of(twin_.placeOf(tensor));
    if (!rounded.defined()) {  // moved by libtorch as the engine moves it
      if (watch_) watch_(tensor, value, value);
      return value;
    }
    if (watch_) watch_(tensor, rounded, value);
    const int group = groups_[static_cast<std::size_t>(tensor)];
    if (!value.requires_grad()) return rounded;
    if (group == kNoGroup) return straightThrough(value, rounded);
    return straightThrough(value, rounded,
                           twin_.plan().groups[static_cast<std::size_t>(group)].range,
                           ends_[static_cast<std::size_t>(group)]);
  }

 private:
  const IntegerTwin& twin_;
  const std::vector<int>& groups_;
  const Tensors ends_;  // a group's two numbers each, so that a step's sums stay small
  const EngineValues values_;
  const IntegerForward::Watch& watch_;
};

}  // namespace

IntegerForward::IntegerForward(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IntegerForward::~IntegerForward() = default;
IntegerForward::IntegerForward(IntegerForward&&) noexcept = default;
IntegerForward& IntegerForward::operator=(IntegerForward&&) noexcept = default;

Result<IntegerForward> IntegerForward::make(std::span<const std::byte> model,
                                            const CalibrationSet& calibration,
                                            const QuantizeOptions& options) {
  PRIMER_ASSIGN(const auto plain, plainFloatModel(model, "the model"));
  PRIMER_TRY(TorchGraph::import(*plain, {}).map([](const auto&) {}));
  PRIMER_ASSIGN(auto twin, IntegerTwin::make(model, calibration, options));
  auto impl = std::make_unique<Impl>(Impl{std::move(twin), {}, {}});
  const auto& plan = impl->twin.plan();
  impl->groups.assign(impl->twin.weights().subgraphs[0]->tensors.size(), kNoGroup);
  for (std::size_t g = 0; g < plan.groups.size(); ++g) {
    const auto& group = plan.groups[g];
    impl->first_ranges.push_back(group.range);
    if (group.fixed || group.precision != Precision::kInt8) continue;
    for (const auto tensor : group.tensors) {
      impl->groups[static_cast<std::size_t>(tensor)] = static_cast<int>(g);
    }
  }
  return IntegerForward(std::move(impl));
}

Result<TorchGraph> IntegerForward::importGraph(bool scores) const {
  TorchGraph::Options options;
  options.batch_norm = false;
  options.scores = scores;
  options.extra = 2 * static_cast<std::int64_t>(impl_->first_ranges.size());
  return TorchGraph::import(impl_->twin.weights(), options);
}

Status IntegerForward::update(const TorchGraph& graph) {
  graph.writeBack(impl_->twin.weights());
  const auto* numbers = graph.extra().data_ptr<float>();
  auto& plan = impl_->twin.plan();
  for (std::size_t g = 0; g < plan.groups.size(); ++g) {
    const auto& group = plan.groups[g];
    if (group.fixed || group.precision != Precision::kInt8) continue;
    const auto& first = impl_->first_ranges[g];
    setRange(plan, g,
             {first.low * std::exp(numbers[2 * g]), first.high * std::exp(numbers[2 * g + 1])});
  }
  return impl_->twin.update();
}

Tensors IntegerForward::forward(TorchGraph& graph, const Tensors& inputs,
                                const Watch& watch) const {
  Tensors plain;
  for (const auto& input : inputs) plain.push_back(input.contiguous());
  EngineSubstitution substitution(impl_->twin, impl_->groups, graph.extra(), plain, watch);
  return graph.forward(plain, true, &substitution);
}

Result<std::vector<std::byte>> IntegerForward::file() const { return impl_->twin.file(); }

Result<Quantized> IntegerForward::quantized() const {
  Quantized quantized;
  PRIMER_ASSIGN(quantized.bytes, file());
  quantized.range = impl_->twin.firstRange();
  impl_->twin.describe(quantized);
  return quantized;
}

}  // namespace primer::toolkit
