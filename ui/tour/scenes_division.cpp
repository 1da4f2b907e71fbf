// A second child, who knows the tables: short division on squared paper.

#include <algorithm>

#include "pages/choose_page.h"
#include "pages/home_page.h"
#include "pages/log_in_page.h"
#include "pages/quiz_page.h"
#include "pages/ruled_sheet.h"
#include "pages/sheet.h"
#include "pages/simple_pages.h"
#include "pages/well_done_page.h"
#include "pages/work_page.h"
#include "pages/working_page.h"
#include "paper/ink_box.h"
#include "primer/app/drawn_ink.h"
#include "tour/hand.h"
#include "tour/scenes.h"
#include "widgets/control.h"
#include "widgets/picture_tile.h"

namespace primer::ui {
namespace {

constexpr int kPicture = 3;

// What is written into a division: its digits, and what is left over before each.
struct Worked {
  QString quotient;
  QString carries;
};
Worked worked(const app::DivisionView& division) {
  Worked work;
  int rest = 0;
  for (const QChar digit : division.dividend) {
    work.carries += rest > 0 ? QString::number(rest) : QStringLiteral(" ");
    const int taken = rest * 10 + digit.digitValue();
    const bool begun = taken >= division.divisor.toInt() || !work.quotient.trimmed().isEmpty();
    work.quotient += begun ? QString::number(taken / division.divisor.toInt()) : QString(u' ');
    rest = taken % division.divisor.toInt();
  }
  return work;
}

}  // namespace

void Tour::walkKnowingAll() {
  while (tutor().stage() == app::Stage::kWorking) {
    const int number = tutor().item().number;
    const auto kind = tutor().item().kind;
    ItemPage* page = working();
    if (kind == app::ItemKind::kWorking) page = workPage();
    if (kind == app::ItemKind::kQuiz) page = quizPage();
    must(wait([this, page] { return window().currentPage() == page; }), "no step came");
    const QString known = answerTo(tutor().item().prompt);
    const bool divides_over = tutor().item().division && tutor().item().division->remainder;
    if (kind == app::ItemKind::kNumber && !known.isEmpty()) {
      if (!working()->sheet()->keys()) press(working(), "Answer with number keys");
      type(working(), known);
      must(check().item_over, "a step of the walk was asked twice");
      next();
      continue;
    }
    if (kind == app::ItemKind::kWorking && !known.isEmpty() && !divides_over &&
        tutor().item().prompt.count(u' ') == 2) {
      if (!workPage()->sheet()->keys()) press(workPage(), "Answer with keys");
      type(workPage(), known);
      press(workPage(), "Done");
      must(wait([this] { return work_ && work_->item_over; }), "a step's answer was not taken");
      work_.reset();
    } else {
      press(page, "Too hard today");
    }
    press(page, "Next");
    must(wait([this, number] {
           return tutor().stage() != app::Stage::kWorking || tutor().item().number != number;
         }),
         "the next step did not come");
  }
}

// One remainder is lost on the way; three rungs, mended, and there it is.
void Tour::shortDivision() {
  const int graded = graded_;
  const int typed = typed_;
  const auto tiles = window().logInPage()->findChildren<PictureTile*>();
  must(tiles.size() > kPicture, "there are too few pictures");
  tapOn(tiles[kPicture], "another picture");
  must(wait([this] { return window().currentPage() == window().homePage(); }), "home did not come");
  press(window().homePage(), "Let us go for a walk");
  must(wait([this] { return tutor().stage() == app::Stage::kWorking; }), "no step came");
  walkKnowingAll();
  must(wait([this] { return window().currentPage() == window().wellDonePage(); }),
       "the end of the walk did not come");
  press(window().wellDonePage(), "My garden");
  must(wait([this] { return window().currentPage() == window().homePage(); }), "home did not come");
  press(window().homePage(), "Choose for myself");
  press(window().choosePage(), "Short division");
  must(wait([this] { return window().currentPage() == workPage(); }), "no squared paper came");
  if (workPage()->sheet()->keys()) press(workPage(), "Answer by writing");
  const auto division = workPage()->item().division;
  must(division.has_value(), "no division is printed on the squares");
  const auto at = workPage()->sheet()->paper().division;
  must(at.has_value(), "the division has no place");
  take("division", "Short division", "Set up on squares; it is filled in from the left.", "pupil");

  const auto right = worked(*division);
  const auto fill = [&](const QString& quotient, const QString& carries) {
    const auto ink = app::drawDivisionIn(*at, *division, quotient, carries);
    const auto view = after([&] { write(workPage()->sheet()->inkBox(), ink); });
    pause(700);
    return view;
  };
  const auto last = division->dividend.size() - 1;
  const auto blanks = QString(division->dividend.size(), u' ');
  // The first digits, and what is left over before the last one is lost.
  QString wrong = right.quotient;
  wrong[last] =
      QString::number(division->dividend[last].digitValue() / division->divisor.toInt())[0];
  const bool begun = wrong.left(last).trimmed().size() > 0;
  fill(wrong.left(last) + u' ', begun ? right.carries.left(last) + u' ' : blanks);
  after([this] { press(workPage(), "Done"); });
  pause(60);
  take("division-begun", "Right so far", "Every digit that fits has its tick.", "pupil");
  auto only_last = blanks;
  only_last[last] = wrong[last];
  fill(only_last, blanks);
  auto view = after([this] { press(workPage(), "Done"); });
  must(view.first_not_yet == 0, "a remainder that was lost was not found");
  should(view.lines[0].not_yet.size() == 1, "the digit that does not fit is not tinted");
  pause(60);
  take("division-not-yet", "A digit that does not fit", "That place alone is tinted.", "pupil");
  press(workPage(), "Help me");
  pause(60);
  take("division-idea", "The idea", "With the work as it stands, and where it goes on.", "pupil");
  press(workPage(), "Help me");
  pause(60);
  take("division-step", "The next step", "The third rung says what to write.", "pupil");
  const size_t strokes = workPage()->sheet()->inkBox()->ink().strokes.size();
  const auto drawn = app::drawDivisionIn(*at, *division, only_last, blanks).strokes.size();
  for (size_t i = 0; i < drawn; ++i) press(workPage(), "Undo");
  must(workPage()->sheet()->inkBox()->ink().strokes.size() == strokes - drawn,
       "the digit was not taken back");
  pause(400);
  auto small = blanks;
  small[last] = right.carries[last];
  only_last[last] = right.quotient[last];
  fill(only_last, small);
  view = after([this] { press(workPage(), "Done"); });
  should(view.item_over, "a right division did not end the work");
  pause(60);
  take("division-done", "There it is", "What was left over stands small before the next digit.",
       "pupil");
  press(workPage(), "Next");
  must(wait([this] { return workPage()->item().number == 2; }), "the second one did not come");
  press(workPage(), "Show me one");
  must(wait([this] { return !workPage()->sheet()->isVisible(); }), "no example was shown");
  take("division-example", "One like this, drawn", "Digit by digit, with its words.", "pupil");
  press(workPage(), "Back to mine");
  press(workPage(), "Home");
  must(wait([this] { return window().currentPage() == window().homePage(); }), "home did not come");
  askToHandOver();
  leave();
  graded_ = graded;
  typed_ = typed;
}

}  // namespace primer::ui
