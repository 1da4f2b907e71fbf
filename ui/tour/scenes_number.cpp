// Sums answered with one number, written or typed.

#include "pages/sheet.h"
#include "pages/working_page.h"
#include "paper/ink_box.h"
#include "tour/hand.h"
#include "tour/scenes.h"
#include "widgets/chip.h"

namespace primer::ui {

QString Tour::prompt() { return working()->item().prompt; }

QPointF Tour::place() { return {44, double(working()->sheet()->firstRule()) - kDigitHeight - 2}; }

void Tour::writeAndRead(const Ink& ink) {
  reading_.reset();
  write(working()->sheet()->inkBox(), ink);
  must(wait([this] { return reading_.has_value(); }), "the ink was not read");
}

app::JudgementView Tour::check() {
  judgement_.reset();
  press(working(), "Check");
  must(wait([this] { return judgement_.has_value(); }), "nothing was judged");
  if (judgement_->verdict == app::Verdict::kRight || judgement_->verdict == app::Verdict::kNotYet) {
    ++graded_;
  }
  return *judgement_;
}

void Tour::next() {
  const int number = working()->item().number;
  press(working(), "Next");
  must(wait([this, number] {
         return window().currentPage() != working() || working()->item().number != number;
       }),
       "the next sum did not come");
}

// Another sum of the kind, done step by step, before anything is written.
void Tour::sumExample() {
  press(working(), "Show me one");
  must(wait([this] { return !working()->sheet()->isVisible(); }), "no example was shown");
  pause(60);
  take("sum-example", "One like this", "Another sum, step by step, with the picture of its hints.",
       "pupil");
  press(working(), "Back to mine");
  should(working()->sheet()->isVisible(), "the paper did not come back");
}

void Tour::rightAnswer() {
  const QString answer = answerTo(prompt());
  writeAndRead(writtenNumber(answer, place(), kDigitHeight));
  should(reading_->text == answer,
         "wrote " + answer.toStdString() + ", read " + reading_->text.toStdString());
  take("read", "What was read", "Beside the ink stands in print what the tablet read.", "pupil");
  const auto judgement = check();
  should(judgement.verdict == app::Verdict::kRight, "a right answer was not called right");
  must(wait([this] { return tutor().saveState() == app::SaveState::kSaved; }),
       "the answer was not saved");
  take("right", "Right", "A tick, and why it is so. The answer is on the disk.", "pupil");
  must(judgement.item_over, "the sum should be over");
  next();
}

void Tour::doubtfulDigit() {
  const QString answer = answerTo(prompt());
  bool doubt = false;
  // Half way between two digits: a little further each time, until the tablet asks.
  for (int i = 0; i < 14 && !doubt; ++i) {
    if (i > 0) press(working(), "Rub everything out");
    writeAndRead(doubtfulNumber(answer, 0.25 + 0.04 * i, place(), kDigitHeight));
    doubt = !reading_->text.isEmpty() && reading_->unsure && !reading_->digits.isEmpty() &&
            reading_->digits[0].doubtful;
  }
  must(doubt, "no digit was doubted");
  take("doubt", "Which did you write?",
       "A digit that could be two: it is not judged but asked about, with what it may be one tap "
       "away.",
       "pupil");
  const QString digit = answer.left(1);
  Chip* offered = nullptr;
  for (Chip* chip : working()->findChildren<Chip*>()) {
    if (chip->isVisible() && chip->text() == digit) offered = chip;
  }
  must(offered, "the digit that was meant is not offered");
  reading_.reset();
  tapOn(offered, "the digit that was meant");
  must(wait([this] { return reading_.has_value(); }), "the choice was not heard");
  while (reading_->unsure) {  // another digit is doubted as well: say that it is right as it stands
    const auto chips = working()->findChildren<Chip*>();
    must(!chips.isEmpty(), "nothing is offered for another doubtful digit");
    reading_.reset();
    pause(30);
    tapOn(working()->findChildren<Chip*>().first(), "what stands there");
    must(wait([this] { return reading_.has_value(); }), "the choice was not heard");
  }
  should(reading_->text == answer, "after the choice the reading is " +
                                       reading_->text.toStdString() + ", not " +
                                       answer.toStdString());
  should(check().verdict == app::Verdict::kRight, "a confirmed answer was not called right");
  next();
}

void Tour::notYet() {
  const QString answer = answerTo(prompt());
  const QString wrong = QString::number(answer.toInt() + 1);
  writeAndRead(writtenNumber(wrong, place(), kDigitHeight));
  should(reading_->text == wrong,
         "wrote " + wrong.toStdString() + ", read " + reading_->text.toStdString());
  auto judgement = check();
  should(judgement.verdict == app::Verdict::kNotYet, "a wrong answer was not called not yet");
  should(!judgement.hint.text.isEmpty(), "there was no hint");
  take("not-yet", "Not yet", "A gentle wave, a kind word and one hint. The try stays on the sheet.",
       "pupil");
  press(working(), "Help me");
  pause(50);
  take("idea", "The idea", "Asked for, the next hint shows the way with a picture.", "pupil");
  writeAndRead(writtenNumber(answer, place(), kDigitHeight));
  judgement = check();
  should(judgement.verdict == app::Verdict::kRight, "the mended answer was not called right");
  take("mended", "Mended", "The pupil found it: both tries stay to be seen.", "pupil");
  next();
}

void Tour::cannotRead() {
  const QString answer = answerTo(prompt());
  const int before = graded_;
  writeAndRead(scribble(place(), 2.2 * kDigitHeight));
  should(reading_->text.isEmpty(), "a scribble was read as " + reading_->text.toStdString());
  const auto judgement = check();
  should(judgement.verdict == app::Verdict::kCannotRead && graded_ == before,
         "a scribble was graded");
  take("cannot-read", "I cannot read this yet", "What cannot be read is never called wrong.",
       "pupil");
  press(working(), "Rub everything out");
  writeAndRead(writtenNumber(answer, place(), kDigitHeight));
  should(check().verdict == app::Verdict::kRight, "the second writing was not called right");
  next();
}

void Tour::otherHand() {
  press(working(), "Paper for the other hand");
  take("left-handed", "For the left hand", "Paper and help change sides.", "pupil");
  press(working(), "Paper for the other hand");
}

void Tour::numberKeys() {
  const QString answer = answerTo(prompt());
  press(working(), "Answer with number keys");
  type(working(), answer);
  ++typed_;
  take("number-keys", "Number keys", "For whoever cannot or need not write.", "pupil");
  should(check().verdict == app::Verdict::kRight, "a typed answer was not called right");
  next();
  if (window().currentPage() == working()) press(working(), "Answer by writing");
}

void Tour::toTheEnd() {
  while (window().currentPage() == working()) {
    const QString answer = answerTo(prompt());
    writeAndRead(writtenNumber(answer, place(), kDigitHeight));
    should(reading_->text == answer,
           "wrote " + answer.toStdString() + ", read " + reading_->text.toStdString());
    must(check().item_over, "a right answer did not end the sum");
    next();
  }
}

}  // namespace primer::ui
