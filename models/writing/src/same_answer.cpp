#include "src/same_answer.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "src/likeness.h"

namespace primer::writing {

namespace {

enum class Slip : std::uint8_t { kNone, kSpelling, kOtherWord, kTooFar };

Slip slipOf(const Vocabulary& vocabulary, const Word& a, const Word& b) {
  if (a.text == b.text) return Slip::kNone;
  if (a.number || b.number || isNegation(a) || isNegation(b)) return Slip::kTooFar;
  if (vocabulary.opposite(a.stem, b.stem)) return Slip::kTooFar;
  const auto longer = std::max(a.text.size(), b.text.size());
  const int allowed = longer < 3 ? 0 : longer < 6 ? 1 : 2;
  if (spellingDistance(a.text, b.text, allowed) > allowed) return Slip::kTooFar;
  return vocabulary.knows(a.text) ? Slip::kOtherWord : Slip::kSpelling;
}

std::string joined(const std::vector<Word>& words) {
  std::string text;
  for (const auto& word : words) text += word.text;
  return text;
}

bool same(const Vocabulary& vocabulary, const std::vector<Word>& answer,
          const std::vector<Word>& reference) {
  if (answer.size() != reference.size()) {
    // A space too many or too few, and a slip.
    const auto difference = answer.size() > reference.size() ? answer.size() - reference.size()
                                                             : reference.size() - answer.size();
    constexpr std::size_t kLongest = 64;  // that spellingDistance looks at
    const auto a = joined(answer);
    const auto b = joined(reference);
    if (a == b) return true;
    return difference == 1 && b.size() >= 12 && std::max(a.size(), b.size()) <= kLongest &&
           spellingDistance(a, b, 1) <= 1;
  }
  std::size_t slips = 0;
  std::size_t other_words = 0;
  for (std::size_t i = 0; i < answer.size(); ++i) {
    switch (slipOf(vocabulary, answer[i], reference[i])) {
      case Slip::kNone:
        break;
      case Slip::kOtherWord:
        ++other_words;
        [[fallthrough]];
      case Slip::kSpelling:
        ++slips;
        break;
      case Slip::kTooFar:
        return false;
    }
  }
  // Half of the words may be misspelt; one in six may have become another word ("form", "from").
  return slips <= (answer.size() + 1) / 2 && other_words <= (answer.size() + 2) / 6;
}

bool isShuffled(const std::vector<Word>& answer, const std::vector<Word>& reference) {
  constexpr std::size_t kFewest = 5;
  if (answer.size() != reference.size() || answer.size() < kFewest) return false;
  std::multiset<std::string_view> here;
  std::multiset<std::string_view> there;
  std::set<std::pair<std::string_view, std::string_view>> neighbours;
  for (std::size_t i = 0; i < answer.size(); ++i) {
    here.insert(answer[i].text);
    there.insert(reference[i].text);
    if (i > 0) neighbours.emplace(answer[i - 1].text, answer[i].text);
  }
  if (here != there) return false;
  std::size_t kept = 0;
  for (std::size_t i = 1; i < reference.size(); ++i) {
    kept += neighbours.count({reference[i - 1].text, reference[i].text});
  }
  return 2 * kept < reference.size();
}

std::vector<Word> withoutNegations(const std::vector<Word>& words) {
  std::vector<Word> rest;
  std::copy_if(words.begin(), words.end(), std::back_inserter(rest), [](const Word& word) {
    return !isNegation(word) && word.text != "do" && word.text != "does" && word.text != "did";
  });
  return rest;
}

}  // namespace

Sameness sameness(const Vocabulary& vocabulary, const std::vector<Word>& answer,
                  const std::vector<Word>& reference) {
  if (answer.empty() || reference.empty()) return Sameness::kOther;
  if (same(vocabulary, answer, reference)) return Sameness::kSame;
  if (isShuffled(answer, reference)) return Sameness::kShuffled;
  const auto turned = [](const std::vector<Word>& words) {
    return std::count_if(words.begin(), words.end(), isNegation) % 2;
  };
  if (turned(answer) == turned(reference)) return Sameness::kOther;
  const auto a = withoutNegations(answer);
  const auto b = withoutNegations(reference);
  return !a.empty() && same(vocabulary, a, b) ? Sameness::kNegated : Sameness::kOther;
}

}  // namespace primer::writing
