#include "symbols/ink_measure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "primer/handwriting/symbol_reader.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting::workshop {

namespace {

std::span<const float> rowOf(std::span<const float> scores, std::size_t sample) {
  return scores.subspan(sample * kSymbolCount, kSymbolCount);
}

// What a symbol's score counts for within a set, as the reader sees it.
class WithinSet {
 public:
  WithinSet(std::span<const float> row, const SymbolSet& set)
      : row_(row), set_(set), junk_lead_(junkLead(set)) {}

  double score(std::size_t symbol) const {
    return symbol == kJunk ? row_[symbol] - junk_lead_ : row_[symbol];
  }
  std::size_t best() const {
    std::size_t winner = kJunk;
    for (std::size_t i = 0; i < kSymbolCount; ++i) {
      if (set_.contains(i) && score(i) > score(winner)) winner = i;
    }
    return winner;
  }
  double logLikelihood(std::size_t symbol, double temperature) const {
    const double top = score(best());
    double sum = 0;
    for (std::size_t i = 0; i < kSymbolCount; ++i) {
      if (set_.contains(i)) sum += std::exp((score(i) - top) / temperature);
    }
    return (score(symbol) - top) / temperature - std::log(sum);
  }
  // The probability of the best symbol.
  double confidence(double temperature) const {
    return std::exp(logLikelihood(best(), temperature));
  }

 private:
  std::span<const float> row_;
  const SymbolSet& set_;
  double junk_lead_;
};

std::size_t best(std::span<const float> row, const SymbolSet& set) {
  return WithinSet(row, set).best();
}

bool isWritten(const Judged& s) { return s.trusted && s.group == Judged::Group::kWritten; }

std::string junkKind(const Judged& s) {
  switch (s.group) {
    case Judged::Group::kScribble:
      return "scribble";
    case Judged::Group::kCombination:
      return "combination";
    case Judged::Group::kDrawing:
      return "drawing";
    default:
      return std::string(sourceName(s.source));
  }
}

// Indices of the samples that calibration looks at: real digits, and junk.
using Indices = std::vector<std::size_t>;

double bestTemperature(const std::vector<Judged>& samples, std::span<const float> scores,
                       const Indices& chosen, const SymbolSet& set) {
  double best_temperature = 1;
  double best_sum = -1e300;
  for (double t = 0.3; t < 2.5; t *= 1.04) {
    double sum = 0;
    for (const auto i : chosen)
      sum += WithinSet(rowOf(scores, i), set).logLikelihood(samples[i].symbol, t);
    if (sum > best_sum) {
      best_sum = sum;
      best_temperature = t;
    }
  }
  return best_temperature;
}

void measureCalibration(const std::vector<Judged>& samples, std::span<const float> scores,
                        const std::string& name, const SymbolSet& set, toolkit::Metrics& metrics) {
  Indices chosen;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto& s = samples[i];
    if (isWritten(s) && s.symbol != kJunk && set.contains(s.symbol)) chosen.push_back(i);
  }
  if (chosen.empty()) return;
  const double temperature = bestTemperature(samples, scores, chosen, set);
  constexpr std::size_t kBins = 15;
  constexpr double kSure = 0.9;
  std::array<double, kBins> claimed{};
  std::array<double, kBins> right{};
  double sure = 0;
  double sure_wrong = 0;
  for (const auto i : chosen) {
    const WithinSet within(rowOf(scores, i), set);
    const double p = within.confidence(temperature);
    const bool correct = within.best() == samples[i].symbol;
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
  metrics["temperature_" + name] = temperature;
  metrics["ece_" + name] = ece / static_cast<double>(chosen.size());
  if (name != "digits") return;
  metrics["sure_share"] = 100 * sure / static_cast<double>(chosen.size());
  metrics["sure_errors"] = sure > 0 ? 100 * sure_wrong / sure : 0;
}

// The chance that ink is some digit in the mirror, and which.
struct Mirrored {
  double chance = 0;
  int digit = kNotMirrored;
};

Mirrored mirroredOf(std::span<const float> outputs, std::size_t sample) {
  constexpr std::size_t kClasses = kNotMirrored + 1;
  const auto row = outputs.subspan(sample * kClasses, kClasses);
  const float top = *std::max_element(row.begin(), row.end());
  double sum = 0;
  for (const float value : row) sum += std::exp(value - top);
  const auto digit = std::max_element(row.begin(), row.end() - 1) - row.begin();
  return {1 - std::exp(row[kNotMirrored] - top) / sum, static_cast<int>(digit)};
}

void measureMirrored(const std::vector<Judged>& samples, std::span<const float> outputs,
                     toolkit::Metrics& metrics) {
  constexpr double kFalse = 0.001;
  const auto digits = SymbolSet::digits();
  const auto zero = *symbolIndex("0");
  std::vector<double> plain;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const bool digit = samples[i].symbol != kJunk && digits.contains(samples[i].symbol);
    if (isWritten(samples[i]) && digit) plain.push_back(mirroredOf(outputs, i).chance);
  }
  if (plain.empty()) return;
  std::sort(plain.begin(), plain.end(), std::greater<>());
  const double threshold = plain[static_cast<std::size_t>(kFalse * plain.size())];
  std::map<std::string, std::pair<double, double>> shares;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (samples[i].group != Judged::Group::kMirrored) continue;
    const int digit = static_cast<int>(samples[i].symbol - zero);
    const auto found = mirroredOf(outputs, i);
    const double right = found.chance > threshold && found.digit == digit ? 1 : 0;
    for (const auto& key : {std::string(), "_" + std::to_string(digit)}) {
      shares["mirrored_found" + key].first += right;
      shares["mirrored_found" + key].second += 1;
    }
  }
  for (const auto& [key, share] : shares) metrics[key] = 100 * share.first / share.second;
  metrics["mirrored_threshold"] = threshold;
}

}  // namespace

toolkit::Metrics measureSymbols(const std::vector<Judged>& samples, std::span<const float> scores,
                                std::span<const float> mirrored) {
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
      count("junk_school_" + junkKind(s), within(school));
      continue;
    }
    if (!isWritten(s)) continue;
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
  for (const auto* name : {"digits", "upper", "lower", "letters", "school", "all"}) {
    measureCalibration(samples, scores, name, *SymbolSet::named(name), metrics);
  }
  measureMirrored(samples, mirrored, metrics);
  return metrics;
}

}  // namespace primer::handwriting::workshop
