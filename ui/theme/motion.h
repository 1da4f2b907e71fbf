#pragma once

namespace primer::ui {

// Motion is short and explains where a thing came from; who does not want it switches it off.
// GUI thread only.
void setMotion(bool on);
bool motionOn();

// Milliseconds for an animation: the token, or 0 with motion off.
int motionMs();

}  // namespace primer::ui
