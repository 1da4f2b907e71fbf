#include "primer/handwriting/lines/notation.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting::lines {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kCommands = {{
    {"×", "\\times"},
    {"÷", "\\div"},
    {"≤", "\\leq"},
    {"≥", "\\geq"},
    {"≠", "\\neq"},
    {"π", "\\pi"},
    {"√", "\\sqrt"},
    {"°", "^{\\circ}"},
    {"%", "\\%"},
    {"£", "\\pounds"},
    {"$", "\\$"},
}};

std::string_view commandOf(std::string_view symbol) {
  for (const auto& [text, command] : kCommands) {
    if (text == symbol) return command;
  }
  return symbol;
}

// A command that ends in a letter is parted from a letter that follows.
void append(std::string& latex, std::string_view more) {
  const auto slash = latex.rfind('\\');
  bool open = slash != std::string::npos && slash + 1 < latex.size();
  for (std::size_t i = slash + 1; open && i < latex.size(); ++i) {
    open = std::isalpha(static_cast<unsigned char>(latex[i])) != 0;
  }
  if (open && !more.empty() && std::isalpha(static_cast<unsigned char>(more[0])) != 0) latex += ' ';
  latex += more;
}

bool endsInDigit(const std::string& text) {
  return !text.empty() && text.back() >= '0' && text.back() <= '9';
}

bool isNumber(const Row& row, const std::vector<std::size_t>& labels) {
  return std::all_of(row.begin(), row.end(), [&labels](const Item& item) {
    return item.kind == Item::Kind::kSymbol && isDigit(labels[item.symbol]) && item.power.empty();
  });
}

std::string rootWithIndex(const std::string& index) {
  return index == "3" ? "∛" : "√[" + index + "]";
}

// Brackets around what is more than one sign.
std::string wrapped(const std::string& text, bool single) {
  return single ? text : "(" + text + ")";
}

}  // namespace

std::size_t classOf(std::string_view symbol) { return symbolIndex(symbol).value_or(kJunk); }

bool isDigit(std::size_t label) {
  static const std::size_t kZero = classOf("0");
  return label >= kZero && label < kZero + 10;
}

bool isLetter(std::size_t label) {
  static const SymbolSet kLetters = [] {
    auto set = SymbolSet::letters();
    set.add(classOf("π"));
    return set;
  }();
  return label != kJunk && kLetters.contains(label);
}

std::string toLatex(const Row& row, const std::vector<std::size_t>& labels) {
  std::string latex;
  for (const auto& item : row) {
    switch (item.kind) {
      case Item::Kind::kSymbol:
        append(latex, commandOf(symbolText(labels[item.symbol])));
        break;
      case Item::Kind::kFraction:
        latex +=
            "\\frac{" + toLatex(item.first, labels) + "}{" + toLatex(item.second, labels) + "}";
        break;
      case Item::Kind::kRoot:
        latex += "\\sqrt";
        if (!item.second.empty()) latex += "[" + toLatex(item.second, labels) + "]";
        latex += "{" + toLatex(item.first, labels) + "}";
        break;
    }
    if (!item.below.empty()) latex += "_{" + toLatex(item.below, labels) + "}";
    if (!item.power.empty()) latex += "^{" + toLatex(item.power, labels) + "}";
  }
  return latex;
}

std::string toText(const Row& row, const std::vector<std::size_t>& labels) {
  std::string text;
  const auto single = [](const Row& part) {
    return part.size() == 1 && part[0].kind == Item::Kind::kSymbol && part[0].power.empty() &&
           part[0].below.empty();
  };
  for (const auto& item : row) {
    switch (item.kind) {
      case Item::Kind::kSymbol:
        text += symbolText(labels[item.symbol]);
        break;
      case Item::Kind::kFraction:
        if (endsInDigit(text) && isNumber(item.first, labels) && isNumber(item.second, labels)) {
          // A mixed number, not a product.
          text += " " + toText(item.first, labels) + "/" + toText(item.second, labels);
        } else {
          text += "(" + toText(item.first, labels) + ")/(" + toText(item.second, labels) + ")";
        }
        break;
      case Item::Kind::kRoot:
        text += item.second.empty() ? "√" : rootWithIndex(toText(item.second, labels));
        text += "(" + toText(item.first, labels) + ")";
        break;
    }
    if (!item.below.empty()) text += "_" + wrapped(toText(item.below, labels), single(item.below));
    if (!item.power.empty()) text += "^" + wrapped(toText(item.power, labels), single(item.power));
  }
  return text;
}

}  // namespace primer::handwriting::lines
