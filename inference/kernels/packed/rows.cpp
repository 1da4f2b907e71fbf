#include "kernels/packed/rows.h"

#include <algorithm>
#include <array>

#include "kernels/packed/test_levels.h"

namespace primer::inference::packed {
namespace {

#if defined(PRIMER_X86_KERNELS) || defined(PRIMER_ARM_KERNELS)

using Prepare = Checked<PreparedNode> (*)(const NodeView&, const LevelKernels&);
using Level = const LevelKernels& (*)();

template <Prepare kPrepare, Level kLevel>
[[gnu::cold]] Checked<PreparedNode> prepareAt(const NodeView& node) {
  return kPrepare(node, kLevel());
}

constexpr auto kInt8 = ElementType::kInt8;

// In the order of the operators' codes.
template <Level kLevel>
constexpr std::array kRows = {
    KernelRow{tflite::BuiltinOperator::ADD, kInt8, kInt8, kInt8, prepareAt<prepareAdd, kLevel>},
    KernelRow{tflite::BuiltinOperator::AVERAGE_POOL_2D,
              kInt8,
              {},
              kInt8,
              prepareAt<prepareAveragePool, kLevel>},
    KernelRow{tflite::BuiltinOperator::CONV_2D, kInt8, kInt8, kInt8,
              prepareAt<prepareConv, kLevel>},
    KernelRow{tflite::BuiltinOperator::DEPTHWISE_CONV_2D, kInt8, kInt8, kInt8,
              prepareAt<prepareDepthwise, kLevel>},
    KernelRow{tflite::BuiltinOperator::FULLY_CONNECTED, kInt8, kInt8, kInt8,
              prepareAt<prepareDense, kLevel>},
    KernelRow{
        tflite::BuiltinOperator::MAX_POOL_2D, kInt8, {}, kInt8, prepareAt<prepareMaxPool, kLevel>},
    KernelRow{tflite::BuiltinOperator::SUB, kInt8, kInt8, kInt8, prepareAt<prepareAdd, kLevel>},
    KernelRow{tflite::BuiltinOperator::QUANTIZE,
              ElementType::kFloat32,
              {},
              kInt8,
              prepareAt<prepareQuantize, kLevel>},
};

#endif

}  // namespace

std::span<const KernelRow> rowsOf(CpuLevel level) {
  switch (level) {
#if defined(PRIMER_X86_KERNELS)
    case CpuLevel::kAvx2:
      return kRows<avx2Kernels>;
    case CpuLevel::kAvxVnni:
      return kRows<avxVnniKernels>;
    case CpuLevel::kAvx512Vl:
      return kRows<avx512VlKernels>;
    case CpuLevel::kAvx512Vnni:
      return kRows<avx512VnniKernels>;
    case CpuLevel::kAmx:
      return kRows<amxKernels>;
#elif defined(PRIMER_ARM_KERNELS)
    case CpuLevel::kNeon:
      return kRows<neonKernels>;
    case CpuLevel::kDotprod:
      return kRows<dotprodKernels>;
    case CpuLevel::kI8mm:
      return kRows<i8mmKernels>;
#endif
    default:
      return {};
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareReference(const NodeView& node) {
  return findKernel(CpuLevel::kScalar, node)->prepare(node);
}

}  // namespace primer::inference::packed
