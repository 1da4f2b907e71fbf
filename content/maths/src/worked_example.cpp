#include "primer/maths/worked_example.h"

#include <algorithm>
#include <functional>

#include "budget.h"
#include "characters.h"
#include "dice.h"
#include "primer/maths/exercises.h"
#include "primer/maths/working.h"
#include "story.h"

namespace primer::maths {

namespace {

constexpr int kPerGenerator = 12;
constexpr int kVariations = 2000;

// A number as it stands in a text.
struct Place {
  std::size_t at = 0;
  std::size_t size = 0;
};

// The numbers that may be changed. Exponents and places to round to make the kind of a problem, as
// do 0 and the powers of ten.
std::vector<Place> changeable(const std::string& text) {
  std::vector<Place> places;
  for (std::size_t i = 0; i < text.size();) {
    if (!digit(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && (digit(text[end]) || (text[end] == '.' && end + 1 < text.size() &&
                                                      digit(text[end + 1])))) {
      ++end;
    }
    const std::string number = text.substr(i, end - i);
    const bool exponent =
        i > 0 && (text[i - 1] == '^' || (i > 1 && text[i - 1] == '{' && text[i - 2] == '^'));
    const std::string behind = text.substr(end, 9);
    const bool rounds = behind == " decimal " || behind.substr(0, 3) == " dp";
    const bool round_number = number.size() > 1 &&
                              number.find_first_not_of('0', 1) == std::string::npos &&
                              number[0] == '1';
    if (!exponent && !rounds && !round_number && number != "0") places.push_back({i, end - i});
    i = end;
  }
  return places;
}

// As many digits, its point in the same place, no zero at an end that had none.
std::string otherNumber(const std::string& number, Dice& dice) {
  std::string other = number;
  const bool single = number.size() == 1;
  for (std::size_t i = 0; i < other.size(); ++i) {
    if (other[i] == '.' || other[i] == '0') continue;
    other[i] = static_cast<char>('0' + dice.from(single ? (number == "1" ? 1 : 2) : 1, 9));
  }
  return other;
}

std::string changed(const std::string& text, const std::vector<Place>& places, Dice& dice,
                    std::vector<std::string>* numbers) {
  std::string out;
  std::size_t from = 0;
  for (const auto& place : places) {
    out += text.substr(from, place.at - from);
    const std::string number = otherNumber(text.substr(place.at, place.size), dice);
    if (numbers != nullptr) numbers->push_back(number);
    out += number;
    from = place.at + place.size;
  }
  return out + text.substr(from);
}

std::string withoutNumbers(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (!digit(c)) out += c;
  }
  return out;
}

void addShape(const Expr& e, bool lengths, std::string& out) {
  if (isNumber(e)) {
    out += e->text.find('.') == std::string::npos ? 'n' : 'd';
    if (lengths) out += std::to_string(e->text.size());
    return;
  }
  out += static_cast<char>('A' + static_cast<int>(e->kind));
  if (e->kind == Kind::kSymbol) return;
  out += static_cast<char>('0' + static_cast<int>(e->mark));
  for (const auto& child : e->children) addShape(child, lengths, out);
  out += '.';
}

// Equal for problems of one kind: how they are built, with any numbers; of as many digits where it
// is all about numbers.
std::string shapeOf(const Problem& problem) {
  if (problem.task == Task::kWords) return "words " + withoutNumbers(problem.text);
  std::string shape = std::to_string(static_cast<int>(problem.task));
  const Form& form = problem.form;
  for (const bool flag :
       {form.lowest_terms, form.mixed, form.decimal, form.fraction, form.remainder, form.expand,
        form.factor, form.larger.has_value(), form.places.has_value()}) {
    shape += flag ? '1' : '0';
  }
  for (const auto& chain : problem.line.chains) {
    for (const auto& member : chain.members) addShape(member, problem.letters.empty(), shape);
    for (const auto& unit : chain.measures) shape += " " + unit;
    for (const auto& relation : chain.relations) {
      shape += isOrder(relation) ? "<" : relationText(relation);
    }
  }
  return shape;
}

// What can be shown of a problem.
std::vector<Step> wayOf(const Problem& problem) {
  Solution solution = solveInSteps(problem);
  return solution.solved ? std::move(solution.steps) : std::vector<Step>();
}

std::size_t longest(const std::vector<Step>& steps) {
  std::size_t most = 0;
  for (const auto& step : steps) most = std::max(most, step.text.size());
  return most;
}

bool has(const std::vector<Step>& steps, char c) {
  return std::any_of(steps.begin(), steps.end(),
                     [c](const Step& s) { return s.text.find(c) != std::string::npos; });
}

class Search {
 public:
  Search(const ProblemSource& source, Problem problem, std::vector<Step> steps,
         std::chrono::milliseconds time)
      : source_(source),
        problem_(std::move(problem)),
        steps_(std::move(steps)),
        shape_(shapeOf(problem_)),
        end_(std::chrono::steady_clock::now() + time) {}

  std::optional<WorkedExample> fromGenerators(std::uint64_t seed) {
    for (const auto& kind : exerciseKinds()) {
      for (int level = 1; level <= kHardest; ++level) {
        for (int i = 0; i < kPerGenerator && !timeIsUp(); ++i) {
          const auto exercise =
              makeExercise(kind.name, level, seed * kPerGenerator + static_cast<std::uint64_t>(i));
          if (!exercise) continue;
          const auto other = readProblem(exercise->problem);
          // A generator poses problems of a few shapes: most are seen to be others at once.
          if (!other || other->task != problem_.task) break;
          if (shapeOf(*other) != shape_) continue;
          if (auto example = taken(exercise->problem, *other)) return example;
        }
      }
    }
    return std::nullopt;
  }

  std::optional<WorkedExample> fromChanges(std::uint64_t seed) {
    const auto places = changeable(source_.text);
    if (places.empty()) return std::nullopt;
    Dice dice(seed + 1);
    for (int i = 0; i < kVariations && !timeIsUp(); ++i) {
      ProblemSource other = source_;
      std::vector<std::string> numbers;
      other.text = changed(source_.text, places, dice, &numbers);
      if (problem_.task == Task::kWords && !answerAgain(other, numbers)) return std::nullopt;
      const auto problem = readProblem(other);
      if (!problem || shapeOf(*problem) != shape_) continue;
      if (auto example = taken(other, *problem)) return example;
    }
    return std::nullopt;
  }

 private:
  bool timeIsUp() const { return std::chrono::steady_clock::now() > end_; }

  // The answer of the changed story by the same calculation.
  bool answerAgain(ProblemSource& other, const std::vector<std::string>& numbers) const {
    const auto& before = problem_.numbers;
    const auto calculation = toldCalculation(problem_);
    if (!calculation || numbers.size() != before.size()) return false;
    const std::function<Expr(const Expr&)> again = [&](const Expr& e) -> Expr {
      if (isNumber(e)) {
        const auto place = std::find(before.begin(), before.end(), *e->value);
        return numeral(numbers[static_cast<std::size_t>(place - before.begin())]);
      }
      std::vector<Expr> children;
      for (const auto& child : e->children) children.push_back(again(child));
      return withChildren(e, std::move(children));
    };
    const Expr changed_calculation = again(*calculation);
    if (!changed_calculation->value) return false;
    const Chain& answer = problem_.line.chains.back();
    const bool decimal = answer.members.back()->text.find('.') != std::string::npos;
    other.answer = valueText(*changed_calculation->value, decimal);
    if (!answer.own_unit.empty()) other.answer += " " + answer.own_unit;
    return true;
  }

  // Of the same steps, as easy to work with, another answer, and accepted line by line.
  std::optional<WorkedExample> taken(const ProblemSource& source, const Problem& problem) const {
    if (problem.text == problem_.text) return std::nullopt;
    auto steps = wayOf(problem);
    const bool same_way = std::equal(steps.begin(), steps.end(), steps_.begin(), steps_.end(),
                                     [](const Step& a, const Step& b) { return a.kind == b.kind; });
    if (!same_way || steps.back().text == steps_.back().text) return std::nullopt;
    if (longest(steps) > longest(steps_) + 1) return std::nullopt;
    // No fractions, decimals or negative numbers where there were none.
    for (const char c : {'/', '.', '-'}) {
      if (has(steps, c) && !has(steps_, c)) return std::nullopt;
    }
    const bool told = problem.task == Task::kWords;
    if (!told && toText(problem.line) == steps.front().text) return std::nullopt;
    return isAccepted(source, steps) ? std::optional(WorkedExample{source, std::move(steps)})
                                     : std::nullopt;
  }

  static bool isAccepted(const ProblemSource& source, const std::vector<Step>& steps) {
    std::vector<WrittenLine> lines;
    for (const auto& step : steps) lines.push_back({step.text, {}});
    const auto verdict = checkWorking(source, lines);
    return verdict && verdict->finished &&
           std::all_of(verdict->lines.begin(), verdict->lines.end(), [](const LineVerdict& line) {
             return line.state == LineState::kRight || line.state == LineState::kOffPath;
           });
  }

  const ProblemSource& source_;
  Problem problem_;
  std::vector<Step> steps_;
  std::string shape_;
  std::chrono::steady_clock::time_point end_;
};

}  // namespace

Result<WorkedExample> workedExample(const ProblemSource& source, std::uint64_t seed,
                                    std::chrono::milliseconds time) {
  PRIMER_ASSIGN(Problem problem, readProblem(source));
  auto steps = wayOf(problem);
  if (steps.empty()) return fail(ErrorCode::kUnsupported, "the problem has no steps to show");
  Search search(source, std::move(problem), std::move(steps), time);
  auto example = search.fromGenerators(seed);
  if (!example) example = search.fromChanges(seed);
  if (!example) return fail(ErrorCode::kUnsupported, "no problem like this one was found");
  return *std::move(example);
}

}  // namespace primer::maths
