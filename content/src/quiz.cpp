#include "primer/content/quiz.h"

#include <algorithm>
#include <cctype>
#include <numeric>

#include "judge_placing.h"
#include "primer/maths/rational.h"

namespace primer::content {

namespace {

using maths::Rational;

constexpr std::array<std::string_view, 11> kNames = {"choose", "choose-all", "line",   "gaps",
                                                     "match",  "order",      "number", "text",
                                                     "spell",  "say",        "place"};
constexpr std::string_view kGap = "___";

// Units that measure one thing, each in the smallest of them.
struct Unit {
  std::string_view name;
  std::string_view thing;
  std::int64_t smallest;
};
constexpr std::array<Unit, 12> kUnits = {{{"mm", "length", 1},
                                          {"cm", "length", 10},
                                          {"m", "length", 1000},
                                          {"km", "length", 1'000'000},
                                          {"g", "weight", 1},
                                          {"kg", "weight", 1000},
                                          {"ml", "volume", 1},
                                          {"l", "volume", 1000},
                                          {"s", "time", 1},
                                          {"min", "time", 60},
                                          {"h", "time", 3600},
                                          {"p", "money", 1}}};

const Unit* unitNamed(std::string_view name) {
  const auto found = std::find_if(kUnits.begin(), kUnits.end(),
                                  [name](const Unit& unit) { return unit.name == name; });
  return found == kUnits.end() ? nullptr : &*found;
}

struct Measured {
  std::optional<Rational> number;
  std::string unit;
};

std::optional<Rational> numberFrom(std::string digits) {
  const bool below_zero = !digits.empty() && digits.front() == '-';
  if (below_zero) digits.erase(0, 1);
  std::optional<Rational> number;
  if (const auto stroke = digits.find('/'); stroke != std::string::npos) {
    const auto above = Rational::fromDigits(digits.substr(0, stroke));
    const auto below = Rational::fromDigits(digits.substr(stroke + 1));
    if (above && below && !below->isZero()) number = *above / *below;
  } else {
    number = Rational::fromDigits(digits);
  }
  if (number && below_zero) return -*number;
  return number;
}

// "2.5 cm" is a number and a unit; a comma is a point.
Measured measured(const std::string& text) {
  std::string number;
  std::string unit;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isspace(byte) != 0) continue;
    const bool of_number = std::isdigit(byte) != 0 || c == '.' || c == ',' || c == '-' || c == '/';
    if (of_number && unit.empty()) {
      number += c == ',' ? '.' : c;
    } else {
      unit += static_cast<char>(std::tolower(byte));
    }
  }
  return {numberFrom(number), unit};
}

QuizVerdict judgeNumber(const Question& question, const std::string& given) {
  QuizVerdict verdict;
  const auto wanted = numberFrom(question.number);
  auto found = measured(given);
  if (!wanted || !found.number) {
    verdict.says = "Write a number.";
    return verdict;
  }
  // A right measure in another unit is right; none at all is what was asked in.
  if (!found.unit.empty() && found.unit != question.unit) {
    const auto* theirs = unitNamed(found.unit);
    const auto* ours = unitNamed(question.unit);
    if (theirs == nullptr || ours == nullptr || theirs->thing != ours->thing) {
      verdict.says = question.unit.empty() ? "A number is enough here."
                                           : "The answer is asked in " + question.unit + ".";
      return verdict;
    }
    found.number = *found.number * Rational(theirs->smallest) / Rational(ours->smallest);
  }
  const auto slack = numberFrom(question.tolerance).value_or(Rational(0));
  const auto off = *found.number - *wanted;
  verdict.right = off.abs() <= slack;
  if (!verdict.right) {
    verdict.says = off.sign() > 0 ? "That is too much." : "That is too little.";
  }
  return verdict;
}

QuizVerdict judgeLine(const Question& question, int at) {
  QuizVerdict verdict;
  verdict.right = at == question.line.at;
  if (verdict.right) return verdict;
  const bool next_door = std::abs(at - question.line.at) == 1 && question.line.steps() > 4;
  verdict.says = at > question.line.at
                     ? (next_door ? "Very near: one step back." : "That is too far along.")
                     : (next_door ? "Very near: one step further." : "That is not far enough.");
  return verdict;
}

QuizVerdict judgeChoice(const Question& question, const std::vector<std::size_t>& places) {
  QuizVerdict verdict;
  std::size_t right = 0;
  for (const auto place : places) {
    const bool fits = place < question.options.size() && question.options[place].right;
    verdict.fits.push_back(fits);
    right += fits ? 1 : 0;
    if (!fits && verdict.says.empty() && place < question.options.size()) {
      verdict.says = question.options[place].says;
    }
  }
  const auto all = std::count_if(question.options.begin(), question.options.end(),
                                 [](const Option& option) { return option.right; });
  verdict.right = right == places.size() && right == static_cast<std::size_t>(all);
  if (!verdict.right && right == places.size()) verdict.says = "These are right. There are more.";
  return verdict;
}

std::string lettersOf(const std::string& text) {
  std::string letters;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isspace(byte) == 0) letters += static_cast<char>(std::tolower(byte));
  }
  return letters;
}

// Which letters of `given` belong to the longest sequence that both words have.
std::vector<bool> lettersInOrder(const std::string& wanted, const std::string& given) {
  const std::size_t rows = given.size() + 1;
  const std::size_t columns = wanted.size() + 1;
  std::vector<std::size_t> common(rows * columns, 0);  // of the two words from (row, column) on
  const auto at = [&](std::size_t row, std::size_t column) -> std::size_t& {
    return common[row * columns + column];
  };
  for (std::size_t row = given.size(); row-- > 0;) {
    for (std::size_t column = wanted.size(); column-- > 0;) {
      at(row, column) = given[row] == wanted[column]
                            ? at(row + 1, column + 1) + 1
                            : std::max(at(row + 1, column), at(row, column + 1));
    }
  }
  std::vector<bool> fits(given.size(), false);
  for (std::size_t row = 0, column = 0; row < given.size() && column < wanted.size();) {
    if (given[row] == wanted[column]) {
      fits[row++] = true;
      ++column;
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      ++row;
    } else {
      ++column;
    }
  }
  return fits;
}

QuizVerdict judgeSpelling(const std::string& word, const std::string& text) {
  constexpr std::size_t kLongest = 64;  // no word has more; what is longer is not looked at
  const auto wanted = lettersOf(word);
  auto given = lettersOf(text);
  QuizVerdict verdict;
  verdict.right = given == wanted;
  given.resize(std::min(given.size(), kLongest));
  verdict.fits = lettersInOrder(wanted, given);
  if (verdict.right || given.empty()) return verdict;
  const auto common =
      static_cast<std::size_t>(std::count(verdict.fits.begin(), verdict.fits.end(), true));
  auto sorted_wanted = wanted;
  auto sorted_given = given;
  std::sort(sorted_wanted.begin(), sorted_wanted.end());
  std::sort(sorted_given.begin(), sorted_given.end());
  if (sorted_wanted == sorted_given) {
    verdict.says = "All its letters are there, in another order.";
  } else if (common == given.size()) {
    verdict.says =
        wanted.size() == common + 1 ? "One letter is missing." : "Some letters are missing.";
  } else if (common == wanted.size()) {
    verdict.says = given.size() == common + 1 ? "There is one letter too many."
                                              : "There are some letters too many.";
  } else if (given.size() == wanted.size() && common + 1 == wanted.size()) {
    verdict.says = "One letter is another one.";
  }
  return verdict;
}

// What stands in each place must read as what belongs there: two equal words may change places.
QuizVerdict judgePlaces(const std::vector<std::string>& wanted,
                        const std::vector<std::string>& given) {
  QuizVerdict verdict;
  verdict.right = wanted.size() == given.size();
  std::size_t fitting = 0;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const bool fits = i < wanted.size() && wanted[i] == given[i];
    verdict.fits.push_back(fits);
    verdict.right = verdict.right && fits;
    fitting += fits ? 1 : 0;
  }
  if (!verdict.right && given.size() > 1) {
    verdict.says = std::to_string(fitting) + " of " + std::to_string(wanted.size()) +
                   (fitting == 1 ? " is" : " are") + " in the right place.";
  }
  return verdict;
}

}  // namespace

std::string_view answeringName(Answering answering) {
  return kNames[static_cast<std::size_t>(answering)];
}

std::optional<Answering> answeringFromName(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Answering>(found - kNames.begin());
}

std::size_t Question::gaps() const {
  std::size_t count = 0;
  for (auto at = text.find(kGap); at != std::string::npos; at = text.find(kGap, at + 3)) ++count;
  return count;
}

QuizAnswer rightAnswer(const Question& question) {
  QuizAnswer right;
  switch (question.answering) {
    case Answering::kChooseOne:
    case Answering::kChooseMany:
    case Answering::kSay:
      for (std::size_t i = 0; i < question.options.size(); ++i) {
        if (question.options[i].right) right.places.push_back(i);
      }
      break;
    case Answering::kGaps:
      right.places.resize(std::min(question.gaps(), question.options.size()));
      std::iota(right.places.begin(), right.places.end(), std::size_t{0});
      break;
    case Answering::kMatch:
    case Answering::kOrder:
      right.places.resize(question.options.size());
      std::iota(right.places.begin(), right.places.end(), std::size_t{0});
      break;
    case Answering::kLine:
      right.at = question.line.at;
      break;
    case Answering::kNumber:
      right.text = question.unit.empty() ? question.number : question.number + " " + question.unit;
      break;
    case Answering::kText:
    case Answering::kSpell:
      if (!question.references.empty()) right.text = question.references.front();
      break;
    case Answering::kPlace:
      right.places = rightPlaces(question);
      break;
  }
  return right;
}

std::string inWords(const Question& question, const QuizAnswer& answer) {
  if (question.answering == Answering::kLine) {
    const int whole = question.line.low * question.line.parts + answer.at;
    const int common = std::max(1, std::gcd(whole, question.line.parts));
    const auto above = std::to_string(whole / common);
    const int below = question.line.parts / common;
    return below == 1 ? above : above + "/" + std::to_string(below);
  }
  if (question.answering == Answering::kPlace) return placedInWords(question, answer.places);
  if (!answer.text.empty()) return answer.text;
  std::string all;
  for (std::size_t i = 0; i < answer.places.size(); ++i) {
    const auto place = answer.places[i];
    if (place >= question.options.size()) continue;
    if (!all.empty()) all += ", ";
    if (question.answering == Answering::kMatch && i < question.options.size()) {
      all += question.options[i].text + ": " + question.options[place].partner;
    } else {
      all += question.options[place].text;
    }
  }
  return all;
}

QuizVerdict judge(const Question& question, const QuizAnswer& answer) {
  const auto text = [&question](std::size_t place, bool partner) {
    if (place >= question.options.size()) return std::string();
    return partner ? question.options[place].partner : question.options[place].text;
  };
  std::vector<std::string> wanted;
  std::vector<std::string> given;
  switch (question.answering) {
    case Answering::kChooseOne:
    case Answering::kChooseMany:
    case Answering::kSay:
      return judgeChoice(question, answer.places);
    case Answering::kLine:
      return judgeLine(question, answer.at);
    case Answering::kNumber:
      return judgeNumber(question, answer.text);
    case Answering::kGaps:
      for (std::size_t i = 0; i < question.gaps(); ++i) wanted.push_back(text(i, false));
      for (const auto place : answer.places) given.push_back(text(place, false));
      break;
    case Answering::kMatch:
      for (std::size_t i = 0; i < question.options.size(); ++i) wanted.push_back(text(i, true));
      for (const auto place : answer.places) given.push_back(text(place, true));
      break;
    case Answering::kOrder:
      for (std::size_t i = 0; i < question.options.size(); ++i) wanted.push_back(text(i, false));
      for (const auto place : answer.places) given.push_back(text(place, false));
      break;
    case Answering::kSpell:
      return judgeSpelling(rightAnswer(question).text, answer.text);
    case Answering::kPlace:
      return judgePlacing(question, answer.places);
    case Answering::kText:
      return {};
  }
  return judgePlaces(wanted, given);
}

}  // namespace primer::content
