#pragma once

// The three typefaces: Quicksand for headings and buttons, Andika for everything that a pupil
// reads, Inter for the teacher. All sizes in design pixels.

#include <QFont>
#include <QStringList>

namespace primer::ui {

QFont headingFont(int design_px);
QFont readingFont(int design_px, bool bold = false);
QFont teacherFont(int design_px, QFont::Weight weight = QFont::Normal);

// The families of the list above that this system lacks. Text is then shown in the system's own
// sans serif face, which is uglier but whole.
QStringList missingTypefaces();

}  // namespace primer::ui
