#include "primer/pronunciation/best_path.h"

#include <algorithm>
#include <cmath>
#include <deque>

namespace primer::pronunciation {

namespace {

using Scores = std::function<std::span<const float>(std::size_t)>;

// Nodes first .. last-1.
struct Stretch {
  std::size_t first = 0;
  std::size_t last = 0;
};

// The graph laid out for walking: entries of all nodes in one row.
struct Flat {
  std::vector<std::int32_t> unit;
  std::vector<std::size_t> begin;  // of a node's entries; one more at the end
  std::vector<PathGraph::Edge> edges;
  float beam;
  std::size_t back = 0;   // how far an edge leads at most, to smaller numbers...
  std::size_t ahead = 0;  // ...and to greater ones

  explicit Flat(const PathGraph& graph) : beam(graph.beam) {
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
      const auto& node = graph.nodes[n];
      unit.push_back(node.unit);
      begin.push_back(edges.size());
      const auto count = std::min<std::size_t>(node.entries.size(), 255);
      for (std::size_t e = 0; e < count; ++e) {
        edges.push_back(node.entries[e]);
        const auto from = static_cast<std::size_t>(node.entries[e].from);
        if (from > n) back = std::max(back, from - n);
        if (from < n) ahead = std::max(ahead, n - from);
      }
    }
    begin.push_back(edges.size());
  }
};

// Scores of all nodes in one frame. Outside of `alive` every score is kNever.
struct Front {
  std::vector<float> scores;
  Stretch alive;

  explicit Front(std::size_t count) : scores(count, PathGraph::kNever) {}

  void clear() {
    std::fill(scores.begin() + static_cast<std::ptrdiff_t>(alive.first),
              scores.begin() + static_cast<std::ptrdiff_t>(alive.last), PathGraph::kNever);
    alive = {};
  }

  // Gives up what is too far behind, so far as it lies at the ends.
  void narrow(float beam) {
    const auto begin = scores.begin();
    const auto first = begin + static_cast<std::ptrdiff_t>(alive.first);
    const auto last = begin + static_cast<std::ptrdiff_t>(alive.last);
    if (first == last) return;
    const float least = std::max(*std::max_element(first, last) - beam, PathGraph::kNever / 2);
    while (alive.first < alive.last && scores[alive.first] < least) {
      scores[alive.first++] = PathGraph::kNever;
    }
    while (alive.first < alive.last && scores[alive.last - 1] < least) {
      scores[--alive.last] = PathGraph::kNever;
    }
  }
};

// One frame on: from `before` to `after`; `choice`, where given, gets which entry of each node was
// taken.
void step(const Flat& flat, std::span<const float> frame, const Front& before, Front& after,
          std::uint8_t* choice) {
  after.clear();
  after.alive.first = before.alive.first - std::min(before.alive.first, flat.back);
  after.alive.last = std::min(before.alive.last + flat.ahead, flat.unit.size());
  for (std::size_t n = after.alive.first; n < after.alive.last; ++n) {
    float best = PathGraph::kNever;
    std::size_t taken = flat.begin[n];
    for (std::size_t e = flat.begin[n]; e < flat.begin[n + 1]; ++e) {
      const float score =
          before.scores[static_cast<std::size_t>(flat.edges[e].from)] + flat.edges[e].score;
      if (score > best) {
        best = score;
        taken = e;
      }
    }
    after.scores[n] = best <= PathGraph::kNever / 2
                          ? PathGraph::kNever
                          : best + frame[static_cast<std::size_t>(flat.unit[n])];
    if (choice != nullptr) choice[n] = static_cast<std::uint8_t>(taken - flat.begin[n]);
  }
  after.narrow(flat.beam);
}

// The first frame.
void enter(const PathGraph& graph, std::span<const float> frame, Front& front) {
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const auto& node = graph.nodes[n];
    if (node.start <= PathGraph::kNever / 2) continue;
    front.scores[n] = node.start + frame[static_cast<std::size_t>(node.unit)];
  }
  front.alive = {0, graph.nodes.size()};
  front.narrow(graph.beam);
}

// What is kept of a front to go on from it.
struct Kept {
  std::size_t first = 0;
  std::vector<float> scores;

  explicit Kept(const Front& front)
      : first(front.alive.first),
        scores(front.scores.begin() + static_cast<std::ptrdiff_t>(front.alive.first),
               front.scores.begin() + static_cast<std::ptrdiff_t>(front.alive.last)) {}

  void restore(Front& front) const {
    front.clear();
    std::copy(scores.begin(), scores.end(),
              front.scores.begin() + static_cast<std::ptrdiff_t>(first));
    front.alive = {first, first + scores.size()};
  }
};

// Which entry each living node of a frame was come to by.
struct Choices {
  std::size_t first = 0;
  std::vector<std::uint8_t> taken;

  Choices(const Front& front, const std::vector<std::uint8_t>& choice)
      : first(front.alive.first),
        taken(choice.begin() + static_cast<std::ptrdiff_t>(front.alive.first),
              choice.begin() + static_cast<std::ptrdiff_t>(front.alive.last)) {}

  // The node of the frame before from which `node` was come to.
  std::int32_t from(const Flat& flat, std::int32_t node) const {
    const auto n = static_cast<std::size_t>(node);
    return flat.edges[flat.begin[n] + taken[n - first]].from;
  }
};

}  // namespace

std::int32_t PathGraph::add(std::int32_t unit, std::span<const std::int32_t> before) {
  const auto self = static_cast<std::int32_t>(nodes.size());
  Node node;
  node.unit = unit;
  node.entries.push_back({self, 0});
  for (const auto from : before) node.entries.push_back({from, 0});
  nodes.push_back(std::move(node));
  return self;
}

BestPath bestPath(const PathGraph& graph, std::size_t frames, const Scores& scores,
                  std::size_t remembered) {
  BestPath path;
  const std::size_t count = graph.nodes.size();
  if (frames == 0 || count == 0) return path;
  const Flat flat(graph);
  const auto stretch =
      std::max<std::size_t>(16, static_cast<std::size_t>(std::sqrt(static_cast<double>(frames))));

  // Forward. How each node was come to is remembered as long as that is little; the scores at the
  // first frame of each stretch are kept in any case, to go on from where it was too much.
  std::vector<Kept> kept;
  std::vector<Choices> past;  // past[t - 1] of frame t
  std::size_t bytes = 0;      // of it
  std::vector<std::uint8_t> choice(count);
  Front now(count), next(count);
  enter(graph, scores(0), now);
  for (std::size_t t = 0; t < frames; ++t) {
    if (t > 0) {
      const bool remembers = bytes <= remembered;
      step(flat, scores(t), now, next, remembers ? choice.data() : nullptr);
      std::swap(now, next);
      if (remembers) {
        past.emplace_back(now, choice);
        bytes += past.back().taken.size();
        if (bytes > remembered) past = {};
      }
    }
    if (t % stretch == 0) kept.emplace_back(now);
  }
  float best = PathGraph::kNever;
  std::int32_t at = -1;
  for (std::size_t n = 0; n < count; ++n) {
    const float end = graph.nodes[n].end;
    if (end <= PathGraph::kNever / 2 || now.scores[n] <= PathGraph::kNever / 2) continue;
    if (now.scores[n] + end > best) {
      best = now.scores[n] + end;
      at = static_cast<std::int32_t>(n);
    }
  }
  if (at < 0) return path;
  path.score = best;
  path.nodes.resize(frames);

  // Backward, at once or one stretch at a time: `past` leads from frame `begin` on.
  const auto goBack = [&](std::size_t begin) {
    for (std::size_t i = past.size(); i-- > 0;) {
      path.nodes[begin + i + 1] = at;
      at = past[i].from(flat, at);
    }
  };
  if (bytes <= remembered) {
    goBack(0);
  } else {
    for (std::size_t s = kept.size(); s-- > 0;) {
      const std::size_t begin = s * stretch;
      const std::size_t end = std::min(frames, begin + stretch + 1);  // the next one's first too
      past.clear();
      kept[s].restore(now);
      for (std::size_t t = begin + 1; t < end; ++t) {
        step(flat, scores(t), now, next, choice.data());
        std::swap(now, next);
        past.emplace_back(now, choice);
      }
      goBack(begin);
    }
  }
  path.nodes[0] = at;
  return path;
}

struct PathFollower::Walk {
  Walk(const PathGraph& of, std::size_t most)
      : graph(of),
        flat(of),
        remembered(std::max<std::size_t>(most, 1)),
        now(of.nodes.size()),
        next(of.nodes.size()),
        choice(of.nodes.size()) {}

  // Scores only ever fall: without this they would lose their fraction over a long text.
  void lift() {
    const auto first = now.scores.begin() + static_cast<std::ptrdiff_t>(now.alive.first);
    const auto last = now.scores.begin() + static_cast<std::ptrdiff_t>(now.alive.last);
    if (first == last) return;
    const float best = *std::max_element(first, last);
    for (auto score = first; score != last; ++score) {
      if (*score > PathGraph::kNever / 2) *score -= best;
    }
  }

  void remember() {
    past.emplace_back(now, choice);
    if (past.size() >= remembered) past.pop_front();
  }

  PathGraph graph;
  Flat flat;
  std::size_t remembered;
  std::size_t frames = 0;
  Front now, next;
  std::vector<std::uint8_t> choice;
  std::deque<Choices> past;  // of the frames after the oldest that is remembered
};

PathFollower::PathFollower(const PathGraph& graph, std::size_t remembered)
    : walk_(std::make_unique<Walk>(graph, remembered)) {}
PathFollower::~PathFollower() = default;
PathFollower::PathFollower(PathFollower&&) noexcept = default;
PathFollower& PathFollower::operator=(PathFollower&&) noexcept = default;

std::size_t PathFollower::frames() const { return walk_->frames; }

void PathFollower::step(std::span<const float> scores) {
  auto& walk = *walk_;
  if (walk.frames++ == 0) {
    enter(walk.graph, scores, walk.now);
    return;
  }
  pronunciation::step(walk.flat, scores, walk.now, walk.next, walk.choice.data());
  std::swap(walk.now, walk.next);
  walk.lift();
  walk.remember();
}

std::vector<std::int32_t> PathFollower::recent() const {
  const auto& walk = *walk_;
  std::vector<std::int32_t> nodes;
  const auto& [scores, alive] = walk.now;
  if (walk.frames == 0 || alive.first == alive.last) return nodes;
  const auto first = scores.begin() + static_cast<std::ptrdiff_t>(alive.first);
  const auto last = scores.begin() + static_cast<std::ptrdiff_t>(alive.last);
  const auto best = std::max_element(first, last);
  if (*best <= PathGraph::kNever / 2) return nodes;
  auto at = static_cast<std::int32_t>(best - scores.begin());
  nodes.push_back(at);
  for (auto frame = walk.past.rbegin(); frame != walk.past.rend(); ++frame) {
    at = frame->from(walk.flat, at);
    nodes.push_back(at);
  }
  std::reverse(nodes.begin(), nodes.end());
  return nodes;
}

}  // namespace primer::pronunciation
