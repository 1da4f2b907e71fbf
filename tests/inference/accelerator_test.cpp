// The seam for devices beside the CPU: what is taken, what stays, what happens when a device fails;
// and OpenCL's layers, which give the CPU's bytes. Tests of OpenCL skip where no device is.

#include "primer/inference/accelerator.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "inference/layer_maker.h"
#include "inference/model_test.h"
#include "inference/recording_file.h"
#include "inference/shared_models.h"
#include "inference/small_models.h"
#include "kernels/fixed_point.h"

namespace primer::inference {
namespace {

using testing::LayerMaker;

// What a device of the tests does wrong.
struct Fault {
  int dies_after = INT_MAX;  // runs
  bool gives_wrong_bytes = false;
  std::chrono::milliseconds pause{};
};

// A layer written out as accelerator.h tells it.
class PlainKernel final : public AcceleratedKernel {
 public:
  PlainKernel(const AcceleratedLayer& layer, const Fault& fault, std::atomic<int>& runs)
      : layer_(layer),
        weights_(layer.weights.begin(), layer.weights.end()),
        bias_(layer.bias.begin(), layer.bias.end()),
        multipliers_(layer.multipliers.begin(), layer.multipliers.end()),
        shifts_(layer.shifts.begin(), layer.shifts.end()),
        factors_(layer.factors.begin(), layer.factors.end()),
        fault_(fault),
        runs_(runs) {}

  bool run(const std::int8_t* input, std::int8_t* output) noexcept override {
    if (runs_++ >= fault_.dies_after) return false;
    std::this_thread::sleep_for(fault_.pause);
    for (std::int32_t n = 0; n < layer_.batch; ++n) {
      for (std::int32_t y = 0; y < layer_.out_height; ++y) {
        for (std::int32_t x = 0; x < layer_.out_width; ++x) {
          for (std::int32_t c = 0; c < layer_.out_channels; ++c) *output++ = at(input, n, y, x, c);
        }
      }
    }
    if (fault_.gives_wrong_bytes) output[-1] = static_cast<std::int8_t>(output[-1] ^ 1);
    return true;
  }

 private:
  std::int8_t at(const std::int8_t* input, std::int32_t n, std::int32_t y, std::int32_t x,
                 std::int32_t c) const {
    const auto& l = layer_;
    const auto channel = static_cast<std::size_t>(c);
    std::int32_t sum = bias_[channel];
    std::size_t weight = channel * weights_.size() / static_cast<std::size_t>(l.out_channels);
    for (std::int32_t ky = 0; ky < l.kernel_height; ++ky) {
      for (std::int32_t kx = 0; kx < l.kernel_width; ++kx) {
        const std::int32_t row = y * l.stride_height - l.pad_top + ky * l.dilation_height;
        const std::int32_t column = x * l.stride_width - l.pad_left + kx * l.dilation_width;
        const bool inside = row >= 0 && row < l.in_height && column >= 0 && column < l.in_width;
        for (std::int32_t i = 0; i < l.in_channels; ++i, ++weight) {
          if (!inside) continue;
          const auto from =
              ((std::int64_t{n} * l.in_height + row) * l.in_width + column) * l.in_channels + i;
          sum = wrappingAdd(sum, (input[from] - l.input_zero_point) * weights_[weight]);
        }
      }
    }
    const std::int32_t scaled =
        l.is_dense ? RealRounding(factors_[channel])(sum)
                   : multiplyTwoRoundings(sum, {multipliers_[channel], shifts_[channel]});
    return static_cast<std::int8_t>(
        std::clamp(wrappingAdd(scaled, l.output_zero_point), l.low, l.high));
  }

  AcceleratedLayer layer_;
  std::vector<std::int8_t> weights_;
  std::vector<std::int32_t> bias_, multipliers_, shifts_;
  std::vector<double> factors_;
  Fault fault_;
  std::atomic<int>& runs_;
};

class PlainDevice final : public Accelerator {
 public:
  explicit PlainDevice(const Fault& fault = {}) : fault_(fault) {}
  std::string_view name() const override { return "plain"; }
  std::unique_ptr<AcceleratedKernel> take(const AcceleratedLayer& layer) override {
    return std::make_unique<PlainKernel>(layer, fault_, runs);
  }
  std::atomic<int> runs = 0;

 private:
  Fault fault_;
};

SessionOptions wherePossible(std::shared_ptr<Accelerator> device) {
  SessionOptions options;
  options.accelerator = std::move(device);
  options.accelerator_use = AcceleratorUse::kWherePossible;
  return options;
}

int acceleratedIn(const Session& session) {
  const auto operators = session.operators();
  return static_cast<int>(std::count_if(operators.begin(), operators.end(),
                                        [](const auto& op) { return op.is_accelerated; }));
}

std::vector<std::byte> outputsOf(Session& session, std::span<const std::byte> inputs) {
  testing::giveInputs(session, inputs);
  EXPECT_TRUE(session.run());
  std::vector<std::byte> outputs;
  for (std::size_t i = 0; i < session.model().outputCount(); ++i) {
    const auto bytes = session.outputBytes(i);
    outputs.insert(outputs.end(), bytes.begin(), bytes.end());
  }
  return outputs;
}

// Layers on a device give the CPU's bytes; how many were on it.
int expectSameLayers(const std::shared_ptr<Accelerator>& device, unsigned seed, int count,
                     void (*make)(LayerMaker&)) {
  LayerMaker maker(seed);
  int taken = 0;
  for (int i = 0; i < count; ++i) {
    make(maker);
    const auto model = opened(maker.builder);
    const auto inputs = maker.bytesFor(*model);
    auto on_cpu = planned(model);
    auto on_device = planned(model, wherePossible(device));
    taken += acceleratedIn(on_device);
    EXPECT_EQ(outputsOf(on_cpu, inputs), outputsOf(on_device, inputs)) << maker.what;
    if (::testing::Test::HasFailure()) break;
  }
  return taken;
}

void makeConv(LayerMaker& maker) { maker.conv(false); }
void makeDense(LayerMaker& maker) { maker.dense(); }

// Large enough for a trial.
std::shared_ptr<const Model> largeModel() {
  constexpr int kSide = 24;
  constexpr int kChannels = 48;
  std::vector<std::int8_t> values(kChannels * kChannels);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<std::int8_t>(i * 37 % 251 - 125);
  }
  return opened(testing::pointwiseNet(kSide, kChannels, kChannels, values));
}

std::vector<std::byte> someInputs(const Model& model) {
  std::vector<std::byte> inputs(model.input(0).bytes);
  for (std::size_t i = 0; i < inputs.size(); ++i) inputs[i] = static_cast<std::byte>(i * 41 % 253);
  return inputs;
}

TEST(Accelerators, LayersGiveTheBytesOfTheCpu) {
  const auto device = std::make_shared<PlainDevice>();
  EXPECT_GT(expectSameLayers(device, 31, 100, makeConv), 70);
  EXPECT_GT(expectSameLayers(device, 32, 100, makeDense), 70);
}

TEST(Accelerators, AreNotAskedUnlessTheProgramNamesThem) {
  const auto session = planned(largeModel());
  EXPECT_EQ(acceleratedIn(session), 0);
}

TEST(Accelerators, ASlowOneIsNotChosen) {
  const auto device = std::make_shared<PlainDevice>(Fault{.pause = std::chrono::milliseconds(20)});
  SessionOptions options;
  options.accelerator = device;
  const auto session = planned(largeModel(), options);
  EXPECT_GT(device->runs, 0);  // it was tried
  EXPECT_EQ(acceleratedIn(session), 0);
}

TEST(Accelerators, WhatGivesWrongBytesInTheTrialStaysOnTheCpu) {
  const auto device = std::make_shared<PlainDevice>(Fault{.gives_wrong_bytes = true});
  const auto session = planned(largeModel(), wherePossible(device));
  EXPECT_GT(device->runs, 0);
  EXPECT_EQ(acceleratedIn(session), 0);
}

TEST(Accelerators, ADeviceThatDiesLeavesTheRunToTheCpu) {
  const auto model = largeModel();
  const auto inputs = someInputs(*model);
  auto on_cpu = planned(model);
  const auto expected = outputsOf(on_cpu, inputs);
  constexpr int kTrial = 4;
  const auto device = std::make_shared<PlainDevice>(Fault{.dies_after = kTrial + 2});
  auto session = planned(model, wherePossible(device));
  ASSERT_EQ(acceleratedIn(session), 1);
  for (int run = 0; run < 5; ++run) EXPECT_EQ(outputsOf(session, inputs), expected) << run;
  EXPECT_EQ(device->runs, kTrial + 3) << "a dead device is not asked again";
}

TEST(Accelerators, SessionsThatRunAtOnceGiveTheSameBytes) {
  const auto model = largeModel();
  const auto inputs = someInputs(*model);
  auto on_cpu = planned(model);
  const auto expected = outputsOf(on_cpu, inputs);
  const auto device = std::make_shared<PlainDevice>();
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 3; ++t) {
      threads.emplace_back([&] {
        auto session = planned(model, wherePossible(device));
        for (int run = 0; run < 10; ++run) wrong += outputsOf(session, inputs) == expected ? 0 : 1;
      });
    }
  }
  EXPECT_EQ(wrong, 0);
}

// Not under the sanitizers: drivers bring a compiler along that is not ours to mend.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kMayLoadDrivers = false;
#else
constexpr bool kMayLoadDrivers = true;
#endif

// The device that all tests of OpenCL use, or why there is none.
const Result<std::shared_ptr<Accelerator>>& openCl() {
  constexpr int kBusyMachine = 60000;
  static const Result<std::shared_ptr<Accelerator>> device =
      kMayLoadDrivers ? openClAccelerator({.patience_ms = kBusyMachine})
                      : fail(ErrorCode::kUnsupported, "no drivers under the sanitizers");
  return device;
}

TEST(OpenCl, LayersGiveTheBytesOfTheCpu) {
  if (!openCl()) GTEST_SKIP() << openCl().error().message;
  const auto& device = *openCl();
  EXPECT_GT(expectSameLayers(device, 33, 200, makeConv), 140);
  EXPECT_GT(expectSameLayers(device, 34, 200, makeDense), 140);
}

TEST(OpenCl, RecordedOperatorsGiveTheBytesOfTheCpu) {
  if (!openCl()) GTEST_SKIP() << openCl().error().message;
  const auto& device = *openCl();
  int taken = 0;
  for (const auto& recording : testing::recordings()) {
    const auto model = Model::fromBytes(recording.model, recording.name);
    ASSERT_TRUE(model) << model.error().message;
    auto on_device = planned(*model, wherePossible(device));
    if (acceleratedIn(on_device) == 0) continue;
    taken += acceleratedIn(on_device);
    auto on_cpu = planned(*model);
    EXPECT_EQ(outputsOf(on_cpu, recording.inputs), outputsOf(on_device, recording.inputs))
        << recording.name;
  }
  EXPECT_GT(taken, 20);
}

TEST(OpenCl, SharedModelsGiveTheBytesOfTheCpu) {
  if (!openCl()) GTEST_SKIP() << openCl().error().message;
  const auto& device = *openCl();
  const auto models = testing::sharedModels();
  if (models.empty()) GTEST_SKIP() << "PRIMER_DATA is not set";
  for (const auto& path : models) {
    const auto model = Model::open(path);
    if (!model) continue;
    auto on_device = planned(*model, wherePossible(device));
    if (acceleratedIn(on_device) == 0) continue;
    auto on_cpu = planned(*model);
    const auto inputs = testing::sharedInputs(path);
    EXPECT_EQ(outputsOf(on_cpu, inputs), outputsOf(on_device, inputs)) << path;
  }
}

TEST(OpenCl, TellsWhatIsMissing) {
  const auto no_library = openClAccelerator({.library = "libNoSuchOpenCL.so.7"});
  ASSERT_FALSE(no_library);
  if (no_library.error().code == ErrorCode::kUnsupported) GTEST_SKIP() << "built without OpenCL";
  EXPECT_THAT(no_library.error().message, HasSubstr("libNoSuchOpenCL.so.7"));
  if (!openCl()) GTEST_SKIP() << openCl().error().message;
  const auto no_device = openClAccelerator({.device = "No such device"});
  ASSERT_FALSE(no_device);
  EXPECT_THAT(no_device.error().message, HasSubstr("No such device"));
}

// A driver that fails, or hangs, from a run on: a library between the engine and the real one
// (failing_opencl.cpp).
void expectSameBytesWithFailing(const char* how, int patience_ms) {
#if defined(PRIMER_FAILING_OPENCL)
  if (!openCl()) GTEST_SKIP() << openCl().error().message;
  setenv("FAILING_OPENCL", how, 1);
  const auto device =
      openClAccelerator({.library = PRIMER_FAILING_OPENCL, .patience_ms = patience_ms});
  ASSERT_TRUE(device) << device.error().message;
  const auto model = largeModel();
  const auto inputs = someInputs(*model);
  auto on_cpu = planned(model);
  const auto expected = outputsOf(on_cpu, inputs);
  auto session = planned(model, wherePossible(*device));
  ASSERT_EQ(acceleratedIn(session), 1);
  for (int run = 0; run < 6; ++run) EXPECT_EQ(outputsOf(session, inputs), expected) << run;
  // Dead for other models too, of this program's life.
  auto after = planned(model, wherePossible(*device));
  EXPECT_EQ(outputsOf(after, inputs), expected);
#else
  GTEST_SKIP() << "no OpenCL library to stand before: " << how << patience_ms;
#endif
}

TEST(OpenCl, ADriverThatFailsLeavesTheRunToTheCpu) { expectSameBytesWithFailing("fail", 60000); }
TEST(OpenCl, ADriverThatHangsLeavesTheRunToTheCpu) { expectSameBytesWithFailing("hang", 4000); }

}  // namespace
}  // namespace primer::inference
