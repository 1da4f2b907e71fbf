#include "primer/maths/exercises.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "primer/maths/short_division.h"
#include "stories.h"

namespace primer::maths {

namespace {

std::string text(int value) { return std::to_string(value); }
// A number behind an operation: negative ones in brackets.
std::string operand(int value) { return value < 0 ? "(" + text(value) + ")" : text(value); }
// " + 3" or " - 3".
std::string plus(int value) {
  return (value < 0 ? " - " : " + ") + text(value < 0 ? -value : value);
}
std::string decimal(int digits, int places) {
  return Rational::fraction(digits, powerOfTen(places)).toDecimal(places);
}

int tens(int difficulty) { return difficulty == 1 ? 10 : difficulty == 2 ? 100 : 1000; }

// A fraction below 1 in lowest terms.
struct Part {
  int n;
  int d;
};
Part part(Dice& dice, int most) {
  Part p{};
  p.d = dice.from(2, most);
  do {
    p.n = dice.from(1, p.d - 1);
  } while (std::gcd(p.n, p.d) != 1);
  return p;
}
std::string text(const Part& p) { return text(p.n) + "/" + text(p.d); }

int partsOf(int level) { return level == 1 ? 6 : level == 2 ? 10 : 12; }

std::string addition(Dice& d, int level) {
  const int size = tens(level) * 10;
  return text(d.from(size / 10, size - 1)) + " + " + text(d.from(size / 10, size - 1));
}
std::string subtraction(Dice& d, int level) {
  const int size = tens(level) * 10;
  const int a = d.from(size / 5, size - 1);
  return text(a) + " - " + text(d.from(1, a));
}
std::string multiplication(Dice& d, int level) {
  const int second = level == 1 ? d.from(2, 9) : d.from(11, level == 2 ? 40 : 99);
  return text(d.from(11, level == 3 ? 999 : 99)) + " × " + text(second);
}
std::string facts(Dice& d, int level) {
  return text(d.from(2, level == 1 ? 5 : 9)) + " × " + text(d.from(2, level == 3 ? 12 : 9));
}
std::string division(Dice& d, int level) {
  const int divisor = d.from(2, level == 3 ? 24 : 9);
  return text(divisor * d.from(level == 1 ? 2 : 11, tens(level))) + " ÷ " + text(divisor);
}
// Divisions that leave something over on the way; `over`: at the end too. At the hardest level
// every other quotient has a zero.
std::string divisionUnderBracket(Dice& d, int level, bool over) {
  for (;;) {
    const int divisor = d.from(2, level == 1 ? 8 : 9);
    const int most = level == 1 ? 99 : level == 2 || over ? 999 : 9999;
    const int least = level == 1 ? 10 : 100;
    int quotient = d.from(level == 1 ? 11 : (least + divisor - 1) / divisor, most / divisor);
    if (level == 3 && d.from(0, 1) == 0) quotient = quotient / 100 * 100 + quotient % 10;
    const int dividend = quotient * divisor + (over ? d.from(1, divisor - 1) : 0);
    const ShortDivision division{text(dividend), divisor, over};
    if (dividend < least || dividend > most) continue;
    const auto steps = divisionSteps(division);
    const bool carries = std::any_of(steps.begin(), steps.end(), [](const DivisionStep& step) {
      return step.column > 0 && step.rest > 0;
    });
    if (carries) return division.dividend + " ÷ " + text(divisor) + (over ? " with remainder" : "");
  }
}
std::string shortDivision(Dice& d, int level) { return divisionUnderBracket(d, level, false); }
std::string shortDivisionOver(Dice& d, int level) { return divisionUnderBracket(d, level, true); }
std::string fractionAdd(Dice& d, int level) {
  const Part a = part(d, partsOf(level));
  Part b = part(d, partsOf(level));
  if (level == 1) b = {d.from(1, a.d - 1), a.d};
  return text(a) + " + " + text(b);
}
std::string fractionSubtract(Dice& d, int level) {
  Part a = part(d, partsOf(level));
  Part b = part(d, partsOf(level));
  if (a.n * b.d < b.n * a.d) std::swap(a, b);
  return text(a) + " - " + text(b);
}
std::string fractionMultiply(Dice& d, int level) {
  const Part a = part(d, partsOf(level));
  return (level == 1 ? text(d.from(2, 9)) : text(part(d, partsOf(level)))) + " × " + text(a);
}
std::string fractionDivide(Dice& d, int level) {
  return text(part(d, partsOf(level))) + " ÷ " + text(part(d, partsOf(level)));
}
std::string fractionReduce(Dice& d, int level) {
  const Part p = part(d, partsOf(level));
  const int k = d.from(2, 4 * level);
  return "Simplify " + text(p.n * k) + "/" + text(p.d * k);
}
std::string mixedSubtract(Dice& d, int level) {
  const Part a = part(d, partsOf(level));
  const Part b = level == 1 ? Part{d.from(1, a.d - 1), a.d} : part(d, partsOf(level));
  return text(d.from(5, 9)) + " " + text(a) + " - " + text(d.from(1, 4)) + " " + text(b);
}
std::string compareFractions(Dice& d, int level) {
  return text(part(d, partsOf(level))) + " ? " + text(part(d, partsOf(level)));
}
std::string compareDecimals(Dice& d, int level) {
  return decimal(d.from(1, 99), level == 1 ? 1 : 2) + " ? " +
         decimal(d.from(1, 999), level == 3 ? 3 : 1);
}
std::string decimalAdd(Dice& d, int level) {
  return decimal(d.from(1, 99), 1) + " + " + decimal(d.from(1, 999), level);
}
std::string decimalMultiply(Dice& d, int level) {
  return decimal(d.from(1, 9 * level), 1) + " × " + decimal(d.from(1, 9), 1);
}
std::string percentOf(Dice& d, int level) {
  const int share = level == 1 ? 10 * d.from(1, 9) : level == 2 ? 5 * d.from(1, 19) : d.from(1, 99);
  return text(share) + "% of " + text(20 * d.from(1, 20));
}
std::string ratio(Dice& d, int level) {
  const int a = d.from(2, 5 * level);
  const int b = d.from(2, 5 * level);
  return text(a) + ":" + text(b) + " = " + text(a * d.from(2, 6)) + ":x";
}
std::string negatives(Dice& d, int level) {
  const int size = level == 1 ? 10 : 10 * level;
  const int a = d.signedFrom(1, size);
  return text(a) + (d.from(0, 1) == 0 ? " + " : " - ") + operand(d.signedFrom(1, size));
}
std::string orderOfOperations(Dice& d, int level) {
  const std::string start = text(d.from(10, 30)) + (d.from(0, 1) == 0 ? " + " : " - ");
  const std::string middle = text(d.from(2, 5)) + " × " + text(d.from(2, 5));
  if (level == 1) return start + middle;
  if (level == 2) return start + middle + " + " + text(d.from(1, 9));
  return start + "(" + text(d.from(2, 5)) + " + " + text(d.from(1, 4)) + ") × " +
         text(d.from(2, 4));
}
std::string powers(Dice& d, int level) {
  const std::string p =
      text(d.from(2, level == 1 ? 5 : 9)) + "^" + text(d.from(2, level == 1 ? 2 : 3));
  return level == 3 ? "-" + p : p;
}
std::string expand(Dice& d, int level) {
  const std::string bracket =
      "(" + (level == 1 ? "" : text(d.from(2, 5))) + "x" + plus(d.signedFrom(1, 9)) + ")";
  if (level == 3) return "Expand -" + text(d.from(2, 6)) + bracket;
  return "Expand " + text(d.from(2, 9)) + bracket;
}
std::string factorise(Dice& d, int level) {
  const int a = d.signedFrom(1, 6);
  const int b = d.signedFrom(1, 6);
  if (level == 1) {
    const int k = d.from(2, 6);
    return "Factorise " + text(k) + "x" + plus(k * a);
  }
  if (a + b == 0) return "Factorise x^2" + plus(a * b);
  const int middle = a + b;
  const std::string x = middle == 1 ? " + x" : middle == -1 ? " - x" : plus(middle) + "x";
  return "Factorise x^2" + x + plus(a * b);
}
std::string collect(Dice& d, int level) {
  std::string e =
      text(d.from(2, 9)) + "x" + plus(d.signedFrom(1, 9)) + plus(d.signedFrom(2, 9)) + "x";
  if (level > 1) e += plus(d.signedFrom(1, 9));
  return "Simplify " + e;
}
std::string linear(Dice& d, int level) {
  const int a = d.from(2, 9);
  const int x = level == 1 ? d.from(1, 9) : d.signedFrom(1, 9);
  const int b = d.signedFrom(1, 9);
  if (level < 3) return text(a) + "x" + plus(b) + " = " + text(a * x + b);
  const int c = a + d.from(1, 5);
  return text(a) + "x" + plus(b) + " = " + text(c) + "x" +
         plus((a - c) * x + b == 0 ? 0 : (a - c) * x + b);
}
std::string brackets(Dice& d, int level) {
  const int a = d.from(2, 3 + 2 * level);
  const int b = d.signedFrom(1, 9);
  return text(a) + "(x" + plus(b) + ") = " + text(a * (d.from(1, 9) + b));
}
std::string inequality(Dice& d, int level) {
  const int a = level == 3 ? -d.from(2, 6) : d.from(2, 6);
  const int b = d.signedFrom(1, 9);
  return text(a) + "x" + plus(b) + (d.from(0, 1) == 0 ? " < " : " ≥ ") + text(a * d.from(1, 9) + b);
}
std::string quadratic(Dice& d, int level) {
  const int a = d.from(1, 4 + level);
  const int b = level == 1 ? -a : d.signedFrom(1, 4 + level);
  if (a + b == 0) return "x^2 = " + text(a * a);
  const int middle = a + b;
  const std::string x = middle == 1 ? " + x" : middle == -1 ? " - x" : plus(middle) + "x";
  return "x^2" + x + plus(a * b) + " = 0";
}
std::string system(Dice& d, int level) {
  const int x = d.from(1, 5 * level);
  const int y = d.from(1, 5 * level);
  const int k = d.from(1, level);
  const std::string first = (k == 1 ? "" : text(k)) + "x + y = " + text(k * x + y);
  return first + ", x - y = " + text(x - y);
}
std::string formula(Dice& d, int level) {
  const int k = d.from(2, 3 * level);
  return "Make x the subject: y = " + text(k) + "x" + plus(d.signedFrom(1, 9));
}

struct Recipe {
  ExerciseKind kind;
  std::string (*make)(Dice&, int) = nullptr;
  ProblemSource (*tell)(Dice&, int) = nullptr;  // in place of it, where there are words
};

const std::vector<Recipe>& recipes() {
  static const std::vector<Recipe> all = {
      {{"facts", "multiplication facts", {}, {"multiply-zero-identity"}}, facts},
      {{"add", "adding in columns", {}, {"add-no-carry", "add-carry-dropped", "add-misaligned"}},
       addition},
      {{"subtract",
        "subtracting in columns",
        {"add"},
        {"subtract-smaller-from-larger", "subtract-borrow-no-decrement",
         "subtract-borrow-from-zero", "subtract-zero-minus-n", "subtract-borrow-across-zero",
         "subtract-stops-at-zero"}},
       subtraction},
      {{"multiply",
        "multiplying in columns",
        {"facts", "add"},
        {"multiply-carry-before", "multiply-carry-dropped", "multiply-no-shift"}},
       multiplication},
      {{"divide", "dividing", {"facts", "subtract"}, {"divide-zero-omitted"}}, division},
      {{"short-division",
        "short division",
        {"facts", "subtract"},
        {"divide-remainder-not-carried", "divide-zero-omitted", "divide-digits-separately"}},
       shortDivision},
      {{"short-division-remainder",
        "short division with remainder",
        {"short-division"},
        {"divide-remainder-not-carried", "divide-remainder-too-large", "divide-zero-omitted"}},
       shortDivisionOver},
      {{"order", "order of operations", {"facts"}, {"order-left-to-right", "order-acronym"}},
       orderOfOperations},
      {{"power", "powers", {"facts"}, {"power-as-product", "power-of-negative"}}, powers},
      {{"negative",
        "adding and subtracting negative numbers",
        {"subtract"},
        {"integer-sign-guessed", "integer-two-negatives-positive"}},
       negatives},
      {{"fraction-reduce", "lowest terms", {"divide"}, {"fraction-cancel-one"}}, fractionReduce},
      {{"fraction-compare",
        "comparing fractions",
        {"fraction-reduce"},
        {"fraction-natural-number-bias"}},
       compareFractions},
      {{"fraction-add",
        "adding fractions",
        {"fraction-reduce"},
        {"fraction-add-across", "fraction-numerators-kept"}},
       fractionAdd},
      {{"fraction-subtract", "subtracting fractions", {"fraction-add"}, {"fraction-add-across"}},
       fractionSubtract},
      {{"fraction-multiply", "multiplying fractions", {"fraction-reduce"}, {"fraction-times-both"}},
       fractionMultiply},
      {{"fraction-divide",
        "dividing fractions",
        {"fraction-multiply"},
        {"fraction-divide-inverts-wrong"}},
       fractionDivide},
      {{"mixed-subtract",
        "subtracting mixed numbers",
        {"fraction-subtract"},
        {"mixed-smaller-from-larger"}},
       mixedSubtract},
      {{"decimal-compare",
        "comparing decimals",
        {},
        {"decimal-longer-is-larger", "decimal-shorter-is-larger", "numeral-longer-is-larger"}},
       compareDecimals},
      {{"decimal-add", "adding decimals", {"add"}, {"decimal-point-separate", "add-misaligned"}},
       decimalAdd},
      {{"decimal-multiply", "multiplying decimals", {"multiply"}, {"decimal-multiply-point"}},
       decimalMultiply},
      {{"percent", "percent of a number", {"decimal-multiply"}, {"percent-one-formula"}},
       percentOf},
      {{"ratio", "equal ratios", {"fraction-reduce"}, {"ratio-additive"}}, ratio},
      {{"collect", "like terms", {"negative"}, {"algebra-conjoin"}}, collect},
      {{"expand", "brackets", {"collect"}, {"distribute-partial", "distribute-negative"}}, expand},
      {{"factorise", "factorising", {"expand"}, {"cancel-terms"}}, factorise},
      {{"linear",
        "linear equations",
        {"collect"},
        {"equation-wrong-inverse", "equation-one-side", "equation-subtract-coefficient",
         "algebra-conjoin"}},
       linear},
      {{"linear-brackets", "equations with brackets", {"linear", "expand"}, {"distribute-partial"}},
       brackets},
      {{"inequality", "linear inequalities", {"linear"}, {"equation-one-side"}}, inequality},
      {{"quadratic", "quadratic equations", {"factorise", "linear"}, {"power-as-product"}},
       quadratic},
      {{"system", "two equations", {"linear"}, {"equation-one-side"}}, system},
      {{"formula", "changing the subject", {"linear"}, {"equation-wrong-inverse"}}, formula},
      {{"story-sum", "sums and differences in words", {"add", "subtract"}, {"add-carry-dropped"}},
       nullptr,
       tellSum},
      {{"story-product",
        "equal groups in words",
        {"multiply", "divide"},
        {"multiply-carry-dropped"}},
       nullptr,
       tellProduct},
      {{"story-ratio", "so many for so many", {"ratio"}, {"ratio-additive"}}, nullptr, tellRatio},
      {{"story-percent", "prices and percent", {"percent"}, {"percent-one-formula"}},
       nullptr,
       tellPercent},
      {{"story-equation", "a sentence as an equation", {"linear"}, {"algebra-reversal"}},
       nullptr,
       tellEquation},
      {{"story-letters", "a sentence as an expression", {"collect"}, {"algebra-letter-as-label"}},
       nullptr,
       tellLetters}};
  return all;
}

}  // namespace

const std::vector<ExerciseKind>& exerciseKinds() {
  static const std::vector<ExerciseKind> kinds = [] {
    std::vector<ExerciseKind> all;
    for (const auto& recipe : recipes()) all.push_back(recipe.kind);
    return all;
  }();
  return kinds;
}

Result<Exercise> makeExercise(std::string_view kind, int difficulty, std::uint64_t seed) {
  const auto& all = recipes();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Recipe& r) { return r.kind.name == kind; });
  if (found == all.end()) {
    return fail(ErrorCode::kNotFound, "no kind of exercise is called '" + std::string(kind) + "'");
  }
  Dice dice(seed);
  const int level = std::clamp(difficulty, 1, kHardest);
  Exercise exercise{found->kind.name, level, {}};
  if (found->tell != nullptr) {
    exercise.problem = found->tell(dice, level);
  } else {
    exercise.problem.text = found->make(dice, level);
  }
  return exercise;
}

}  // namespace primer::maths
