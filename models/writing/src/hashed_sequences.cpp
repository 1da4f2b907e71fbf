#include "src/hashed_sequences.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

namespace primer::writing {

namespace {

// Adds up what falls into one bucket, then scales the whole to length `length`.
class Buckets {
 public:
  explicit Buckets(std::uint32_t count) : count_(count) {}

  void add(std::uint64_t hash, float weight) {
    weights_[static_cast<std::uint32_t>(hash % count_)] += weight;
  }

  void put(std::vector<Bucket>& buckets, float scale) const {
    for (const auto& [at, weight] : weights_) {
      buckets.push_back({at, std::clamp(weight * scale, -1.0f, 1.0f)});
    }
  }

 private:
  std::uint32_t count_;
  std::map<std::uint32_t, float> weights_;
};

// A word as a reader of many texts would sort it without knowing its sense.
std::string kindOfWord(const Word& word, const Vocabulary& vocabulary) {
  if (word.function || isNegation(word)) return word.text;
  if (word.number) return "#";
  for (const std::string_view ending : {"ing", "ed", "ly", "er", "est", "ion", "s", "y"}) {
    if (word.text.size() > ending.size() + 2 &&
        std::string_view(word.text).substr(word.text.size() - ending.size()) == ending) {
      return "-" + std::string(ending);
    }
  }
  const int level = vocabulary.level(word.text);
  return level < 8 ? word.text : level < Vocabulary::kUnknownLevel ? "*" : "?";
}

}  // namespace

std::uint64_t hashedText(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = seed;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  hash ^= hash >> 32;
  return hash * 0x9e3779b97f4a7c15u;
}

void hashOrder(const WeighedText& answer, const Vocabulary& vocabulary,
               std::vector<Bucket>& buckets) {
  Buckets sums(kOrderBuckets);
  std::string before = "^";
  const auto step = [&](const std::string& kind) {
    sums.add(hashedText(kind, hashedText(before)) >> 20, 1);
    before = kind;
  };
  for (const auto& word : answer.words) {
    if (word.sentence_start && before != "^") {
      step("$");
      before = "^";
    }
    step(kindOfWord(word, vocabulary));
  }
  step("$");
  sums.put(buckets, 1 / std::sqrt(static_cast<float>(answer.words.size() + 1)));
}

void hashQuestionWords(const WeighedText& answer, std::uint64_t question,
                       std::vector<Bucket>& buckets) {
  Buckets sums(kQuestionBuckets);
  const std::string* before = nullptr;
  for (const auto& word : answer.words) {
    sums.add(hashedText(word.stem, question) >> 20, 0.5f);
    if (before != nullptr) {
      sums.add(hashedText(word.stem, hashedText(*before, question ^ 1)) >> 20, 0.25f);
    }
    before = &word.stem;
  }
  sums.put(buckets, 1);
}

Bucket questionItself(std::uint64_t question) {
  return {static_cast<std::uint32_t>((hashedText("itself", question) >> 20) % kQuestionBuckets), 1};
}

}  // namespace primer::writing
