#include "trouble_words.h"

#include <QCoreApplication>

namespace primer::app {

namespace {

QString say(const char* text) { return QCoreApplication::translate("Listening", text); }

}  // namespace

ListenTrouble troubleOf(pronunciation::SignalProblem problem) {
  switch (problem) {
    case pronunciation::SignalProblem::kSilent:
      return ListenTrouble::kTooQuiet;
    case pronunciation::SignalProblem::kNoisy:
      return ListenTrouble::kNoisy;
    case pronunciation::SignalProblem::kClipped:
      return ListenTrouble::kClipped;
    case pronunciation::SignalProblem::kTooShort:
      return ListenTrouble::kTooShort;
    case pronunciation::SignalProblem::kNoSpeech:
      break;
  }
  return ListenTrouble::kNobodySpoke;
}

TroubleWords troubleWords(ListenTrouble trouble) {
  switch (trouble) {
    case ListenTrouble::kNone:
      break;
    case ListenTrouble::kNotThere:
      return {say(QT_TRANSLATE_NOOP("Listening", "I cannot listen on this tablet yet")),
              say(QT_TRANSLATE_NOOP("Listening",
                                    "You can read it to a friend. Your teacher can put my ears "
                                    "back."))};
    case ListenTrouble::kNoMicrophone:
      return {say(QT_TRANSLATE_NOOP("Listening", "I have no microphone")),
              say(QT_TRANSLATE_NOOP("Listening",
                                    "Plug one in and I will listen at once. Or read it to a "
                                    "friend."))};
    case ListenTrouble::kLost:
      return {say(QT_TRANSLATE_NOOP("Listening", "The microphone went away")),
              say(QT_TRANSLATE_NOOP("Listening",
                                    "Look at the plug. I listen again as soon as it is back."))};
    case ListenTrouble::kTooQuiet:
      return {say(QT_TRANSLATE_NOOP("Listening", "That was too quiet for me")),
              say(QT_TRANSLATE_NOOP("Listening", "Come a little closer and say it once more."))};
    case ListenTrouble::kClipped:
      return {say(QT_TRANSLATE_NOOP("Listening", "That was very loud for my ears")),
              say(QT_TRANSLATE_NOOP("Listening",
                                    "Go back a little, or speak more softly, and say it once "
                                    "more."))};
    case ListenTrouble::kNoisy:
      return {say(QT_TRANSLATE_NOOP("Listening", "It is noisy around us")),
              say(QT_TRANSLATE_NOOP("Listening",
                                    "Find a quieter place, or hold the tablet nearer, and say it "
                                    "once more."))};
    case ListenTrouble::kNobodySpoke:
      return {
          say(QT_TRANSLATE_NOOP("Listening", "I did not hear anybody")),
          say(QT_TRANSLATE_NOOP("Listening", "Press the button and say it when you are ready."))};
    case ListenTrouble::kTooShort:
      return {say(QT_TRANSLATE_NOOP("Listening", "That was too short for me")),
              say(QT_TRANSLATE_NOOP("Listening",
                                    "Hold the button while you speak, or press it once and take "
                                    "your time."))};
    case ListenTrouble::kOtherText:
      return {say(QT_TRANSLATE_NOOP("Listening", "I heard something else")),
              say(QT_TRANSLATE_NOOP("Listening",
                                    "Listen to it first, if you like, and say it once more."))};
  }
  return {};
}

}  // namespace primer::app
