#pragma once

// The terms that lines of notation are made of, at random: numbers, products, powers, roots and
// sums of them, in one line's letters and signs.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "primer/handwriting/lines/notation.h"
#include "primer/toolkit/random.h"

namespace primer::handwriting::workshop {

// Lines have at most about this many symbols.
inline constexpr std::size_t kMostNotationSymbols = 26;

// Makes rows whose symbols it numbers as it goes; `labels_` holds their classes.
class NotationTerms {
 protected:
  using Item = lines::Item;
  using Row = lines::Row;

  explicit NotationTerms(toolkit::Random& random);

  std::size_t count() const { return labels_.size(); }

  bool chance(double p);
  std::string_view pick(std::string_view list);
  std::string_view pickLetter();
  Item symbol(std::string_view text);
  void add(Row& row, std::string_view text);
  static void join(Row& row, Row more);
  void addDigits(Row& row, const std::string& digits);
  Row whole(int most_digits);
  Row decimal();
  Row fractionOf(Row top, Row bottom);
  Row numberFraction();
  Row number();
  std::string_view sign();
  std::string_view relation();
  Row bracketed(Row inner_before, int terms, int depth);
  Row exponent();
  std::string_view letterOrOther();
  Row root(int depth);
  // A product without sign: 3x, 2xy, x^2, 4(x+1), √2.
  Row factor(int depth);
  Row letters();
  Row sum(int terms, int depth);

  toolkit::Random& random_;
  std::vector<std::size_t> labels_;
  bool comma_ = false;       // decimals have a comma
  std::string_view letter_;  // the line's letters
  std::string_view other_;
  std::string_view divide_;  // ÷, : or /
};

}  // namespace primer::handwriting::workshop
