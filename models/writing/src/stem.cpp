// The suffix stripper of Porter (1980), "An algorithm for suffix stripping", and irregular forms.

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "primer/writing/words.h"

namespace primer::writing {

namespace {

const std::map<std::string_view, std::string_view>& irregular() {
  static const std::map<std::string_view, std::string_view> forms = {
      {"went", "go"},        {"gone", "go"},       {"goes", "go"},       {"broke", "break"},
      {"broken", "break"},   {"grew", "grow"},     {"grown", "grow"},    {"got", "get"},
      {"gotten", "get"},     {"made", "make"},     {"saw", "see"},       {"seen", "see"},
      {"took", "take"},      {"taken", "take"},    {"gave", "give"},     {"given", "give"},
      {"came", "come"},      {"became", "become"}, {"kept", "keep"},     {"left", "leave"},
      {"felt", "feel"},      {"held", "hold"},     {"found", "find"},    {"said", "say"},
      {"told", "tell"},      {"thought", "think"}, {"knew", "know"},     {"known", "know"},
      {"shown", "show"},     {"ran", "run"},       {"rose", "rise"},     {"risen", "rise"},
      {"fell", "fall"},      {"fallen", "fall"},   {"froze", "freeze"},  {"frozen", "freeze"},
      {"melted", "melt"},    {"blew", "blow"},     {"blown", "blow"},    {"flew", "fly"},
      {"wore", "wear"},      {"worn", "wear"},     {"stuck", "stick"},   {"stood", "stand"},
      {"built", "build"},    {"bent", "bend"},     {"sank", "sink"},     {"sunk", "sink"},
      {"began", "begin"},    {"begun", "begin"},   {"ate", "eat"},       {"eaten", "eat"},
      {"drank", "drink"},    {"hidden", "hide"},   {"hid", "hide"},      {"caught", "catch"},
      {"brought", "bring"},  {"bought", "buy"},    {"lost", "lose"},     {"met", "meet"},
      {"spun", "spin"},      {"swam", "swim"},     {"wrote", "write"},   {"written", "write"},
      {"children", "child"}, {"leaves", "leaf"},   {"men", "man"},       {"women", "woman"},
      {"feet", "foot"},      {"mice", "mouse"},    {"teeth", "tooth"},   {"better", "good"},
      {"best", "good"},      {"worse", "bad"},     {"worst", "bad"},     {"is", "be"},
      {"are", "be"},         {"was", "be"},        {"were", "be"},       {"been", "be"},
      {"am", "be"},          {"has", "have"},      {"had", "have"},      {"does", "do"},
      {"did", "do"},         {"done", "do"},       {"an", "a"},          {"water", "water"},
      {"heard", "hear"},     {"tore", "tear"},     {"torn", "tear"},     {"shook", "shake"},
      {"lit", "light"},      {"slid", "slide"},    {"sent", "send"},     {"sound", "sound"},
      {"paper", "paper"},    {"layer", "layer"},   {"power", "power"},   {"river", "river"},
      {"matter", "matter"},  {"number", "number"}, {"flower", "flower"}, {"shower", "shower"}};
  return forms;
}

class Stemmer {
 public:
  explicit Stemmer(std::string_view word) : word_(word) {}

  std::string run() {
    plurals();
    pasts();
    if (ends("y") && hasVowel(word_.size() - 1)) word_.back() = 'i';
    replaceLongest(kSecond, 0);
    replaceLongest(kThird, 0);
    fourth();
    fifth();
    return std::move(word_);
  }

 private:
  struct Rule {
    std::string_view suffix, other;
  };

  bool consonant(std::size_t i) const {
    switch (word_[i]) {
      case 'a':
      case 'e':
      case 'i':
      case 'o':
      case 'u':
        return false;
      case 'y':
        return i == 0 || !consonant(i - 1);
      default:
        return true;
    }
  }

  // How often a vowel is followed by a consonant in the first `length` letters.
  int measure(std::size_t length) const {
    int count = 0;
    bool after_vowel = false;
    for (std::size_t i = 0; i < length; ++i) {
      const bool is_consonant = consonant(i);
      if (is_consonant && after_vowel) ++count;
      after_vowel = !is_consonant;
    }
    return count;
  }

  bool hasVowel(std::size_t length) const {
    for (std::size_t i = 0; i < length; ++i) {
      if (!consonant(i)) return true;
    }
    return false;
  }

  bool ends(std::string_view suffix) const {
    return word_.size() > suffix.size() &&
           std::string_view(word_).substr(word_.size() - suffix.size()) == suffix;
  }

  bool doubled() const {
    const auto n = word_.size();
    return n >= 2 && word_[n - 1] == word_[n - 2] && consonant(n - 1);
  }

  // Consonant, vowel, consonant at the end, the last not w, x or y: "hop".
  bool shortEnd(std::size_t n) const {
    if (n < 3 || !consonant(n - 1) || consonant(n - 2) || !consonant(n - 3)) return false;
    return word_[n - 1] != 'w' && word_[n - 1] != 'x' && word_[n - 1] != 'y';
  }

  void cut(std::size_t count) { word_.resize(word_.size() - count); }

  void plurals() {
    if (ends("sses") || ends("ies")) {
      cut(2);
    } else if (ends("s") && !ends("ss")) {
      cut(1);
    }
  }

  void pasts() {
    if (ends("eed")) {
      if (measure(word_.size() - 3) > 0) cut(1);
      return;
    }
    if (ends("ed") && hasVowel(word_.size() - 2)) {
      cut(2);
    } else if (ends("ing") && hasVowel(word_.size() - 3)) {
      cut(3);
    } else {
      return;
    }
    if (ends("at") || ends("bl") || ends("iz")) {
      word_ += 'e';
    } else if (doubled() && word_.back() != 'l' && word_.back() != 's' && word_.back() != 'z') {
      cut(1);
    } else if (measure(word_.size()) == 1 && shortEnd(word_.size())) {
      word_ += 'e';
    }
  }

  template <std::size_t N>
  void replaceLongest(const std::array<Rule, N>& rules, int least) {
    for (const auto& rule : rules) {
      if (!ends(rule.suffix)) continue;
      const auto stem = word_.size() - rule.suffix.size();
      if (measure(stem) > least) word_.replace(stem, std::string::npos, rule.other);
      return;
    }
  }

  void fourth() {
    if (ends("ion")) {
      const auto stem = word_.size() - 3;
      if (measure(stem) > 1 && (word_[stem - 1] == 's' || word_[stem - 1] == 't')) cut(3);
      return;
    }
    replaceLongest(kFourth, 1);
  }

  void fifth() {
    if (ends("e")) {
      const auto stem = word_.size() - 1;
      const int m = measure(stem);
      if (m > 1 || (m == 1 && !shortEnd(stem))) cut(1);
    }
    if (ends("ll") && measure(word_.size() - 1) > 1) cut(1);
  }

  static constexpr std::array<Rule, 20> kSecond = {
      {{"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"},   {"anci", "ance"},
       {"izer", "ize"},    {"abli", "able"},   {"alli", "al"},     {"entli", "ent"},
       {"eli", "e"},       {"ousli", "ous"},   {"ization", "ize"}, {"ation", "ate"},
       {"ator", "ate"},    {"alism", "al"},    {"iveness", "ive"}, {"fulness", "ful"},
       {"ousness", "ous"}, {"aliti", "al"},    {"iviti", "ive"},   {"biliti", "ble"}}};
  static constexpr std::array<Rule, 7> kThird = {{{"icate", "ic"},
                                                  {"ative", ""},
                                                  {"alize", "al"},
                                                  {"iciti", "ic"},
                                                  {"ical", "ic"},
                                                  {"ful", ""},
                                                  {"ness", ""}}};
  static constexpr std::array<Rule, 18> kFourth = {{{"al", ""},
                                                    {"ance", ""},
                                                    {"ence", ""},
                                                    {"er", ""},
                                                    {"ic", ""},
                                                    {"able", ""},
                                                    {"ible", ""},
                                                    {"ant", ""},
                                                    {"ement", ""},
                                                    {"ment", ""},
                                                    {"ent", ""},
                                                    {"ou", ""},
                                                    {"ism", ""},
                                                    {"ate", ""},
                                                    {"iti", ""},
                                                    {"ous", ""},
                                                    {"ive", ""},
                                                    {"ize", ""}}};

  std::string word_;
};

}  // namespace

std::string stemOf(std::string_view word) {
  if (word.size() <= 2 || word.size() > 40) return std::string(word.substr(0, 40));
  for (const char c : word) {
    if (c < 'a' || c > 'z') return std::string(word);
  }
  const auto found = irregular().find(word);
  if (found != irregular().end()) return std::string(found->second);
  return Stemmer(word).run();
}

}  // namespace primer::writing
