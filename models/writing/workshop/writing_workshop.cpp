#include "primer/writing-workshop/writing_workshop.h"

#include "grading_figures.h"
#include "grading_task.h"
#include "level_task.h"

namespace primer::writing {

void addWriting(toolkit::Workshop& workshop) {
  workshop::addGradingTask(workshop);
  workshop::addLevelTask(workshop);
  workshop.addChain("grading", workshop::measureGrading);
}

}  // namespace primer::writing
