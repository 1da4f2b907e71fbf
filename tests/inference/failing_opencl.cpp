// An OpenCL library that is the real one but for one function: after some calls on a queue it
// returns an error (FAILING_OPENCL=fail), or an event that never ends and a buffer full of rubbish
// (=hang).

#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>
#include <dlfcn.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace {

constexpr int kRunsThatWork = 6;  // those of the trial, and two more
std::atomic<cl_command_queue> last = nullptr;
std::atomic<int> runs = 0;  // of that queue

}  // namespace

extern "C" __attribute__((visibility("default"))) cl_int clEnqueueReadBuffer(
    cl_command_queue queue, cl_mem buffer, cl_bool blocking, size_t offset, size_t size, void* to,
    cl_uint waits, const cl_event* wait_list, cl_event* event) {
  if (last.exchange(queue) != queue) runs = 0;
  if (runs++ >= kRunsThatWork) {
    const char* how = std::getenv("FAILING_OPENCL");
    if (how == nullptr || std::string_view(how) == "fail") return CL_OUT_OF_RESOURCES;
    std::memset(to, 0x5a, size);
    cl_context context = nullptr;
    cl_int error =
        clGetCommandQueueInfo(queue, CL_QUEUE_CONTEXT, sizeof(context), &context, nullptr);
    if (error == CL_SUCCESS) *event = clCreateUserEvent(context, &error);
    return error;
  }
  static const auto real =
      reinterpret_cast<decltype(&clEnqueueReadBuffer)>(dlsym(RTLD_NEXT, "clEnqueueReadBuffer"));
  return real(queue, buffer, blocking, offset, size, to, waits, wait_list, event);
}
