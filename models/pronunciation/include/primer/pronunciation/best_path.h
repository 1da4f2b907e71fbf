#pragma once

// The likeliest walk through a graph of sounds, frame by frame (Viterbi 1967), in bounded memory:
// where how each node was come to is too much to remember, only every so many frames the scores are
// kept, and the way back is walked stretch by stretch, each computed a second time (Hirschberg 1975
// in spirit). 20 minutes along a page of text fit in a few MB.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace primer::pronunciation {

// A node may come before itself (it lasts). Edges only lead from nodes of a smaller or equal
// number, or are marked as leading back; both are allowed, as every edge takes one frame.
struct PathGraph {
  struct Edge {
    std::int32_t from = 0;
    float score = 0;  // added to the path's, usually at most 0
  };
  struct Node {
    std::int32_t unit = 0;      // whose score it takes in every frame
    float start = kNever;       // score of beginning here
    float end = kNever;         // score of ending here
    std::vector<Edge> entries;  // how it is come to, at most 255
  };
  static constexpr float kNever = -1e30f;

  std::vector<Node> nodes;
  // Walks that are so far behind the best one are given up: what makes long texts quick where the
  // numbers of nodes follow the text. Infinite: none is.
  float beam = 1e20f;

  // A node that can last, come to from `before` at no cost.
  std::int32_t add(std::int32_t unit, std::span<const std::int32_t> before);
};

struct BestPath {
  std::vector<std::int32_t> nodes;  // one a frame; empty where no walk fits
  double score = 0;
};

// Bytes of a walk that are remembered: those of a story read aloud, a few minutes.
inline constexpr std::size_t kRememberedOfWalk = 4u << 20;

// `scores` gives each unit's score in a frame; where the walk takes more than `remembered` bytes
// (one for each living node of a frame), it is asked for every frame twice.
BestPath bestPath(const PathGraph& graph, std::size_t frames,
                  const std::function<std::span<const float>(std::size_t frame)>& scores,
                  std::size_t remembered = kRememberedOfWalk);

// The same walk while its frames come in: at any time the likeliest one so far, over the frames
// that are remembered. One thread at a time.
class PathFollower {
 public:
  // Looks back over at most `remembered` frames, at least 1.
  PathFollower(const PathGraph& graph, std::size_t remembered);
  ~PathFollower();
  PathFollower(PathFollower&&) noexcept;
  PathFollower& operator=(PathFollower&&) noexcept;

  // One frame on, with each unit's score.
  void step(std::span<const float> scores);

  std::size_t frames() const;

  // Where the likeliest walk stood in the last frames, the oldest first: as many as are remembered;
  // none where no walk fits. What it says of a frame may change while later ones come in.
  std::vector<std::int32_t> recent() const;

 private:
  struct Walk;
  std::unique_ptr<Walk> walk_;
};

}  // namespace primer::pronunciation
