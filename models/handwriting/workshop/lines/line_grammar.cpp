#include "lines/line_grammar.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting::workshop {

namespace {

using lines::Item;
using lines::Row;
using toolkit::Random;

constexpr std::size_t kMostSymbols = 26;

class Writer {
 public:
  explicit Writer(Random& random) : random_(random) {
    comma_ = random.chance(0.25);
    letter_ = pickLetter();
    other_ = pickLetter();
    divide_ = random.chance(0.6) ? "÷" : random.chance(0.6) ? ":" : "/";
  }

  NotationLine make() {
    Row row;
    const double kind = random_.uniform();
    if (kind < 0.20) {
      row = arithmetic();
    } else if (kind < 0.42) {
      row = equation();
    } else if (kind < 0.66) {
      row = expression();
    } else if (kind < 0.77) {
      row = fractionSum();
    } else if (kind < 0.84) {
      row = quantity();
    } else if (kind < 0.91) {
      row = formula();
    } else if (kind < 0.94) {
      row = list();
    } else {
      row = few();
    }
    return {std::move(row), std::move(labels_)};
  }

  std::size_t count() const { return labels_.size(); }

 private:
  bool chance(double p) { return random_.chance(p); }

  std::string_view pick(std::string_view list) {
    // One of the space-parted words.
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < list.size();) {
      const auto end = std::min(list.find(' ', at), list.size());
      words.push_back(list.substr(at, end - at));
      at = end + 1;
    }
    return words[random_.below(words.size())];
  }

  std::string_view pickLetter() {
    if (chance(0.86)) return pick("x x x x x x y y y n n a a b b c");
    if (chance(0.86)) return pick("t t k m m p r s z z d h u v w q t k e f g i l");
    if (chance(0.50)) return pick("π π π");
    return pick("A B C P S V F R T");
  }

  Item symbol(std::string_view text) {
    Item item;
    item.symbol = labels_.size();
    labels_.push_back(lines::classOf(text));
    return item;
  }
  void add(Row& row, std::string_view text) { row.push_back(symbol(text)); }
  static void join(Row& row, Row more) {
    row.insert(row.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
  }
  void addDigits(Row& row, const std::string& digits) {
    for (const char& digit : digits) add(row, std::string_view(&digit, 1));
  }

  Row whole(int most_digits) {
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

  Row decimal() {
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

  Row fractionOf(Row top, Row bottom) {
    // The bar's number comes between them only in name; the composer knows the order of writing.
    Item item = symbol("-");
    item.kind = Item::Kind::kFraction;
    item.first = std::move(top);
    item.second = std::move(bottom);
    return {item};
  }

  Row numberFraction() {
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

  Row number() {
    const double kind = random_.uniform();
    if (kind < 0.62) return whole(4);
    if (kind < 0.84) return decimal();
    if (kind < 0.94) return numberFraction();
    Row row = whole(1);
    join(row, fractionOf(whole(1), whole(1)));
    return row;
  }

  std::string_view sign() {
    const double kind = random_.uniform();
    if (kind < 0.36) return "+";
    if (kind < 0.66) return "-";
    if (kind < 0.86) return "×";
    return divide_;
  }

  std::string_view relation() {
    if (chance(0.78)) return "=";
    return pick("< > ≤ ≥ ≠ < >");
  }

  Row bracketed(Row inner_before, int terms, int depth) {
    Row row = std::move(inner_before);
    add(row, "(");
    join(row, sum(terms, depth + 1));
    add(row, ")");
    if (chance(0.3)) row.back().power = exponent();
    return row;
  }

  Row exponent() {
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

  std::string_view letterOrOther() { return chance(0.65) ? letter_ : other_; }

  Row root(int depth) {
    Item item = symbol("√");
    item.kind = Item::Kind::kRoot;
    if (chance(0.14)) add(item.second, pick("3 3 4 n 5"));
    item.first = chance(0.5) ? whole(3) : sum(1 + static_cast<int>(random_.below(2)), depth + 1);
    return {item};
  }

  // A product without sign: 3x, 2xy, x^2, 4(x+1), √2.
  Row factor(int depth) {
    Row row;
    const double kind = random_.uniform();
    if (kind < 0.30) return whole(3);
    if (kind < 0.34) return decimal();
    if (kind < 0.78 || depth > 2 || count() > kMostSymbols / 2) {
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

  Row letters() {
    Row row;
    add(row, letterOrOther());
    return row;
  }

  Row sum(int terms, int depth) {
    Row row;
    if (chance(0.07)) add(row, "-");
    join(row, factor(depth));
    for (int k = 1; k < terms && count() < kMostSymbols; ++k) {
      add(row, chance(0.85) ? pick("+ -") : sign());
      join(row, factor(depth));
    }
    return row;
  }

  Row arithmetic() {
    Row row = number();
    const auto operations = 1 + random_.below(2);
    for (std::size_t k = 0; k < operations && count() < kMostSymbols; ++k) {
      add(row, sign());
      if (chance(0.1)) {
        add(row, "(");
        join(row, number());
        add(row, sign());
        join(row, number());
        add(row, ")");
      } else {
        join(row, number());
      }
    }
    if (chance(0.65)) {
      add(row, relation());
      join(row, number());
    }
    return row;
  }

  Row equation() {
    Row row;
    if (chance(0.3)) {
      add(row, letter_);
    } else {
      row = sum(1 + static_cast<int>(random_.below(3)), 0);
    }
    add(row, relation());
    if (count() < kMostSymbols) {
      if (chance(0.06)) add(row, "-");
      join(row, chance(0.6) ? number() : sum(1 + static_cast<int>(random_.below(2)), 1));
    }
    return row;
  }

  Row expression() { return sum(1 + static_cast<int>(random_.below(3)), 0); }

  Row fractionSum() {
    Row row = numberFraction();
    add(row, sign());
    join(row, chance(0.8) ? numberFraction() : whole(2));
    if (chance(0.7)) {
      add(row, "=");
      join(row, chance(0.7) ? numberFraction() : whole(2));
    }
    return row;
  }

  Row quantity() {
    Row row;
    const double kind = random_.uniform();
    if (chance(0.25)) {
      add(row, letter_);
      add(row, "=");
    }
    if (kind < 0.45) {
      join(row, chance(0.5) ? whole(3) : decimal());
      const auto unit = pick("c_m c_m k_g k_g m m_m k_m g l h s");
      for (const char& c : unit) {
        if (c != '_') add(row, std::string_view(&c, 1));
      }
      if (unit != "l" && chance(0.15))
        row.back().power = [this] {
          Row two;
          add(two, pick("2 2 3"));
          return two;
        }();
    } else if (kind < 0.65) {
      join(row, whole(2));
      add(row, "%");
      if (chance(0.4)) {
        add(row, "×");
        join(row, whole(3));
      }
    } else if (kind < 0.82) {
      if (chance(0.5)) {
        add(row, pick("€ £ €"));
        join(row, chance(0.5) ? decimal() : whole(2));
      } else {
        join(row, chance(0.5) ? decimal() : whole(2));
        add(row, "€");
      }
    } else {
      join(row, whole(3));
      add(row, "°");
    }
    return row;
  }

  Row formula() {
    Row row;
    const auto squared = [this](std::string_view letter) {
      Item item = symbol(letter);
      add(item.power, "2");
      return item;
    };
    switch (random_.below(6)) {
      case 0:
        add(row, pick("A S"));
        add(row, "=");
        add(row, "π");
        row.push_back(squared("r"));
        break;
      case 1: {
        row.push_back(squared("a"));
        add(row, "+");
        row.push_back(squared("b"));
        add(row, "=");
        row.push_back(squared("c"));
        break;
      }
      case 2: {
        add(row, "y");
        add(row, "=");
        add(row, pick("m a 2 3 -"));
        add(row, "x");
        add(row, pick("+ -"));
        add(row, pick("b c 1 5 7"));
        break;
      }
      case 3: {
        add(row, "c");
        add(row, "=");
        Item item = symbol("√");
        item.kind = Item::Kind::kRoot;
        item.first.push_back(squared("a"));
        add(item.first, "+");
        item.first.push_back(squared("b"));
        row.push_back(item);
        break;
      }
      case 4: {
        add(row, "2");
        add(row, "π");
        add(row, "r");
        break;
      }
      default: {
        Item base = symbol("(");
        row.push_back(base);
        add(row, "a");
        add(row, pick("+ -"));
        add(row, "b");
        add(row, ")");
        add(row.back().power, "2");
        break;
      }
    }
    return row;
  }

  Row list() {
    Row row;
    if (chance(0.6)) {
      add(row, "(");
      join(row, chance(0.7) ? whole(2) : letters());
      add(row, ",");
      join(row, chance(0.7) ? whole(2) : letters());
      add(row, ")");
    } else {
      add(row, letter_);
      add(row, "=");
      join(row, whole(2));
      add(row, ",");
      join(row, whole(2));
    }
    return row;
  }

  // Answers and beginnings: a number, a letter, "= 12".
  Row few() {
    if (chance(0.35)) return number();
    Row row;
    if (chance(0.4)) {
      add(row, relation());
      join(row, number());
    } else {
      row = factor(0);
      if (chance(0.3)) add(row, pick("+ - ="));
    }
    return row;
  }

  Random& random_;
  std::vector<std::size_t> labels_;
  bool comma_ = false;
  std::string_view letter_;
  std::string_view other_;
  std::string_view divide_;
};

}  // namespace

NotationLine makeNotation(Random& random) {
  for (;;) {
    NotationLine line = Writer(random).make();
    if (!line.row.empty() && line.labels.size() <= kMostSymbols + 6) return line;
  }
}

}  // namespace primer::handwriting::workshop
