#pragma once

// Text with numbers in it: "{a - 1} × {b} is {(a - 1) * b}." Inside braces stand the sum's
// numbers (a, b, answer, larger, smaller), `sign`, where allowed `given` (the pupil's answer), and
// calculations with + - * / (whole part) % (remainder) and parentheses. Two braces {{ }} are one.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "primer/base/result.h"
#include "primer/content/lesson.h"

namespace primer::content {

struct TemplateValues {
  Sum sum;
  Operation operation = Operation::kAdd;
  std::string given;  // as read; empty where there is none
};

class Template {
 public:
  enum class Given : std::uint8_t { kAllowed, kForbidden };

  // kInvalidArgument says what is wrong.
  static Result<Template> parse(std::string_view text, Given given);

  // kInvalidArgument where a calculation divides by zero or comes to less than nothing.
  Result<std::string> render(const TemplateValues& values) const;

  // Whether {answer} stands in it, by itself or in a calculation.
  bool namesAnswer() const;

 private:
  enum class Name : std::uint8_t { kA, kB, kAnswer, kLarger, kSmaller };
  // One step of a calculation in reverse Polish order.
  using Step = std::variant<std::int64_t, Name, char>;
  struct Calculation {
    std::string text;
    std::vector<Step> steps;
  };
  struct Sign {};
  struct GivenAnswer {};
  using Piece = std::variant<std::string, Calculation, Sign, GivenAnswer>;

  class CalculationParser;
  static Result<std::int64_t> valueOf(const Calculation& calculation, const TemplateValues& values);
  static std::int64_t valueOf(Name name, const Sum& sum);

  std::vector<Piece> pieces_;
};

}  // namespace primer::content
