// MAX_POOL_2D and AVERAGE_POOL_2D on int8.

#include "kernels/packed/rows.h"
#include "kernels/reference/window_taps.h"
#include "ops/weights.h"
#include "ops/window.h"

namespace primer::inference::packed {
namespace {

using RunPool = void (*)(const PoolWindow& window, std::int8_t* out);

struct PoolParams {
  Window window;
  IntegerRange range;
  RunPool pool = nullptr;
};

void runPool(const PoolParams& params, const KernelIo& io) noexcept {
  const auto& window = params.window;
  const std::int8_t* image = io.in<std::int8_t>(0);
  std::int8_t* out = io.out<std::int8_t>(0);
  PoolWindow pool;
  pool.channels = window.in_channels;
  pool.pixel_step = window.in_channels;
  pool.row_step = std::int64_t{window.in_width} * window.in_channels;
  pool.low = static_cast<std::int8_t>(params.range.low);
  pool.high = static_cast<std::int8_t>(params.range.high);
  reference::forEachOutput(window, [&](const reference::Taps& taps) {
    pool.rows = taps.row_end - taps.row_begin;
    pool.columns = taps.column_end - taps.column_begin;
    pool.input = image + (taps.image_row + taps.first_y + taps.row_begin) * pool.row_step +
                 (taps.first_x + taps.column_begin) * pool.pixel_step;
    params.pool(pool, out);
    out += window.in_channels;
  });
}

[[gnu::cold]] Checked<PreparedNode> preparePool(const NodeView& node, RunPool pool) {
  PoolParams params;
  PRIMER_ASSIGN(params.window, pool2dWindow(node));
  params.range = activationRange(params.window.activation, node.output(0));
  params.pool = pool;
  return makePrepared<runPool>(params);
}

}  // namespace

[[gnu::cold]] Checked<PreparedNode> prepareAveragePool(const NodeView& node,
                                                       const LevelKernels& kernels) {
  return preparePool(node, kernels.average_pool);
}

[[gnu::cold]] Checked<PreparedNode> prepareMaxPool(const NodeView& node,
                                                   const LevelKernels& kernels) {
  return preparePool(node, kernels.max_pool);
}

}  // namespace primer::inference::packed
