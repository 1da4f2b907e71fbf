#pragma once

// What a Listener does on its own thread: opens models, listens, judges, plays back.

#include <QTimer>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "listening.h"
#include "primer/app/listener.h"
#include "primer/app/microphone.h"
#include "primer/app/sound_player.h"
#include "primer/pronunciation/pronunciation.h"

namespace primer::app {

// Where a listening's answers go; called on the worker's thread.
struct Listener::Answers {
  std::function<void(const HeardNow&)> heard;
  std::function<void(const SaidView&)> said;
  std::function<void(const ChosenView&)> chosen;
};

// Made, used and destroyed on one thread with an event loop.
class ListeningWorker {
 public:
  using Answers = Listener::Answers;

  ListeningWorker(ListenerParts parts, const Clock& clock);

  void prepare();
  void listen(const ListenRequest& request, Answers answers);
  void listenForChoice(const QStringList& choices, Answers answers);
  void letItEnd();
  void stop();
  void forget();
  void playBack(int begins_ms, int ends_ms, std::function<void(Playing)> playing);
  void play(std::shared_ptr<const HeardSound> sound, std::function<void(Playing)> playing);
  // `ended(false)`: the bytes cannot be played.
  void say(std::span<const std::byte> recording, bool slowly,
           const std::function<void(bool could)>& ended);
  void stopSaying();
  void stopPlaying();  // and what is being said

 private:
  bool open();
  Result<std::unique_ptr<SoundSource>> openSource();
  void begin(std::vector<pronunciation::TextWord> text, const ListeningOptions& options);
  void tick();
  void finish();
  void tell(ListenTrouble trouble);
  bool startPlayer(std::vector<std::int16_t> samples);

  ListenerParts parts_;
  const Clock& clock_;
  std::optional<pronunciation::PronunciationJudge> judge_;
  std::optional<Listening> listening_;
  std::vector<pronunciation::TextWord> text_;
  std::vector<std::string> choices_;  // empty: a text is read
  double sensitivity_ = 0.5;
  std::shared_ptr<const Speaker> speaker_;
  Answers answers_;
  std::shared_ptr<const HeardSound> last_;
  std::optional<SoundPlayer> player_;
  std::function<void(Playing)> playing_;  // of what plays now, told when it begins and ends
  bool saying_ = false;                   // what plays now is a recording of say()
  QTimer timer_;
};

}  // namespace primer::app
