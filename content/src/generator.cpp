#include "primer/content/generator.h"

#include <algorithm>

#include "primer/base/check.h"
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
  return lesson.id + "/" + skill.id + "/" + std::to_string(sum.a) + idLetter(skill.operation) +
         std::to_string(sum.b);
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

Result<Item> itemFromId(const Lesson& lesson, std::string_view id) {
  const auto unknown = [&] {
    return fail(ErrorCode::kNotFound,
                "lesson " + lesson.id + " has no item \"" + std::string(id) + "\"");
  };
  const auto first = id.find('/');
  const auto second = id.rfind('/');
  if (first == second || id.substr(0, first) != lesson.id) return unknown();
  const auto skill = lesson.skillNamed(id.substr(first + 1, second - first - 1));
  if (!skill) return unknown();
  const auto& levels = lesson.skills[*skill].levels;
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
