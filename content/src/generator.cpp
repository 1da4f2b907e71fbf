#include "primer/content/generator.h"

#include <algorithm>
#include <charconv>
#include <numeric>

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

std::string idOf(const Lesson& lesson, const Skill& skill, const Sum& sum) {
  return lesson.id + "/" + skill.id + "/" + std::to_string(sum.a) + idLetter(skill.operation) +
         std::to_string(sum.b);
}

// The item of a skill that an id names; `name` is the last part of one.
std::optional<Item> sumNamed(const Lesson& lesson, std::size_t place, std::string_view id) {
  const auto& skill = lesson.skills[place];
  for (std::size_t level = 0; level < skill.levels.size(); ++level) {
    const auto sums = sumsOf(skill.operation, skill.levels[level]);
    if (!sums) continue;
    for (const auto& sum : *sums) {
      if (idOf(lesson, skill, sum) == id) return makeItem(lesson, place, level, sum);
    }
  }
  return std::nullopt;
}

std::optional<Item> exerciseNamed(const Lesson& lesson, std::size_t place, std::string_view name) {
  const auto point = name.find('.');
  if (point == std::string_view::npos) return std::nullopt;
  std::uint32_t seed = 0;
  const auto digits = name.substr(point + 1);
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), seed);
  if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) return std::nullopt;
  const auto& levels = lesson.skills[place].levels;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    if (std::to_string(levels[level].hardness) != name.substr(0, point)) continue;
    return makeExerciseItem(lesson, place, level, seed);
  }
  return std::nullopt;
}

std::optional<Item> spokenNamed(const Lesson& lesson, std::size_t place, std::string_view name) {
  const auto& levels = lesson.skills[place].levels;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const auto& sayings = levels[level].sayings;
    const auto& stories = levels[level].stories;
    for (std::size_t i = 0; i < sayings.size(); ++i) {
      if (slugOf(sayings[i]) == name) return makeSpokenItem(lesson, place, level, i);
    }
    for (std::size_t i = 0; i < stories.size(); ++i) {
      if (stories[i].id == name) return makeSpokenItem(lesson, place, level, i);
      for (std::size_t q = 0; q < stories[i].questions.size(); ++q) {
        if (stories[i].id + "." + std::to_string(q + 1) != name) continue;
        auto item = makeSpokenItem(lesson, place, level, i);
        item.id += "." + std::to_string(q + 1);
        item.prompt = item.spoken = stories[i].questions[q].ask;
        item.answer = stories[i].questions[q].right;
        return item;
      }
    }
  }
  return std::nullopt;
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

std::optional<Item> questionNamed(const Lesson& lesson, std::size_t place, std::string_view name) {
  const auto& levels = lesson.skills[place].levels;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    for (std::size_t q = 0; q < levels[level].questions.size(); ++q) {
      if (levels[level].questions[q].id == name) return makeQuizItem(lesson, place, level, q);
    }
  }
  return std::nullopt;
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
  item.id = idOf(lesson, skill, sum);
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
  item.kind = Kind::kWorking;
  item.id = lesson.id + "/" + skill.id + "/" + std::to_string(level.hardness) + "." +
            std::to_string(seed);
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

Item makeQuizItem(const Lesson& lesson, std::size_t skill_index, std::size_t level_index,
                  std::size_t place) {
  const auto& skill = lesson.skills.at(skill_index);
  const auto& level = skill.levels.at(level_index);
  const auto& question = level.questions.at(place);
  Item item;
  item.kind = Kind::kQuiz;
  item.id = lesson.id + "/" + skill.id + "/" + question.id;
  item.skill = skill_index;
  item.level = level_index;
  item.difficulty = level.difficulty / 1000.0;
  item.prompt = question.text;
  item.spoken = question.spoken.empty() ? question.text : question.spoken;
  item.answer = inWords(question, rightAnswer(question));
  item.hints = question.hints;
  item.question = question;
  return item;
}

Item makeSpokenItem(const Lesson& lesson, std::size_t skill_index, std::size_t level_index,
                    std::size_t number) {
  const auto& skill = lesson.skills.at(skill_index);
  const auto& level = skill.levels.at(level_index);
  Item item;
  item.kind = skill.kind;
  item.skill = skill_index;
  item.level = level_index;
  item.difficulty = level.difficulty / 1000.0;
  const auto prefix = lesson.id + "/" + skill.id + "/";
  if (skill.kind == Kind::kSaying) {
    const auto& saying = level.sayings.at(number);
    item.id = prefix + slugOf(saying);
    item.prompt = item.spoken = item.answer = saying.text;
    item.other = saying.other;
    return item;
  }
  const auto& story = level.stories.at(number);
  item.id = prefix + story.id;
  item.prompt = story.title;
  for (const auto& paragraph : story.paragraphs) {
    item.spoken += (item.spoken.empty() ? "" : " ") + paragraph;
  }
  item.answer = item.spoken;
  item.story = story;
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
  if (!skill || id.substr(0, first) != lesson.id) return unknown();
  std::optional<Item> found;
  switch (lesson.skills[*skill].kind) {
    case Kind::kNumber:
      found = sumNamed(lesson, *skill, id);
      break;
    case Kind::kWorking:
      found = exerciseNamed(lesson, *skill, id.substr(second + 1));
      break;
    case Kind::kQuiz:
      found = questionNamed(lesson, *skill, id.substr(second + 1));
      break;
    case Kind::kSaying:
    case Kind::kStory:
      found = spokenNamed(lesson, *skill, id.substr(second + 1));
      break;
  }
  if (!found) return unknown();
  return *std::move(found);
}

std::optional<Example> exampleLike(const Lesson& lesson, const Item& item, std::uint64_t seed) {
  const auto& skill = lesson.skills.at(item.skill);
  if (skill.kind != Kind::kNumber) return std::nullopt;
  const auto& level = skill.levels.at(item.level);
  const auto& steps = level.example.steps.empty() ? skill.example.steps : level.example.steps;
  const auto sums = sumsOf(skill.operation, level);
  if (steps.empty() || !sums) return std::nullopt;
  // Nothing of the item's answer is given away; and where it can be, no sum that needs no thought.
  std::vector<Sum> others;
  std::vector<Sum> worth;
  for (const auto& sum : *sums) {
    if (sum.answer == item.sum.answer ||
        std::minmax(sum.a, sum.b) == std::minmax(item.sum.a, item.sum.b)) {
      continue;
    }
    others.push_back(sum);
    if (std::min({sum.a, sum.b, sum.answer}) > 1) worth.push_back(sum);
  }
  const auto& from = worth.empty() ? others : worth;
  if (from.empty()) return std::nullopt;
  Random random(seed * 1'000'003U + static_cast<std::uint64_t>(item.sum.a) * 10'007U +
                static_cast<std::uint64_t>(item.sum.b));
  const TemplateValues values{
      from[random.below(static_cast<std::uint32_t>(from.size()))], skill.operation, {}};
  const auto fill = [&values](const std::string& text) {
    return filled(text, values, Template::Given::kForbidden);
  };
  Example example;
  example.problem = fill(skill.prompt);
  for (const auto& step : steps) example.steps.push_back({fill(step.line), fill(step.words)});
  return example;
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

ItemDealer::ItemDealer(const Lesson& lesson, std::size_t skill, std::size_t level,
                       std::uint64_t seed)
    : lesson_(&lesson), skill_(skill), level_(level), random_(seed) {
  const auto& dealt = lesson.skills.at(skill);
  if (dealt.kind != Kind::kNumber) return;
  auto sums = sumsOf(dealt.operation, dealt.levels.at(level));
  // A checked lesson has sums on every level.
  PRIMER_VERIFY(sums.has_value()) { sums = std::vector<Sum>{{1, 1, 2}}; }
  sums_.emplace(*std::move(sums), seed);
}

// All of what the level lists once, in an order of the seed's, then again in another.
std::size_t ItemDealer::nextListed() {
  if (order_.empty()) {
    const auto& level = lesson_->skills[skill_].levels[level_];
    order_.resize(level.questions.size() + level.sayings.size() + level.stories.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    random_.shuffle(order_);
  }
  const auto number = order_.back();
  order_.pop_back();
  return number;
}

Item ItemDealer::next() {
  switch (lesson_->skills[skill_].kind) {
    case Kind::kNumber:
      return makeItem(*lesson_, skill_, level_, sums_->next());
    case Kind::kQuiz:
      return makeQuizItem(*lesson_, skill_, level_, nextListed());
    case Kind::kSaying:
    case Kind::kStory:
      return makeSpokenItem(*lesson_, skill_, level_, nextListed());
    case Kind::kWorking:
      break;
  }
  return makeExerciseItem(*lesson_, skill_, level_,
                          static_cast<std::uint32_t>(random_.next() >> 32));
}

}  // namespace primer::content
