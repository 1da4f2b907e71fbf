#include "tour/made_voice.h"

#include <QProcess>
#include <mutex>

namespace primer::ui {

struct MadeVoice::Recording {
  std::mutex mutex;
  std::filesystem::path file;  // empty: there is no microphone
};

MadeVoice::MadeVoice(std::filesystem::path folder)
    : folder_(std::move(folder)), recording_(std::make_shared<Recording>()) {}

bool MadeVoice::say(const QString& text, int words_a_minute) {
  const auto file = folder_ / "said.wav";
  const int done =
      QProcess::execute(QStringLiteral("espeak-ng"),
                        {QStringLiteral("-v"), QStringLiteral("en-us+f3"), QStringLiteral("-s"),
                         QString::number(words_a_minute), QStringLiteral("-w"),
                         QString::fromStdString(file.string()), text});
  if (done != 0) return false;
  const std::lock_guard lock(recording_->mutex);
  recording_->file = file;
  return true;
}

void MadeVoice::beGone() {
  const std::lock_guard lock(recording_->mutex);
  recording_->file.clear();
}

app::SoundSourceMaker MadeVoice::source() const {
  return [recording = recording_](const Clock& clock) -> Result<std::unique_ptr<app::SoundSource>> {
    const std::lock_guard lock(recording->mutex);
    if (recording->file.empty()) return fail(ErrorCode::kNotFound, "there is no microphone");
    return app::recordedSource(recording->file)(clock);
  };
}

}  // namespace primer::ui
