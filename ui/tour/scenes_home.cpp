// From the first start to home, and the ends of a visit.

#include "pages/choose_page.h"
#include "pages/home_page.h"
#include "pages/lines_page.h"
#include "pages/log_in_page.h"
#include "pages/quiz_page.h"
#include "pages/ruled_sheet.h"
#include "pages/set_up_page.h"
#include "pages/sheet.h"
#include "pages/simple_pages.h"
#include "pages/well_done_page.h"
#include "pages/work_page.h"
#include "pages/working_page.h"
#include "tour/scenes.h"
#include "widgets/picture_tile.h"

namespace primer::ui {

void Tour::setUp() {
  must(wait([this] { return window().currentPage() == window().setUpPage(); }),
       "the set-up page did not come");
  SetUpPage* page = window().setUpPage();
  type(page, "4A");
  take("set-up-name", "A new class", "The first start: the teacher names the class.", "teacher");
  press(page, "Next");
  type(page, kPin);
  take("set-up-pin", "The teacher's PIN", "It opens names, answers and ink.", "teacher");
  press(page, "Next");
  type(page, kPin);
  press(page, "Next");
  take("set-up-pupils", "How many pupils", "Each gets a picture of their own.", "teacher");
  press(page, "Make the class");
  must(wait([this] { return window().currentPage() == window().logInPage(); }),
       "the class was not made");
}

void Tour::logIn() {
  take("log-in", "Who is learning now?", "A pupil taps the picture that is theirs.", "pupil");
  const auto tiles = window().logInPage()->findChildren<PictureTile*>();
  should(tiles.size() == 15, "the class should have 15 pictures");
  must(tiles.size() > 6, "there are too few pictures");
  tapOn(tiles[6], "the picture of the moon");
  must(wait([this] { return window().currentPage() == window().homePage(); }), "home did not come");
  take("first-home", "A first visit", "One door, and a garden that waits.", "pupil");
  press(window().homePage(), "Let us go for a walk");
  must(wait([this] { return tutor().stage() == app::Stage::kWorking; }), "no step came");
  must(tutor().handwritingAvailable(), "handwriting is not there");
  take("first-step", "A walk over stepping stones",
       "It finds where to begin: a few of all kinds, never a mark for the whole.", "pupil");
}

void Tour::walk() {
  // A child who adds and multiplies, and does not share yet.
  bool missed = false;
  bool asked = false;
  while (tutor().stage() == app::Stage::kWorking) {
    if (tutor().item().kind == app::ItemKind::kWorking) {
      must(wait([this] { return window().currentPage() == workPage(); }), "no ruled paper came");
      const QString known = answerTo(workPage()->item().prompt);
      if (known.isEmpty() || workPage()->item().prompt.contains(QChar(u'÷'))) {
        press(workPage(), "Too hard today");
        if (!missed) {
          missed = true;
          take("too-hard", "Too hard today", "Nobody is kept waiting at a stone: on we go.",
               "pupil");
        }
      } else {
        if (!workPage()->sheet()->keys()) press(workPage(), "Answer with keys");
        type(workPage(), known);
        press(workPage(), "Done");
        must(wait([this] { return work_ && work_->item_over; }), "a step's answer was not taken");
        work_.reset();
      }
      ++typed_;
      ++graded_;
      const int number = tutor().item().number;
      press(workPage(), "Next");
      must(wait([this, number] {
             return tutor().stage() != app::Stage::kWorking || tutor().item().number != number;
           }),
           "the next step did not come");
      continue;
    }
    if (tutor().item().kind == app::ItemKind::kQuiz) {
      must(wait([this] { return window().currentPage() == quizPage(); }), "no quiz came");
      if (!asked) take("walk-quiz", "A step that is tapped", "Stones of every kind.", "pupil");
      asked = true;
      const int number = tutor().item().number;
      press(quizPage(), "Too hard today");
      ++typed_;
      ++graded_;
      press(quizPage(), "Next");
      must(wait([this, number] {
             return tutor().stage() != app::Stage::kWorking || tutor().item().number != number;
           }),
           "the next step did not come");
      continue;
    }
    const bool knows = !prompt().contains(QChar(u'÷'));
    if (!working()->sheet()->keys()) press(working(), "Answer with number keys");
    const QString answer = answerTo(prompt());
    type(working(), knows ? answer : QString::number(answer.toInt() + 1));
    const auto judgement = check();
    must(judgement.item_over, "a step of the walk was asked twice");
    ++typed_;
    if (!knows && !missed) {
      missed = true;
      take("too-hard", "Too hard today", "Nobody is kept waiting at a stone: on we go.", "pupil");
    }
    next();
  }
  must(wait([this] { return window().currentPage() == window().wellDonePage(); }),
       "the end of the walk did not come");
  take("walked", "The walk is done", "The first flowers stand in the garden.", "pupil");
  press(window().wellDonePage(), "My garden");
}

void Tour::home() {
  must(wait([this] { return window().currentPage() == window().homePage(); }), "home did not come");
  take("home", "Home", "Three doors, each with its reason; what was learned grows.", "pupil");
  press(window().homePage(), "Choose for myself");
  press(window().choosePage(), "Adding up to 100");
  must(wait([this] { return window().currentPage() == working(); }), "no sum came");
  if (working()->sheet()->keys()) press(working(), "Answer by writing");
  take("sum", "A sum", "The sum on the left, paper on the right.", "pupil");
}

void Tour::chooseFreely() {
  press(working(), "Home");
  must(wait([this] { return window().currentPage() == window().homePage(); }), "home did not come");
  take("home-under-way", "Home in the middle of a set", "What was begun waits.", "pupil");
  press(window().homePage(), "Choose for myself");
  must(wait([this] { return window().currentPage() == window().choosePage(); }),
       "free choice did not come");
  take("choose", "Free choice", "Everything that is open, with its flower.", "pupil");
  press(window().choosePage(), "Adding larger numbers");
}

void Tour::askToHandOver() {
  press(window().homePage(), "Hand over");
  must(wait([this] { return window().currentPage() == window().handOverPage(); }),
       "the hand-over page did not come");
}

void Tour::leave() {
  press(window().handOverPage(), "No, hand over");
  must(wait([this] { return window().currentPage() == window().logInPage(); }),
       "the pictures did not come back");
}

void Tour::handOver() {
  askToHandOver();
  take("hand-over", "Is it still you?", "Between two pupils, and after a while without a touch.",
       "pupil");
  press(window().handOverPage(), "Yes, go on");
  must(wait([this] { return window().currentPage() == window().homePage(); }),
       "home did not come back");
  press(window().homePage(), "Choose for myself");
  press(window().choosePage(), "Adding up to 100");
  must(wait([this] { return window().currentPage() == working(); }), "the sum did not come back");
}

void Tour::wellDone() {
  must(wait([this] { return window().currentPage() == window().wellDonePage(); }),
       "the end of the set did not come");
  should(wait([this] { return window().wellDonePage()->summary().all_saved; }),
         "not everything was saved at the end");
  take("well-done", "Well done", "Names what was done, and lets it grow.", "pupil");
  press(window().wellDonePage(), "My lines");
  must(wait([this] { return window().currentPage() == window().linesPage(); }),
       "the lines did not come");
  take("my-lines", "My lines", "What was written, to be looked at again.", "pupil");
  press(window().linesPage(), "Back");
  press(window().wellDonePage(), "I am finished");
  must(wait([this] { return window().currentPage() == window().logInPage(); }),
       "the pictures did not come back");
}

}  // namespace primer::ui
