#include "primer/knowledge/chooser.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace primer::knowledge {

namespace {

constexpr double kDay = 86400;
constexpr double kVisitEnds = 30 * 60;  // seconds without an answer
constexpr std::size_t kRecent = 5;
constexpr std::size_t kRemembered = 4;  // skills asked last
constexpr double kSameSkill = 0.06;     // what being of the skill just asked costs, in chance
constexpr double kAskedBefore = 0.01;   // likewise for each time that an item was asked
constexpr double kSameKind = 0.03;      // what being of an endless item just asked costs
constexpr int kLeastTries = 3;          // before a skill counts as known
constexpr int kStuckAfter = 3;          // misses running at one skill
constexpr double kNeverEased = 0.5;     // items below are no practice for one who has just begun
constexpr double kTooEasy = 0.08;       // above the target: then it is time for a jump
constexpr int kBored = 5;               // right answers running
constexpr double kNotDoubted = 0.5;     // chance at what a first visit's walk believes
constexpr double kCanJump = 0.6;        // chance at what is further on

double dayOf(double now) { return std::floor(now / kDay); }

int wholeDays(double from, double to) {
  constexpr double kLongest = 100'000;
  return static_cast<int>(std::clamp(to - from, 0.0, kLongest));
}

}  // namespace

Chooser::Chooser(const Curriculum& curriculum, const KnowledgeModel& model, ChooserOptions options)
    : curriculum_(&curriculum),
      model_(&model),
      options_(options),
      learner_(model),
      practice_(curriculum.size()) {
  for (std::size_t s = 0; s < practice_.size(); ++s) {
    practice_[s].asked.resize(curriculum.skill(s).items.size());
  }
  if (options_.placement > 0) {
    placement_.emplace(curriculum, options_.placement);
    if (placement_->isOver()) placement_.reset();
  }
}

double Chooser::chance(std::size_t skill, std::size_t item, double now) const {
  const auto& its = curriculum_->skill(skill);
  return learner_.chance({its.name, its.items[item].name, now, its.items[item].difficulty});
}

bool Chooser::isOpen(std::size_t skill) const {
  const auto& needs = curriculum_->skill(skill).needs;
  return std::all_of(needs.begin(), needs.end(),
                     [&](std::size_t need) { return practice_[need].known; });
}

// The chance falls along a skill's items (the model's promise), but for those that were asked
// before: a search for the target, then a look around.
Chooser::Option Chooser::nearest(std::size_t skill, double target, double now) const {
  const auto& items = curriculum_->skill(skill).items;
  std::size_t low = 0;
  std::size_t high = items.size();
  while (low < high) {  // the first item with a chance below the target
    const std::size_t middle = (low + high) / 2;
    if (chance(skill, middle, now) >= target) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  constexpr std::size_t kAround = 3;
  Option best{skill, 0, 0};
  double best_cost = std::numeric_limits<double>::infinity();
  const std::size_t begin = low > kAround ? low - kAround : 0;
  for (std::size_t i = begin; i < std::min(items.size(), low + kAround); ++i) {
    const double p = chance(skill, i, now);
    double cost = std::fabs(p - target);
    if (!curriculum_->skill(skill).endless) {
      cost += kAskedBefore * practice_[skill].asked[i];
    } else if (practice_[skill].asked_last == i) {
      cost += kSameKind;
    }
    if (cost < best_cost) {
      best_cost = cost;
      best = {skill, i, p};
    }
  }
  return best;
}

Choice Chooser::made(const Option& option, Reason reason, double now) const {
  const auto& practice = practice_[option.skill];
  Choice choice;
  choice.skill = choice.for_skill = option.skill;
  choice.item = option.item;
  choice.chance = option.chance;
  choice.reason = reason;
  choice.recent_tries = static_cast<int>(practice.last.size());
  choice.recent_right =
      static_cast<int>(std::count(practice.last.begin(), practice.last.end(), true));
  if (practice.tries > 0) choice.days_since = wholeDays(practice.asked_on, dayOf(now));
  choice.easier =
      !practice.last.empty() && !practice.last.back() &&
      curriculum_->skill(option.skill).items[option.item].difficulty < practice.missed_last;
  return choice;
}

// The walk asks about skills; a middling item stands for its skill.
Chooser::Maybe Chooser::placed(double now) const {
  if (!placement_) return std::nullopt;
  const auto skill = placement_->next();
  const auto middle = curriculum_->skill(skill).items.size() / 2;
  return made({skill, middle, chance(skill, middle, now)}, Reason::kPlacement, now);
}

// The first of a visit: what was met before, at its likeliest just below certainty.
Chooser::Maybe Chooser::warmUp(double now) const {
  if (!options_.warm_up || learner_.state().answers() == 0) return std::nullopt;
  if (now - answered_at_ >= 0 && now - answered_at_ < kVisitEnds) return std::nullopt;
  Maybe best;
  for (std::size_t s = 0; s < practice_.size(); ++s) {
    if (practice_[s].tries == 0 || practice_[s].misses_running > 0) continue;
    const auto option = nearest(s, options_.ease, now);
    const auto away = [&](double p) { return std::fabs(p - options_.ease); };
    if (best && away(best->chance) <= away(option.chance)) continue;
    best = made(option, Reason::kWarmUp, now);
  }
  return best;
}

// Something that goes right: of what was met before, the item that is just likely enough; the
// likeliest where there is none.
Chooser::Maybe Chooser::easy(double now) const {
  if (misses_running_ < 2) return std::nullopt;
  Option best{0, 0, -1};
  Option likeliest{0, 0, -1};
  for (std::size_t s = 0; s < practice_.size(); ++s) {
    if (practice_[s].tries == 0 && !isOpen(s)) continue;
    const Option easiest{s, 0, chance(s, 0, now)};
    if (easiest.chance > likeliest.chance) likeliest = easiest;
    if (practice_[s].tries == 0 || practice_[s].misses_running > 0) continue;
    const double aim = options_.ease + 0.03;
    const auto option = nearest(s, aim, now);
    if (option.chance >= options_.ease &&
        (best.chance < 0 || std::fabs(option.chance - aim) < std::fabs(best.chance - aim))) {
      best = option;
    }
  }
  return made(best.chance >= 0 ? best : likeliest, Reason::kEase, now);
}

// Of what goes well and is due, what is nearest to being forgotten.
Chooser::Maybe Chooser::due(double now) const {
  const double today = dayOf(now);
  double least = 1;
  std::size_t due = practice_.size();
  for (std::size_t s = 0; s < practice_.size(); ++s) {
    const auto& practice = practice_[s];
    if (!practice.known) continue;
    const double days = today - practice.reviewed_on;
    if (days < practice.memory.nextDays().value_or(1)) continue;
    const double recall = practice.memory.recall(days).value_or(1);
    if (recall < least) {
      least = recall;
      due = s;
    }
  }
  if (due == practice_.size()) return std::nullopt;
  return made(nearest(due, options_.target, now),
              practice_[due].confirmed ? Reason::kReview : Reason::kConfirm, now);
}

// A skill that got stuck: the need that goes least well, an item that will go right.
Chooser::Maybe Chooser::bridge(double now) const {
  if (asked_skills_.empty()) return std::nullopt;
  const auto stuck = asked_skills_.back();
  const auto& needs = curriculum_->skill(stuck).needs;
  if (practice_[stuck].misses_running < kStuckAfter || needs.empty()) return std::nullopt;
  Option weakest{0, 0, 2};
  for (const auto need : needs) {
    const auto option = nearest(need, options_.ease, now);
    if (option.chance < weakest.chance) weakest = option;
  }
  auto choice = made(weakest, Reason::kBridge, now);
  choice.for_skill = stuck;
  return choice;
}

// The first of what the teacher asked for that does not go well yet, every second question.
Chooser::Maybe Chooser::pinned(double now) const {
  const auto wanted = std::find_if(
      options_.pinned.begin(), options_.pinned.end(),
      [&](std::size_t skill) { return skill < practice_.size() && !practice_[skill].known; });
  if (wanted == options_.pinned.end()) return std::nullopt;
  if (!asked_skills_.empty() && asked_skills_.back() == *wanted) return std::nullopt;
  return made(nearest(*wanted, options_.target, now), Reason::kPinned, now);
}

Chooser::Maybe Chooser::fringe(double now) const {
  std::size_t open = 0;
  double best_cost = std::numeric_limits<double>::infinity();
  Maybe best;
  for (std::size_t s = 0; s < practice_.size(); ++s) {
    const auto& practice = practice_[s];
    if (practice.known || !isOpen(s)) continue;
    if (practice.tries == 0 && open >= options_.most_open) continue;
    ++open;
    const auto option = nearest(s, options_.target, now);
    double cost = std::fabs(option.chance - options_.target);
    if (option.chance < kNeverEased && practice.tries == 0) cost += 0.1;
    // Asked last costs most, asked a while ago little.
    double freshness = kSameSkill;
    for (auto it = asked_skills_.rbegin(); it != asked_skills_.rend(); ++it, freshness /= 2) {
      if (*it == s) cost += freshness;
    }
    if (cost >= best_cost) continue;
    best_cost = cost;
    const double difficulty = curriculum_->skill(s).items[option.item].difficulty;
    const bool harder = practice.hardest_right >= 0 && difficulty > practice.hardest_right;
    best = made(option,
                practice.tries == 0 ? Reason::kNew
                : harder            ? Reason::kNextStep
                                    : Reason::kPractice,
                now);
  }
  return best;
}

// Where even the best of what is open is too easy: the likeliest of what is not open yet, if it is
// likely at all.
Chooser::Maybe Chooser::jump(double now, const Maybe& instead) const {
  if (right_running_ < kBored || since_jump_ < kBetweenJumps) return std::nullopt;
  if (instead && instead->chance <= options_.target + kTooEasy) return std::nullopt;
  Maybe best;
  for (std::size_t s = 0; s < practice_.size(); ++s) {
    if (practice_[s].known || practice_[s].tries > 0 || isOpen(s)) continue;
    const auto middle = curriculum_->skill(s).items.size() / 2;
    const Option option{s, middle, chance(s, middle, now)};
    if (option.chance < kCanJump || (best && option.chance <= best->chance)) continue;
    best = made(option, Reason::kJump, now);
  }
  return best;
}

// A skill that was met first a few questions ago; else the first in the author's order that is open
// and was never met.
Chooser::Maybe Chooser::somethingNew(double now) const {
  for (auto it = asked_skills_.rbegin(); it != asked_skills_.rend(); ++it) {
    const auto& practice = practice_[*it];
    if (practice.known || practice.tries >= kLeastTries) continue;
    return made(nearest(*it, options_.target, now), Reason::kPractice, now);
  }
  for (std::size_t s = 0; s < practice_.size(); ++s) {
    if (practice_[s].known || practice_[s].tries > 0 || !isOpen(s)) continue;
    return made(nearest(s, options_.target, now), Reason::kNew, now);
  }
  return std::nullopt;
}

bool Chooser::isThirdRunning(std::size_t skill) const {
  const auto count = asked_skills_.size();
  return count >= 2 && asked_skills_[count - 1] == skill && asked_skills_[count - 2] == skill;
}

// Of what goes well, what was practised longest ago, but for what was asked just now.
Choice Chooser::longestAgo(double now) const {
  std::size_t oldest = 0;
  const auto before = [&](std::size_t a, std::size_t b) {
    const auto rank = [&](std::size_t s) {
      const bool just =
          std::find(asked_skills_.begin(), asked_skills_.end(), s) != asked_skills_.end();
      return std::make_tuple(!practice_[s].known, just, practice_[s].reviewed_on);
    };
    return rank(a) < rank(b);
  };
  for (std::size_t s = 1; s < practice_.size(); ++s) {
    if (before(s, oldest)) oldest = s;
  }
  return made(nearest(oldest, options_.target, now),
              practice_[oldest].confirmed ? Reason::kReview : Reason::kConfirm, now);
}

// A clock that says no time at all stands still.
double Chooser::told(double now) const {
  if (std::isfinite(now)) return now;
  return std::isfinite(answered_at_) ? answered_at_ : 0;
}

Choice Chooser::next(double clock, Door door) const {
  const double now = told(clock);
  if (const auto choice = placed(now)) return *choice;
  if (const auto choice = easy(now)) return *choice;
  if (door == Door::kGoOn) {
    if (const auto choice = warmUp(now)) return *choice;
  }
  if (door == Door::kSomethingNew) {
    if (const auto choice = somethingNew(now)) return *choice;
  }
  const bool turn_of_review = since_review_ + 1 >= 1 / options_.review_share;
  if (door == Door::kReview || turn_of_review) {
    if (const auto choice = due(now)) return *choice;
  }
  if (const auto choice = bridge(now)) return *choice;
  if (const auto choice = pinned(now)) return *choice;
  const auto best = fringe(now);
  if (const auto choice = jump(now, best)) return *choice;
  if (best && !isThirdRunning(best->skill)) return *best;
  // Nothing else is open: something that goes well, in between.
  auto other = longestAgo(now);
  if (best && !practice_[other.skill].known) return *best;
  if (best) other.reason = Reason::kInBetween;
  return other;
}

Doors Chooser::doors(double clock) const {
  const double now = told(clock);
  Doors doors;
  doors.go_on = next(now);
  if (placement_) return doors;  // first of all: where to begin
  doors.review = due(now);
  doors.something_new = somethingNew(now);
  return doors;
}

// Believed, not confirmed: it comes back on another day, and two misses undo it.
void Chooser::takeAsKnown(std::size_t skill, double today) {
  auto& practice = practice_[skill];
  if (practice.known) return;
  practice.known = true;
  practice.known_on = practice.reviewed_on = today;
  practice.memory = {};
  practice.memory.review(Rating::kGood, 0);
}

// What the walk believes and the model does not doubt.
void Chooser::settle(double now) {
  for (std::size_t s = 0; s < practice_.size(); ++s) {
    if (!placement_->believedKnown(s) || practice_[s].misses_running > 0) continue;
    const auto middle = curriculum_->skill(s).items.size() / 2;
    if (chance(s, middle, now) >= kNotDoubted) takeAsKnown(s, dayOf(now));
  }
  placement_.reset();
}

void Chooser::observe(std::size_t skill, std::size_t item, bool right, double clock,
                      const std::string& name) {
  const double now = told(clock);
  const auto& its = curriculum_->skill(skill);
  const double difficulty = its.items[item].difficulty;
  const double today = dayOf(now);
  learner_.observe(
      {{its.name, name.empty() ? its.items[item].name : name, now, difficulty}, right});
  auto& practice = practice_[skill];
  const bool jumped = !isOpen(skill) && practice.tries == 0 && !placement_;
  ++practice.tries;
  ++practice.asked[item];
  practice.asked_last = item;
  practice.asked_on = today;
  practice.last.push_back(right);
  if (practice.last.size() > kRecent) practice.last.erase(practice.last.begin());
  practice.misses_running = right ? 0 : practice.misses_running + 1;
  misses_running_ = right ? 0 : misses_running_ + 1;
  right_running_ = right ? right_running_ + 1 : 0;
  if (right) practice.hardest_right = std::max(practice.hardest_right, difficulty);
  if (!right) practice.missed_last = difficulty;
  asked_skills_.push_back(skill);
  if (asked_skills_.size() > kRemembered) asked_skills_.erase(asked_skills_.begin());
  answered_at_ = now;
  since_jump_ = jumped ? 0 : std::min(since_jump_ + 1, kBetweenJumps);
  if (jumped && right) {
    for (const auto need : its.needs) takeAsKnown(need, today);
  }

  const bool reviewed = practice.known;
  since_review_ = reviewed ? 0 : since_review_ + 1;
  if (reviewed) {
    practice.memory.review(right ? Rating::kGood : Rating::kAgain, today - practice.reviewed_on);
    practice.reviewed_on = today;
    practice.confirmed = practice.confirmed || (right && today > practice.known_on);
  }
  if (placement_) {
    placement_->observe(skill, right);
    if (placement_->isOver()) settle(now);
  } else if (right && practice.tries >= kLeastTries &&
             chance(skill, its.items.size() / 2, now) >= options_.goes_well) {
    takeAsKnown(skill, today);
  }
  // Two misses at what was known: it is learned again.
  if (practice.known && practice.misses_running >= 2) practice.known = practice.confirmed = false;
}

}  // namespace primer::knowledge
