#include "tour/tour.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <optional>
#include <system_error>

#include "pages/choose_page.h"
#include "pages/home_page.h"
#include "pages/lines_page.h"
#include "pages/log_in_page.h"
#include "pages/ruled_sheet.h"
#include "pages/set_up_page.h"
#include "pages/sheet.h"
#include "pages/simple_pages.h"
#include "pages/teacher_page.h"
#include "pages/well_done_page.h"
#include "pages/work_page.h"
#include "pages/working_page.h"
#include "paper/ink_box.h"
#include "primer/app/tutor.h"
#include "tour/hand.h"
#include "tour/stage.h"
#include "widgets/chip.h"
#include "widgets/control.h"
#include "widgets/keys.h"
#include "widgets/picture_tile.h"
#include "widgets/sidebar.h"
#include "widgets/table.h"

namespace primer::ui {
namespace {

namespace fs = std::filesystem;

constexpr double kDigitHeight = 84;
constexpr const char* kPin = "271934";
constexpr const char* kWrongPin = "111111";
constexpr int kSums = 6;
constexpr std::uint64_t kSeed = 20;  // of the sums, so that every tour shows the same ones

QString answerTo(const QString& prompt) {
  static const QRegularExpression pattern(QStringLiteral("(\\d+)\\s*([+\\-−×÷])\\s*(\\d+)"));
  const auto match = pattern.match(prompt);
  const int left = match.captured(1).toInt();
  const int right = match.captured(3).toInt();
  switch (match.captured(2).isEmpty() ? u' ' : match.captured(2).at(0).unicode()) {
    case u'+':
      return QString::number(left + right);
    case u'-':
    case u'−':
      return QString::number(left - right);
    case u'×':
      return QString::number(left * right);
    case u'÷':
      return right == 0 ? QString() : QString::number(left / right);
    default:
      return {};
  }
}

class Tour : public Stage {
 public:
  Tour(const TourSettings& settings, const fs::path& data);

  std::vector<std::string> play();

 private:
  void setUp();
  void logIn();
  void walk();
  void home();
  void chooseFreely();
  void work();
  void rightAnswer();
  void doubtfulDigit();
  void notYet();
  void cannotRead();
  void otherHand();
  void handOver();
  void numberKeys();
  void toTheEnd();
  void teacher();
  void tellTimes();

  WorkingPage* working() { return window().workingPage(); }
  WorkPage* workPage() { return window().workPage(); }
  app::WorkView writeLine(const QString& line, int row);
  app::WorkView after(const std::function<void()>& doing);
  // Where to write, so that digits stand on the first free line.
  QPointF place() { return {44, double(working()->sheet()->firstRule()) - kDigitHeight - 2}; }
  QString prompt() { return working()->item().prompt; }
  void writeAndRead(const Ink& ink);
  app::JudgementView check();
  void next();

  std::optional<app::ReadingView> reading_;
  std::optional<app::JudgementView> judgement_;
  std::optional<app::WorkView> work_;
  std::vector<double> reading_ms_;
  int graded_ = 0;
  int typed_ = 0;
};

app::TutorSettings tutorSettings(const fs::path& data) {
  app::TutorSettings settings;
  settings.data_folder = data;
  settings.sums_in_a_set = kSums;
  settings.seed = kSeed;
  return settings;
}

Tour::Tour(const TourSettings& settings, const fs::path& data)
    : Stage(settings, tutorSettings(data)) {
  QObject::connect(&tutor(), &app::Tutor::inkRead, &window(),
                   [this](const app::ReadingView& reading) { reading_ = reading; });
  QObject::connect(&tutor(), &app::Tutor::judged, &window(),
                   [this](const app::JudgementView& judgement) { judgement_ = judgement; });
  QObject::connect(&tutor(), &app::Tutor::workChanged, &window(),
                   [this](const app::WorkView& work) { work_ = work; });
}

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
  must(wait([this] { return window().currentPage() == working() && !prompt().isEmpty(); }),
       "no sum came");
  must(tutor().handwritingAvailable(), "handwriting is not there");
  take("first-step", "A walk over stepping stones",
       "It finds where to begin: a few of all kinds, never a mark for the whole.", "pupil");
}

void Tour::walk() {
  // A child who adds and multiplies, and does not share yet.
  bool missed = false;
  press(working(), "Answer with number keys");
  while (tutor().stage() == app::Stage::kWorking) {
    if (tutor().item().worked) {
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
    const bool knows = !prompt().contains(QChar(u'÷'));
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
  press(window().homePage(), "Go on");
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

app::WorkView Tour::after(const std::function<void()>& doing) {
  work_.reset();
  doing();
  must(wait([this] { return work_.has_value(); }), "the sheet did not answer");
  return *work_;
}

app::WorkView Tour::writeLine(const QString& line, int row) {
  const auto rules = workPage()->sheet()->rules();
  const double bottom = double(rules[size_t(row)].bottom) - 24;
  const auto view = after([&] {
    write(workPage()->sheet()->inkBox(), writtenLine(line, {36, bottom - 56}, 56));
  });
  pause(700);  // the last stroke's reading
  reading_ms_.push_back(workPage()->lastReadingMs());
  return work_.value_or(view);
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
  press(workPage(), "Answer with keys");
  const auto next = workPage()->item().prompt.split(QStringLiteral(" + "));
  type(workPage(), QString::number(next[0].toInt() + next[1].toInt()));
  take("line-keys", "Keys for mathematics", "For whoever cannot or need not write.", "pupil");
  view = after([this] { press(workPage(), "Done"); });
  should(wait([this] { return work_->item_over; }), "a typed answer did not end the work");
  ++graded_;
  ++typed_;
  press(workPage(), "Home");
}

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

void Tour::handOver() {
  press(window().homePage(), "Hand over");
  must(wait([this] { return window().currentPage() == window().handOverPage(); }),
       "the hand-over page did not come");
  take("hand-over", "Is it still you?", "Between two pupils, and after a while without a touch.",
       "pupil");
  press(window().handOverPage(), "Yes, go on");
  must(wait([this] { return window().currentPage() == window().homePage(); }),
       "home did not come back");
  press(window().homePage(), "Choose for myself");
  press(window().choosePage(), "Adding up to 100");
  must(wait([this] { return window().currentPage() == working(); }), "the sum did not come back");
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

void Tour::teacher() {
  press(window().logInPage(), "For the teacher");
  must(wait([this] { return window().currentPage() == window().pinPage(); }),
       "the PIN page did not come");
  std::optional<app::UnlockRefusal> refusal;
  QObject::connect(&tutor(), &app::Tutor::unlockRefused, &window(),
                   [&refusal](const app::UnlockRefusal& heard) { refusal = heard; });
  type(window().pinPage(), kWrongPin);
  press(window().pinPage(), "Ready");
  must(wait([&refusal] { return refusal.has_value(); }), "a wrong PIN was not refused");
  take("wrong-pin", "A wrong PIN", "Nothing is shown, and guessing gets slower.", "teacher");
  pause(refusal->wait_seconds * 1000);
  type(window().pinPage(), kPin);
  press(window().pinPage(), "Ready");
  must(wait([this] { return window().currentPage() == window().teacherPage(); }),
       "the right PIN did not open the teacher's page");
  must(wait([this] { return window().teacherPage()->classTable()->rowCount() == 15; }),
       "the class did not come");
  take("class", "The class",
       "Who worked, how it went, and what is wrong with the tablet, if "
       "anything.",
       "teacher");

  std::optional<app::PupilView> pupil;
  QObject::connect(&tutor(), &app::Tutor::pupilViewReady, &window(),
                   [&pupil](const app::PupilView& heard) { pupil = heard; });
  const auto rows = window().teacherPage()->classTable()->findChildren<Control*>();
  must(rows.size() == 15, "the class has no rows");
  tapOn(rows[6], "the row of the moon");
  must(wait([&pupil] { return pupil.has_value(); }), "the pupil's answers did not come");
  should(int(pupil->answers.size()) == graded_, "the teacher sees " +
                                                    std::to_string(pupil->answers.size()) +
                                                    " answers of " + std::to_string(graded_));
  int with_ink = 0;
  for (const app::AnswerRow& answer : pupil->answers) with_ink += answer.ink.empty() ? 0 : 1;
  should(with_ink == graded_ - typed_, "the ink of " + std::to_string(with_ink) + " answers of " +
                                           std::to_string(graded_ - typed_) + " is there");
  take("pupil", "One pupil's answers",
       "The sum, the ink as it was written, what was read, how it "
       "was.",
       "teacher");
  const auto places = window().teacherPage()->findChildren<SidebarItem*>();
  for (SidebarItem* place : places) {
    if (place->text() == QStringLiteral("Tablet")) tapOn(place, "the tablet's place");
  }
  take("tablet", "This tablet", "What works, what does not, and where the data is.", "technician");
  press(window().teacherPage(), "Lock");
  must(wait([this] { return window().currentPage() == window().logInPage(); }),
       "the teacher's page was not locked");
}

void Tour::tellTimes() {
  const auto tell = [](const char* what, std::vector<double> ms) {
    if (ms.empty()) return;
    std::sort(ms.begin(), ms.end());
    std::fprintf(stderr, "%s: median %.1f, 99 in 100 within %.1f, longest %.1f ms of %zu\n", what,
                 ms[ms.size() / 2], ms[ms.size() * 99 / 100], ms.back(), ms.size());
  };
  tell("pen-up to print", reading_ms_);
  std::vector<double> busy;
  for (const double ms : turns()) {
    if (ms > 0.2) busy.push_back(ms);  // an empty look at the clock is no frame
  }
  tell("a turn of the window's thread", busy);
}

std::vector<std::string> Tour::play() {
  try {
    tutor().start();
    setUp();
    logIn();
    walk();
    home();
    rightAnswer();
    doubtfulDigit();
    notYet();
    cannotRead();
    otherHand();
    chooseFreely();
    work();
    handOver();
    numberKeys();
    toTheEnd();
    teacher();
    tellTimes();
  } catch (const Stuck& stuck) {
    failures_.push_back("stuck after picture " + std::to_string(pictures()) + ": " + stuck.what);
  }
  return failures_;
}

}  // namespace

Result<std::vector<std::string>> playTour(const TourSettings& settings) {
  std::error_code made;
  fs::create_directories(settings.folder, made);
  if (made) {
    return fail(ErrorCode::kIo, "cannot make " + settings.folder.string() + ": " + made.message());
  }
  const QTemporaryDir data;
  if (!data.isValid()) return fail(ErrorCode::kIo, "no room for a data folder");
  Tour tour(settings, data.path().toStdString());
  std::vector<std::string> failures = tour.play();
  PRIMER_TRY(tour.writeIndex());
  return failures;
}

}  // namespace primer::ui
