#include "item_view.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "placing_view.h"
#include "primer/content/random.h"
#include "primer/maths/short_division.h"
#include "work_judge.h"

namespace primer::app {

namespace {

QString fromUtf8(const std::string& text) { return QString::fromStdString(text); }

// Those that have a column method.
bool isColumnExercise(const std::string& exercise) {
  return exercise == "add" || exercise == "subtract" || exercise == "multiply" ||
         exercise == "divide" || exercise.rfind("short-division", 0) == 0;
}

std::optional<DivisionView> printedDivisionOf(const std::string& problem) {
  const auto division = maths::shortDivisionOf(problem);
  if (!division) return std::nullopt;
  return DivisionView{fromUtf8(division->dividend), QString::number(division->divisor),
                      division->with_remainder};
}

// The same for an item whenever it is shown, and never the order that is asked for.
std::vector<std::size_t> shuffled(std::size_t count, const std::string& id, std::uint64_t salt) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (count < 2) return order;
  std::uint64_t seed = 14'695'981'039'346'656'037U + salt;  // FNV-1a
  for (const char c : id) seed = (seed ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
  content::Random random(seed);
  do random.shuffle(order);
  while (std::is_sorted(order.begin(), order.end()));
  return order;
}

QuizView quizOf(const content::Item& item) {
  const auto& question = *item.question;
  QuizView view;
  view.answering = question.answering;
  view.gaps = static_cast<int>(question.gaps());
  view.low = question.line.low;
  view.high = question.line.high;
  view.parts = question.line.parts;
  view.unit = fromUtf8(question.unit);
  if (question.answering == Answering::kSpell)
    view.word = fromUtf8(content::rightAnswer(question).text);
  if (question.answering == Answering::kPlace) {
    view.placing = placingOf(question, shuffled(question.options.size(), item.id, 0));
    // What is read aloud: each kind of thing once, and what is written on the picture.
    view.options = wordsOfThings(view.placing);
    view.partners = wordsOfPicture(view.placing);
    return view;
  }
  for (const auto place : shuffled(question.options.size(), item.id, 0)) {
    view.options.append({static_cast<int>(place), fromUtf8(question.options[place].text)});
  }
  if (question.answering != Answering::kMatch) return view;
  for (const auto place : shuffled(question.options.size(), item.id, 1)) {
    view.partners.append({static_cast<int>(place), fromUtf8(question.options[place].partner)});
  }
  return view;
}

// The right answer stands at a place that only its words decide: the same in every visit, and
// nothing to be learned by.
QuestionView viewOf(const content::StoryQuestion& question) {
  QuestionView view{fromUtf8(question.ask), {}, fromUtf8(question.right)};
  for (const auto& wrong : question.wrong) view.answers.append(fromUtf8(wrong));
  const auto places = question.wrong.size() + 1;
  const auto sum = std::accumulate(question.ask.begin(), question.ask.end(), std::size_t{0});
  view.answers.insert(static_cast<qsizetype>(sum % places), view.right);
  return view;
}

}  // namespace

ItemView viewOf(const content::Lesson& lesson, const content::Item& item) {
  const auto& skill = lesson.skills[item.skill];
  ItemView view;
  view.kind = item.kind;
  view.skill = fromUtf8(skill.title);
  view.prompt = fromUtf8(item.prompt);
  view.spoken = fromUtf8(item.spoken);
  view.lesson_title = view.skill;
  view.request = fromUtf8(skill.request);
  view.explain = fromUtf8(skill.explain);
  switch (item.kind) {
    case ItemKind::kNumber:  // what a page says is the whole lesson's
      view.lesson_title = fromUtf8(lesson.title);
      view.request = fromUtf8(lesson.request);
      break;
    case ItemKind::kWorking:
      view.prompt = printed(item.prompt);
      view.squared = isColumnExercise(skill.exercise);
      if (view.squared) view.division = printedDivisionOf(item.prompt);
      if (view.division) {  // the r on the paper says the rest
        view.prompt = view.division->dividend + QStringLiteral(" ÷ ") + view.division->divisor;
      }
      break;
    case ItemKind::kQuiz:
      view.quiz = quizOf(item);
      break;
    case ItemKind::kSaying:
    case ItemKind::kStory:
      view.sound = fromUtf8(skill.sound);
      view.other = fromUtf8(item.other);
      if (item.story) {
        view.picture = fromUtf8(item.story->picture);
        for (const auto& paragraph : item.story->paragraphs) {
          view.paragraphs.append(fromUtf8(paragraph));
        }
        for (const auto& question : item.story->questions) {
          view.questions.append(viewOf(question));
        }
      }
      break;
  }
  return view;
}

}  // namespace primer::app
