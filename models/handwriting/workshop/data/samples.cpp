#include "primer/handwriting-workshop/samples.h"

#include <algorithm>
#include <string>
#include <vector>

namespace primer::handwriting::workshop {

namespace {

constexpr std::uint64_t kDevelopmentPercent = 12;

float longestSide(const FlatInk& ink) {
  const auto extent = extentOf(ink);
  return std::max(extent.width(), extent.height());
}

}  // namespace

std::string_view sourceName(Source source) {
  switch (source) {
    case Source::kUnipen:
      return "unipen";
    case Source::kPendigits:
      return "pendigits";
    case Source::kOmniglot:
      return "omniglot";
    case Source::kDetexify:
      return "detexify";
  }
  return "";
}

bool isDevelopmentWriter(std::string_view writer) {
  std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a, then mixed so that all bits count
  for (const char c : writer) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdu;
  hash ^= hash >> 33;
  return hash % 100 < kDevelopmentPercent;
}

bool SampleStore::add(const FlatInk& ink, Sample description) {
  if (ink.points.empty() || ink.strokeCount() > kMaxSymbolStrokes) return false;
  description.first_point = static_cast<std::uint32_t>(points_.size());
  description.first_end = static_cast<std::uint32_t>(ends_.size());
  description.stroke_count = static_cast<std::uint16_t>(ink.strokeCount());
  points_.insert(points_.end(), ink.points.begin(), ink.points.end());
  ends_.insert(ends_.end(), ink.ends.begin(), ink.ends.end());
  longest_sides_.push_back(longestSide(ink));
  samples_.push_back(description);
  return true;
}

std::uint16_t SampleStore::writerNumber(std::string_view name) {
  // Writers come in runs, so the last is the likeliest.
  for (std::size_t i = writers_.size(); i > 0; --i) {
    if (writers_[i - 1] == name) return static_cast<std::uint16_t>(i - 1);
  }
  writers_.emplace_back(name);
  return static_cast<std::uint16_t>(writers_.size() - 1);
}

void SampleStore::measureSizes() {
  std::vector<std::vector<float>> sides(writers_.size());
  for (std::size_t i = 0; i < samples_.size(); ++i) {
    sides[samples_[i].writer].push_back(longest_sides_[i]);
  }
  std::vector<float> medians(writers_.size(), 0);
  constexpr std::size_t kEnoughToKnow = 10;
  for (std::size_t w = 0; w < sides.size(); ++w) {
    if (sides[w].size() < kEnoughToKnow) continue;
    const auto middle = sides[w].begin() + static_cast<std::ptrdiff_t>(sides[w].size() / 2);
    std::nth_element(sides[w].begin(), middle, sides[w].end());
    medians[w] = *middle;
  }
  for (std::size_t i = 0; i < samples_.size(); ++i) {
    auto& sample = samples_[i];
    const bool own_scale = sample.source == Source::kUnipen || sample.source == Source::kPendigits;
    const float median = medians[sample.writer];
    sample.relative_size = own_scale && median > 0 ? longest_sides_[i] / median : 0.0f;
  }
}

Status SampleStore::holdOut(const toolkit::Fold& fold) {
  std::vector<std::string> writers;
  std::vector<Sample*> written;
  for (auto& sample : samples_) {
    if (sample.source == Source::kDetexify) continue;
    writers.push_back(writers_[sample.writer]);
    written.push_back(&sample);
  }
  PRIMER_ASSIGN(const auto folds, toolkit::dealFolds(writers, fold.count));
  for (std::size_t i = 0; i < written.size(); ++i) {
    written[i]->development = folds[i] == fold.index;
  }
  return {};
}

void SampleStore::copyInk(const Sample& sample, FlatInk& ink) const {
  ink.ends.assign(ends_.begin() + sample.first_end,
                  ends_.begin() + sample.first_end + sample.stroke_count);
  ink.points.assign(points_.begin() + sample.first_point,
                    points_.begin() + sample.first_point + ink.ends.back());
}

}  // namespace primer::handwriting::workshop
