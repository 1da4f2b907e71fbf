// DEPTHWISE_CONV_2D on int8 with one output for each channel, in one pass for any window.
//
// Rows of input are interleaved by fours into planes (level.h). At a vertical stride of 1 two rows
// of output share them: rows 0..3 hold the windows of three rows of both, say. A window of one row
// takes its taps by fours from beside each other instead. Wide rows are done strip by strip, so
// that planes are still in the nearest cache when they are read.

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <optional>
#include <vector>

#include "kernels/packed/lanes.h"
#include "kernels/packed/rows.h"
#include "ops/window.h"
#include "planner/arena.h"

namespace primer::inference::packed {
namespace {

constexpr std::int32_t kQuad = kStepBytes;
constexpr std::int64_t kSlack = 192;            // what the last place may look at behind a row
constexpr std::int64_t kStripBytes = 12 << 10;  // of a strip's planes, about

struct DepthwiseParams {
  explicit DepthwiseParams(const LevelKernels& level) : kernels(level) {}

  void pack() noexcept;

  const LevelKernels& kernels;
  LayerSource source;
  LaneMemory memory;
  Depthwise layer;         // of a strip
  Depthwise last_layer;    // of the last one, which may be narrower
  std::int32_t strip = 0;  // columns of output
  Window window;
  std::int32_t channels = 0;  // of a pixel in the planes: padded
  bool is_staged = false;     // rows are copied with their padding before they are interleaved
  bool is_horizontal = false;
  std::int32_t quads = 1;   // of rows
  std::int64_t pitch = 0;   // of planes
  std::int64_t staged = 0;  // bytes of a staged row, and of the row outside the image
  std::int64_t line = 0;    // bytes of a row of the planes: what a strip looks at
  std::int8_t zero = 0;

  // From a tap to the one on its right, in bytes of a plane's row.
  std::int64_t tapStep() const { return std::int64_t{window.dilation_width} * channels; }
  std::int64_t planeBytes() const { return quads * kPanelVectors * pitch; }
  std::int64_t outBytes() const {
    return channels == window.out_channels ? 0 : std::int64_t{window.out_width} * channels;
  }
  std::int64_t scratchBytes() const {
    return planeBytes() + (is_staged ? kQuad : 1) * staged + layer.rows * outBytes();
  }
};

// One row of output's worth of walking over an image.
class Walk {
 public:
  Walk(const DepthwiseParams& params, const KernelIo& io)
      : params_(params),
        planes_(io.scratchAs<std::int8_t>()),
        rows_(planes_ + params.planeBytes()),
        out_rows_(rows_ + (params.is_staged ? kQuad : 1) * params.staged) {
    if (params.is_staged) return;
    std::memset(rows_, params.zero, static_cast<std::size_t>(params.staged));
    goTo(0);
  }

  // Rows y and, perhaps, the one after it.
  void run(const std::int8_t* image, std::int64_t y, std::int8_t* out, int count) {
    const auto& window = params_.window;
    const std::int64_t first = y * window.stride_height - window.pad_top;
    const std::int64_t out_line = std::int64_t{window.out_width} * window.out_channels;
    const std::int64_t padded = params_.outBytes();
    const std::int64_t step = padded > 0 ? padded : out_line;
    for (std::int32_t x = 0; x < window.out_width; x += params_.strip) {
      if (params_.strip < window.out_width) goTo(x);
      for (std::int32_t quad = 0; quad < params_.quads; ++quad) {
        interleave(image, first, quad, window.kernel_height + count - 1);
      }
      std::int8_t* const to = padded > 0 ? out_rows_ : out + std::int64_t{x} * window.out_channels;
      std::int8_t* const outputs[2] = {to, count > 1 ? to + step : nullptr};
      const bool is_last = x + params_.strip >= window.out_width;
      params_.kernels.depthwise(is_last ? params_.last_layer : params_.layer, planes_, outputs);
    }
    if (padded > 0) narrow(out, std::int64_t{count} * window.out_width);
  }

 private:
  // The strip that begins at a column of output: which of the image's columns it looks at, and
  // padding in the planes on either side of them.
  void goTo(std::int64_t x) {
    const auto& window = params_.window;
    const std::int64_t begin = x * window.stride_width - window.pad_left;
    const std::int64_t columns = params_.line / params_.channels;
    const std::int64_t before = std::clamp<std::int64_t>(-begin, 0, columns);
    first_column_ = std::max<std::int64_t>(begin, 0);
    const std::int64_t inside =
        std::clamp<std::int64_t>(window.in_width - first_column_, 0, columns - before);
    left_ = before * params_.channels;
    inside_ = inside * params_.channels;
    const auto right = static_cast<std::size_t>(params_.line - left_ - inside_);
    if (left_ == 0 && right == 0) return;
    const int padding = params_.zero ^ params_.kernels.input_flip;
    for (std::int32_t p = 0; p < params_.quads * kPanelVectors; ++p) {
      std::int8_t* plane = planes_ + p * params_.pitch;
      std::memset(plane, padding, static_cast<std::size_t>(left_));
      std::memset(plane + left_ + inside_, padding, right);
    }
  }

  void interleave(const std::int8_t* image, std::int64_t first, std::int32_t quad,
                  std::int32_t needed) {
    const auto& window = params_.window;
    const std::int8_t* rows[kQuad];
    for (std::int32_t i = 0; i < kQuad; ++i) {
      if (params_.is_horizontal) {
        if (i == 0) stage(image, first, rows_);
        rows[i] = rows_ + std::int64_t{i} * window.dilation_width * params_.channels;
        continue;
      }
      // Rows that no tap looks at are any row.
      const std::int32_t index = quad * kQuad + i < needed ? quad * kQuad + i : quad * kQuad;
      const std::int64_t y = first + std::int64_t{index} * window.dilation_height;
      if (params_.is_staged) {
        stage(image, y, rows_ + i * params_.staged);
        rows[i] = rows_ + i * params_.staged;
      } else {
        rows[i] = y < 0 || y >= window.in_height
                      ? rows_
                      : rowOf(image, y) + first_column_ * params_.channels;
      }
    }
    std::int8_t* planes = planes_ + quad * kPanelVectors * params_.pitch;
    const std::int64_t bytes = params_.is_staged ? params_.line : inside_;
    params_.kernels.interleave(rows, bytes, params_.zero, planes + left_, params_.pitch);
  }

  const std::int8_t* rowOf(const std::int8_t* image, std::int64_t y) const {
    return image + y * params_.window.in_width * params_.window.in_channels;
  }

  // A row with its padding, at the planes' channels to a pixel.
  void stage(const std::int8_t* image, std::int64_t y, std::int8_t* to) const {
    const auto& window = params_.window;
    std::memset(to, params_.zero, static_cast<std::size_t>(params_.staged));
    if (y < 0 || y >= window.in_height) return;
    const std::int64_t columns = std::clamp<std::int64_t>(
        params_.line / params_.channels - window.pad_left, 0, window.in_width);
    const std::int8_t* from = rowOf(image, y);
    to += std::int64_t{window.pad_left} * params_.channels;
    if (params_.channels == window.in_channels) {
      std::memcpy(to, from, static_cast<std::size_t>(columns * params_.channels));
      return;
    }
    for (std::int64_t x = 0; x < columns; ++x) {
      std::memcpy(to + x * params_.channels, from + x * window.in_channels,
                  static_cast<std::size_t>(window.in_channels));
    }
  }

  // From the planes' channels to a pixel to the output's.
  void narrow(std::int8_t* out, std::int64_t pixels) const {
    const std::int64_t channels = params_.window.out_channels;
    for (std::int64_t x = 0; x < pixels; ++x) {
      std::memcpy(out + x * channels, out_rows_ + x * params_.channels,
                  static_cast<std::size_t>(channels));
    }
  }

  const DepthwiseParams& params_;
  std::int8_t* planes_;
  std::int8_t* rows_;
  std::int8_t* out_rows_;
  // Of a strip, where rows are not staged: bytes of padding before the image's in the planes, bytes
  // of the image, and its first column.
  std::int64_t left_ = 0;
  std::int64_t inside_ = 0;
  std::int64_t first_column_ = 0;
};

void runDepthwise(const DepthwiseParams& params, const KernelIo& io, Share share) noexcept {
  const auto& window = params.window;
  const std::int8_t* image = io.in<std::int8_t>(0);
  std::int8_t* out = io.out<std::int8_t>(0);
  const std::int64_t out_line = std::int64_t{window.out_width} * window.out_channels;
  Walk walk(params, io);
  const Part part(window.out_height, params.layer.rows, share);
  for (std::int32_t n = 0; n < window.batch; ++n) {
    for (std::int64_t y = part.begin; y < part.end; y += params.layer.rows) {
      const auto count = static_cast<int>(std::min<std::int64_t>(params.layer.rows, part.end - y));
      walk.run(image, y, out + y * out_line, count);
    }
    out += window.out_height * out_line;
    image += std::int64_t{window.in_height} * window.in_width * window.in_channels;
  }
}

std::int32_t paddedChannels(const Window& window) {
  const std::int32_t c = window.in_channels;
  // A multiple of 4, so that taps are whole steps; of 16 where a pixel must begin a group of
  // planes, and where the period of many channels would be long.
  const bool by_group = window.stride_width > 1 || c > 64;
  return static_cast<std::int32_t>(by_group ? (c + 15) / 16 * 16 : (c + 3) / 4 * 4);
}

// Columns of output that are done at a time, where rows are interleaved as they lie.
std::int32_t stripOf(const Window& window, std::int32_t quads, std::int32_t place) {
  const std::int64_t fitting =
      kStripBytes / (std::int64_t{quads} * kPanelVectors * window.in_channels);
  const std::int64_t fixed = std::int64_t{window.kernel_width - 1} * window.dilation_width + 1;
  std::int64_t columns = (fitting - fixed) / window.stride_width + 1;
  // Places take channels with a period: strips begin where it does.
  const std::int32_t period =
      window.stride_width == 1 ? std::lcm(window.in_channels, place) / window.in_channels : 1;
  columns = std::max<std::int64_t>(columns / period, 1) * period;
  // The image's borders cost a strip its own padding: two strips for a little more than one do not
  // pay.
  constexpr std::int64_t kLeast = 4;
  if (columns < kLeast || columns * 3 / 2 >= window.out_width) return window.out_width;
  return static_cast<std::int32_t>(columns);
}

// Which tap of the window a byte of a quad is, or nothing.
struct TapOf {
  const Window& window;
  bool is_horizontal;

  std::optional<std::int32_t> operator()(std::int32_t tap, std::int32_t byte,
                                         std::int32_t out_row) const {
    if (is_horizontal) {
      const std::int32_t kx = tap * kQuad + byte;
      return kx < window.kernel_width ? std::optional(kx) : std::nullopt;
    }
    const std::int32_t kx = tap % window.kernel_width;
    const std::int32_t ky = tap / window.kernel_width * kQuad + byte - out_row;
    if (ky < 0 || ky >= window.kernel_height) return std::nullopt;
    return ky * window.kernel_width + kx;
  }
};

// Of a channel's weights, which lie `channels` apart.
WeightTotals channelTotals(const LayerSource& source, std::int32_t c, std::int32_t taps) {
  WeightTotals totals;
  const std::int8_t* weight = source.weights + c;
  for (std::int32_t tap = 0; tap < taps; ++tap, weight += source.channels) {
    totals.sum += *weight;
    totals.magnitude += std::abs(std::int32_t{*weight});
  }
  return totals;
}

// The channel whose sums a place's lane holds, or one that there is not.
std::int32_t channelAt(const DepthwiseParams& params, std::int32_t lane) {
  const std::int32_t place = 4 * params.kernels.lanes;
  const std::int32_t plane = lane % place / params.kernels.lanes;
  const std::int32_t dword = lane % place % params.kernels.lanes;
  const std::int32_t c = lane / place * place + dword / 4 * 16 + 4 * plane + dword % 4;
  return params.layer.is_flat ? c % params.channels : c;
}

[[gnu::cold]] void DepthwiseParams::pack() noexcept {
  memory.clear(LaneMemory::Clear::kAll);
  const std::int32_t place = 4 * kernels.lanes;
  const std::int32_t taps = window.kernel_height * window.kernel_width;
  const std::int64_t tap_words = tapStep() / 4;
  for (std::int32_t tap = 0; tap < layer.taps; ++tap) {
    const std::int64_t quad = is_horizontal ? 0 : tap / window.kernel_width;
    const std::int64_t steps =
        is_horizontal ? std::int64_t{tap} * kQuad : std::int64_t{tap} % window.kernel_width;
    for (std::int32_t plane = 0; plane < kPanelVectors; ++plane) {
      const std::int64_t four = plane + steps * tap_words;
      memory.offsets()[tap * kPanelVectors + plane] =
          (quad * kPanelVectors + four % 4) * pitch + 16 * (four / 4);
    }
  }
  const TapOf tap_of{window, is_horizontal};
  const std::int64_t row_weights = std::int64_t{layer.taps} * place * kStepBytes;
  for (std::int32_t lane = 0; lane < layer.phases * place; ++lane) {
    const std::int32_t c = channelAt(*this, lane);
    if (c >= window.in_channels) continue;
    memory.set(static_cast<std::size_t>(lane),
               *channelOf(source, c, channelTotals(source, c, taps)));
    // Rows' quads follow each other.
    std::int8_t* to = memory.weights() + lane / place * layer.rows * row_weights +
                      std::int64_t{lane % place} * kStepBytes;
    for (std::int32_t row = 0; row < layer.rows; ++row) {
      for (std::int32_t tap = 0; tap < layer.taps; ++tap, to += place * kStepBytes) {
        for (std::int32_t byte = 0; byte < kStepBytes; ++byte) {
          const auto at = tap_of(tap, byte, row);
          if (at) to[byte] = source.weights[std::int64_t{*at} * window.in_channels + c];
        }
      }
    }
  }
}

}  // namespace

[[gnu::cold]] Checked<PreparedNode> prepareDepthwise(const NodeView& node,
                                                     const LevelKernels& kernels) {
  PRIMER_ASSIGN(const auto window, depthwiseWindow(node));
  if (!hasPlainWeights(node)) return prepareReference(node);
  if (window.in_channels == 1) return prepareOneChannel(node, window, kernels);
  if (window.in_channels != window.out_channels) return prepareReference(node);
  const auto source = sourceOf(node, window.out_channels, window.activation, kernels);
  const std::int32_t taps = window.kernel_height * window.kernel_width;
  if (!holdsAnyWeights(source, taps)) {
    for (std::int32_t c = 0; c < source.channels; ++c) {
      if (!channelOf(source, c, channelTotals(source, c, taps))) return prepareReference(node);
    }
  }

  DepthwiseParams params(kernels);
  params.source = source;
  params.window = window;
  params.zero = static_cast<std::int8_t>(source.input_zero_point);
  params.channels = paddedChannels(window);
  params.is_horizontal = window.kernel_height == 1;
  params.is_staged =
      params.is_horizontal || params.channels != window.in_channels || params.channels % 16 != 0;
  auto& layer = params.layer;
  const auto quadsOf = [](std::int32_t count) { return (count + kQuad - 1) / kQuad; };
  params.quads = params.is_horizontal ? 1 : quadsOf(window.kernel_height);
  const bool pairs = !params.is_horizontal && window.stride_height == 1 &&
                     window.dilation_height == 1 && window.out_height > 1 &&
                     quadsOf(window.kernel_height + 1) == params.quads;
  layer.rows = pairs ? 2 : 1;
  layer.taps =
      params.is_horizontal ? quadsOf(window.kernel_width) : params.quads * window.kernel_width;
  const std::int32_t place = 4 * kernels.lanes;
  params.strip = params.is_staged ? window.out_width : stripOf(window, params.quads, place);
  const std::int64_t under = std::int64_t{params.strip - 1} * window.stride_width +
                             std::int64_t{window.kernel_width - 1} * window.dilation_width + 1;
  params.line = under * params.channels;
  const std::int64_t tap_step = params.tapStep();
  params.pitch = static_cast<std::int64_t>(
      arenaAligned(static_cast<std::uint64_t>(params.line + kQuad * tap_step + kSlack)));
  const std::int64_t row_bytes =
      std::max(params.line + kQuad * tap_step, std::int64_t{window.in_width} * params.channels);
  params.staged =
      static_cast<std::int64_t>(arenaAligned(static_cast<std::uint64_t>(row_bytes + kSlack)));

  layer.is_flat = window.stride_width == 1;
  layer.places = params.strip;
  if (layer.is_flat) {
    layer.phases = std::lcm(params.channels, place) / place;
    layer.unit_bytes = std::int64_t{params.strip} * params.channels;
    layer.step_in = layer.step_out = std::int64_t{layer.phases} * place;
  } else {
    layer.phases = (params.channels + place - 1) / place;
    layer.unit_bytes = params.channels;
    layer.step_in = std::int64_t{window.stride_width} * params.channels;
    layer.step_out = params.channels;
  }

  const std::size_t lanes = static_cast<std::size_t>(layer.phases) * place;
  const std::size_t row_weights = static_cast<std::size_t>(layer.taps) * place * kStepBytes;
  LaneNeeds needs;
  needs.lanes = lanes;
  needs.weight_bytes = row_weights * layer.phases * layer.rows;
  needs.offsets = static_cast<std::size_t>(layer.taps) * kPanelVectors;
  needs.is_signed = source.needsSign();
  params.memory = LaneMemory(needs);
  if (!params.memory.ok()) return prepareReference(node);
  const auto& memory = params.memory;
  layer.weights = memory.weights();
  layer.bias = memory.bias();
  layer.tap_offsets = memory.offsets();
  layer.rescale = memory.rescale(source);
  params.last_layer = layer;
  params.last_layer.places = (window.out_width - 1) % params.strip + 1;
  if (layer.is_flat) params.last_layer.unit_bytes = params.last_layer.places * params.channels;
  const auto scratch = static_cast<std::size_t>(params.scratchBytes());
  const std::size_t packed_bytes = memory.bytes();
  return costing(makePrepared<runDepthwise>(std::move(params)), scratch,
                 window.outputElements() * static_cast<std::uint64_t>(taps), packed_bytes);
}

}  // namespace primer::inference::packed
