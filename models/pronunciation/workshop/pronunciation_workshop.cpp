#include "primer/pronunciation-workshop/pronunciation_workshop.h"

#include "acoustic/acoustic_task.h"
#include "boundaries/boundary_task.h"
#include "choices/choice_task.h"
#include "data/witness_task.h"
#include "evaluation/evaluation.h"
#include "omissions/omission_task.h"
#include "scorer/scorer_task.h"
#include "substitutions/substitution_task.h"

namespace primer::pronunciation {

void addPronunciation(toolkit::Workshop& workshop) {
  workshop::addAcoustic(workshop);
  workshop::addScorer(workshop);
  workshop::addWitnessesDense(workshop);
  workshop::addOmissions(workshop);
  workshop::addSubstitutions(workshop);
  workshop::addChoices(workshop);
  workshop::addBoundaries(workshop);
  workshop.addChain("pronunciation", workshop::measurePronunciation);
}

}  // namespace primer::pronunciation
