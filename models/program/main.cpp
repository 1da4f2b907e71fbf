// primer-model: trains, shrinks, checks and runs the models of every room.

#include "primer/gesture-workshop/gesture_workshop.h"
#include "primer/handwriting-workshop/handwriting_workshop.h"
#include "primer/knowledge-workshop/knowledge_workshop.h"
#include "primer/pronunciation-workshop/pronunciation_workshop.h"
#include "primer/speech-workshop/speech_workshop.h"
#include "primer/toolkit/program.h"
#include "primer/writing-workshop/writing_workshop.h"

int main(int argc, char** argv) {
  primer::toolkit::Workshop workshop;
  primer::handwriting::addHandwriting(workshop);
  primer::gesture::addGestures(workshop);
  primer::speech::addSpeech(workshop);
  primer::knowledge::addKnowledge(workshop);
  primer::pronunciation::addPronunciation(workshop);
  primer::writing::addWriting(workshop);
  return primer::toolkit::runModelProgram(argc, argv, workshop);
}
