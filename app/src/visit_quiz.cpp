// A question of a quiz within the visit.

#include <QCoreApplication>

#include "visit.h"

namespace primer::app {

namespace {

QuizReply replyFrom(const content::QuizAnswer& answer) {
  QuizReply reply;
  for (const auto place : answer.places) reply.places.append(static_cast<int>(place));
  reply.at = answer.at;
  reply.text = QString::fromStdString(answer.text);
  return reply;
}

content::QuizAnswer answerFrom(const QuizReply& reply) {
  content::QuizAnswer answer;
  for (const int place : reply.places) answer.places.push_back(static_cast<std::size_t>(place));
  answer.at = reply.at;
  answer.text = reply.text.toStdString();
  return answer;
}

}  // namespace

Visit::Judged Visit::answerQuiz(const QuizReply& reply, std::chrono::milliseconds now) {
  const auto& question = *item_.question;
  const auto answer = answerFrom(reply);
  const auto verdict = content::judge(question, answer);
  Try tried;
  tried.outcome = verdict.right ? Try::Outcome::kRight : Try::Outcome::kNotYet;
  tried.text = content::inWords(question, answer);
  tried.words = QString::fromStdString(verdict.says);
  auto judged = take(std::move(tried), now);
  for (const bool fits : verdict.fits) judged.view.fits.append(fits);
  if (judged.view.item_over) {
    judged.view.why = QString::fromStdString(question.why);
    judged.view.solution = replyFrom(content::rightAnswer(question));
  }
  return judged;
}

Visit::Judged Visit::answerText(const QString& text, const writing::GradedShortAnswer& grade,
                                std::chrono::milliseconds now) {
  using writing::Verdict;
  Try tried;
  tried.outcome = grade.verdict == Verdict::kRight        ? Try::Outcome::kRight
                  : grade.verdict == Verdict::kAskTeacher ? Try::Outcome::kForTeacher
                                                          : Try::Outcome::kNotYet;
  tried.text = text.toStdString();
  tried.confidence = grade.confidence;
  tried.words = QString::fromStdString(grade.feedback);
  if (tried.outcome == Try::Outcome::kForTeacher) {
    tried.words = guest_ ? QCoreApplication::translate(
                               "Visit", "I cannot tell. Show it to the teacher, if you like.")
                         : QCoreApplication::translate(
                               "Visit", "I cannot tell. Your teacher will read what you wrote.");
  }
  auto judged = take(std::move(tried), now);
  if (judged.view.item_over) {
    judged.view.why = QString::fromStdString(item_.question->why);
    judged.view.solution = replyFrom(content::rightAnswer(*item_.question));
  }
  return judged;
}

std::optional<QuizReply> Visit::shownPlaces() const {
  if (rung_ < kRungs || !item_.question || item_.question->answering != Answering::kPlace) {
    return std::nullopt;
  }
  return replyFrom(content::rightAnswer(*item_.question));
}

std::optional<ExampleView> Visit::example(std::uint64_t seed) const {
  const auto made = item_.kind == ItemKind::kNumber ? content::exampleLike(lesson(), item_, seed)
                                                    : std::optional(skill().example);
  if (!made || made->steps.empty()) return std::nullopt;
  const auto& given = *made;
  ExampleView view;
  view.problem = QString::fromStdString(given.problem);
  for (const auto& step : given.steps) {
    view.steps.append({QString::fromStdString(step.line), QString::fromStdString(step.words), {}});
  }
  return view;
}

}  // namespace primer::app
