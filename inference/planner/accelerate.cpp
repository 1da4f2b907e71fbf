#include "planner/accelerate.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <optional>
#include <vector>

#include "kernels/fixed_point.h"
#include "ops/fully_connected.h"
#include "ops/weights.h"
#include "ops/window.h"
#include "src/aligned_block.h"

namespace primer::inference {
namespace {

using tflite::BuiltinOperator;
using Clock = std::chrono::steady_clock;

// Crossing costs some microseconds: layers below this many multiplications are not worth a trial.
constexpr std::uint64_t kLeastMacs = 1 << 20;
// A device must be quicker by so much: trials are short.
constexpr double kMargin = 0.9;
constexpr int kTrialRuns = 4;

// What is offered, with the arrays that it points to.
struct Offer {
  AcceleratedLayer layer;
  std::vector<std::int32_t> bias;
  std::vector<std::int32_t> multipliers;
  std::vector<std::int32_t> shifts;
  std::vector<double> factors;
};

bool hasPlainBytes(const NodeView& node) {
  if (node.inputCount() < 2 || node.outputCount() != 1) return false;
  const auto& weights = node.input(1);
  return node.input(0).info.type == ElementType::kInt8 &&
         node.output(0).info.type == ElementType::kInt8 && weights.is_constant &&
         weights.info.type == ElementType::kInt8 && weights.quantization().zeroPoint() == 0;
}

std::optional<Offer> offerOf(const NodeView& node) {
  const auto op = node.node().op;
  if ((op != BuiltinOperator::CONV_2D && op != BuiltinOperator::FULLY_CONNECTED) ||
      node.node().joined.map != nullptr || !hasPlainBytes(node)) {
    return std::nullopt;
  }
  Offer offer;
  auto& layer = offer.layer;
  layer.is_dense = op == BuiltinOperator::FULLY_CONNECTED;
  tflite::ActivationFunctionType activation = {};
  if (layer.is_dense) {
    const auto dense = denseLayer(node);
    if (!dense || dense->rows < 1 || dense->rows > INT32_MAX) return std::nullopt;
    layer.in_width = layer.out_width = static_cast<std::int32_t>(dense->rows);
    layer.in_channels = dense->depth;
    layer.out_channels = dense->channels;
    activation = dense->activation;
  } else {
    const auto window = conv2dWindow(node);
    if (!window || window->groups != 1) return std::nullopt;
    static_cast<WindowShape&>(layer) = *window;
    activation = window->activation;
  }
  const auto& weights = node.input(1);
  layer.weights = {reinterpret_cast<const std::int8_t*>(weights.constant.data()),
                   weights.constant.size()};
  offer.bias = biasValues(node, layer.out_channels);
  offer.factors = outputFactors(node, layer.out_channels, ScaleProduct::kDouble);
  if (!layer.is_dense) {
    for (const double factor : offer.factors) {
      const auto multiplier = quantizeMultiplier(factor);
      // Factors that no sum survives are the reference's business.
      if (std::abs(multiplier.shift) > 30) return std::nullopt;
      offer.multipliers.push_back(multiplier.value);
      offer.shifts.push_back(multiplier.shift);
    }
  }
  layer.input_zero_point = static_cast<std::int32_t>(node.input(0).quantization().zeroPoint());
  layer.output_zero_point = static_cast<std::int32_t>(node.output(0).quantization().zeroPoint());
  const auto range = activationRange(activation, node.output(0));
  layer.low = range.low;
  layer.high = range.high;
  layer.bias = offer.bias;
  layer.multipliers = offer.multipliers;
  layer.shifts = offer.shifts;
  if (layer.is_dense) layer.factors = offer.factors;
  return offer;
}

// The device's kernel, and whether it may be called.
struct OnDevice {
  std::shared_ptr<Accelerator> device;  // outlives the kernel
  std::unique_ptr<AcceleratedKernel> kernel;
  std::atomic<bool> failed = false;
  std::atomic_flag busy;
};

struct AcceleratedParams {
  std::unique_ptr<OnDevice> on_device;
  PreparedNode cpu;
};

void runAccelerated(const AcceleratedParams& params, const KernelIo& io) noexcept {
  auto& on_device = *params.on_device;
  if (!on_device.failed.load(std::memory_order_relaxed) &&
      !on_device.busy.test_and_set(std::memory_order_acquire)) {
    const bool done = on_device.kernel->run(io.in<std::int8_t>(0), io.out<std::int8_t>(0));
    if (!done) on_device.failed.store(true, std::memory_order_relaxed);
    on_device.busy.clear(std::memory_order_release);
    if (done) return;
  }
  params.cpu.run(params.cpu.params.get(), io);
}

// Inputs and outputs of a node that is tried.
class Trial {
 public:
  Trial(const AcceleratedLayer& layer, const PreparedNode& cpu, std::size_t inputs)
      : input_(layer.inputBytes()),
        by_cpu_(layer.outputBytes()),
        by_device_(layer.outputBytes()),
        scratch_(cpu.scratch_bytes),
        inputs_(inputs, nullptr) {
    if (!ok()) return;
    std::uint32_t state = 1;
    for (std::size_t i = 0; i < input_.size(); ++i) {
      state = state * 1664525u + 1013904223u;
      input_.data()[i] = static_cast<std::byte>(state >> 24);
    }
    inputs_[0] = input_.data();
  }

  bool ok() const { return input_.ok() && by_cpu_.ok() && by_device_.ok() && scratch_.ok(); }

  // The least time of some runs in nanoseconds.
  double onCpu(const PreparedNode& cpu) {
    std::byte* const outputs[1] = {by_cpu_.data()};
    return leastOf([&] {
             cpu.run(cpu.params.get(), {inputs_.data(), outputs, scratch_.data()});
             return true;
           })
        .value_or(0);
  }

  // Nothing where the device fails, or gives other bytes than onCpu() has given. Ends early where a
  // run takes much longer than `enough`; the first one warms up.
  std::optional<double> onDevice(AcceleratedKernel& kernel, double enough) {
    const auto* in = reinterpret_cast<const std::int8_t*>(input_.data());
    auto* out = reinterpret_cast<std::int8_t*>(by_device_.data());
    const auto least = leastOf([&] { return kernel.run(in, out); }, enough);
    const bool same = std::memcmp(by_cpu_.data(), by_device_.data(), by_cpu_.size()) == 0;
    return same ? least : std::nullopt;
  }

 private:
  template <typename Run>
  static std::optional<double> leastOf(Run run, double enough = 0) {
    constexpr double kHopeless = 3;
    double least = 0;
    for (int i = 0; i < kTrialRuns; ++i) {
      const auto begin = Clock::now();
      if (!run()) return std::nullopt;
      const auto took = std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
      if (i == 0 || took < least) least = took;
      if (i > 0 && enough > 0 && least > kHopeless * enough) break;
    }
    return least;
  }

  AlignedBlock input_, by_cpu_, by_device_, scratch_;
  std::vector<const std::byte*> inputs_;  // of the node: kernels have taken their constants already
};

}  // namespace

PreparedNode accelerated(const NodeView& node, PreparedNode cpu, const AcceleratorChoice& choice) {
  const bool any = choice.use == AcceleratorUse::kWherePossible;
  if (choice.device == nullptr || cpu.run == nullptr || (!any && cpu.macs < kLeastMacs)) return cpu;
  const auto offer = offerOf(node);
  if (!offer) return cpu;
  auto on_device = std::make_unique<OnDevice>();
  on_device->device = choice.device;
  on_device->kernel = choice.device->take(offer->layer);
  if (on_device->kernel == nullptr) return cpu;
  cpu.packNow();
  Trial trial(offer->layer, cpu, node.inputCount());
  if (!trial.ok()) return cpu;
  const double cpu_time = trial.onCpu(cpu);
  const auto device_time = trial.onDevice(*on_device->kernel, any ? 0 : cpu_time);
  if (!device_time || (!any && *device_time > kMargin * cpu_time)) return cpu;

  auto made = costing({}, cpu.scratch_bytes, cpu.macs, cpu.packed_bytes);
  const auto in_place = cpu.in_place;
  auto tied = makePrepared<runAccelerated>(AcceleratedParams{std::move(on_device), std::move(cpu)});
  made.run = tied.run;
  made.params = std::move(tied.params);
  made.in_place = in_place;
  made.is_accelerated = true;
  return made;
}

}  // namespace primer::inference
