#include "primer/knowledge/chooser.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace primer::knowledge {

namespace {

constexpr double kDay = 86400;
constexpr std::size_t kRecent = 5;
constexpr std::size_t kRemembered = 4;  // skills asked last
constexpr double kSameSkill = 0.06;     // what being of the skill just asked costs, in chance
constexpr double kAskedBefore = 0.01;   // likewise for each time that an item was asked
constexpr int kLeastTries = 3;          // before a skill counts as known
constexpr int kStuckAfter = 3;          // misses running at one skill
constexpr double kNeverEased = 0.5;     // items below are no practice for one who has just begun

double dayOf(double now) { return std::floor(now / kDay); }

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
    const double cost = std::fabs(p - target) + kAskedBefore * practice_[skill].asked[i];
    if (cost < best_cost) {
      best_cost = cost;
      best = {skill, i, p};
    }
  }
  return best;
}

Choice Chooser::made(const Option& option, Reason reason) const {
  const auto& practice = practice_[option.skill];
  Choice choice;
  choice.skill = choice.for_skill = option.skill;
  choice.item = option.item;
  choice.chance = option.chance;
  choice.reason = reason;
  choice.recent_tries = static_cast<int>(practice.last.size());
  choice.recent_right =
      static_cast<int>(std::count(practice.last.begin(), practice.last.end(), true));
  return choice;
}

// Something that goes right: of what was met before, the item that is just likely enough; the
// likeliest where there is none.
bool Chooser::chooseEasy(double now, Choice& choice) const {
  if (misses_running_ < 2) return false;
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
  choice = made(best.chance >= 0 ? best : likeliest, Reason::kEase);
  return true;
}

// Of what goes well and is due, what is nearest to being forgotten.
bool Chooser::chooseReview(double now, Choice& choice) const {
  if (since_review_ + 1 < 1 / options_.review_share) return false;
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
  if (due == practice_.size()) return false;
  choice = made(nearest(due, options_.target, now),
                practice_[due].confirmed ? Reason::kReview : Reason::kConfirm);
  return true;
}

// A skill that got stuck: the need that goes least well, an item that will go right.
bool Chooser::chooseBridge(double now, Choice& choice) const {
  if (asked_skills_.empty()) return false;
  const auto stuck = asked_skills_.back();
  const auto& needs = curriculum_->skill(stuck).needs;
  if (practice_[stuck].misses_running < kStuckAfter || needs.empty()) return false;
  Option weakest{0, 0, 2};
  for (const auto need : needs) {
    const auto option = nearest(need, options_.ease, now);
    if (option.chance < weakest.chance) weakest = option;
  }
  choice = made(weakest, Reason::kBridge);
  choice.for_skill = stuck;
  return true;
}

bool Chooser::chooseFringe(double now, Choice& choice) const {
  std::size_t open = 0;
  double best_cost = std::numeric_limits<double>::infinity();
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
    choice = made(option, practice.tries == 0 ? Reason::kNew
                          : harder            ? Reason::kNextStep
                                              : Reason::kPractice);
  }
  return open > 0;
}

Choice Chooser::next(double now) const {
  Choice choice;
  if (chooseEasy(now, choice) || chooseReview(now, choice) || chooseBridge(now, choice) ||
      chooseFringe(now, choice)) {
    return choice;
  }
  // Everything is known: what was practised longest ago, a little harder.
  std::size_t oldest = 0;
  for (std::size_t s = 1; s < practice_.size(); ++s) {
    if (practice_[s].reviewed_on < practice_[oldest].reviewed_on) oldest = s;
  }
  return made(nearest(oldest, options_.target, now),
              practice_[oldest].confirmed ? Reason::kReview : Reason::kConfirm);
}

void Chooser::observe(std::size_t skill, std::size_t item, bool right, double now) {
  const auto& its = curriculum_->skill(skill);
  const double difficulty = its.items[item].difficulty;
  learner_.observe({{its.name, its.items[item].name, now, difficulty}, right});
  auto& practice = practice_[skill];
  ++practice.tries;
  ++practice.asked[item];
  practice.last.push_back(right);
  if (practice.last.size() > kRecent) practice.last.erase(practice.last.begin());
  practice.misses_running = right ? 0 : practice.misses_running + 1;
  misses_running_ = right ? 0 : misses_running_ + 1;
  if (right) practice.hardest_right = std::max(practice.hardest_right, difficulty);
  asked_skills_.push_back(skill);
  if (asked_skills_.size() > kRemembered) asked_skills_.erase(asked_skills_.begin());

  const double today = dayOf(now);
  const bool reviewed = practice.known;
  since_review_ = reviewed ? 0 : since_review_ + 1;
  if (reviewed) {
    practice.memory.review(right ? Rating::kGood : Rating::kAgain, today - practice.reviewed_on);
    practice.reviewed_on = today;
    practice.confirmed = practice.confirmed || (right && today > practice.known_on);
  }
  const bool goes_well = practice.tries >= kLeastTries && right &&
                         chance(skill, its.items.size() / 2, now) >= options_.goes_well;
  if (!practice.known && goes_well) {
    practice.known = true;
    practice.known_on = practice.reviewed_on = today;
    practice.memory = {};
    practice.memory.review(Rating::kGood, 0);
  }
  // Two misses at what was known: it is learned again.
  if (practice.known && practice.misses_running >= 2) practice.known = practice.confirmed = false;
}

}  // namespace primer::knowledge
