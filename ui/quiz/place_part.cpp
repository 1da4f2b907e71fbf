#include "quiz/place_part.h"

#include <QKeyEvent>

namespace primer::ui {

void PlacePart::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
      emit arrowPressed(event->key());
      return;
    case Qt::Key_Escape:
    case Qt::Key_Backspace:
      emit backPressed();
      return;
    default:
      Control::keyPressEvent(event);
  }
}

}  // namespace primer::ui
