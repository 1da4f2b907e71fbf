#include "units.h"

#include <map>
#include <set>

namespace primer::maths {

namespace {

enum class Quantity { kLength, kMass, kVolume, kTime, kPounds, kEuros, kDollars };

struct Unit {
  Quantity quantity;
  Rational size;  // in the smallest unit of its quantity
};

using Table = std::multimap<std::string, Unit>;

// A cent is one of a euro as of a dollar.
const Table& table() {
  static const Table units = [] {
    Table all;
    const auto add = [&](Quantity quantity, std::int64_t size,
                         std::initializer_list<const char*> names) {
      for (const char* name : names) all.insert({name, {quantity, Rational(size)}});
    };
    add(Quantity::kLength, 1, {"mm", "millimetre", "millimetres", "millimeters"});
    add(Quantity::kLength, 10, {"cm", "centimetre", "centimetres", "centimeters"});
    add(Quantity::kLength, 100, {"dm"});
    add(Quantity::kLength, 1000, {"m", "metre", "metres", "meter", "meters"});
    add(Quantity::kLength, 1'000'000, {"km", "kilometre", "kilometres", "kilometers"});
    add(Quantity::kMass, 1, {"mg"});
    add(Quantity::kMass, 1000, {"g", "gram", "grams"});
    add(Quantity::kMass, 1'000'000, {"kg", "kilogram", "kilograms"});
    add(Quantity::kMass, 1'000'000'000, {"t", "tonne", "tonnes"});
    add(Quantity::kVolume, 1, {"ml", "mL", "millilitre", "millilitres"});
    add(Quantity::kVolume, 10, {"cl"});
    add(Quantity::kVolume, 100, {"dl"});
    add(Quantity::kVolume, 1000, {"l", "L", "litre", "litres", "liter", "liters"});
    add(Quantity::kTime, 1, {"s", "sec", "secs", "second", "seconds"});
    add(Quantity::kTime, 60, {"min", "mins", "minute", "minutes"});
    add(Quantity::kTime, 3600, {"h", "hr", "hrs", "hour", "hours"});
    add(Quantity::kTime, 86'400, {"day", "days"});
    add(Quantity::kTime, 604'800, {"week", "weeks"});
    add(Quantity::kPounds, 1, {"p", "pence"});
    add(Quantity::kPounds, 100, {"£"});
    add(Quantity::kEuros, 1, {"c", "ct", "cent", "cents"});
    add(Quantity::kEuros, 100, {"€"});
    add(Quantity::kDollars, 1, {"c", "cent", "cents", "¢"});
    add(Quantity::kDollars, 100, {"$", "dollar", "dollars"});
    return all;
  }();
  return units;
}

struct Parts {
  std::string base;
  int power = 1;
};

Parts partsOf(const std::string& unit) {
  const auto at = unit.find('^');
  if (at == std::string::npos || at + 2 != unit.size()) return {unit, 1};
  return {unit.substr(0, at), unit[at + 1] - '0'};
}

std::string raised(const std::string& base, int power) {
  return power == 1 ? base : base + "^" + std::to_string(power);
}

}  // namespace

bool isUnitName(const std::string& name) {
  // Names of units that nothing here converts.
  static const std::set<std::string> kOthers = {"degrees", "pounds"};
  return table().count(name) != 0 || kOthers.count(name) != 0;
}

std::optional<Rational> unitFactor(const std::string& from, const std::string& to) {
  const Parts a = partsOf(from);
  const Parts b = partsOf(to);
  if (a.power != b.power || a.power < 1 || a.power > 3) return std::nullopt;
  const auto [first, last] = table().equal_range(a.base);
  const auto [other_first, other_last] = table().equal_range(b.base);
  for (auto i = first; i != last; ++i) {
    for (auto j = other_first; j != other_last; ++j) {
      if (i->second.quantity != j->second.quantity) continue;
      const Rational one = i->second.size / j->second.size;
      Rational factor = one;
      for (int n = 1; n < a.power; ++n) factor = factor * one;
      return factor;
    }
  }
  return std::nullopt;
}

std::string productUnit(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return a + b;
  const Parts x = partsOf(a);
  const Parts y = partsOf(b);
  if (x.base == y.base) return raised(x.base, x.power + y.power);
  return a + " " + b;
}

std::string quotientUnit(const std::string& a, const std::string& b) {
  if (b.empty()) return a;
  if (a == b) return {};
  const Parts x = partsOf(a);
  const Parts y = partsOf(b);
  if (x.base == y.base && x.power > y.power) return raised(x.base, x.power - y.power);
  return a + "/" + b;
}

}  // namespace primer::maths
