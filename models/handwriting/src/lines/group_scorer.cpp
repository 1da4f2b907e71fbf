#include "primer/handwriting/lines/group_scorer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "primer/handwriting/personal_templates.h"
#include "primer/inference/model.h"
#include "src/network.h"
#include "src/scoring.h"

namespace primer::handwriting::lines {

namespace {

constexpr std::array<NetworkValue, 2> kInputs = {{
    {"symbol", kEvidenceCount},
    {"context", kContextCount},
}};
constexpr std::array<NetworkValue, 1> kOutputs = {{{"scores", kHeadClasses}}};

// Of what the writer's own samples say; chosen on development lines (ink-lines --hand).
constexpr float kHandWeight = 0.3f;
constexpr float kHandOne = 0.5f;  // and that a group is one symbol

constexpr float kFeatureScale = 0.25f;  // features are 0 to about 6
// Log probabilities below this say nothing more.
constexpr float kLeastLog = -12;

// About four pages of twenty symbols; 930 bytes each.
constexpr std::size_t kMostKept = 2048;

std::uint64_t keyOf(const LineStrokes& line, const LineGroup& group) {
  std::uint64_t key = 0x243f6a8885a308d3u;
  for (const auto member : group.members) {
    key = (key ^ line.prints[member]) * 0x9e3779b97f4a7c15u;
    key ^= key >> 32;
  }
  return key;
}

}  // namespace

void copyInk(const LineStrokes& line, const LineGroup& group, FlatInk& ink) {
  ink.clear();
  for (const auto member : group.members) {
    for (const auto& p : line.strokes[member]) ink.points.push_back({p.x, p.y});
    ink.ends.push_back(static_cast<std::uint32_t>(ink.points.size()));
  }
}

void makeEvidence(const SymbolScores& scores, SymbolEvidence& evidence) {
  auto* at = evidence.data();
  for (const float feature : scores.features) *at++ = kFeatureScale * feature;
  for (const float log : scores.log_probabilities) {
    *at++ = 1 - 2 * std::max(log, kLeastLog) / kLeastLog;
  }
}

GroupScores groupScoresOf(std::span<const float> head_scores, const SymbolEvidence& evidence,
                          float temperature) {
  std::array<float, kHeadClasses> logs;
  std::copy(head_scores.begin(), head_scores.end(), logs.begin());
  toLogProbabilities(logs, temperature);
  GroupScores scores;
  scores.one = std::log(std::max(1 - std::exp(logs[kNotOne]), 1e-6f));
  for (std::size_t i = 0; i < kSymbolCount; ++i) scores.classes[i] = logs[i] - scores.one;
  for (std::size_t i = 0; i < kSymbolCount; ++i) {
    scores.alone[i] = (1 - evidence[SymbolScores::kFeatureCount + i]) * kLeastLog / 2;
  }
  float squares = 0;
  for (std::size_t i = 0; i < scores.looks.size(); ++i) squares += evidence[i] * evidence[i];
  const float scale = squares > 0 ? 1 / std::sqrt(squares) : 0.0f;
  for (std::size_t i = 0; i < scores.looks.size(); ++i) scores.looks[i] = scale * evidence[i];
  return scores;
}

void leanTo(const PersonalTemplates& hand, const SymbolEvidence& evidence, GroupScores& scores) {
  // The head has seen the surroundings too, and is surer than the symbol model alone, for which the
  // templates' weights were chosen.
  std::array<float, kSymbolCount> leaned{};
  hand.adjust(leaned, std::span(evidence).first(SymbolScores::kFeatureCount));
  float nearest = 0;
  for (std::size_t i = 0; i < kSymbolCount; ++i) {
    nearest = std::max(nearest, leaned[i]);
    leaned[i] = scores.classes[i] + kHandWeight * leaned[i];
  }
  toLogProbabilities(leaned, 1);
  scores.classes = leaned;
  // What looks like one of the writer's signs is one, in however many strokes it was written.
  const float odds = scores.one - std::log(std::max(1 - std::exp(scores.one), 1e-6f));
  scores.one = -std::log1p(std::exp(-(odds + kHandOne * nearest)));
}

GroupScorer::GroupScorer(SymbolReader symbols, Network head, float temperature)
    : symbols_(std::move(symbols)),
      head_(std::make_unique<Network>(std::move(head))),
      temperature_(temperature) {}

GroupScorer::~GroupScorer() = default;
GroupScorer::GroupScorer(GroupScorer&&) noexcept = default;
GroupScorer& GroupScorer::operator=(GroupScorer&&) noexcept = default;

Result<GroupScorer> GroupScorer::create(SymbolReader symbols, const std::filesystem::path& head) {
  PRIMER_ASSIGN(auto model, inference::Model::open(head));
  const float temperature = calibrationNumber(modelMetadata(*model), "temperature", 1);
  PRIMER_ASSIGN(auto network, Network::create(std::move(model), kInputs, kOutputs));
  return GroupScorer(std::move(symbols), std::move(network), temperature);
}

Result<GroupScorer> GroupScorer::another() const {
  PRIMER_ASSIGN(auto symbols, symbols_.another());
  PRIMER_ASSIGN(auto head, head_->another());
  return GroupScorer(std::move(symbols), std::move(head), temperature_);
}

const SymbolEvidence& GroupScorer::evidenceOf(const LineStrokes& line, const LineGroup& group) {
  const auto [place, fresh] = kept_.try_emplace(keyOf(line, group));
  auto& kept = place->second;
  kept.last_used = now_;
  if (!fresh) return kept.evidence;
  copyInk(line, group, ink_);
  // Without the size: it would change for all groups with every stroke. The context has it.
  symbols_.score({&ink_, 1}, {}, {&symbol_scores_, 1});
  makeEvidence(symbol_scores_, kept.evidence);
  ++runs_;
  return kept.evidence;
}

std::vector<GroupScores> GroupScorer::score(const LineStrokes& line,
                                            const std::vector<LineGroup>& groups,
                                            const PersonalTemplates* hand) {
  ++now_;
  const bool leans =
      hand != nullptr && !hand->empty() && hand->featureSpace() == symbols_.featureSpace();
  std::vector<GroupScores> scores(groups.size());
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto context = contextOf(line, groups[g]);
    const auto& evidence = evidenceOf(line, groups[g]);
    head_->setInput(0, evidence);
    head_->setInput(1, context);
    head_->run();
    scores[g] = groupScoresOf(head_->output(0), evidence, temperature_);
    if (leans) leanTo(*hand, evidence, scores[g]);
  }
  if (kept_.size() > kMostKept) {
    std::erase_if(kept_, [this](const auto& entry) { return entry.second.last_used != now_; });
  }
  return scores;
}

}  // namespace primer::handwriting::lines
