#pragma once

// Where words begin and end, finer than the steps of the walk that found them: a small int8 net
// hears what stands around each end of a word and says by how much the walk missed it.
//
// The net answers forty questions, "is the boundary later than this?", 10 ms apart (ordinal
// regression, Frank and Hall 2001); where the answers turn from yes to no, the boundary lies. That
// is the median of what may be true, which far-off boundaries do not pull away.

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

#include "primer/base/result.h"
#include "primer/pronunciation/alignment.h"
#include "primer/pronunciation/speech_frames.h"
#include "primer/pronunciation/witness_net.h"

namespace primer::pronunciation {

// One end of a word, as a walk found it.
struct WordEdge {
  std::size_t word = 0;
  bool ends = false;     // the word's end, else its beginning
  std::size_t step = 0;  // of the walk
  Phone own = 0;         // the word's phone at this edge
  Phone other = 0;       // what stands on the other side: a phone or silence
  std::size_t own_steps = 0, other_steps = 0, word_steps = 0, word_phones = 0;
};

// Of all words that were found: beginning and end of each, in order.
std::vector<WordEdge> wordEdges(const Alignment& alignment);

inline constexpr std::size_t kEdgeAnswers = 40;
inline constexpr int kEdgeReach = 200;  // ms, to each side

namespace edge {
inline constexpr std::size_t kSteps = 9;      // on each side, of which chances are seen
inline constexpr std::size_t kFrames = 20;    // on each side, of which bands are seen
inline constexpr std::size_t kBandGroup = 5;  // bands are seen in groups
inline constexpr std::size_t kFeatures =
    2 * kUnits + 6 + 2 * kSteps * 3 + 2 * kFrames * (kBands / kBandGroup);
}  // namespace edge

// What the net sees of an edge moved by `moved` steps (training moves it about). `frames` are the
// spoken part's, normalised; `into` holds edge::kFeatures.
void edgeFeatures(const WordEdge& edge, int moved, const Posteriors& posteriors,
                  std::span<const float> frames, std::span<float> into);

// What the answers (logits) say: ms from the edge to the boundary.
double edgeOffset(std::span<const float> answers);

// A beginning and an end, in frames of the spoken part and parts of them.
struct FrameTimes {
  double first = 0;
  double last = 0;
};

// One thread at a time.
class BoundaryFinder {
 public:
  // kUnsupported for a file that is no such net.
  static Result<BoundaryFinder> open(const std::filesystem::path& file);
  static Result<BoundaryFinder> openShipped();  // pronunciation-boundaries.tflite

  // One for each word of the alignment, 0 for those left out. Words follow one another and none
  // ends before it begins. `mel` is the spoken part, frames x kBands.
  Result<std::vector<FrameTimes>> find(const Alignment& alignment, const Posteriors& posteriors,
                                       std::span<const std::int16_t> mel);

 private:
  explicit BoundaryFinder(WitnessNet net) : net_(std::move(net)) {}

  WitnessNet net_;
};

}  // namespace primer::pronunciation
