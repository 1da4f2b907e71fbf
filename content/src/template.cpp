#include "template.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace primer::content {

namespace {

constexpr int kMaxDepth = 16;
constexpr std::size_t kMaxSteps = 64;
constexpr std::int64_t kMaxValue = 1'000'000'000;

bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

Error invalid(const std::string& what) { return Error(ErrorCode::kInvalidArgument, what); }

}  // namespace

// expression: term { (+|-) term } ; term: factor { (*|/|%) factor } ; factor: number | name | ( )
class Template::CalculationParser {
 public:
  explicit CalculationParser(std::string_view text) : text_(text) {}

  Result<Calculation> parse() {
    PRIMER_TRY(expression(0));
    if (peek() != '\0') return fail(unexpected());
    if (steps_.size() > kMaxSteps) {
      return fail(invalid("the calculation {" + std::string(text_) + "} is too long"));
    }
    return Calculation{std::string(text_), std::move(steps_)};
  }

 private:
  char peek() {
    while (position_ < text_.size() && text_[position_] == ' ') ++position_;
    return position_ < text_.size() ? text_[position_] : '\0';
  }

  Error unexpected() {
    const char found = peek();
    const std::string what =
        found == '\0' ? "it ends too early" : "\"" + std::string(text_.substr(position_)) + "\"";
    return invalid("cannot understand {" + std::string(text_) + "}: " + what);
  }

  Status expression(int depth) {
    PRIMER_TRY(term(depth));
    while (peek() == '+' || peek() == '-') {
      const char sign = text_[position_++];
      PRIMER_TRY(term(depth));
      steps_.emplace_back(sign);
    }
    return {};
  }

  Status term(int depth) {
    PRIMER_TRY(factor(depth));
    while (peek() == '*' || peek() == '/' || peek() == '%') {
      const char sign = text_[position_++];
      PRIMER_TRY(factor(depth));
      steps_.emplace_back(sign);
    }
    return {};
  }

  Status factor(int depth) {
    const char next = peek();
    if (next == '(') {
      if (depth == kMaxDepth) return fail(invalid("too many parentheses inside each other"));
      ++position_;
      PRIMER_TRY(expression(depth + 1));
      if (peek() != ')') return fail(unexpected());
      ++position_;
      return {};
    }
    if (isDigit(next)) return number();
    if (isLetter(next)) return name();
    return fail(unexpected());
  }

  Status number() {
    std::int64_t value = 0;
    const auto [end, error] =
        std::from_chars(text_.data() + position_, text_.data() + text_.size(), value);
    if (error != std::errc() || value > kMaxValue) {
      return fail(invalid("a number in {" + std::string(text_) + "} is too large"));
    }
    position_ = static_cast<std::size_t>(end - text_.data());
    steps_.emplace_back(value);
    return {};
  }

  Status name() {
    const auto start = position_;
    while (position_ < text_.size() && isLetter(text_[position_])) ++position_;
    const auto word = text_.substr(start, position_ - start);
    constexpr std::array<std::pair<std::string_view, Name>, 5> kNames = {
        {{"a", Name::kA},
         {"b", Name::kB},
         {"answer", Name::kAnswer},
         {"larger", Name::kLarger},
         {"smaller", Name::kSmaller}}};
    for (const auto& [known, value] : kNames) {
      if (word == known) {
        steps_.emplace_back(value);
        return {};
      }
    }
    return fail(invalid("{" + std::string(text_) + "}: there is no \"" + std::string(word) +
                        "\"; known are a, b, answer, larger, smaller, sign"));
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::vector<Step> steps_;
};

Result<Template> Template::parse(std::string_view text, Given given) {
  Template parsed;
  std::string plain;
  const auto keep_plain = [&] {
    if (!plain.empty()) parsed.pieces_.emplace_back(std::move(plain));
    plain.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '{' && c != '}') {
      plain += c;
      continue;
    }
    if (i + 1 < text.size() && text[i + 1] == c) {
      plain += c;
      ++i;
      continue;
    }
    if (c == '}') return fail(invalid("a } without its {"));
    const auto close = text.find('}', i);
    if (close == std::string_view::npos) return fail(invalid("a { without its }"));
    const auto inside = text.substr(i + 1, close - i - 1);
    keep_plain();
    if (inside == "sign") {
      parsed.pieces_.emplace_back(Sign{});
    } else if (inside == "given") {
      if (given == Given::kForbidden) {
        return fail(invalid("{given} can only stand in the words for \"not yet\""));
      }
      parsed.pieces_.emplace_back(GivenAnswer{});
    } else {
      PRIMER_ASSIGN(auto calculation, CalculationParser(inside).parse());
      parsed.pieces_.emplace_back(std::move(calculation));
    }
    i = close;
  }
  keep_plain();
  return parsed;
}

std::int64_t Template::valueOf(Name name, const Sum& sum) {
  switch (name) {
    case Name::kA:
      return sum.a;
    case Name::kB:
      return sum.b;
    case Name::kAnswer:
      return sum.answer;
    case Name::kLarger:
      return std::max(sum.a, sum.b);
    case Name::kSmaller:
      return std::min(sum.a, sum.b);
  }
  return 0;
}

Result<std::int64_t> Template::valueOf(const Calculation& calculation,
                                       const TemplateValues& values) {
  std::vector<std::int64_t> stack;
  for (const auto& step : calculation.steps) {
    if (const auto* number = std::get_if<std::int64_t>(&step)) {
      stack.push_back(*number);
    } else if (const auto* name = std::get_if<Name>(&step)) {
      stack.push_back(valueOf(*name, values.sum));
    } else {
      const auto right = stack.back();
      stack.pop_back();
      auto& left = stack.back();
      const char sign = std::get<char>(step);
      if ((sign == '/' || sign == '%') && right == 0) {
        return fail(invalid("{" + calculation.text + "} divides by zero"));
      }
      // Both sides are at most kMaxValue, so no product can overflow.
      left = sign == '+'   ? left + right
             : sign == '-' ? left - right
             : sign == '*' ? left * right
             : sign == '/' ? left / right
                           : left % right;
      if (left > kMaxValue || left < -kMaxValue) {
        return fail(invalid("{" + calculation.text + "} comes to too large a number"));
      }
    }
  }
  return stack.back();
}

Result<std::string> Template::render(const TemplateValues& values) const {
  std::string text;
  for (const auto& piece : pieces_) {
    if (const auto* plain = std::get_if<std::string>(&piece)) {
      text += *plain;
    } else if (const auto* calculation = std::get_if<Calculation>(&piece)) {
      PRIMER_ASSIGN(const auto value, valueOf(*calculation, values));
      if (value < 0) {
        return fail(invalid("{" + calculation->text + "} comes to " + std::to_string(value) +
                            ", less than nothing"));
      }
      text += std::to_string(value);
    } else if (std::holds_alternative<Sign>(piece)) {
      text += operationSign(values.operation);
    } else {
      text += values.given;
    }
  }
  return text;
}

bool Template::namesAnswer() const {
  return std::any_of(pieces_.begin(), pieces_.end(), [](const Piece& piece) {
    const auto* calculation = std::get_if<Calculation>(&piece);
    return calculation != nullptr && std::find(calculation->steps.begin(), calculation->steps.end(),
                                               Step(Name::kAnswer)) != calculation->steps.end();
  });
}

}  // namespace primer::content
