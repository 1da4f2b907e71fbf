// Things that are dragged onto pictures.

#include <algorithm>

#include "pages/home_page.h"
#include "pages/quiz_page.h"
#include "quiz/place_board.h"
#include "quiz/placed_thing.h"
#include "tour/hand.h"
#include "tour/scenes.h"

namespace primer::ui {

void Tour::putThing(int id, int place) {
  auto* board = quizPage()->placing();
  for (auto* thing : board->findChildren<PlacedThing*>()) {
    if (thing->thing().id != id) continue;
    grip(thing);
    dragTo(thing, board->middleOf(place));
    letGo(thing);
    pause(30);
    should(board->reply().places.value(id, -1) == place, "a thing did not snap to its place");
    return;
  }
  must(false, "there is no such thing to be placed");
}

app::QuizReply Tour::placesTold() {
  hint_.reset();
  for (int rung = 0; rung < 3 && !(hint_ && hint_->shows); ++rung) {
    hint_.reset();
    press(quizPage(), "Help me");
    must(wait([this] { return hint_.has_value(); }), "no hint came");
  }
  must(hint_ && hint_->shows, "the last rung does not show where things belong");
  return *hint_->shows;
}

// Everything on the first plate; then as the last rung shows it.
void Tour::shareOut() {
  must(openQuiz(QStringLiteral("Share and sort")), "share and sort is not open");
  auto* board = quizPage()->placing();
  const auto things = quizPage()->item().quiz.placing.things;
  for (qsizetype i = 0; i + 1 < things.size(); ++i) putThing(things[i].id, 0);
  auto* last = board->thingNamed(things.last().text + QStringLiteral(" %1").arg(things.size()));
  must(last != nullptr, "a thing has no name of its own");
  grip(last);
  dragTo(last, board->middleOf(1));
  take("place", "Things are dragged onto a picture", "The place that would take it lights.",
       "pupil");
  dragTo(last, board->middleOf(0));
  letGo(last);
  auto judgement = checkQuiz();
  should(judgement.verdict == app::Verdict::kNotYet, "all on one plate was not told");
  pause(250);
  take("place-not-yet", "What does not fit goes home", "What is right stays where it is.", "pupil");
  const auto told = placesTold();
  pause(60);
  take("place-told", "The last rung shows how", "Pale, in their places: to be laid upon.", "pupil");
  for (const auto& thing : things) {
    const int place = told.places.value(thing.id, -1);
    if (place >= 0 && board->reply().places.value(thing.id, -1) != place) putThing(thing.id, place);
  }
  judgement = checkQuiz();
  should(judgement.verdict == app::Verdict::kRight, "as it was shown, and not called right");
  take("place-right", "Shared out", "Every way to share equal things is right.", "pupil");
  press(quizPage(), "Home");
}

// Questions until one has a clock.
void Tour::setTheClock() {
  if (!openQuiz(QStringLiteral("Put it in its place"))) {
    should(false, "put it in its place is not open");
    return;
  }
  for (int asked = 0; asked < 6; ++asked) {
    auto* board = quizPage()->placing();
    const auto placing = quizPage()->item().quiz.placing;
    const bool clock = placing.picture.kind == content::PictureKind::kClock;
    if (asked == 0 && !clock) {
      take("place-numbers", "Another picture",
           "Places in a row, on a line, on a face, in a drawing.", "pupil");
    }
    const auto told = placesTold();
    for (const auto& thing : placing.things) {
      const int place = told.places.value(thing.id, -1);
      if (place < 0) continue;
      if (clock && thing.drawn == QLatin1String("big-hand")) {
        auto* hand = board->thingNamed(thing.text);
        grip(hand);
        dragTo(hand, board->middleOf(place));
        take("place-clock", "A hand is dragged round the clock",
             "It shows where it would point; the small one goes on with it.", "pupil");
        letGo(hand);
      } else {
        putThing(thing.id, place);
      }
    }
    const auto judgement = checkQuiz();
    should(judgement.verdict == app::Verdict::kRight, "as it was shown, and not called right");
    if (clock) {
      take("place-clock-right", "The clock is set", "And why the hands stand so.", "pupil");
      break;
    }
    press(quizPage(), "Next");
    pause(60);
    if (window().currentPage() != quizPage()) return;
  }
  press(quizPage(), "Home");
}

void Tour::placing() {
  shareOut();
  setTheClock();
}

}  // namespace primer::ui
