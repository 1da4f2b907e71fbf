// Divisions: under a house, behind a colon, with a corner.

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "src/columns/paper.h"

namespace primer::handwriting::columns {

namespace {

class Division {
 public:
  explicit Division(Paper& paper) : paper_(paper) {}

  bool take() { return paper_.rulings.wall ? takeWalled() : takeEquals(); }

 private:
  bool takeWalled() {
    const auto& wall = *paper_.rulings.wall;
    const float x = wall.box.centreX();
    std::vector<DigitRow> left;
    std::vector<DigitRow> right;
    for (const auto& row : paper_.rows) {
      auto a = paper_.between(row, -1e30f, x);
      auto b = paper_.between(row, x, 1e30f);
      if (!a.digits.empty()) left.push_back(std::move(a));
      if (!b.digits.empty()) right.push_back(std::move(b));
    }
    const float bar = wall.bar.heightAt((wall.bar.box.left + wall.bar.box.right) / 2);
    return wall.is_house ? takeHouse(left, right, bar) : takeCorner(left, right, bar);
  }

  bool takeHouse(const std::vector<DigitRow>& left, std::vector<DigitRow> right, float bar) {
    DigitRow quotient;
    std::vector<DigitRow> inside;
    for (auto& row : right) {
      if (row.box.centreY() < bar) {
        if (!quotient.digits.empty()) return false;
        quotient = std::move(row);
      } else {
        inside.push_back(std::move(row));
      }
    }
    const DigitRow* divisor = nullptr;
    for (const auto& row : left) {
      if (row.box.centreY() > bar && divisor == nullptr) divisor = &row;
    }
    // Steps of a wide dividend may reach left of the wall.
    if (divisor == nullptr || inside.empty()) return false;
    DigitRow rest;
    const auto r = paper_.findSign('r');
    if (r < paper_.count() && !quotient.digits.empty()) {
      paper_.result.roles[r] = ColumnRole::kOperator;
      rest = paper_.between(quotient, paper_.boxes[r].centreX(), 1e30f);
      quotient = paper_.between(quotient, -1e30f, paper_.boxes[r].centreX());
    }
    const DigitRow dividend = inside.front();
    inside.erase(inside.begin());
    return finish(DivisionLayout::kHouse, dividend, *divisor, quotient, rest, inside);
  }

  bool takeCorner(const std::vector<DigitRow>& left, const std::vector<DigitRow>& right,
                  float bar) {
    if (left.empty()) return false;
    DigitRow divisor;
    DigitRow quotient;
    for (const auto& row : right) {
      if (row.box.centreY() < bar) {
        if (!divisor.digits.empty()) return false;
        divisor = row;
      } else {
        if (!quotient.digits.empty()) return false;
        quotient = row;
      }
    }
    if (divisor.digits.empty()) return false;
    const std::vector<DigitRow> steps(left.begin() + 1, left.end());
    return finish(DivisionLayout::kCorner, left.front(), divisor, quotient, {}, steps);
  }

  bool takeEquals() {
    const auto colon = paper_.findSign(':');
    const auto equals = paper_.findSign('=');
    const auto top = paper_.rowBeside(colon);
    if (top == paper_.rows.size()) return false;
    paper_.result.roles[colon] = ColumnRole::kOperator;
    const float split = paper_.boxes[colon].centreX();
    float second = 1e30f;
    if (equals < paper_.count()) {
      paper_.result.roles[equals] = ColumnRole::kOperator;
      second = paper_.boxes[equals].centreX();
      if (second < split) return false;
    }
    float third = 1e30f;
    const auto r = paper_.findSign('r');
    if (r < paper_.count()) {
      paper_.result.roles[r] = ColumnRole::kOperator;
      third = paper_.boxes[r].centreX();
      if (third < second) return false;
    }
    // All rows level with the first are one.
    DigitRow first = paper_.rows[top];
    std::vector<DigitRow> steps;
    for (std::size_t k = 0; k < paper_.rows.size(); ++k) {
      if (k == top) continue;
      const bool level =
          std::abs(paper_.rows[k].box.centreY() - first.box.centreY()) < 0.5f * paper_.em;
      if (level && paper_.leftOf(paper_.rows[k]) > split) {
        first.digits.insert(first.digits.end(), paper_.rows[k].digits.begin(),
                            paper_.rows[k].digits.end());
      } else {
        steps.push_back(paper_.rows[k]);
      }
    }
    const auto dividend = paper_.between(first, -1e30f, split);
    const auto divisor = paper_.between(first, split, second);
    const auto quotient = paper_.between(first, second, third);
    const auto rest = paper_.between(first, third, 1e30f);
    if (dividend.digits.empty() || divisor.digits.empty()) return false;
    for (const auto& step : steps) {
      if (step.box.centreY() < dividend.box.centreY()) return false;
    }
    return finish(DivisionLayout::kEquals, dividend, divisor, quotient, rest, steps);
  }

  bool finish(DivisionLayout layout, const DigitRow& dividend, const DigitRow& divisor,
              const DigitRow& quotient, const DigitRow& rest, const std::vector<DigitRow>& steps) {
    auto& text = paper_.result.text;
    text.method = ColumnMethod::kDivision;
    text.division = layout;
    paper_.setRole(dividend, ColumnRole::kOperand);
    paper_.setRole(divisor, ColumnRole::kOperand);
    text.operands = {paper_.numberOf(dividend), paper_.numberOf(divisor)};
    std::vector<const DigitRow*> shared = {&dividend};
    const bool house = layout == DivisionLayout::kHouse;
    if (house && !quotient.digits.empty()) shared.push_back(&quotient);
    for (const auto& step : steps) shared.push_back(&step);
    const auto grid = ColumnGrid::fit(paper_.boxes, shared, paper_.em);
    const int ones = paper_.onesOf(grid, {&dividend});
    for (const auto& step : steps) {
      paper_.setRole(step, ColumnRole::kRow);
      text.rows.push_back(paper_.placedText(grid, step, ones));
    }
    if (!quotient.digits.empty()) {
      paper_.setRole(quotient, ColumnRole::kResult);
      text.result =
          house ? paper_.placedText(grid, quotient, ones) : openQuotient(paper_.numberOf(quotient));
    }
    if (quotient.digits.empty() && !steps.empty()) paper_.result.score -= kNoQuotient;
    if (!rest.digits.empty()) {
      paper_.setRole(rest, ColumnRole::kRemainder);
      text.remainder = paper_.numberOf(rest);
    } else if (!text.rows.empty()) {
      text.remainder = lastRest();
    }
    paper_.placeMarks(grid, ones, true);
    minusSigns(steps);
    return true;
  }

  // Where the first step ends the quotient begins; what is not written yet is blank.
  std::string openQuotient(std::string digits) const {
    if (paper_.result.text.rows.empty()) return digits;
    const auto& first = paper_.result.text.rows.front();
    const auto begins = first.size() - 1 - first.find_last_not_of(' ');
    if (begins + 1 > digits.size()) digits.append(begins + 1 - digits.size(), ' ');
    return digits;
  }

  // The last step, where it reaches the ones and is smaller than the divisor.
  std::string lastRest() const {
    const auto& text = paper_.result.text;
    auto last = text.rows.back();
    last.erase(0, last.find_first_not_of(' '));
    if (text.rows.size() < 2 || last.back() == ' ') return "";
    while (last.size() > 1 && last.front() == '0') last.erase(0, 1);
    const auto& divisor = text.operands[1];
    const bool less =
        last.size() < divisor.size() || (last.size() == divisor.size() && last < divisor);
    return less && last != "0" ? last : "";
  }

  void minusSigns(const std::vector<DigitRow>& steps) {
    for (std::size_t i = 0; i < paper_.count(); ++i) {
      if (paper_.signs[i].sign != '-' || paper_.is_rule[i]) continue;
      for (const auto& step : steps) {
        const auto& first = paper_.boxes[step.digits.front()];
        const bool level =
            std::abs(first.centreY() - paper_.boxes[i].centreY()) < 0.75f * paper_.em;
        if (level && paper_.boxes[i].centreX() < first.centreX()) {
          paper_.result.roles[i] = ColumnRole::kOperator;
        }
      }
    }
  }

  Paper& paper_;
};

}  // namespace

bool layOutDivision(Paper& paper) { return Division(paper).take(); }

}  // namespace primer::handwriting::columns
