#include "primer/maths/rational.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <limits>
#include <numeric>

namespace primer::maths {

using boost::multiprecision::cpp_int;
using boost::multiprecision::cpp_rational;

struct Rational::Big {
  cpp_rational value;
};

namespace {

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();

bool fits(const cpp_int& value) {
  return value > kLowest && value <= std::numeric_limits<std::int64_t>::max();
}

cpp_int numeratorOf(const cpp_rational& value) { return boost::multiprecision::numerator(value); }
cpp_int denominatorOf(const cpp_rational& value) {
  return boost::multiprecision::denominator(value);
}

cpp_int floorOf(const cpp_rational& value) {
  const cpp_int n = numeratorOf(value);
  const cpp_int d = denominatorOf(value);
  cpp_int q = n / d;
  if (n < 0 && q * d != n) --q;
  return q;
}

// The whole number r with r^degree <= value < (r+1)^degree; value >= 0.
cpp_int integerRoot(const cpp_int& value, unsigned degree) {
  if (value < 2) return value;
  cpp_int low = 1;
  cpp_int high = cpp_int(1) << (boost::multiprecision::msb(value) / degree + 1);
  while (high - low > 1) {
    const cpp_int middle = (low + high) / 2;
    if (boost::multiprecision::pow(middle, degree) <= value) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace

void Rational::widen() {
  if (n_ == kLowest) big_ = std::make_shared<Big>(Big{cpp_rational(n_)});
}

Rational Rational::reduced(std::int64_t n, std::int64_t d) {
  const std::int64_t common = std::gcd(n, d);
  Rational result;
  result.n_ = n / common;
  result.d_ = d / common;
  return result;
}

Rational Rational::from(Big&& big) {
  const cpp_int n = numeratorOf(big.value);
  const cpp_int d = denominatorOf(big.value);
  Rational result;
  if (fits(n) && fits(d)) {
    result.n_ = static_cast<std::int64_t>(n);
    result.d_ = static_cast<std::int64_t>(d);
  } else {
    result.big_ = std::make_shared<Big>(std::move(big));
  }
  return result;
}

Rational::Big Rational::toBig() const {
  return big_ ? *big_ : Big{cpp_rational(cpp_int(n_), cpp_int(d_))};
}

Rational Rational::fraction(const Rational& numerator, const Rational& denominator) {
  return numerator / denominator;
}

std::optional<Rational> Rational::fromDigits(std::string_view digits) {
  cpp_int value = 0;
  int places = -1;
  bool any = false;
  for (const char c : digits) {
    if (c == '.' && places < 0) {
      places = 0;
    } else if (c >= '0' && c <= '9') {
      value = value * 10 + (c - '0');
      any = true;
      if (places >= 0) ++places;
    } else {
      return std::nullopt;
    }
  }
  if (!any) return std::nullopt;
  const cpp_int scale =
      boost::multiprecision::pow(cpp_int(10), static_cast<unsigned>(std::max(places, 0)));
  return from(Big{cpp_rational(value, scale)});
}

bool Rational::isInteger() const { return big_ ? denominatorOf(big_->value) == 1 : d_ == 1; }

int Rational::sign() const {
  if (big_) return big_->value.sign();
  return n_ > 0 ? 1 : n_ < 0 ? -1 : 0;
}

Rational Rational::numerator() const {
  return big_ ? from(Big{cpp_rational(numeratorOf(big_->value))}) : Rational(n_);
}
Rational Rational::denominator() const {
  return big_ ? from(Big{cpp_rational(denominatorOf(big_->value))}) : Rational(d_);
}

Rational Rational::floor() const {
  if (big_) return from(Big{cpp_rational(floorOf(big_->value))});
  return n_ >= 0 || n_ % d_ == 0 ? Rational(n_ / d_) : Rational(n_ / d_ - 1);
}

std::optional<std::int64_t> Rational::toInt() const {
  if (big_ || d_ != 1) return std::nullopt;
  return n_;
}

double Rational::toDouble() const {
  return big_ ? big_->value.convert_to<double>()
              : static_cast<double>(n_) / static_cast<double>(d_);
}

std::size_t Rational::bits() const {
  if (!big_) return 64;
  const cpp_int n = boost::multiprecision::abs(numeratorOf(big_->value));
  return 1 + std::max<std::size_t>(n == 0 ? 0 : boost::multiprecision::msb(n),
                                   boost::multiprecision::msb(denominatorOf(big_->value)));
}

Rational Rational::operator-() const {
  if (big_) return from(Big{cpp_rational(-big_->value)});
  Rational result = *this;
  result.n_ = -result.n_;
  return result;
}

Rational operator+(const Rational& a, const Rational& b) {
  if (!a.big_ && !b.big_) {
    std::int64_t left = 0;
    std::int64_t right = 0;
    std::int64_t n = 0;
    std::int64_t d = 0;
    if (!__builtin_mul_overflow(a.n_, b.d_, &left) && !__builtin_mul_overflow(b.n_, a.d_, &right) &&
        !__builtin_add_overflow(left, right, &n) && !__builtin_mul_overflow(a.d_, b.d_, &d) &&
        n != kLowest) {
      return Rational::reduced(n, d);
    }
  }
  return Rational::from({cpp_rational(a.toBig().value + b.toBig().value)});
}

Rational operator-(const Rational& a, const Rational& b) { return a + -b; }

Rational operator*(const Rational& a, const Rational& b) {
  if (!a.big_ && !b.big_) {
    std::int64_t n = 0;
    std::int64_t d = 0;
    if (!__builtin_mul_overflow(a.n_, b.n_, &n) && !__builtin_mul_overflow(a.d_, b.d_, &d) &&
        n != kLowest) {
      return Rational::reduced(n, d);
    }
  }
  return Rational::from({cpp_rational(a.toBig().value * b.toBig().value)});
}

Rational operator/(const Rational& a, const Rational& b) {
  if (!b.big_) {
    Rational inverse;
    inverse.n_ = b.n_ < 0 ? -b.d_ : b.d_;
    inverse.d_ = b.n_ < 0 ? -b.n_ : b.n_;
    return a * inverse;
  }
  return Rational::from({cpp_rational(a.toBig().value / b.toBig().value)});
}

bool operator==(const Rational& a, const Rational& b) {
  if (a.big_ && b.big_) return a.big_->value == b.big_->value;
  return !a.big_ && !b.big_ && a.n_ == b.n_ && a.d_ == b.d_;
}

bool operator<(const Rational& a, const Rational& b) {
  std::int64_t left = 0;
  std::int64_t right = 0;
  if (!a.big_ && !b.big_ && !__builtin_mul_overflow(a.n_, b.d_, &left) &&
      !__builtin_mul_overflow(b.n_, a.d_, &right)) {
    return left < right;
  }
  return a.toBig().value < b.toBig().value;
}

std::optional<Rational> Rational::power(std::int64_t exponent, std::size_t most_bits) const {
  if (exponent < 0 && isZero()) return std::nullopt;
  const auto size = static_cast<std::uint64_t>(exponent < 0 ? -(exponent + 1) : exponent) +
                    (exponent < 0 ? 1U : 0U);
  const bool unit = isInteger() && (isZero() || abs() == Rational(1));
  // Bits of the larger part, to the nearest, so that 2^100 is not taken for a 6400-bit number.
  std::size_t own = bits();
  if (!big_) {
    const auto largest = static_cast<std::uint64_t>(std::max(n_ < 0 ? -n_ : n_, d_));
    own = 64 - static_cast<std::size_t>(__builtin_clzll(largest));
  }
  if (!unit && size > most_bits / own + 1) return std::nullopt;
  Rational result = 1;
  Rational square = *this;
  for (auto left = unit ? size % 2 + (isZero() && size > 0 ? 1 : 0) : size; left > 0; left /= 2) {
    if (left % 2 == 1) result = result * square;
    if (left > 1) square = square * square;
  }
  if (result.bits() > std::max<std::size_t>(most_bits, 64)) return std::nullopt;
  return exponent < 0 ? Rational(1) / result : result;
}

std::optional<Rational> Rational::root(int degree) const {
  if (degree < 1 || (sign() < 0 && degree % 2 == 0)) return std::nullopt;
  const auto value = abs().toBig().value;
  const auto exponent = static_cast<unsigned>(degree);
  const cpp_int n = integerRoot(numeratorOf(value), exponent);
  const cpp_int d = integerRoot(denominatorOf(value), exponent);
  if (boost::multiprecision::pow(n, exponent) != numeratorOf(value) ||
      boost::multiprecision::pow(d, exponent) != denominatorOf(value)) {
    return std::nullopt;
  }
  const Rational result = from(Big{cpp_rational(n, d)});
  return sign() < 0 ? -result : result;
}

std::string Rational::toString() const {
  if (big_) return big_->value.str();
  return d_ == 1 ? std::to_string(n_) : std::to_string(n_) + "/" + std::to_string(d_);
}

std::optional<int> Rational::decimalPlaces() const {
  cpp_int rest = denominatorOf(toBig().value);
  int twos = 0;
  int fives = 0;
  for (; rest % 2 == 0; rest /= 2) ++twos;
  for (; rest % 5 == 0; rest /= 5) ++fives;
  if (rest != 1) return std::nullopt;
  return std::max(twos, fives);
}

Rational Rational::rounded(int places) const {
  const Rational scale = powerOfTen(places);
  const Rational shifted = (abs() * scale + fraction(1, 2)).floor() / scale;
  return sign() < 0 ? -shifted : shifted;
}

std::string Rational::toDecimal(int places) const {
  std::string digits = (rounded(places).abs() * powerOfTen(places)).toString();
  if (places > 0) {
    const auto count = static_cast<std::size_t>(places);
    if (digits.size() <= count) digits.insert(0, count + 1 - digits.size(), '0');
    digits.insert(digits.size() - count, ".");
  }
  return (rounded(places).sign() < 0 ? "-" : "") + digits;
}

std::uint64_t Rational::numeratorModulo(std::uint64_t prime) const {
  if (!big_) {
    const auto p = static_cast<std::int64_t>(prime);
    return static_cast<std::uint64_t>((n_ % p + p) % p);
  }
  cpp_int rest = numeratorOf(big_->value) % prime;
  if (rest < 0) rest += prime;
  return static_cast<std::uint64_t>(rest);
}

std::uint64_t Rational::denominatorModulo(std::uint64_t prime) const {
  if (!big_) return static_cast<std::uint64_t>(d_) % prime;
  return static_cast<std::uint64_t>(cpp_int(denominatorOf(big_->value) % prime));
}

Rational gcd(const Rational& a, const Rational& b) {
  Rational x = a.abs();
  Rational y = b.abs();
  while (!y.isZero()) {
    const Rational rest = x - (x / y).floor() * y;
    x = y;
    y = rest;
  }
  return x;
}

Rational lcm(const Rational& a, const Rational& b) {
  if (a.isZero() || b.isZero()) return 0;
  return (a * b).abs() / gcd(a, b);
}

Rational powerOfTen(int exponent) {
  return *Rational(10).power(exponent, static_cast<std::size_t>(exponent) * 4 + 64);
}

}  // namespace primer::maths
