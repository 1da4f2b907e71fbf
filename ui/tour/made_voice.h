#pragma once

// A voice for the tour: espeak-ng into a file, which stands in for the microphone. No recording of
// a person is kept anywhere.

#include <QString>
#include <filesystem>
#include <memory>

#include "primer/app/listener.h"

namespace primer::ui {

class MadeVoice {
 public:
  // Its files lie in `folder`.
  explicit MadeVoice(std::filesystem::path folder);

  // What is heard from now on; false where there is no espeak-ng.
  bool say(const QString& text, int words_a_minute = 110);
  // From now on there is no microphone.
  void beGone();

  // For the listener's thread; gives what was said last.
  app::SoundSourceMaker source() const;

 private:
  struct Recording;
  std::filesystem::path folder_;
  std::shared_ptr<Recording> recording_;
};

}  // namespace primer::ui
