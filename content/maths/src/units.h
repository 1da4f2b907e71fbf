#pragma once

// Units of measure and money, as school writes them.

#include <optional>
#include <string>

#include "primer/maths/rational.h"

namespace primer::maths {

// Whether letters behind a number are a unit: "cm", "minutes". Single letters among them ("m") may
// be variables all the same.
bool isUnitName(const std::string& name);

// How many of the second unit make one of the first, within one kind of quantity: 100 for m and
// cm, 3600 for h and s, 10000 for m^2 and cm^2, 100 for £ and p.
std::optional<Rational> unitFactor(const std::string& from, const std::string& to);

// The unit of a product and of a quotient: cm and cm make cm^2, cm by cm no unit, km by h km/h.
std::string productUnit(const std::string& a, const std::string& b);
std::string quotientUnit(const std::string& a, const std::string& b);

}  // namespace primer::maths
