#pragma once

#include <QThread>
#include <QThreadPool>
#include <QTimer>
#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "backroom.h"
#include "mailbox.h"
#include "primer/app/listener.h"
#include "primer/app/tutor.h"
#include "primer/app/tutor_parts.h"
#include "primer/speech/kept_sound.h"
#include "visit.h"

namespace primer::app {

// No new work while so many answers wait for a disk that cannot be written: they live in memory
// only, and the recorder holds a limited number.
inline constexpr int kMostUnsaved = 200;

// Lives on the GUI thread; `backroom_` is used on `thread_` only, through inBackroom().
class Tutor::Private {
 public:
  Private(Tutor& tutor, TutorSettings settings, Clock& clock, FileSystem& files, TutorParts parts);
  ~Private();
  Private(const Private&) = delete;
  Private& operator=(const Private&) = delete;

  // Runs work(backroom) away from the GUI thread and then(result) back on it.
  template <typename Work, typename Then>
  void inBackroom(Work work, Then then) {
    worker_mail_.post([this, work = std::move(work), then = std::move(then)] {
      // Shared, because calls must be copyable and results need not be.
      auto result = std::make_shared<decltype(work(*backroom_))>(work(*backroom_));
      own_mail_.post([result, then] { then(std::move(*result)); });
    });
  }

  // Packs a sound while the backroom goes on with what a child waits for, then back here.
  template <typename Then>
  void pack(std::shared_ptr<const HeardSound> sound, Then then) {
    aside_.start([this, sound = std::move(sound), then = std::move(then)] {
      auto packed =
          std::make_shared<Result<std::vector<std::byte>>>(speech::packSound(sound->samples));
      own_mail_.post([packed, then] { then(std::move(*packed)); });
    });
  }

  // ---- Opening, setting up (tutor.cpp)
  void open();
  void opened(Backroom::Opened opened);
  void learnFromClass();
  void fitKnowledge();
  void createClass(const ClassSetUp& set_up);
  void showGrid(const LogInGrid& grid);
  void setStage(Stage stage);
  void tellProblems();
  QList<Problem> problems() const;
  bool pupilsCanWork() const { return recorder_ != nullptr && course_ != nullptr; }

  // ---- The teacher (tutor_teacher.cpp)
  void unlock(const QString& pin);
  void lock();
  // `anew`: what is under way does not know yet what has just changed.
  void tellClassView(bool anew = false);
  void tellPupilView(const LearnerId& learner, const QString& told = {}, bool refused = false);
  void setClassRules(const ClassRules& rules);
  void remark(const LearnerId& pupil, const QString& key, bool right);
  void renamePupil(const LearnerId& pupil, const QString& name);
  void changePicture(const LearnerId& pupil, const QString& picture);
  void changePictures(const LearnerId& pupil, PicturesChange change);
  void changePupil(storage::PupilChange change, Result<Backroom::Advice> advice);
  void readGridAgain();
  // The pupil's page again, with what came of a change.
  void tellChange(const LearnerId& pupil, const Status& done, const QString& told);

  // ---- A visit (tutor_visit.cpp)
  // Whether somebody may come in now; where not, the problems say why.
  bool doorIsOpen(bool guest);
  void logIn(const LearnerId& learner);
  void givePictures(const QStringList& tapped);
  void askForPictures(const PupilCard& pupil, bool wrong);
  void logInAsGuest();
  void enter(const PupilCard& pupil);
  void beginVisit(const PupilCard& pupil, Result<Backroom::LogIn> found);
  void goHome();
  void openDoor(DoorKind door);
  void chooseSkill(int skill);
  void beginSet();
  void showNextItem();
  void readInk(const Ink& ink, const InkBox& box);
  void inkWasRead(const handwriting::NumberReading& reading, Ink ink);
  void readingChanged();
  void check();
  // Records what is to be recorded; gives its id.
  std::optional<storage::EventId> tell(Visit::Judged judged);
  void tellSteps();
  void nextItem();
  void handOver();
  void endVisit();

  // ---- What the teacher set, and what is kept between two answers (tutor_rules.cpp)
  void beginRules(Backroom::LogIn& found);
  // The next item, or what the teacher's rules put before it.
  void goOn();
  bool sessionIsOver() const;
  void showWellDone();
  void endBreak(bool put_off);
  void setLeftHanded(bool on);
  void resume(const std::vector<std::byte>& draft);
  void showResumed();
  void keepWork(const SheetWork& work);
  void keepLater();
  void keepDraft();
  std::vector<std::byte> draftNow() const;
  bool working() const { return stage_ == Stage::kWorking && visit_ != nullptr && !leaving_; }

  // ---- A quiz (tutor_work.cpp)
  void submitQuiz(const QuizReply& reply);

  // ---- A worked item (tutor_work.cpp)
  void readSheet(const Ink& ink, const SheetPaper& paper, bool looks_for_gesture);
  void submitLines(const QStringList& lines);
  void judgeLines(int lines, bool done);
  void tellWork(std::vector<std::size_t> scratched = {});
  void askForExample();
  bool workIsOpen() const {
    return working() && visit_->itemIsOpen() && visit_->item().kind == ItemKind::kWorking;
  }

  // ---- An item that is said or read aloud (tutor_aloud.cpp)
  Listener& listener();
  void tellNoSound();
  void practiseSound(const QString& phone);
  void listen();
  void readQuietly();
  bool isAnsweredAloud() const;  // a question whose answer is said
  void stopListening();
  void wasSaid(SaidView said);
  void wasChosen(const ChosenView& chosen);
  void takeForKeeping(const SaidView& said, const std::optional<storage::EventId>& recorded);
  void keepForTeacher();
  void setKeepState(KeepState state);
  void playKept(int sound);

  // ---- Saving (tutor_visit.cpp)
  storage::Answer answerOf(GradedAnswer graded) const;
  // Nothing where it could not be taken.
  std::optional<storage::EventId> submit(GradedAnswer answer);
  void beginSaving();   // one more thing waits for the disk
  void settleSaving();  // one was written, or given back
  // For the recorder; `then` is run here once it is on the disk.
  storage::Recorder::Done whenWritten(std::function<void()> then);
  void answerWritten(const Result<storage::Saved>& saved, const std::function<void()>& then);
  void setSaveState(SaveState state);
  void setSaveProblem(std::optional<Problem> problem);

  Tutor& tutor_;
  TutorSettings settings_;
  Clock& clock_;

  Stage stage_ = Stage::kStarting;
  bool opening_ = false;
  bool creating_ = false;
  bool handwriting_ = false;
  std::shared_ptr<const Course> course_;
  // Used on the GUI thread only, once the backroom has handed it over.
  std::shared_ptr<const knowledge::KnowledgeModel> knowledge_;
  storage::Recorder* recorder_ = nullptr;  // owned by the backroom
  QList<Problem> opening_problems_;
  LogInGrid grid_;

  std::unique_ptr<Visit> visit_;
  std::uint64_t visit_number_ = 0;  // tells late results of an earlier visit from this one's
  bool logging_in_ = false;
  std::optional<PupilCard> asked_pictures_;  // of whom
  // Tries that did not lead in. Going back and tapping again begins no new count.
  struct WrongPictures {
    int times = 0;
    std::chrono::milliseconds next_from{0};  // by the steady clock: none is looked at before
  };
  std::map<LearnerId, WrongPictures> wrong_pictures_;
  bool leaving_ = false;  // handOver() waits for the last answers
  PupilCard pupil_;
  ItemView item_;
  HomeView home_;
  std::atomic<std::uint64_t> latest_ink_{0};
  bool reading_ = false;
  bool check_wanted_ = false;
  // Of a worked item: rises whenever the sheet changes, so that a late judgement is known as one.
  std::uint64_t sheet_version_ = 0;
  struct JudgeWanted {
    int lines = -1;
    bool done = false;
  };
  std::optional<JudgeWanted> judge_wanted_;  // while the sheet is being read
  std::uint64_t examples_ = 0;               // asked for so far
  bool asked_ = false;                       // the last judgement was a question
  int saved_in_visit_ = 0;
  bool done_pressed_ = false;  // of a worked item: since the last ink

  ClassRules rules_;
  bool left_handed_ = false;
  std::chrono::milliseconds visit_began_{0};  // by the steady clock
  std::chrono::milliseconds break_from_{0};   // the reminder counts from here
  bool break_put_off_ = false;
  SheetWork work_;        // what lies on the page
  bool resumed_ = false;  // the item at hand has not been shown since it was taken up again
  QTimer draft_timer_;

  int unsaved_ = 0;
  SaveState save_state_ = SaveState::kSaved;
  std::optional<Problem> save_problem_;
  QTimer retry_timer_;

  bool unlocking_ = false;
  std::uint64_t teacher_session_ = 0;  // 1 and more once somebody has unlocked
  bool class_view_again_ = false;
  std::optional<Problem> teacher_problem_;  // what was refused last
  std::uint64_t class_view_under_way_ = 0;  // the session that waits for one; 0: none
  std::chrono::milliseconds last_activity_{0};
  QTimer idle_timer_;

  // What was said last, and where it belongs.
  struct Keeping {
    std::shared_ptr<const HeardSound> sound;
    std::optional<storage::EventId> event;
    std::optional<storage::Answer> again;  // where it is no event yet
  };
  void keepPacked(Keeping keeping, const LearnerId& learner, std::uint64_t number,
                  Result<std::vector<std::byte>> packed);
  Keeping keeping_;
  KeepState keep_state_ = KeepState::kNothing;
  std::uint64_t keeping_number_ = 0;  // tells late results of an earlier one from this one's

  ListenerParts hearing_;
  std::unique_ptr<Listener> listener_;

  std::unique_ptr<Backroom> backroom_;
  Mailbox own_mail_;
  Mailbox worker_mail_;  // lives on thread_
  QThread thread_;
  // One thread for what would keep the backroom from what a child waits for: packing a sound,
  // fitting the knowledge model. Goes first, and ends what it has begun.
  QThreadPool aside_;
};

}  // namespace primer::app
