#pragma once

// The tutor without pixels: one visit after another on one tablet, from the grid of pictures to the
// hand-over, and the teacher's page behind its PIN.
//
// Threads. A Tutor lives on the GUI thread and its slots are called there; every slot returns at
// once. Reading ink, opening the records, Argon2 and decoding run on a worker thread that the
// Tutor owns, writing runs on the recorder's. All signals are emitted on the GUI thread, never from
// inside the constructor.
//
// Ownership. The Clock and the FileSystem must outlive the Tutor. Destroying a Tutor waits for the
// answers that are being written; none that was announced by saved() can be lost.
//
// What holds at every moment:
//  - ink that cannot be read is never graded, and a doubtful digit is asked about before it counts;
//  - an answer is recorded once, with all that led to it; what is announced as saved is on the
//  disk;
//  - with the teacher's page locked, the tutor cannot open a name or an ink, only write them.
//
// A slot that does not fit the stage (check() on the log-in page) does nothing.

#include <QObject>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "primer/app/heard.h"
#include "primer/app/teacher_values.h"
#include "primer/app/values.h"
#include "primer/base/clock.h"
#include "primer/base/file_system.h"
#include "primer/base/share.h"

namespace primer::app {

class Listener;
struct TutorParts;  // seams for tests and recordings: see primer/app/tutor_parts.h

struct TutorSettings {
  std::filesystem::path data_folder;
  std::filesystem::path share_folder = shareFolder();
  // The tablet's course, in the order in which new skills are taken from it. Where one is missing,
  // the others are enough.
  std::vector<std::string> lessons = {"number-facts", "written-maths", "number-sense", "spell-it",
                                      "say-sums",     "say-it",        "read-aloud"};
  int sums_in_a_set = 8;
  bool first_walk = true;  // a first visit begins with the walk that finds where to begin
  std::chrono::milliseconds teacher_idle_limit = std::chrono::minutes(5);
  // How much of what is said is flagged, 0 to 1; nothing: as the teacher set it.
  std::optional<double> speech_sensitivity;
  std::uint64_t seed = 0;  // of the sums; 0: another one every visit
};

class Tutor : public QObject {
  Q_OBJECT

 public:
  Tutor(TutorSettings settings, Clock& clock, FileSystem& files, QObject* parent = nullptr);
  // With stand-ins for the parts that are named in `parts`.
  Tutor(TutorSettings settings, Clock& clock, FileSystem& files, TutorParts parts,
        QObject* parent = nullptr);
  ~Tutor() override;

  Stage stage() const;
  QList<Problem> problems() const;  // the most severe first
  SaveState saveState() const;
  bool handwritingAvailable() const;

  // The latest of each, for a page that is shown later than the signal came.
  LogInGrid grid() const;
  ItemView item() const;
  PupilCard pupil() const;  // who is logged in
  HomeView home() const;
  QList<Step> steps() const;  // of the set at hand
  bool leftHanded() const;    // the pupil who is logged in

  // What the tablet's lessons have recorded of this text (Course::recordingOf); null: nothing.
  std::shared_ptr<const std::vector<std::byte>> recordingOf(const QString& text) const;

  // Who listens, made when it is first asked for; the tutor's own.
  Listener& listener();

  // ---- Slots

  // Opens everything; ends in stage kSetUp, kLogIn or kStopped.
  void start();
  // From kStopped, or from kLogIn while problems keep pupils from working: the same again, after
  // the cause was mended.
  void tryAgain();

  // kSetUp: classRefused() or stage kLogIn.
  void createClass(const primer::app::ClassSetUp& set_up);

  // kLogIn: another class's grid; answered by gridReady().
  void showClass(const primer::ClassId& shown);
  // kLogIn: -> kHome with homeShown(), or picturesAsked() where the pupil is asked for them. Where
  // a problem keeps pupils from working (the disk cannot be written, the lesson is missing)
  // problemsChanged() says so again instead.
  void logIn(const primer::LearnerId& learner);
  // After picturesAsked(): what was tapped, in its order. -> kHome, or picturesAsked() again with a
  // kind word.
  void givePictures(const QStringList& tapped);
  // kLogIn: a visit of which nothing is written anywhere, with homeShown(); handOver() forgets it.
  void logInAsGuest();

  // kHome -> kWorking with the next itemShown(). A set that was left is gone on with behind kGoOn,
  // exactly where it was. A closed door does nothing.
  void openDoor(primer::app::DoorKind door);
  // kHome: free choice; `skill` is one of HomeView::skills.
  void chooseSkill(int skill);
  // kWorking, kWellDone -> kHome with homeShown(). What is on the page is kept until another door
  // is opened.
  void goHome();

  // kWorking. Reads what is on the page now, without judging it; answered by inkRead(). Only the
  // latest ink counts: call it after every pen-up and after every rubbing out.
  void readInk(const primer::Ink& ink, const primer::app::InkBox& box);
  // The pupil taps alternative number `alternative` of digit number `digit` (-1: what stands there
  // is right). The digit is confirmed then; answered by inkRead().
  void chooseAlternative(int digit, int alternative);
  // "Yes, that is what I wrote": confirms every digit; answered by inkRead(). Where a judgement
  // has asked (Verdict::kAsk) and nothing is doubtful any more, judged() follows by itself; the
  // same after chooseAlternative().
  void confirmReading();
  // "Done": judges what was read; answered by judged(), after the ink that is being read now.
  // Pressed twice on the same ink it says the same twice and records once.
  void check();
  // An answer from the number keypad; answered by judged().
  void submitTyped(const QString& text);
  // What lies on the page of the item at hand, after every stroke, key and choice: it is kept, and
  // is there again when the pupil goes on, after a pulled plug too.
  void keepWork(const primer::app::SheetWork& work);
  // The paper for the other hand; kept with the pupil.
  void setLeftHanded(bool on);
  // "Help me": the next rung of the ladder; answered by hintShown().
  void askForHint();
  // ItemKind::kQuiz: answered by judged().
  void submitQuiz(const primer::app::QuizReply& reply);
  // ItemKind::kWorking. Reads the sheet, live; answered by workChanged(). Only the
  // latest ink counts. `looks_for_gesture`: the last stroke is new and may be a scratch-out.
  void readSheet(const primer::Ink& ink, const primer::app::SheetPaper& paper,
                 bool looks_for_gesture);
  // Lines from the keypad instead of ink; answered by workChanged().
  void submitLines(const QStringList& lines);
  // The pupil says what line `line` is: an alternative's number, or -1: what stands there.
  void chooseLine(int line, int alternative);
  // Judges the first `lines` lines (-1: all), after the ink that is being read; answered by
  // workChanged(). Every line that is found not to fit is one event, once.
  void judgeLines(int lines);
  // "Done": the same for all of them, and the item is over where the last line answers it.
  void finishWork();
  // "I disagree": the ink is kept for the teacher, the line is not looked at any more.
  void disagree(int line);
  // "Show me one like this", of sums, lines and quizzes; answered by exampleShown(), or by nothing
  // where there is none.
  void askForExample();
  // ItemKind::kSaying, kStory. Begins to listen to the item at hand, as a button that is held:
  // listener().letItEnd() where it was only tapped, listener().stop() at its end. Answered by
  // listener().heardNow(), said(), and judged() where it could be judged. Of a question of a quiz
  // that is answered by saying (Answering::kSay) by answerHeard(): the page shows what was heard,
  // and the pupil submits it.
  void listen();
  // What was said last is kept for the teacher: its first five minutes, sealed, beside its answer
  // (or, where it was said once more after the item was over, as an event that is not judged).
  // Answered by keepChanged().
  void keepForTeacher();
  // ItemKind::kSaying: SaidView::drill was offered -> a set of such pairs, with itemShown().
  void practiseSound(const QString& phone);
  // ItemKind::kStory, where nothing can be heard: it was read by oneself. One event that is not
  // judged; answered by judged(), and its questions may be answered.
  void readQuietly();
  // ItemKind::kStory, after it was read: an answer to one of its questions is one event.
  void answerQuestion(int question, const QString& answer);
  // A first visit's walk: "Too hard today" -> the item counts as missed; answered by itemSkipped().
  void skipItem();
  // After an item is over: the next itemShown(), or wellDone() and stage kWellDone; where the
  // teacher's session length has gone by, wellDone() with SummaryView::visit_over.
  void nextItem();
  // kBreak -> kWorking: the pupil had a break, or puts it off (once).
  void breakTaken();
  void putOffBreak();
  // kWellDone: another set for the same pupil; not where the visit is over.
  void oneMore();
  // Saves what is still being written, ends the visit -> kLogIn. Also from kHome and kWellDone.
  void handOver();

  // From kLogIn, for the class that is shown: stage kTeacher, unlocked() and the first
  // classViewReady(); or unlockRefused().
  void unlock(const QString& pin);
  // kTeacher -> kLogIn; names and inks are forgotten.
  void lock();
  // kTeacher: answered by classViewReady() / pupilViewReady().
  void requestClassView();
  void requestPupilView(const primer::LearnerId& learner);
  // kTeacher: plays what a pupil kept, AnswerRow::sound of the latest pupilViewReady(); nothing
  // where it cannot be opened. Told by listener().playingChanged(); locking ends it.
  void playKept(int sound);

  // kTeacher: of a DisputeRow, what the teacher says of it. An event of its own; answered by
  // classViewReady(), after it is on the disk.
  void remark(const primer::LearnerId& pupil, const QString& key, bool right);
  // kTeacher: of a pupil of the class; answered by pupilViewReady(), with what came of it in
  // PupilView::told. A name and a picture are events of their own; the pages and reports follow.
  void renamePupil(const primer::LearnerId& pupil, const QString& name);
  void changePicture(const primer::LearnerId& pupil, const QString& picture);
  void changePictures(const primer::LearnerId& pupil, primer::app::PicturesChange change);
  // kTeacher: answered by classViewReady() with what stands now. What is out of range changes
  // nothing and is told among the view's problems.
  void setClassRules(const primer::app::ClassRules& rules);

  // Somebody touched the screen: puts off the automatic lock.
  void noteActivity();
  // Locks the teacher's page where nobody has touched it for teacher_idle_limit. Called by an own
  // timer; public so that tests need not wait.
  void lockIfIdle();

 signals:
  void stageChanged(primer::app::Stage stage);
  void problemsChanged(const QList<primer::app::Problem>& problems);

  void classRefused(const primer::app::ClassSetUpFaults& faults);
  void gridReady(const primer::app::LogInGrid& grid);

  void picturesAsked(const primer::app::PicturesView& view);
  void homeShown(const primer::app::HomeView& home);
  void itemShown(const primer::app::ItemView& item);
  void inkRead(const primer::app::ReadingView& reading);
  void judged(const primer::app::JudgementView& judgement);
  void hintShown(const primer::app::HintView& hint);
  void workChanged(const primer::app::WorkView& work);
  void exampleShown(const primer::app::ExampleView& example);
  void said(const primer::app::SaidView& said);
  // ChosenView::choice is the id of an option.
  void answerHeard(const primer::app::ChosenView& chosen);
  void keepChanged(primer::app::KeepState state);
  void itemSkipped();
  void breakShown(const primer::app::BreakView& view);
  // An item of the set began or is over. Before itemShown().
  void stepsChanged(const QList<primer::app::Step>& steps);
  // Every answer up to and including number `answers` of this visit is on the disk.
  void saved(int answers);
  void saveStateChanged(primer::app::SaveState state);
  void wellDone(const primer::app::SummaryView& summary);
  void handedOver();

  void unlocked();
  void unlockRefused(const primer::app::UnlockRefusal& refusal);
  void locked();
  void classViewReady(const primer::app::ClassView& view);
  void pupilViewReady(const primer::app::PupilView& view);

 private:
  class Private;
  std::unique_ptr<Private> d_;
};

}  // namespace primer::app
