#include "src/lines/plausibility.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting::lines {

namespace {

enum class Token : std::uint8_t {
  kEdge,  // the beginning or the end of a row
  kDigit,
  kLetter,
  kPlusMinus,
  kTimes,
  kSlash,
  kRelation,
  kOpen,
  kClose,
  kMark,    // a decimal point or comma
  kSuffix,  // % ° and money after the number
  kBlock,   // a fraction or a root
  kOther,
};
constexpr std::size_t kTokens = 13;

Token tokenOf(std::size_t label) {
  static const std::array<Token, kSymbolCount> kTable = [] {
    std::array<Token, kSymbolCount> table;
    table.fill(Token::kOther);
    const auto put = [&table](std::string_view symbols, Token token) {
      const auto set = SymbolSet::of(symbols).value_or(SymbolSet{});
      for (std::size_t i = 0; i < kJunk; ++i) {
        if (set.contains(i)) table[i] = token;
      }
    };
    put("0123456789", Token::kDigit);
    put("+-", Token::kPlusMinus);
    put("×÷:*", Token::kTimes);
    put("/", Token::kSlash);
    put("=<>≤≥≠", Token::kRelation);
    put("([{", Token::kOpen);
    put(")]}", Token::kClose);
    put(".,", Token::kMark);
    put("%°€£$", Token::kSuffix);
    put("√", Token::kBlock);
    for (std::size_t i = 0; i < kJunk; ++i) {
      if (isLetter(i)) table[i] = Token::kLetter;
    }
    return table;
  }();
  return kTable[label];
}

// What it costs, in nats, that the second stands right after the first.
constexpr std::array<std::array<float, kTokens>, kTokens> kPairs = {{
    // edge digit letter +- x slash rel ( ) .,  suff block other
    {{0, 0, 0, .4f, 4, 4, .8f, 0, 4, 3, 1, 0, 2}},                    // edge
    {{0, 0, 0, 0, 0, .3f, 0, .3f, 0, .3f, 0, .2f, 1}},                // digit
    {{0, 1.6f, .4f, 0, .3f, .5f, 0, .4f, 0, 1.6f, 1, .4f, 1}},        // letter
    {{3, 0, 0, 3, 4, 4, 4, 0, 5, 4, 1.5f, 0, 2}},                     // + -
    {{4, 0, .3f, 1.2f, 5, 5, 4, 0, 5, 4, 1.5f, .2f, 2}},              // times
    {{4, 0, .3f, 2, 5, 5, 5, .2f, 5, 4, 2, .8f, 2}},                  // slash
    {{1.2f, 0, 0, .3f, 4, 4, 4, .1f, 5, 2.5f, .8f, 0, 2}},            // relation
    {{4, 0, 0, .3f, 4, 4, 4, .8f, 4, 4, 2, .2f, 2}},                  // (
    {{0, 1.6f, .6f, 0, .2f, .3f, 0, .2f, .3f, 1.2f, .8f, 1, 1}},      // )
    {{1.8f, 0, 1.2f, 2.5f, 4, 4, 4, 2.5f, 4, 4, 3, 3, 2}},            // . ,
    {{0, .8f, .8f, 0, .2f, .4f, 0, .8f, 0, 1.2f, 1.5f, 1.5f, 1.5f}},  // suffix
    {{0, .9f, .2f, 0, .1f, .5f, 0, .2f, 0, 2, .8f, .6f, 1.5f}},       // block
    {{1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1.5f, 1.5f, 1}},                  // other
}};

float pairCost(Token a, Token b) {
  return kPairs[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
}

class Judge {
 public:
  explicit Judge(const std::vector<std::size_t>& labels) : labels_(labels) {}

  float cost(const Row& row) {
    line(row, Place::kLine);
    return cost_ + letters();
  }

 private:
  enum class Place : std::uint8_t { kLine, kPart, kPower };

  void line(const Row& row, Place place) {
    Token before = Token::kEdge;
    int open = 0;
    std::size_t marks_in_number = 0;
    bool raised_before = false;
    bool zero_first = false;  // the number began with a 0
    for (const auto& item : row) {
      const Token token =
          item.kind == Item::Kind::kSymbol ? tokenOf(labels_[item.symbol]) : Token::kBlock;
      float pair = pairCost(before, token);
      // Behind a power a digit or another power is as rare as behind a letter.
      if (raised_before && token == Token::kDigit) pair = std::max(pair, 1.6f);
      if (raised_before && token == Token::kMark) pair = std::max(pair, 2.5f);
      cost_ += pair;
      // 01 is an a, a 6 or a 9 in two strokes more often than a number.
      if (zero_first && token == Token::kDigit) cost_ += kLeadingZero;
      zero_first = token == Token::kDigit && before != Token::kDigit && before != Token::kMark &&
                   labels_[item.symbol] == kZero_ && item.power.empty();
      if (item.kind == Item::Kind::kSymbol) symbol(item, token, open);
      if (token == Token::kRelation && place != Place::kLine) cost_ += 3;
      marks_in_number = token == Token::kMark    ? marks_in_number + 1
                        : token == Token::kDigit ? marks_in_number
                                                 : 0;
      if (marks_in_number > 1) cost_ += 0.8f;
      if (item.kind != Item::Kind::kSymbol) {
        line(item.first, Place::kPart);
        if (!item.second.empty()) line(item.second, Place::kPart);
        if (item.first.empty()) cost_ += 4;
        if (item.kind == Item::Kind::kFraction && item.second.empty()) cost_ += 4;
      }
      if (!item.power.empty()) power(item);
      if (!item.below.empty()) {
        cost_ += 1.4f;
        line(item.below, Place::kPower);
      }
      raised_before = !item.power.empty();
      before = token;
    }
    cost_ += pairCost(before, Token::kEdge);
    if (before == Token::kRelation && place == Place::kLine && row.size() > 2) cost_ -= 0.6f;
    cost_ += 2.5f * static_cast<float>(open);
  }

  void symbol(const Item& item, Token token, int& open) {
    const auto label = labels_[item.symbol];
    cost_ -= usualness(label);
    if (token == Token::kOpen) ++open;
    if (token == Token::kClose) {
      if (open == 0) {
        cost_ += 2.5f;
      } else {
        --open;
      }
    }
    if (token == Token::kLetter) letters_[label] += 1;
    // A root sign that holds nothing was left over.
    if (token == Token::kBlock) cost_ += 3;
  }

  void power(const Item& item) {
    const Token base =
        item.kind == Item::Kind::kSymbol ? tokenOf(labels_[item.symbol]) : Token::kBlock;
    cost_ += base == Token::kLetter || base == Token::kClose ? 0.3f : 1.0f;
    if (item.power.size() > 3) cost_ += 0.5f * static_cast<float>(item.power.size() - 3);
    line(item.power, Place::kPower);
  }

  // A line has one or two letters, seldom four.
  float letters() const {
    float sum = 0;
    std::size_t different = 0;
    for (std::size_t i = 0; i < kJunk; ++i) different += letters_[i] > 0 ? 1 : 0;
    for (std::size_t k = 0; k < different; ++k) sum += k < 2 ? 0.35f : k < 4 ? 0.5f : 0.8f;
    return sum;
  }

  static constexpr float kLeadingZero = 1.5f;

  const std::size_t kZero_ = classOf("0");
  const std::vector<std::size_t>& labels_;
  std::array<int, kSymbolCount> letters_{};
  float cost_ = 0;
};

}  // namespace

float usualness(std::size_t label) {
  static const std::array<float, kSymbolCount> kTable = [] {
    std::array<float, kSymbolCount> table;
    table.fill(kNever);
    const auto put = [&table](std::string_view symbols, float value) {
      const auto set = SymbolSet::of(symbols).value_or(SymbolSet{});
      for (std::size_t i = 0; i < kJunk; ++i) {
        if (set.contains(i)) table[i] = value;
      }
    };
    put("ABCDEFGHIJKLMNOPQRSTUVWXYZ", -3.0f);
    put("!|[]{}*$~", -4.5f);
    put("defghijlopqrstuvwz", -1.8f);
    put("kmg", -1.2f);
    put("%°€£:", -0.8f);
    put("≠π", -0.3f);
    put("0123456789+-=()/.,<>≤≥÷×√xyabcn", 0);
    return table;
  }();
  return kTable[label];
}

float plausibilityOf(const Row& row, const std::vector<std::size_t>& labels) {
  return -Judge(labels).cost(row);
}

}  // namespace primer::handwriting::lines
