#pragma once

class QWidget;

namespace primer::ui {

// Lays a picture of `over` as it is now on top of it and lets it fade: call before what is below
// changes. Nothing happens with motion off or while `over` is not to be seen.
void fadeOut(QWidget* over);

}  // namespace primer::ui
