#include <algorithm>

#include "columns.h"
#include "digits.h"

namespace primer::maths {

namespace {

enum class Borrow {
  kRight,
  kSmallerFromLarger,
  kNoDecrement,
  kFromZero,
  kZeroMinusN,
  kAcrossZero,
  kStopsAtZero,
};

constexpr std::string_view borrowKey(Borrow b) {
  switch (b) {
    case Borrow::kSmallerFromLarger:
      return "subtract-smaller-from-larger";
    case Borrow::kNoDecrement:
      return "subtract-borrow-no-decrement";
    case Borrow::kFromZero:
      return "subtract-borrow-from-zero";
    case Borrow::kZeroMinusN:
      return "subtract-zero-minus-n";
    case Borrow::kAcrossZero:
      return "subtract-borrow-across-zero";
    case Borrow::kStopsAtZero:
      return "subtract-stops-at-zero";
    default:
      return "";
  }
}

class WrongSubtraction {
 public:
  WrongSubtraction(const Digits& top, const Digits& bottom, int places)
      : original_(top), bottom_(bottom), places_(places) {}

  std::vector<ColumnError> run() {
    go(0, original_, {}, {});
    return std::move(out_);
  }

 private:
  using Used = std::vector<Borrow>;

  static bool use(Used& used, Borrow b) {
    if (std::find(used.begin(), used.end(), b) != used.end()) return true;
    if (used.size() == 2) return false;
    used.push_back(b);
    return true;
  }

  void go(std::size_t column, const Digits& top, Digits written, const Used& used) {
    if (out_.size() > kMostVariants) return;
    if (column == original_.size()) return finish(written, used);
    const int t = top[column];
    const int b = at(bottom_, column);
    const auto write = [&](const Digits& next_top, int digit, const Used& now) {
      if (digit < 0 || digit > 9) return;
      Digits next = written;
      next.push_back(digit);
      go(column + 1, next_top, std::move(next), now);
    };
    if (t >= b) return write(top, t - b, used);
    const auto with = [&](Borrow kind, auto&& act) {
      Used now = used;
      if (kind == Borrow::kRight || use(now, kind)) act(now);
    };
    borrowRightly(column, top, t + 10 - b, used, write);
    if (original_[column] == 0) {
      with(Borrow::kZeroMinusN, [&](const Used& now) { write(top, b, now); });
    }
    with(Borrow::kSmallerFromLarger, [&](const Used& now) { write(top, b - t, now); });
    if (column + 1 < original_.size()) {
      with(Borrow::kNoDecrement, [&](const Used& now) { write(top, t + 10 - b, now); });
    }
    if (column + 1 < original_.size() && top[column + 1] == 0) {
      with(Borrow::kFromZero, [&](const Used& now) {
        Digits next = top;
        next[column + 1] = 9;
        write(next, t + 10 - b, now);
      });
      with(Borrow::kStopsAtZero, [&](const Used& now) { write(top, t + 10 - b, now); });
      with(Borrow::kAcrossZero,
           [&](const Used& now) { acrossZero(column, top, t + 10 - b, now, written); });
    }
  }

  template <typename Write>
  void borrowRightly(std::size_t column, const Digits& top, int digit, const Used& used,
                     const Write& write) {
    Digits next = top;
    std::size_t from = column + 1;
    while (from < next.size() && next[from] <= 0) next[from++] += 9;
    if (from >= next.size()) return;
    --next[from];
    write(next, digit, used);
  }

  // The zero is skipped; what is then done in its own column varies.
  void acrossZero(std::size_t column, const Digits& top, int digit, const Used& now,
                  Digits written) {
    Digits next = top;
    std::size_t from = column + 1;
    while (from < next.size() && next[from] == 0) ++from;
    if (from >= next.size()) return;
    --next[from];
    written.push_back(digit);
    // Right from here on: the zero borrows for itself.
    go(column + 1, next, written, now);
    // 0 - n is n, or 0.
    for (const bool keeps_n : {true, false}) {
      Digits skipped = written;
      for (std::size_t i = column + 1; i < from; ++i)
        skipped.push_back(keeps_n ? at(bottom_, i) : 0);
      go(from, next, skipped, now);
    }
  }

  void finish(const Digits& written, const Used& used) {
    if (used.empty()) return;
    ColumnError error{valueOf(written) / powerOfTen(places_), borrowKey(used[0]), ""};
    if (used.size() > 1) error.second = borrowKey(used[1]);
    out_.push_back(std::move(error));
  }

  const Digits& original_;
  const Digits& bottom_;
  int places_;
  std::vector<ColumnError> out_;
};

}  // namespace

std::vector<ColumnError> wrongDifferences(const Rational& minuend, const Rational& subtrahend) {
  std::vector<ColumnError> out;
  const auto aligned = align({minuend, subtrahend});
  if (!aligned || minuend < subtrahend) return out;
  const Digits top = digitsOf(aligned->values[0]);
  const Digits bottom = digitsOf(aligned->values[1]);
  if (top.size() > 1) out = WrongSubtraction(top, bottom, aligned->places).run();
  if (aligned->places > 0) {
    const auto a = halves(minuend);
    const auto b = halves(subtrahend);
    const ColumnError separate{joined(a.whole - b.whole, (a.digits - b.digits).abs()),
                               "decimal-point-separate", ""};
    if (a.whole >= b.whole) out.push_back(separate);
  }
  return out;
}

}  // namespace primer::maths
