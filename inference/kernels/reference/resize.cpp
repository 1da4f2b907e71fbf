// RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR.

#include "ops/resize.h"

#include <array>
#include <cmath>
#include <cstring>

#include "kernels/reference/rows.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

// Input rows or columns that an output's lies between, and how far from the first to the second.
template <typename Weight>
struct Position {
  std::int32_t low = 0;
  std::int32_t high = 0;
  Weight weight{};
};

template <typename Weight>
struct BilinearParams {
  ResizeLayer layer;
  std::vector<Position<Weight>> rows;
  std::vector<Position<Weight>> columns;
};

float scaleOf(std::int32_t in, std::int32_t out, bool align_corners) {
  return align_corners && out > 1 ? static_cast<float>(in - 1) / static_cast<float>(out - 1)
                                  : static_cast<float>(in) / static_cast<float>(out);
}

std::vector<Position<float>> realPositions(std::int32_t in, std::int32_t out,
                                           const ResizeLayer& layer) {
  const float scale = scaleOf(in, out, layer.align_corners);
  std::vector<Position<float>> positions(static_cast<std::size_t>(out));
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto index = static_cast<float>(i);
    const float at = layer.half_pixel_centers ? (index + 0.5f) * scale - 0.5f : index * scale;
    const float floor = std::floor(at);
    positions[i].low = std::clamp(static_cast<std::int32_t>(floor), 0, in - 1);
    positions[i].high = std::clamp(static_cast<std::int32_t>(std::ceil(at)), 0, in - 1);
    positions[i].weight = at - static_cast<float>(positions[i].low);
  }
  return positions;
}

// Positions with 10 bits below the point, as the specification takes them for integers.
constexpr std::int32_t kOne = 1 << 10;

std::vector<Position<std::int32_t>> fixedPositions(std::int32_t in, std::int32_t out,
                                                   const ResizeLayer& layer) {
  std::int32_t scale = (kOne * in + out / 2) / out;
  if (layer.align_corners && out > 1) scale = (kOne * (in - 1) + (out - 1) / 2) / (out - 1);
  std::vector<Position<std::int32_t>> positions(static_cast<std::size_t>(out));
  for (std::size_t i = 0; i < positions.size(); ++i) {
    std::int64_t at = static_cast<std::int64_t>(i) * scale;
    if (layer.half_pixel_centers) at += scale / 2 - kOne / 2;
    const auto whole = static_cast<std::int32_t>(at / kOne);  // towards zero
    positions[i].low = std::clamp(whole, 0, in - 1);
    positions[i].high = std::min(static_cast<std::int32_t>((at + kOne - 1) / kOne), in - 1);
    positions[i].high = std::max(positions[i].high, 0);
    positions[i].weight = static_cast<std::int32_t>(at - std::int64_t{kOne} * positions[i].low);
  }
  return positions;
}

inline float blend(float top_left, float bottom_left, float top_right, float bottom_right, float y,
                   float x) {
  return top_left * (1.0f - y) * (1.0f - x) + bottom_left * y * (1.0f - x) +
         top_right * (1.0f - y) * x + bottom_right * y * x;
}

template <typename T>
T blendFixed(std::int64_t top_left, std::int64_t bottom_left, std::int64_t top_right,
             std::int64_t bottom_right, std::int64_t y, std::int64_t x) {
  constexpr std::int64_t kUnit = std::int64_t{kOne} * kOne;
  const std::int64_t sum = top_left * (kOne - y) * (kOne - x) + bottom_left * y * (kOne - x) +
                           top_right * (kOne - y) * x + bottom_right * y * x;
  return static_cast<T>((sum + (sum > 0 ? kUnit / 2 : -kUnit / 2)) / kUnit);
}

template <typename T, typename Weight>
void runBilinear(const BilinearParams<Weight>& params, const KernelIo& io) noexcept {
  const auto& layer = params.layer;
  T* out = io.out<T>(0);
  const std::int64_t channels = layer.channels;
  for (std::int64_t image = 0; image < layer.batch; ++image) {
    const T* in = io.in<T>(0) + image * layer.in_height * layer.in_width * channels;
    for (const auto& row : params.rows) {
      const T* top = in + static_cast<std::int64_t>(row.low) * layer.in_width * channels;
      const T* bottom = in + static_cast<std::int64_t>(row.high) * layer.in_width * channels;
      for (const auto& column : params.columns) {
        const std::int64_t left = column.low * channels;
        const std::int64_t right = column.high * channels;
        for (std::int64_t c = 0; c < channels; ++c) {
          if constexpr (std::is_floating_point_v<T>) {
            *out++ = blend(top[left + c], bottom[left + c], top[right + c], bottom[right + c],
                           row.weight, column.weight);
          } else {
            *out++ = blendFixed<T>(top[left + c], bottom[left + c], top[right + c],
                                   bottom[right + c], row.weight, column.weight);
          }
        }
      }
    }
  }
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareBilinear(const NodeView& node) {
  using Weight = std::conditional_t<std::is_floating_point_v<T>, float, std::int32_t>;
  BilinearParams<Weight> params;
  PRIMER_ASSIGN(params.layer, resizeLayer(node));
  const auto& layer = params.layer;
  if constexpr (std::is_floating_point_v<T>) {
    params.rows = realPositions(layer.in_height, layer.out_height, layer);
    params.columns = realPositions(layer.in_width, layer.out_width, layer);
  } else {
    params.rows = fixedPositions(layer.in_height, layer.out_height, layer);
    params.columns = fixedPositions(layer.in_width, layer.out_width, layer);
  }
  return makePrepared<runBilinear<T, Weight>>(std::move(params));
}

struct NearestParams {
  ResizeLayer layer;
  std::vector<std::int32_t> rows;
  std::vector<std::int32_t> columns;
  std::size_t pixel_bytes = 0;
};

std::vector<std::int32_t> nearest(std::int32_t in, std::int32_t out, const ResizeLayer& layer) {
  const float scale = scaleOf(in, out, layer.align_corners);
  const float offset = layer.half_pixel_centers ? 0.5f : 0.0f;
  std::vector<std::int32_t> positions(static_cast<std::size_t>(out));
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const float at = (static_cast<float>(i) + offset) * scale;
    const float whole = layer.align_corners ? std::round(at) : std::floor(at);
    positions[i] = std::clamp(static_cast<std::int32_t>(whole), 0, in - 1);
  }
  return positions;
}

void runNearest(const NearestParams& params, const KernelIo& io) noexcept {
  const auto& layer = params.layer;
  std::byte* out = io.outputs[0];
  if (params.pixel_bytes == 0) return;
  const std::size_t row_bytes = static_cast<std::size_t>(layer.in_width) * params.pixel_bytes;
  for (std::int32_t image = 0; image < layer.batch; ++image) {
    const std::byte* in =
        io.inputs[0] + static_cast<std::size_t>(image) * layer.in_height * row_bytes;
    for (const auto row : params.rows) {
      for (const auto column : params.columns) {
        std::memcpy(out, in + row * row_bytes + column * params.pixel_bytes, params.pixel_bytes);
        out += params.pixel_bytes;
      }
    }
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareNearest(const NodeView& node) {
  NearestParams params;
  PRIMER_ASSIGN(params.layer, resizeLayer(node));
  const auto& layer = params.layer;
  params.rows = nearest(layer.in_height, layer.out_height, layer);
  params.columns = nearest(layer.in_width, layer.out_width, layer);
  params.pixel_bytes =
      static_cast<std::size_t>(layer.channels) * elementBytes(node.input(0).info.type);
  return makePrepared<runNearest>(std::move(params));
}

template <typename T>
constexpr KernelRow bilinearRow() {
  return {BuiltinOperator::RESIZE_BILINEAR,
          kElementTypeOf<T>,
          {},
          kElementTypeOf<T>,
          prepareBilinear<T>};
}
constexpr KernelRow nearestRow(ElementType type) {
  return {BuiltinOperator::RESIZE_NEAREST_NEIGHBOR, type, {}, type, prepareNearest};
}
constexpr std::array kRows = {
    bilinearRow<float>(),
    bilinearRow<std::int8_t>(),
    bilinearRow<std::int16_t>(),
    nearestRow(ElementType::kFloat32),
    nearestRow(ElementType::kInt8),
    nearestRow(ElementType::kUint8),
    nearestRow(ElementType::kInt16),
};

}  // namespace

std::span<const KernelRow> resizeRows() { return kRows; }

}  // namespace primer::inference::reference
