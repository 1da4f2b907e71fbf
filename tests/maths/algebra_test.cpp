#include "algebra.h"

#include <gtest/gtest.h>

#include "primer/maths/line.h"

namespace primer::maths {
namespace {

Expr read(const std::string& text) {
  ReadOptions options;
  options.split_runs = true;
  const auto line = readLine(text, options);
  EXPECT_EQ(line.state, ReadState::kRead) << text << ": " << line.message;
  return line.line.chains.at(0).members.at(0);
}

std::optional<bool> same(const std::string& a, const std::string& b) {
  Budget budget(std::chrono::seconds(1));
  return sameValue(read(a), read(b), budget);
}

TEST(Algebra, DecidesEquality) {
  const std::pair<const char*, const char*> equal[] = {
      {"3(x+4)", "3x+12"},
      {"(a+b)^2", "a^2+2ab+b^2"},
      {"(x+3)(x-3)/(x-3)", "x+3"},
      {"1/x + 1/y", "(x+y)/(xy)"},
      {"√12", "2√3"},
      {"√2 × √3", "√6"},
      {"1/√2", "√2/2"},
      {"1/(1+√2)", "√2 - 1"},
      {"(√5+1)(√5-1)", "4"},
      {"\\sqrt[3]{16}", "2\\sqrt[3]{2}"},
      {"√(4x+4)", "2√(x+1)"},
      {"√(x+1) × √(x+1)", "x+1"},
      {"x^5/x^2", "x^3"},
      {"2^n × 2^3", "2^{n+3}"},
      {"4^n", "2^{2n}"},
      {"20% of 50", "10"},
      {"5 1/4 - 2 3/4", "2.5"},
      {"2π + 3π", "5π"},
      {"0.1 + 0.2", "3/10"},
      {"(x^2-1)/(x-1)", "x+1"},
      {"π × 3^2", "9π"},
  };
  for (const auto& [a, b] : equal) EXPECT_EQ(same(a, b), true) << a << " = " << b;
  const std::pair<const char*, const char*> different[] = {
      {"3(x+4)", "3x+4"}, {"(a+b)^2", "a^2+b^2"},  {"√(9+x)", "3+√x"},
      {"√2 + √3", "√5"},  {"π", "3.14"},           {"π", "22/7"},
      {"-3^2", "9"},      {"2^n × 2^3", "2^{3n}"}, {"1/x + 1/y", "2/(x+y)"},
      {"0.333", "1/3"},
  };
  for (const auto& [a, b] : different) EXPECT_EQ(same(a, b), false) << a << " = " << b;
}

TEST(Algebra, WhatHasNoNormalFormIsNotCalledDifferent) {
  EXPECT_EQ(same("1/(x-x)", "1"), std::nullopt);
  EXPECT_EQ(same("10^10^10 + x", "x"), std::nullopt);
  EXPECT_EQ(same("(a+b+c+d+f+g+h)^90", "1"), std::nullopt);
}

TEST(Algebra, ABudgetEndsTheWork) {
  Budget budget(std::chrono::microseconds(1));
  EXPECT_THROW(sameValue(read("(a+b+c)^12"), read("(a+b+c)^11"), budget), BudgetSpent);
}

}  // namespace
}  // namespace primer::maths
