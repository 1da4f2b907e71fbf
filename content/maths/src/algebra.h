#pragma once

// The normal form by which equality is decided.
//
// An expression becomes a quotient of two polynomials with rational coefficients over generators:
// letters, π, primes under a root, and what cannot be broken up further. Powers of generators are
// rational; those of a prime are kept in [0, 1), so √2·√2 is 2 and 6/√2 is 3√2 at once. By
// Besicovitch (1940) products of roots of different primes are linearly independent over Q, so a
// polynomial over them is zero only where all its coefficients are; quotients are compared by
// cross-multiplying. What a school writes is thus decided, not sampled. Roots of sums are taken as
// generators by themselves, and √(x²) as x: there a true equality may be missed, or one that holds
// for x >= 0 accepted.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "budget.h"
#include "primer/maths/expression.h"

namespace primer::maths {

struct Exponent {
  std::int32_t n = 0;
  std::int32_t d = 1;
  friend bool operator==(Exponent a, Exponent b) { return a.n == b.n && a.d == b.d; }
  friend bool operator<(Exponent a, Exponent b) {
    return std::int64_t{a.n} * b.d < std::int64_t{b.n} * a.d;
  }
};

inline constexpr std::int32_t kHighestPower = 200;
// Throws NoNormalForm beyond kHighestPower.
Exponent plus(Exponent a, Exponent b);

// Generators and their powers, by generator.
using Monomial = std::vector<std::pair<int, Exponent>>;
using Poly = std::map<Monomial, Rational>;

struct Ratio {
  Poly top;
  Poly bottom;  // never zero; several terms, or the number 1
};

// Thrown where an expression has no normal form; caught at this room's edge.
struct NoNormalForm {
  bool undefined = false;  // a division by zero; otherwise too big, or a remainder
};

class Algebra {
 public:
  explicit Algebra(Budget& budget) : budget_(budget) {}

  // Throws NoNormalForm, BudgetSpent.
  Ratio of(const Expr& e);

  Ratio add(const Ratio& a, const Ratio& b);
  Ratio subtract(const Ratio& a, const Ratio& b);
  Ratio multiply(const Ratio& a, const Ratio& b);
  Ratio divide(const Ratio& a, const Ratio& b);
  bool equal(const Ratio& a, const Ratio& b);
  bool isZero(const Ratio& r) const { return r.top.empty(); }

  Poly multiply(const Poly& a, const Poly& b);
  static Poly constant(const Rational& value);
  static std::optional<Rational> constantOf(const Poly& p);

  // The generator of a letter, if it was met.
  int generator(const std::string& name);
  const std::string& nameOf(int generator) const {
    return names_[static_cast<std::size_t>(generator)].name;
  }
  bool isLetter(int generator) const {
    return names_[static_cast<std::size_t>(generator)].kind == GeneratorKind::kLetter;
  }
  // Letters with a power other than 0.
  std::vector<int> lettersIn(const Poly& p) const;
  // Coefficients by rising power, where `p` is a polynomial in that letter over Q and nothing else.
  std::optional<std::vector<Rational>> coefficients(const Poly& p, int letter) const;
  // Coefficients as polynomials in the rest; nothing where a power is negative or broken.
  std::optional<std::vector<Poly>> splitBy(const Poly& p, int letter) const;
  // A number p + s√q, where that is all there is.
  struct Surd {
    Rational rational;
    Rational square;  // q, 0 or more
    int sign = 1;
  };
  std::optional<Surd> surdOf(const Ratio& r);
  // Same up to a number that is not 0.
  bool proportional(const Poly& a, const Poly& b);

 private:
  enum class GeneratorKind : std::uint8_t { kLetter, kConstant, kPrime, kSum, kFree };
  struct Generator {
    std::string name;
    GeneratorKind kind;
    Rational prime;
    Poly sum;
  };

  int intern(const std::string& name, GeneratorKind kind, const Rational& prime, const Poly& sum);
  void addTo(Poly& p, const Monomial& m, const Rational& c);
  void addProduct(Poly& p, const Monomial& a, const Monomial& b, const Rational& c);
  Poly singleTerm(const Monomial& m, const Rational& c);
  Ratio make(Poly top, Poly bottom);
  Ratio powerOf(const Ratio& base, const Expr& exponent);
  Ratio wholePower(const Ratio& base, std::int64_t exponent);
  Ratio rootOf(const Ratio& r, int degree);
  Ratio rootOfPoly(const Poly& p, int degree);
  Ratio rootOfNumber(const Rational& value, int degree);
  Ratio freePower(const Ratio& base, const Ratio& exponent);
  std::vector<std::pair<Rational, int>> factors(const Rational& whole);
  std::string key(const Poly& p) const;

  Budget& budget_;
  std::vector<Generator> names_;
  std::map<std::string, int> by_name_;
};

// Whether two expressions are the same for all values of their letters. Nothing where that could
// not be decided (no normal form).
std::optional<bool> sameValue(const Expr& a, const Expr& b, Budget& budget);

}  // namespace primer::maths
