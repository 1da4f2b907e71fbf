#include "fingerprint.h"

namespace primer::maths {

namespace {

// Below 2^31, so that products fit in 64 bits.
constexpr std::uint64_t kPrime = 2'147'483'647;

std::uint64_t times(std::uint64_t a, std::uint64_t b) { return a * b % kPrime; }

std::uint64_t raised(std::uint64_t base, std::uint64_t exponent) {
  std::uint64_t result = 1;
  for (; exponent > 0; exponent /= 2, base = times(base, base)) {
    if (exponent % 2 == 1) result = times(result, base);
  }
  return result;
}

std::uint64_t placeOf(const std::string& name) {
  std::uint64_t hash = 1469598103934665603U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash % (kPrime - 1000) + 500;
}

}  // namespace

bool Fingerprint::same(const Value& a, const Value& b) {
  return times(a.top, b.bottom) == times(b.top, a.bottom);
}

Fingerprint::Value Fingerprint::of(const Rational& value) {
  return {value.numeratorModulo(kPrime), value.denominatorModulo(kPrime)};
}

std::optional<Fingerprint::Value> Fingerprint::of(const Expr& e) const {
  if (e->undefined || e->too_big) return std::nullopt;
  if (e->value) return of(*e->value);
  if (e->kind == Kind::kSymbol) {
    const auto place = places_.find(e->text);
    return place != places_.end() ? place->second : Value{placeOf(e->text), 1};
  }
  if (e->kind == Kind::kRoot || e->kind == Kind::kRemainder || e->kind == Kind::kAbsolute) {
    return std::nullopt;
  }
  if (e->kind == Kind::kPower) {
    const auto exponent = e->children[1]->value ? e->children[1]->value->toInt() : std::nullopt;
    const auto base = of(e->children[0]);
    if (!exponent || !base) return std::nullopt;
    const auto n = static_cast<std::uint64_t>(*exponent < 0 ? -*exponent : *exponent);
    const Value result = {raised(base->top, n), raised(base->bottom, n)};
    return *exponent < 0 ? Value{result.bottom, result.top} : result;
  }
  std::optional<Value> total = of(e->children[0]);
  if (!total) return std::nullopt;
  if (e->kind == Kind::kNegate) return Value{(kPrime - total->top) % kPrime, total->bottom};
  if (e->kind == Kind::kPercent) return Value{total->top, times(total->bottom, 100)};
  for (std::size_t i = 1; i < e->children.size(); ++i) {
    const auto next = of(e->children[i]);
    if (!next) return std::nullopt;
    if (e->kind == Kind::kProduct) {
      total = Value{times(total->top, next->top), times(total->bottom, next->bottom)};
    } else if (e->kind == Kind::kQuotient) {
      total = Value{times(total->top, next->bottom), times(total->bottom, next->top)};
    } else {
      total = Value{(times(total->top, next->bottom) + times(next->top, total->bottom)) % kPrime,
                    times(total->bottom, next->bottom)};
    }
  }
  return total;
}

}  // namespace primer::maths
