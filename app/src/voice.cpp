#include "primer/app/voice.h"

#include <QStandardPaths>

namespace primer::app {

namespace {

// Words a minute: calm, and for following word by word.
constexpr int kUsualWords = 145;
constexpr int kSlowWords = 95;

// Signs that are read as words; the program would spell some of them and leave out others.
QString spokenForm(QString text) {
  text.remove(QStringLiteral("**"));
  text.replace(QChar(u'−'), QStringLiteral(" minus "));
  text.replace(QChar(u'×'), QStringLiteral(" times "));
  text.replace(QChar(u'÷'), QStringLiteral(" divided by "));
  return text;
}

}  // namespace

Voice::Voice(QObject* parent)
    : Voice(QStandardPaths::findExecutable(QStringLiteral("espeak-ng")), parent) {}

Voice::Voice(const QString& program, QObject* parent) : QObject(parent), program_(program) {
  process_.setProgram(program_);
  process_.setStandardOutputFile(QProcess::nullDevice());
  process_.setStandardErrorFile(QProcess::nullDevice());
  connect(&process_, &QProcess::stateChanged, this, [this](QProcess::ProcessState state) {
    if (state != QProcess::Starting) emit speakingChanged(state == QProcess::Running);
  });
}

Voice::~Voice() {
  disconnect(&process_, nullptr, this, nullptr);
  stop();
}

bool Voice::isSpeaking() const { return process_.state() != QProcess::NotRunning; }

void Voice::say(const QString& text, Pace pace, const QString& language) {
  if (!isAvailable()) return;
  stop();
  const auto words = QString::number(pace == Pace::kSlow ? kSlowWords : kUsualWords);
  process_.setArguments(
      {QStringLiteral("-v"), language, QStringLiteral("-s"), words, QStringLiteral("--stdin")});
  process_.start(QIODevice::WriteOnly);
  process_.write(spokenForm(text.left(kMostLetters)).toUtf8());
  process_.closeWriteChannel();
}

void Voice::stop() {
  if (!isSpeaking()) return;
  process_.kill();
  process_.waitForFinished(1000);  // a killed program is gone at once
}

}  // namespace primer::app
