#include "primer/maths/problem.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "characters.h"
#include "instruction.h"
#include "units.h"

namespace primer::maths {

namespace {

bool hasRelation(const Line& line) {
  return std::any_of(line.chains.begin(), line.chains.end(),
                     [](const Chain& c) { return !c.relations.empty(); });
}

bool asks(const Line& line) {
  for (const auto& chain : line.chains) {
    if (std::count(chain.relations.begin(), chain.relations.end(), Relation::kAsk) > 0) return true;
  }
  return false;
}

std::set<std::string> lettersOf(const Line& line) {
  std::set<std::string> letters;
  for (const auto& chain : line.chains) {
    for (const auto& member : chain.members) letters.merge(maths::lettersOf(member));
  }
  return letters;
}

std::vector<Rational> numbersIn(const std::string& text) {
  std::vector<Rational> numbers;
  for (std::size_t i = 0; i < text.size() && numbers.size() < 20;) {
    std::string digits;
    while (i < text.size() && (digit(text[i]) || (text[i] == '.' && !digits.empty()))) {
      digits += text[i++];
    }
    if (digits.empty()) {
      ++i;
      continue;
    }
    if (digits.back() == '.') digits.pop_back();
    if (const auto value = Rational::fromDigits(digits)) numbers.push_back(*value);
  }
  return numbers;
}

// 3,2 or 3,1415: a comma with another count of digits behind it than three.
bool hasDecimalComma(const std::string& text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != ',' || !digit(text[i - 1]) || !digit(text[i + 1])) continue;
    std::size_t end = i + 1;
    while (end < text.size() && digit(text[end])) ++end;
    if (end - i - 1 != 3) return true;
  }
  return false;
}

// Single letters that stand alone behind a number or the place for one: "3 m", "? g".
std::set<std::string> lettersBehindNumbers(const std::string& text) {
  std::set<std::string> found;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool alone = letter(text[i]) && (i + 1 == text.size() || !letter(text[i + 1]));
    std::size_t before = i;
    while (before > 0 && text[before - 1] == ' ') --before;
    const bool counted = before > 0 && (digit(text[before - 1]) || text[before - 1] == '?');
    if (alone && counted) found.insert(text.substr(i, 1));
  }
  return found;
}

// Words of two letters and more.
std::set<std::string> namesIn(const std::string& text) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && letter(text[end])) ++end;
    if (end - i > 1) names.insert(text.substr(i, end - i));
    i = std::max(end, i + 1);
  }
  return names;
}

// A function that schools know and this room does not: never taken for letters in a row.
std::string unknownFunction(const std::string& maths) {
  static const std::set<std::string> kFunctions = {"sin", "cos", "tan", "log", "ln",
                                                   "exp", "lim", "mod", "gcd", "lcm"};
  for (const auto& name : namesIn(maths)) {
    if (kFunctions.count(name) != 0) return name;
  }
  return {};
}

// Letters that stand for units in a text: "3 m", "metres".
std::set<std::string> unitsIn(const std::string& text) {
  static const std::map<std::string, std::string> kWords = {
      {"metre", "m"}, {"meter", "m"},  {"gram", "g"},  {"litre", "l"}, {"liter", "l"},
      {"hour", "h"},  {"second", "s"}, {"pence", "p"}, {"cent", "c"},  {"tonne", "t"}};
  std::set<std::string> units = lettersBehindNumbers(text);
  const std::string small = lower(text);
  for (const auto& [word, unit] : kWords) {
    if (small.find(word) != std::string::npos) units.insert(unit);
  }
  // Where it speaks of km and cm, m is a unit too.
  const auto named = namesIn(text);
  for (const char* single : {"m", "g", "l", "h", "s", "t"}) {
    if (std::any_of(named.begin(), named.end(),
                    [&](const std::string& other) { return unitFactor(single, other); })) {
      units.insert(single);
    }
  }
  return units;
}

// The same in bare maths, where 3 m may be three times m: only beside another unit of its kind, as
// in 1.2 m + 35 cm and £5 - 80p.
std::set<std::string> unitsBesideOthers(const std::string& text) {
  const std::set<std::string> letters = lettersBehindNumbers(text);
  std::set<std::string> all = namesIn(text);
  all.insert(letters.begin(), letters.end());
  for (const char* sign : {"£", "€", "$"}) {
    if (text.find(sign) != std::string::npos) all.insert(sign);
  }
  std::set<std::string> units;
  for (const auto& one : letters) {
    const bool beside = std::any_of(all.begin(), all.end(), [&](const std::string& other) {
      return other != one && unitFactor(one, other);
    });
    if (beside) units.insert(one);
  }
  return units;
}

Result<Problem> inWords(const ProblemSource& source, Problem problem, bool tight) {
  if (source.answer.empty()) {
    return fail(ErrorCode::kInvalidArgument,
                "the problem is in words (or cannot be read) and has no \"answer\"");
  }
  ReadOptions options;
  options.tight_product = tight;
  problem.units = unitsIn(source.text);
  options.limit_units = true;
  options.units = problem.units;
  // An equation is in letters.
  options.split_runs = source.answer.find('=') != std::string::npos;
  if (options.split_runs) problem.units.clear();
  auto read = readLine(source.answer, options);
  if (read.state != ReadState::kRead) {
    options.split_runs = true;
    read = readLine(source.answer, options);
  }
  if (read.state != ReadState::kRead || read.line.chains.empty()) {
    return fail(ErrorCode::kInvalidArgument, "\"answer\" cannot be read: " + read.message);
  }
  problem.task = Task::kWords;
  problem.line = std::move(read.line);
  problem.letters = lettersOf(problem.line);
  problem.numbers = numbersIn(source.text);
  problem.form.unit = problem.line.chains.back().unit;
  return problem;
}

// 0.5 kg = ? g: all in the unit that is asked for.
void toUnitOfBlank(Chain& chain) {
  for (std::size_t i = 0; i < chain.members.size(); ++i) {
    if (!isSymbol(chain.members[i]) || chain.members[i]->text != "?") continue;
    for (std::size_t j = 0; j < chain.members.size(); ++j) {
      const auto& value = chain.members[j]->value;
      const auto factor = unitFactor(chain.units[j], chain.units[i]);
      if (!value || !factor) continue;
      chain.members[j] = number(*value * *factor);
      chain.units[j] = chain.units[i];
    }
    chain.unit = chain.units.back();
    return;
  }
}

using GivenValues = std::map<std::string, Expr>;

// "5a + 3b for a = 2 and b = 4": what the letters stand for, taken off the end.
GivenValues takeGivenValues(std::string& maths, const ReadOptions& options) {
  const std::string small = lower(maths);
  for (const std::string word : {" for ", " when ", " if ", " where ", " with "}) {
    const auto at = small.rfind(word);
    if (at == std::string::npos) continue;
    const auto read = readLine(std::string_view(maths).substr(at + word.size()), options);
    if (read.state != ReadState::kRead || read.line.chains.empty()) continue;
    GivenValues values;
    for (const auto& chain : read.line.chains) {
      const bool gives = chain.members.size() == 2 && isSymbol(chain.members[0]) &&
                         chain.relations[0] == Relation::kEqual && !chain.members[1]->has_letters;
      if (gives) values[chain.members[0]->text] = chain.members[1];
    }
    if (values.size() != read.line.chains.size()) continue;
    maths.erase(at);
    return values;
  }
  return {};
}

void withValues(Line& line, const GivenValues& values) {
  for (auto& chain : line.chains) {
    for (auto& member : chain.members) {
      for (const auto& [name, value] : values) {
        member = substitute(member, name, isNumber(value) ? value : bracketed(value));
      }
    }
  }
}

// Whether the answer given with a problem shows that it asks for something else than the worth of
// the maths in it: "What is 20 cm as a fraction of 1 m?"
bool meansOther(const std::string& answer, const Line& maths) {
  if (answer.empty()) return false;
  const auto read = readLine(answer);
  if (read.state != ReadState::kRead || read.line.chains.empty()) return false;
  if (hasRelation(maths)) {  // "5a + 3b for a = 2 and b = 4"
    return maths.chains.front().relations.empty() && !hasRelation(read.line);
  }
  const Chain& asked = read.line.chains.back();
  const Chain& given = maths.chains.back();
  const auto& a = asked.members.back()->value;
  const auto& b = given.members.back()->value;
  if (!a || !b) return a.has_value() != b.has_value();
  return *a != *b * unitFactor(given.unit, asked.unit).value_or(1);
}

// "3 m : 4" and "2.5 h": letters with a space before them are units where all terms have one.
ReadLine readWithUnits(const std::string& maths, ReadOptions& options) {
  static const std::set<std::string> kLikely = {"m", "g", "l", "h", "L"};
  ReadOptions spaced = options;
  for (const auto& one : lettersBehindNumbers(maths)) {
    const bool apart =
        maths.find(one) != std::string::npos && maths.find(" " + one) == maths.find(one) - 1;
    if (apart && kLikely.count(one) != 0) spaced.units.insert(one);
  }
  if (spaced.units.size() > options.units.size()) {
    ReadLine read = readLine(maths, spaced);
    const bool whole = read.state == ReadState::kRead && lettersOf(read.line).empty() &&
                       !read.saw_bare_term && read.words.empty();
    if (whole) {
      options.units = spaced.units;
      return read;
    }
  }
  return readLine(maths, options);
}

Task guessTask(const Problem& problem, const Asked& asked) {
  if (asks(problem.line)) return Task::kCompare;
  if (asked.compare && problem.line.chains.size() == 2) return Task::kCompare;
  if (hasRelation(problem.line)) return Task::kSolve;
  if (asked.simplify || !problem.letters.empty()) return Task::kSimplify;
  return Task::kEvaluate;
}

}  // namespace

Result<Problem> readProblem(const ProblemSource& source, const ProblemReading& reading) {
  static const std::map<std::string, Task> kTasks = {{"solve", Task::kSolve},
                                                     {"evaluate", Task::kEvaluate},
                                                     {"simplify", Task::kSimplify},
                                                     {"compare", Task::kCompare}};
  const auto given = kTasks.find(source.task);
  if (!source.task.empty() && given == kTasks.end()) {
    return fail(ErrorCode::kInvalidArgument,
                "\"task\" must be solve, evaluate, simplify or compare, not '" + source.task + "'");
  }
  Problem problem;
  problem.text = source.text;
  const Asked asked = readInstruction(source.text);
  problem.form = asked.form;
  problem.subject = asked.subject;
  ReadOptions options;
  options.split_runs = true;
  options.tight_product = reading.tight_product;
  options.comma_groups = reading.comma_groups;
  options.factorials = true;
  problem.decimal_commas = hasDecimalComma(source.text);
  options.decimal_commas = problem.decimal_commas;
  options.limit_units = true;
  options.units = unitsBesideOthers(source.text);
  std::string maths = asked.maths;
  // "Solve: ...", "... ." leave their punctuation behind.
  while (!maths.empty() && (maths.front() == ' ' || maths.front() == ':')) maths.erase(0, 1);
  while (!maths.empty() && (maths.back() == ' ' || maths.back() == '.')) maths.pop_back();
  if (const auto name = unknownFunction(maths); !name.empty() && source.answer.empty()) {
    return fail(ErrorCode::kInvalidArgument,
                "the problem cannot be read: '" + name + "' is not known in this version");
  }
  const auto values = takeGivenValues(maths, options);
  ReadLine read = readWithUnits(maths, options);
  if (read.state == ReadState::kRead && !hasRelation(read.line)) withValues(read.line, values);
  // 12 × 3 = (to be filled in)
  if (read.state == ReadState::kIncomplete && !maths.empty() && maths.back() == '=') {
    read = readLine(maths.substr(0, maths.size() - 1), options);
  }
  const bool words = !read.words.empty() || read.state != ReadState::kRead ||
                     read.line.chains.empty() || meansOther(source.answer, read.line);
  if (words && !source.answer.empty())
    return inWords(source, std::move(problem), reading.tight_product);
  if (words) {
    const bool prose = read.words.size() > 1;
    if (prose || read.line.chains.empty()) {
      return fail(ErrorCode::kInvalidArgument, prose
                                                   ? "the problem is in words and has no \"answer\""
                                                   : "the problem cannot be read: " + read.message);
    }
  }
  problem.line = std::move(read.line);
  problem.letters = lettersOf(problem.line);
  for (auto& chain : problem.line.chains) toUnitOfBlank(chain);
  problem.units = options.units;
  problem.factorials = maths.find('!') != std::string::npos;
  problem.task = given != kTasks.end() ? given->second : guessTask(problem, asked);
  const bool related = hasRelation(problem.line);
  // 3 + 4 = ? is to be evaluated.
  if (problem.task != Task::kCompare && problem.line.chains.size() == 1 && related) {
    auto& chain = problem.line.chains[0];
    const bool blank = isSymbol(chain.members.back()) && chain.members.back()->text == "?";
    if (blank && chain.members.size() == 2 && chain.members[0]->value) {
      chain.units.pop_back();
      chain.members.pop_back();
      chain.relations.pop_back();
      problem.letters.erase("?");
      problem.task = Task::kEvaluate;
    }
  }
  if (problem.task == Task::kSolve && !hasRelation(problem.line)) {
    return fail(ErrorCode::kInvalidArgument,
                "there is nothing to solve: the problem has no = < or >");
  }
  if ((problem.task == Task::kEvaluate || problem.task == Task::kSimplify) &&
      hasRelation(problem.line)) {
    // "Simplify x+x=6" is an equation all the same.
    problem.task = asks(problem.line) ? Task::kCompare : Task::kSolve;
  }
  if (problem.task == Task::kCompare && problem.line.chains[0].members.size() < 2) {
    if (problem.line.chains.size() != 2) {
      return fail(ErrorCode::kInvalidArgument, "there are no two numbers to compare");
    }
    auto& chains = problem.line.chains;  // "Compare 1/2 and 2/3"
    chains[0].members.push_back(chains[1].members[0]);
    chains[0].relations.push_back(Relation::kAsk);
    chains.pop_back();
    problem.line.joints.clear();
  }
  if (problem.task == Task::kEvaluate || problem.task == Task::kSimplify) {
    const auto& e = problem.expression();
    const auto& unit = problem.line.chains.back().unit;
    if (unitFactor(unit, unit)) problem.form.unit = unit;
    // A fraction alone can only be meant to be made simpler.
    if (isFraction(e) && !problem.form.mixed && !problem.form.decimal && !problem.form.places) {
      problem.form.lowest_terms = true;
    }
    if (!source.task.empty() && source.task == "simplify" && !e->has_letters) {
      problem.form.lowest_terms = true;
    }
  }
  if (problem.subject.empty() && problem.letters.size() == 1)
    problem.subject = *problem.letters.begin();
  return problem;
}

}  // namespace primer::maths
