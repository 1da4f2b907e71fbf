#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "primer/app/item_chooser.h"

namespace primer::app {

namespace {

constexpr double kTarget = 0.85;
constexpr double kWarmUpTarget = 0.92;  // the first of a set
constexpr double kAfterAMissTarget = 0.90;
constexpr double kNeedGoesWell = 0.75;      // chance of success at a needed skill's hardest level
constexpr int kNeedTries = 2;               // and so many tries at it
constexpr double kSameSkillPenalty = 0.03;  // per item of the same skill just before: variety

double logit(double p) {
  const double bounded = std::clamp(p, 0.01, 0.99);
  return std::log(bounded / (1 - bounded));
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

// How much one answer moves an estimate that `tries` answers stand behind.
double weightAfter(int tries) { return std::max(0.25, 1.2 / (1 + 0.15 * tries)); }

// What the answers so far say about one pupil.
class Estimate {
 public:
  Estimate(std::size_t skills, std::span<const FirstTry> history)
      : skill_ability_(skills, 0.0), skill_tries_(skills, 0) {
    for (const auto& past : history) learn(past);
  }

  double chance(std::size_t skill, double difficulty) const {
    return logistic(logit(1 - difficulty) + ability_ + skill_ability_[skill]);
  }
  int tries(std::size_t skill) const { return skill_tries_[skill]; }

 private:
  void learn(const FirstTry& past) {
    const double surprise = (past.right ? 1.0 : 0.0) - chance(past.skill, past.difficulty);
    ability_ += 0.5 * weightAfter(tries_++) * surprise;
    skill_ability_[past.skill] += 0.5 * weightAfter(skill_tries_[past.skill]++) * surprise;
  }

  double ability_ = 0;
  int tries_ = 0;
  std::vector<double> skill_ability_;
  std::vector<int> skill_tries_;
};

double difficultyOf(const content::Level& level) { return level.difficulty / 1000.0; }

bool isOpen(const content::Lesson& lesson, std::size_t skill, const Estimate& estimate) {
  for (const auto& need : lesson.skills[skill].needs) {
    const auto needed = lesson.skillNamed(need);
    if (!needed) continue;  // a checked lesson names its own skills only
    const auto& hardest = lesson.skills[*needed].levels.back();
    if (estimate.tries(*needed) < kNeedTries ||
        estimate.chance(*needed, difficultyOf(hardest)) < kNeedGoesWell) {
      return false;
    }
  }
  return true;
}

int lastMissesRunning(std::span<const FirstTry> history) {
  int misses = 0;
  for (auto it = history.rbegin(); it != history.rend() && !it->right; ++it) ++misses;
  return misses;
}

int sameSkillRunning(std::span<const FirstTry> history, std::size_t skill) {
  int running = 0;
  for (auto it = history.rbegin(); it != history.rend() && it->skill == skill; ++it) ++running;
  return running;
}

// How many of the last tries (at most five) at a skill were right.
struct Recent {
  int right = 0, tries = 0;
  double hardest = 0;
};

Recent recentOf(std::span<const FirstTry> history, std::size_t skill) {
  Recent recent;
  for (auto it = history.rbegin(); it != history.rend() && recent.tries < 5; ++it) {
    if (it->skill != skill) continue;
    ++recent.tries;
    if (it->right) ++recent.right;
    recent.hardest = std::max(recent.hardest, it->difficulty);
  }
  return recent;
}

QString say(const char* text) { return QCoreApplication::translate("ItemChooser", text); }

QString reasonFor(const content::Lesson& lesson, const Choice& choice,
                  std::span<const FirstTry> history, std::size_t in_this_set, bool easing) {
  const auto& skill = lesson.skills[choice.skill];
  const auto title = QString::fromStdString(skill.title);
  const double difficulty = difficultyOf(skill.levels[choice.level]);
  if (easing) {
    return say(QT_TRANSLATE_NOOP("ItemChooser", "The last two were hard. Here is an easier one."));
  }
  const auto recent = recentOf(history, choice.skill);
  if (recent.tries == 0) {
    return say(QT_TRANSLATE_NOOP("ItemChooser", "This is new: %1.")).arg(title);
  }
  if (in_this_set == 0) {
    return say(QT_TRANSLATE_NOOP("ItemChooser", "To warm up, something you have met before."));
  }
  if (difficulty > recent.hardest) {
    return say(QT_TRANSLATE_NOOP("ItemChooser",
                                 "%1 of your last %2 were right. Here is the next step."))
        .arg(recent.right)
        .arg(recent.tries);
  }
  if (!history.back().right) {
    return say(QT_TRANSLATE_NOOP("ItemChooser", "Not too hard, after the last one."));
  }
  if (recent.right == recent.tries) {
    return say(QT_TRANSLATE_NOOP("ItemChooser", "These go well. One more, so that they stay."));
  }
  return say(QT_TRANSLATE_NOOP("ItemChooser", "You are still learning these."));
}

class AdaptiveChooser final : public ItemChooser {
 public:
  Choice choose(const content::Lesson& lesson, std::span<const FirstTry> history,
                std::size_t in_this_set) const override {
    const Estimate estimate(lesson.skills.size(), history);
    const int misses = lastMissesRunning(history.last(std::min(in_this_set, history.size())));
    const bool easing = misses >= 2;
    const double ceiling =
        easing ? easierThanMisses(history, misses) : std::numeric_limits<double>::infinity();
    const double target = easing || in_this_set == 0 ? kWarmUpTarget
                          : misses == 1              ? kAfterAMissTarget
                                                     : kTarget;
    Choice best = easiest(lesson);
    double best_distance = std::numeric_limits<double>::infinity();
    for (std::size_t s = 0; s < lesson.skills.size(); ++s) {
      if (!isOpen(lesson, s, estimate)) continue;
      const double penalty = kSameSkillPenalty * sameSkillRunning(history, s);
      for (std::size_t l = 0; l < lesson.skills[s].levels.size(); ++l) {
        const double difficulty = difficultyOf(lesson.skills[s].levels[l]);
        if (difficulty >= ceiling) continue;
        const double distance = std::fabs(estimate.chance(s, difficulty) - target) + penalty;
        if (distance < best_distance) {
          best_distance = distance;
          best.skill = s;
          best.level = l;
        }
      }
    }
    best.reason = reasonFor(lesson, best, history, in_this_set, easing);
    return best;
  }

 private:
  // Below everything that was missed in the run that ends the history.
  static double easierThanMisses(std::span<const FirstTry> history, int misses) {
    double least = 1;
    for (const auto& past : history.last(static_cast<std::size_t>(misses))) {
      least = std::min(least, past.difficulty);
    }
    return least;
  }

  static Choice easiest(const content::Lesson& lesson) {
    Choice choice;
    int least = std::numeric_limits<int>::max();
    for (std::size_t s = 0; s < lesson.skills.size(); ++s) {
      for (std::size_t l = 0; l < lesson.skills[s].levels.size(); ++l) {
        if (lesson.skills[s].levels[l].difficulty >= least) continue;
        least = lesson.skills[s].levels[l].difficulty;
        choice.skill = s;
        choice.level = l;
      }
    }
    return choice;
  }
};

}  // namespace

std::unique_ptr<ItemChooser> makeAdaptiveChooser() { return std::make_unique<AdaptiveChooser>(); }

}  // namespace primer::app
