#include "primer/speech-workshop/speech_workshop.h"

#include "digits/digits_task.h"

namespace primer::speech {

void addSpeech(toolkit::Workshop& workshop) { workshop::addSpokenDigits(workshop); }

}  // namespace primer::speech
