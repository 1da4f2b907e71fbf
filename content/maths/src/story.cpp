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

std::string_view keyInWords(const Problem& problem, const Expr& goal, const Expr& end) {
  if (end->has_letters) {
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
