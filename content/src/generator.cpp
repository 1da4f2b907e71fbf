#include "primer/content/generator.h"

#include <algorithm>
#include <charconv>

#include "primer/base/check.h"
#include "primer/maths/exercises.h"
#include "primer/maths/steps.h"
#include "template.h"

namespace primer::content {

namespace {

// Item ids are kept for ever and typed by people: plain letters for the signs.
char idLetter(Operation operation) {
  switch (operation) {
    case Operation::kAdd:
      return '+';
    case Operation::kSubtract:
      return '-';
    case Operation::kMultiply:
      return 'x';
    case Operation::kDivide:
      return ':';
  }
  return '?';
}

std::string idOf(const Lesson& lesson, std::size_t skill_index, const Sum& sum) {
  const auto& skill = lesson.skills.at(skill_index);
  return lesson.lessonOf(skill_index) + "/" + skill.id + "/" + std::to_string(sum.a) +
         idLetter(skill.operation) + std::to_string(sum.b);
}

// A checked lesson's templates are sound on all that the checker tried; a text that fails on a sum
// beyond its samples is shown without its numbers rather than not at all.
std::string filled(const std::string& text, const TemplateValues& values, Template::Given given) {
  const auto parsed = Template::parse(text, given);
  PRIMER_VERIFY(parsed.has_value()) { return text; }
  const auto rendered = parsed->render(values);
  PRIMER_VERIFY(rendered.has_value()) { return text; }
  return *rendered;
}

}  // namespace

Item makeItem(const Lesson& lesson, std::size_t skill_index, std::size_t level_index,
              const Sum& sum) {
  const auto& skill = lesson.skills.at(skill_index);
  const TemplateValues values{sum, skill.operation, {}};
  const auto fill = [&](const std::string& text) {
    return filled(text, values, Template::Given::kForbidden);
  };
  Item item;
  item.id = idOf(lesson, skill_index, sum);
  item.skill = skill_index;
  item.level = level_index;
  item.sum = sum;
  item.answer = std::to_string(sum.answer);
  item.prompt = fill(skill.prompt);
  item.spoken = fill(skill.spoken);
  const auto& own_hints = skill.levels.at(level_index).hints;
  const Hints& hints = own_hints ? *own_hints : skill.hints;
  for (std::size_t i = 0; i < item.hints.size(); ++i) item.hints[i] = fill(hints[i]);
  item.difficulty = skill.levels.at(level_index).difficulty / 1000.0;
  return item;
}

Item makeExerciseItem(const Lesson& lesson, std::size_t skill_index, std::size_t level_index,
                      std::uint32_t seed) {
  const auto& skill = lesson.skills.at(skill_index);
  const auto& level = skill.levels.at(level_index);
  Item item;
  item.id = lesson.lessonOf(skill_index) + "/" + skill.id + "/" + std::to_string(level.hardness) +
            "." + std::to_string(seed);
  item.skill = skill_index;
  item.level = level_index;
  item.difficulty = level.difficulty / 1000.0;
  const auto exercise = maths::makeExercise(skill.exercise, level.hardness, seed);
  // A checked lesson names kinds that there are.
  PRIMER_VERIFY(exercise.has_value()) { return item; }
  item.problem = exercise->problem;
  item.prompt = exercise->problem.text;
  item.spoken = exercise->problem.text;
  item.answer = exercise->problem.answer;
  if (const auto problem = maths::readProblem(exercise->problem)) {
    const auto solution = maths::solveInSteps(*problem);
    if (!solution.steps.empty()) item.answer = solution.steps.back().text;
  }
  return item;
}

Result<Item> itemFromId(const Lesson& lesson, std::string_view id) {
  const auto unknown = [&] {
    return fail(ErrorCode::kNotFound,
                "lesson " + lesson.id + " has no item \"" + std::string(id) + "\"");
  };
  const auto first = id.find('/');
  const auto second = id.rfind('/');
  if (first == second) return unknown();
  const auto skill = lesson.skillNamed(id.substr(first + 1, second - first - 1));
  if (!skill || id.substr(0, first) != lesson.lessonOf(*skill)) return unknown();
  const auto& levels = lesson.skills[*skill].levels;
  if (lesson.skills[*skill].isWorked()) {
    const auto name = id.substr(second + 1);
    const auto point = name.find('.');
    std::uint32_t seed = 0;
    if (point == std::string_view::npos) return unknown();
    const auto digits = name.substr(point + 1);
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), seed);
    if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) return unknown();
    for (std::size_t level = 0; level < levels.size(); ++level) {
      if (std::to_string(levels[level].hardness) != name.substr(0, point)) continue;
      return makeExerciseItem(lesson, *skill, level, seed);
    }
    return unknown();
  }
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const auto sums = sumsOf(lesson.skills[*skill].operation, levels[level]);
    if (!sums) continue;
    for (const auto& sum : *sums) {
      if (idOf(lesson, *skill, sum) == id) return makeItem(lesson, *skill, level, sum);
    }
  }
  return unknown();
}

std::string fillWords(const std::string& words, const Lesson& lesson, const Item& item,
                      const std::string& given) {
  return filled(words, {item.sum, lesson.skills.at(item.skill).operation, given},
                Template::Given::kAllowed);
}

SumDealer::SumDealer(std::vector<Sum> sums, std::uint64_t seed)
    : cards_(std::move(sums)), dealt_(cards_.size()), random_(seed) {}

std::size_t SumDealer::firstFitting() const {
  const auto is_twin = [this](const Sum& sum) {
    return std::minmax(sum.a, sum.b) == std::minmax(last_.a, last_.b) || sum.answer == last_.answer;
  };
  const auto from = cards_.begin() + static_cast<std::ptrdiff_t>(dealt_);
  auto fitting = std::find_if_not(from, cards_.end(), is_twin);
  if (fitting == cards_.end()) {
    fitting = std::find_if(from, cards_.end(), [this](const Sum& sum) { return sum != last_; });
  }
  return fitting == cards_.end() ? dealt_ : static_cast<std::size_t>(fitting - cards_.begin());
}

Sum SumDealer::next() {
  if (dealt_ == cards_.size()) {
    random_.shuffle(cards_);
    dealt_ = 0;
  }
  std::swap(cards_[dealt_], cards_[firstFitting()]);
  last_ = cards_[dealt_++];
  return last_;
}

}  // namespace primer::content
