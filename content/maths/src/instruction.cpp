#include "instruction.h"

#include <cctype>
#include <map>
#include <optional>

#include "characters.h"

namespace primer::maths {

namespace {

// The instruction around the maths, taken off piece by piece.
class Instruction {
 public:
  explicit Instruction(const std::string& text) : text_(text), small_(lower(text)) {}

  // Whether the phrase stands in the text; it is taken out.
  bool take(const std::string& phrase) {
    for (std::size_t at = small_.find(phrase); at != std::string::npos;
         at = small_.find(phrase, at + 1)) {
      const auto end = at + phrase.size();
      const bool starts = at == 0 || !letter(small_[at - 1]);
      const bool ends = end == small_.size() || !letter(small_[end]) || !letter(phrase.back());
      if (!starts || !ends || (at > 0 && small_[at - 1] == '\\')) continue;
      text_.replace(at, phrase.size(), " ");
      small_.replace(at, phrase.size(), " ");
      taken_ = true;
      return true;
    }
    return false;
  }

  // The number behind a phrase ("to 2 decimal places"): taken out with what follows it.
  std::optional<int> takeNumberBefore(const std::string& phrase) {
    const auto at = small_.find(phrase);
    if (at == std::string::npos) return std::nullopt;
    std::size_t i = at;
    while (i > 0 && small_[i - 1] == ' ') --i;
    std::size_t end = i;
    while (i > 0 && std::isalnum(static_cast<unsigned char>(small_[i - 1])) != 0) --i;
    const std::string word = small_.substr(i, end - i);
    static const std::map<std::string, int> kWords = {
        {"one", 1}, {"two", 2}, {"three", 3}, {"1", 1}, {"2", 2}, {"3", 3}, {"4", 4}, {"0", 0}};
    const auto found = kWords.find(word);
    if (found == kWords.end()) return std::nullopt;
    erase(i, at + phrase.size() - i);
    return found->second;
  }

  std::string rest() const { return text_; }
  bool taken() const { return taken_; }

  // The single letter behind a phrase: "solve for x".
  std::string takeLetterAfter(const std::string& phrase) {
    const auto at = small_.find(phrase);
    if (at == std::string::npos) return {};
    std::size_t i = at + phrase.size();
    while (i < small_.size() && small_[i] == ' ') ++i;
    if (i >= small_.size() || !letter(small_[i])) return {};
    if (i + 1 < small_.size() && letter(small_[i + 1])) return {};
    const std::string letter = text_.substr(i, 1);
    erase(at, i + 1 - at);
    return letter;
  }

 private:
  void erase(std::size_t at, std::size_t count) {
    text_.replace(at, count, " ");
    small_.replace(at, count, " ");
    taken_ = true;
  }

  std::string text_;
  std::string small_;
  bool taken_ = false;
};

}  // namespace

Asked readInstruction(const std::string& whole) {
  Instruction text(whole);
  Asked asked;
  auto& form = asked.form;
  const auto any = [&](std::initializer_list<const char*> phrases) {
    bool found = false;
    for (const char* phrase : phrases) found = text.take(phrase) || found;
    return found;
  };
  for (const char* phrase : {"make", "solve for", "for", "in terms of"}) {
    if (std::string(phrase) == "make" || std::string(phrase) == "solve for") {
      const auto letter = text.takeLetterAfter(phrase);
      if (letter.empty()) continue;
      asked.subject = letter;
      asked.solve = true;
    }
  }
  any({"the subject of the formula", "the subject of", "the subject"});
  if (const auto places = text.takeNumberBefore("decimal place")) form.places = places;
  if (const auto places = text.takeNumberBefore("d.p.")) form.places = places;
  if (const auto places = text.takeNumberBefore("dp")) form.places = places;
  if (any({"to the nearest whole number", "to the nearest integer"})) form.places = 0;
  if (any({"to the nearest tenth"})) form.places = 1;
  if (any({"to the nearest hundredth"})) form.places = 2;
  if (any({"to the nearest ten"})) form.places = -1;
  if (any({"to the nearest hundred"})) form.places = -2;
  if (form.places) any({"round your answer", "round", "correct to", "rounded", "to", "s"});
  if (any({"as a mixed number", "as mixed number", "to a mixed number", "into a mixed number"}))
    form.mixed = true;
  if (any({"with a remainder", "with remainder"})) form.remainder = true;
  if (any({"as a decimal", "to a decimal", "into a decimal"})) form.decimal = true;
  if (any({"as a fraction", "as an improper fraction", "to an improper fraction",
           "into an improper fraction", "to a fraction", "into a fraction"}))
    form.fraction = true;
  if (any({"in its lowest terms", "in lowest terms", "to lowest terms", "to its lowest terms",
           "in its simplest form", "in simplest form", "to its simplest form", "simplest form",
           "lowest terms"})) {
    form.lowest_terms = true;
  }
  if (any({"give your answer", "leave your answer", "write your answer", "give the answer"})) {
    any({"in", "as"});
  }
  if (any({"expand the brackets", "expand and simplify", "multiply out the brackets",
           "multiply out", "remove the brackets", "expand"})) {
    form.expand = true;
    asked.simplify = true;
  }
  if (any({"factorise fully", "factorize fully", "factorise completely", "factorise", "factorize",
           "factor"})) {
    form.factor = true;
    asked.simplify = true;
  }
  if (any({"simplify the expression", "simplify fully", "and simplify", "simplify", "cancel down",
           "reduce the fraction", "reduce", "collect like terms"})) {
    asked.simplify = true;
    form.lowest_terms = true;
  }
  if (any({"solve the simultaneous equations", "solve the system of equations", "solve the system",
           "solve the equations", "solve the equation", "solve the inequality", "solve"})) {
    asked.solve = true;
  }
  const bool larger = any({"which is larger", "which is bigger", "which is greater"});
  const bool smaller = any({"which is smaller", "which is less"});
  if (larger || smaller) form.larger = larger;
  if (larger || smaller || any({"compare", "fill in <, > or =", "put <, > or ="})) {
    asked.compare = true;
  }
  any({"work out the value of", "find the value of", "work out", "calculate", "evaluate", "compute",
       "what is the value of", "what is", "what's", "find", "how much is", "write", "convert",
       "change"});
  asked.maths = text.rest();
  return asked;
}

}  // namespace primer::maths
