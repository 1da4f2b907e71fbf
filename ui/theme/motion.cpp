#include "theme/motion.h"

#include "theme/tokens.h"

namespace primer::ui {
namespace {
bool motion_on = true;
}  // namespace

void setMotion(bool on) { motion_on = on; }
bool motionOn() { return motion_on; }
int motionMs() { return motion_on ? time::kMotionMs : 0; }

}  // namespace primer::ui
