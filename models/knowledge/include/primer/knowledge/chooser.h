#pragma once

// What a pupil should do next, and why.
//
//   Chooser chooser(curriculum, model);
//   const Choice choice = chooser.next(now);
//   ... ask, judge ...
//   chooser.observe(choice, right, now);
//
// A first visit begins with a walk that places the pupil (placement.h), if the options say so; each
// later one with something that goes well. Skills open when what they need goes well (the outer
// fringe of what is known: Doignon and Falmagne 1985); among open skills the item whose chance is
// nearest to the target; one question in four is a review of what goes well already, when FSRS-6
// says that it is due; two questions running are seldom of one skill; after two misses running
// comes something with a chance of at least 0.9, or the likeliest there is; where all that is open
// has become too easy, a question from further on, and who gets it right has jumped there. The
// reason is data: words are the app's.
//
// Everything hangs on the answers alone, in their order and with their times: the same answers
// give the same choices, on any tablet, however often the tutor was stopped in between.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "primer/knowledge/curriculum.h"
#include "primer/knowledge/knowledge_model.h"
#include "primer/knowledge/placement.h"
#include "primer/knowledge/review_schedule.h"

namespace primer::knowledge {

enum class Reason : std::uint8_t {
  kPlacement,  // of the first visit's walk: where to begin
  kWarmUp,     // first of a visit: something that goes well
  kNew,        // a skill that opened just now, or the first of all
  kPractice,   // still being learned; an item of the right difficulty
  kNextStep,   // the same, and harder than what was right before
  kReview,     // goes well; is due again
  kConfirm,    // went well on one day only: does it on another?
  kEase,       // after two misses running
  kBridge,     // a skill got stuck: something that it needs
  kJump,       // all that is open is easy: can this be done already?
  kInBetween,  // one skill only is being learned, and was asked twice running: one that goes well
  kPinned,     // the teacher asked for this skill
};

struct Choice {
  std::size_t skill = 0;
  std::size_t item = 0;  // its place within the skill
  double chance = 0;     // of a right answer, by the model
  Reason reason = Reason::kNew;
  // What the reason rests on: the last tries (at most five) at the skill, and how many days ago the
  // latest was.
  int recent_right = 0;
  int recent_tries = 0;
  int days_since = 0;
  bool easier = false;        // than what was missed last at this skill
  std::size_t for_skill = 0;  // kBridge: the skill that got stuck; else `skill`
};

// The ways on from home. Each is what would be asked first behind it.
struct Doors {
  Choice go_on;
  std::optional<Choice> review;         // nothing: nothing is due today
  std::optional<Choice> something_new;  // nothing: no skill is open that was not met, or only just
};

enum class Door : std::uint8_t { kGoOn, kReview, kSomethingNew };

// As they stand: the tutor's policy, which `primer-batch simulate` tries.
struct ChooserOptions {
  double target = 0.85;     // chance of success to aim at; a teacher may move it
  double ease = 0.9;        // after two misses running
  double goes_well = 0.75;  // chance at a skill's middling item from which it counts as known
  double review_share = 0.25;
  std::size_t most_open = 4;                  // skills learned side by side
  int placement = Placement::kMostQuestions;  // of a first visit's walk; 0: none
  bool warm_up = true;                        // begin each visit with something that goes well
  // Skills that the teacher wants practised until they go well, one after the other; places that
  // the curriculum lacks are passed over.
  std::vector<std::size_t> pinned = {};
};

// One learner's way through a curriculum. Used by one thread at a time. Curriculum and model must
// outlive it. A choice among 10,000 items takes well under 5 ms: items are looked up by difficulty,
// not tried one by one. The same answers give the same choices.
class Chooser {
 public:
  Chooser(const Curriculum& curriculum, const KnowledgeModel& model, ChooserOptions options = {});

  // `now` in seconds. It may stand still or jump; a day is a change of floor(now / 86400). Behind a
  // door: what is due as long as something is; a new skill until it has been tried three times;
  // then, as behind the door that goes on, what is best.
  Choice next(double now, Door door = Door::kGoOn) const;
  Doors doors(double now) const;

  // `name`: what was asked, where the item is one of many of its kind.
  void observe(std::size_t skill, std::size_t item, bool right, double now,
               const std::string& name = {});

  // Whether the first visit's walk is still going on.
  bool isPlacing() const { return placement_.has_value(); }
  // A skill goes well; whether it did on a later day as well.
  bool goesWell(std::size_t skill) const { return practice_[skill].known; }
  bool isConfirmed(std::size_t skill) const { return practice_[skill].confirmed; }
  bool isOpen(std::size_t skill) const;

  // Chance of success at an item, were it asked now.
  double chance(std::size_t skill, std::size_t item, double now) const;

 private:
  struct Practice {
    std::vector<bool> last;  // right or not, oldest first, at most five
    int tries = 0;
    int misses_running = 0;
    bool known = false;                // went well
    bool confirmed = false;            // and did on a later day
    double known_on = 0;               // day
    double hardest_right = -1;         // difficulty
    double missed_last = 2;            // difficulty
    double asked_on = 0;               // day
    ReviewSchedule memory;             // from the day on which it was known
    double reviewed_on = 0;            // day
    std::vector<std::uint32_t> asked;  // per item, how often
    std::optional<std::size_t> asked_last;
  };
  struct Option {
    std::size_t skill;
    std::size_t item;
    double chance;
  };

  double told(double now) const;
  Option nearest(std::size_t skill, double target, double now) const;
  using Maybe = std::optional<Choice>;
  Maybe placed(double now) const;
  Maybe warmUp(double now) const;
  Maybe easy(double now) const;
  Maybe due(double now) const;
  Maybe bridge(double now) const;
  Maybe pinned(double now) const;
  Maybe fringe(double now) const;
  Maybe jump(double now, const Maybe& instead) const;
  Maybe somethingNew(double now) const;
  Choice longestAgo(double now) const;
  bool isThirdRunning(std::size_t skill) const;
  Choice made(const Option& option, Reason reason, double now) const;
  void takeAsKnown(std::size_t skill, double today);
  void settle(double now);

  const Curriculum* curriculum_;
  const KnowledgeModel* model_;
  ChooserOptions options_;
  Learner learner_;
  std::vector<Practice> practice_;
  std::vector<std::size_t> asked_skills_;  // the last few
  std::optional<Placement> placement_;
  int misses_running_ = 0;
  int right_running_ = 0;
  int since_review_ = 0;  // questions
  int since_jump_ = kBetweenJumps;
  double answered_at_ = -std::numeric_limits<double>::infinity();

  static constexpr int kBetweenJumps = 10;  // questions
};

}  // namespace primer::knowledge
