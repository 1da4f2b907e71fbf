// Equations in several letters.

#include <algorithm>
#include <set>

#include "solutions.h"

namespace primer::maths {

std::optional<Point> solveSystem(const std::vector<Chain>& equations, Budget& budget,
                                 SystemKind* kind) {
  const auto say = [kind](SystemKind what) {
    if (kind != nullptr) *kind = what;
  };
  say(SystemKind::kUnknown);
  try {
    Algebra algebra(budget);
    std::vector<Poly> zeros;
    std::vector<int> letters;
    for (const auto& chain : equations) {
      for (std::size_t i = 0; i < chain.relations.size(); ++i) {
        if (chain.relations[i] != Relation::kEqual) return std::nullopt;
        const Ratio r =
            algebra.subtract(algebra.of(chain.members[i]), algebra.of(chain.members[i + 1]));
        zeros.push_back(r.top);
        for (const int g : algebra.lettersIn(r.top)) {
          if (std::find(letters.begin(), letters.end(), g) == letters.end()) letters.push_back(g);
        }
      }
    }
    const std::size_t n = letters.size();
    if (n == 0 || n > 6 || zeros.size() > 12) return std::nullopt;
    std::vector<std::vector<Rational>> rows;
    for (const auto& p : zeros) {
      std::vector<Rational> row(n + 1);
      for (const auto& [m, c] : p) {
        if (m.empty()) {
          row[n] = -c;
        } else if (m.size() == 1 && m[0].second == Exponent{1, 1}) {
          const auto place = std::find(letters.begin(), letters.end(), m[0].first);
          if (place == letters.end()) return std::nullopt;
          row[static_cast<std::size_t>(place - letters.begin())] = c;
        } else {
          return std::nullopt;
        }
      }
      rows.push_back(std::move(row));
    }
    std::size_t rank = 0;
    for (std::size_t column = 0; column < n; ++column) {
      std::size_t pivot = rank;
      while (pivot < rows.size() && rows[pivot][column].isZero()) ++pivot;
      if (pivot == rows.size()) continue;  // this letter stays free
      std::swap(rows[pivot], rows[rank]);
      for (std::size_t r = 0; r < rows.size(); ++r) {
        if (r == rank || rows[r][column].isZero()) continue;
        const Rational factor = rows[r][column] / rows[rank][column];
        for (std::size_t c = 0; c <= n; ++c) rows[r][c] = rows[r][c] - factor * rows[rank][c];
      }
      ++rank;
    }
    for (std::size_t r = rank; r < rows.size(); ++r) {
      if (rows[r][n].isZero()) continue;
      say(SystemKind::kNone);
      return std::nullopt;
    }
    say(rank < n ? SystemKind::kMany : SystemKind::kOne);
    if (rank < n) return std::nullopt;
    Point solution;
    for (std::size_t i = 0; i < n; ++i) {
      solution[algebra.nameOf(letters[i])] = rows[i][n] / rows[i][i];
    }
    return solution;
  } catch (const NoNormalForm&) {
    return std::nullopt;
  }
}

Expr putInto(Expr e, const Point& point) {
  for (const auto& [letter, value] : point) {
    const Expr v = fractionOf(value.numerator(), value.denominator());
    e = substitute(e, letter, value.isInteger() && value.sign() >= 0 ? v : bracketed(v));
  }
  return e;
}

std::optional<Point> solveByPuttingIn(const std::vector<Chain>& equations, Budget& budget) {
  Point point;
  std::set<std::string> all;
  for (int round = 0; round < 6; ++round) {
    for (const auto& chain : equations) {
      for (std::size_t i = 0; i < chain.relations.size(); ++i) {
        if (chain.relations[i] != Relation::kEqual) return std::nullopt;
        all.merge(lettersOf(chain.members[i]));
        all.merge(lettersOf(chain.members[i + 1]));
        const Expr left = putInto(chain.members[i], point);
        const Expr right = putInto(chain.members[i + 1], point);
        auto letters = lettersOf(left);
        letters.merge(lettersOf(right));
        if (letters.size() != 1) continue;
        const std::string& letter = *letters.begin();
        const auto set = solve(left, Relation::kEqual, right, letter, budget);
        const bool one = set && set->parts.size() == 1 && set->onlyPoints();
        if (one && set->parts[0].low->q.isZero()) point[letter] = set->parts[0].low->p;
      }
    }
  }
  return point.size() == all.size() ? std::optional(point) : std::nullopt;
}

}  // namespace primer::maths
