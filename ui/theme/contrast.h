#pragma once

#include <QColor>

namespace primer::ui {

// Contrast ratio of two opaque colours, 1 to 21, as WCAG 2.1 defines it.
double contrast(const QColor& a, const QColor& b);

// `amount` of `over` laid on `under`, 0..1: for disabled and pressed states, without transparency.
QColor mix(const QColor& under, const QColor& over, double amount);

}  // namespace primer::ui
