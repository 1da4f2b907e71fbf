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
  // What was answered, and how the pupil speaks in this class.
  Result<PupilHistory> beginVisit(const LearnerId& learner, const ClassId& of);
  Result<PupilHistory> history(const LearnerId& learner);
  // What a visit begins with; `of`: the pupil's class.
  struct LogIn {
    PupilHistory history;
    ClassRules rules;
    bool left_handed = false;
    std::vector<std::byte> draft;  // empty: nothing is unfinished
  };
  Result<LogIn> logIn(const LearnerId& learner, const ClassId& of);
  Status setLeftHanded(const LearnerId& learner, bool on);
  // The words that this pupil's stories left hard and that were not said right since.
  Result<PracticeWords> practiceOf(const LearnerId& learner);
  // The knowledge model, fitted on what the tablet's pupils have answered so far. Null where that
  // is too little to learn from, or cannot be read.
  std::shared_ptr<const knowledge::KnowledgeModel> knowledgeOfTheClass();
  handwriting::NumberReading read(const Ink& ink, const InkBox& box);

  struct ReadSheet {
    std::vector<handwriting::WorkPiece> pieces;
    std::vector<std::size_t> scratched;  // where not empty, `pieces` were not read
  };
  ReadSheet readSheet(const Ink& ink, const std::vector<RuledLine>& rules, bool looks_for_gesture);

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

 private:
  void openRecords(Opened& opened);
  void openLesson(Opened& opened);
  void openReader(Opened& opened);
  knowledge::KnowledgeModel openKnowledge(QList<Problem>* problems) const;
  Status listenBack(const LearnerId& learner);
  Result<PupilRow> rowOf(const storage::NamedPupil& pupil);
  AnswerRow rowOf(const storage::OpenedEvent& event) const;
  Result<QList<DisputeRow>> disputes(const std::vector<storage::NamedPupil>& pupils);
  Result<QString> newsFor(const LearnerId& learner);

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
  // How each pupil spoke, as it was when it was last read: only a visit changes it.
  std::map<LearnerId, pronunciation::SpeakerPrior::Sounds> heard_;
  LearnerId visiting_;
  std::vector<storage::EventId> sounds_;  // of the latest pupilView()
};

}  // namespace primer::app
