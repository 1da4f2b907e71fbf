#pragma once

// How the mouth makes a sound: which of a few drawings fits it, and one sentence of ours.

#include <QString>
#include <cstdint>

namespace primer::app {

// What lips, teeth and tongue do; a drawing each.
enum class MouthShape : std::uint8_t {
  kLipsMeet,        // p b m
  kLipOnTeeth,      // f v
  kTongueAtTeeth,   // th
  kTongueTipUp,     // t d n
  kTongueTipSides,  // l
  kTongueCurled,    // r
  kHiss,            // s z
  kHush,            // sh zh ch j
  kTongueBackUp,    // k g ng
  kBreath,          // h
  kLipsRound,       // w oo oh
  kSmile,           // ee y ih
  kHalfOpen,        // eh uh er ey
  kOpen,            // ah a
};

struct MouthMove {
  MouthShape shape = MouthShape::kHalfOpen;
  bool hums = false;  // the voice sounds
  bool nose = false;  // the air goes through the nose
};

// `phone`: its ARPABET key, "TH". A half open mouth for what is no phone.
MouthMove mouthMove(const QString& phone);

// One sentence that says what to do; empty for what is no phone.
QString mouthWords(const QString& phone);

// The sound as a child writes it: "th", "sh", "ee". Empty for what is no phone.
QString lettersOf(const QString& phone);

}  // namespace primer::app
