// CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED on int16 inputs with int8 weights ("16x8"): sums
// of 64 bits (word_output.h).

#include <array>

#include "kernels/reference/patches.h"
#include "kernels/reference/rows.h"
#include "kernels/reference/window_taps.h"
#include "kernels/reference/word_output.h"
#include "ops/fully_connected.h"
#include "ops/window.h"

namespace primer::inference::reference {
namespace {

// Sums of these many products of int16 and int8 are sure to fit an int32.
constexpr std::int64_t kChunk = 256;

std::int64_t dot(const std::int16_t* __restrict row, const std::int8_t* __restrict weights,
                 std::int64_t depth) {
  std::int64_t sum = 0;
  for (std::int64_t first = 0; first < depth; first += kChunk) {
    const std::int64_t end = std::min(first + kChunk, depth);
    std::int32_t part = 0;
    for (std::int64_t k = first; k < end; ++k) part += row[k] * weights[k];
    sum += part;
  }
  return sum;
}

struct WordConvParams {
  Window window;
  std::int64_t depth = 0;  // of one patch
  WordOutput output;
};

void runWordConv(const WordConvParams& params, const KernelIo& io) noexcept {
  const auto& window = params.window;
  const auto* input = io.in<std::int16_t>(0);
  const auto* weights = io.in<std::int8_t>(1);
  auto* output = io.out<std::int16_t>(0);
  auto* patch = io.scratchAs<std::int16_t>();
  const std::int64_t pixels =
      static_cast<std::int64_t>(window.batch) * window.out_height * window.out_width;
  const std::int64_t group_channels = window.out_channels / window.groups;
  for (std::int64_t pixel = 0; pixel < pixels; ++pixel) {
    for (std::int32_t group = 0; group < window.groups; ++group) {
      layPatch(
          window, pixel, group,
          [&](std::int64_t from, std::int64_t length, std::int64_t to) {
            std::copy_n(input + from, length, patch + to);
          },
          [&](std::int64_t length, std::int64_t to) {
            std::fill_n(patch + to, length, std::int16_t{0});
          });
      for (std::int64_t i = 0; i < group_channels; ++i) {
        const std::int64_t channel = group * group_channels + i;
        *output++ =
            params.output(dot(patch, weights + channel * params.depth, params.depth), channel);
      }
    }
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareWordConv(const NodeView& node) {
  WordConvParams params;
  PRIMER_ASSIGN(params.window, conv2dWindow(node));
  const auto& window = params.window;
  params.depth = static_cast<std::int64_t>(window.kernel_height) * window.kernel_width *
                 (window.in_channels / window.groups);
  params.output = wordOutput(node, window.out_channels, window.activation);
  const auto scratch = static_cast<std::size_t>(params.depth) * sizeof(std::int16_t);
  const std::uint64_t macs = window.outputElements() * static_cast<std::uint64_t>(params.depth);
  return costing(makePrepared<runWordConv>(std::move(params)), scratch, macs);
}

struct WordDepthwiseParams {
  Window window;
  WordOutput output;
};

void runWordDepthwise(const WordDepthwiseParams& params, const KernelIo& io) noexcept {
  const auto& window = params.window;
  const auto* input = io.in<std::int16_t>(0);
  const auto* weights = io.in<std::int8_t>(1);
  auto* output = io.out<std::int16_t>(0);
  auto* sums = io.scratchAs<std::int64_t>();
  const std::int64_t channels = window.out_channels;
  const std::int64_t multiplier = channels / window.in_channels;
  forEachOutput(window, [&](const Taps& taps) {
    std::fill_n(sums, channels, std::int64_t{0});
    forEachTap(window, taps, [&](std::int64_t tap, std::int64_t from) {
      for (std::int64_t c = 0; c < channels; ++c) {
        sums[c] += input[from + c / multiplier] * weights[tap * channels + c];
      }
    });
    for (std::int64_t c = 0; c < channels; ++c) output[c] = params.output(sums[c], c);
    output += channels;
  });
}

[[gnu::cold]] Checked<PreparedNode> prepareWordDepthwise(const NodeView& node) {
  WordDepthwiseParams params;
  PRIMER_ASSIGN(params.window, depthwiseWindow(node));
  const auto& window = params.window;
  params.output = wordOutput(node, window.out_channels, window.activation);
  const auto scratch = static_cast<std::size_t>(window.out_channels) * sizeof(std::int64_t);
  const std::uint64_t macs = window.outputElements() *
                             static_cast<std::uint64_t>(window.kernel_height) * window.kernel_width;
  return costing(makePrepared<runWordDepthwise>(std::move(params)), scratch, macs);
}

struct WordDenseParams {
  DenseLayer layer;
  WordDenseOutput output;
};

void runWordDense(const WordDenseParams& params, const KernelIo& io) noexcept {
  const auto& layer = params.layer;
  auto* output = io.out<std::int16_t>(0);
  for (std::int64_t row = 0; row < layer.rows; ++row) {
    for (std::int64_t c = 0; c < layer.channels; ++c) {
      *output++ = params.output(dot(io.in<std::int16_t>(0) + row * layer.depth,
                                    io.in<std::int8_t>(1) + c * layer.depth, layer.depth),
                                c);
    }
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareWordDense(const NodeView& node) {
  WordDenseParams params;
  PRIMER_ASSIGN(params.layer, denseLayer(node));
  params.output = wordDenseOutput(node, params.layer.channels, params.layer.activation);
  const auto& layer = params.layer;
  const std::uint64_t macs = static_cast<std::uint64_t>(layer.rows) * layer.depth * layer.channels;
  return costing(makePrepared<runWordDense>(std::move(params)), 0, macs);
}

constexpr KernelRow row(tflite::BuiltinOperator op,
                        Checked<PreparedNode> (*prepare)(const NodeView&)) {
  return {op, ElementType::kInt16, ElementType::kInt8, ElementType::kInt16, prepare};
}
constexpr std::array kRows = {
    row(tflite::BuiltinOperator::CONV_2D, prepareWordConv),
    row(tflite::BuiltinOperator::DEPTHWISE_CONV_2D, prepareWordDepthwise),
    row(tflite::BuiltinOperator::FULLY_CONNECTED, prepareWordDense),
};

}  // namespace

std::span<const KernelRow> wordConvolutionRows() { return kRows; }

}  // namespace primer::inference::reference
