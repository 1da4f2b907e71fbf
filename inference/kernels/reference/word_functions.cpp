#include "kernels/reference/word_functions.h"

#include <algorithm>
#include <bit>

#include "kernels/reference/exponential.h"

namespace primer::inference::reference {
namespace {

constexpr std::int16_t kMost = std::numeric_limits<std::int16_t>::max();
constexpr int kWordBits = 15;  // below the sign

// A 32-bit constant of the library in 16 bits.
std::int16_t narrow(std::int32_t constant) {
  return static_cast<std::int16_t>(roundingDivideByPowerOfTwo(constant, 16));
}

std::int16_t cut(std::int32_t x) { return static_cast<std::int16_t>(x); }

}  // namespace

std::int16_t wordHighMul(std::int16_t a, std::int16_t b) {
  constexpr std::int16_t kLeast = std::numeric_limits<std::int16_t>::min();
  if (a == kLeast && b == kLeast) return kMost;
  const std::int32_t product = a * b;
  const std::int32_t nudge = product >= 0 ? (1 << 14) : (1 - (1 << 14));
  return cut((product + nudge) / (1 << 15));
}

std::int16_t wordShiftLeft(std::int16_t x, int bits) {
  return saturate<std::int16_t>(static_cast<std::int32_t>(x) * (1 << bits));
}

std::int16_t wordShiftRight(std::int16_t x, int bits) {
  return cut(roundingDivideByPowerOfTwo(x, bits));
}

namespace {

// exp(a) in Q(0) for a in [-1/4, 0), Q(0): a Taylor polynomial around -1/8.
std::int16_t wordExpNearZero(std::int16_t a) {
  const std::int16_t exp_of_minus_one_eighth = narrow(1895147668);
  const std::int16_t one_third = narrow(715827883);
  const std::int16_t x = cut(a + (1 << (kWordBits - 3)));
  const std::int16_t x2 = wordHighMul(x, x);
  const std::int16_t x3 = wordHighMul(x2, x);
  const std::int16_t x4_over_4 = wordShiftRight(wordHighMul(x2, x2), 2);
  const std::int16_t higher =
      wordShiftRight(cut(wordHighMul(cut(x4_over_4 + x3), one_third) + x2), 1);
  return saturate<std::int16_t>(exp_of_minus_one_eighth +
                                wordHighMul(exp_of_minus_one_eighth, cut(x + higher)));
}

// exp(a) in Q(0) for a <= 0 in Q(integer_bits).
std::int16_t wordExpOfNegative(std::int16_t a, int integer_bits) {
  // exp(-2^e) in Q(0) for e = -2 .. 4.
  constexpr std::int32_t kFactors[] = {1672461947, 1302514674, 790015084, 290630308,
                                       39332535,   720401,     242};
  constexpr int kFirstExponent = -2;
  if (a == 0) return kMost;
  const int fraction = kWordBits - integer_bits;
  const auto quarter = static_cast<std::int16_t>(1 << (fraction - 2));
  const std::int16_t below_quarter = cut((a & (quarter - 1)) - quarter);
  std::int16_t result = wordExpNearZero(wordShiftLeft(below_quarter, integer_bits));
  const std::int16_t quarters = cut(below_quarter - a);
  for (int e = 0; e < 7 && e + kFirstExponent < integer_bits; ++e) {
    if ((quarters & (1 << (fraction + e + kFirstExponent))) != 0) {
      result = wordHighMul(result, narrow(kFactors[e]));
    }
  }
  if (integer_bits > 5 && a < -(32 * (1 << fraction))) return 0;
  return result;
}

// 2 / (1 + a) in Q(2) for a in [0, 1), Q(0): three steps of Newton and Raphson.
std::int16_t wordTwiceReciprocalOfOnePlus(std::int16_t a) {
  const std::int32_t sum = a + kMost;
  const std::int16_t half = cut((sum + (sum >= 0 ? 1 : -1)) / 2);
  std::int16_t x =
      cut(narrow(1515870810) + wordHighMul(half, narrow(-1010580540)));  // 48/17, -32/17
  for (int step = 0; step < 3; ++step) {
    const std::int16_t error = cut((1 << (kWordBits - 2)) - wordHighMul(half, x));
    x = cut(x + wordShiftLeft(wordHighMul(x, error), 2));
  }
  return x;
}

}  // namespace

std::int16_t wordLogistic(std::int16_t x) {
  constexpr int kIntegerBits = 3;
  if (x == 0) return 1 << (kWordBits - 1);
  const std::int16_t negative = x > 0 ? cut(-x) : x;
  // Halved it is in Q(1).
  const std::int16_t above =
      wordShiftLeft(wordTwiceReciprocalOfOnePlus(wordExpOfNegative(negative, kIntegerBits)), 1);
  return x > 0 ? above : cut(kMost - above);
}

std::int16_t wordTanh(std::int16_t x, int integer_bits) {
  if (x == 0) return 0;
  const std::int16_t negative = x < 0 ? x : cut(-x);
  // exp(2x): twice x is the same bits with one more of them above the point.
  const std::int16_t exponential = wordExpOfNegative(negative, integer_bits + 1);
  const std::int16_t one = 1 << (kWordBits - 2);
  const std::int16_t magnitude =
      wordShiftLeft(cut(wordTwiceReciprocalOfOnePlus(exponential) - one), 2);
  return x < 0 ? cut(-magnitude) : magnitude;
}

template <typename Function>
WordTable::WordTable(const Function& function, std::int32_t mirror) : mirror_(mirror) {
  for (std::size_t i = 0; i < negative_.size(); ++i) {
    negative_[i] = function(static_cast<std::int16_t>(-static_cast<std::int32_t>(i)));
  }
}

const WordTable& WordTable::logistic() {
  static const WordTable table(wordLogistic, kMost);
  return table;
}

namespace {

template <int kIntegerBits>
const WordTable& tanhTable() {
  static const WordTable table([](std::int16_t x) { return wordTanh(x, kIntegerBits); }, 0);
  return table;
}

}  // namespace

const WordTable& WordTable::tanh(int integer_bits) {
  using Make = const WordTable& (*)();
  static constexpr Make kTables[] = {tanhTable<0>, tanhTable<1>, tanhTable<2>, tanhTable<3>,
                                     tanhTable<4>, tanhTable<5>, tanhTable<6>};
  return kTables[integer_bits]();
}

Multiplier inverseRootMultiplier(std::int32_t x) {
  if (x <= 1) return {std::numeric_limits<std::int32_t>::max(), 0};
  int shift = 11;
  while (x >= (1 << 29)) {
    x /= 4;
    ++shift;
  }
  const int pairs = (std::countl_zero(static_cast<std::uint32_t>(x)) - 1) / 2 - 1;
  shift -= pairs;
  x <<= 2 * pairs;
  // Newton and Raphson in Q(3).
  constexpr std::int32_t kHalfOfThree = (1 << 28) + (1 << 27);
  const std::int32_t half = roundingDivideByPowerOfTwo(x >> 1, 1);
  std::int32_t root = 1 << 28;
  for (int step = 0; step < 5; ++step) {
    const std::int32_t cube =
        saturatingShiftLeft(roundingDoublingHighMul(roundingDoublingHighMul(root, root), root), 6);
    root = saturatingShiftLeft(
        roundingDoublingHighMul(kHalfOfThree, root) - roundingDoublingHighMul(half, cube), 3);
  }
  constexpr std::int32_t kHalfOfRootTwo = 1518500250;  // Q(0)
  Multiplier result{roundingDoublingHighMul(root, kHalfOfRootTwo), -shift};
  if (shift < 0) {
    result.value = wrappingShiftLeft(result.value, -shift);
    result.shift = 0;
  }
  return result;
}

}  // namespace primer::inference::reference
