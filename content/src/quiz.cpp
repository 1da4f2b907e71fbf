#include "primer/content/quiz.h"

#include <algorithm>
#include <cctype>
#include <numeric>

#include "primer/maths/rational.h"

namespace primer::content {

namespace {

using maths::Rational;

constexpr std::array<std::string_view, 8> kNames = {"choose", "choose-all", "line",   "gaps",
                                                    "match",  "order",      "number", "text"};
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
      if (!question.references.empty()) right.text = question.references.front();
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
    case Answering::kText:
      return {};
  }
  return judgePlaces(wanted, given);
}

}  // namespace primer::content
