#pragma once

// What a pupil should do next, and why.
//
//   Chooser chooser(curriculum, model);
//   const Choice choice = chooser.next(now);
//   ... ask, judge ...
//   chooser.observe(choice, right, now);
//
// Skills open when what they need goes well (the outer fringe of what is known: Doignon and
// Falmagne 1985); among open skills the item whose chance is nearest to the target; one question in
// four is a review of what goes well already, when FSRS-6 says that it is due; two questions
// running are seldom of one skill; after two misses running comes something with a chance of at
// least 0.9, or the likeliest there is. The reason is data: words are the app's.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "primer/knowledge/curriculum.h"
#include "primer/knowledge/knowledge_model.h"
#include "primer/knowledge/review_schedule.h"

namespace primer::knowledge {

enum class Reason : std::uint8_t {
  kNew,       // a skill that opened just now, or the first of all
  kPractice,  // still being learned; an item of the right difficulty
  kNextStep,  // the same, and harder than what was right before
  kReview,    // goes well; is due again
  kConfirm,   // went well on one day only: does it on another?
  kEase,      // after two misses running
  kBridge,    // a skill got stuck: something that it needs
};

struct Choice {
  std::size_t skill = 0;
  std::size_t item = 0;  // its place within the skill
  double chance = 0;     // of a right answer, by the model
  Reason reason = Reason::kNew;
  // What the reason rests on: the last tries (at most five) at the skill.
  int recent_right = 0;
  int recent_tries = 0;
  std::size_t for_skill = 0;  // kBridge: the skill that got stuck; else `skill`
};

struct ChooserOptions {
  double target = 0.85;     // chance of success to aim at; a teacher may move it
  double ease = 0.9;        // after two misses running
  double goes_well = 0.75;  // chance at a skill's middling item from which it counts as known
  double review_share = 0.25;
  std::size_t most_open = 4;  // skills learned side by side
};

// One learner's way through a curriculum. Used by one thread at a time. Curriculum and model must
// outlive it. A choice among 10,000 items takes well under 5 ms: items are looked up by difficulty,
// not tried one by one. The same answers give the same choices.
class Chooser {
 public:
  Chooser(const Curriculum& curriculum, const KnowledgeModel& model, ChooserOptions options = {});

  // `now` in seconds. It may stand still or jump; a day is a change of floor(now / 86400).
  Choice next(double now) const;
  void observe(std::size_t skill, std::size_t item, bool right, double now);

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
    ReviewSchedule memory;             // from the day on which it was known
    double reviewed_on = 0;            // day
    std::vector<std::uint32_t> asked;  // per item, how often
  };
  struct Option {
    std::size_t skill;
    std::size_t item;
    double chance;
  };

  bool isOpen(std::size_t skill) const;
  Option nearest(std::size_t skill, double target, double now) const;
  bool chooseEasy(double now, Choice& choice) const;
  bool chooseReview(double now, Choice& choice) const;
  bool chooseBridge(double now, Choice& choice) const;
  bool chooseFringe(double now, Choice& choice) const;
  Choice made(const Option& option, Reason reason) const;

  const Curriculum* curriculum_;
  const KnowledgeModel* model_;
  ChooserOptions options_;
  Learner learner_;
  std::vector<Practice> practice_;
  std::vector<std::size_t> asked_skills_;  // the last few
  int misses_running_ = 0;
  double since_review_ = 0;  // questions
};

}  // namespace primer::knowledge
