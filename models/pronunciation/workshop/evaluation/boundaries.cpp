#include "evaluation/boundaries.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

namespace primer::pronunciation::workshop {

namespace {

constexpr std::size_t kEvery = 10;
constexpr double kNear = 50;  // ms

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

Status measureBoundaries(PronunciationJudge& judge, const std::filesystem::path& data,
                         toolkit::Metrics& metrics) {
  const auto folder = data / "speech" / "robotutor-english";
  std::ifstream file(folder / "word_segments.json");
  const auto json = nlohmann::json::parse(file, nullptr, false);
  if (!json.is_object()) {
    return fail(ErrorCode::kNotFound, (folder / "word_segments.json").string() + " is not there");
  }
  std::vector<double> off;  // ms, ours less theirs
  std::size_t number = 0;
  for (const auto& [id, segments] : json.items()) {
    const auto audio = folder / "opus" / "story" / (id + ".opus");
    if (++number % kEvery != 0 || !std::filesystem::exists(audio)) continue;
    std::string text;
    for (const auto& segment : segments) text += segment[0].get<std::string>() + " ";
    const auto words = judge.lexicon().words(text);
    if (words.size() != segments.size()) continue;
    PRIMER_ASSIGN(const auto judged, judge.judge(audio, {words, 0.5}));
    if (judged.problem || judged.other_text) continue;
    std::size_t w = 0;
    for (const auto& word : judged.words) {
      if (word.error == WordError::kInsertion) continue;
      if (word.time) {
        // 10 ms frames, both ends inside.
        off.push_back(word.time->start_ms - 10 * segments[w][1].get<double>());
        off.push_back(word.time->end_ms - 10 * (segments[w][2].get<double>() + 1));
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
