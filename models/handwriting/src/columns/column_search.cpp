#include "src/columns/column_search.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>

#include "primer/handwriting/lines/division_search.h"
#include "primer/handwriting/lines/notation.h"
#include "src/digit_likeness.h"
#include "src/lines/overwriting.h"

namespace primer::handwriting::columns {

namespace {

using lines::GroupScores;
using lines::LineDivision;
using lines::LineGroup;

constexpr std::size_t kDivisions = 10;
constexpr std::size_t kMostFlips = 8;
constexpr std::size_t kMostDoubtful = 4;
constexpr std::size_t kMostWork = 320;  // signs laid out in the flips of one division
constexpr float kOne = 0.35f;           // of the log odds that a group is one symbol
constexpr float kClass = 0.8f;          // of its class
constexpr float kToken = 0.2f;          // for each symbol
constexpr float kLeast = -12;
constexpr float kDotted = 5;   // nats against a digit with a dot
constexpr float kDot = 0.12f;  // in writing scales: what is no larger is a dot
constexpr float kLarge = 0.5f;

struct SignLook {
  char sign;
  std::string_view symbols;
};
constexpr std::array<SignLook, 7> kSigns = {{{'+', "+t"},
                                             {'-', "-_~"},
                                             {'x', "×xX*"},
                                             {':', ":÷;"},
                                             {'=', "="},
                                             {'.', ".,'"},
                                             {'r', "rR"}}};

float logOdds(const GroupScores& scores) {
  const float one = std::min(scores.one, -1e-4f);
  return one - std::log(std::max(1 - std::exp(one), 1e-4f));
}

// A dot beside larger strokes. No digit has one: it is a point, or the pen slipped.
bool hasDot(const lines::LineStrokes& line, const LineGroup& group) {
  if (group.members.size() < 2 || group.box.longest() < kLarge * line.scale) return false;
  return std::any_of(group.members.begin(), group.members.end(), [&line](std::size_t stroke) {
    return line.shapes[stroke].box.longest() < kDot * line.scale;
  });
}

struct Tried {
  LineDivision division;
  std::vector<PaperSign> signs;
  float score = 0;
};

bool isLess(const ColumnText& a, const ColumnText& b) {
  return std::tie(a.method, a.division, a.operands, a.result, a.rows, a.remainder, a.carries) <
         std::tie(b.method, b.division, b.operands, b.result, b.rows, b.remainder, b.carries);
}

class Finder {
 public:
  Finder(const std::vector<LineGroup>& groups, const std::vector<SignScores>& scores,
         const Rulings& rulings)
      : groups_(groups), scores_(scores), rulings_(rulings) {}

  // The division with its likeliest signs, and with the least certain of them the other way.
  void take(const LineDivision& division) {
    Tried plain{division, {}, division.score};
    std::vector<std::pair<float, std::size_t>> close;
    for (std::size_t k = 0; k < division.groups.size(); ++k) {
      const auto g = division.groups[k];
      const auto& scores = scores_[g];
      const auto digit = scores.bestDigit();
      PaperSign sign;
      sign.box = groups_[g].box;
      const float gap = scores.digits[digit] - scores.sign_score;
      if (gap >= 0) sign.digit = static_cast<char>('0' + digit);
      if (gap < 0) sign.sign = scores.sign;
      plain.signs.push_back(sign);
      if (std::abs(gap) < 4) close.emplace_back(std::abs(gap), k);
    }
    for (const auto& doubtful : attempt(plain)) {
      auto other = plain;
      other.signs[doubtful.sign].size = doubtful.other;
      attempt(other);
    }
    std::sort(close.begin(), close.end());
    const auto most = std::min(kMostFlips, kMostWork / division.groups.size());
    if (close.size() > most) close.resize(most);
    for (const auto& [gap, k] : close) {
      auto other = plain;
      auto& sign = other.signs[k];
      const auto& scores = scores_[division.groups[k]];
      if (sign.digit != 0) {
        sign.digit = 0;
        sign.sign = scores.sign;
      } else {
        sign.sign = 0;
        sign.digit = static_cast<char>('0' + scores.bestDigit());
      }
      other.score -= kClass * gap;
      attempt(other);
    }
  }

  std::vector<FoundColumns> found() {
    std::vector<FoundColumns> list;
    for (auto& [text, one] : found_) list.push_back(std::move(one));
    std::sort(list.begin(), list.end(),
              [](const FoundColumns& a, const FoundColumns& b) { return a.score > b.score; });
    return list;
  }

 private:
  // Which digits could be small or not, the least certain.
  std::vector<DoubtfulSize> attempt(const Tried& tried) {
    auto layout = layOutColumns(tried.signs, rulings_);
    if (!layout) return {};
    auto doubtful = layout->doubtful;
    if (doubtful.size() > kMostDoubtful) doubtful.resize(kMostDoubtful);
    const float score = tried.score + layout->score;
    const auto at = found_.find(layout->text);
    if (at != found_.end() && at->second.score >= score) return doubtful;
    auto text = layout->text;
    found_[std::move(text)] = {
        tried.division.groups, tried.division.overwritten, tried.signs, std::move(*layout), score,
        tried.division.covered};
    return doubtful;
  }

  const std::vector<LineGroup>& groups_;
  const std::vector<SignScores>& scores_;
  const Rulings& rulings_;
  std::map<ColumnText, FoundColumns, decltype(&isLess)> found_{&isLess};
};

}  // namespace

std::size_t SignScores::bestDigit() const {
  return static_cast<std::size_t>(std::max_element(digits.begin(), digits.end()) - digits.begin());
}

SignScores signScoresOf(const GroupScores& scores) {
  static const auto kSets = [] {
    std::array<SymbolSet, kSigns.size()> sets;
    for (std::size_t i = 0; i < sets.size(); ++i) {
      sets[i] = SymbolSet::of(kSigns[i].symbols).value_or(SymbolSet{});
    }
    return sets;
  }();
  SignScores found;
  for (std::size_t d = 0; d < found.digits.size(); ++d) {
    found.digits[d] = std::max(std::log(digitSupport(scores.classes, d) + 1e-9f), kLeast);
  }
  found.sign_score = 2 * kLeast;
  for (std::size_t s = 0; s < kSigns.size(); ++s) {
    float sum = 1e-9f;
    for (std::size_t i = 0; i < kJunk; ++i) {
      if (kSets[s].contains(i)) sum += std::exp(scores.classes[i]);
    }
    const float score = std::max(std::log(sum), kLeast);
    if (score > found.sign_score) found.sign = kSigns[s].sign, found.sign_score = score;
  }
  return found;
}

std::vector<FoundColumns> findColumns(const lines::LineStrokes& line,
                                      const std::vector<LineGroup>& groups,
                                      const std::vector<GroupScores>& scores,
                                      const Rulings& rulings) {
  std::vector<SignScores> signs;
  std::vector<float> worth;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    signs.push_back(signScoresOf(scores[g]));
    auto& s = signs.back();
    if (hasDot(line, groups[g])) {
      for (auto& digit : s.digits) digit = std::max(digit - kDotted, kLeast);
    }
    worth.push_back(kOne * logOdds(scores[g]) + kToken +
                    kClass * std::max(s.digits[s.bestDigit()], s.sign_score));
  }
  Finder finder(groups, signs, rulings);
  for (auto& division : divideLine(groups, worth, line.count(), kDivisions)) {
    takeOverwritten(division, groups, scores);
    finder.take(division);
  }
  return finder.found();
}

ColumnDoubts columnDoubtsOf(const std::vector<FoundColumns>& found,
                            const std::vector<GroupScores>& scores) {
  constexpr float kLead = 6;
  constexpr float kWorst = -6;
  const auto& best = found.front();
  float lead = found.size() > 1 ? std::min(best.score - found[1].score, kLead) : kLead;
  float weakest_one = 0;
  float weakest_class = 0;
  float all = 0;
  for (std::size_t k = 0; k < best.groups.size(); ++k) {
    const auto& group = scores[best.groups[k]];
    const auto sign = signScoresOf(group);
    const float one = std::clamp(group.one, kWorst, 0.0f);
    float label = sign.sign_score;
    float other = kWorst;
    if (best.signs[k].digit != 0) {
      const auto own = static_cast<std::size_t>(best.signs[k].digit - '0');
      label = sign.digits[own];
      for (std::size_t d = 0; d < sign.digits.size(); ++d) {
        if (d != own) other = std::max(other, sign.digits[d]);
      }
      lead = std::min(lead, kClass * (label - other));
    }
    label = std::clamp(label, kWorst, 0.0f);
    weakest_one = std::min(weakest_one, one);
    weakest_class = std::min(weakest_class, label);
    all += one + label;
  }
  const auto& roles = best.layout.roles;
  const auto marks = std::count(roles.begin(), roles.end(), ColumnRole::kMark);
  const bool divides = best.layout.text.method == ColumnMethod::kDivision;
  return {std::max(lead, -2.0f) - kLead,
          weakest_one,
          weakest_class,
          std::max(all, 3 * kWorst),
          std::max(best.layout.score, 2 * kWorst),
          -std::log(static_cast<float>(best.groups.size())),
          -std::min(static_cast<float>(best.covered), 4.0f),
          -std::min(static_cast<float>(marks), 6.0f) / 3,
          divides ? -1.0f : 0.0f,
          divides && best.layout.text.rows.empty() ? -1.0f : 0.0f,
          1};
}

float columnChanceOf(const ColumnDoubts& doubts) {
  constexpr ColumnDoubts kWeights = {0.85f, -0.13f, 0.67f, 0.43f,  0.72f, -1.56f,
                                     0.28f, 0.23f,  0.19f, -0.42f, 2.91f};
  float sum = 0;
  for (std::size_t i = 0; i < doubts.size(); ++i) sum += kWeights[i] * doubts[i];
  return 1 / (1 + std::exp(-sum));
}

}  // namespace primer::handwriting::columns
