#pragma once

// The kernels in OpenCL C. A work item makes one block of channels at one place of the image, whose
// weights lie beside each other: [block][window][in][kBlock]; all that belongs to channels is
// filled up to whole blocks. Groups are of one size, because drivers compile a kernel for each;
// items beyond the end of a line do nothing. Sums are unsigned: they wrap.

namespace primer::inference::opencl {

inline constexpr int kBlock = 16;       // channels
inline constexpr int kGroupItems = 16;  // of a line

// The order of the numbers that a kernel is given.
enum Number : int {
  kInHeight,
  kInWidth,
  kInChannels,
  kOutHeight,
  kOutWidth,
  kOutChannels,
  kKernelHeight,
  kKernelWidth,
  kStrideHeight,
  kStrideWidth,
  kDilationHeight,
  kDilationWidth,
  kPadTop,
  kPadLeft,
  kInputZeroPoint,
  kOutputZeroPoint,
  kLow,
  kHigh,
  kNumbers
};

inline constexpr char kSumSource[] = R"(
#pragma OPENCL FP_CONTRACT OFF
enum { kInHeight, kInWidth, kInChannels, kOutHeight, kOutWidth, kOutChannels, kKernelHeight,
       kKernelWidth, kStrideHeight, kStrideWidth, kDilationHeight, kDilationWidth, kPadTop,
       kPadLeft, kInputZeroPoint, kOutputZeroPoint, kLow, kHigh };

uint16 sumsOf(__global const char* in, __global const char* weights, __global const int* bias,
              __constant int* n) {
  const int block = (int)get_global_id(0);
  const int x = (int)get_global_id(1);
  const int image = (int)get_global_id(2) / n[kOutHeight];
  const int y = (int)get_global_id(2) % n[kOutHeight];
  const int zero = n[kInputZeroPoint];
  const int depth = n[kInChannels];
  const long window = (long)n[kKernelHeight] * n[kKernelWidth];
  uint16 sums = as_uint16(vload16(block, bias));
  for (int ky = 0; ky < n[kKernelHeight]; ++ky) {
    const int row = y * n[kStrideHeight] - n[kPadTop] + ky * n[kDilationHeight];
    if (row < 0 || row >= n[kInHeight]) continue;
    for (int kx = 0; kx < n[kKernelWidth]; ++kx) {
      const int column = x * n[kStrideWidth] - n[kPadLeft] + kx * n[kDilationWidth];
      if (column < 0 || column >= n[kInWidth]) continue;
      __global const char* from =
          in + (((long)image * n[kInHeight] + row) * n[kInWidth] + column) * depth;
      __global const char* w =
          weights + (block * window + ky * n[kKernelWidth] + kx) * depth * 16;
      for (int i = 0; i < depth; ++i, w += 16) {
        sums += as_uint16(convert_int16(vload16(0, w)) * ((int)from[i] - zero));
      }
    }
  }
  return sums;
}

void store(__global char* out, __constant int* n, int16 scaled) {
  const uint zero = (uint)n[kOutputZeroPoint];
  const int16 results = clamp(as_int16(as_uint16(scaled) + zero), n[kLow], n[kHigh]);
  const char16 bytes = convert_char16(results);
  const int first = (int)get_global_id(0) * 16;
  const long pixel = (long)get_global_id(2) * n[kOutWidth] + get_global_id(1);
  out += pixel * n[kOutChannels] + first;
  const int left = n[kOutChannels] - first;
  if (left >= 16) {
    vstore16(bytes, 0, out);
    return;
  }
  char all[16];
  vstore16(bytes, 0, all);
  for (int i = 0; i < left; ++i) out[i] = all[i];
}
)";

inline constexpr char kConvolutionSource[] = R"(
__kernel void layer(__global const char* in, __global const char* weights,
                    __global const int* bias, __constant int* n, __global char* out,
                    __global const int* multipliers, __global const int* shifts) {
  if (get_global_id(1) >= n[kOutWidth]) return;
  const int16 shift = vload16(get_global_id(0), shifts);
  const long16 right = convert_long16(31 + max(-shift, 0));
  const int16 x = as_int16(sumsOf(in, weights, bias, n) << convert_uint16(max(shift, 0)));
  const long16 wide = convert_long16(x);
  const long16 product = wide * convert_long16(vload16(get_global_id(0), multipliers));
  const long16 half_of_it = (long16)(1L) << (right - 1);
  const long16 sign = select((long16)(0L), (long16)(1L << 30), right > 31);
  const long16 nudge = half_of_it + select(-sign, sign, wide >= 0);
  store(out, n, convert_int16((product + nudge) >> right));
}
)";

inline constexpr char kDenseSource[] = R"(
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
__kernel void layer(__global const char* in, __global const char* weights,
                    __global const int* bias, __constant int* n, __global char* out,
                    __global const double* factors) {
  if (get_global_id(1) >= n[kOutWidth]) return;
  const double16 factor = min(vload16(get_global_id(0), factors), (double16)(1e300));
  const int16 sums = as_int16(sumsOf(in, weights, bias, n));
  const double16 scaled = round(convert_double16(sums) * factor);
  store(out, n, convert_int16(clamp(scaled, (double16)(-2147483648.0), (double16)(2147483647.0))));
}
)";

}  // namespace primer::inference::opencl
