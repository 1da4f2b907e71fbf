#include "lines/notation_terms.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace primer::handwriting::workshop {

NotationTerms::NotationTerms(toolkit::Random& random) : random_(random) {
  comma_ = random.chance(0.25);
  letter_ = pickLetter();
  other_ = pickLetter();
  divide_ = random.chance(0.6) ? "÷" : random.chance(0.6) ? ":" : "/";
}

bool NotationTerms::chance(double p) { return random_.chance(p); }

std::string_view NotationTerms::pick(std::string_view list) {
  // One of the space-parted words.
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < list.size();) {
    const auto end = std::min(list.find(' ', at), list.size());
    words.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return words[random_.below(words.size())];
}

std::string_view NotationTerms::pickLetter() {
  if (chance(0.86)) return pick("x x x x x x y y y n n a a b b c");
  if (chance(0.86)) return pick("t t k m m p r s z z d h u v w q t k e f g i l");
  if (chance(0.50)) return pick("π π π");
  return pick("A B C P S V F R T");
}

lines::Item NotationTerms::symbol(std::string_view text) {
  Item item;
  item.symbol = labels_.size();
  labels_.push_back(lines::classOf(text));
  return item;
}

void NotationTerms::add(Row& row, std::string_view text) { row.push_back(symbol(text)); }

void NotationTerms::join(Row& row, Row more) {
  row.insert(row.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void NotationTerms::addDigits(Row& row, const std::string& digits) {
  for (const char& digit : digits) add(row, std::string_view(&digit, 1));
}

lines::Row NotationTerms::whole(int most_digits) {
  Row row;
  // Short numbers are the most.
  int digits = 1;
  while (digits < most_digits && chance(0.45)) ++digits;
  std::string text(1, static_cast<char>('1' + random_.below(9)));
  for (int k = 1; k < digits; ++k) text += static_cast<char>('0' + random_.below(10));
  if (digits == 1 && chance(0.08)) text = "0";
  addDigits(row, text);
  return row;
}

lines::Row NotationTerms::decimal() {
  Row row;
  if (chance(0.35)) {
    add(row, "0");
  } else {
    row = whole(3);
  }
  add(row, comma_ ? "," : ".");
  const auto places = 1 + random_.below(3);
  for (std::size_t k = 0; k < places; ++k) {
    const auto digit = static_cast<char>('0' + random_.below(10));
    add(row, std::string_view(&digit, 1));
  }
  return row;
}

lines::Row NotationTerms::fractionOf(Row top, Row bottom) {
  // The bar's number comes between them only in name; the composer knows the order of writing.
  Item item = symbol("-");
  item.kind = Item::Kind::kFraction;
  item.first = std::move(top);
  item.second = std::move(bottom);
  return {item};
}

lines::Row NotationTerms::numberFraction() {
  if (chance(0.2)) {
    Row row = whole(2);
    add(row, "/");
    join(row, whole(2));
    return row;
  }
  Row top = whole(2);
  Row bottom = whole(2);
  return fractionOf(std::move(top), std::move(bottom));
}

lines::Row NotationTerms::number() {
  const double kind = random_.uniform();
  if (kind < 0.62) return whole(4);
  if (kind < 0.84) return decimal();
  if (kind < 0.94) return numberFraction();
  Row row = whole(1);
  join(row, fractionOf(whole(1), whole(1)));
  return row;
}

std::string_view NotationTerms::sign() {
  const double kind = random_.uniform();
  if (kind < 0.36) return "+";
  if (kind < 0.66) return "-";
  if (kind < 0.86) return "×";
  return divide_;
}

std::string_view NotationTerms::relation() {
  if (chance(0.78)) return "=";
  return pick("< > ≤ ≥ ≠ < >");
}

lines::Row NotationTerms::bracketed(Row inner_before, int terms, int depth) {
  Row row = std::move(inner_before);
  add(row, "(");
  join(row, sum(terms, depth + 1));
  add(row, ")");
  if (chance(0.3)) row.back().power = exponent();
  return row;
}

lines::Row NotationTerms::exponent() {
  Row row;
  if (chance(0.62)) {
    add(row, pick("2 2 2 2 3 3 4 5 6"));
  } else if (chance(0.35)) {
    add(row, letterOrOther());
  } else if (chance(0.5)) {
    join(row, whole(2));
  } else if (chance(0.4)) {
    add(row, "-");
    join(row, whole(1));
  } else if (chance(0.6)) {
    add(row, letterOrOther());
    add(row, pick("+ -"));
    add(row, pick("1 2 1"));
  } else {
    Row top = whole(1);
    Row bottom = whole(1);
    row = fractionOf(std::move(top), std::move(bottom));
  }
  return row;
}

std::string_view NotationTerms::letterOrOther() { return chance(0.65) ? letter_ : other_; }

lines::Row NotationTerms::root(int depth) {
  Item item = symbol("√");
  item.kind = Item::Kind::kRoot;
  if (chance(0.14)) add(item.second, pick("3 3 4 n 5"));
  item.first = chance(0.5) ? whole(3) : sum(1 + static_cast<int>(random_.below(2)), depth + 1);
  return {item};
}

lines::Row NotationTerms::factor(int depth) {
  Row row;
  const double kind = random_.uniform();
  if (kind < 0.30) return whole(3);
  if (kind < 0.34) return decimal();
  if (kind < 0.78 || depth > 2 || count() > kMostNotationSymbols / 2) {
    if (chance(0.5)) row = whole(2);
    const auto letters = chance(0.8) ? 1 : 2;
    for (int k = 0; k < letters; ++k) {
      add(row, k == 0 ? letterOrOther() : other_);
      if (chance(0.30)) row.back().power = exponent();
      if (row.back().power.empty() && chance(0.03)) add(row.back().below, pick("1 2 0 n 3"));
    }
    return row;
  }
  if (kind < 0.86) {
    if (chance(0.6)) row = chance(0.6) ? whole(1) : letters();
    return bracketed(std::move(row), 2, depth);
  }
  if (kind < 0.93) return root(depth);
  Row top = sum(chance(0.6) ? 1 : 2, depth + 1);
  Row bottom = sum(chance(0.75) ? 1 : 2, depth + 1);
  return fractionOf(std::move(top), std::move(bottom));
}

lines::Row NotationTerms::letters() {
  Row row;
  add(row, letterOrOther());
  return row;
}

lines::Row NotationTerms::sum(int terms, int depth) {
  Row row;
  if (chance(0.07)) add(row, "-");
  join(row, factor(depth));
  for (int k = 1; k < terms && count() < kMostNotationSymbols; ++k) {
    add(row, chance(0.85) ? pick("+ -") : sign());
    join(row, factor(depth));
  }
  return row;
}

}  // namespace primer::handwriting::workshop
