#pragma once

// A line of school notation as a tree: rows of items, each with what stands above, below, or to its
// upper and lower right. Readers make it from ink, the workshop makes ink from it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace primer::handwriting::lines {

struct Item;
using Row = std::vector<Item>;  // from left to right

struct Item {
  enum class Kind : std::uint8_t { kSymbol, kFraction, kRoot };
  Kind kind = Kind::kSymbol;
  std::size_t symbol = 0;  // which of the line's symbols; a fraction's bar, a root's sign
  Row first;               // numerator, what stands under a root
  Row second;              // denominator, a root's index
  Row power;
  Row below;  // an index
};

// `labels[k]` is the class (symbol_set.h) of the line's symbol k.
//
// LaTeX: \frac{}{} ^{} _{} \sqrt{} \sqrt[n]{} \times \div \leq \geq \neq \pi, \% and ^{\circ}.
std::string toLatex(const Row& row, const std::vector<std::size_t>& labels);
// The same in one line of text: (1)/(2), x^2, x^(n+1), √(x+1), ∛(8), mixed numbers as 3 1/2.
std::string toText(const Row& row, const std::vector<std::size_t>& labels);

// Classes that the code speaks of by name.
std::size_t classOf(std::string_view symbol);
bool isDigit(std::size_t label);
bool isLetter(std::size_t label);  // π too

}  // namespace primer::handwriting::lines
