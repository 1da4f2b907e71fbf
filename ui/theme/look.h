#pragma once

class QApplication;

namespace primer::ui {

// Puts the look on: resources, palette, typefaces, no tool-tip shadows of another style. Warns on
// standard error where a typeface is missing. Once, before the first widget.
void putOnLook(QApplication& application);

}  // namespace primer::ui
