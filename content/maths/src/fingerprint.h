#pragma once

// A quick sieve before equality is decided: expressions are worked out modulo a prime at fixed
// places. Different fingerprints prove a difference; equal ones are then decided exactly.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "primer/maths/expression.h"

namespace primer::maths {

class Fingerprint {
 public:
  // A quotient modulo the prime.
  struct Value {
    std::uint64_t top;
    std::uint64_t bottom;
  };
  // Letters stand for numbers drawn from their names, unless set.
  void set(const std::string& letter, const Rational& value) { places_[letter] = of(value); }
  // Nothing where there are roots, powers with letters, or a division by zero.
  std::optional<Value> of(const Expr& e) const;
  static bool same(const Value& a, const Value& b);

 private:
  static Value of(const Rational& value);
  std::map<std::string, Value> places_;
};

}  // namespace primer::maths
