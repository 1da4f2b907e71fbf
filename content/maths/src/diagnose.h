#pragma once

// Why a line is wrong: which wrong procedure, applied to what was right before, gives what was
// written.

#include <string>
#include <string_view>
#include <vector>

#include "budget.h"
#include "rules.h"

namespace primer::maths {

struct Diagnosis {
  enum class Kind : std::uint8_t { kNone, kSlip, kMisconception };
  Kind kind = Kind::kNone;
  std::vector<std::string_view> keys;  // likelier first; both parts of a compound
};

// `written` stands where something equal to `right` belongs.
Diagnosis diagnoseExpression(const Expr& right, const Expr& written, Budget& budget);

// `written` follows wrongly from the statements `right`, which are all equivalent (the last right
// line first, then what may follow from it). In one letter, or several.
Diagnosis diagnoseStatement(const std::vector<Link>& right, const Link& written, Budget& budget);

}  // namespace primer::maths
