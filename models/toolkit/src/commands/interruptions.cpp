#include "src/commands/interruptions.h"

#include <csignal>

namespace primer::toolkit {

namespace {

volatile std::sig_atomic_t stop_asked = 0;

void askToStop(int /*signal*/) { stop_asked = 1; }

}  // namespace

std::function<bool()> interruptions() {
  std::signal(SIGINT, askToStop);
  std::signal(SIGTERM, askToStop);
  return [] { return stop_asked != 0; };
}

}  // namespace primer::toolkit
