#include "primer/handwriting-workshop/handwriting_workshop.h"

#include "lines/lines_task.h"
#include "mnist/mnist_task.h"
#include "symbols/ink_architecture.h"
#include "symbols/ink_task.h"

namespace primer::handwriting {

void addHandwriting(toolkit::Workshop& workshop) {
  workshop.addTask("ink-symbols", "one symbol's ink to its character", workshop::openInkTask);
  workshop.addArchitecture("ink-maps-points", workshop::buildInkMapsPoints);
  workshop.addTask("ink-lines", "a group of a line's strokes to its character",
                   workshop::openLinesTask);
  workshop.addArchitecture("ink-lines-head", workshop::buildLinesHead);
  addMnist(workshop);
}

}  // namespace primer::handwriting
