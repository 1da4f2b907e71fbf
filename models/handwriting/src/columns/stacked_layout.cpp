// Sums, differences and products.

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "src/columns/paper.h"

namespace primer::handwriting::columns {

namespace {

constexpr float kMarkRow = 0.8f;  // a top row lower than this, in heights of a digit, is of marks

char operatorOf(ColumnMethod method) {
  return method == ColumnMethod::kSum ? '+' : method == ColumnMethod::kDifference ? '-' : 'x';
}

class Stacked {
 public:
  explicit Stacked(Paper& paper) : paper_(paper) {}

  bool take() {
    std::size_t op = paper_.count();
    std::size_t op_row = paper_.rows.size();
    for (std::size_t i = 0; i < paper_.count(); ++i) {
      const char c = paper_.signs[i].sign;
      if (paper_.is_rule[i] || (c != '+' && c != '-' && c != 'x')) continue;
      const auto row = paper_.rowBeside(i);
      if (row == paper_.rows.size() || paper_.boxes[i].centreX() > paper_.leftOf(paper_.rows[row]))
        continue;
      paper_.result.roles[i] = ColumnRole::kOperator;
      // A dash before the result may be its sign; the operator stands above the line.
      if (op == paper_.count() || row < op_row || paper_.signs[op].sign == c) op = i, op_row = row;
    }
    if (op == paper_.count()) return false;
    for (const auto method :
         {ColumnMethod::kSum, ColumnMethod::kDifference, ColumnMethod::kProduct}) {
      if (operatorOf(method) == paper_.signs[op].sign) paper_.result.text.method = method;
    }
    std::size_t below = rowsAboveLine(op_row);
    takeMarksAboveLine(op_row, below);
    // The sign stands beside the last number.
    paper_.result.score -= kExtraRow / 2 * static_cast<float>(below - op_row - 1);
    std::size_t first = 0;
    while (below - first > 2 && paper_.heightOf(paper_.rows[first]) < kMarkRow * paper_.em) {
      paper_.marks.insert(paper_.marks.end(), paper_.rows[first].digits.begin(),
                          paper_.rows[first].digits.end());
      ++first;
    }
    const std::size_t operands = below - first;
    if (operands < 2) return false;
    if (paper_.result.text.method != ColumnMethod::kSum && operands > 2) return false;
    if (operands > 10) return false;
    takeStackedRows(first, below);
    return true;
  }

 private:
  // Without a line the row of the operator is the last above it.
  std::size_t rowsAboveLine(std::size_t op_row) {
    const Rule* main = mainRule(op_row);
    if (main == nullptr) {
      paper_.result.score -= kNoRule;
      return op_row + 1;
    }
    std::size_t below = op_row + 1;
    while (below < paper_.rows.size() &&
           paper_.rows[below].box.centreY() < main->heightAt(paper_.rows[below].box.centreX())) {
      ++below;
    }
    return below;
  }

  // Small digits between the operator's row and the line.
  void takeMarksAboveLine(std::size_t op_row, std::size_t& below) {
    while (below > op_row + 1 && paper_.heightOf(paper_.rows[below - 1]) < kMarkRow * paper_.em) {
      const auto& digits = paper_.rows[below - 1].digits;
      paper_.marks.insert(paper_.marks.end(), digits.begin(), digits.end());
      paper_.rows.erase(paper_.rows.begin() + static_cast<std::ptrdiff_t>(--below));
    }
  }

  // The first line below the operator's row.
  const Rule* mainRule(std::size_t op_row) const {
    for (const auto& rule : paper_.rulings.rules) {
      const auto& box = paper_.rows[op_row].box;
      if (rule.heightAt(box.centreX()) > box.centreY()) return &rule;
    }
    return nullptr;
  }

  void takeStackedRows(std::size_t first, std::size_t below) {
    auto& text = paper_.result.text;
    std::vector<const DigitRow*> all;
    for (std::size_t r = first; r < paper_.rows.size(); ++r) all.push_back(&paper_.rows[r]);
    const auto grid = ColumnGrid::fit(paper_.boxes, all, paper_.em);
    std::vector<const DigitRow*> upper(all.begin(),
                                       all.begin() + static_cast<std::ptrdiff_t>(below - first));
    const int ones = std::min(paper_.onesOf(grid, upper), text.method == ColumnMethod::kProduct
                                                              ? paper_.onesOf(grid, all)
                                                              : paper_.onesOf(grid, all));
    for (std::size_t r = first; r < below; ++r) {
      paper_.setRole(paper_.rows[r], ColumnRole::kOperand);
      text.operands.push_back(paper_.numberOf(paper_.rows[r]));
    }
    const std::size_t left = paper_.rows.size() - below;
    std::size_t partial = 0;
    if (text.method == ColumnMethod::kProduct && left > 0) {
      const auto factor = text.operands.back();
      const auto digits = static_cast<std::size_t>(
          std::count_if(factor.begin(), factor.end(), [](char c) { return c != '.'; }));
      if (digits > 1 && left > 1) {
        partial = secondRule(below) ? rowsAboveLastRule(below) : std::min(left, digits);
      } else if (digits > 1 && left == 1 && !secondRule(below)) {
        partial = 1;
      }
    }
    for (std::size_t r = below; r < paper_.rows.size(); ++r) {
      const auto placed = paper_.placedText(grid, paper_.rows[r], ones);
      if (r < below + partial) {
        paper_.setRole(paper_.rows[r], ColumnRole::kRow);
        text.rows.push_back(placed);
      } else if (r == below + partial) {
        paper_.setRole(paper_.rows[r], ColumnRole::kResult);
        text.result = placed;
      } else {
        paper_.result.score -= kExtraRow;
      }
    }
    paper_.placeMarks(grid, ones, false);
    // Small digits stand above a result, never beside or below it.
    for (const auto i : paper_.marks) {
      const auto& last = paper_.rows[below - 1].box;
      if (paper_.boxes[i].centreY() > last.bottom + 0.5f * paper_.em) {
        paper_.result.score -= kExtraRow;
      }
    }
  }

  bool secondRule(std::size_t below) const {
    const auto& last = paper_.rulings.rules;
    return !last.empty() && below < paper_.rows.size() &&
           last.back().box.centreY() > paper_.rows[below].box.centreY();
  }
  std::size_t rowsAboveLastRule(std::size_t below) const {
    std::size_t rows = 0;
    for (std::size_t r = below; r < paper_.rows.size(); ++r) {
      rows += paper_.rows[r].box.centreY() < paper_.rulings.rules.back().box.centreY() ? 1 : 0;
    }
    return rows;
  }

  Paper& paper_;
};

}  // namespace

bool layOutStacked(Paper& paper) { return Stacked(paper).take(); }

}  // namespace primer::handwriting::columns
