#pragma once

// Design pixels into screen pixels. One scale holds for the whole window, so it is kept here and
// widgets ask for it whenever they measure or paint. GUI thread only.

#include <QSize>

class QLayout;
class QMargins;
class QWidget;

namespace primer::ui {

// The scale at which a window of this size shows the design. 1 at 1280x800. Smaller windows get a
// little less room in design pixels (down to 1111x667 on 800x480) rather than targets too small for
// a finger: a 72 px button is 52 px there, which is 9.9 mm on a seven-inch panel.
double scaleFor(QSize window);

double scale();
void setScale(double scale);

// Design pixels, scaled; text shrinks less than everything else, so that it stays readable.
int px(double design);
double pxf(double design);
int textPx(double design);

// Gives a layout margins and spacing in design pixels, now and whenever the scale changes.
void setSpacing(QLayout* layout, QMargins margins, int spacing);

// Tells every widget and layout under `root` that the scale changed.
void applyScale(QWidget* root);

}  // namespace primer::ui
