// Things that are placed on pictures, through the real window: dragged by a finger, tapped, by
// keyboard, by one switch; and whatever else fingers do.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gallery/sample_placing.h"
#include "gallery/sample_quiz.h"
#include "journey.h"
#include "pages/choose_page.h"
#include "pages/quiz_page.h"
#include "quiz/place_board.h"
#include "quiz/place_spot.h"
#include "quiz/placed_thing.h"

namespace primer::ui {
namespace {

// A page with one question, as large as a tablet.
class PlacingPage : public testing::Test {
 protected:
  void show(const app::ItemView& item, QSize size = {1280, 800}) {
    setScale(scaleFor(size));
    page_ = std::make_unique<QuizPage>();
    page_->resize(size);
    page_->showItem(item);
    page_->show();
    page_->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(page_.get()));
    page_->grab();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    page_->grab();
  }
  PlaceBoard* board() { return page_->placing(); }
  PlacedThing* thing(const char* name) { return board()->thingNamed(QLatin1String(name)); }
  PlaceSpot* spot(int place) { return board()->findChildren<PlaceSpot*>().at(place); }
  int placeOf(const char* name) { return board()->reply().places.at(thing(name)->thing().id); }

  std::unique_ptr<QuizPage> page_;
};

TEST_F(PlacingPage, AThingSnapsToTheNearestPlaceAndTheOneThatWouldTakeItLights) {
  ASSERT_NO_FATAL_FAILURE(show(sample::squareQuestion()));
  EXPECT_FALSE(board()->answered());
  const QPointF place = board()->middleOf(1);
  grip(thing("34"));
  dragTo(thing("34"), place + QPointF(30, -26));
  EXPECT_FALSE(board()->answered()) << "it is held still";
  const auto lit = spot(1)->grab().toImage();
  dragTo(thing("34"), QPointF(board()->width() - 40, board()->height() - 40));
  EXPECT_NE(spot(1)->grab().toImage(), lit);
  dragTo(thing("34"), place + QPointF(30, -26));
  letGo(thing("34"));
  EXPECT_EQ(placeOf("34"), 1);
  EXPECT_LE((thing("34")->geometry().center() - place).manhattanLength(), 2);
  EXPECT_TRUE(board()->answered());
}

TEST_F(PlacingPage, DroppedElsewhereItGoesHomeAndWhatLiesMakesRoom) {
  ASSERT_NO_FATAL_FAILURE(show(sample::squareQuestion()));
  const QPoint home = thing("34")->pos();
  grip(thing("34"));
  dragTo(thing("34"), QPointF(6, 6));
  letGo(thing("34"));
  EXPECT_EQ(thing("34")->pos(), home);
  EXPECT_EQ(placeOf("34"), -1);
  for (const char* name : {"34", "26"}) {
    grip(thing(name));
    dragTo(thing(name), board()->middleOf(2));
    letGo(thing(name));
  }
  EXPECT_EQ(placeOf("26"), 2);
  EXPECT_EQ(placeOf("34"), -1) << "one place takes one thing";
  EXPECT_EQ(thing("34")->pos(), home);
  grip(thing("26"));
  dragTo(thing("26"), QPointF(thing("34")->geometry().center()));
  letGo(thing("26"));
  EXPECT_FALSE(board()->answered()) << "taken back";
}

TEST_F(PlacingPage, TwoTapsDoTheSame) {
  ASSERT_NO_FATAL_FAILURE(show(sample::plantQuestion()));
  EXPECT_FALSE(tap(spot(0))) << "there is nothing in hand";
  const char* const word = "root";
  ASSERT_TRUE(tap(thing(word)));
  EXPECT_EQ(thing(word)->state(), PlacedThing::State::kInHand);
  ASSERT_TRUE(tap(spot(3)));
  EXPECT_EQ(placeOf(word), 3);
  ASSERT_TRUE(tap(thing("stem")));
  ASSERT_TRUE(tap(thing(word))) << "the place below it is meant";
  EXPECT_EQ(placeOf("stem"), 3);
  EXPECT_EQ(placeOf(word), -1);
  ASSERT_TRUE(tap(thing("stem")));
  ASSERT_TRUE(tap(thing("stem")));
  EXPECT_EQ(placeOf("stem"), -1) << "a second tap takes it home";
}

TEST_F(PlacingPage, AKeyboardAloneIsEnough) {
  Control::setPointerInUse(false);
  ASSERT_NO_FATAL_FAILURE(show(sample::clockQuestion()));
  QTest::keyClick(page_.get(),
                  Qt::Key_1);  // the small hand, in hand; the first place has the focus
  ASSERT_TRUE(spot(0)->hasFocus());
  // One o'clock lies above and left of two: to the right, and down.
  QTest::keyClick(spot(0), Qt::Key_Down);
  QWidget* focus = board()->focusWidget();
  ASSERT_NE(focus, spot(0));
  QTest::keyClick(focus, Qt::Key_Return);
  const int placed = board()->reply().places.at(0);
  EXPECT_GE(placed, 0);
  EXPECT_EQ(board()->focusWidget(), thing("big hand")) << "on to what waits";
  QTest::keyClick(thing("big hand"), Qt::Key_Space);
  QTest::keyClick(board()->focusWidget(), Qt::Key_Escape);
  EXPECT_EQ(placeOf("big hand"), -1);
  EXPECT_TRUE(thing("big hand")->hasFocus());
  thing("small hand")->setFocus(Qt::TabFocusReason);
  QTest::keyClick(thing("small hand"), Qt::Key_Backspace);
  EXPECT_FALSE(board()->answered());
}

TEST_F(PlacingPage, ThePenAndAFingerAtOnceAndATouchThatNeverLifts) {
  ASSERT_NO_FATAL_FAILURE(show(sample::squareQuestion()));
  const QPoint home = thing("34")->pos();
  grip(thing("34"));
  dragTo(thing("34"), board()->middleOf(1));
  // Another pointer takes another thing: what the first holds goes back.
  grip(thing("26"));
  dragTo(thing("26"), board()->middleOf(0));
  EXPECT_EQ(thing("34")->pos(), home);
  letGo(thing("26"));
  letGo(thing("34"));
  EXPECT_EQ(placeOf("26"), 0);
  EXPECT_EQ(placeOf("34"), -1);
  // Held while the answer is judged, and while the next question comes.
  grip(thing("34"));
  dragTo(thing("34"), board()->middleOf(1));
  page_->showJudgement(sample::placedNotYet({true, false, true, true}));
  EXPECT_EQ(thing("34")->pos(), home);
  dragTo(thing("34"), board()->middleOf(1));
  EXPECT_EQ(thing("34")->pos(), home) << "that touch is over";
  grip(thing("34"));
  dragTo(thing("34"), board()->middleOf(1));
  page_->showItem(sample::gridQuestion());
  EXPECT_FALSE(board()->answered());
}

TEST_F(PlacingPage, AWindowThatIsResizedInMidDragLosesNothing) {
  ASSERT_NO_FATAL_FAILURE(show(sample::squareQuestion()));
  for (const char* name : {"26", "34"}) {
    grip(thing(name));
    dragTo(thing(name), board()->middleOf(name[0] == '2' ? 0 : 1));
    if (name[0] == '2') letGo(thing(name));
  }
  setScale(scaleFor({800, 480}));
  applyScale(page_.get());
  page_->resize(800, 480);
  page_->grab();
  QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
  page_->grab();
  letGo(thing("34"));
  EXPECT_EQ(placeOf("26"), 0);
  EXPECT_EQ(placeOf("34"), -1);
  EXPECT_LE((thing("26")->geometry().center() - board()->middleOf(0)).manhattanLength(), 3);
  setScale(1);
}

TEST_F(PlacingPage, WhatDoesNotFitGoesHomeAndTheLastRungShowsHow) {
  auto item = sample::plantQuestion();
  item.begun.reply = app::QuizReply{{2, 1, -1, -1}, 0, {}};
  ASSERT_NO_FATAL_FAILURE(show(item));
  page_->showJudgement(sample::placedNotYet({true, false, false, false}));
  EXPECT_EQ(placeOf("stem"), 2);
  EXPECT_EQ(placeOf("flower"), -1);
  EXPECT_EQ(thing("flower")->state(), PlacedThing::State::kNotYet);
  const auto before = board()->grab().toImage();
  page_->showHint(sample::placedTold({2, 0, 3, 1}));
  EXPECT_NE(board()->grab().toImage(), before) << "pale things in their places";
  page_->showJudgement(sample::quizOver({{2, 0, 3, 1}, 0, {}}));
  EXPECT_EQ(board()->reply().places, (QList<int>{2, 0, 3, 1}));
  EXPECT_EQ(thing("root")->state(), PlacedThing::State::kRight);
  EXPECT_TRUE(thing("root")->accessibleDescription().startsWith("placed:"));
}

TEST_F(PlacingPage, ABegunAnswerThatDoesNotFitIsPassedOver) {
  auto item = sample::squareQuestion();
  item.begun.reply = app::QuizReply{{0, 0, 99, -7, 3, 4}, 0, {}};
  ASSERT_NO_FATAL_FAILURE(show(item));
  EXPECT_EQ(board()->reply().places, (QList<int>{0, -1, -1, -1}));
}

TEST_F(PlacingPage, TheTrayIsOnTheSideOfTheHand) {
  ASSERT_NO_FATAL_FAILURE(show(sample::squareQuestion()));
  EXPECT_GT(thing("34")->x(), board()->width() / 2);
  page_->setLeftHanded(true);
  page_->showItem(sample::squareQuestion());
  page_->grab();
  EXPECT_LT(thing("34")->x(), board()->width() / 2);
}

class PlacingJourney : public Journey {
 protected:
  void startQuestion(const char* skill = "Share and sort") {
    settings_.lessons = {"number-facts", "number-sense"};
    ASSERT_NO_FATAL_FAILURE(startAtHome());
    ASSERT_TRUE(press("Choose for myself"));
    ASSERT_TRUE(press(skill));
    ASSERT_TRUE(waitForPage([this] { return window_->quizPage(); }));
    ASSERT_EQ(page()->item().quiz.answering, app::Answering::kPlace);
  }
  QuizPage* page() { return window_->quizPage(); }
  PlaceBoard* board() { return page()->placing(); }
  app::QuizReply told() {
    QSignalSpy hints(tutor_.get(), &app::Tutor::hintShown);
    for (int rung = 1; rung <= 3; ++rung) {
      EXPECT_TRUE(press("Help me"));
      EXPECT_TRUE(wait([&hints, rung] { return hints.size() == rung; }));
      const auto hint = hints.last().at(0).value<app::HintView>();
      EXPECT_EQ(hint.shows.has_value(), rung == 3) << "the answer is shown last";
      if (hint.shows) return *hint.shows;
    }
    return {};
  }
};

TEST_F(PlacingJourney, EveryTryIsSavedAndTheTeacherReadsWhatLayWhere) {
  ASSERT_NO_FATAL_FAILURE(startQuestion());
  QSignalSpy saved(tutor_.get(), &app::Tutor::saved);
  const auto places = told().places;
  // Wrong first: all of them in the first place.
  for (auto* thing : board()->findChildren<PlacedThing*>()) {
    grip(thing);
    dragTo(thing, board()->middleOf(0));
    letGo(thing);
  }
  QSignalSpy judged(tutor_.get(), &app::Tutor::judged);
  ASSERT_TRUE(press("Check"));
  ASSERT_TRUE(wait([&judged] { return judged.size() == 1; }));
  const auto wrong = judged[0][0].value<app::JudgementView>();
  EXPECT_EQ(wrong.verdict, app::Verdict::kNotYet);
  EXPECT_TRUE(wrong.item_over) << "after the last rung";
  EXPECT_EQ(wrong.solution.places, places);
  EXPECT_EQ(board()->reply().places, places) << "and so it stands there";
  EXPECT_TRUE(wait([&saved] { return saved.size() == 1; }));
}

TEST_F(PlacingJourney, WhatWasPlacedIsThereAgainAfterwards) {
  ASSERT_NO_FATAL_FAILURE(startQuestion());
  auto* thing = board()->findChildren<PlacedThing*>().first();
  const int id = thing->thing().id;
  grip(thing);
  dragTo(thing, board()->middleOf(1));
  letGo(thing);
  const auto before = board()->reply();
  const auto prompt = page()->item().prompt;
  ASSERT_NO_FATAL_FAILURE(start());  // the program was ended in mid answer
  ASSERT_TRUE(tap(window_->logInPage()->findChildren<PictureTile*>().first()));
  ASSERT_TRUE(waitForPage([this] { return window_->homePage(); }));
  ASSERT_TRUE(press("Go on"));
  ASSERT_TRUE(waitForPage([this] { return window_->quizPage(); }));
  EXPECT_EQ(page()->item().prompt, prompt);
  EXPECT_EQ(board()->reply(), before);
  EXPECT_EQ(board()->reply().places.at(id), 1);
}

TEST_F(PlacingJourney, OneSwitchIsEnough) {
  ASSERT_NO_FATAL_FAILURE(startQuestion());
  const auto places = told().places;
  auto& scan = window_->scan();
  scan.setPace(std::chrono::hours(1));  // stepped by hand here
  scan.setOn(true);
  const auto lightUntil = [&](const auto& wanted) {
    for (int i = 0; i < 60; ++i) {
      if (scan.lit() != nullptr && wanted(scan.lit())) return i;
      scan.step();
    }
    return -1;
  };
  const auto pressLit = [&] { QTest::keyClick(window_.get(), Qt::Key_Space); };
  for (const auto& thing : page()->item().quiz.placing.things) {
    const int place = places.at(thing.id);
    if (place < 0) continue;
    const auto isThing = [&](Control* control) {
      auto* one = qobject_cast<PlacedThing*>(control);
      return one != nullptr && one->thing().id == thing.id;
    };
    ASSERT_GE(lightUntil(isThing), 0);
    pressLit();
    scan.step();
    const auto spots = board()->findChildren<PlaceSpot*>();
    ASSERT_NE(qobject_cast<PlaceSpot*>(scan.lit()), nullptr) << "places come next";
    ASSERT_LE(lightUntil([&](Control* control) { return control == spots.at(place); }),
              int(spots.size()));
    pressLit();
    EXPECT_EQ(board()->reply().places.at(thing.id), place);
  }
  QSignalSpy judged(tutor_.get(), &app::Tutor::judged);
  ASSERT_GE(lightUntil([](Control* control) {
              return control->accessibleName() == QLatin1String("Check");
            }),
            0);
  pressLit();
  ASSERT_TRUE(wait([&judged] { return !judged.isEmpty(); }));
  EXPECT_EQ(judged[0][0].value<app::JudgementView>().verdict, app::Verdict::kRight);
  scan.setOn(false);
}

}  // namespace
}  // namespace primer::ui
