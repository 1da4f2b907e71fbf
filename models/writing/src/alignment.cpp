#include "src/alignment.h"

#include <algorithm>
#include <cmath>

namespace primer::writing {

namespace {

constexpr float kFunctionShare = 0.15f;  // of its weight, for a function word
constexpr float kLeastLikeness = 0.5f;   // what is less like is not met

}  // namespace

float WeighedText::total() const {
  float sum = 0;
  for (const auto weight : weights) sum += weight;
  return sum;
}

WeighedText weigh(const Vocabulary& vocabulary, std::vector<Word> words) {
  WeighedText text;
  text.weights.reserve(words.size());
  for (const auto& word : words) {
    constexpr float kMost = 12;  // levels above it are equally rare
    const auto level = std::min(kMost, static_cast<float>(vocabulary.level(word.text)));
    float weight = word.number ? 0.7f : 0.1f + 0.9f * level / kMost;
    if (word.function && !isNegation(word)) weight *= kFunctionShare;
    text.weights.push_back(weight);
  }
  text.words = std::move(words);
  return text;
}

float Coverage::share(const WeighedText& text, std::span<const float> left_out) const {
  float met = 0;
  float all = 0;
  for (std::size_t i = 0; i < likeness.size(); ++i) {
    const float weight = text.weights[i] * (left_out.empty() ? 1 : 1 - left_out[i]);
    met += weight * likeness[i];
    all += weight;
  }
  return all > 0 ? met / all : 0;
}

Coverage cover(Likeness& likeness, const WeighedText& text, const WeighedText& by) {
  Coverage coverage;
  coverage.likeness.assign(text.words.size(), 0);
  coverage.place.assign(text.words.size(), -1);
  const float stretch = text.words.empty() ? 0
                                           : static_cast<float>(by.words.size()) /
                                                 static_cast<float>(text.words.size());
  for (std::size_t i = 0; i < text.words.size(); ++i) {
    const auto& word = text.words[i];
    float nearest = 0;
    for (std::size_t j = 0; j < by.words.size(); ++j) {
      const auto& other = by.words[j];
      if (word.function != other.function && word.text != other.text) continue;
      const float like = likeness.of(word, other);
      if (like < kLeastLikeness || like < coverage.likeness[i]) continue;
      const float distance = std::abs(static_cast<float>(j) - stretch * static_cast<float>(i));
      if (like == coverage.likeness[i] && distance >= nearest) continue;
      coverage.likeness[i] = like;
      coverage.place[i] = static_cast<int>(j);
      nearest = distance;
    }
  }
  return coverage;
}

}  // namespace primer::writing
