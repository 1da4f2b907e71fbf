// Questions of a quiz: on a number line, on tiles, with keys.

#include <QHash>
#include <QRegularExpression>
#include <algorithm>
#include <optional>

#include "pages/choose_page.h"
#include "pages/home_page.h"
#include "pages/quiz_page.h"
#include "quiz/line_board.h"
#include "quiz/option_tile.h"
#include "tour/scenes.h"
#include "widgets/button.h"

namespace primer::ui {
namespace {

int numberIn(const QString& text) {
  static const QRegularExpression digits(QStringLiteral("\\d+"));
  return digits.match(text).captured().toInt();
}

}  // namespace

bool Tour::openQuiz(const QString& skill) {
  must(wait([this] { return window().currentPage() == window().homePage(); }), "home did not come");
  press(window().homePage(), "Choose for myself");
  const auto tiles = window().choosePage()->findChildren<Control*>();
  const bool there = std::any_of(tiles.begin(), tiles.end(), [&skill](const Control* tile) {
    return tile->accessibleName() == skill;
  });
  if (!there) {
    press(window().choosePage(), "Back");
    return false;
  }
  press(window().choosePage(), skill);
  must(wait([this] { return window().currentPage() == quizPage(); }), "no quiz came");
  return true;
}

app::JudgementView Tour::checkQuiz() {
  judgement_.reset();
  press(quizPage(), "Check");
  must(wait([this] { return judgement_.has_value(); }), "nothing was judged");
  ++graded_;
  ++typed_;
  pause(60);
  return *judgement_;
}

void Tour::tapTile(const QString& text) {
  for (auto* tile : quizPage()->findChildren<OptionTile*>()) {
    if (tile->isVisible() && tile->text() == text) {
      tapOn(tile, "the tile " + text.toStdString());
      return;
    }
  }
  must(false, "there is no tile " + text.toStdString());
}

void Tour::flagTo(int step) {
  for (int tries = 0; tries < 60 && quizPage()->line()->reply().at != step; ++tries) {
    press(quizPage(), quizPage()->line()->reply().at < step ? "One step further" : "One step back");
  }
}

void Tour::quizLine() {
  must(openQuiz(QStringLiteral("Numbers on a line")), "numbers on a line are not open");
  take("quiz-line", "A number line", "Drag the flag, tap the place, or step with the buttons.",
       "pupil");
  const int wanted = numberIn(quizPage()->item().prompt);
  flagTo(wanted > 2 ? wanted - 2 : wanted + 2);
  auto judgement = checkQuiz();
  should(judgement.verdict == app::Verdict::kNotYet, "a flag in a wrong place was not told");
  take("quiz-line-not-yet", "Not there yet", "What is said is about this very answer.", "pupil");
  flagTo(wanted);
  judgement = checkQuiz();
  should(judgement.verdict == app::Verdict::kRight, "the flag in its place was not called right");
  take("quiz-line-right", "There it belongs", "Right answers are explained as well.", "pupil");
  press(quizPage(), "Next");
  pause(60);
  press(quizPage(), "Show me one");
  pause(60);
  take("quiz-example", "One like this", "The same kind of question, step by step.", "pupil");
  press(quizPage(), "Back to mine");
  press(quizPage(), "Home");
}

// Goes through a skill's questions until one of each of these ways was shown.
void Tour::quizTiles(const QString& skill, QList<app::Answering> ways,
                     const std::function<QStringList(const app::ItemView&)>& solve) {
  if (!openQuiz(skill)) {
    should(false, skill.toStdString() + " is not open");
    return;
  }
  for (int asked = 0; asked < 6 && !ways.isEmpty(); ++asked) {
    const app::ItemView item = quizPage()->item();
    const auto answering = item.quiz.answering;
    const bool shown = ways.removeOne(answering);
    const std::string name(content::answeringName(answering));
    const auto answer = solve(item);
    for (qsizetype i = 0; i < answer.size(); ++i) {
      if (shown && i + 1 == answer.size()) {
        take("quiz-" + name, "Tiles: " + name, "A tap does it, another takes it back.", "pupil");
      }
      tapTile(answer[i]);
    }
    const auto judgement = checkQuiz();
    should(judgement.verdict == app::Verdict::kRight,
           "a right answer was not called right: " + item.prompt.toStdString());
    if (!judgement.item_over) return;
    if (shown) {
      take("quiz-" + name + "-right", "Right: " + name, "Why it is so stands below.", "pupil");
    }
    press(quizPage(), "Next");
    pause(60);
    if (window().currentPage() != quizPage()) return;
  }
  press(quizPage(), "Home");
}

// A word that is heard is written with its second letter left out, then whole.
void Tour::spelling() {
  must(openQuiz(QStringLiteral("Short words")), "short words are not open");
  const QString word = quizPage()->item().quiz.word;
  should(!quizPage()->item().prompt.contains(word), "the word to be spelt stands in its sentence");
  const auto write = [this](const QString& letters) {
    for (const QChar letter : letters) press(quizPage(), QString(letter));
  };
  write(word.left(1));
  take("spelling", "A word is heard and written", "Into the gap of its sentence, by its letters.",
       "pupil");
  write(word.mid(2));
  auto judgement = checkQuiz();
  should(judgement.verdict == app::Verdict::kNotYet, "a letter left out was not told");
  take("spelling-not-yet", "One letter is missing", "What is said is about these very letters.",
       "pupil");
  press(quizPage(), "Type on");
  for (qsizetype i = 2; i < word.size(); ++i) press(quizPage(), "Rub out");
  write(word.mid(1));
  judgement = checkQuiz();
  should(judgement.verdict == app::Verdict::kRight, "a word was spelt, and not called right");
  take("spelling-right", "That is how it is written", "Letter by letter, to be remembered.",
       "pupil");
  press(quizPage(), "Home");
}

void Tour::sayAnAnswer() {
  if (!voice_.say(QStringLiteral("hello"))) return;  // nobody to speak
  must(openQuiz(QStringLiteral("Sums in your head")), "sums in the head are not open");
  take("say-the-answer", "An answer is said", "None stands there; who would rather taps.", "pupil");
  const auto& options = quizPage()->item().quiz.options;
  const auto right = std::find_if(options.begin(), options.end(),
                                  [](const app::QuizOption& option) { return option.id == 0; });
  must(right != options.end() && voice_.say(right->text), "there is no voice");
  std::optional<app::ChosenView> heard;
  const auto listening = QObject::connect(&tutor(), &app::Tutor::answerHeard, &window(),
                                          [&heard](const app::ChosenView& one) { heard = one; });
  press(quizPage(), "Say it");
  must(wait([&heard] { return heard.has_value(); }), "nothing was heard of an answer");
  QObject::disconnect(listening);
  should(heard->choice == 0, "a clear answer was heard as another one");
  take("answer-heard", "What was heard", "It is shown before it is checked.", "pupil");
  const auto judgement = checkQuiz();
  should(judgement.verdict == app::Verdict::kRight, "the right answer, said, was not right");
  take("answer-right", "Right, and why", "As every answer of a quiz.", "pupil");
  press(quizPage(), "Home");
}

void Tour::quiz() {
  quizLine();
  quizTiles(QStringLiteral("Which is more?"),
            {app::Answering::kChooseOne, app::Answering::kOrder, app::Answering::kChooseMany},
            [](const app::ItemView& item) {
              QStringList all;
              for (const auto& option : item.quiz.options) all.append(option.text);
              std::sort(all.begin(), all.end(),
                        [](const auto& a, const auto& b) { return a.toInt() < b.toInt(); });
              if (item.quiz.answering == app::Answering::kOrder) return all;
              if (item.quiz.answering == app::Answering::kChooseOne) {
                return QStringList{item.prompt.contains("largest") ? all.last() : all.first()};
              }
              QStringList between;
              for (const auto& text : all) {
                if (text.toInt() > 30 && text.toInt() < 40) between.append(text);
              }
              return between;
            });
  quizTiles(QStringLiteral("Numbers in words"), {app::Answering::kMatch},
            [](const app::ItemView& item) {
              static const QHash<QString, QString> words = {{"thirteen", "13"},
                                                            {"fifteen", "15"},
                                                            {"eighteen", "18"},
                                                            {"twelve", "12"},
                                                            {"thirty", "30"},
                                                            {"fourteen", "14"},
                                                            {"forty", "40"},
                                                            {"sixty-two", "62"},
                                                            {"twenty-six", "26"},
                                                            {"ninety-one", "91"},
                                                            {"nineteen", "19"},
                                                            {"two hundred and four", "204"},
                                                            {"two hundred and forty", "240"},
                                                            {"four hundred and two", "402"}};
              QStringList taps;
              for (const auto& option : item.quiz.options) {
                taps << option.text << words.value(option.text);
              }
              return taps;
            });
}

}  // namespace primer::ui
