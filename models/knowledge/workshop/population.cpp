#include "population.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace primer::knowledge::workshop {

namespace {

using toolkit::Random;

constexpr double kDay = 86400;

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// exp of a normal number, for what is never negative and spreads over decades.
double logNormal(Random& random, double median, double deviation) {
  return median * std::exp(random.normal(0, deviation));
}

int logUniform(Random& random, double low, double high) {
  return static_cast<int>(std::exp(random.uniform(std::log(low), std::log(high))) + 0.5);
}

struct SkillTruth {
  double easiness;
  double learn;    // logits gained by an answer, at first
  double limit;    // logits that can be gained
  int needs = -1;  // an earlier skill
};

struct ItemTruth {
  int skill;
  double easiness;
  std::optional<double> author;
};

// How the platform puts questions: what its logs look like.
enum class Order { kBlocks, kMastery, kMixed };

struct Platform {
  Order order;
  double block;     // mean length of a block
  double retry;     // chance that a wrong answer is tried again at once
  double session;   // mean answers in a session
  double gap_days;  // mean days between sessions
  bool clocks;
  bool broken_clocks;  // some learners' clocks jump
  double guess;        // floor of the chance
  double slip;
  double ability_spread;
  double skill_spread;   // of a learner's skills around the ability
  double mastery_share;  // how much of learning is a step from not knowing to
                         // knowing
  double mood;           // spread of a session around the learner
  double learning_spread;
  double forgetting;   // share of what was learned that goes in a month
  double need_weight;  // what a missing need costs, in logits
  double repeat;       // chance that an item is one that the learner had before
};

Platform drawPlatform(Random& random) {
  Platform p;
  p.order = static_cast<Order>(random.below(3));
  p.block = random.uniform(3, 15);
  p.retry = random.chance(0.5) ? 0 : random.uniform(0.1, 1);
  p.session = random.uniform(8, 50);
  p.gap_days = logNormal(random, 3, 0.8);
  p.clocks = random.chance(0.6);
  p.broken_clocks = random.chance(0.15);
  p.guess = random.chance(0.5) ? 0.02 : random.uniform(0.02, 0.3);
  p.slip = random.uniform(0.01, 0.12);
  p.ability_spread = random.uniform(0.4, 1.4);
  p.skill_spread = random.uniform(0.2, 1.6);
  p.mastery_share = random.chance(0.4) ? 0 : random.uniform();
  p.mood = random.uniform(0, 0.5);
  p.learning_spread = random.uniform(0.2, 1.0);
  p.forgetting = random.chance(0.3) ? 0 : random.uniform(0, 0.8);
  p.need_weight = random.chance(0.4) ? 0 : random.uniform(0, 1.5);
  p.repeat = random.chance(0.6) ? 0 : random.uniform(0, 0.3);
  return p;
}

class Course {
 public:
  Course(Random& random, const Platform& platform) : platform_(platform) {
    // Some platforms name hundreds of skills that differ little, and teach little.
    const bool fine = random.chance(0.2);
    const int skill_count = fine ? logUniform(random, 120, 800) : logUniform(random, 3, 120);
    const double base = random.normal(0.5, 0.6);
    const double skill_spread = random.uniform(0.3, 1.4);
    const double item_spread = random.uniform(0.2, 1.2);
    const double learn = logNormal(random, fine ? 0.05 : 0.15, 0.8);
    for (int s = 0; s < skill_count; ++s) {
      SkillTruth skill;
      skill.easiness = base + random.normal(0, skill_spread);
      skill.learn = logNormal(random, learn, 0.5);
      skill.limit = random.uniform(0.5, 3);
      if (s > 0 && random.chance(0.6)) {
        skill.needs =
            s - 1 - static_cast<int>(random.below(static_cast<std::uint64_t>(std::min(s, 4))));
      }
      skills_.push_back(skill);
    }
    drawItems(random, item_spread);
  }

  const std::vector<SkillTruth>& skills() const { return skills_; }
  const ItemTruth& item(int number) const { return items_[static_cast<std::size_t>(number)]; }
  int anyItemOf(int skill, Random& random) const {
    const auto& range = items_of_[static_cast<std::size_t>(skill)];
    return range.first + static_cast<int>(random.below(static_cast<std::uint64_t>(range.second)));
  }

 private:
  void drawItems(Random& random, double spread) {
    const double per_skill = std::exp(random.uniform(std::log(2), std::log(120)));
    const double kind = random.uniform();  // of what authors say
    const double author_error = random.uniform(0.1, 1.2);
    for (int s = 0; s < static_cast<int>(skills_.size()); ++s) {
      const int count = std::max(1, static_cast<int>(logNormal(random, per_skill, 0.6)));
      items_of_.push_back({static_cast<int>(items_.size()), count});
      for (int i = 0; i < count; ++i) {
        ItemTruth item{s, random.normal(0, spread), {}};
        if (kind < 0.55) item.author = authorSays(random, item, author_error, kind < 0.35);
        items_.push_back(item);
      }
    }
  }

  std::optional<double> authorSays(Random& random, const ItemTruth& item, double error,
                                   bool five_levels) const {
    if (random.chance(0.03)) return {};
    const auto& skill = skills_[static_cast<std::size_t>(item.skill)];
    // An author thinks of the pupil who has been taught, so is somewhat
    // hopeful.
    const double logit = skill.easiness + item.easiness + 0.3 + random.normal(0, error);
    const double fails = platform_.slip + (1 - platform_.slip - platform_.guess) * sigmoid(-logit);
    if (!five_levels) return fails;
    return (std::min(4.0, std::floor(fails * 5)) + 0.5) / 5;
  }

  const Platform& platform_;
  std::vector<SkillTruth> skills_;
  std::vector<ItemTruth> items_;
  std::vector<std::pair<int, int>> items_of_;  // first and count
};

// One learner's mind and days.
class SimulatedLearner {
 public:
  SimulatedLearner(const Course& course, const Platform& platform, Random& random)
      : course_(course),
        platform_(platform),
        random_(random),
        ability_(random.normal(0, platform.ability_spread)),
        speed_(logNormal(random, 1, platform.learning_spread)),
        careless_(random.chance(0.03)) {
    for (const auto& skill : course.skills()) {
      Knowing knowing;
      knowing.offset = random.normal(0, platform.skill_spread);
      knowing.mastered =
          random.chance(sigmoid(1.5 * (ability_ + knowing.offset + skill.easiness - 0.5)));
      knowing_.push_back(knowing);
    }
  }

  History live() {
    History history;
    const int length = logUniform(random_, 5, 250);
    int skill = static_cast<int>(random_.below(course_.skills().size()));
    int in_block = 0;
    int running = 0;
    std::vector<int> seen;
    startSession();
    while (static_cast<int>(history.size()) < length) {
      if (random_.chance(1 / platform_.session)) startSession();
      const bool change = platform_.order == Order::kMixed ? random_.chance(0.7)
                          : platform_.order == Order::kMastery
                              ? running >= 3 || in_block > 25
                              : random_.chance(1 / platform_.block);
      if (change) {
        skill = nextSkill(skill);
        in_block = running = 0;
      }
      int number = course_.anyItemOf(skill, random_);
      if (!seen.empty() && random_.chance(platform_.repeat)) {
        number = seen[random_.below(seen.size())];
      }
      seen.push_back(number);
      bool right = answer(number, 0, history);
      running = right ? running + 1 : 0;
      ++in_block;
      for (int tries = 1; !right && tries < 5 && random_.chance(platform_.retry); ++tries) {
        right = answer(number, tries, history);
      }
    }
    return history;
  }

 private:
  struct Knowing {
    double offset = 0;
    double learned = 0;
    double practised_at = 0;
    bool mastered = false;
  };

  int nextSkill(int skill) {
    const auto count = static_cast<int>(course_.skills().size());
    if (platform_.order == Order::kMixed || random_.chance(0.3)) {
      return static_cast<int>(random_.below(static_cast<std::uint64_t>(count)));
    }
    return (skill + 1) % count;
  }

  void startSession() {
    now_ += kDay * platform_.gap_days * -std::log(1 - random_.uniform());
    mood_ = random_.normal(0, platform_.mood);
    if (platform_.broken_clocks && random_.chance(0.05))
      clock_error_ = random_.normal(0, 400 * kDay);
  }

  double strength(std::size_t skill) const {
    const auto& knowing = knowing_[skill];
    const double months = (now_ - knowing.practised_at) / (30 * kDay);
    const double kept = 1 - platform_.forgetting * (1 - 1 / (1 + months));
    return knowing.offset + knowing.learned * kept +
           platform_.mastery_share * (knowing.mastered ? 1.2 : -1.2);
  }

  double chanceOf(const ItemTruth& item) const {
    const auto index = static_cast<std::size_t>(item.skill);
    const auto& skill = course_.skills()[index];
    double x = ability_ + mood_ + strength(index) + skill.easiness + item.easiness;
    if (skill.needs >= 0) {
      const auto need = static_cast<std::size_t>(skill.needs);
      x -= platform_.need_weight * sigmoid(-2 * (ability_ + strength(need)));
    }
    return platform_.guess + (1 - platform_.guess - platform_.slip) * sigmoid(x);
  }

  bool answer(int number, int tries, History& history) {
    const auto& item = course_.item(number);
    // A second try comes after thought, or after help.
    double p = chanceOf(item);
    if (tries > 0) p = p + (1 - p) * 0.35 * tries;
    if (careless_) p = 0.5;
    const bool right = random_.chance(std::min(p, 0.98));
    Answer given;
    given.question.skill = "s" + std::to_string(item.skill);
    given.question.item = "i" + std::to_string(number);
    given.question.difficulty = item.author;
    if (platform_.clocks) given.question.at = std::floor(now_ + clock_error_);
    given.right = right;
    history.push_back(std::move(given));
    learn(static_cast<std::size_t>(item.skill));
    now_ += logNormal(random_, 40, 0.6);
    return right;
  }

  void learn(std::size_t index) {
    auto& knowing = knowing_[index];
    const auto& skill = course_.skills()[index];
    const double room = std::max(0.0, 1 - knowing.learned / skill.limit);
    knowing.learned += (1 - 0.7 * platform_.mastery_share) * speed_ * skill.learn * room;
    if (!knowing.mastered) knowing.mastered = random_.chance(std::min(0.5, speed_ * skill.learn));
    knowing.practised_at = now_;
  }

  const Course& course_;
  const Platform& platform_;
  Random& random_;
  double ability_;
  double speed_;
  bool careless_;
  std::vector<Knowing> knowing_;
  double now_ = 1.7e9;
  double mood_ = 0;
  double clock_error_ = 0;
};

}  // namespace

SimulatedClass simulateClass(std::uint64_t seed, int learners) {
  Random random(seed, 0x1ea51);
  const Platform platform = drawPlatform(random);
  const Course course(random, platform);
  SimulatedClass result;
  for (int i = 0; i < learners; ++i) {
    Random own(seed, static_cast<std::uint64_t>(i) + 1);
    result.learners.push_back(SimulatedLearner(course, platform, own).live());
  }
  return result;
}

}  // namespace primer::knowledge::workshop
