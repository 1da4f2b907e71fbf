#pragma once

// Reading aloud: with a recording where the tablet's lessons carry one of exactly that text, else
// by a program of its own (espeak-ng): its licence and its faults stay outside ours.
//
// GUI thread. Nothing waits: say() begins and returns; what was being said stops. A tablet without
// the program says what was recorded, and nothing else. A program that cannot be started, or dies,
// is silence, never an error; a recording that cannot be played, or not while the tablet listens,
// is said by the program.

#include <QObject>
#include <QProcess>
#include <QString>
#include <cstdint>
#include <optional>

namespace primer::app {

class Tutor;

enum class Pace : std::uint8_t { kUsual, kSlow };

class Voice : public QObject {
  Q_OBJECT

 public:
  // Looks for espeak-ng where programs are. `tutor`, whose lessons have the recordings and whose
  // listener plays them, must outlive this.
  explicit Voice(Tutor& tutor, QObject* parent = nullptr);
  // `program`: its full path, or empty for none.
  Voice(Tutor& tutor, const QString& program, QObject* parent = nullptr);
  ~Voice() override;

  // Whether it can say any text.
  bool isAvailable() const { return !program_.isEmpty(); }
  // Whether it can say this one, or has a recording of it.
  bool canSay(const QString& text) const;
  bool isSpeaking() const;

  // `language`: "en", as espeak-ng names its voices. At most kMostLetters are said, where it is not
  // a recording.
  void say(const QString& text, Pace pace = Pace::kUsual,
           const QString& language = QStringLiteral("en"));
  void stop();

  static constexpr qsizetype kMostLetters = 2000;

 signals:
  void speakingChanged(bool speaking);

 private:
  struct Spoken {
    QString text;
    Pace pace;
    QString language;
    std::uint64_t number;  // the listener's
  };
  void sayByProgram(const QString& text, Pace pace, const QString& language);
  void recordingEnded(std::uint64_t number, bool could);

  Tutor& tutor_;
  QString program_;
  QProcess process_;
  std::optional<Spoken> recorded_;  // given to the listener and not ended yet
};

}  // namespace primer::app
