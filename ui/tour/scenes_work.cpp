// Problems worked line by line on ruled paper.

#include <algorithm>

#include "pages/ruled_sheet.h"
#include "pages/work_page.h"
#include "paper/ink_box.h"
#include "primer/app/drawn_ink.h"
#include "theme/metrics.h"
#include "tour/hand.h"
#include "tour/scenes.h"
#include "widgets/control.h"
#include "widgets/line_print.h"

namespace primer::ui {
namespace {

constexpr double kLineHeight = 56;  // design pixels
constexpr double kInkEdge = 24;
constexpr app::InkBox kColumns{50, 30, 250, 250};  // where column work is written

}  // namespace

app::WorkView Tour::after(const std::function<void()>& doing) {
  work_.reset();
  doing();
  must(wait([this] { return work_.has_value(); }), "the sheet did not answer");
  return *work_;
}

app::WorkView Tour::writeLine(const QString& line, int row) {
  const auto rules = workPage()->sheet()->rules();
  const double bottom = double(rules[size_t(row)].bottom) - 24;
  // As large as everybody likes it, and as the paper allows.
  const double room = double(workPage()->sheet()->inkBox()->width()) / scale() - 2 * kInkEdge;
  const double high = std::min(kLineHeight, room / (double(line.size()) * kSignStep));
  const auto view = after([&] {
    write(workPage()->sheet()->inkBox(), writtenLine(line, {kInkEdge, bottom - high}, high));
  });
  pause(700);  // the last stroke's reading
  reading_ms_.push_back(workPage()->lastReadingMs());
  return work_.value_or(view);
}

// A pupil who does not believe that this line is wrong.
void Tour::disagree(const QString& line) {
  writeLine(line, 0);
  const auto view = after([this] { press(workPage(), "Done"); });
  must(view.first_not_yet == 0, "a wrong line was not found");
  ++graded_;
  pause(60);
  for (auto* print : workPage()->findChildren<LinePrint*>()) {
    if (print->isVisible()) tapOn(print, "the print of the line");
  }
  pause(60);
  take("disagree", "I disagree", "A tap on the print offers what else it may be, and to disagree.",
       "pupil");
  const auto kept = after([this] { press(workPage(), "I disagree"); });
  must(kept.lines.size() == 1 && kept.lines[0].mark == app::LineMark::kKept,
       "the line was not kept for the teacher");
  ++graded_;
}

// Two numbers are added line by line: one slip, three rungs, mended; then scratched out, typed.
void Tour::work() {
  must(wait([this] { return window().currentPage() == workPage(); }), "no ruled paper came");
  if (workPage()->sheet()->keys()) press(workPage(), "Answer by writing");
  take("worked", "Line by line", "Ruled paper; beside it, how such a problem goes.", "pupil");
  const auto numbers = workPage()->item().prompt.split(QStringLiteral(" + "));
  must(numbers.size() == 2, "the problem is no sum of two numbers");
  const int a = numbers[0].toInt();
  const int b = numbers[1].toInt();
  const QString parts = QStringLiteral("%1+%2+%3").arg(a).arg(b / 10 * 10).arg(b % 10);
  auto view = writeLine(parts, 0);
  should(!view.lines.isEmpty() && view.lines[0].text.remove(QLatin1Char(' ')) == parts,
         "wrote " + parts.toStdString() + ", read " +
             (view.lines.isEmpty() ? std::string("nothing") : view.lines[0].text.toStdString()));
  take("line-read", "Read while it is written", "Beside every line stands in print what was read.",
       "pupil");
  const QString slip = QString::number(a + b - 10);
  writeLine(slip, 1);
  view = after([this] { press(workPage(), "Done"); });
  should(view.first_not_yet == 1, "the slip in line 2 was not found");
  pause(60);
  take("line-not-yet", "A line that does not fit", "The wave, the place tinted, a first nudge.",
       "pupil");
  press(workPage(), "Help me");
  pause(60);
  take("line-idea", "The idea", "Asked for, the idea, with a picture where one helps.", "pupil");
  press(workPage(), "Help me");
  pause(60);
  take("line-step", "The next step", "The third rung says what to write.", "pupil");
  ++graded_;
  press(workPage(), "Undo");
  pause(400);
  QRectF ink;
  for (const auto& line : work_->lines) {
    if (&line != &work_->lines.first()) {
      ink = {QPointF(double(line.box.left), double(line.box.top)),
             QPointF(double(line.box.right), double(line.box.bottom))};
    }
  }
  if (!ink.isEmpty()) {
    const size_t before = workPage()->sheet()->inkBox()->ink().strokes.size();
    write(workPage()->sheet()->inkBox(), scratchOver(ink.adjusted(-6, 4, 6, -4)));
    should(wait([this, before] {
             return workPage()->sheet()->inkBox()->ink().strokes.size() < before;
           }),
           "what was scratched out is still there");
    pause(400);
  }
  take("scratched", "Scratched out",
       "To and fro over a mistake takes it away; undo brings it back.", "pupil");
  writeLine(QString::number(a + b), 1);
  view = after([this] { press(workPage(), "Done"); });
  should(view.item_over, "a right answer did not end the work");
  ++graded_;
  take("line-done", "There it is", "Every line has its tick.", "pupil");
  press(workPage(), "Next");
  must(wait([this] { return workPage()->item().number == 2; }), "the second problem did not come");
  // On the smallest screens the words need the button's room.
  const auto buttons = workPage()->findChildren<Control*>();
  const bool offered = std::any_of(buttons.begin(), buttons.end(), [](const Control* button) {
    return button->isVisible() && button->accessibleName() == QStringLiteral("Show me one");
  });
  if (offered) {
    press(workPage(), "Show me one");
    must(wait([this] { return !workPage()->sheet()->isVisible(); }), "no example was shown");
    take("example", "One like this", "A problem of the same kind, step by step.", "pupil");
    press(workPage(), "Back to mine");
  }
  const auto next = workPage()->item().prompt.split(QStringLiteral(" + "));
  disagree(QString::number(next[0].toInt() + next[1].toInt() - 10));
  press(workPage(), "Answer with keys");
  type(workPage(), QString::number(next[0].toInt() + next[1].toInt()));
  take("line-keys", "Keys for mathematics", "For whoever cannot or need not write.", "pupil");
  view = after([this] { press(workPage(), "Done"); });
  should(wait([this] { return work_->item_over; }), "a typed answer did not end the work");
  ++graded_;
  ++typed_;
  press(workPage(), "Next");
  must(wait([this] { return workPage()->item().number == 3; }), "the third problem did not come");
  columns();
  press(workPage(), "Home");
}

// The numbers one below the other, and the ten forgotten.
void Tour::columns() {
  if (workPage()->sheet()->keys()) press(workPage(), "Answer by writing");
  const auto numbers = workPage()->item().prompt.split(QStringLiteral(" + "));
  must(numbers.size() == 2, "the problem is no sum of two numbers");
  const QString wrong = QString::number(numbers[0].toInt() + numbers[1].toInt() - 10);
  const auto ink = app::drawSumIn(kColumns, numbers[0], numbers[1], wrong);
  after([&] { write(workPage()->sheet()->inkBox(), ink); });
  pause(700);
  const auto view = after([this] { press(workPage(), "Done"); });
  must(view.first_not_yet == 0, "a forgotten ten was not found");
  ++graded_;
  should(!view.lines[0].fits.isEmpty(), "the ones have no tick of their own");
  pause(60);
  take("columns", "In columns", "Squared paper: the digit that does not fit is tinted.", "pupil");
}

}  // namespace primer::ui
