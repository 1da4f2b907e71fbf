// LOGISTIC, TANH and the RELUs on int16: functions of a word have too many values for a table.

#include <array>
#include <cmath>

#include "kernels/fixed_point.h"
#include "kernels/reference/rows.h"
#include "ops/operators.h"
#include "ops/weights.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

// logistic(i / 24) with 16 bits below the point, as the specification has it: measured at its TANH
// (input scale 1/6144, where every 128th word is an entry), as one in six is not the nearest.
constexpr std::array<std::uint16_t, 256> kLogistic = {
    32768, 33451, 34133, 34813, 35493, 36169, 36843, 37513, 38180, 38841, 39498, 40149, 40794,
    41432, 42064, 42688, 43304, 43912, 44511, 45102, 45683, 46255, 46817, 47369, 47911, 48443,
    48964, 49475, 49975, 50464, 50942, 51409, 51865, 52311, 52745, 53169, 53581, 53983, 54374,
    54755, 55125, 55485, 55834, 56174, 56503, 56823, 57133, 57433, 57724, 58007, 58280, 58544,
    58800, 59048, 59288, 59519, 59743, 59959, 60168, 60370, 60565, 60753, 60935, 61110, 61279,
    61441, 61599, 61750, 61896, 62036, 62172, 62302, 62428, 62549, 62666, 62778, 62886, 62990,
    63090, 63186, 63279, 63368, 63454, 63536, 63615, 63691, 63765, 63835, 63903, 63968, 64030,
    64090, 64148, 64204, 64257, 64308, 64357, 64405, 64450, 64494, 64536, 64576, 64614, 64652,
    64687, 64721, 64754, 64786, 64816, 64845, 64873, 64900, 64926, 64950, 64974, 64997, 65019,
    65039, 65060, 65079, 65097, 65115, 65132, 65149, 65164, 65179, 65194, 65208, 65221, 65234,
    65246, 65258, 65269, 65280, 65291, 65301, 65310, 65319, 65328, 65337, 65345, 65352, 65360,
    65367, 65374, 65381, 65387, 65393, 65399, 65404, 65410, 65415, 65420, 65425, 65429, 65433,
    65438, 65442, 65445, 65449, 65453, 65456, 65459, 65462, 65465, 65468, 65471, 65474, 65476,
    65479, 65481, 65483, 65485, 65488, 65489, 65491, 65493, 65495, 65497, 65498, 65500, 65501,
    65503, 65504, 65505, 65507, 65508, 65509, 65510, 65511, 65512, 65513, 65514, 65515, 65516,
    65517, 65517, 65518, 65519, 65520, 65520, 65521, 65522, 65522, 65523, 65523, 65524, 65524,
    65525, 65525, 65526, 65526, 65526, 65527, 65527, 65528, 65528, 65528, 65529, 65529, 65529,
    65529, 65530, 65530, 65530, 65530, 65531, 65531, 65531, 65531, 65531, 65532, 65532, 65532,
    65532, 65532, 65532, 65533, 65533, 65533, 65533, 65533, 65533, 65533, 65533, 65534, 65534,
    65534, 65534, 65534, 65534, 65534, 65534, 65534, 65534, 65535,
};
constexpr std::uint64_t kLastEntry = kLogistic.size() - 1;

// What lies between two entries is a line; `bits` of x are below the point.
std::int64_t logisticOf(std::uint64_t x, int bits) {
  const std::uint64_t place = x >> bits;
  const auto rest = static_cast<std::int64_t>(x & ((std::uint64_t{1} << bits) - 1));
  const std::int64_t from = kLogistic[place];
  return (from << bits) + rest * (kLogistic[place + 1] - from);
}

// The input is brought to 1/24 * 2^-9 a step, which makes its nine lowest bits the way between two
// entries of the table (eight for TANH, at twice the argument).
struct CurveParams {
  std::int64_t count = 0;
  std::int64_t multiplier = 0;
  int shift = 0;

  std::int64_t scaled(std::int16_t x) const {
    const std::int64_t half = shift > 0 ? std::int64_t{1} << (shift - 1) : 0;
    return (x * multiplier + half) >> shift;
  }
};

struct Logistic {
  static constexpr int kFreeShifts = 1;  // scales 2^-12

  static std::int16_t of(const CurveParams& params, std::int16_t word) {
    constexpr int kBits = 9;
    constexpr std::int64_t kOne = std::int64_t{1} << (16 + kBits);
    const std::int64_t x = params.scaled(word);
    const std::uint64_t size = static_cast<std::uint64_t>(std::abs(x));
    const std::int64_t above = (size >> kBits) >= kLastEntry ? std::int64_t{0x7fff} << (kBits + 1)
                                                             : logisticOf(size, kBits);
    constexpr std::int64_t kHalf = std::int64_t{1} << kBits;
    return static_cast<std::int16_t>((x >= 0 ? above + kHalf : kOne - above + kHalf - 1) >>
                                     (kBits + 1));
  }
};

struct Tanh {
  static constexpr int kFreeShifts = 2;  // scales 2^-12 and 2^-11

  static std::int16_t of(const CurveParams& params, std::int16_t word) {
    constexpr int kBits = 8;
    constexpr std::int64_t kHalf = std::int64_t{1} << (15 + kBits);  // what logistic(0) is
    const std::int64_t x = params.scaled(word);
    const std::uint64_t size = static_cast<std::uint64_t>(std::abs(x));
    const std::int64_t above =
        (size >> kBits) >= kLastEntry ? std::int64_t{0xffff} << kBits : logisticOf(size, kBits);
    constexpr std::int64_t kRounding = std::int64_t{1} << (kBits - 1);
    return static_cast<std::int16_t>(
        (x >= 0 ? above - kHalf + kRounding : kHalf - above + kRounding - 1) >> kBits);
  }
};

template <typename Curve>
void runCurve(const CurveParams& params, const KernelIo& io) noexcept {
  const auto* in = io.in<std::int16_t>(0);
  auto* out = io.out<std::int16_t>(0);
  for (std::int64_t i = 0; i < params.count; ++i) out[i] = Curve::of(params, in[i]);
}

std::int64_t countOf(const NodeView& node) {
  return static_cast<std::int64_t>(elementCount(node.input(0).shape));
}

template <typename Curve>
[[gnu::cold]] Checked<PreparedNode> prepareCurve(const NodeView& node) {
  PRIMER_TRY(checkActivation(node));
  CurveParams params;
  params.count = countOf(node);
  const float scale = node.input(0).quantization().scale();
  constexpr double kSteps = 3.0 * 4096.0;
  const auto exponent = powerOfTwo(scale);
  const int left = exponent ? 12 + *exponent : -1;
  if (left >= 0 && left < Curve::kFreeShifts) {
    params.multiplier = std::int64_t{3} << left;
  } else {
    constexpr int kMostShift = 31;
    double multiplier = static_cast<double>(scale) * kSteps;
    while (multiplier <= 32767.0 / 2.0 && params.shift < kMostShift) {
      multiplier *= 2.0;
      ++params.shift;
    }
    // Outside, products leave 32 bits or nothing is left of the scale.
    if (!(multiplier >= 1.0 && multiplier <= 65535.0)) {
      return node.unsupported("input-scale", "too large or too small for int16");
    }
    params.multiplier = static_cast<std::int64_t>(multiplier);
  }
  return inPlace(makePrepared<runCurve<Curve>>(params));
}

struct ReluParams {
  std::int64_t count = 0;
  std::int32_t input_zero_point = 0;
  std::int32_t output_zero_point = 0;
  DoubleRounding rounding;
  IntegerRange range;
};

void runRelu(const ReluParams& params, const KernelIo& io) noexcept {
  const auto* in = io.in<std::int16_t>(0);
  auto* out = io.out<std::int16_t>(0);
  for (std::int64_t i = 0; i < params.count; ++i) {
    const std::int32_t scaled = params.rounding(in[i] - params.input_zero_point);
    out[i] = static_cast<std::int16_t>(std::clamp(wrappingAdd(scaled, params.output_zero_point),
                                                  params.range.low, params.range.high));
  }
}

template <tflite::ActivationFunctionType kActivation>
[[gnu::cold]] Checked<PreparedNode> prepareRelu(const NodeView& node) {
  PRIMER_TRY(checkActivation(node));
  const auto& in = node.input(0).quantization();
  const auto& out = node.output(0).quantization();
  ReluParams params;
  params.count = countOf(node);
  params.input_zero_point = static_cast<std::int32_t>(in.zeroPoint());
  params.output_zero_point = static_cast<std::int32_t>(out.zeroPoint());
  params.rounding =
      DoubleRounding(quantizeMultiplier(static_cast<double>(in.scale() / out.scale())));
  params.range = activationRange(kActivation, node.output(0));
  return inPlace(makePrepared<runRelu>(params));
}

constexpr KernelRow row(BuiltinOperator op, Checked<PreparedNode> (*prepare)(const NodeView&)) {
  return {op, ElementType::kInt16, {}, ElementType::kInt16, prepare};
}
constexpr std::array kRows = {
    row(BuiltinOperator::LOGISTIC, prepareCurve<Logistic>),
    row(BuiltinOperator::TANH, prepareCurve<Tanh>),
    row(BuiltinOperator::RELU, prepareRelu<tflite::ActivationFunctionType::RELU>),
    row(BuiltinOperator::RELU6, prepareRelu<tflite::ActivationFunctionType::RELU6>),
};

}  // namespace

std::span<const KernelRow> wordElementwiseRows() { return kRows; }

}  // namespace primer::inference::reference
