#include "primer/writing/reading_level.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "primer/base/share.h"
#include "primer/inference/model.h"

namespace primer::writing {

namespace {

constexpr std::size_t kMostWords = 5000;
constexpr int kHardLevel = 11;
constexpr std::size_t kLeastHardLetters = 6;

std::size_t elements(const inference::TensorInfo& tensor) {
  std::size_t product = 1;
  for (const auto side : tensor.shape) product *= static_cast<std::size_t>(side);
  return product;
}

float schoolGrade(const TextMeasures& measures) {
  const float grade =
      0.39f * measures.words_per_sentence + 11.8f * measures.syllables_per_word - 15.59f;
  return std::round(std::clamp(grade, 1.0f, 13.0f) * 10) / 10;
}

// The network knows texts for people who read newspapers. What is plainer than the plainest of them
// is elementary, whatever its words: by grade, from kPlain on less and less.
void mindPlainTexts(float grade, std::array<float, kLevels>& chances) {
  constexpr float kPlain = 5;
  constexpr float kNoLonger = 6.5f;
  const float plain = std::clamp((kNoLonger - grade) / (kNoLonger - kPlain), 0.0f, 1.0f);
  for (auto& chance : chances) chance *= 1 - plain;
  chances[0] += plain;
}

// Rare words, and long ones that no table has; not names, which are written large everywhere.
std::vector<std::string> hardWords(const Vocabulary& vocabulary, std::string_view text) {
  struct Found {
    std::string word;
    int level = 0;
    bool name = true;
  };
  std::map<std::string, Found> by_stem;
  for (const auto& word : wordsOf(text, kMostWords)) {
    if (word.number || word.function || word.text.size() < kLeastHardLetters) continue;
    // A form of a usual word is usual.
    const int level = vocabulary.levelOfStem(word.stem);
    if (level < kHardLevel) continue;
    auto& found = by_stem[word.stem];
    if (found.word.empty()) found.word = word.text;
    found.level = std::max(found.level, level);
    found.name = found.name && word.capital;
  }
  std::vector<Found> hard;
  for (const auto& [stem, found] : by_stem) {
    const bool unknown = found.level == Vocabulary::kUnknownLevel;
    if (!found.name && (!unknown || found.word.size() >= 7)) hard.push_back(found);
  }
  std::stable_sort(hard.begin(), hard.end(), [](const Found& a, const Found& b) {
    return a.level != b.level ? a.level > b.level : a.word.size() > b.word.size();
  });
  std::vector<std::string> words;
  for (const auto& found : hard) {
    if (words.size() == ReadingLeveller::kMostHardWords) break;
    words.push_back(found.word);
  }
  return words;
}

}  // namespace

std::string_view levelName(Level level) {
  switch (level) {
    case Level::kElementary:
      return "elementary";
    case Level::kIntermediate:
      return "intermediate";
    case Level::kAdvanced:
      break;
  }
  return "advanced";
}

ReadingLeveller::ReadingLeveller(Vocabulary vocabulary, inference::Session session)
    : vocabulary_(std::move(vocabulary)), session_(std::move(session)) {}

Result<ReadingLeveller> ReadingLeveller::open(const std::filesystem::path& path,
                                              Vocabulary vocabulary) {
  PRIMER_ASSIGN(auto model, inference::Model::open(path));
  const bool fits =
      model->inputCount() == 3 && model->outputCount() == 1 &&
      elements(model->input(0)) == kTextNumbers && elements(model->input(1)) == kKindBuckets &&
      elements(model->input(2)) == kWordBuckets && elements(model->output(0)) == kLevels;
  if (!fits) {
    return fail(ErrorCode::kUnsupported, path.string() + ": not a model of reading levels");
  }
  PRIMER_ASSIGN(auto session, inference::Session::create(std::move(model)));
  return ReadingLeveller(std::move(vocabulary), std::move(session));
}

Result<ReadingLeveller> ReadingLeveller::openShipped() {
  PRIMER_ASSIGN(auto vocabulary, Vocabulary::openShipped());
  return open(shareFolder() / "models" / "reading-level.tflite", std::move(vocabulary));
}

Result<ReadingLevel> ReadingLeveller::judge(std::string_view text) const {
  ReadingLevel result;
  result.measures = measureText(vocabulary_, text, kMostWords);
  if (result.measures.word_count == 0) {
    return fail(ErrorCode::kInvalidArgument, "the text has no words of plain letters");
  }
  std::vector<float> kinds(kKindBuckets, 0.0f);
  std::vector<float> words(kWordBuckets, 0.0f);
  for (const auto& bucket : result.measures.kinds) kinds[bucket.at] = bucket.weight;
  for (const auto& bucket : result.measures.words) words[bucket.at] = bucket.weight;
  std::array<float, kLevels> scores{};
  PRIMER_TRY(session_.setReals(0, result.measures.numbers));
  PRIMER_TRY(session_.setReals(1, kinds));
  PRIMER_TRY(session_.setReals(2, words));
  PRIMER_TRY(session_.run());
  PRIMER_TRY(session_.reals(0, scores));
  const float most = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (std::size_t i = 0; i < kLevels; ++i) sum += result.chances[i] = std::exp(scores[i] - most);
  for (auto& chance : result.chances) chance /= sum;
  result.grade = schoolGrade(result.measures);
  mindPlainTexts(result.grade, result.chances);
  const auto likeliest = std::max_element(result.chances.begin(), result.chances.end());
  result.level = static_cast<Level>(likeliest - result.chances.begin());
  result.hard_words = hardWords(vocabulary_, text);
  return result;
}

}  // namespace primer::writing
