#pragma once

// The functions of OpenCL that the engine calls, found in a library that is loaded at run time: no
// program depends on it. Only where the headers were there at build time.

#if __has_include(<CL/cl.h>)
#define PRIMER_OPENCL 1
#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>

#include <memory>
#include <string>

#include "primer/base/result.h"

namespace primer::inference::opencl {

struct Api {
#define PRIMER_OPENCL_FUNCTIONS(each)                                                              \
  each(clGetPlatformIDs) each(clGetPlatformInfo) each(clGetDeviceIDs) each(clGetDeviceInfo)        \
      each(clCreateContext) each(clCreateCommandQueue) each(clCreateProgramWithSource)             \
          each(clBuildProgram) each(clGetProgramBuildInfo) each(clCreateKernel)                    \
              each(clCreateBuffer) each(clSetKernelArg) each(clEnqueueWriteBuffer)                 \
                  each(clEnqueueNDRangeKernel) each(clEnqueueReadBuffer) each(clFlush)             \
                      each(clGetEventInfo) each(clReleaseEvent) each(clReleaseMemObject)           \
                          each(clReleaseKernel) each(clReleaseProgram) each(clReleaseCommandQueue) \
                              each(clReleaseContext)
#define PRIMER_OPENCL_MEMBER(name) decltype(&::name) name = nullptr;
  PRIMER_OPENCL_FUNCTIONS(PRIMER_OPENCL_MEMBER)
#undef PRIMER_OPENCL_MEMBER
};

// Stays loaded until the process ends: drivers start threads of their own.
Result<std::shared_ptr<const Api>> load(const std::string& library);

}  // namespace primer::inference::opencl

#endif
