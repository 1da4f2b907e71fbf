#pragma once

// One pupil's visit: which sum, what was answered, what is said about it. No threads, no clock, no
// disk: everything comes in as arguments.

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "listening/speaker.h"
#include "practice_words.h"
#include "primer/app/course.h"
#include "primer/app/heard.h"
#include "primer/app/learning_path.h"
#include "primer/app/values.h"
#include "primer/content/generator.h"
#include "primer/storage/event.h"
#include "primer/writing/grader.h"
#include "read_answer.h"
#include "worksheet.h"

namespace primer::app {

struct Draft;

// What is recorded of one graded try.
struct GradedAnswer {
  std::size_t lesson = 0;  // of the course
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
  std::vector<std::byte> evidence;  // spoken_evidence.h; may be empty
  // Of a disagreement: the answer whose judgement it is about.
  std::optional<storage::EventId> about = {};
};

// What a judge says of one try at the item at hand.
struct Try {
  // kQuiet: read by oneself, where nothing could be heard. There is nothing to judge.
  enum class Outcome : std::uint8_t { kRight, kNotYet, kPartly, kForTeacher, kQuiet };
  Outcome outcome = Outcome::kNotYet;
  std::string text;                  // the answer as read, for the records
  std::optional<double> confidence;  // none: typed or tapped
  QString words;                     // about this very answer; empty: the lesson's kind words
  Ink ink;
  std::string misconception = {};  // a key; may be empty
  std::vector<std::byte> evidence = {};
};

// What a pupil has done before.
struct PupilHistory {
  std::vector<FirstTry> first_tries;           // oldest first
  std::vector<int> right_answers_by_skill;     // by place in the course, all tries
  std::shared_ptr<const Speaker> speaker;      // how the pupil speaks; null: nothing is known
  std::map<std::string, int> missed_sounds;    // how often each was to be tried again: "th"
  std::vector<PracticeWords::Word> due_words;  // of the pupil's stories, to be practised today
  QString news = {};  // what the teacher said of an answer meanwhile, in words; mostly empty
};

struct VisitOptions {
  std::uint64_t seed = 0;
  int sums_in_a_set = 8;
  bool first_walk = true;
  knowledge::RecommendationPolicy policy = {};  // what the teacher set (primer/app/policy.h)
  bool guest = false;                           // nothing is kept, so no teacher will see any of it
};

class Visit {
 public:
  Visit(std::shared_ptr<const Course> course,
        std::shared_ptr<const knowledge::KnowledgeModel> model, PupilHistory history,
        const VisitOptions& options);

  // The doors as they stand now, and the garden.
  HomeView home(WallTime now, const PupilCard& pupil) const;
  // What the next sets are made of, until another choice.
  void chooseDoor(DoorKind door);
  // A place in the course. False for a skill that is not open yet.
  bool chooseSkill(std::size_t skill);

  // The next sum of the set. Not where setIsOver() or while an item is open.
  ItemView startItem(std::chrono::milliseconds now, WallTime wall_time);
  const content::Item& item() const { return item_; }
  ItemView itemView() const;  // of the item at hand
  // How the items of the set went so far.
  QList<Step> steps() const;
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
  // One try, judged: for every kind of item that is answered as a whole. Counts it, climbs the
  // ladder of hints, ends the item where it is right or nothing is left to say.
  Judged take(Try tried, std::chrono::milliseconds now);
  Judged check(std::chrono::milliseconds now);
  Judged checkTyped(const QString& text, std::chrono::milliseconds now);
  // The next rung of the ladder; the last one again where there is no further.
  HintView nextHint();

  // ---- A quiz (visit_quiz.cpp)

  // Of every answering but a text.
  Judged answerQuiz(const QuizReply& reply, std::chrono::milliseconds now);
  Judged answerText(const QString& text, const writing::GradedShortAnswer& grade,
                    std::chrono::milliseconds now);
  // One like the item at hand, step by step; nothing where its author gave none. Of a sum another
  // `seed` makes another one.
  std::optional<ExampleView> example(std::uint64_t seed) const;

  // ---- A worked item

  Worksheet& sheet() { return sheet_; }
  const std::optional<maths::ProblemSource>& problem() const { return item_.problem; }
  // What was judged of `written`: the answers to be recorded. `done`: the pupil says that this is
  // it; where it is, the item is over.
  std::vector<GradedAnswer> takeJudgement(const JudgedWork& judged,
                                          const Worksheet::Written& written, bool done,
                                          std::chrono::milliseconds now);
  GradedAnswer disagree(int line, std::chrono::milliseconds now);
  WorkView workView();

  // ---- An item that is said or read aloud

  bool itemIsAloud() const;
  // The tablet's lessons, and behind them, where words of stories are due, a lesson of these.
  const Course& course() const { return *course_; }
  // Something else than the word was said. Of a word to practise the second time is a miss, and it
  // is laid aside: nobody is kept from the story behind it. Nothing for other items.
  std::optional<Judged> takeOtherText(std::chrono::milliseconds now);
  // A story that nobody can listen to was read by oneself: over, and neither right nor wrong. Its
  // questions may be answered.
  std::optional<Judged> takeQuietly(std::chrono::milliseconds now);
  // From the next startSet() on: pairs of words that differ in this sound alone (a key). False
  // where no lesson has such pairs.
  bool chooseDrill(const std::string& phone);
  // What was said: completes the view with what follows from the utterances before it. Not to be
  // called for trouble. After the item is over it is only told, not recorded.
  Judged takeSaid(SaidView& said, std::chrono::milliseconds now);
  // Which of the item's two words was said; tells it in `said`.
  Judged takeChosen(const ChosenView& chosen, SaidView& said, std::chrono::milliseconds now);

  // What was said once more, after the item was over: to be kept, not to be judged.
  GradedAnswer saidAgain(const SaidView& said, std::chrono::milliseconds now) const;

  // How the pupil speaks, with what this visit recorded of it. Never null.
  const std::shared_ptr<const Speaker>& speaker() const { return speaker_; }

  // A question about the story at hand, after it was read; nothing for one that there is not.
  std::optional<GradedAnswer> answerQuestion(int question, const QString& answer,
                                             std::chrono::milliseconds now) const;

  // The walk's "too hard today".
  std::optional<GradedAnswer> skip(std::chrono::milliseconds now);

  SummaryView summary(WallTime now) const;

  // ---- Between two answers (visit_draft.cpp)

  // The answer to the item at hand that is its try number `attempt` was recorded as `id`.
  void wasRecorded(int attempt, const storage::EventId& id) { events_of_tries_[attempt] = id; }
  // Where setIsUnderWay(); `work` is what lies on the page.
  Draft draft(std::chrono::milliseconds now, const SheetWork& work) const;
  // Goes on from there; false, and nothing is changed, where its item is not in the lessons any
  // more.
  bool resume(const Draft& draft, std::chrono::milliseconds now, WallTime wall_time);

 private:
  // One item of the set, for the summary.
  struct Done {
    std::size_t skill = 0;  // place in the course
    int tries = 0;
    int hints = 0;
    bool right = false;
    bool for_teacher = false;
    bool quiet = false;
    DoneItem shown;
  };

  void beginItem(std::chrono::milliseconds now, WallTime wall_time);
  Choice choose(WallTime now) const;
  Choice levelFor(std::size_t skill, WallTime now) const;
  bool mayChoose(std::size_t skill) const;
  QList<DoorView> doors(WallTime now) const;
  content::Item dealItem(const Choice& choice);
  // Lessons to be said or read stand behind the others and have a path of their own: nobody is led
  // from sums to a microphone.
  bool isAloud(std::size_t lesson) const { return lesson >= first_aloud_; }
  bool isPractice(std::size_t lesson) const { return lesson == practice_lesson_; }
  std::size_t practicePlace() const { return course_->at({practice_lesson_, 0}); }
  int wordsLeft() const { return static_cast<int>(due_words_.size() - next_word_); }
  void addPracticeLesson();
  int wordsAhead() const;  // words to practise that a set of what was chosen begins with
  bool isOpen(std::size_t skill) const;
  double chanceOf(std::size_t skill, std::size_t level, double now) const;
  int setLength() const;
  Judged takeAloud(Try tried, std::chrono::milliseconds now);
  Judged takeStory(const SaidView& said, std::chrono::milliseconds now);
  std::vector<std::byte> evidenceOf(const SaidView& said) const;
  Choice nextWord(WallTime now) const;
  std::optional<Course::Place> pairsFor(const std::string& phone) const;
  void offerDrill(SaidView& said);
  void remember(const SaidView& said);
  const content::Lesson& lesson() const { return course_->lesson(lesson_); }
  const content::Skill& skill() const { return lesson().skills[item_.skill]; }
  std::size_t place() const { return course_->at({lesson_, item_.skill}); }
  GradedAnswer graded(storage::Verdict verdict, std::chrono::milliseconds now) const;
  JudgementView unreadable(const QString& words);
  void endItem(Try::Outcome outcome);
  GradedAnswer workAnswer(storage::Verdict verdict, std::chrono::milliseconds now);
  void countFirstTry(bool right, std::chrono::milliseconds taken);
  QString kindWords(const std::vector<std::string>& words, const std::string& given);
  HintView hint() const;
  std::optional<QuizReply> shownPlaces() const;  // where things belong, once it may be told
  HintView nextWorkHint();
  QList<Flower> garden() const;
  QString whatWasDone(int right) const;  // "You worked out 8 sums"

  std::shared_ptr<const Course> course_;
  std::size_t first_aloud_;  // lesson; as many as there are: none
  LearningPath path_;        // through the lessons before it
  std::optional<LearningPath> aloud_;
  std::vector<PracticeWords::Word> due_words_;
  std::size_t next_word_ = 0;        // of these
  std::size_t practice_lesson_ = 0;  // behind the tablet's own; as many as there are: none
  int words_in_set_ = 0;             // that come first in it
  std::map<std::string, int> missed_sounds_;
  std::optional<std::size_t> drill_level_;  // of the chosen skill: its pairs, and nothing else
  int other_texts_ = 0;                     // heard for the word at hand
  std::vector<int> right_answers_by_skill_;
  QString news_;
  std::vector<int> right_before_set_;
  content::Random random_;
  std::map<std::pair<std::size_t, std::size_t>, content::ItemDealer> dealers_;
  std::map<const void*, std::size_t> last_words_;

  bool guest_;
  int sums_in_a_set_;
  int shown_in_set_ = 0;
  DoorKind door_ = DoorKind::kGoOn;
  std::optional<std::size_t> chosen_skill_;  // place in the course; instead of a door
  bool walk_ = false;                        // the set is a first visit's walk
  std::vector<Done> set_;
  std::vector<std::string> shown_prompts_;

  bool open_ = false;
  std::size_t lesson_ = 0;  // of the item at hand
  content::Item item_;
  QString reason_;
  std::chrono::milliseconds shown_at_{0};
  WallTime shown_on_;
  int tries_ = 0;
  std::map<int, storage::EventId> events_of_tries_;
  int rung_ = 0;
  int unread_running_ = 0;
  ReadAnswer read_;
  std::vector<Confirmed> confirmed_;  // digits, also while more is written beside them
  Worksheet sheet_;
  int help_row_ = -1;  // which line the rungs were about
  QString over_words_;
  // The last utterances of this visit: what is told of flow and pace is a mean of them.
  struct Utterance {
    double fluency = 0;
    double words_per_minute = 0;
  };
  std::deque<Utterance> utterances_;
  std::shared_ptr<const Speaker> speaker_;
  QString last_text_;                    // of the sum's last graded try
  std::optional<JudgementView> judged_;  // of the ink that lies there: grading it again is no try
};

}  // namespace primer::app
