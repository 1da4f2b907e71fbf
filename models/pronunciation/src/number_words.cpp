#include "src/number_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace primer::pronunciation {

namespace {

constexpr std::array<const char*, 20> kSmall = {
    "zero",     "one",     "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<const char*, 10> kTens = {"",      "",      "twenty",  "thirty", "forty",
                                               "fifty", "sixty", "seventy", "eighty", "ninety"};

std::string joined(const std::string& a, const std::string& b) {
  if (a.empty()) return b;
  return b.empty() ? a : a + " " + b;
}

std::string belowHundred(unsigned long long n) {
  if (n < 20) return kSmall[n];
  return joined(kTens[n / 10], n % 10 == 0 ? "" : kSmall[n % 10]);
}

// British: "one hundred and five"; American without the "and".
std::string cardinal(unsigned long long n, bool with_and) {
  static const std::array<std::pair<unsigned long long, const char*>, 4> kScales = {
      {{1'000'000'000'000ull, "trillion"},
       {1'000'000'000ull, "billion"},
       {1'000'000ull, "million"},
       {1000ull, "thousand"}}};
  if (n < 100) return belowHundred(n);
  for (const auto& [scale, name] : kScales) {
    if (n < scale) continue;
    const auto rest = n % scale;
    const auto head = cardinal(n / scale, with_and) + " " + name;
    if (rest == 0) return head;
    return head + (rest < 100 && with_and ? " and " : " ") + cardinal(rest, with_and);
  }
  const auto rest = n % 100;
  const auto head = std::string(kSmall[n / 100]) + " hundred";
  if (rest == 0) return head;
  return head + (with_and ? " and " : " ") + belowHundred(rest);
}

std::string digitByDigit(std::string_view digits, const char* zero) {
  std::string words;
  for (const char c : digits) {
    words = joined(words, c == '0' ? zero : kSmall[static_cast<std::size_t>(c - '0')]);
  }
  return words;
}

std::string ordinal(const std::string& words) {
  static const std::map<std::string, std::string> kOdd = {
      {"one", "first"},    {"two", "second"}, {"three", "third"},   {"five", "fifth"},
      {"eight", "eighth"}, {"nine", "ninth"}, {"twelve", "twelfth"}};
  const auto space = words.rfind(' ');
  const auto head = space == std::string::npos ? "" : words.substr(0, space + 1);
  const auto tail = space == std::string::npos ? words : words.substr(space + 1);
  if (const auto odd = kOdd.find(tail); odd != kOdd.end()) return head + odd->second;
  if (tail.back() == 'y') return head + tail.substr(0, tail.size() - 1) + "ieth";
  return head + tail + "th";
}

// "nineteen eighty-four", "nineteen hundred", "nineteen oh five"
std::string asYear(unsigned long long n) {
  const auto rest = n % 100;
  const auto head = belowHundred(n / 100);
  if (rest == 0) return head + " hundred";
  return head + (rest < 10 ? " oh " : " ") + belowHundred(rest);
}

void keep(std::vector<std::string>& ways, const std::string& way) {
  if (!way.empty() && std::find(ways.begin(), ways.end(), way) == ways.end()) ways.push_back(way);
}

bool allDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::vector<std::string> readWhole(std::string_view digits, bool may_be_year) {
  std::vector<std::string> ways;
  if (digits.size() > 15 || (digits.size() > 1 && digits[0] == '0')) {
    keep(ways, digitByDigit(digits, "zero"));
    keep(ways, digitByDigit(digits, "oh"));
    return ways;
  }
  const auto n = std::stoull(std::string(digits));
  const bool year = may_be_year && n >= 1100 && n < 2100 && (n < 2000 || n >= 2010);
  if (year) keep(ways, asYear(n));
  keep(ways, cardinal(n, true));
  keep(ways, cardinal(n, false));
  if (digits.size() > 1) {
    keep(ways, digitByDigit(digits, "zero"));
    keep(ways, digitByDigit(digits, "oh"));
  }
  if (n >= 100 && n < 200) keep(ways, "a" + cardinal(n, true).substr(3));
  return ways;
}

}  // namespace

std::vector<std::string> readNumber(std::string_view text) {
  std::string digits;
  bool parted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    // A comma before three digits parts thousands.
    const bool parts =
        text[i] == ',' && i > 0 && i + 3 < text.size() && allDigits(text.substr(i + 1, 3));
    if (!parts) digits += text[i];
    parted = parted || parts;
  }
  if (digits.size() > 40) return {};
  if (digits.size() > 2 && std::isdigit(static_cast<unsigned char>(digits[0])) != 0) {
    std::string end = digits.substr(digits.size() - 2);
    std::transform(end.begin(), end.end(), end.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto whole = digits.substr(0, digits.size() - 2);
    if ((end == "st" || end == "nd" || end == "rd" || end == "th") && allDigits(whole) &&
        whole.size() <= 15) {
      const auto n = std::stoull(whole);
      std::vector<std::string> ways;
      keep(ways, ordinal(cardinal(n, true)));
      keep(ways, ordinal(cardinal(n, false)));
      return ways;
    }
  }
  const auto point = digits.find('.');
  if (point != std::string::npos) {
    const auto whole = digits.substr(0, point), part = digits.substr(point + 1);
    if ((!whole.empty() && !allDigits(whole)) || !allDigits(part)) return {};
    std::vector<std::string> ways;
    for (const auto& head :
         whole.empty() ? std::vector<std::string>{"", "zero"} : readWhole(whole, false)) {
      keep(ways, joined(head, "point " + digitByDigit(part, "zero")));
      keep(ways, joined(head, "point " + digitByDigit(part, "oh")));
    }
    return ways;
  }
  return allDigits(digits) ? readWhole(digits, !parted) : std::vector<std::string>{};
}

}  // namespace primer::pronunciation
