// FULLY_CONNECTED on int8: rows of the input where they lie.

#include <algorithm>
#include <vector>

#include "kernels/packed/packed_product.h"
#include "kernels/packed/rows.h"
#include "kernels/packed/tile_rule.h"
#include "ops/fully_connected.h"

namespace primer::inference::packed {
namespace {

struct DenseParams {
  DenseParams(PackedProduct packed, const LevelKernels& level)
      : product(std::move(packed)), kernels(level) {}

  void pack() noexcept { product.pack(); }

  PackedProduct product;
  const LevelKernels& kernels;
  std::int64_t rows = 0;
  std::int64_t depth = 0;
};

void runDense(const DenseParams& params, const KernelIo& io, Share share) noexcept {
  const auto& whole = params.product.product();
  ProductRows rows;
  rows.input = io.in<std::int8_t>(0);
  rows.output = io.out<std::int8_t>(0);
  rows.pixel_step = params.depth;
  rows.output_step = whole.channels;
  rows.scratch = io.scratchAs<std::int8_t>();
  if (share.count > 1 && params.product.isCutByChannels(params.rows, share.count)) {
    std::int32_t first = 0;
    const Product some = params.product.channelsOf(share, first);
    rows.count = rows.width = params.rows;
    rows.output += first;
    if (some.channels > 0) params.kernels.multiply(some, rows);
    return;
  }
  const Part part(params.rows, 1, share);
  rows.count = rows.width = part.end - part.begin;
  rows.input += part.begin * rows.pixel_step;
  rows.output += part.begin * rows.output_step;
  if (rows.count > 0) params.kernels.multiply(whole, rows);
}

// A few outputs of many inputs: lanes would stay empty. Weights are read where they lie in the
// file.
constexpr std::int32_t kFewChannels = 4;

struct FewParams {
  explicit FewParams(const LevelKernels& level) : kernels(level) {}

  const LevelKernels& kernels;
  std::int64_t rows = 0;
  std::int64_t depth = 0;
  LayerSource source;
  std::vector<std::int32_t> bias;  // that makes up for zero point and offset
  std::vector<RealRounding> rounding;
};

void runFew(const FewParams& params, const KernelIo& io) noexcept {
  const std::int8_t* in = io.in<std::int8_t>(0);
  std::int8_t* out = io.out<std::int8_t>(0);
  const auto& source = params.source;
  for (std::int64_t row = 0; row < params.rows; ++row, in += params.depth) {
    const std::int8_t* weights = source.weights;
    for (std::size_t c = 0; c < params.bias.size(); ++c, weights += params.depth) {
      const std::int32_t sum =
          wrappingAdd(params.kernels.dot(in, weights, params.depth), params.bias[c]);
      const std::int32_t scaled = wrappingAdd(params.rounding[c](sum), source.output_zero_point);
      *out++ = static_cast<std::int8_t>(std::clamp(scaled, source.range.low, source.range.high));
    }
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareFew(const LayerSource& source, const DenseLayer& layer,
                                               const LevelKernels& kernels) {
  FewParams params(kernels);
  params.rows = layer.rows;
  params.depth = layer.depth;
  params.source = source;
  for (std::int32_t c = 0; c < layer.channels; ++c) {
    const std::int8_t* weights = source.weights + std::int64_t{c} * layer.depth;
    params.bias.push_back(correctedBias(source, c, totalsOf(weights, layer.depth).sum));
    params.rounding.emplace_back(source.factorOf(c));
  }
  return costing(makePrepared<runFew>(std::move(params)), 0,
                 static_cast<std::uint64_t>(layer.rows) * layer.depth * layer.channels);
}

}  // namespace

[[gnu::cold]] Checked<PreparedNode> prepareDense(const NodeView& node, const LevelKernels& level) {
  PRIMER_ASSIGN(const auto layer, denseLayer(node));
  if (!hasPlainWeights(node)) return prepareReference(node);
  const RowRuns runs{{0}, layer.depth, false};
  const LevelKernels& kernels = layer.channels <= kFewChannels
                                    ? level
                                    : kernelsFor(level, {1, layer.rows, layer.channels}, runs);
  auto source = sourceOf(node, layer.channels, layer.activation, kernels);
  source.is_dense = true;
  if (layer.channels <= kFewChannels) return prepareFew(source, layer, kernels);
  auto product = PackedProduct::make(source, runs, kernels, layer.rows);
  if (!product) return prepareReference(node);
  const std::size_t packed_bytes = product->bytes();
  const std::size_t scratch = product->scratchBytes();
  DenseParams params(std::move(*product), kernels);
  params.rows = layer.rows;
  params.depth = layer.depth;
  return costing(makePrepared<runDense>(std::move(params)), scratch,
                 static_cast<std::uint64_t>(layer.rows) * layer.depth * layer.channels,
                 packed_bytes);
}

}  // namespace primer::inference::packed
