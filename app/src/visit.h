#pragma once

// One pupil's visit: which sum, what was answered, what is said about it. No threads, no clock, no
// disk: everything comes in as arguments.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "primer/app/learning_path.h"
#include "primer/app/values.h"
#include "primer/content/generator.h"
#include "primer/storage/event.h"
#include "read_answer.h"
#include "worksheet.h"

namespace primer::app {

// What is recorded of one graded try.
struct GradedAnswer {
  content::Item item;
  std::string reason;
  storage::Verdict verdict = storage::Verdict::kWrong;
  std::string misconception;
  int attempt = 1;
  int hints = 0;  // rungs seen before this try
  std::string text;
  std::optional<double> confidence;  // none: typed
  std::chrono::milliseconds taken{0};
  Ink ink;
};

// What a pupil has done before.
struct PupilHistory {
  std::vector<FirstTry> first_tries;        // oldest first
  std::vector<int> right_answers_by_skill;  // by place in the lesson, all tries
};

struct VisitOptions {
  std::uint64_t seed = 0;
  int sums_in_a_set = 8;
  bool first_walk = true;
  knowledge::RecommendationPolicy policy = {};  // what the teacher set (primer/app/policy.h)
};

class Visit {
 public:
  Visit(std::shared_ptr<const content::Lesson> lesson,
        std::shared_ptr<const knowledge::KnowledgeModel> model, PupilHistory history,
        const VisitOptions& options);

  // The doors as they stand now, and the garden.
  HomeView home(WallTime now, const PupilCard& pupil) const;
  // What the next sets are made of, until another choice.
  void chooseDoor(DoorKind door);
  // False for a skill that is not open yet.
  bool chooseSkill(std::size_t skill);

  // The next sum of the set. Not where setIsOver() or while an item is open.
  ItemView startItem(std::chrono::milliseconds now, WallTime wall_time);
  bool itemIsOpen() const { return open_; }
  bool setIsOver() const;
  bool setIsUnderWay() const { return shown_in_set_ > 0 && !setIsOver(); }
  void startSet();

  void take(const handwriting::NumberReading& reading, Ink ink);
  bool chooseAlternative(int digit, int alternative);
  void confirmReading();
  ReadingView reading() const { return read_.view(); }

  struct Judged {
    JudgementView view;
    std::optional<GradedAnswer> to_record;  // where it was graded
  };
  Judged check(std::chrono::milliseconds now);
  Judged checkTyped(const QString& text, std::chrono::milliseconds now);
  // The next rung of the ladder; the last one again where there is no further.
  HintView nextHint();

  // ---- A worked item

  Worksheet& sheet() { return sheet_; }
  const std::optional<maths::ProblemSource>& problem() const { return item_.problem; }
  // What was judged of `written`: the answers to be recorded. `done`: the pupil says that this is
  // it; where it is, the item is over.
  std::vector<GradedAnswer> takeJudgement(const JudgedWork& judged,
                                          const Worksheet::Written& written, bool done,
                                          std::chrono::milliseconds now);
  GradedAnswer disagree(int line, std::chrono::milliseconds now);
  HintView nextWorkHint();
  WorkView workView();

  // The walk's "too hard today".
  std::optional<GradedAnswer> skip(std::chrono::milliseconds now);

  SummaryView summary(WallTime now) const;

 private:
  // One item of the set, for the summary.
  struct Done {
    std::size_t skill = 0;
    int tries = 0;
    int hints = 0;
    bool right = false;
    DoneItem shown;
  };

  Choice choose(WallTime now) const;
  Choice levelFor(std::size_t skill, WallTime now) const;
  bool mayChoose(std::size_t skill) const;
  QList<DoorView> doors(WallTime now) const;
  content::Item dealItem(const Choice& choice);
  Judged grade(bool right, const std::string& text, std::optional<double> confidence, Ink ink,
               std::chrono::milliseconds now);
  JudgementView unreadable(const QString& words);
  void endItem(bool right);
  GradedAnswer workAnswer(storage::Verdict verdict, std::chrono::milliseconds now);
  void countFirstTry(bool right, std::chrono::milliseconds taken);
  QString kindWords(const std::vector<std::string>& words, const std::string& given);
  HintView hint() const;
  QList<Flower> garden() const;

  std::shared_ptr<const content::Lesson> lesson_;
  LearningPath path_;
  std::vector<int> right_answers_by_skill_;
  std::vector<int> right_before_set_;
  content::Random random_;
  std::map<std::pair<std::size_t, std::size_t>, content::SumDealer> dealers_;
  std::map<const void*, std::size_t> last_words_;

  int sums_in_a_set_;
  int shown_in_set_ = 0;
  DoorKind door_ = DoorKind::kGoOn;
  std::optional<std::size_t> chosen_skill_;  // instead of a door
  bool walk_ = false;                        // the set is a first visit's walk
  std::vector<Done> set_;
  std::vector<std::string> shown_prompts_;

  bool open_ = false;
  content::Item item_;
  QString reason_;
  std::chrono::milliseconds shown_at_{0};
  WallTime shown_on_;
  int tries_ = 0;
  int rung_ = 0;
  int unread_running_ = 0;
  ReadAnswer read_;
  Worksheet sheet_;
  int help_row_ = -1;  // which line the rungs were about
  QString over_words_;
  QString last_text_;                    // of the sum's last graded try
  std::optional<JudgementView> judged_;  // of the ink that lies there: grading it again is no try
};

}  // namespace primer::app
