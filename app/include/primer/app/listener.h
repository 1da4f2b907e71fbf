#pragma once

// Who listens: owns the microphone (or what stands in for it) and what is heard with it.
//
// Threads. A Listener lives on the GUI thread; every slot returns at once and all signals are
// emitted there. Models are opened, sound is read and followed every 30 ms, and what was said is
// judged on a thread of its own.
//
// What is heard stays in memory, at most until the next listening, forget() or the Listener's end;
// nothing is written anywhere. One thing at a time: listening ends what was being played, and what
// is played goes through the same thread, so that a microphone never hears it.

#include <QObject>
#include <QString>
#include <QStringList>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "primer/app/heard.h"
#include "primer/app/sound_source.h"
#include "primer/base/clock.h"
#include "primer/base/result.h"

namespace primer::app {

class ListeningWorker;
class SoundDevices;
struct Speaker;

// Makes what is heard from, anew for each listening. Called on the Listener's thread.
using SoundSourceMaker = std::function<Result<std::unique_ptr<SoundSource>>(const Clock& clock)>;

// A recording in place of the microphone (`--audio`), from its beginning each time.
SoundSourceMaker recordedSource(const std::filesystem::path& file);

struct ListenerParts {
  SoundSourceMaker open_source;           // empty: the microphone of `devices`
  std::shared_ptr<SoundDevices> devices;  // null: this machine's
};

struct ListenRequest {
  QString text;
  // The listening ends when the text is read and a quiet moment follows, or a long one within it.
  // False: only stop() ends it (the button is held).
  bool ends_by_itself = true;
  bool patient = false;                         // a story: a long silence within it is no end
  double sensitivity = 0.5;                     // how much is flagged, set by the teacher
  std::shared_ptr<const Speaker> speaker = {};  // who speaks; null: a stranger
};

class Listener : public QObject {
  Q_OBJECT

 public:
  // No listening is longer; it ends by itself then, and what was heard is judged.
  static constexpr std::chrono::seconds kLongest{600};

  struct Answers;  // to the worker

  // `clock` must outlive this.
  Listener(ListenerParts parts, const Clock& clock, QObject* parent = nullptr);
  ~Listener() override;

  // Opens what hearing needs, so that the first listening begins at once. Optional.
  void prepare();

  // Begins to listen; what was being listened to is dropped. Answered by heardNow() many times,
  // then said().
  void listen(const ListenRequest& request);
  // The same for a few answers, at most 50; answered by chosen().
  void listenForChoice(const QStringList& choices);
  // The finger was lifted soon: the listening that was begun ends by itself.
  void letItEnd();
  // Now: what was heard so far is judged.
  void stop();
  // The page is left: nothing more is said, and what was heard is forgotten.
  void forget();
  bool isListening() const { return listening_; }

  // Plays what was heard last, or a piece of it; nothing where there is none. Ends with
  // playingChanged(false), or with cannotPlay().
  void playBack(int begins_ms = 0, int ends_ms = -1);
  // The same of a sound that was kept. It takes the place of what was heard last.
  void play(std::shared_ptr<const HeardSound> sound);
  void stopPlaying();
  bool isPlaying() const { return playing_; }

  // Says something with a sound file's bytes; `slowly`: at kSlowShare of its speed, in the same
  // voice. What was being played or said ends, what was heard last stays. Nothing while it is
  // listened. Answered by sayingEnded() with the number that this returns.
  std::uint64_t say(std::shared_ptr<const std::vector<std::byte>> recording, bool slowly);
  void stopSaying();

  static constexpr double kSlowShare = 0.66;  // as the synthetic voice's

 signals:
  void heardNow(const primer::app::HeardNow& heard);
  void said(const primer::app::SaidView& said);
  void chosen(const primer::app::ChosenView& chosen);
  void playingChanged(bool playing);
  // `could` is false where the bytes are no sound that can be decoded, or nothing plays it.
  void sayingEnded(std::uint64_t number, bool could);
  // There is nothing to play with, or it takes nothing.
  void cannotPlay();

 private:
  class Worker;
  Answers answers();
  std::function<void(Playing)> playingTold();

  std::unique_ptr<Worker> worker_;
  bool listening_ = false;
  bool playing_ = false;
  std::uint64_t sayings_ = 0;  // asked for so far
  std::uint64_t round_ = 0;    // tells late results of an earlier listening from this one's
};

}  // namespace primer::app
