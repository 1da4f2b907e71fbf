// FULLY_CONNECTED on int8: rows of the input where they lie.

#include "kernels/packed/packed_product.h"
#include "kernels/packed/rows.h"
#include "ops/fully_connected.h"

namespace primer::inference::packed {
namespace {

struct DenseParams {
  DenseParams(PackedProduct packed, const LevelKernels& level)
      : product(std::move(packed)), kernels(level) {}

  PackedProduct product;
  const LevelKernels& kernels;
  std::int64_t rows = 0;
  std::int64_t depth = 0;
};

void runDense(const DenseParams& params, const KernelIo& io) noexcept {
  ProductRows rows;
  rows.input = io.in<std::int8_t>(0);
  rows.output = io.out<std::int8_t>(0);
  rows.count = params.rows;
  rows.width = params.rows;
  rows.pixel_step = params.depth;
  rows.output_step = params.product.product().channels;
  params.kernels.multiply(params.product.product(), rows);
}

}  // namespace

Result<PreparedNode> prepareDense(const NodeView& node, const LevelKernels& kernels) {
  PRIMER_ASSIGN(const auto layer, denseLayer(node));
  if (!hasPlainWeights(node)) return prepareReference(node);
  auto source = sourceOf(node, layer.channels, layer.activation);
  source.is_dense = true;
  auto product = PackedProduct::make(source, {{0}, layer.depth, false}, kernels.lanes);
  if (!product) return prepareReference(node);
  const std::size_t packed_bytes = product->bytes();
  DenseParams params(std::move(*product), kernels);
  params.rows = layer.rows;
  params.depth = layer.depth;
  return costing(makePrepared<runDense>(std::move(params)), 0,
                 static_cast<std::uint64_t>(layer.rows) * layer.depth * layer.channels,
                 packed_bytes);
}

}  // namespace primer::inference::packed
