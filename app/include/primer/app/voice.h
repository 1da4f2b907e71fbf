#pragma once

// Reading aloud, by a program of its own (espeak-ng): its licence and its faults stay outside ours.
//
// GUI thread. Nothing waits: say() starts the program and returns; what was being said stops. A
// tablet without the program has a Voice that is not available and says nothing. A program that
// cannot be started, or dies, is silence, never an error.

#include <QObject>
#include <QProcess>
#include <QString>

namespace primer::app {

enum class Pace : std::uint8_t { kUsual, kSlow };

class Voice : public QObject {
  Q_OBJECT

 public:
  // Looks for espeak-ng where programs are.
  explicit Voice(QObject* parent = nullptr);
  // `program`: its full path, or empty for none.
  explicit Voice(const QString& program, QObject* parent = nullptr);
  ~Voice() override;

  bool isAvailable() const { return !program_.isEmpty(); }
  bool isSpeaking() const;

  // `language`: "en", as espeak-ng names its voices. At most kMostLetters are said.
  void say(const QString& text, Pace pace = Pace::kUsual,
           const QString& language = QStringLiteral("en"));
  void stop();

  static constexpr qsizetype kMostLetters = 2000;

 signals:
  void speakingChanged(bool speaking);

 private:
  QString program_;
  QProcess process_;
};

}  // namespace primer::app
