#include <algorithm>
#include <charconv>
#include <string>

#include "primer/content/lesson.h"

namespace primer::content {

namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

Result<std::int32_t> parseNumber(std::string_view text) {
  text = trimmed(text);
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error == std::errc::invalid_argument || end != text.data() + text.size()) {
    return fail(ErrorCode::kInvalidArgument,
                "\"" + std::string(text) +
                    "\" is not a whole number (write for example \"2 to 9\" or \"2, 5, 10\")");
  }
  if (error != std::errc() || number < 0 || number > kLargestNumber) {
    return fail(ErrorCode::kInvalidArgument,
                std::string(text) + " is not within 0 to " + std::to_string(kLargestNumber));
  }
  return number;
}

}  // namespace

Result<NumberSet> NumberSet::parse(std::string_view text) {
  NumberSet set;
  while (true) {
    const auto comma = text.find(',');
    const auto part = text.substr(0, comma);
    const auto to = part.find(" to ");
    PRIMER_ASSIGN(const auto low, parseNumber(part.substr(0, to)));
    auto high = low;
    if (to != std::string_view::npos) {
      PRIMER_ASSIGN(high, parseNumber(part.substr(to + 4)));
    }
    if (low > high) {
      return fail(ErrorCode::kInvalidArgument, "\"" + std::string(trimmed(part)) +
                                                   "\" runs backwards: the smaller number first");
    }
    if (!set.ranges.empty() && low <= set.ranges.back().high) {
      return fail(ErrorCode::kInvalidArgument,
                  std::to_string(low) + " comes after " + std::to_string(set.ranges.back().high) +
                      ": write the numbers in rising order, each once");
    }
    if (!set.ranges.empty() && low == set.ranges.back().high + 1) {
      set.ranges.back().high = high;
    } else {
      set.ranges.push_back({low, high});
    }
    if (set.ranges.size() > 50) {
      return fail(ErrorCode::kInvalidArgument, "more than 50 parts");
    }
    if (comma == std::string_view::npos) return set;
    text.remove_prefix(comma + 1);
  }
}

std::string NumberSet::text() const {
  std::string text;
  for (const auto& range : ranges) {
    if (!text.empty()) text += ", ";
    text += std::to_string(range.low);
    if (range.high > range.low) text += " to " + std::to_string(range.high);
  }
  return text;
}

bool NumberSet::holds(std::int64_t number) const {
  return std::any_of(ranges.begin(), ranges.end(), [number](const NumberRange& range) {
    return range.low <= number && number <= range.high;
  });
}

std::int64_t NumberSet::count() const {
  std::int64_t count = 0;
  for (const auto& range : ranges) count += std::int64_t{range.high} - range.low + 1;
  return count;
}

}  // namespace primer::content
