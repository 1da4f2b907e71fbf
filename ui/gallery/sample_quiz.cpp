#include "gallery/sample_quiz.h"

namespace primer::ui::sample {
namespace {

app::ItemView question(app::Answering answering, const char* ask, const char* request,
                       const char* explain) {
  app::ItemView item;
  item.kind = app::ItemKind::kQuiz;
  item.number = 4;
  item.of = 8;
  item.lesson_title = "Number sense";
  item.skill = "Which is more?";
  item.request = request;
  item.prompt = ask;
  item.spoken = ask;
  item.reason = "2 of your last 3 of these were right. You are getting there.";
  item.explain = explain;
  item.quiz.answering = answering;
  return item;
}

QList<app::QuizOption> options(const QStringList& words) {
  QList<app::QuizOption> list;
  for (int i = 0; i < words.size(); ++i) list.append({i, words[i]});
  return list;
}

}  // namespace

app::ItemView chooseQuestion() {
  auto item =
      question(app::Answering::kChooseOne, "Which number is the largest?", "Find the answer",
               "Of two numbers, the one with more tens is larger. With as many tens, look "
               "at the ones.");
  item.quiz.options = options({"27", "72", "52", "29"});
  return item;
}

app::ItemView gapQuestion() {
  auto item = question(app::Answering::kGaps, "43 has ___ tens and ___ ones.", "Fill the gaps",
                       "The left digit counts tens, the right digit counts ones.");
  item.quiz.gaps = 2;
  item.quiz.options = options({"4", "3", "40", "30"});
  return item;
}

app::JudgementView quizNotYet() {
  app::JudgementView view;
  view.verdict = app::Verdict::kNotYet;
  view.words = "52 has five tens. One has more.";
  view.hint = {1, "A nudge", "Look at the tens first.", {}};
  view.fits = {false, true};
  view.attempt = 1;
  return view;
}

app::JudgementView quizOver(const app::QuizReply& solution) {
  app::JudgementView view;
  view.verdict = app::Verdict::kRight;
  view.words = "Yes, that is it.";
  view.why = "72 has seven tens: more than the others.";
  view.solution = solution;
  view.item_over = true;
  view.attempt = 1;
  return view;
}

}  // namespace primer::ui::sample
