#pragma once

// Devices beside the CPU: who may take which operators, how their buffers cross, what happens when
// one fails. The engine has one, OpenCL; a program may bring others.
//
// int8 convolutions (CONV_2D without groups) and dense layers are offered, with int8 weights that
// have no zero point; everything else is the CPU's. Nothing is offered unless the program hands an
// accelerator over in SessionOptions. A layer that is taken is tried when the model is planned, on
// made-up inputs: it stays on the device only if it gives the CPU's bytes, and
// (AcceleratorUse::kWhereQuicker) is quicker, crossing included. Trials cost planning some
// milliseconds a layer.
//
// Where a device fails at run time, the CPU computes the same layer in the same run and the device
// is not asked again: the bytes are the same, run() does not fail. Where several sessions of a
// model run at once, one has the device and the others' layers run on the CPU. A driver that brings
// the process down brings it down; an accelerator must not throw.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "primer/base/result.h"
#include "primer/inference/window_shape.h"

namespace primer::inference {

// A convolution: output[n][y][x][c] = what becomes of bias[c] + the sum over the window of
// (input - input_zero_point) * weight; what lies outside of the image adds nothing. Sums wrap at 32
// bits. A dense layer is a window of one pixel over an image of one line, a row of the input a
// pixel.
struct AcceleratedLayer : WindowShape {
  // [out_channels][kernel_height][kernel_width][in_channels]; valid while the layer is offered, as
  // all spans here.
  std::span<const std::int8_t> weights;
  std::span<const std::int32_t> bias;
  std::int32_t input_zero_point = 0;

  // What becomes of a sum: its product with a real factor, rounded, plus output_zero_point, held to
  // low .. high. A dense layer takes the product with `factors` in double and rounds once, half
  // away from zero. A convolution takes, in 64 bits, x * multiplier with x = sum * 2^max(shift, 0)
  // in 32 bits that wrap; with e = max(-shift, 0) it adds 2^(30 + e), if e > 0 adds 2^30 more where
  // x >= 0 and takes 2^30 off where it is not, and shifts to the right, arithmetically, by 31 + e.
  bool is_dense = false;
  std::span<const std::int32_t> multipliers;  // of each output channel; empty in dense layers
  std::span<const std::int32_t> shifts;
  std::span<const double> factors;  // of dense layers
  std::int32_t output_zero_point = 0;
  std::int32_t low = -128, high = 127;

  std::size_t inputBytes() const {
    return std::size_t(batch) * std::size_t(in_height) * std::size_t(in_width) *
           std::size_t(in_channels);
  }
  std::size_t outputBytes() const {
    return std::size_t(batch) * std::size_t(out_height) * std::size_t(out_width) *
           std::size_t(out_channels);
  }
};

// A layer made ready on a device.
class AcceleratedKernel {
 public:
  virtual ~AcceleratedKernel() = default;

  // Reads inputBytes() from `input` and writes outputBytes() to `output`; both are the session's
  // memory and only to be touched during the call. False where the device failed: nothing was
  // written. Called by one thread at a time; another thread each time, perhaps.
  virtual bool run(const std::int8_t* input, std::int8_t* output) noexcept = 0;
};

// Shared by any number of models and threads.
class Accelerator {
 public:
  virtual ~Accelerator() = default;

  virtual std::string_view name() const = 0;

  // The layer on the device, or null where it does not take it. The kernel may outlive every model,
  // not the accelerator.
  virtual std::unique_ptr<AcceleratedKernel> take(const AcceleratedLayer& layer) = 0;
};

enum class AcceleratorUse : std::uint8_t {
  kWhereQuicker,   // than the CPU, in the trial
  kWherePossible,  // every layer that it takes and gives the right bytes for: for tests and figures
};

struct OpenClOptions {
  std::string library = "libOpenCL.so.1";  // loaded when it is asked for, not before
  // The first device whose name or platform's name has this in it; the first of all if it is empty.
  std::string device = {};
  // Milliseconds that a layer may take before the device counts as dead; its first run ten times
  // so.
  int patience_ms = 2000;
};

// An OpenCL device, 1.2 or later. kUnsupported: this build has no OpenCL; kNotFound: there is no
// such library or device here; kInternal: the device does not take the kernels.
//
// A kernel has buffers of its own on the device; a run copies its input there and its output back.
// The driver may allocate and lock in a run. Dense layers need doubles (cl_khr_fp64).
Result<std::shared_ptr<Accelerator>> openClAccelerator(const OpenClOptions& options = {});

}  // namespace primer::inference
