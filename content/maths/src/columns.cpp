#include "columns.h"
#include "digits.h"

#include <algorithm>
#include <optional>
#include <string>

namespace primer::maths {

namespace {

// Addition -----------------------------------------------------------------------------------

// Column by column; at each carry: right, dropped, or the whole sum written down.
void addColumns(const std::vector<Digits>& rows, std::size_t width, std::size_t column, int carry,
                const std::string& written, bool dropped, bool no_carry,
                std::vector<ColumnError>& out, int places) {
  if (out.size() > kMostVariants) return;
  if (column == width) {
    if (!dropped && !no_carry) return;
    std::string whole = (carry > 0 ? std::to_string(carry) : "") + written;
    ColumnError error{fromText(whole) / powerOfTen(places),
                      no_carry ? "add-no-carry" : "add-carry-dropped", ""};
    if (no_carry && dropped) error.second = "add-carry-dropped";
    out.push_back(std::move(error));
    return;
  }
  int sum = carry;
  for (const auto& row : rows) sum += at(row, column);
  const std::string last = std::to_string(sum % 10);
  addColumns(rows, width, column + 1, sum / 10, last + written, dropped, no_carry, out, places);
  if (sum < 10) return;
  addColumns(rows, width, column + 1, 0, last + written, true, no_carry, out, places);
  if (places == 0 && column + 1 < width) {
    addColumns(rows, width, column + 1, 0, std::to_string(sum) + written, dropped, true, out,
               places);
  }
}

void misaligned(const Aligned& a, std::vector<ColumnError>& out) {
  if (a.values.size() != 2) return;
  for (const bool swap : {false, true}) {
    const auto longer = a.values[swap ? 1 : 0];
    const auto shorter = a.values[swap ? 0 : 1];
    const auto gap =
        static_cast<int>(digitsOf(longer).size()) - static_cast<int>(digitsOf(shorter).size());
    if (gap <= 0 || shorter == 0) continue;
    const Rational scale = powerOfTen(a.places);
    Rational everywhere = longer;
    for (int shift = 0; shift <= gap; ++shift) {
      const Rational moved = Rational(shorter) * powerOfTen(shift);
      everywhere = everywhere + moved;
      if (shift > 0) out.push_back({(Rational(longer) + moved) / scale, "add-misaligned", ""});
    }
    out.push_back({everywhere / scale, "add-misaligned", ""});
  }
}

// Decimals set under one another by their last digits.
void misalignedPoints(const std::vector<Rational>& addends, std::vector<ColumnError>& out) {
  if (addends.size() != 2) return;
  const int p = *addends[0].decimalPlaces();
  const int q = *addends[1].decimalPlaces();
  if (p == q) return;
  const Rational digits = addends[0] * powerOfTen(p) + addends[1] * powerOfTen(q);
  out.push_back({digits / powerOfTen(std::max(p, q)), "add-misaligned", ""});
  out.push_back({digits / powerOfTen(std::min(p, q)), "add-misaligned", ""});
}

void separateSums(const std::vector<Rational>& values, std::vector<ColumnError>& out) {
  Rational whole = 0;
  Rational digits = 0;
  int most = 0;
  for (const auto& value : values) {
    const auto h = halves(value);
    whole = whole + h.whole;
    digits = digits + h.digits;
    most = std::max(most, h.places);
  }
  if (most == 0) return;
  out.push_back({joined(whole, digits), "decimal-point-separate", ""});
  // With zeros at the end that were written: 6.75 + 1.80 as 7.155.
  Rational padded = 0;
  for (const auto& value : values) padded = padded + (value - value.floor()) * powerOfTen(most);
  if (padded != digits) out.push_back({joined(whole, padded), "decimal-point-separate", ""});
}

// Multiplication -----------------------------------------------------------------------------

enum class Carry { kRight, kBefore, kDropped, kZeroIsN };

// One row: digits times one digit. Dropped carries may be some of them: `mask` says which.
Rational wrongRow(const Digits& digits, int factor, Carry how, unsigned mask) {
  std::string written;
  int carry = 0;
  unsigned carries = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int here = how == Carry::kBefore ? (digits[i] + carry) * factor : digits[i] * factor + carry;
    if (how == Carry::kZeroIsN && (digits[i] == 0 || factor == 0)) {
      here = std::max(digits[i], factor) + carry;
    }
    carry = here / 10;
    if (carry > 0 && i + 1 < digits.size()) {
      if (how == Carry::kDropped && (mask >> carries & 1U) != 0) carry = 0;
      ++carries;
    }
    written.insert(0, std::to_string(here % 10));
  }
  if (carry > 0) written.insert(0, std::to_string(carry));
  return fromText(written);
}

void wrongRows(std::int64_t a, std::int64_t b, const Rational& scale,
               std::vector<ColumnError>& out) {
  const Digits top = digitsOf(a);
  const Digits bottom = digitsOf(b);
  const Rational right = Rational(a) * Rational(b) / scale;
  const auto add = [&](Carry how, unsigned mask, std::string_view key) {
    Rational total = 0;
    Rational unshifted = 0;
    for (std::size_t i = 0; i < bottom.size(); ++i) {
      const Rational row = wrongRow(top, bottom[i], how, mask);
      total = total + row * powerOfTen(static_cast<int>(i));
      unshifted = unshifted + row;
    }
    if (total / scale != right) out.push_back({total / scale, key, ""});
    if (bottom.size() > 1) out.push_back({unshifted / scale, "multiply-no-shift", key});
  };
  if (top.size() > 1) {
    add(Carry::kBefore, 0, "multiply-carry-before");
    for (unsigned mask = 1; mask < 16; ++mask) add(Carry::kDropped, mask, "multiply-carry-dropped");
  }
  add(Carry::kZeroIsN, 0, "multiply-zero-identity");
  if (bottom.size() < 2) return;
  // Rows that were not moved to the left: all, or all from the third on moved by one only.
  Rational unshifted = 0;
  Rational by_one = 0;
  for (std::size_t i = 0; i < bottom.size(); ++i) {
    const Rational row = Rational(a) * Rational(bottom[i]);
    unshifted = unshifted + row;
    by_one = by_one + row * powerOfTen(i == 0 ? 0 : 1);
  }
  out.push_back({unshifted / scale, "multiply-no-shift", ""});
  if (bottom.size() > 2) out.push_back({by_one / scale, "multiply-no-shift", ""});
}

void wrongPoints(const Rational& a, const Rational& b, std::vector<ColumnError>& out) {
  const auto x = halves(a);
  const auto y = halves(b);
  if (x.places == 0 && y.places == 0) return;
  const Rational digits = a * powerOfTen(x.places) * b * powerOfTen(y.places);
  const int most = std::max(x.places, y.places);
  const int least = std::min(x.places, y.places);
  for (const int places : {most, least, 0}) {
    if (places != x.places + y.places && (x.places > 0 && y.places > 0)) {
      out.push_back({digits / powerOfTen(places), "decimal-multiply-point", ""});
    }
  }
  // 1.8 × 2 as 2.16, 1.5 × 1.5 as 1.25.
  const bool both = x.places > 0 && y.places > 0;
  const Rational whole = x.whole * y.whole;
  const Rational part = both           ? x.digits * y.digits
                        : x.places > 0 ? x.digits * y.whole
                                       : y.digits * x.whole;
  const Rational separate = joined(whole, part);
  if (separate != a * b && !(both && x.whole.isZero() && y.whole.isZero())) {
    out.push_back({separate, "decimal-point-separate", ""});
  }
}

}  // namespace

std::vector<ColumnError> wrongSums(const std::vector<Rational>& addends) {
  std::vector<ColumnError> out;
  const auto aligned = align(addends);
  if (!aligned || addends.size() < 2) return out;
  std::vector<Digits> rows;
  std::size_t width = 0;
  for (const auto value : aligned->values) {
    rows.push_back(digitsOf(value));
    width = std::max(width, rows.back().size());
  }
  separateSums(addends, out);
  if (width > 1 || addends.size() > 2)
    addColumns(rows, width, 0, 0, "", false, false, out, aligned->places);
  if (aligned->places == 0) misaligned(*aligned, out);
  misalignedPoints(addends, out);
  return out;
}

std::vector<ColumnError> wrongProducts(const Rational& a, const Rational& b) {
  std::vector<ColumnError> out;
  if (a.isZero() || b.isZero()) {
    const Rational other = a.isZero() ? b : a;
    if (!other.isZero()) out.push_back({other, "multiply-zero-identity", ""});
    return out;
  }
  const auto x = align({a});
  const auto y = align({b});
  if (!x || !y) return out;
  const Rational scale = powerOfTen(x->places + y->places);
  wrongRows(x->values[0], y->values[0], scale, out);
  if (x->values[0] != y->values[0]) wrongRows(y->values[0], x->values[0], scale, out);
  wrongPoints(a, b, out);
  return out;
}

std::vector<ColumnError> wrongQuotients(const Rational& dividend, const Rational& divisor) {
  std::vector<ColumnError> out;
  if (divisor.sign() <= 0 || dividend.sign() < 0) return out;
  const Rational exact = dividend / divisor;
  const bool whole = dividend.isInteger() && divisor.isInteger();
  const Rational quotient = exact.floor();
  const Rational rest = dividend - quotient * divisor;
  if (whole && !rest.isZero()) {
    out.push_back({joined(quotient, rest), "divide-remainder-as-decimal", ""});
  }
  // Zeros of the quotient left out: each alone, or all.
  const auto drop = [&](const std::string& digits, const Rational& written_rest) {
    std::string none;
    for (std::size_t i = 0; i < digits.size(); ++i) {
      if (digits[i] != '0' || (i == 0 && digits.size() > 1 && digits[1] == '.')) {
        none += digits[i];
        continue;
      }
      std::string one = digits;
      one.erase(i, 1);
      if (const auto value = Rational::fromDigits(one); value && *value != exact) {
        out.push_back({*value, "divide-zero-omitted", "", written_rest});
      }
    }
    if (const auto value = Rational::fromDigits(none); value && none != digits && *value != exact) {
      out.push_back({*value, "divide-zero-omitted", "", written_rest});
    }
  };
  if (whole && quotient > Rational(9)) {
    drop(quotient.toString(), rest);
    if (rest.isZero()) drop(quotient.toString(), Rational(-1));
  }
  if (const auto places = exact.decimalPlaces(); places && *places > 0 && *places < 8) {
    drop(exact.toDecimal(*places), Rational(-1));
  }
  return out;
}

}  // namespace primer::maths
