#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "kernels/kernel.h"
#include "kernels/packed/rows.h"
#include "kernels/reference/rows.h"

namespace primer::inference {
namespace {

std::vector<KernelRow> referenceRows() {
  const auto families = {reference::activationRows(),
                         reference::addRows(),
                         reference::alongAxisRows(),
                         reference::batchMatMulRows(),
                         reference::binaryRows(),
                         reference::bytePairRows(),
                         reference::convRows(),
                         reference::copyRows(),
                         reference::depthwiseRows(),
                         reference::floatConvRows(),
                         reference::fullyConnectedRows(),
                         reference::gatherRows(),
                         reference::meanRows(),
                         reference::multiplyRows(),
                         reference::poolRows(),
                         reference::quantizeRows(),
                         reference::reduceRows(),
                         reference::resizeRows(),
                         reference::softmaxRows(),
                         reference::stridedCopyRows(),
                         reference::svdfRows(),
                         reference::dynamicRangeRows(),
                         reference::transposeConvRows(),
                         reference::unaryRows(),
                         reference::wordConvolutionRows(),
                         reference::wordElementwiseRows(),
                         reference::wordSoftmaxRows(),
                         reference::floatLstmRows(),
                         reference::integerLstmRows(),
                         reference::scatterRows(),
                         reference::shapeRows(),
                         reference::spaceBatchRows()};
  // An operator's together, as they stand otherwise: where each one's begin, then each in its
  // place.
  std::array<std::size_t, static_cast<std::size_t>(tflite::BuiltinOperator::MAX) + 2> next{};
  std::size_t count = 0;
  for (const auto& family : families) {
    count += family.size();
    for (const auto& row : family) ++next[static_cast<std::size_t>(row.op) + 1];
  }
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<KernelRow> rows(count);
  for (const auto& family : families) {
    for (const auto& row : family) rows[next[static_cast<std::size_t>(row.op)]++] = row;
  }
  return rows;
}

// Whether a row of the node's operator is for its types.
bool fits(const KernelRow& row, const NodeView& node) {
  if (node.inputCount() == 0 || node.outputCount() == 0) return false;
  const Tensor* first = node.optionalInput(0);
  if (first == nullptr || first->info.type != row.input) return false;
  if (node.output(0).info.type != row.output) return false;
  if (!row.second) return true;
  const Tensor* second = node.optionalInput(1);
  return second != nullptr && second->info.type == *row.second;
}

}  // namespace

PreparedNode owning(KernelFunction run, void* params, void (*destroy)(void* params)) {
  PreparedNode node;
  node.run = run;
  node.params = std::shared_ptr<void>(params, destroy);
  return node;
}

std::span<const KernelRow> kernelRows(CpuLevel level) {
  static const std::vector<KernelRow> rows = referenceRows();
  return level == CpuLevel::kScalar ? rows : packed::rowsOf(level);
}

std::span<const KernelRow> kernelRows(CpuLevel level, tflite::BuiltinOperator op) {
  const auto rows = kernelRows(level);
  const auto begin = std::partition_point(rows.begin(), rows.end(),
                                          [op](const KernelRow& row) { return row.op < op; });
  const auto end =
      std::partition_point(begin, rows.end(), [op](const KernelRow& row) { return row.op == op; });
  return {begin, end};
}

const KernelRow* findKernel(CpuLevel level, const NodeView& node) {
  if (node.node().joined.map != nullptr) return &reference::byteMapRow();
  const auto rows = kernelRows(level, node.node().op);
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const KernelRow& row) { return fits(row, node); });
  if (found != rows.end()) return &*found;
  return level == CpuLevel::kScalar ? nullptr : findKernel(CpuLevel::kScalar, node);
}

}  // namespace primer::inference
