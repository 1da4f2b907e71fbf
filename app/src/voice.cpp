#include "primer/app/voice.h"

#include <QStandardPaths>
#include <utility>

#include "primer/app/listener.h"
#include "primer/app/tutor.h"

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

Voice::Voice(Tutor& tutor, QObject* parent)
    : Voice(tutor, QStandardPaths::findExecutable(QStringLiteral("espeak-ng")), parent) {}

Voice::Voice(Tutor& tutor, const QString& program, QObject* parent)
    : QObject(parent), tutor_(tutor), program_(program) {
  process_.setProgram(program_);
  process_.setStandardOutputFile(QProcess::nullDevice());
  process_.setStandardErrorFile(QProcess::nullDevice());
  connect(&process_, &QProcess::stateChanged, this, [this](QProcess::ProcessState state) {
    if (state != QProcess::Starting) emit speakingChanged(state == QProcess::Running);
  });
}

Voice::~Voice() {
  disconnect(&process_, nullptr, this, nullptr);
  blockSignals(true);
  stop();
}

bool Voice::canSay(const QString& text) const {
  return isAvailable() || tutor_.recordingOf(text) != nullptr;
}

bool Voice::isSpeaking() const {
  return recorded_.has_value() || process_.state() != QProcess::NotRunning;
}

void Voice::say(const QString& text, Pace pace, const QString& language) {
  stop();
  auto recording = tutor_.recordingOf(text);
  if (!recording) return sayByProgram(text, pace, language);
  auto& listener = tutor_.listener();
  // A word that is offered while a story is read: the microphone keeps the sound system.
  if (listener.isListening()) return sayByProgram(text, pace, language);
  connect(&listener, &Listener::sayingEnded, this, &Voice::recordingEnded, Qt::UniqueConnection);
  const auto number = listener.say(std::move(recording), pace == Pace::kSlow);
  recorded_ = {text, pace, language, number};
  emit speakingChanged(true);
}

// Of the latest only: nobody says what was stopped since.
void Voice::recordingEnded(std::uint64_t number, bool could) {
  if (!recorded_ || recorded_->number != number) return;
  const auto spoken = *std::exchange(recorded_, std::nullopt);
  emit speakingChanged(false);
  if (!could) sayByProgram(spoken.text, spoken.pace, spoken.language);
}

void Voice::sayByProgram(const QString& text, Pace pace, const QString& language) {
  if (!isAvailable()) return;
  const auto words = QString::number(pace == Pace::kSlow ? kSlowWords : kUsualWords);
  process_.setArguments(
      {QStringLiteral("-v"), language, QStringLiteral("-s"), words, QStringLiteral("--stdin")});
  process_.start(QIODevice::WriteOnly);
  process_.write(spokenForm(text.left(kMostLetters)).toUtf8());
  process_.closeWriteChannel();
}

void Voice::stop() {
  if (recorded_) {
    recorded_.reset();
    tutor_.listener().stopSaying();
    emit speakingChanged(false);
  }
  if (process_.state() == QProcess::NotRunning) return;
  process_.kill();
  process_.waitForFinished(1000);  // a killed program is gone at once
}

}  // namespace primer::app
