#include "symbols/ink_measure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting::workshop {

namespace {

std::span<const float> rowOf(std::span<const float> scores, std::size_t sample) {
  return scores.subspan(sample * kSymbolCount, kSymbolCount);
}

std::size_t best(std::span<const float> row, const SymbolSet& set) {
  std::size_t winner = kJunk;
  for (std::size_t i = 0; i < kSymbolCount; ++i) {
    if (set.contains(i) && row[i] > row[winner]) winner = i;
  }
  return winner;
}

// The probability of the best symbol within a set.
double confidence(std::span<const float> row, const SymbolSet& set, double temperature) {
  const double top = row[best(row, set)];
  double sum = 0;
  for (std::size_t i = 0; i < kSymbolCount; ++i) {
    if (set.contains(i)) sum += std::exp((row[i] - top) / temperature);
  }
  return 1 / sum;
}

double logLikelihood(std::span<const float> row, const SymbolSet& set, std::size_t symbol,
                     double temperature) {
  const double top = row[best(row, set)];
  double sum = 0;
  for (std::size_t i = 0; i < kSymbolCount; ++i) {
    if (set.contains(i)) sum += std::exp((row[i] - top) / temperature);
  }
  return (row[symbol] - top) / temperature - std::log(sum);
}

// Indices of the samples that calibration looks at: real digits, and junk.
using Indices = std::vector<std::size_t>;

double bestTemperature(const std::vector<Judged>& samples, std::span<const float> scores,
                       const Indices& chosen, const SymbolSet& set) {
  double best_temperature = 1;
  double best_sum = -1e300;
  for (double t = 0.3; t < 2.5; t *= 1.04) {
    double sum = 0;
    for (const auto i : chosen) sum += logLikelihood(rowOf(scores, i), set, samples[i].symbol, t);
    if (sum > best_sum) {
      best_sum = sum;
      best_temperature = t;
    }
  }
  return best_temperature;
}

void measureCalibration(const std::vector<Judged>& samples, std::span<const float> scores,
                        toolkit::Metrics& metrics) {
  const auto digits = SymbolSet::digits();
  Indices chosen;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto& s = samples[i];
    const bool real_digit = s.symbol != kJunk && digits.contains(s.symbol) && s.trusted && !s.made;
    if (real_digit) chosen.push_back(i);
  }
  if (chosen.empty()) return;
  const double temperature = bestTemperature(samples, scores, chosen, digits);
  constexpr std::size_t kBins = 15;
  constexpr double kSure = 0.9;
  std::array<double, kBins> claimed{};
  std::array<double, kBins> right{};
  double sure = 0;
  double sure_wrong = 0;
  for (const auto i : chosen) {
    const auto row = rowOf(scores, i);
    const double p = confidence(row, digits, temperature);
    const bool correct = best(row, digits) == samples[i].symbol;
    const auto bin = std::min(static_cast<std::size_t>(p * kBins), kBins - 1);
    claimed[bin] += p;
    right[bin] += correct ? 1 : 0;
    if (p >= kSure) {
      sure += 1;
      sure_wrong += correct ? 0 : 1;
    }
  }
  double ece = 0;
  for (std::size_t b = 0; b < kBins; ++b) ece += std::abs(claimed[b] - right[b]);
  metrics["temperature"] = temperature;
  metrics["ece"] = ece / static_cast<double>(chosen.size());
  metrics["sure_share"] = 100 * sure / static_cast<double>(chosen.size());
  metrics["sure_errors"] = sure > 0 ? 100 * sure_wrong / sure : 0;
}

}  // namespace

toolkit::Metrics measureSymbols(const std::vector<Judged>& samples, std::span<const float> scores) {
  toolkit::Metrics metrics;
  struct Share {
    double right = 0;
    double all = 0;
  };
  const auto digits = SymbolSet::digits();
  const auto upper = SymbolSet::upper();
  const auto lower = SymbolSet::lower();
  const auto school = SymbolSet::school();
  std::map<std::string, Share> shares;
  const auto count = [&](const std::string& group, bool right) {
    shares[group].right += right ? 1 : 0;
    shares[group].all += 1;
  };
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto& s = samples[i];
    const auto row = rowOf(scores, i);
    const auto within = [&](const SymbolSet& set) { return best(row, set) == s.symbol; };
    if (s.symbol == kJunk) {
      count("junk_refused", within(digits));
      count("junk_refused_school", within(school));
      continue;
    }
    if (!s.trusted || s.made) continue;
    const std::string source(sourceName(s.source));
    if (s.source == Source::kPendigits) {
      count("pendigits", within(digits));
    } else if (digits.contains(s.symbol)) {
      count(source + "_digits", within(digits));
    } else if (upper.contains(s.symbol)) {
      count(source + "_upper", within(upper));
    } else if (lower.contains(s.symbol)) {
      count(source + "_lower", within(lower));
    }
    if (digits.contains(s.symbol)) count("junk_false", best(row, digits) == kJunk);
    if (school.contains(s.symbol) && s.source != Source::kPendigits) {
      count(source + "_school", within(school));
    }
  }
  for (const auto& [group, share] : shares) metrics[group] = 100 * share.right / share.all;
  double sum = 0;
  int groups = 0;
  for (const auto* group :
       {"unipen_digits", "unipen_upper", "unipen_lower", "pendigits", "detexify_school"}) {
    const auto found = metrics.find(group);
    if (found == metrics.end()) continue;
    sum += found->second;
    ++groups;
  }
  metrics["mean"] = groups > 0 ? sum / groups : 0;
  measureCalibration(samples, scores, metrics);
  return metrics;
}

}  // namespace primer::handwriting::workshop
