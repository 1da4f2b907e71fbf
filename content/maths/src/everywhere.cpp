#include "everywhere.h"

#include <algorithm>

namespace primer::maths {

namespace {

constexpr int kDeepestPlace = 40;  // rules look no deeper into a tree

using Rebuild = std::function<Expr(const Expr&)>;

Expr rejoined(const Expr& node, std::vector<Expr> children) {
  if (node->kind == Kind::kSum && !node->bracketed) return sum(std::move(children));
  return withChildren(node, std::move(children));
}

void atEveryNode(const Expr& node, int depth, const Rebuild& rebuild,
                 const std::function<void(const Expr&, const Rebuild&)>& visit) {
  visit(node, rebuild);
  // A mixed number is one number.
  if (depth == 0 || node->kind == Kind::kMixed) return;
  for (std::size_t i = 0; i < node->children.size(); ++i) {
    const Rebuild inner = [&](const Expr& wrong) {
      std::vector<Expr> children = node->children;
      children[i] = wrong;
      return rebuild(rejoined(node, std::move(children)));
    };
    atEveryNode(node->children[i], depth - 1, inner, visit);
  }
}

std::vector<Rational> nearFacts(const Rational& value) {
  std::vector<Rational> near;
  for (const int delta : {1, -1, 2, -2}) near.push_back(value + Rational(delta));
  for (int k = 1; k <= 4; ++k) {
    if (value.abs() < powerOfTen(k)) break;
    near.push_back(value + powerOfTen(k));
    near.push_back(value - powerOfTen(k));
  }
  if (const auto places = value.decimalPlaces(); places && *places > 0 && *places < 6) {
    near.push_back(value + Rational(1) / powerOfTen(*places));
    near.push_back(value - Rational(1) / powerOfTen(*places));
  }
  return near;
}

// 12 as 21.
std::vector<Expr> swappedDigits(const std::string& digits) {
  std::vector<Expr> out;
  for (std::size_t i = 0; i + 1 < digits.size() && digits.size() < 12; ++i) {
    std::string swapped = digits;
    if (swapped[i] == swapped[i + 1] || swapped[i] == '.' || swapped[i + 1] == '.') continue;
    std::swap(swapped[i], swapped[i + 1]);
    out.push_back(numeral(swapped));
  }
  const auto point = digits.find('.');
  if (point != std::string::npos && point > 0 && point + 1 < digits.size()) {
    std::string swapped = digits;
    std::swap(swapped[point - 1], swapped[point + 1]);
    out.push_back(numeral(swapped));
  }
  return out;
}

std::vector<Expr> oneDigitOther(const std::string& digits) {
  std::vector<Expr> out;
  for (std::size_t i = 0; i < digits.size() && digits.size() < 8; ++i) {
    if (digits[i] == '.') continue;
    for (char d = '0'; d <= '9'; ++d) {
      if (d == digits[i]) continue;
      std::string other = digits;
      other[i] = d;
      out.push_back(numeral(other));
    }
  }
  return out;
}

// A product with one fact of the tables wrong: a·b where some digit product is one too many.
std::vector<Rational> nearProducts(const Rational& a, const Rational& b) {
  std::vector<Rational> near;
  const Rational right = a * b;
  const auto digitsOf = [](const Rational& value) {
    std::string text = value.abs().isInteger() ? value.abs().toString() : "";
    return text.size() > 6 ? std::string() : text;
  };
  for (const auto& [x, y] : {std::pair{a, b}, std::pair{b, a}}) {
    const std::string digits = digitsOf(x);
    for (std::size_t i = 0; i < digits.size(); ++i) {
      const Rational fact =
          Rational(digits[i] - '0') * powerOfTen(static_cast<int>(digits.size() - 1 - i));
      const std::string others = digitsOf(y);
      for (std::size_t j = 0; j < others.size(); ++j) {
        const Rational step = fact * powerOfTen(static_cast<int>(others.size() - 1 - j));
        near.push_back(right + step);
        near.push_back(right - step);
      }
    }
  }
  return near;
}

}  // namespace

void rewriteEverywhere(const Expr& root, Budget& budget, const WrongTree& visit) {
  atEveryNode(
      root, kDeepestPlace, [](const Expr& e) { return e; },
      [&](const Expr& node, const Rebuild& rebuild) {
        for (const auto rule : expressionRules()) {
          budget.spend(4);
          rule(node, [&](const Expr& wrong, std::string_view key, std::string_view second) {
            budget.spend(2);
            visit(rebuild(wrong), key, second);
          });
        }
      });
}

void rewriteEverywhere(const Link& link, Budget& budget, const WrongLink& visit) {
  for (const auto rule : equationRules()) {
    rule(link, [&](const Link& wrong, std::string_view key) {
      budget.spend(4);
      visit(wrong, key, "");
    });
  }
  rewriteEverywhere(link.left, budget,
                    [&](const Expr& wrong, std::string_view key, std::string_view second) {
                      visit({wrong, link.relation, link.right}, key, second);
                    });
  rewriteEverywhere(link.right, budget,
                    [&](const Expr& wrong, std::string_view key, std::string_view second) {
                      visit({link.left, link.relation, wrong}, key, second);
                    });
}

void slipEverywhere(const Expr& root, bool loose, Budget& budget,
                    const std::function<void(const Expr&)>& visit) {
  atEveryNode(
      root, kDeepestPlace, [](const Expr& e) { return e; },
      [&](const Expr& node, const Rebuild& rebuild) {
        const auto give = [&](const Expr& wrong) {
          budget.spend(3);
          visit(rebuild(wrong));
        };
        if (isNumber(node)) {
          if (loose) {
            for (const auto& other : oneDigitOther(node->text)) give(other);
          } else {
            for (const auto& swapped : swappedDigits(node->text)) give(swapped);
            give(negate(node));
          }
          return;
        }
        if (loose) return;
        if (node->kind == Kind::kNegate) give(node->children[0]);
        if (node->kind == Kind::kProduct && !node->value) give(negate(node));
        if (isSymbol(node)) give(negate(node));
        if (!node->value || node->kind == Kind::kNegate || isFraction(node)) return;
        for (const auto& near : nearFacts(*node->value)) give(number(near));
        if (node->value->isInteger()) {
          for (const auto& swapped : swappedDigits(node->value->abs().toString())) give(swapped);
        }
        if (node->kind == Kind::kProduct || node->kind == Kind::kSum) {
          // Each neighbouring pair by itself too: 2 + 3 + 4 with a wrong 2 + 3 changes the whole
          // alike.
          if (node->kind == Kind::kProduct && node->children[0]->value &&
              node->children[1]->value) {
            for (const auto& near :
                 nearProducts(*node->children[0]->value, *node->children[1]->value)) {
              std::vector<Expr> rest(node->children.begin() + 1, node->children.end());
              rest[0] = number(near);
              give(product(std::move(rest)));
            }
          }
        }
        give(negate(node));
      });
}

}  // namespace primer::maths
