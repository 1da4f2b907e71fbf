// Layers on an OpenCL device.

#include <fmt/format.h>

#include "accelerators/opencl_api.h"
#include "accelerators/opencl_kernels.h"
#include "primer/inference/accelerator.h"

#if defined(PRIMER_OPENCL)

#include <algorithm>
#include <atomic>
#include <chrono>
#include <climits>
#include <cstring>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace primer::inference {
namespace opencl {
namespace {

using Clock = std::chrono::steady_clock;

// What all kernels of a device share. Once dead it is not called again, not to give things back
// either: a driver that hangs would hang there too.
struct Device {
  std::shared_ptr<const Api> api;
  cl_context context = nullptr;
  cl_command_queue queue = nullptr;
  cl_program convolution = nullptr;
  cl_program dense = nullptr;  // null: the device has no doubles
  std::string name;
  std::chrono::milliseconds patience{};
  mutable std::atomic<bool> dead = false;

  Device() = default;
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;
  ~Device() {
    if (api == nullptr || dead) return;
    if (convolution != nullptr) api->clReleaseProgram(convolution);
    if (dense != nullptr) api->clReleaseProgram(dense);
    if (queue != nullptr) api->clReleaseCommandQueue(queue);
    if (context != nullptr) api->clReleaseContext(context);
  }
};

// A layer's memory on the device, its kernel, and the memory of ours that the driver reads and
// writes: a driver that comes to life late finds that, and not a session's arena.
struct Layer {
  std::vector<cl_mem> buffers;  // input, weights, bias, numbers, output, and what rescales
  cl_kernel kernel = nullptr;
  std::vector<std::int8_t> input;
  std::vector<std::int8_t> output;
  std::size_t items[3] = {};
};

// Keeps what a dead driver may still write to until the process ends.
void abandon(std::unique_ptr<Layer> layer) {
  static std::mutex mutex;
  static auto* const abandoned = new std::vector<std::unique_ptr<Layer>>();
  const std::lock_guard lock(mutex);
  abandoned->push_back(std::move(layer));
}

class Kernel final : public AcceleratedKernel {
 public:
  Kernel(std::shared_ptr<const Device> device, std::unique_ptr<Layer> layer)
      : device_(std::move(device)), layer_(std::move(layer)) {}
  ~Kernel() override {
    if (device_->dead) {
      abandon(std::move(layer_));
      return;
    }
    const auto& api = *device_->api;
    if (layer_->kernel != nullptr) api.clReleaseKernel(layer_->kernel);
    for (auto* buffer : layer_->buffers) api.clReleaseMemObject(buffer);
  }
  Kernel(const Kernel&) = delete;
  Kernel& operator=(const Kernel&) = delete;

  bool run(const std::int8_t* input, std::int8_t* output) noexcept override {
    if (device_->dead) return false;
    auto& layer = *layer_;
    std::memcpy(layer.input.data(), input, layer.input.size());
    // In the first run drivers compile.
    constexpr int kFirstRun = 10;
    if (!compute(has_run_ ? device_->patience : kFirstRun * device_->patience)) {
      device_->dead = true;
      return false;
    }
    has_run_ = true;
    std::memcpy(output, layer.output.data(), layer.output.size());
    return true;
  }

 private:
  bool compute(std::chrono::milliseconds patience) noexcept {
    const auto& api = *device_->api;
    auto* queue = device_->queue;
    auto& layer = *layer_;
    constexpr std::size_t kInput = 0;
    constexpr std::size_t kOutput = 4;
    constexpr std::size_t kGroup[3] = {1, kGroupItems, 1};
    if (api.clEnqueueWriteBuffer(queue, layer.buffers[kInput], CL_FALSE, 0, layer.input.size(),
                                 layer.input.data(), 0, nullptr, nullptr) != CL_SUCCESS ||
        api.clEnqueueNDRangeKernel(queue, layer.kernel, 3, nullptr, layer.items, kGroup, 0, nullptr,
                                   nullptr) != CL_SUCCESS) {
      return false;
    }
    cl_event done = nullptr;
    if (api.clEnqueueReadBuffer(queue, layer.buffers[kOutput], CL_FALSE, 0, layer.output.size(),
                                layer.output.data(), 0, nullptr, &done) != CL_SUCCESS) {
      return false;
    }
    if (!finished(done, patience)) return false;
    api.clReleaseEvent(done);
    return true;
  }

  // Waits for it, but not for ever: clFinish has no limit of time.
  bool finished(cl_event event, std::chrono::milliseconds patience) const noexcept {
    const auto& api = *device_->api;
    if (api.clFlush(device_->queue) != CL_SUCCESS) return false;
    const auto deadline = Clock::now() + patience;
    while (true) {
      cl_int status = CL_QUEUED;
      if (api.clGetEventInfo(event, CL_EVENT_COMMAND_EXECUTION_STATUS, sizeof(status), &status,
                             nullptr) != CL_SUCCESS ||
          status < 0) {
        return false;
      }
      if (status == CL_COMPLETE) return true;
      if (Clock::now() > deadline) return false;
      std::this_thread::yield();
    }
  }

  std::shared_ptr<const Device> device_;
  std::unique_ptr<Layer> layer_;
  bool has_run_ = false;
};

// Weights from [out][window][in] to [block][window][in][kBlock].
std::vector<std::int8_t> inBlocks(const AcceleratedLayer& layer) {
  const auto channels = static_cast<std::size_t>(layer.out_channels);
  const std::size_t depth = layer.weights.size() / channels;
  std::vector<std::int8_t> turned((channels + kBlock - 1) / kBlock * kBlock * depth);
  for (std::size_t c = 0; c < channels; ++c) {
    std::int8_t* to = turned.data() + c / kBlock * kBlock * depth + c % kBlock;
    for (std::size_t k = 0; k < depth; ++k) to[k * kBlock] = layer.weights[c * depth + k];
  }
  return turned;
}

template <typename T>
std::vector<T> wholeBlocks(std::span<const T> values) {
  std::vector<T> whole(values.begin(), values.end());
  whole.resize((values.size() + kBlock - 1) / kBlock * kBlock);
  return whole;
}

class OpenCl final : public Accelerator {
 public:
  explicit OpenCl(std::shared_ptr<const Device> device) : device_(std::move(device)) {}

  std::string_view name() const override { return device_->name; }

  std::unique_ptr<AcceleratedKernel> take(const AcceleratedLayer& layer) override {
    auto* program = layer.is_dense ? device_->dense : device_->convolution;
    const auto lines = std::int64_t{layer.batch} * layer.out_height;
    if (device_->dead || program == nullptr || lines > INT_MAX) return nullptr;
    auto made = std::make_unique<Layer>();
    const bool whole = fill(layer, program, *made);
    // A kernel gives back what was made, whether all of it or not.
    auto kernel = std::make_unique<Kernel>(device_, std::move(made));
    return whole ? std::move(kernel) : nullptr;
  }

 private:
  // A buffer of the device, and the kernel's next argument; a copy of what `from` points to, if it
  // does.
  bool add(Layer& layer, cl_mem_flags access, const void* from, std::size_t bytes) const {
    cl_int error = CL_SUCCESS;
    const cl_mem_flags copy = from != nullptr ? CL_MEM_COPY_HOST_PTR : 0;
    auto* buffer = device_->api->clCreateBuffer(device_->context, access | copy, bytes,
                                                const_cast<void*>(from), &error);
    if (buffer == nullptr || error != CL_SUCCESS) return false;
    const auto argument = static_cast<cl_uint>(layer.buffers.size());
    layer.buffers.push_back(buffer);
    return device_->api->clSetKernelArg(layer.kernel, argument, sizeof(buffer), &buffer) ==
           CL_SUCCESS;
  }

  bool addArray(Layer& layer, const auto& values) const {
    return add(layer, CL_MEM_READ_ONLY, std::data(values),
               std::size(values) * sizeof(*std::data(values)));
  }

  bool fill(const AcceleratedLayer& from, cl_program program, Layer& layer) const {
    cl_int error = CL_SUCCESS;
    layer.kernel = device_->api->clCreateKernel(program, "layer", &error);
    if (layer.kernel == nullptr || error != CL_SUCCESS) return false;
    layer.input.resize(from.inputBytes());
    layer.output.resize(from.outputBytes());
    const auto over = [](std::int32_t count, int by) {
      return static_cast<std::size_t>((std::int64_t{count} + by - 1) / by);
    };
    layer.items[0] = over(from.out_channels, kBlock);
    layer.items[1] = over(from.out_width, kGroupItems) * kGroupItems;
    layer.items[2] =
        static_cast<std::size_t>(from.batch) * static_cast<std::size_t>(from.out_height);
    const auto weights = inBlocks(from);
    const std::int32_t numbers[kNumbers] = {
        from.in_height,     from.in_width,     from.in_channels,      from.out_height,
        from.out_width,     from.out_channels, from.kernel_height,    from.kernel_width,
        from.stride_height, from.stride_width, from.dilation_height,  from.dilation_width,
        from.pad_top,       from.pad_left,     from.input_zero_point, from.output_zero_point,
        from.low,           from.high};
    const bool sums = add(layer, CL_MEM_READ_ONLY, nullptr, layer.input.size()) &&
                      addArray(layer, weights) && addArray(layer, wholeBlocks(from.bias)) &&
                      addArray(layer, numbers) &&
                      add(layer, CL_MEM_WRITE_ONLY, nullptr, layer.output.size());
    if (!sums) return false;
    return from.is_dense ? addArray(layer, wholeBlocks(from.factors))
                         : addArray(layer, wholeBlocks(from.multipliers)) &&
                               addArray(layer, wholeBlocks(from.shifts));
  }

  std::shared_ptr<const Device> device_;
};

std::string textOf(auto function, auto of, cl_uint what) {
  std::size_t size = 0;
  if (function(of, what, 0, nullptr, &size) != CL_SUCCESS || size == 0) return {};
  std::string text(size, '\0');
  if (function(of, what, size, text.data(), nullptr) != CL_SUCCESS) return {};
  text.resize(std::strlen(text.c_str()));
  return text;
}

// The first device that is called so: "PLATFORM: DEVICE".
std::pair<cl_device_id, std::string> findDevice(const Api& api, const std::string& wish) {
  constexpr cl_uint kMost = 16;
  cl_platform_id platforms[kMost] = {};
  cl_uint platform_count = 0;
  if (api.clGetPlatformIDs(kMost, platforms, &platform_count) != CL_SUCCESS) return {};
  for (cl_uint p = 0; p < std::min(platform_count, kMost); ++p) {
    cl_device_id devices[kMost] = {};
    cl_uint device_count = 0;
    if (api.clGetDeviceIDs(platforms[p], CL_DEVICE_TYPE_ALL, kMost, devices, &device_count) !=
        CL_SUCCESS) {
      continue;
    }
    for (cl_uint d = 0; d < std::min(device_count, kMost); ++d) {
      auto name =
          fmt::format("{}: {}", textOf(api.clGetPlatformInfo, platforms[p], CL_PLATFORM_NAME),
                      textOf(api.clGetDeviceInfo, devices[d], CL_DEVICE_NAME));
      if (name.find(wish) != std::string::npos) return {devices[d], std::move(name)};
    }
  }
  return {};
}

Result<cl_program> build(const Device& device, cl_device_id id, const char* rest) {
  const auto& api = *device.api;
  const char* sources[2] = {kSumSource, rest};
  cl_int error = CL_SUCCESS;
  auto* program = api.clCreateProgramWithSource(device.context, 2, sources, nullptr, &error);
  if (program == nullptr || error != CL_SUCCESS) {
    return fail(ErrorCode::kInternal, fmt::format("opencl: {}: error {}", device.name, error));
  }
  error = api.clBuildProgram(program, 1, &id, "-cl-std=CL1.2", nullptr, nullptr);
  if (error == CL_SUCCESS) return program;
  std::string log(2000, '\0');
  static_cast<void>(api.clGetProgramBuildInfo(program, id, CL_PROGRAM_BUILD_LOG, log.size(),
                                              log.data(), nullptr));
  api.clReleaseProgram(program);
  return fail(ErrorCode::kInternal,
              fmt::format("opencl: {} does not build the kernels, error {}: {}", device.name, error,
                          log.c_str()));
}

Result<std::shared_ptr<Accelerator>> open(const OpenClOptions& options) {
  auto device = std::make_shared<Device>();
  PRIMER_ASSIGN(device->api, load(options.library));
  const auto& api = *device->api;
  const auto [id, name] = findDevice(api, options.device);
  if (id == nullptr) {
    return fail(ErrorCode::kNotFound,
                fmt::format("opencl: no device '{:.80}' here", options.device));
  }
  device->name = name;
  device->patience = std::chrono::milliseconds(options.patience_ms);
  cl_int error = CL_SUCCESS;
  device->context = api.clCreateContext(nullptr, 1, &id, nullptr, nullptr, &error);
  if (device->context != nullptr) {
    device->queue = api.clCreateCommandQueue(device->context, id, 0, &error);
  }
  if (device->queue == nullptr) {
    return fail(ErrorCode::kInternal, fmt::format("opencl: {}: error {}", name, error));
  }
  PRIMER_ASSIGN(device->convolution, build(*device, id, kConvolutionSource));
  if (textOf(api.clGetDeviceInfo, id, CL_DEVICE_EXTENSIONS).find("cl_khr_fp64") !=
      std::string::npos) {
    PRIMER_ASSIGN(device->dense, build(*device, id, kDenseSource));
  }
  return std::make_shared<OpenCl>(std::move(device));
}

}  // namespace
}  // namespace opencl

Result<std::shared_ptr<Accelerator>> openClAccelerator(const OpenClOptions& options) {
  return opencl::open(options);
}

}  // namespace primer::inference

#else

namespace primer::inference {

Result<std::shared_ptr<Accelerator>> openClAccelerator(const OpenClOptions&) {
  return fail(ErrorCode::kUnsupported, "opencl: this build was made without OpenCL's headers");
}

}  // namespace primer::inference

#endif
