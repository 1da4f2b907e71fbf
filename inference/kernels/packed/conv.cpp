// CONV_2D on int8, and DEPTHWISE_CONV_2D of one input channel, which is the same.
//
// A row of the matrix product is what the window sees at one output: runs of bytes of the image,
// one a window row. Where the window never hangs over the edge, rows are read where they lie. Else
// a band of the image is copied with its padding, so that they are runs again.

#include <algorithm>
#include <cstring>

#include "kernels/packed/packed_product.h"
#include "kernels/packed/rows.h"
#include "kernels/packed/tile_rule.h"
#include "ops/window.h"

namespace primer::inference::packed {
namespace {

// A band takes about so many bytes: it stays in the nearest cache and costs little arena.
constexpr std::int64_t kBandBytes = 16 << 10;

struct ConvParams {
  ConvParams(PackedProduct packed, const LevelKernels& level, const Window& of)
      : product(std::move(packed)), kernels(level), window(of) {}

  void pack() noexcept { product.pack(); }

  PackedProduct product;
  std::vector<std::int8_t> weights;  // where the product's are not the file's
  const LevelKernels& kernels;
  Window window;
  std::int8_t zero = 0;  // what padding is in a band: the input's zero point, as the level takes it
  // Of a band: output rows, and bytes from image row to image row.
  std::int32_t band_rows = 0;
  std::int64_t pitch = 0;
};

std::int32_t extent(std::int32_t kernel, std::int32_t dilation) {
  return (kernel - 1) * dilation + 1;
}

// Image rows that so many output rows look at.
std::int64_t rowsUnder(const Window& window, std::int64_t out_rows) {
  return (out_rows - 1) * window.stride_height +
         extent(window.kernel_height, window.dilation_height);
}

// Columns that the window looks at, those outside the image among them.
std::int64_t columnsUnder(const Window& window) {
  return std::int64_t{window.out_width - 1} * window.stride_width +
         extent(window.kernel_width, window.dilation_width);
}

bool staysInside(const Window& window) {
  return window.pad_top == 0 && window.pad_left == 0 &&
         rowsUnder(window, window.out_height) <= window.in_height &&
         columnsUnder(window) <= window.in_width;
}

RowRuns runsOf(const Window& window, std::int64_t pitch) {
  RowRuns runs;
  const bool whole_rows = window.dilation_width == 1;
  runs.bytes = window.in_channels * (whole_rows ? window.kernel_width : 1);
  const std::int32_t in_row = whole_rows ? 1 : window.kernel_width;
  for (std::int32_t ky = 0; ky < window.kernel_height; ++ky) {
    for (std::int32_t kx = 0; kx < in_row; ++kx) {
      runs.offsets.push_back(std::int64_t{ky} * window.dilation_height * pitch +
                             std::int64_t{kx} * window.dilation_width * window.in_channels);
    }
  }
  return runs;
}

// Outputs beside each other, input rows where they lie.
void runInPlace(const ConvParams& params, const KernelIo& io, Share share) noexcept {
  const auto& window = params.window;
  const std::int64_t line = std::int64_t{window.in_width} * window.in_channels;
  ProductRows rows;
  rows.input = io.in<std::int8_t>(0);
  rows.output = io.out<std::int8_t>(0);
  rows.width = window.out_width;
  rows.count = std::int64_t{window.out_height} * window.out_width;
  rows.pixel_step = std::int64_t{window.stride_width} * window.in_channels;
  rows.row_step = window.stride_height * line;
  rows.output_step = window.out_channels;
  rows.scratch = io.scratchAs<std::int8_t>();
  // Where lines follow each other they are one: it can be cut anywhere.
  if (rows.row_step == rows.width * rows.pixel_step) rows.width = rows.count;
  const std::int64_t image_out = rows.count * rows.output_step;
  const auto multiplyAll = [&](const Product& product) {
    for (std::int32_t image = 0; image < window.batch; ++image) {
      params.kernels.multiply(product, rows);
      rows.input += window.in_height * line;
      rows.output += image_out;
    }
  };
  if (share.count > 1 && params.product.isCutByChannels(rows.count, share.count)) {
    std::int32_t first = 0;
    const Product some = params.product.channelsOf(share, first);
    rows.output += first;
    if (some.channels > 0) multiplyAll(some);
    return;
  }
  const Part part(rows.count, rows.width == rows.count ? 1 : rows.width, share);
  rows.input += part.begin / rows.width * rows.row_step + part.begin % rows.width * rows.pixel_step;
  rows.output += part.begin * rows.output_step;
  rows.count = part.end - part.begin;
  multiplyAll(params.product.product());
}

// Bands of an image, one after another in the same memory: what is padding in one is padding in
// all.
class Band {
 public:
  Band(const ConvParams& params, std::int8_t* memory) : params_(params), memory_(memory) {
    const auto& window = params.window;
    const std::int64_t line = std::int64_t{window.in_width} * window.in_channels;
    left_ = std::min(std::int64_t{window.pad_left} * window.in_channels, params.pitch);
    inside_ = std::min(line, params.pitch - left_);
    const auto right = static_cast<std::size_t>(params.pitch - left_ - inside_);
    for (std::int64_t i = 0; i < rowsUnder(window, params.band_rows); ++i) {
      std::int8_t* row = memory + i * params.pitch;
      std::memset(row, params.zero, static_cast<std::size_t>(left_));
      std::memset(row + left_ + inside_, params.zero, right);
    }
  }

  // Rows `first` and on of the image, some of which may lie outside.
  void fill(const std::int8_t* image, std::int64_t first, std::int64_t count) {
    const auto& window = params_.window;
    const std::int64_t line = std::int64_t{window.in_width} * window.in_channels;
    std::int8_t* to = memory_ + left_;
    for (std::int64_t y = first; y < first + count; ++y, to += params_.pitch) {
      if (y < 0 || y >= window.in_height) {
        std::memset(to, params_.zero, static_cast<std::size_t>(inside_));
      } else {
        params_.kernels.offset(image + y * line, inside_, to);
      }
    }
  }

 private:
  const ConvParams& params_;
  std::int8_t* memory_;
  std::int64_t left_ = 0;    // bytes of padding before a row of the image
  std::int64_t inside_ = 0;  // bytes of the image in a row
};

void runInBands(const ConvParams& params, const KernelIo& io, Share share) noexcept {
  const auto& window = params.window;
  // A sparse product's scratch, then the band.
  auto* memory = io.scratchAs<std::int8_t>() + params.product.scratchBytes();
  Band band(params, memory);
  const std::int8_t* image = io.in<std::int8_t>(0);
  ProductRows rows;
  rows.input = memory;
  rows.scratch = io.scratchAs<std::int8_t>();
  rows.is_offset = true;
  rows.width = window.out_width;
  rows.pixel_step = std::int64_t{window.stride_width} * window.in_channels;
  rows.row_step = window.stride_height * params.pitch;
  rows.output_step = window.out_channels;
  const Part part(window.out_height, 1, share);
  const std::int64_t out_line = window.out_width * rows.output_step;
  for (std::int32_t n = 0; n < window.batch; ++n) {
    for (std::int64_t y = part.begin; y < part.end; y += params.band_rows) {
      const auto count = std::min<std::int64_t>(params.band_rows, part.end - y);
      band.fill(image, y * window.stride_height - window.pad_top, rowsUnder(window, count));
      rows.count = count * window.out_width;
      rows.output = io.out<std::int8_t>(0) + (n * window.out_height + y) * out_line;
      params.kernels.multiply(params.product.product(), rows);
    }
    image += std::int64_t{window.in_height} * window.in_width * window.in_channels;
  }
}

// Output rows of a band whose image rows are so many bytes apart.
std::int32_t bandRows(const Window& window, std::int64_t pitch) {
  const std::int64_t fixed = rowsUnder(window, 1) - window.stride_height;
  const std::int64_t fitting = (kBandBytes / pitch - fixed) / window.stride_height;
  return static_cast<std::int32_t>(
      std::clamp<std::int64_t>(fitting, 1, std::max(1, window.out_height)));
}

[[gnu::cold]] Checked<PreparedNode> prepareWindow(const NodeView& node, const LevelKernels& level,
                                                  const Window& window,
                                                  std::vector<std::int8_t> weights = {}) {
  const std::int64_t line = std::int64_t{window.in_width} * window.in_channels;
  auto runs = runsOf(window, line);
  const bool one_run = runs.offsets.size() == 1;
  const bool in_place = staysInside(window) && (one_run || runs.bytes % kStepBytes == 0);
  const std::int64_t pitch = columnsUnder(window) * window.in_channels;
  std::int32_t out_rows = window.out_height;  // at once
  if (!in_place) {
    runs = runsOf(window, pitch);
    runs.may_read_on = true;
    out_rows = bandRows(window, pitch);
  }
  const bool lines_join = window.stride_height * (in_place ? line : pitch) ==
                          std::int64_t{window.out_width} * window.stride_width * window.in_channels;
  ProductShape shape;
  shape.lines = lines_join ? 1 : out_rows;
  shape.width = std::int64_t{window.out_width} * (lines_join ? out_rows : 1);
  shape.channels = window.out_channels;
  const LevelKernels& kernels = kernelsFor(level, shape, runs);
  auto source = sourceOf(node, window.out_channels, window.activation, kernels);
  if (!weights.empty()) source.weights = weights.data();
  auto product =
      PackedProduct::make(source, runs, kernels, std::int64_t{out_rows} * window.out_width);
  if (!product) return prepareReference(node);
  const std::uint64_t macs =
      window.outputElements() * window.kernel_height * window.kernel_width * window.in_channels;
  const std::size_t packed_bytes = product->bytes();
  const std::size_t tile_bytes = product->scratchBytes();
  ConvParams params(std::move(*product), kernels, window);
  params.weights = std::move(weights);
  if (in_place) {
    return costing(makePrepared<runInPlace>(std::move(params)), tile_bytes, macs, packed_bytes);
  }
  params.zero = static_cast<std::int8_t>(source.input_zero_point ^ kernels.input_flip);
  params.pitch = pitch;
  params.band_rows = out_rows;
  const auto scratch = tile_bytes + static_cast<std::size_t>(
                                        rowsUnder(window, params.band_rows) * pitch + kStepBytes);
  return costing(makePrepared<runInBands>(std::move(params)), scratch, macs, packed_bytes);
}

}  // namespace

[[gnu::cold]] Checked<PreparedNode> prepareConv(const NodeView& node, const LevelKernels& kernels) {
  PRIMER_ASSIGN(const auto window, conv2dWindow(node));
  if (!hasPlainWeights(node) || window.groups != 1) return prepareReference(node);
  return prepareWindow(node, kernels, window);
}

[[gnu::cold]] Checked<PreparedNode> prepareOneChannel(const NodeView& node, const Window& window,
                                                      const LevelKernels& kernels) {
  // From [tap][channel] to [channel][tap].
  const auto* weights = reinterpret_cast<const std::int8_t*>(node.input(1).constant.data());
  const std::size_t taps = static_cast<std::size_t>(window.kernel_height) * window.kernel_width;
  const auto channels = static_cast<std::size_t>(window.out_channels);
  std::vector<std::int8_t> turned(taps * channels);
  for (std::size_t tap = 0; tap < taps; ++tap) {
    for (std::size_t c = 0; c < channels; ++c) {
      turned[c * taps + tap] = weights[tap * channels + c];
    }
  }
  return prepareWindow(node, kernels, window, std::move(turned));
}

}  // namespace primer::inference::packed
