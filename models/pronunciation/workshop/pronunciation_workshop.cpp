#include "primer/pronunciation-workshop/pronunciation_workshop.h"

#include "acoustic/acoustic_task.h"
#include "boundaries/boundary_task.h"
#include "evaluation/evaluation.h"
#include "scorer/scorer_task.h"

namespace primer::pronunciation {

void addPronunciation(toolkit::Workshop& workshop) {
  workshop::addAcoustic(workshop);
  workshop::addScorer(workshop);
  workshop::addBoundaries(workshop);
  workshop.addChain("pronunciation", workshop::measurePronunciation);
}

}  // namespace primer::pronunciation
