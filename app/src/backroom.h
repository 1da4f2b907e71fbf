#pragma once

// What the tutor does away from the GUI thread: everything that may take time. One thread uses a
// Backroom; only Opened::recorder may be used from another.

#include <QList>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "primer/app/answer_reader.h"
#include "primer/app/course.h"
#include "primer/app/tutor.h"
#include "primer/app/tutor_parts.h"
#include "primer/app/values.h"
#include "primer/knowledge/knowledge_model.h"
#include "primer/pronunciation/speaker_prior.h"
#include "primer/storage/database.h"
#include "primer/storage/recorder.h"
#include "primer/writing/grader.h"
#include "visit.h"

namespace primer::app {

// What nobody may do while the class is locked.
Error lockedError();

class Backroom {
 public:
  Backroom(TutorSettings settings, Clock& clock, FileSystem& files, TutorParts parts);
  ~Backroom();

  // What opening found. `usable`: there is a database, at least to read.
  struct Opened {
    bool usable = false;
    // Valid until the Backroom opens again or goes; thread-safe by itself. Null where nothing can
    // be saved.
    storage::Recorder* recorder = nullptr;
    bool handwriting = false;
    std::shared_ptr<const Course> course;  // may be null
    // Never null; not used in the backroom any more.
    std::shared_ptr<const knowledge::KnowledgeModel> knowledge;
    QList<Problem> problems;
    LogInGrid grid;  // without classes: the tablet must be set up
  };
  Opened open();

  // The grid of a class; of the first one for a null id or one that is not known.
  Result<LogInGrid> grid(const ClassId& wanted);
  Result<LogInGrid> createClass(const ClassSetUp& set_up);
  // What a visit begins with; `of`: the pupil's class.
  struct LogIn {
    PupilHistory history;
    ClassRules rules;
    bool left_handed = false;
    std::vector<std::byte> draft;  // empty: nothing is unfinished
  };
  Result<LogIn> logIn(const LearnerId& learner, const ClassId& of);
  // Rules alone: of a guest nothing is known.
  Result<LogIn> logInAsGuest(const ClassId& of);
  Result<bool> picturesFit(const LearnerId& learner, const QStringList& tapped);
  // After a visit: what it left counts for the others of the class from now on.
  void endVisit(const LearnerId& learner, const ClassId& of);
  Status setLeftHanded(const LearnerId& learner, bool on);

  // Learning how hard the tablet's classes find what is asked, a pupil a call, so that who logs in
  // meanwhile need not wait for all of them: true until everybody was asked.
  bool learnFromNext();
  struct Learning {
    knowledge::KnowledgeModel model;  // to be fitted on these, on any thread
    std::vector<knowledge::History> histories;
  };
  // After that. Nothing where it is too little to learn from.
  std::optional<Learning> takeLearning();
  handwriting::NumberReading read(const Ink& ink, const InkBox& box);

  struct ReadSheet {
    std::vector<handwriting::WorkPiece> pieces;
    std::vector<std::size_t> scratched;  // where not empty, `pieces` were not read
  };
  // `problem` is what the printed layout of the paper is of, where it has one.
  ReadSheet readSheet(const Ink& ink, const SheetPaper& paper, const std::string& problem,
                      bool looks_for_gesture);

  // An answer in words. Where the grader's model is missing, the teacher is asked.
  writing::GradedShortAnswer grade(const content::Question& question, const std::string& answer);

  // Nothing: unlocked.
  std::optional<UnlockRefusal> unlock(const ClassId& of, const QString& pin);
  void lock();
  Result<ClassView> classView();
  Result<PupilView> pupilView(const LearnerId& learner);
  // AnswerRow::sound of the latest pupilView(). kDenied while locked, kNotFound.
  Result<std::shared_ptr<const HeardSound>> keptSound(int number) const;
  Status setRules(const ClassRules& rules);  // of the class that is unlocked
  // What is to be said of a name or a picture before it is given to a pupil of that class.
  struct Advice {
    QString words;
    bool refused = false;
  };
  Result<Advice> adviseName(const LearnerId& learner, const QString& name);
  Result<Advice> advisePicture(const LearnerId& learner, const QString& picture);
  Status changePictures(const LearnerId& learner, PicturesChange change);

 private:
  void openRecords(Opened& opened);
  void openLesson(Opened& opened);
  void openReader(Opened& opened);
  knowledge::KnowledgeModel openKnowledge(QList<Problem>* problems) const;
  PupilHistory historyFrom(const std::vector<storage::Event>& events) const;
  PracticeWords practiceFrom(const storage::LearnerRecord& record) const;
  QString newsFrom(const std::vector<storage::Event>& remarked) const;
  using Sounds = pronunciation::SpeakerPrior::Sounds;
  using ClassSounds = std::map<LearnerId, Sounds>;
  Result<ClassSounds*> soundsOfClass(const ClassId& of);
  Status askForPictures(PicturesAsked asked);
  static PicturesAsked picturesAsked(const std::vector<storage::NamedPupil>& pupils);
  QStringList freePictures(const std::vector<storage::NamedPupil>& pupils,
                           const LearnerId& learner) const;
  Result<PupilRow> rowOf(const storage::NamedPupil& pupil);
  AnswerRow rowOf(const storage::OpenedEvent& event) const;
  Result<QList<DisputeRow>> disputes(const std::vector<storage::NamedPupil>& pupils);

  TutorSettings settings_;
  Clock& clock_;
  FileSystem& files_;
  TutorParts parts_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<storage::Recorder> recorder_;  // goes before the database
  std::shared_ptr<const Course> course_;
  std::unique_ptr<AnswerReader> reader_;
  std::unique_ptr<SheetReader> sheets_;
  std::optional<writing::Grader> grader_;  // opened when the first answer in words comes
  std::optional<storage::ClassKey> key_;
  std::map<ClassId, ClassSounds> heard_;  // how the pupils spoke up to their last visit
  std::optional<std::vector<LearnerId>> to_learn_from_;  // nobody was asked yet: nothing
  std::vector<knowledge::History> histories_;
  std::vector<storage::EventId> sounds_;  // of the latest pupilView()
};

}  // namespace primer::app
