#include "system_steps.h"

#include <algorithm>

namespace primer::maths {

namespace {

constexpr int kLargestFactor = 9;

std::set<std::string> lettersIn(const Link& link) {
  auto letters = lettersOf(link.left);
  letters.merge(lettersOf(link.right));
  return letters;
}

bool hasOneLetter(const Link& link) { return lettersIn(link).size() == 1; }

Link scaled(const Link& link, int factor, Budget& budget) {
  const auto times = [&](const Expr& side) {
    const Expr whole = product({numeral(std::to_string(factor)), bracketed(side)});
    return collected(whole, budget).value_or(whole);
  };
  return {times(link.left), link.relation, times(link.right)};
}

// The equations, one of them multiplied where that is needed, added or taken from one another so
// that one letter is left. Empty where no small factor does it.
std::vector<Link> eliminated(const Link& a, const Link& b, Budget& budget) {
  for (int factor = 1; factor <= kLargestFactor; ++factor) {
    for (const bool first : {true, false}) {
      const Link multiple = factor == 1 ? (first ? a : b) : scaled(first ? a : b, factor, budget);
      for (const bool minus : {false, true}) {
        const Link one = joined(multiple, first ? b : a, minus, budget);
        if (!hasOneLetter(one)) continue;
        return factor == 1 ? std::vector<Link>{one} : std::vector<Link>{multiple, one};
      }
    }
  }
  return {};
}

class Way {
 public:
  Way(const SystemState& state, Budget& budget)
      : state_(state), known_(state.found), budget_(budget) {}

  std::vector<LinkStep> steps() {
    if (known_.empty()) findFirst();
    for (const auto& [letter, value] : state_.point) {
      if (known_.count(letter) == 0) findByPuttingIn(letter);
    }
    return std::move(steps_);
  }

 private:
  void write(StepKind kind, const Link& link) { steps_.push_back({kind, {link}}); }

  // From an equation in one letter to its value.
  void finish(const Link& link) {
    const std::string letter = *lettersIn(link).begin();
    for (auto& step : stepsOf(link, letter, budget_)) steps_.push_back(std::move(step));
    know(letter);
  }

  const Expr& know(const std::string& letter) {
    const Rational& value = state_.point.at(letter);
    return known_[letter] = fractionOf(value.numerator(), value.denominator());
  }

  void findFirst() {
    const auto own = std::find_if(state_.newest.rbegin(), state_.newest.rend(), hasOneLetter);
    if (own != state_.newest.rend()) return finish(*own);
    const auto given = std::find_if(state_.given.begin(), state_.given.end(), hasOneLetter);
    if (given != state_.given.end()) return finish(*given);
    const auto& equations = state_.given;
    const auto way = equations.size() == 2 ? eliminated(equations[0], equations[1], budget_)
                                           : std::vector<Link>();
    for (const auto& link : way) write(StepKind::kEliminate, link);
    if (!way.empty()) return finish(way.back());
    const std::string& letter = state_.point.begin()->first;
    write(StepKind::kEliminate, {symbol(letter), Relation::kEqual, know(letter)});
  }

  void findByPuttingIn(const std::string& letter) {
    for (const auto& given : state_.given) {
      Link put = given;
      for (const auto& [name, value] : known_) {
        put.left = substitute(put.left, name, bracketed(value));
        put.right = substitute(put.right, name, bracketed(value));
      }
      const auto left = lettersIn(put);
      if (left.size() != 1 || left.count(letter) == 0) continue;
      write(StepKind::kSubstitute, put);
      return finish(put);
    }
    write(StepKind::kSubstitute, {symbol(letter), Relation::kEqual, know(letter)});
  }

  const SystemState& state_;
  std::map<std::string, Expr> known_;
  std::vector<LinkStep> steps_;
  Budget& budget_;
};

}  // namespace

Link joined(const Link& a, const Link& b, bool minus, Budget& budget) {
  const auto join = [&](const Expr& x, const Expr& y) {
    const Expr whole = sum({bracketed(x), minus ? negate(bracketed(y)) : bracketed(y)});
    return collected(whole, budget).value_or(whole);
  };
  return {join(a.left, b.left), a.relation, join(a.right, b.right)};
}

std::vector<LinkStep> stepsOf(const SystemState& state, Budget& budget) {
  return Way(state, budget).steps();
}

}  // namespace primer::maths
