#include "primer/writing/words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>

namespace primer::writing {

namespace {

constexpr std::size_t kLongestWord = 40;  // bytes; what is longer is cut

// The code point at `at`, which moves on; 0xfffd for what is not UTF-8.
std::uint32_t nextPoint(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at++);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
  if (more == 0 || lead > 0xf4) return 0xfffd;
  std::uint32_t point = lead & (0x3fu >> more);
  for (int i = 0; i < more; ++i) {
    if (at >= text.size() || (byte(at) & 0xc0u) != 0x80) return 0xfffd;
    point = point << 6 | (byte(at++) & 0x3fu);
  }
  return point;
}

enum class Kind : std::uint8_t {
  kLatin,
  kOther,
  kDigit,
  kApostrophe,
  kStop,
  kSemicolon,
  kPercent,
  kBetween
};

// Latin-1's and Latin Extended-A's letters without what is on or under them.
char plainLatin(std::uint32_t point) {
  static constexpr std::string_view kFirst =  // U+00C0 to U+00FF
      "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
  static constexpr std::string_view kSecond =  // U+0100 to U+017F
      "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln"
      "nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
  if (point >= 0xc0 && point < 0xc0 + kFirst.size()) return kFirst[point - 0xc0];
  if (point >= 0x100 && point < 0x100 + kSecond.size()) return kSecond[point - 0x100];
  return ' ';
}

Kind kindOf(std::uint32_t point) {
  if (point < 0x80) {
    const char c = static_cast<char>(point);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return Kind::kLatin;
    if (c >= '0' && c <= '9') return Kind::kDigit;
    if (c == '\'' || c == '`') return Kind::kApostrophe;
    if (c == '.' || c == '!' || c == '?') return Kind::kStop;
    if (c == ';') return Kind::kSemicolon;
    return c == '%' ? Kind::kPercent : Kind::kBetween;
  }
  if (point == 0x2019 || point == 0x2018 || point == 0xb4 || point == 0x2032) {
    return Kind::kApostrophe;
  }
  if (plainLatin(point) != ' ') return Kind::kLatin;
  // Signs: Latin-1's, general punctuation to dingbats, CJK's, private use, specials, emoji.
  const bool sign = point < 0xc0 || point == 0xd7 || point == 0xf7 || point == 0xfeff ||
                    (point >= 0x2000 && point < 0x2c00) || (point >= 0x3000 && point < 0x3041) ||
                    (point >= 0xe000 && point < 0xf900) || (point >= 0xfe00 && point < 0xfe70) ||
                    (point >= 0xff00 && point < 0xff21) || (point >= 0xfff0 && point < 0x10000) ||
                    point >= 0x1f000;
  return sign ? Kind::kBetween : Kind::kOther;
}

void appendPoint(std::string& text, std::uint32_t point) {
  const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (point < 0x800) {
    put(0xc0 | point >> 6);
  } else {
    put(0xe0 | (point >> 12 & 0xf));  // beyond U+FFFF words need only differ, mostly
    put(0x80 | (point >> 6 & 0x3f));
  }
  put(0x80 | (point & 0x3f));
}

const std::set<std::string_view>& functionWords() {
  static const std::set<std::string_view> words = {
      "a",      "the",      "and",     "or",       "but",    "if",     "then",  "of",    "to",
      "in",     "on",       "at",      "by",       "for",    "from",   "with",  "as",    "that",
      "this",   "these",    "those",   "it",       "its",    "they",   "them",  "their", "he",
      "she",    "him",      "her",     "his",      "we",     "us",     "our",   "you",   "your",
      "i",      "me",       "my",      "be",       "is",     "are",    "was",   "were",  "been",
      "being",  "am",       "do",      "does",     "did",    "done",   "have",  "has",   "had",
      "having", "will",     "would",   "can",      "could",  "should", "shall", "may",   "might",
      "must",   "so",       "because", "which",    "who",    "what",   "when",  "where", "why",
      "how",    "there",    "here",    "than",     "too",    "also",   "just",  "very",  "some",
      "any",    "each",     "an",      "into",     "out",    "about",  "not",   "no",    "while",
      "s",      "re",       "ll",      "ve",       "d",      "m",      "t",     "since", "such",
      "though", "although", "however", "it's",     "really", "like",   "think", "get",   "put",
      "one",    "other",    "another", "would've", "off",    "up",     "until", "well",  "even"};
  return words;
}

// "up", "off", "one", "other", "put" carry sense in short answers.
bool isFunctionWord(std::string_view word) {
  static const std::set<std::string_view> kept = {"up", "off", "one", "other", "another", "put"};
  return functionWords().count(word) > 0 && kept.count(word) == 0;
}

const std::map<std::string_view, std::string_view>& numerals() {
  static const std::map<std::string_view, std::string_view> words = {
      {"zero", "0"}, {"two", "2"},     {"three", "3"},   {"four", "4"},    {"five", "5"},
      {"six", "6"},  {"seven", "7"},   {"eight", "8"},   {"nine", "9"},    {"ten", "10"},
      {"one", "1"},  {"eleven", "11"}, {"twelve", "12"}, {"twenty", "20"}, {"hundred", "100"}};
  return words;
}

// "dont" as children write it, and the like: the word that "not" follows.
std::string_view negatedWithoutApostrophe(std::string_view word) {
  static const std::map<std::string_view, std::string_view> words = {
      {"dont", "do"},         {"doesnt", "does"}, {"didnt", "did"},     {"isnt", "is"},
      {"arent", "are"},       {"wasnt", "was"},   {"werent", "were"},   {"cant", "can"},
      {"cannot", "can"},      {"wont", "will"},   {"wouldnt", "would"}, {"couldnt", "could"},
      {"shouldnt", "should"}, {"hasnt", "has"},   {"havent", "have"},   {"hadnt", "had"},
      {"aint", "is"},         {"dosent", "does"}, {"doesent", "does"},  {"dosnt", "does"}};
  const auto found = words.find(word);
  return found == words.end() ? std::string_view() : found->second;
}

// Words with apostrophes in them, as they are written, to words that are compared.
class WordList {
 public:
  // `shouted`: written in capitals throughout, where a capital says nothing.
  WordList(std::size_t most, bool shouted) : most_(most), shouted_(shouted) {}

  bool full() const { return words_.size() >= most_; }
  void startSentence() { sentence_start_ = true; }
  void startClause() { clause_start_ = true; }

  void add(std::string word, bool capital) {
    capital_ = capital;
    if (word.size() > kLongestWord) {
      std::size_t end = kLongestWord;  // not inside of a character
      while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xc0u) == 0x80) --end;
      word.resize(end);
    }
    const auto apostrophe = word.find('\'');
    const auto plain = negatedWithoutApostrophe(without(word, '\''));
    if (!plain.empty()) {
      push(std::string(plain));
      push("not");
      return;
    }
    if (apostrophe != std::string::npos) {
      const auto tail = word.substr(apostrophe + 1);
      word.resize(apostrophe);
      if (tail == "t" && !word.empty() && word.back() == 'n') {
        word.pop_back();
        push(std::move(word));
        push("not");
        return;
      }
      if (tail.size() > 2) word += tail;  // an apostrophe that does not belong there
    }
    if (word.empty()) return;
    // One capital letter is what things in pictures are called.
    if (capital && !shouted_ && word == "a" && !sentence_start_) word = "label-a";
    push(std::move(word));
  }

  std::vector<Word> take() { return std::move(words_); }

 private:
  static std::string without(const std::string& text, char c) {
    std::string rest;
    std::copy_if(text.begin(), text.end(), std::back_inserter(rest),
                 [&](char x) { return x != c; });
    return rest;
  }

  void push(std::string text) {
    if (full() || text.empty()) return;
    Word word;
    const auto numeral = numerals().find(text);
    if (numeral != numerals().end()) text = numeral->second;
    word.number = text[0] >= '0' && text[0] <= '9';
    word.function = isFunctionWord(text);
    word.stem = stemOf(text);
    word.text = std::move(text);
    word.sentence_start = sentence_start_;
    word.clause_start = clause_start_;
    word.capital = capital_;
    sentence_start_ = clause_start_ = false;
    words_.push_back(std::move(word));
  }

  std::size_t most_;
  bool shouted_;
  bool sentence_start_ = true;
  bool clause_start_ = false;
  bool capital_ = false;
  std::vector<Word> words_;
};

}  // namespace

std::vector<Word> wordsOf(std::string_view text, std::size_t most) {
  WordList list(
      most, std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; }));
  std::string word;
  bool digits = false;
  bool capital = false;
  const auto flush = [&] {
    while (!word.empty() && (word.back() == '\'' || word.back() == '.' || word.back() == ',')) {
      word.pop_back();
    }
    if (!word.empty()) list.add(std::move(word), capital);
    word.clear();
    digits = false;
    capital = false;
  };
  for (std::size_t at = 0; at < text.size() && !list.full();) {
    const auto point = nextPoint(text, at);
    const auto kind = kindOf(point);
    switch (kind) {
      case Kind::kLatin:
        if (digits) flush();
        if (word.empty()) capital = point >= 'A' && point <= 'Z';
        word += point < 0x80 ? static_cast<char>(point | 0x20) : plainLatin(point);
        break;
      case Kind::kOther:
        if (digits) flush();
        if (word.size() <= kLongestWord) appendPoint(word, point);
        break;
      case Kind::kDigit:
        if (!word.empty() && !digits) flush();
        digits = true;
        word += static_cast<char>(point);
        break;
      case Kind::kApostrophe:
        if (!word.empty() && !digits) word += '\'';
        break;
      case Kind::kPercent:
        flush();
        list.add("percent", false);
        break;
      case Kind::kStop:
      case Kind::kSemicolon:
      case Kind::kBetween: {
        const bool inside = digits && (point == '.' || point == ',') && at < text.size() &&
                            text[at] >= '0' && text[at] <= '9';
        if (inside) {
          if (point == '.') word += '.';
          break;
        }
        flush();
        if (kind == Kind::kStop) list.startSentence();
        if (kind == Kind::kSemicolon) list.startClause();
        break;
      }
    }
  }
  flush();
  return list.take();
}

Letters lettersOf(std::string_view text) {
  Letters letters;
  for (std::size_t at = 0; at < text.size();) {
    switch (kindOf(nextPoint(text, at))) {
      case Kind::kLatin:
        ++letters.latin;
        break;
      case Kind::kOther:
        ++letters.other;
        break;
      case Kind::kDigit:
        ++letters.digits;
        break;
      default:
        break;
    }
  }
  return letters;
}

bool isNegation(const Word& word) {
  static const std::set<std::string_view> words = {"not",     "no",      "never",   "none",
                                                   "nothing", "neither", "without", "nor",
                                                   "nobody",  "nowhere", "unable",  "hardly"};
  return words.count(word.text) > 0;
}

namespace {

// "Dr." and the like do not end a sentence.
bool isTitleBefore(std::string_view text, std::size_t stop) {
  for (const std::string_view title : {"Mr", "Mrs", "Ms", "Dr", "St"}) {
    if (stop < title.size() || text.substr(stop - title.size(), title.size()) != title) continue;
    if (stop == title.size() || text[stop - title.size() - 1] == ' ') return true;
  }
  return false;
}

}  // namespace

std::vector<std::string_view> sentencesOf(std::string_view text) {
  std::vector<std::string_view> sentences;
  std::size_t begin = 0;
  bool letters = false;
  const auto end = [&](std::size_t at) {
    if (letters) sentences.push_back(text.substr(begin, at - begin));
    begin = at;
    letters = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool ascii_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    letters = letters || ascii_letter || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (c == '!' || c == '?' || c == '\n') {
      // One line break is only a place where the line was full; after a short heading it is not.
      if (c != '\n' || (i + 1 < text.size() && (text[i + 1] == '\n' || text[i + 1] == '\r'))) {
        end(i + 1);
      }
      continue;
    }
    if (c != '.') continue;
    const auto next = text.find_first_not_of(" \t\r\n\"')", i + 1);
    const bool at_end = next == std::string_view::npos;
    const bool spaced = !at_end && next > i + 1;
    const bool initial =
        isTitleBefore(text, i) || (i >= 1 && text[i - 1] >= 'A' && text[i - 1] <= 'Z' &&
                                   (i < 2 || text[i - 2] == ' ' || text[i - 2] == '.'));
    if (at_end || (spaced && !initial && !(text[next] >= 'a' && text[next] <= 'z'))) end(i + 1);
  }
  end(text.size());
  return sentences;
}

int syllablesOf(std::string_view word) {
  const auto vowel = [&](std::size_t i) {
    return std::string_view("aeiouy").find(word[i]) != std::string_view::npos;
  };
  int groups = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (vowel(i) && (i == 0 || !vowel(i - 1))) ++groups;
  }
  const auto n = word.size();
  const bool silent_e = n > 2 && word[n - 1] == 'e' && !vowel(n - 2) &&
                        !(word[n - 2] == 'l' && n > 3 && !vowel(n - 3));
  const bool silent_ed = n > 3 && word.substr(n - 2) == "ed" && !vowel(n - 3) &&
                         word[n - 3] != 't' && word[n - 3] != 'd';
  if (silent_e || silent_ed) --groups;
  return std::max(groups, 1);
}

}  // namespace primer::writing
