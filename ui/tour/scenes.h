#pragma once

// The scenes of the tour, one file a group. A scene begins where the one before it ended, takes its
// pictures and leaves the visit where the next can go on; play() in tour.cpp has their order.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "primer/app/tutor.h"
#include "tour/made_voice.h"
#include "tour/stage.h"
#include "window/window.h"

namespace primer::ui {

inline constexpr double kDigitHeight = 84;
inline constexpr const char* kPin = "271934";

// Worked out from what is shown, as the pupil does; empty where it is no sum of two numbers.
QString answerTo(const QString& prompt);

class Tour : public Stage {
 public:
  Tour(const TourSettings& settings, const std::filesystem::path& data);

  std::vector<std::string> play();

 private:
  Tour(const TourSettings& settings, const std::filesystem::path& data, MadeVoice voice);

  // scenes_home.cpp
  void setUp();
  void logIn();
  void walk();
  void home();
  void chooseFreely();
  void handOver();
  void askToHandOver();  // from home
  void leave();          // the hand-over page, for the pictures
  void wellDone();

  // scenes_log_in.cpp
  void guest();
  void changeThePupil();         // from the pupil's page of the teacher
  QStringList askForPictures();  // from the settings; the moon's
  void threePictures(const QStringList& pictures);

  // scenes_number.cpp
  void sumExample();
  void rightAnswer();
  void doubtfulDigit();
  void notYet();
  void cannotRead();
  void otherHand();
  void numberKeys();
  void toTheEnd();

  // scenes_quiz.cpp
  void quiz();
  void quizLine();
  void quizTiles(const QString& skill, QList<app::Answering> ways,
                 const std::function<QStringList(const app::ItemView&)>& solve);
  void spelling();
  void sayAnAnswer();
  bool openQuiz(const QString& skill);  // from home; false: it is not open yet
  app::JudgementView checkQuiz();
  void tapTile(const QString& text);
  void flagTo(int step);

  // scenes_placing.cpp
  void placing();
  void shareOut();  // things on plates: wrong, the help to its last rung, right
  void setTheClock();
  app::QuizReply placesTold();  // the help's last rung
  void putThing(int id, int place);

  // scenes_work.cpp
  void work();
  void shortDivision();  // another child's visit
  void walkKnowingAll();
  void disagree(const QString& line);
  void columns();

  // scenes_voice.cpp
  void speaking();
  void readingAloud();
  app::SaidView sayIt(const QString& text);

  // scenes_teacher.cpp
  void teacher();

  void tellTimes();

  WorkingPage* working() { return window().workingPage(); }
  WorkPage* workPage() { return window().workPage(); }
  QuizPage* quizPage() { return window().quizPage(); }
  QString prompt();
  QPointF place();  // where to write, so that digits stand on the first free line
  void writeAndRead(const Ink& ink);
  app::JudgementView check();
  void next();
  app::WorkView writeLine(const QString& line, int row);
  app::WorkView after(const std::function<void()>& doing);

  std::optional<app::ReadingView> reading_;
  std::optional<app::JudgementView> judgement_;
  std::optional<app::HintView> hint_;
  std::optional<app::WorkView> work_;
  std::optional<app::SaidView> said_;
  MadeVoice voice_;
  QString talk_word_ = QStringLiteral("Say it");  // on the button to speak with
  std::vector<double> reading_ms_;
  std::vector<double> judged_ms_;
  std::vector<double> next_ms_;
  std::vector<double> marks_ms_;  // from the end of listening to what was said
  std::vector<double> light_ms_;  // from a word's beginning to its light
  int graded_ = 0;                // answers so far
  int typed_ = 0;                 // of them, without ink
  QStringList pictures_;          // that the moon taps to log in, once the teacher has said so
};

}  // namespace primer::ui
