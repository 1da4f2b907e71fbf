#pragma once

// What the networks say of candidate groups: the symbol model looks at the ink alone, the line head
// joins what it says with the group's surroundings, and says which class the group is, or that it
// is not one symbol.

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "primer/base/result.h"
#include "primer/handwriting/lines/group_context.h"
#include "primer/handwriting/lines/line_strokes.h"
#include "primer/handwriting/symbol_reader.h"

namespace primer::handwriting {
class Network;
class PersonalTemplates;
}  // namespace primer::handwriting

namespace primer::handwriting::lines {

// What the head sees of the symbol model's answer: its features and its log probabilities, brought
// near [-1, 1].
inline constexpr std::size_t kEvidenceCount = SymbolScores::kFeatureCount + kSymbolCount;
using SymbolEvidence = std::array<float, kEvidenceCount>;
inline constexpr std::size_t kHeadClasses = kSymbolCount + 1;  // the last: not one symbol
inline constexpr std::size_t kNotOne = kHeadClasses - 1;

struct GroupScores {
  float one = 0;  // log of the chance that these strokes are one symbol, all of it and nothing more
  std::array<float, kSymbolCount> classes{};  // log of the chances of its class, if it is one
  std::array<float, kSymbolCount> alone{};    // what the symbol model says without surroundings
  // Direction of the symbol model's features: what looks alike points alike.
  std::array<float, SymbolScores::kFeatureCount> looks{};
};

// Thread-compatible. Keeps what the symbol model said, by the strokes' own points, so that a line
// that grows by a stroke costs only the groups that hold it.
class GroupScorer {
 public:
  // `head` is a model of the task ink-lines. kUnsupported where it is of another.
  static Result<GroupScorer> create(SymbolReader symbols, const std::filesystem::path& head);
  Result<GroupScorer> another() const;

  ~GroupScorer();
  GroupScorer(GroupScorer&&) noexcept;
  GroupScorer& operator=(GroupScorer&&) noexcept;

  // `hand`: the writer's own, or null; of another feature space it is not looked at.
  std::vector<GroupScores> score(const LineStrokes& line, const std::vector<LineGroup>& groups,
                                 const PersonalTemplates* hand = nullptr);

  // PersonalTemplates are of this space.
  std::uint64_t featureSpace() const { return symbols_.featureSpace(); }

  // How often the symbol model was run in all, for tests and benches.
  std::size_t runs() const { return runs_; }

 private:
  GroupScorer(SymbolReader symbols, Network head, float temperature);
  const SymbolEvidence& evidenceOf(const LineStrokes& line, const LineGroup& group);

  struct Kept {
    SymbolEvidence evidence;
    std::uint32_t last_used = 0;
  };

  SymbolReader symbols_;
  std::unique_ptr<Network> head_;
  float temperature_ = 1;
  std::unordered_map<std::uint64_t, Kept> kept_;
  std::uint32_t now_ = 0;
  std::size_t runs_ = 0;
  FlatInk ink_;
  SymbolScores symbol_scores_;
};

// From the head's kHeadClasses scores and the evidence that it was given.
GroupScores groupScoresOf(std::span<const float> head_scores, const SymbolEvidence& evidence,
                          float temperature);

// Leans the classes towards what the writer's own samples look like.
void leanTo(const PersonalTemplates& hand, const SymbolEvidence& evidence, GroupScores& scores);

// What training and reading share: the ink of a group, and the evidence of what the model says.
void copyInk(const LineStrokes& line, const LineGroup& group, FlatInk& ink);
void makeEvidence(const SymbolScores& scores, SymbolEvidence& evidence);

}  // namespace primer::handwriting::lines
