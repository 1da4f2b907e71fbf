#include "primer/gesture-workshop/gesture_workshop.h"

#include "gesture_task.h"

namespace primer::gesture {

void addGestures(toolkit::Workshop& workshop) {
  workshop.addTask("pen-gestures", "writing and gestures of the pen, from a stroke on ink",
                   workshop::openGestureTask);
  workshop.addArchitecture("gesture-maps", workshop::buildGestureMaps);
}

}  // namespace primer::gesture
