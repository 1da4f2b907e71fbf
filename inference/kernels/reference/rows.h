#pragma once

// The reference kernels: plain C++ that is the specification for every faster level, laid out so
// that compilers vectorise it. One file a family; each gives its rows to the registry.

#include <array>
#include <span>

#include "kernels/kernel.h"

namespace primer::inference::reference {

std::span<const KernelRow> activationRows();
std::span<const KernelRow> addRows();
std::span<const KernelRow> alongAxisRows();
std::span<const KernelRow> batchMatMulRows();
std::span<const KernelRow> binaryRows();
std::span<const KernelRow> bytePairRows();
std::span<const KernelRow> convRows();
std::span<const KernelRow> copyRows();
std::span<const KernelRow> depthwiseRows();
std::span<const KernelRow> dynamicRangeRows();
std::span<const KernelRow> floatConvRows();
std::span<const KernelRow> floatLstmRows();
std::span<const KernelRow> fullyConnectedRows();
std::span<const KernelRow> gatherRows();
std::span<const KernelRow> integerLstmRows();
std::span<const KernelRow> meanRows();
std::span<const KernelRow> multiplyRows();
std::span<const KernelRow> poolRows();
std::span<const KernelRow> quantizeRows();
std::span<const KernelRow> reduceRows();
std::span<const KernelRow> resizeRows();
std::span<const KernelRow> scatterRows();
std::span<const KernelRow> shapeRows();
std::span<const KernelRow> softmaxRows();
std::span<const KernelRow> spaceBatchRows();
std::span<const KernelRow> stridedCopyRows();
std::span<const KernelRow> svdfRows();
std::span<const KernelRow> transposeConvRows();
std::span<const KernelRow> unaryRows();
std::span<const KernelRow> wordConvolutionRows();
std::span<const KernelRow> wordElementwiseRows();
std::span<const KernelRow> wordSoftmaxRows();

// One table of several.
template <std::size_t... kSizes>
constexpr auto joinedRows(const std::array<KernelRow, kSizes>&... tables) {
  std::array<KernelRow, (kSizes + ...)> all{};
  std::size_t at = 0;
  const auto take = [&](const auto& table) {
    for (const auto& row : table) all[at++] = row;
  };
  (take(tables), ...);
  return all;
}

// Not in the table: it stands for no operator of a file, but for what the planner joined to a node.
const KernelRow& byteMapRow();

}  // namespace primer::inference::reference
