#pragma once

// What the layout and the painting of a Sheet agree on, in pixels of the design.

namespace primer::ui {

inline constexpr int kSheetRule = 100;  // from rule to rule
inline constexpr int kTryHeight = 100;  // of an earlier try, above

}  // namespace primer::ui
