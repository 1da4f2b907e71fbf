// primer-model: trains, shrinks, checks and runs the models of every room.

#include "primer/handwriting-workshop/handwriting_workshop.h"
#include "primer/toolkit/program.h"

int main(int argc, char** argv) {
  primer::toolkit::Workshop workshop;
  primer::handwriting::addHandwriting(workshop);
  return primer::toolkit::runModelProgram(argc, argv, workshop);
}
