#pragma once

// An exact fraction. Small ones (both parts in 64 bits) are kept in place; larger ones become a
// Boost cpp_rational behind a pointer, so that no header of this room shows Boost.
//
// Invariant: always in lowest terms, denominator above 0. Values are immutable in effect and may be
// shared between threads.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace primer::maths {

class Rational {
 public:
  Rational() = default;
  Rational(std::int64_t whole) : n_(whole) { widen(); }  // NOLINT: a whole number is a fraction
  // `denominator` must not be 0.
  static Rational fraction(const Rational& numerator, const Rational& denominator);
  // Digits with at most one point: "12", "0.50", ".5". Nothing else, no sign.
  static std::optional<Rational> fromDigits(std::string_view digits);

  bool isZero() const { return !big_ && n_ == 0; }
  bool isInteger() const;
  int sign() const;
  Rational numerator() const;
  Rational denominator() const;
  Rational abs() const { return sign() < 0 ? -*this : *this; }
  // The largest whole number that is not above this.
  Rational floor() const;
  // Whole numbers that fit only.
  std::optional<std::int64_t> toInt() const;
  double toDouble() const;
  // Bits of the larger part: what bounds on size look at.
  std::size_t bits() const;

  Rational operator-() const;
  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b);
  friend Rational operator*(const Rational& a, const Rational& b);
  // `b` must not be 0.
  friend Rational operator/(const Rational& a, const Rational& b);
  friend bool operator==(const Rational& a, const Rational& b);
  friend bool operator!=(const Rational& a, const Rational& b) { return !(a == b); }
  friend bool operator<(const Rational& a, const Rational& b);
  friend bool operator>(const Rational& a, const Rational& b) { return b < a; }
  friend bool operator<=(const Rational& a, const Rational& b) { return !(b < a); }
  friend bool operator>=(const Rational& a, const Rational& b) { return !(a < b); }

  // To a whole power; a negative one needs a value that is not 0. Nothing where the result would
  // have more than `most_bits` bits.
  std::optional<Rational> power(std::int64_t exponent, std::size_t most_bits) const;
  // The exact root, where there is one.
  std::optional<Rational> root(int degree) const;

  // "7", "-7/3".
  std::string toString() const;
  // Digits after the point of the exact decimal, or nothing where it does not end.
  std::optional<int> decimalPlaces() const;
  // Rounded half away from zero to `places` digits after the point.
  Rational rounded(int places) const;
  // With exactly `places` digits after the point, rounded.
  std::string toDecimal(int places) const;
  // The parts modulo a prime below 2^63.
  std::uint64_t numeratorModulo(std::uint64_t prime) const;
  std::uint64_t denominatorModulo(std::uint64_t prime) const;

 private:
  struct Big;
  void widen();  // the one 64-bit value whose sign cannot be turned is kept as a large one
  static Rational from(Big&& big);
  static Rational reduced(std::int64_t n, std::int64_t d);  // d > 0, n not the lowest
  std::int64_t n_ = 0;
  std::int64_t d_ = 1;
  std::shared_ptr<const Big> big_;  // where set, the value; n_ and d_ mean nothing
  Big toBig() const;
};

// The greatest common divisor and least common multiple of whole numbers, never negative.
Rational gcd(const Rational& a, const Rational& b);
Rational lcm(const Rational& a, const Rational& b);

// Ten to a power of 0 or more.
Rational powerOfTen(int exponent);

}  // namespace primer::maths
