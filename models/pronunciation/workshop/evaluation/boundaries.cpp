#include "evaluation/boundaries.h"

#include <algorithm>
#include <cmath>

#include "data/segmented_stories.h"

namespace primer::pronunciation::workshop {

namespace {

constexpr double kNear = 50;  // ms

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

Status measureBoundaries(PronunciationJudge& judge, const std::filesystem::path& data,
                         toolkit::Metrics& metrics) {
  PRIMER_ASSIGN(const auto stories, readSegmentedStories(data, judge.lexicon()));
  std::vector<double> off;  // ms, ours less theirs
  for (const auto& story : stories) {
    if (!story.held_out) continue;
    PRIMER_ASSIGN(const auto judged, judge.judge(story.audio, {story.words, 0.5}));
    if (judged.problem || judged.other_text) continue;
    std::size_t w = 0;
    for (const auto& word : judged.words) {
      if (word.error == WordError::kInsertion) continue;
      if (word.time) {
        off.push_back(word.time->start_ms - story.begins[w]);
        off.push_back(word.time->end_ms - story.ends[w]);
      }
      ++w;
    }
  }
  const double lag = median(off);  // of the recordings behind their segments
  std::vector<double> distances;
  double near = 0;
  for (const double one : off) {
    distances.push_back(std::abs(one - lag));
    near += distances.back() <= kNear ? 1 : 0;
  }
  metrics["boundary_median_ms"] = median(distances);
  metrics["boundary_within_50ms_percent"] =
      100 * near / std::max(static_cast<double>(distances.size()), 1.0);
  metrics["boundary_lag_ms"] = lag;
  return {};
}

}  // namespace primer::pronunciation::workshop
