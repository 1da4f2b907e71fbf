#include "primer/app/mouth.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <array>

namespace primer::app {

namespace {

struct Sound {
  const char* phone;
  const char* letters;
  MouthShape shape;
  const char* words;
};

constexpr const char* kRound =
    QT_TRANSLATE_NOOP("Mouth", "Make your lips small and round, as if you blew out a candle.");
constexpr const char* kSpread =
    QT_TRANSLATE_NOOP("Mouth", "Smile a little, with your tongue high and near your teeth.");
constexpr const char* kMiddle =
    QT_TRANSLATE_NOOP("Mouth", "Open your mouth a little and leave your tongue lying softly.");
constexpr const char* kWide =
    QT_TRANSLATE_NOOP("Mouth", "Open your mouth wide and let your tongue lie low.");
constexpr const char* kHumming = QT_TRANSLATE_NOOP(
    "Mouth", "Put the tip of your tongue between your teeth, let the air out, and hum.");
constexpr const char* kRidge =
    QT_TRANSLATE_NOOP("Mouth", "Press the tip of your tongue behind your top teeth, then let go.");
constexpr const char* kRidgeNose = QT_TRANSLATE_NOOP(
    "Mouth", "Keep the tip of your tongue behind your top teeth and hum through your nose.");
constexpr const char* kLips =
    QT_TRANSLATE_NOOP("Mouth", "Close your lips, then let them pop open.");
constexpr const char* kBackUp =
    QT_TRANSLATE_NOOP("Mouth", "Press the back of your tongue up, then let the air go.");

// In the order of their names.
constexpr std::array kSounds = {
    Sound{"AA", "ah", MouthShape::kOpen, kWide},
    Sound{"AE", "a", MouthShape::kOpen, kWide},
    Sound{"AH", "u", MouthShape::kHalfOpen, kMiddle},
    Sound{"AO", "aw", MouthShape::kLipsRound, kRound},
    Sound{"AW", "ow", MouthShape::kOpen,
          QT_TRANSLATE_NOOP("Mouth", "Open wide first, then make your lips round.")},
    Sound{"AY", "i", MouthShape::kOpen, QT_TRANSLATE_NOOP("Mouth", "Open wide first, then smile.")},
    Sound{"B", "b", MouthShape::kLipsMeet, kLips},
    Sound{"CH", "ch", MouthShape::kHush,
          QT_TRANSLATE_NOOP("Mouth", "Start with your tongue up for t, and let it go into sh.")},
    Sound{"D", "d", MouthShape::kTongueTipUp, kRidge},
    Sound{"DH", "th", MouthShape::kTongueAtTeeth, kHumming},
    Sound{"EH", "e", MouthShape::kHalfOpen, kMiddle},
    Sound{"ER", "er", MouthShape::kTongueCurled,
          QT_TRANSLATE_NOOP("Mouth", "Pull your tongue back and up, and let it touch nothing.")},
    Sound{"EY", "ay", MouthShape::kSmile, kSpread},
    Sound{"F", "f", MouthShape::kLipOnTeeth,
          QT_TRANSLATE_NOOP("Mouth", "Rest your top teeth on your lower lip and blow.")},
    Sound{"G", "g", MouthShape::kTongueBackUp, kBackUp},
    Sound{"HH", "h", MouthShape::kBreath,
          QT_TRANSLATE_NOOP("Mouth", "Open your mouth and breathe out, as if on a cold window.")},
    Sound{"IH", "i", MouthShape::kSmile, kSpread},
    Sound{"IY", "ee", MouthShape::kSmile, kSpread},
    Sound{"JH", "j", MouthShape::kHush,
          QT_TRANSLATE_NOOP("Mouth", "Start with your tongue up for d, and let it hum away.")},
    Sound{"K", "k", MouthShape::kTongueBackUp, kBackUp},
    Sound{"L", "l", MouthShape::kTongueTipSides,
          QT_TRANSLATE_NOOP("Mouth",
                            "Hold the tip of your tongue behind your top teeth and let the sound "
                            "go round its sides.")},
    Sound{"M", "m", MouthShape::kLipsMeet,
          QT_TRANSLATE_NOOP("Mouth", "Keep your lips closed and hum.")},
    Sound{"N", "n", MouthShape::kTongueTipUp, kRidgeNose},
    Sound{"NG", "ng", MouthShape::kTongueBackUp,
          QT_TRANSLATE_NOOP("Mouth", "Keep the back of your tongue up and hum through your nose.")},
    Sound{"OW", "oh", MouthShape::kLipsRound, kRound},
    Sound{"OY", "oy", MouthShape::kLipsRound,
          QT_TRANSLATE_NOOP("Mouth", "Make your lips round first, then smile.")},
    Sound{"P", "p", MouthShape::kLipsMeet, kLips},
    Sound{"R", "r", MouthShape::kTongueCurled,
          QT_TRANSLATE_NOOP("Mouth",
                            "Pull the tip of your tongue up and back, and let it touch nothing.")},
    Sound{"S", "s", MouthShape::kHiss,
          QT_TRANSLATE_NOOP("Mouth", "Close your teeth, smile a little and hiss like a snake.")},
    Sound{"SH", "sh", MouthShape::kHush,
          QT_TRANSLATE_NOOP("Mouth", "Push your lips forward and blow softly, as for quiet.")},
    Sound{"T", "t", MouthShape::kTongueTipUp, kRidge},
    Sound{"TH", "th", MouthShape::kTongueAtTeeth,
          QT_TRANSLATE_NOOP("Mouth",
                            "Put the tip of your tongue between your teeth and let the air out.")},
    Sound{"UH", "oo", MouthShape::kLipsRound, kRound},
    Sound{"UW", "oo", MouthShape::kLipsRound, kRound},
    Sound{"V", "v", MouthShape::kLipOnTeeth,
          QT_TRANSLATE_NOOP("Mouth", "Rest your top teeth on your lower lip, blow and hum.")},
    Sound{"W", "w", MouthShape::kLipsRound,
          QT_TRANSLATE_NOOP("Mouth", "Make your lips small and round, then let them open.")},
    Sound{"Y", "y", MouthShape::kSmile, kSpread},
    Sound{"Z", "z", MouthShape::kHiss,
          QT_TRANSLATE_NOOP("Mouth", "Close your teeth and hum like a bee.")},
    Sound{"ZH", "zh", MouthShape::kHush,
          QT_TRANSLATE_NOOP("Mouth", "Push your lips forward, blow softly and hum.")},
};

const Sound* find(const QString& phone) {
  const auto found = std::find_if(kSounds.begin(), kSounds.end(), [&phone](const Sound& sound) {
    return phone == QLatin1String(sound.phone);
  });
  return found == kSounds.end() ? nullptr : &*found;
}

}  // namespace

MouthMove mouthMove(const QString& phone) {
  static const QStringList kWithoutVoice = {"CH", "F", "HH", "K", "P", "S", "SH", "T", "TH"};
  const auto* sound = find(phone);
  if (sound == nullptr) return {};
  const bool nose = phone == u"M" || phone == u"N" || phone == u"NG";
  return {sound->shape, !kWithoutVoice.contains(phone), nose};
}

QString mouthWords(const QString& phone) {
  const auto* sound = find(phone);
  return sound == nullptr ? QString() : QCoreApplication::translate("Mouth", sound->words);
}

QString lettersOf(const QString& phone) {
  const auto* sound = find(phone);
  return sound == nullptr ? QString() : QString::fromLatin1(sound->letters);
}

}  // namespace primer::app
