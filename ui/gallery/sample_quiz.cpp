#include "gallery/sample_quiz.h"

#include "gallery/sample_values.h"

namespace primer::ui::sample {
namespace {

app::ItemView question(app::Answering answering, const QString& ask, const QString& request,
                       const QString& explain) {
  app::ItemView item;
  item.kind = app::ItemKind::kQuiz;
  item.number = 4;
  item.of = 8;
  item.lesson_title = say("Number sense");
  item.skill = say("Which is more?");
  item.request = request;
  item.prompt = ask;
  item.spoken = ask;
  item.reason = say("2 of your last 3 of these were right. You are getting there.");
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
  auto item = question(
      app::Answering::kChooseOne, say("Which number is the largest?"), say("Find the answer"),
      say("Of two numbers, the one with more tens is larger. With as many tens, look "
          "at the ones."));
  item.quiz.options = options({"27", "72", "52", "29"});
  return item;
}

app::ItemView gapQuestion() {
  auto item =
      question(app::Answering::kGaps, say("43 has ___ tens and ___ ones."), say("Fill the gaps"),
               say("The left digit counts tens, the right digit counts ones."));
  item.quiz.gaps = 2;
  item.quiz.options = options({"4", "3", "40", "30"});
  return item;
}

app::ItemView chooseAllQuestion() {
  auto item = question(app::Answering::kChooseMany,
                       say("Which of these are as much as a half? Find all of them."),
                       say("Find all that are right"),
                       say("A half is one of two equal parts, whatever they are called."));
  item.quiz.options =
      options({"2/4", "1/3", "5/10", say("0.5 of a metre of ribbon"), "3/8", "50%"});
  return item;
}

app::ItemView orderQuestion() {
  auto item =
      question(app::Answering::kOrder, say("Put these in order, the smallest first."),
               say("Put in order"), say("Look at the hundreds, then the tens, then the ones."));
  item.quiz.options = options({"305", "350", "503", "530", "355", "533"});
  return item;
}

app::ItemView matchQuestion() {
  auto item = question(app::Answering::kMatch, say("Which belong together?"), say("Find the pairs"),
                       say("Say each one aloud: two of them mean the same."));
  item.quiz.options = options(
      {say("a half"), say("a quarter"), say("three quarters"), say("a tenth"), say("one whole")});
  item.quiz.partners = options({"10 %", "100 %", "50 %", "25 %", "75 %"});
  return item;
}

app::ItemView lineQuestion() {
  auto item =
      question(app::Answering::kLine, say("Where is 2 1/4? Put the flag there."),
               say("Find it on the line"), say("Each whole number is cut into four equal steps."));
  item.quiz.low = 0;
  item.quiz.high = 4;
  item.quiz.parts = 4;
  return item;
}

app::ItemView numberQuestion() {
  auto item =
      question(app::Answering::kNumber,
               say("A ribbon is 2 m long. You cut off 50 cm. How long is what is left?"),
               say("Type the number"), say("100 cm are one metre. You may answer in either."));
  item.quiz.unit = "m";
  return item;
}

app::ItemView textQuestion() {
  return question(app::Answering::kText,
                  say("Why is 50 more than 45? Say it in a sentence of your own."),
                  say("Answer in a few words"), say("Begin with the word because."));
}

app::ItemView spellQuestion() {
  auto item = question(app::Answering::kSpell, say("The ___ sails on the sea."),
                       say("Listen, and write the word"),
                       say("Some sounds need two letters: sh as in shop, ch as in chop."));
  item.quiz.gaps = 1;
  item.quiz.word = QStringLiteral("ship");
  return item;
}

app::ItemView sayQuestion() {
  auto item =
      question(app::Answering::kSay, say("What is 8 + 6?"), say("Say the answer"),
               say("Work it out in your head, then press the red button and say the number."));
  item.quiz.options = options({say("fourteen"), say("thirteen"), say("sixteen"), say("two")});
  return item;
}

app::JudgementView quizNotYetSpelt() {
  app::JudgementView view;
  view.verdict = app::Verdict::kNotYet;
  view.words = say("One letter is another one.");
  view.hint = {1, say("A nudge"), say("Say it slowly, one sound after the other."), {}};
  view.fits = {false, true, true, true};
  view.attempt = 1;
  return view;
}

app::ItemView longestQuestion() {
  auto item = question(app::Answering::kChooseOne,
                       "Was transportiert ein Donaudampfschifffahrtsgesellschaftskapitän?",
                       say("Find the answer"), say("Long words are made of short ones."));
  item.quiz.options =
      options({"Rindfleischetikettierungsüberwachungen", "Donaudampfschifffahrtsgesellschaftswagen",
               "Ein Nilpferd", "Kraftfahrzeughaftpflichtversicherungen!!"});
  return item;
}

app::JudgementView quizForTeacher() {
  app::JudgementView view;
  view.verdict = app::Verdict::kForTeacher;
  view.words = say("I am not sure about this one. Your teacher will read it.");
  view.item_over = true;
  view.attempt = 1;
  return view;
}

app::JudgementView quizNotYet() {
  app::JudgementView view;
  view.verdict = app::Verdict::kNotYet;
  view.words = say("52 has five tens. One has more.");
  view.hint = {1, say("A nudge"), say("Look at the tens first."), {}};
  view.fits = {false, true};
  view.attempt = 1;
  return view;
}

app::JudgementView quizOver(const app::QuizReply& solution) {
  app::JudgementView view;
  view.verdict = app::Verdict::kRight;
  view.words = say("Yes, that is it.");
  view.why = say("72 has seven tens: more than the others.");
  view.solution = solution;
  view.item_over = true;
  view.attempt = 1;
  return view;
}

}  // namespace primer::ui::sample
