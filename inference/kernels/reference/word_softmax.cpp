// SOFTMAX of int16: exponentials and a reciprocal as lines between the entries of two tables.

#include <array>
#include <bit>
#include <cmath>

#include "kernels/fixed_point.h"
#include "kernels/reference/rows.h"
#include "ops/operators.h"

namespace primer::inference::reference {
namespace {

// A function of a word, as 512 lines. Entries lie so that a line's error at its middle is halved.
class WordLines {
 public:
  // function(low + i * step) in steps of 2/65535, for i of 0 to 512.
  template <typename Function>
  WordLines(double low, double high, Function function) {
    constexpr double kOutput = 2.0 / 65535.0;
    constexpr double kOutputs = 65536.0 / (kOutput * 32767.0 - kOutput * -32768.0);
    const double step = (high - low) / kLines;
    for (int i = 0; i < kLines; ++i) {
      const double at = low + i * step;
      const double here = std::round(function(at) * kOutputs);
      const double next = function(low + (i + 1) * step) * kOutputs;
      const double middle = std::round(function(at + step / 2.0) * kOutputs);
      const double bias = std::round((std::round((next + here) / 2.0) - middle) / 2.0);
      entries_[static_cast<std::size_t>(i)] = word(here - bias);
    }
    entries_[kLines] = word(std::round(function(high) * kOutputs));
  }

  std::int16_t operator()(std::int16_t x) const {
    constexpr int kBits = 7;  // of the way along a line
    const int line = kLines / 2 + (x >> kBits);
    const int along = x & ((1 << kBits) - 1);
    const int rise = entries_[line + 1] - entries_[line];
    return static_cast<std::int16_t>(entries_[line] +
                                     ((rise * along + (1 << (kBits - 1))) >> kBits));
  }

 private:
  static constexpr int kLines = 512;

  static std::int16_t word(double x) {
    return static_cast<std::int16_t>(std::clamp(x, -32768.0, 32767.0));
  }

  std::array<std::int16_t, kLines + 1> entries_{};
};

constexpr double kLeastExponent = -10.0;  // exp() of less adds nothing to a sum

const WordLines& exponentials() {
  static const WordLines lines(kLeastExponent, 0.0, [](double x) { return std::exp(x); });
  return lines;
}

const WordLines& reciprocals() {
  static const WordLines lines(0.0, 1.0, [](double x) { return 1.0 / (1.0 + x); });
  return lines;
}

struct WordSoftmaxParams {
  std::int64_t rows = 0;
  std::int64_t depth = 0;
  Multiplier scaling;  // brings a difference to 10/65535 a step
  const WordLines* exponential = nullptr;
  const WordLines* reciprocal = nullptr;
};

void runWordSoftmax(const WordSoftmaxParams& params, const KernelIo& io) noexcept {
  const auto* in = io.in<std::int16_t>(0);
  auto* out = io.out<std::int16_t>(0);
  const std::int64_t depth = params.depth;
  for (std::int64_t row = 0; row < params.rows; ++row, in += depth, out += depth) {
    const std::int32_t largest = *std::max_element(in, in + depth);
    std::int32_t sum = 0;  // 15 bits below the point
    for (std::int64_t i = 0; i < depth; ++i) {
      const std::int32_t scaled = multiplyTwoRoundings(in[i] - largest, params.scaling);
      out[i] = (*params.exponential)(
          saturate<std::int16_t>(wrappingAdd(scaled, std::numeric_limits<std::int16_t>::max())));
      sum += out[i];
    }
    // The sum as 2^k (1 + x), x in [0, 1) as a word around its middle.
    const int headroom = std::countl_zero(static_cast<std::uint32_t>(sum)) - 1;
    const auto mantissa =
        static_cast<std::int32_t>(((static_cast<std::int64_t>(sum) << headroom) + (1 << 13)) >> 14);
    const std::int64_t factor =
        (*params.reciprocal)(saturate<std::int16_t>(mantissa - (1 << 16) - (1 << 15)));
    const int shift = 30 - headroom;
    for (std::int64_t i = 0; i < depth; ++i) {
      const std::int64_t value = (out[i] * factor + (std::int64_t{1} << (shift - 1))) >> shift;
      out[i] = static_cast<std::int16_t>(std::clamp<std::int64_t>(value, 0, 32767));
    }
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareWordSoftmax(const NodeView& node) {
  PRIMER_TRY(checkSoftmax(node));
  const auto& shape = node.input(0).shape;
  WordSoftmaxParams params;
  params.depth = shape.back();
  params.rows =
      params.depth == 0 ? 0 : static_cast<std::int64_t>(elementCount(shape)) / params.depth;
  // Sums of as many words stay inside 31 bits.
  constexpr std::int64_t kMostDepth = 1 << 16;
  if (params.depth >= kMostDepth) {
    return node.unsupported("softmax-depth", "more than 65535 classes");
  }
  const float beta = node.options<tflite::SoftmaxOptions>()->beta();
  const double factor = static_cast<double>(node.input(0).quantization().scale() * beta) /
                        (-kLeastExponent / 65535.0);
  // What a difference of 65535 becomes fits 32 bits.
  if (!(factor > 0.0 && factor < 32768.0)) {
    return node.unsupported("softmax-scale", "beta times the input's scale is out of range");
  }
  params.scaling = quantizeMultiplier(factor);
  params.exponential = &exponentials();
  params.reciprocal = &reciprocals();
  return inPlace(makePrepared<runWordSoftmax>(params));
}

constexpr std::array kRows = {KernelRow{tflite::BuiltinOperator::SOFTMAX,
                                        ElementType::kInt16,
                                        {},
                                        ElementType::kInt16,
                                        prepareWordSoftmax}};

}  // namespace

std::span<const KernelRow> wordSoftmaxRows() { return kRows; }

}  // namespace primer::inference::reference
