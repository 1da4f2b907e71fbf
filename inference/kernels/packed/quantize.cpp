// QUANTIZE from float to int8.

#include "kernels/packed/rows.h"
#include "ops/operators.h"

namespace primer::inference::packed {
namespace {

struct QuantizeParams {
  std::int64_t count = 0;
  float scale = 1.0f;
  std::int32_t zero_point = 0;
  decltype(LevelKernels::quantize) quantize = nullptr;
};

void runQuantize(const QuantizeParams& params, const KernelIo& io) noexcept {
  params.quantize(io.in<float>(0), params.scale, params.zero_point, io.out<std::int8_t>(0),
                  params.count);
}

}  // namespace

[[gnu::cold]] Checked<PreparedNode> prepareQuantize(const NodeView& node,
                                                    const LevelKernels& kernels) {
  PRIMER_TRY(checkQuantize(node));
  const auto& out = node.output(0).quantization();
  QuantizeParams params;
  params.count = static_cast<std::int64_t>(elementCount(node.input(0).shape));
  params.scale = out.scale();
  params.zero_point = static_cast<std::int32_t>(out.zeroPoint());
  params.quantize = kernels.quantize;
  return makePrepared<runQuantize>(params);
}

}  // namespace primer::inference::packed
