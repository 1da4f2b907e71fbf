// A pupil's whole visit and the teacher's after it, through the real window.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "journey.h"
#include "pages/lines_page.h"
#include "paper/ink_view.h"

namespace primer::ui {
namespace {

const auto* const kEnvironment = testing::AddGlobalTestEnvironment(new UiEnvironment);

using Visit = Journey;

TEST_F(Visit, TheTeacherMakesAClass) {
  ASSERT_NO_FATAL_FAILURE(start());
  ASSERT_EQ(window_->currentPage(), window_->setUpPage());
  EXPECT_FALSE(control("Next")->isEnabled());
  ASSERT_TRUE(type("4C"));  // a digit does not end the capitals, a letter does
  EXPECT_FALSE(control("B"));
  ASSERT_TRUE(press("Rub out"));
  ASSERT_TRUE(press("Capital letters"));
  ASSERT_TRUE(press("B"));
  ASSERT_TRUE(press("Next"));
  ASSERT_TRUE(type("123"));
  EXPECT_FALSE(control("Next")->isEnabled()) << "three digits are no PIN";
  ASSERT_TRUE(type("4"));
  ASSERT_TRUE(press("Next"));
  ASSERT_TRUE(type("1243"));
  ASSERT_TRUE(press("Next"));
  EXPECT_EQ(window_->setUpPage()->step(), 1) << "the two PINs differ: asked again";
  ASSERT_TRUE(type("1234"));
  ASSERT_TRUE(press("Next"));
  ASSERT_TRUE(type("1234"));
  ASSERT_TRUE(press("Next"));
  ASSERT_TRUE(press("One more"));
  ASSERT_TRUE(press("Make the class"));
  ASSERT_TRUE(waitForPage([this] { return window_->logInPage(); }));
  EXPECT_EQ(window_->logInPage()->findChildren<PictureTile*>().size(), 16);
  EXPECT_EQ(tutor_->grid().shown.label, "4B");
}

TEST_F(Visit, ASumIsExplainedAndAnotherOneIsDoneStepByStep) {
  ASSERT_NO_FATAL_FAILURE(startWorking());
  const auto item = working()->item();
  ASSERT_FALSE(item.explain.isEmpty());
  EXPECT_EQ(working()->advice()->text(), item.explain);
  ASSERT_NO_FATAL_FAILURE(writeInk(app::clearly(answer())));
  QSignalSpy shown(tutor_.get(), &app::Tutor::exampleShown);
  ASSERT_TRUE(press("Show me one"));
  ASSERT_TRUE(wait([&shown] { return !shown.isEmpty(); }));
  const auto example = shown[0][0].value<app::ExampleView>();
  EXPECT_NE(example.problem, item.prompt);
  EXPECT_GE(example.steps.size(), 2);
  EXPECT_FALSE(paper()->isVisible());
  ASSERT_TRUE(press("Back to mine"));
  EXPECT_TRUE(paper()->isVisible());
  EXPECT_FALSE(paper()->ink().empty()) << "what was written is still there";
  EXPECT_EQ(checkNow().verdict, app::Verdict::kRight);
  EXPECT_FALSE(control("Show me one"));
}

TEST_F(Visit, FromLogInToWellDoneAndTheTeacherSeesIt) {
  ASSERT_NO_FATAL_FAILURE(startWorking());

  // Right at once.
  ASSERT_NO_FATAL_FAILURE(writeInk(app::clearly(answer())));
  EXPECT_EQ(working()->sheet()->reading().text, QString::fromStdString(answer()));
  EXPECT_EQ(checkNow().verdict, app::Verdict::kRight);
  EXPECT_EQ(working()->advice()->kind(), AdviceCard::Kind::kRight);
  EXPECT_FALSE(control("Check"));
  ASSERT_TRUE(press("Next"));

  // Not yet, with a hint; then mended.
  EXPECT_EQ(working()->item().number, 2);
  ASSERT_NO_FATAL_FAILURE(writeInk(app::clearly(std::to_string(rightAnswer() + 20))));
  const auto judgement = checkNow();
  EXPECT_EQ(judgement.verdict, app::Verdict::kNotYet);
  EXPECT_EQ(working()->advice()->kind(), AdviceCard::Kind::kNudge);
  EXPECT_THAT(working()->advice()->text().toStdString(),
              testing::HasSubstr(judgement.hint.text.toStdString()));
  EXPECT_TRUE(paper()->ink().empty()) << "clean paper for the next try";
  ASSERT_TRUE(press("Help me"));
  EXPECT_EQ(working()->advice()->heading(), "The idea");
  ASSERT_NO_FATAL_FAILURE(writeInk(app::clearly(answer())));
  EXPECT_EQ(checkNow().verdict, app::Verdict::kRight);
  ASSERT_TRUE(press("Next"));

  // The last one, then the end of the set.
  ASSERT_NO_FATAL_FAILURE(writeInk(app::clearly(answer())));
  EXPECT_EQ(checkNow().verdict, app::Verdict::kRight);
  EXPECT_THAT(tutor_->steps(),
              testing::ElementsAre(app::Step::kRight, app::Step::kNotYet, app::Step::kRight));
  ASSERT_TRUE(press("Next"));
  ASSERT_TRUE(waitForPage([this] { return window_->wellDonePage(); }));
  EXPECT_EQ(window_->wellDonePage()->summary().right_first_time, 2);
  // What was written can be looked at again.
  const auto done = window_->wellDonePage()->summary().done;
  ASSERT_EQ(done.size(), 3);
  for (const auto& item : done) EXPECT_FALSE(item.ink.empty());
  EXPECT_EQ(done[1].tries, 2);
  ASSERT_TRUE(press("My lines"));
  ASSERT_TRUE(waitForPage([this] { return window_->linesPage(); }));
  EXPECT_EQ(window_->linesPage()->findChildren<InkView*>().size(), 3);
  ASSERT_TRUE(press("Back"));
  ASSERT_TRUE(press("I am finished"));
  ASSERT_TRUE(waitForPage([this] { return window_->logInPage(); }));

  // The teacher: a wrong PIN shows nothing, the right one everything.
  ASSERT_TRUE(press("For the teacher"));
  QSignalSpy refused(tutor_.get(), &app::Tutor::unlockRefused);
  ASSERT_TRUE(type("9999"));
  ASSERT_TRUE(press("Ready"));
  ASSERT_TRUE(wait([&refused] { return !refused.isEmpty(); }));
  EXPECT_EQ(window_->currentPage(), window_->pinPage());
  EXPECT_EQ(window_->teacherPage(), nullptr) << "nothing of the teacher's page was even made";
  clock_.advance(std::chrono::minutes(10));
  ASSERT_TRUE(type(app::kClass4A.pin));
  ASSERT_TRUE(press("Ready"));
  ASSERT_TRUE(waitForPage([this] { return window_->teacherPage(); }));
  ASSERT_TRUE(wait([this] { return window_->teacherPage()->classTable()->rowCount() == 5; }));
  QSignalSpy seen(tutor_.get(), &app::Tutor::pupilViewReady);
  // Until they are laid out all rows lie on one another, and a tap meets the last.
  const auto rows = [this] {
    return window_->teacherPage()->classTable()->findChildren<Control*>();
  };
  ASSERT_TRUE(wait([&rows] { return rows()[1]->y() > rows()[0]->geometry().bottom(); }));
  ASSERT_TRUE(tap(rows()[0]));
  ASSERT_TRUE(wait([&seen] { return !seen.isEmpty(); }));
  const auto pupil = seen[0][0].value<app::PupilView>();
  ASSERT_EQ(pupil.answers.size(), 4);
  for (const auto& given : pupil.answers) EXPECT_FALSE(given.ink.empty());
  EXPECT_EQ(window_->teacherPage()->answerTable()->rowCount(), 4);
  ASSERT_TRUE(press("Lock"));
  ASSERT_TRUE(waitForPage([this] { return window_->logInPage(); }));
}

TEST_F(Visit, ADoubtfulDigitIsAskedAboutAndOneTapAnswers) {
  ASSERT_NO_FATAL_FAILURE(startWorking());
  const std::string meant = answer();
  ASSERT_NO_FATAL_FAILURE(writeInk(doubted(meant)));
  EXPECT_FALSE(control("Check")->isEnabled()) << "what is doubted cannot be judged";
  const QString digit = QString::fromStdString(meant.substr(0, 1));
  QSignalSpy read(tutor_.get(), &app::Tutor::inkRead);
  ASSERT_TRUE(press("I wrote " + digit));
  ASSERT_TRUE(wait([&read] { return !read.isEmpty(); }));
  EXPECT_FALSE(control("I wrote " + digit)) << "the question is answered";
  EXPECT_EQ(checkNow().verdict, app::Verdict::kRight);
}

TEST_F(Visit, AScribbleIsNeverGraded) {
  ASSERT_NO_FATAL_FAILURE(startWorking());
  QSignalSpy saved(tutor_.get(), &app::Tutor::saved);
  for (int i = 0; i < 2; ++i) {
    ASSERT_NO_FATAL_FAILURE(writeInk(handwriting::NumberReading()));
    EXPECT_EQ(checkNow().verdict, app::Verdict::kCannotRead);
    EXPECT_EQ(working()->advice()->kind(), AdviceCard::Kind::kCannotRead);
    EXPECT_FALSE(paper()->ink().empty()) << "the ink stays";
    EXPECT_EQ(tutor_->steps()[0], app::Step::kNow);
    ASSERT_TRUE(press("Rub everything out"));
  }
  EXPECT_TRUE(saved.isEmpty());
  ASSERT_TRUE(press("Use number keys")) << "offered after it failed twice";
  ASSERT_TRUE(type(QString::fromStdString(answer())));
  EXPECT_EQ(checkNow().verdict, app::Verdict::kRight);
}

TEST_F(Visit, InkThatIsRubbedOutIsForgotten) {
  ASSERT_NO_FATAL_FAILURE(startWorking());
  ASSERT_NO_FATAL_FAILURE(writeInk(app::clearly(answer())));
  ASSERT_TRUE(press("Rub everything out"));
  EXPECT_TRUE(working()->sheet()->reading().text.isEmpty());
  EXPECT_FALSE(control("Check")->isEnabled());
  ASSERT_TRUE(press("Undo"));
  EXPECT_TRUE(control("Check")->isEnabled());
  EXPECT_EQ(checkNow().verdict, app::Verdict::kRight);
}

TEST_F(Visit, HandingOverSavesFirstAndAsks) {
  ASSERT_NO_FATAL_FAILURE(startWorking());
  ASSERT_NO_FATAL_FAILURE(writeInk(app::clearly(answer())));
  EXPECT_EQ(checkNow().verdict, app::Verdict::kRight);
  ASSERT_TRUE(press("Home"));
  ASSERT_TRUE(press("Hand over"));
  ASSERT_EQ(window_->currentPage(), window_->handOverPage());
  ASSERT_TRUE(press("Yes, go on"));
  ASSERT_EQ(window_->currentPage(), window_->homePage());
  ASSERT_TRUE(press("Hand over"));
  ASSERT_TRUE(press("No, hand over"));
  ASSERT_TRUE(waitForPage([this] { return window_->logInPage(); }));
  EXPECT_EQ(tutor_->saveState(), app::SaveState::kSaved);
}

TEST_F(Visit, AfterAWhileWithoutATouchItAsksWhoItIs) {
  ASSERT_NO_FATAL_FAILURE(startWorking());
  window_->setIdleLimit(std::chrono::milliseconds(50));
  ASSERT_TRUE(waitForPage([this] { return window_->handOverPage(); }));
}

TEST_F(Visit, EverythingCanBeDoneWithAKeyboard) {
  ASSERT_NO_FATAL_FAILURE(startWithClass());
  // Tab reaches the voice, the switch, the lock and every picture, each once, and the ring shows
  // where it is.
  std::vector<QWidget*> order;
  for (int i = 0; i < 7; ++i) {
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : window_.get(),
                    Qt::Key_Tab);
    auto* focused = qobject_cast<Control*>(QApplication::focusWidget());
    ASSERT_TRUE(focused) << i;
    EXPECT_TRUE(focused->focusVisible()) << i;
    EXPECT_EQ(std::count(order.begin(), order.end(), focused), 0) << "reached twice";
    order.push_back(focused);
  }
  // Where there is a voice, its button is the first.
  const size_t one_switch =
      static_cast<Control*>(order[0])->accessibleName() == "Read it to me" ? 1 : 0;
  EXPECT_EQ(static_cast<Control*>(order[one_switch])->accessibleName(), "One switch");
  const size_t lock = one_switch + 1;
  EXPECT_EQ(static_cast<Control*>(order[lock])->accessibleName(), "For the teacher");
  for (size_t i = lock + 1; i < order.size(); ++i) {
    EXPECT_TRUE(qobject_cast<PictureTile*>(order[i])) << i;
    const QPoint before = order[i - 1]->mapTo(window_.get(), QPoint());
    const QPoint here = order[i]->mapTo(window_.get(), QPoint());
    EXPECT_TRUE(here.y() > before.y() || here.x() > before.x()) << "in reading order";
  }
  QTest::keyClick(order[lock + 1], Qt::Key_Return);
  ASSERT_TRUE(waitForPage([this] { return window_->homePage(); }));
  QTest::keyClick(window_->homePage()->findChildren<DoorCard*>().first(), Qt::Key_Return);
  ASSERT_TRUE(waitForPage([this] { return window_->workingPage(); }));
  // Digits may simply be typed, Return checks and goes on.
  QSignalSpy judged(tutor_.get(), &app::Tutor::judged);
  for (const char digit : answer()) QTest::keyClick(working(), digit);
  QTest::keyClick(working(), Qt::Key_Return);
  ASSERT_TRUE(wait([&judged] { return !judged.isEmpty(); }));
  EXPECT_EQ(judged[0][0].value<app::JudgementView>().verdict, app::Verdict::kRight);
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  EXPECT_EQ(working()->item().number, 2);
}

}  // namespace
}  // namespace primer::ui
