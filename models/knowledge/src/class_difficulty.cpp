#include "primer/knowledge/class_difficulty.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "src/logistic.h"

namespace primer::knowledge {

bool isRetry(const Question& question, const Answer* before) {
  return before != nullptr && !question.item.empty() && before->question.item == question.item;
}

double authorLogit(double difficulty) {
  if (!std::isfinite(difficulty)) return 0;
  return std::clamp(logit(1 - std::clamp(difficulty, 0.0, 1.0)), -3.0, 3.0);
}

namespace {

constexpr int kSweeps = 12;
constexpr double kLeastSlope = 0.1;  // an author is never unheard

struct Row {
  std::uint32_t learner;
  std::uint32_t skill;
  std::uint32_t item;
  float author;  // logit, 0 where not given
  bool has_author;
  bool right;
};

constexpr std::uint32_t kUnknown = 0;  // the place of what has no name; its parameter stays 0

// Parameters of one kind (learners, skills or items) with a common spread around 0.
class Effects {
 public:
  Effects(std::size_t count, double variance)
      : values(count, 0.0), gradient(count), curvature(count), variance_(variance) {}

  void clear() {
    std::fill(gradient.begin(), gradient.end(), 0.0);
    std::fill(curvature.begin(), curvature.end(), 0.0);
  }

  // One Newton step for each, then the spread anew.
  void step(bool keep_first) {
    double sum = 0;
    double counted = 0;
    for (std::size_t i = keep_first ? 1 : 0; i < values.size(); ++i) {
      const double precision = curvature[i] + 1 / variance_;
      values[i] += std::clamp((gradient[i] - values[i] / variance_) / precision, -1.0, 1.0);
      sum += values[i] * values[i] + 1 / precision;
      ++counted;
    }
    // A weak prior on the spread itself, so that a class of one does not explain itself away.
    variance_ =
        std::clamp((sum + kPriorCount * kPriorVariance) / (counted + kPriorCount), 0.02, 4.0);
  }

  std::vector<double> values;
  std::vector<double> gradient;
  std::vector<double> curvature;

 private:
  static constexpr double kPriorCount = 10;
  static constexpr double kPriorVariance = 0.5;
  double variance_;
};

// Names to places, counting how often each was asked for.
class Places {
 public:
  std::uint32_t operator()(const std::string& name) {
    if (name.empty()) return kUnknown;
    const auto [at, is_new] = places_.try_emplace(name, static_cast<std::uint32_t>(counts_.size()));
    if (is_new) counts_.push_back(0);
    ++counts_[at->second];
    return at->second;
  }
  std::size_t size() const { return counts_.size(); }
  const std::unordered_map<std::string, std::uint32_t>& all() const { return places_; }
  double count(std::uint32_t place) const { return counts_[place]; }

 private:
  std::unordered_map<std::string, std::uint32_t> places_;
  std::vector<double> counts_ = {0};
};

}  // namespace

struct DifficultyFit {
  std::vector<Row> rows;
  Places skills;
  Places items;
  double base = 0.8;
  double author_base = 0.1;
  double slope = 0.8;

  void add(const History& history, std::uint32_t learner) {
    const Answer* before = nullptr;
    for (const auto& answer : history) {
      const auto& question = answer.question;
      if (!isRetry(question, before)) {
        const bool has_author = question.difficulty.has_value();
        rows.push_back({learner, skills(question.skill), items(question.item),
                        static_cast<float>(has_author ? authorLogit(*question.difficulty) : 0),
                        has_author, answer.right});
      }
      before = &answer;
    }
  }

  double constant(const Row& row) const {
    return row.has_author ? author_base + slope * row.author : base;
  }

  // Each kind of parameter in turn, the others held: block coordinate ascent of the posterior.
  ClassDifficulty run(std::size_t learners) {
    Effects learner(learners, 1.0);
    Effects skill(skills.size(), 0.5);
    Effects item(items.size(), 0.5);
    const auto chance = [&](const Row& row) {
      return logistic(constant(row) + learner.values[row.learner] + skill.values[row.skill] +
                      item.values[row.item]);
    };
    const auto sweep = [&](Effects& effects, auto place, bool keep_first) {
      effects.clear();
      for (const auto& row : rows) {
        const double p = chance(row);
        effects.gradient[place(row)] += (row.right ? 1 : 0) - p;
        effects.curvature[place(row)] += p * (1 - p);
      }
      effects.step(keep_first);
    };
    for (int i = 0; i < kSweeps; ++i) {
      sweepConstants(chance);
      sweep(
          learner, [](const Row& row) { return row.learner; }, false);
      sweep(
          skill, [](const Row& row) { return row.skill; }, true);
      sweep(
          item, [](const Row& row) { return row.item; }, true);
    }
    ClassDifficulty result;
    result.answers_ = rows.size();
    result.base_ = base;
    result.author_base_ = author_base;
    result.author_slope_ = slope;
    for (const auto& [name, at] : skills.all()) {
      result.skills_[name] = {skill.values[at], skills.count(at)};
    }
    for (const auto& [name, at] : items.all()) {
      result.items_[name] = {item.values[at], items.count(at)};
    }
    return result;
  }

  template <typename Chance>
  void sweepConstants(const Chance& chance) {
    // Priors worth a few answers hold the constants of a class that has hardly answered.
    constexpr double kPrior = 4;
    double g = -kPrior * (base - 0.8);
    double h = kPrior;
    double ga = -kPrior * (author_base - 0.1);
    double ha = kPrior;
    double gs = -kPrior * (slope - 0.8);
    double hs = kPrior;
    for (const auto& row : rows) {
      const double p = chance(row);
      const double residual = (row.right ? 1 : 0) - p;
      const double weight = p * (1 - p);
      (row.has_author ? ga : g) += residual;
      (row.has_author ? ha : h) += weight;
      gs += residual * row.author;
      hs += weight * row.author * row.author;
    }
    base += std::clamp(g / h, -1.0, 1.0);
    author_base += std::clamp(ga / ha, -1.0, 1.0);
    slope = std::max(kLeastSlope, slope + std::clamp(gs / hs, -0.5, 0.5));
  }
};

ClassDifficulty ClassDifficulty::fit(std::span<const History* const> histories) {
  DifficultyFit fit;
  for (std::size_t i = 0; i < histories.size(); ++i) {
    fit.add(*histories[i], static_cast<std::uint32_t>(i));
  }
  return fit.rows.empty() ? ClassDifficulty() : fit.run(histories.size());
}

Easiness ClassDifficulty::of(const Question& question) const {
  Easiness easiness;
  easiness.author = question.difficulty.has_value();
  if (const auto skill = skills_.find(question.skill); skill != skills_.end()) {
    easiness.skill = skill->second.logit;
    easiness.skill_answers = skill->second.answers;
  }
  if (const auto item = items_.find(question.item); item != items_.end()) {
    easiness.item = item->second.logit;
    easiness.item_answers = item->second.answers;
  }
  const double constant =
      easiness.author ? author_base_ + author_slope_ * authorLogit(*question.difficulty) : base_;
  easiness.logit = constant + easiness.skill + easiness.item;
  return easiness;
}

}  // namespace primer::knowledge
