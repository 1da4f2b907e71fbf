#include "lines/line_grammar.h"

#include <utility>

#include "lines/notation_terms.h"

namespace primer::handwriting::workshop {

namespace {

using toolkit::Random;

class LineWriter : private NotationTerms {
 public:
  explicit LineWriter(Random& random) : NotationTerms(random) {}

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

 private:
  Row arithmetic() {
    Row row = number();
    const auto operations = 1 + random_.below(2);
    for (std::size_t k = 0; k < operations && count() < kMostNotationSymbols; ++k) {
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
    if (count() < kMostNotationSymbols) {
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
};

}  // namespace

NotationLine makeNotation(Random& random) {
  for (;;) {
    NotationLine line = LineWriter(random).make();
    if (!line.row.empty() && line.labels.size() <= kMostNotationSymbols + 6) return line;
  }
}

}  // namespace primer::handwriting::workshop
