#include "primer/content/lesson.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace primer::content {

namespace {

struct OperationWords {
  std::string_view name, sign;
};
constexpr std::array<OperationWords, 4> kOperations = {
    {{"add", "+"}, {"subtract", "−"}, {"multiply", "×"}, {"divide", "÷"}}};

constexpr std::int64_t kMaxPairs = 1'000'000;
constexpr std::size_t kMaxSums = 100'000;

// Whether the ones carry or borrow.
bool crossesTen(Operation operation, const Sum& sum) {
  if (operation == Operation::kAdd) return sum.a % 10 + sum.b % 10 >= 10;
  return sum.a % 10 < sum.b % 10;
}

bool within(const NumberSet& limit, std::int64_t number) {
  return !limit.given() || limit.holds(number);
}

Error invalid(const std::string& what) { return Error(ErrorCode::kInvalidArgument, what); }

template <typename Visit>
void forEach(const NumberSet& set, Visit visit) {
  for (const auto& range : set.ranges) {
    for (auto number = range.low; number <= range.high; ++number) visit(number);
  }
}

// The sum that two numbers make: a and b, or for a division b and the answer. Nothing where the
// answer would not be a whole number that is not negative.
std::optional<Sum> sumFrom(Operation operation, std::int32_t first, std::int32_t second) {
  switch (operation) {
    case Operation::kAdd:
      return Sum{first, second, first + second};
    case Operation::kSubtract:
      if (first < second) return std::nullopt;
      return Sum{first, second, first - second};
    case Operation::kMultiply:
      return Sum{first, second, first * second};
    case Operation::kDivide:
      if (first == 0) return std::nullopt;
      return Sum{first * second, first, second};
  }
  return std::nullopt;
}

bool fits(Operation operation, const Level& level, const Sum& sum) {
  if (sum.a > kLargestNumber || sum.answer > kLargestNumber) return false;
  if (!within(level.a, sum.a) || !within(level.b, sum.b) || !within(level.answer, sum.answer)) {
    return false;
  }
  return level.crosses_ten == Crossing::kEither ||
         crossesTen(operation, sum) == (level.crosses_ten == Crossing::kAlways);
}

}  // namespace

std::string_view operationName(Operation operation) {
  return kOperations[static_cast<std::size_t>(operation)].name;
}

std::string_view operationSign(Operation operation) {
  return kOperations[static_cast<std::size_t>(operation)].sign;
}

std::optional<Operation> operationFromName(std::string_view name) {
  for (std::size_t i = 0; i < kOperations.size(); ++i) {
    if (kOperations[i].name == name) return static_cast<Operation>(i);
  }
  return std::nullopt;
}

std::string slugOf(std::string_view text) {
  std::string slug;
  bool gap = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || byte >= 0x80) {
      if (gap && !slug.empty()) slug += '-';
      slug += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
      gap = false;
    } else {
      gap = gap || c != '\'';
    }
  }
  return slug;
}

std::string slugOf(const Saying& saying) {
  return slugOf(saying.text) + (saying.other.empty() ? "" : "-not-" + slugOf(saying.other));
}

std::optional<std::size_t> Lesson::skillNamed(std::string_view skill_id) const {
  for (std::size_t i = 0; i < skills.size(); ++i) {
    if (skills[i].id == skill_id) return i;
  }
  return std::nullopt;
}

Result<std::vector<Sum>> sumsOf(Operation operation, const Level& level) {
  const bool divides = operation == Operation::kDivide;
  const auto& first = divides ? level.b : level.a;
  const auto& second = divides ? level.answer : level.b;
  if (!first.given() || !second.given()) {
    return fail(invalid(divides ? "a division needs limits for b (what divides) and answer"
                                : "limits for a and b are needed"));
  }
  if (first.count() * second.count() > kMaxPairs) {
    return fail(invalid("the limits are too wide: more than a million pairs of numbers"));
  }
  std::vector<Sum> sums;
  forEach(first, [&](std::int32_t x) {
    forEach(second, [&](std::int32_t y) {
      const auto sum = sumFrom(operation, x, y);
      if (!sum || !fits(operation, level, *sum)) return;
      sums.push_back(*sum);
      if (level.either_order && sum->a != sum->b) {
        // The turned sum may lie within the limits by itself, and then comes on its own.
        const Sum turned{sum->b, sum->a, sum->answer};
        const bool comes_itself =
            level.a.holds(turned.a) && level.b.holds(turned.b) && fits(operation, level, turned);
        if (!comes_itself) sums.push_back(turned);
      }
    });
  });
  if (sums.empty()) return fail(invalid("the limits contradict each other: no sum fits them"));
  if (sums.size() > kMaxSums) {
    return fail(invalid("the limits are too wide: more than 100000 sums"));
  }
  return sums;
}

}  // namespace primer::content
