#pragma once

// Where the lines of the ruled sheet are, in design pixels of its paper.

namespace primer::ui {

inline constexpr double kRuleStep = 100;
inline constexpr double kFirstRule = 116;
inline constexpr int kRules = 16;
inline constexpr double kHang = 16;  // ink that hangs this far below a rule still stands on it
inline constexpr int kWide = 760;    // a sheet wider than this has the wide margins

inline constexpr double kInkInset = 4;  // from the margin's line to where ink begins

inline double ruleAt(int index) { return kFirstRule + kRuleStep * index; }

}  // namespace primer::ui
