#include "primer/knowledge/placement.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace primer::knowledge {

namespace {

// Of a question about a skill: knowing it, to miss; not knowing it, to be right.
constexpr double kSlip = 0.15;
constexpr double kLucky = 0.10;
constexpr double kAgainst = 0.25;     // of a right answer for what needs the skill, and the reverse
constexpr double kLikely = 0.6;       // known with that chance: asked first, and after a miss
constexpr double kWorthAsking = 0.1;  // nats
constexpr std::size_t kCandidates = 24;  // looked at: those that are least decided

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

// In nats, of being known or not.
double entropy(double log_odds) {
  const double p = logistic(-std::fabs(log_odds));
  return p < 1e-9 ? 0 : -p * std::log(p) - (1 - p) * std::log1p(-p);
}

const double kRightWeight = std::log((1 - kSlip) / kLucky);
const double kWrongWeight = std::log(kSlip / (1 - kLucky));

}  // namespace

Placement::Placement(const Curriculum& curriculum, int most_questions)
    : size_(curriculum.size()),
      needs_(size_ * size_, false),
      log_odds_(size_, 0),
      asked_(size_, false),
      // Few skills need few questions: to ask about each would be a test.
      left_(std::min(most_questions, 2 + static_cast<int>(size_ / 2))) {
  // What comes before what, in an order in which needs come first; the longest way to each.
  std::vector<std::size_t> depth(size_, 0);
  bool changed = true;
  while (changed) {  // ends: a curriculum has no circles
    changed = false;
    for (std::size_t s = 0; s < size_; ++s) {
      for (const auto need : curriculum.skill(s).needs) {
        if (depth[s] > depth[need]) continue;
        depth[s] = depth[need] + 1;
        changed = true;
      }
    }
  }
  std::vector<std::size_t> order(size_);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return depth[a] < depth[b]; });
  for (const auto s : order) {
    for (const auto need : curriculum.skill(s).needs) {
      needs_[s * size_ + need] = true;
      for (std::size_t t = 0; t < size_; ++t) {
        if (needs_[need * size_ + t]) needs_[s * size_ + t] = true;
      }
    }
  }
  // Before the first answer: likelier the fewer steps a skill stands on.
  const double deepest = size_ == 0 ? 1 : std::max<double>(1, depth[order.back()]);
  for (std::size_t s = 0; s < size_; ++s) {
    log_odds_[s] = 1 - 2.5 * static_cast<double>(depth[s]) / deepest;
  }
  choose();
}

double Placement::chanceKnown(std::size_t skill) const { return logistic(log_odds_[skill]); }

Placement::Relation Placement::relation(std::size_t asked, std::size_t other) const {
  if (asked == other) return {1, 1};
  if (needs_[asked * size_ + other]) return {1, kAgainst};
  if (needs_[other * size_ + asked]) return {kAgainst, 1};
  return {};
}

double Placement::expectedGain(std::size_t skill) const {
  const double known = logistic(log_odds_[skill]);
  const double p = known * (1 - kSlip) + (1 - known) * kLucky;
  double gain = 0;
  for (std::size_t t = 0; t < size_; ++t) {
    const auto weight = relation(skill, t);
    if (weight.right == 0) continue;
    gain += entropy(log_odds_[t]) - p * entropy(log_odds_[t] + weight.right * kRightWeight) -
            (1 - p) * entropy(log_odds_[t] + weight.wrong * kWrongWeight);
  }
  return gain;
}

void Placement::choose() {
  // Whoever has just begun is not asked on and on.
  over_ = left_ <= 0 || misses_running_ >= 2;
  if (over_) return;
  const bool easy = right_ + misses_ == 0 || misses_running_ > 0;
  std::vector<std::size_t> candidates;
  for (std::size_t s = 0; s < size_; ++s) {
    if (!asked_[s] && (!easy || chanceKnown(s) >= kLikely)) candidates.push_back(s);
  }
  const auto decided = [&](std::size_t s) { return std::fabs(log_odds_[s]); };
  if (candidates.size() > kCandidates) {
    std::nth_element(candidates.begin(), candidates.begin() + kCandidates, candidates.end(),
                     [&](std::size_t a, std::size_t b) {
                       return decided(a) != decided(b) ? decided(a) < decided(b) : a < b;
                     });
    candidates.resize(kCandidates);
    std::sort(candidates.begin(), candidates.end());
  }
  double most = kWorthAsking;
  over_ = true;
  for (const auto s : candidates) {
    const double gain = expectedGain(s);
    if (gain <= most) continue;
    most = gain;
    next_ = s;
    over_ = false;
  }
}

void Placement::observe(std::size_t skill, bool right) {
  if (over_) return;
  for (std::size_t t = 0; t < size_; ++t) {
    const auto weight = relation(skill, t);
    log_odds_[t] += right ? weight.right * kRightWeight : weight.wrong * kWrongWeight;
  }
  asked_[skill] = true;
  --left_;
  ++(right ? right_ : misses_);
  misses_running_ = right ? 0 : misses_running_ + 1;
  choose();
}

}  // namespace primer::knowledge
