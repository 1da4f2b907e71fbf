#include "story.h"

#include <cctype>

#include "algebra.h"
#include "rules.h"

namespace primer::maths {

namespace {

// Whether the text has "3 a..." for a coefficient of 3 and the letter a.
bool countedThing(const Problem& problem, const Rational& count, const std::string& letter) {
  const std::string digits = count.toString() + " ";
  const std::string& text = problem.text;
  for (auto at = text.find(digits); at != std::string::npos; at = text.find(digits, at + 1)) {
    if (at > 0 && std::isdigit(static_cast<unsigned char>(text[at - 1])) != 0) continue;
    // The thing may stand behind an adjective: "3 red apples".
    std::size_t i = at + digits.size();
    for (int word = 0; word < 2 && i < text.size(); ++word) {
      if (std::tolower(static_cast<unsigned char>(text[i])) ==
          std::tolower(static_cast<unsigned char>(letter[0]))) {
        return true;
      }
      while (i < text.size() && text[i] != ' ') ++i;
      while (i < text.size() && text[i] == ' ') ++i;
    }
  }
  return false;
}

// n + 5n for n + 5: five of the things.
bool joinsNumberToLetter(const Expr& goal, const Expr& written) {
  const auto letters = maths::lettersOf(goal);
  if (letters.size() != 1 || goal->kind != Kind::kSum) return false;
  std::vector<Expr> terms;
  for (const auto& term : goal->children) {
    terms.push_back(term->value ? termFrom(*term->value, symbol(*letters.begin())) : term);
  }
  Budget budget(std::chrono::milliseconds(2));
  return sameValue(sum(std::move(terms)), written, budget).value_or(false);
}

}  // namespace

bool isLabelUse(const Problem& problem, const Chain& chain) {
  for (const auto& member : chain.members) {
    for (const auto& term : termsOf(member)) {
      const Term t = termOf(term);
      if (!t.letters || !isSymbol(t.letters)) continue;
      if (countedThing(problem, t.coefficient, t.letters->text)) return true;
    }
  }
  return false;
}

bool comesOfTheText(const Problem& problem, const Rational& value) {
  const auto& n = problem.numbers;
  for (std::size_t i = 0; i < n.size(); ++i) {
    for (std::size_t j = 0; j < n.size(); ++j) {
      if (i == j) continue;
      if (value == n[i] + n[j] || value == n[i] - n[j] || value == n[i] * n[j]) return true;
      if (!n[j].isZero() && value == n[i] / n[j]) return true;
    }
  }
  return false;
}

bool isMiscopied(const Problem& problem, const Expr& calculation) {
  std::vector<Rational> left = problem.numbers;
  std::vector<Rational> foreign;
  for (const auto& part : calculation->children) {
    if (!isNumber(part) || !part->value) return false;
    const auto at = std::find(left.begin(), left.end(), *part->value);
    if (at == left.end()) {
      foreign.push_back(*part->value);
    } else {
      left.erase(at);
    }
  }
  if (foreign.size() != 1) return false;
  const std::string digits = foreign[0].toString();
  return std::any_of(left.begin(), left.end(), [&](const Rational& n) {
    const std::string own = n.toString();
    return own != digits && own.size() == digits.size() &&
           std::is_permutation(own.begin(), own.end(), digits.begin());
  });
}

std::optional<Expr> calculationOf(const Problem& problem, const Expr& goal) {
  if (!goal->value) return std::nullopt;
  const auto& n = problem.numbers;
  for (std::size_t i = 0; i < n.size(); ++i) {
    for (std::size_t j = 0; j < n.size(); ++j) {
      if (i == j) continue;
      const Expr a = number(n[i]);
      const Expr b = number(n[j]);
      std::vector<Expr> all = {sum({a, negate(b)}), quotient(a, b, Mark::kDivide)};
      if (i < j) all.insert(all.begin(), {sum({a, b}), product({a, b})});
      for (const auto& e : all) {
        if (e->value && *e->value == *goal->value) return e;
      }
    }
  }
  return std::nullopt;
}

std::optional<Expr> toldCalculation(const Problem& problem) {
  const Expr& goal = problem.line.chains.back().members.back();
  if (auto calculation = calculationOf(problem, goal)) return calculation;
  std::vector<Expr> n;
  for (const auto& value : problem.numbers) n.push_back(number(value));
  std::vector<Expr> tries;
  if (n.size() == 2) {
    tries = {product({percent(n[0]), n[1]}, Mark::kOf), product({percent(n[1]), n[0]}, Mark::kOf)};
  } else if (n.size() == 3) {
    tries = {quotient(product({n[1], n[2]}), n[0], Mark::kDivide),
             quotient(product({n[0], n[2]}), n[1], Mark::kDivide)};
  }
  for (const auto& e : tries) {
    if (goal->value && e->value == goal->value) return e;
  }
  return std::nullopt;
}

std::optional<Expr> turnedRound(const Expr& e) {
  if (e->kind == Kind::kQuotient) return quotient(e->children[1], e->children[0], e->mark);
  if (e->kind != Kind::kSum || e->children.size() != 2) return std::nullopt;
  const Expr& a = e->children[0];
  const Expr& b = e->children[1];
  if (a->kind == Kind::kNegate || b->kind != Kind::kNegate) return std::nullopt;
  return sum({b->children[0], negate(a)});
}

Expr withoutCounts(const Expr& e) {
  std::vector<Expr> terms;
  for (const auto& term : termsOf(e)) {
    const Term t = termOf(term);
    terms.push_back(t.letters ? termFrom(t.coefficient.sign() < 0 ? -1 : 1, t.letters) : term);
  }
  return sum(std::move(terms));
}

std::string_view keyInWords(const Problem& problem, const Expr& goal, const Expr& end) {
  if (end->has_letters) {
    Budget budget(std::chrono::milliseconds(2));
    const auto turned = turnedRound(goal);
    if (turned && sameValue(*turned, end, budget).value_or(false)) return "algebra-reversal";
    const Expr bare = withoutCounts(goal);
    if (!sameShape(bare, goal) && sameValue(bare, end, budget).value_or(false)) {
      return "algebra-letter-as-label";
    }
    Chain chain;
    chain.members.push_back(end);
    if (isLabelUse(problem, chain) || joinsNumberToLetter(goal, end)) {
      return "algebra-letter-as-label";
    }
    return {};
  }
  if (!end->value || !goal->value) return {};
  const auto& n = problem.numbers;
  for (std::size_t i = 0; i < n.size(); ++i) {
    for (std::size_t j = 0; j < n.size(); ++j) {
      for (std::size_t k = 0; k < n.size(); ++k) {
        if (i == j || j == k || i == k || n[i].isZero()) continue;
        // c·b/a is right, c + (b - a) was given.
        const bool proportional = *goal->value == n[k] * n[j] / n[i];
        if (proportional && *end->value == n[k] + n[j] - n[i]) {
          return "ratio-additive";
        }
      }
      // 20% of 50 as 50 ÷ 20.
      if (i != j && *goal->value == n[i] * n[j] / Rational(100) && !n[i].isZero() &&
          *end->value == n[j] / n[i]) {
        return "percent-one-formula";
      }
    }
  }
  return {};
}

}  // namespace primer::maths
