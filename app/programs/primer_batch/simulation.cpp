#include "simulation.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>

#include "primer/knowledge/recommendation.h"

namespace primer::batch {

namespace {

using knowledge::Curriculum;
using knowledge::CurriculumSkill;
using knowledge::Library;
using knowledge::Pack;
using knowledge::Recommender;

constexpr int kSkills = 30;
constexpr int kItems = 12;      // of each skill
constexpr int kQuestions = 20;  // in a session
constexpr double kDay = 86400;
constexpr double kWeek = 7 * kDay;
constexpr double kStart = 1.7e9;  // a Tuesday; nothing hangs on it

// Sources of randomness that are one for all policies (learners, sessions' days) and those that a
// policy's own path decides are kept apart. The engine is the same on every machine; the
// distributions of the standard library are not, so they are written out.
class Random {
 public:
  Random(std::uint64_t seed, std::uint64_t stream) {
    std::seed_seq words{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                        static_cast<std::uint32_t>(stream)};
    engine_.seed(words);
  }
  double uniform() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  std::size_t below(std::size_t count) {
    return std::min(count - 1, static_cast<std::size_t>(uniform() * static_cast<double>(count)));
  }
  double normal(double deviation) {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return deviation * radius * std::cos(6.283185307179586 * uniform());
  }

 private:
  std::mt19937_64 engine_;
};

// The truth about an item and what its author believes of it.
struct Course {
  Library library;  // one pack
  const Curriculum& curriculum() const { return library.curriculum(); }
  std::vector<std::vector<double>> hardness;  // per skill and item, in activation
};

Result<Course> makeCourse(std::uint64_t seed) {
  Random random(seed, 1);
  std::vector<CurriculumSkill> skills;
  std::vector<double> skill_hardness;
  for (int s = 0; s < kSkills; ++s) {
    CurriculumSkill skill;
    skill.name = "skill " + std::to_string(s + 1);
    // One or two of the five before.
    const int needs = s == 0 ? 0 : s < 3 ? 1 : 1 + static_cast<int>(random.below(2));
    for (int n = 0; n < needs; ++n) {
      const int back = 1 + static_cast<int>(random.below(static_cast<std::size_t>(std::min(s, 5))));
      const auto need = static_cast<std::size_t>(s - back);
      if (std::find(skill.needs.begin(), skill.needs.end(), need) == skill.needs.end()) {
        skill.needs.push_back(need);
      }
    }
    skill_hardness.push_back(random.normal(0.25));
    // Named by level; create() sorts by what the author believes.
    for (int i = 0; i < kItems; ++i) {
      const double level = (i + 0.5) / kItems;
      const double believed = std::clamp(0.1 + 0.5 * level + random.normal(0.06), 0.03, 0.9);
      skill.items.push_back({std::to_string(s + 1) + "." + std::to_string(i + 1), believed});
    }
    skills.push_back(std::move(skill));
  }
  std::vector<Pack> packs(1);
  packs[0].name = "course";
  packs[0].skills = std::move(skills);
  PRIMER_ASSIGN(auto library, Library::create(std::move(packs)));
  Course course{std::move(library), {}};
  for (std::size_t s = 0; s < course.curriculum().size(); ++s) {
    std::vector<double> hardness;
    for (const auto& item : course.curriculum().skill(s).items) {
      hardness.push_back(skill_hardness[s] + 1.2 * (item.difficulty - 0.35) + random.normal(0.15));
    }
    course.hardness.push_back(std::move(hardness));
  }
  return course;
}

// Declarative memory as in ACT-R, with decay that grows with the activation at the time of practice
// (Pavlik and Anderson 2005), gated by what the skill needs.
class SimulatedPupil {
 public:
  SimulatedPupil(const Course& course, std::uint64_t seed, std::uint64_t number)
      : course_(course), random_(seed, 1000 + 2 * number), traces_(course.curriculum().size()) {
    threshold_ = -0.8 + random_.normal(0.25);
    base_decay_ = random_.uniform(0.12, 0.22);
    encoding_ = std::exp(random_.normal(0.35));
    // Schooling before: the first skills, well or less well.
    const std::size_t reached = random_.below(kSkills / 2);
    for (std::size_t s = 0; s <= reached; ++s) {
      const int times = 2 + static_cast<int>(random_.below(8));
      for (int i = 0; i < times; ++i) {
        practise(s, 1, kStart - kDay * random_.uniform(5, 60));
      }
    }
  }

  double chance(std::size_t skill, std::size_t item, double now) const {
    constexpr double kNoise = 0.45;  // of activation
    const double margin =
        activation(skill, now) - threshold_ - course_.hardness[skill][item] - 1.1 * gap(skill, now);
    return 0.03 + 0.95 / (1 + std::exp(-margin / kNoise));
  }

  bool answer(std::size_t skill, std::size_t item, double now) {
    const bool right = random_.uniform() < chance(skill, item, now);
    // Whoever understands what it stands on takes in more; an error is followed by the right way,
    // which leaves less than finding it.
    const double understood = 1 - 0.85 * gap(skill, now);
    practise(skill, encoding_ * understood * (right ? 1.0 : 0.6), now);
    return right;
  }

  // Mean true chance over all items.
  double knowledge(double now) const {
    double sum = 0;
    for (std::size_t s = 0; s < traces_.size(); ++s) {
      for (std::size_t i = 0; i < course_.hardness[s].size(); ++i) sum += chance(s, i, now);
    }
    return sum / (kSkills * kItems);
  }

 private:
  struct Trace {
    double weight, at, decay;
  };

  // Time between sessions counts for less than time within (Anderson, Fincham, Douglass 1999).
  static double since(double at, double now) {
    const double seconds = std::max(1.0, now - at);
    return seconds < 3600 ? seconds : 3600 + (seconds - 3600) * 0.025;
  }

  double activation(std::size_t skill, double now) const {
    double sum = 0;
    for (const auto& trace : traces_[skill]) {
      sum += trace.weight * std::pow(since(trace.at, now), -trace.decay);
    }
    constexpr double kNothing = 0.02;
    return std::log(sum + kNothing);
  }

  // 0: all that the skill needs is at hand; towards 1: it is not.
  double gap(std::size_t skill, double now) const {
    double worst = 0;
    for (const auto need : course_.curriculum().skill(skill).needs) {
      worst = std::max(worst, 1 / (1 + std::exp((activation(need, now) - threshold_) / 0.35)));
    }
    return worst;
  }

  void practise(std::size_t skill, double weight, double at) {
    const double decay = 0.1 * std::exp(std::min(activation(skill, at), 2.0)) + base_decay_;
    traces_[skill].push_back({weight, at, std::min(decay, 0.9)});
  }

  const Course& course_;
  Random random_;
  double threshold_;
  double base_decay_;
  double encoding_;
  std::vector<std::vector<Trace>> traces_;
};

// What is asked next.
class Teacher {
 public:
  virtual ~Teacher() = default;
  virtual std::pair<std::size_t, std::size_t> next(double now) = 0;
  virtual void observe(std::size_t, std::size_t, bool, double) {}
};

class PrimerTeacher final : public Teacher {
 public:
  PrimerTeacher(const Library& library, const knowledge::KnowledgeModel& model)
      : recommender_(library, model) {}
  std::pair<std::size_t, std::size_t> next(double now) override {
    const auto choice = recommender_.next(now).choice;
    return {choice.skill, choice.item};
  }
  void observe(std::size_t skill, std::size_t item, bool right, double now) override {
    recommender_.observe(0, skill, item, right, now);
  }

 private:
  Recommender recommender_;
};

class RandomTeacher final : public Teacher {
 public:
  RandomTeacher(std::uint64_t seed, std::uint64_t number) : random_(seed, 1001 + 2 * number) {}
  std::pair<std::size_t, std::size_t> next(double) override {
    const auto skill = random_.below(kSkills);
    return {skill, random_.below(kItems)};
  }

 private:
  Random random_;
};

// Every item in the author's order, and again from the beginning.
class LinearTeacher final : public Teacher {
 public:
  std::pair<std::size_t, std::size_t> next(double) override {
    const auto at = asked_++ % (kSkills * kItems);
    return {at / kItems, at % kItems};
  }

 private:
  std::size_t asked_ = 0;
};

std::unique_ptr<Teacher> teacherOf(const SimulationOptions& options, std::uint64_t learner,
                                   const Library& library, const knowledge::KnowledgeModel& model) {
  switch (options.policy) {
    case Policy::kPrimer:
      return std::make_unique<PrimerTeacher>(library, model);
    case Policy::kRandom:
      return std::make_unique<RandomTeacher>(options.seed, learner);
    case Policy::kLinear:
      break;
  }
  return std::make_unique<LinearTeacher>();
}

}  // namespace

Result<SimulationOutcome> simulate(const SimulationOptions& options,
                                   const knowledge::KnowledgeModel& model) {
  PRIMER_ASSIGN(const Course course, makeCourse(options.seed));
  SimulationOutcome outcome;
  double right = 0;
  for (int l = 0; l < options.learners; ++l) {
    const auto number = static_cast<std::uint64_t>(l);
    SimulatedPupil pupil(course, options.seed, number);
    Random days(options.seed, 500'000'000 + number);
    const auto teacher = teacherOf(options, number, course.library, model);
    outcome.knowledge_before += pupil.knowledge(kStart) / options.learners;
    double now = kStart;
    for (int session = 0; session < options.sessions; ++session) {
      now += kDay * std::floor(days.uniform(1, 4));  // one to three days later
      double clock = now;
      int running = 0;
      int longest = 0;
      for (int q = 0; q < kQuestions; ++q) {
        const auto [skill, item] = teacher->next(clock);
        const bool is_right = pupil.answer(skill, item, clock);
        teacher->observe(skill, item, is_right, clock);
        right += is_right ? 1 : 0;
        running = is_right ? 0 : running + 1;
        longest = std::max(longest, running);
        ++outcome.answers;
        clock += 45;
      }
      if (longest > 3) ++outcome.sessions_over_three_misses;
    }
    outcome.knowledge_after += pupil.knowledge(now + kWeek) / options.learners;
  }
  outcome.success_share = outcome.answers > 0 ? right / static_cast<double>(outcome.answers) : 0;
  return outcome;
}

}  // namespace primer::batch
