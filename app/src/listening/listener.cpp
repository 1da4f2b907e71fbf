#include "primer/app/listener.h"

#include <QThread>
#include <utility>

#include "src/mailbox.h"
#include "worker.h"

namespace primer::app {

SoundSourceMaker recordedSource(const std::filesystem::path& file) {
  return [file](const Clock& clock) -> Result<std::unique_ptr<SoundSource>> {
    PRIMER_ASSIGN(auto sound, RecordedSound::open(file, clock));
    return std::unique_ptr<SoundSource>(std::move(sound));
  };
}

// The thread, and the way there and back.
class Listener::Worker {
 public:
  Worker(ListenerParts parts, const Clock& clock) {
    there_.moveToThread(&thread_);
    thread_.setObjectName(QStringLiteral("primer-listener"));
    thread_.start();
    there_.post([this, parts = std::move(parts), &clock] {
      worker_ = std::make_unique<ListeningWorker>(parts, clock);
    });
  }

  ~Worker() {
    there_.post([this] {
      worker_.reset();
      QThread::currentThread()->quit();
    });
    thread_.wait();
  }

  void doThere(std::function<void(ListeningWorker&)> what) {
    there_.post([this, what = std::move(what)] { what(*worker_); });
  }
  void doHere(std::function<void()> what) { here_.post(std::move(what)); }

 private:
  std::unique_ptr<ListeningWorker> worker_;  // lives on thread_
  Mailbox here_;
  Mailbox there_;
  QThread thread_;
};

Listener::Listener(ListenerParts parts, const Clock& clock, QObject* parent)
    : QObject(parent), worker_(std::make_unique<Worker>(std::move(parts), clock)) {}

Listener::~Listener() = default;

void Listener::prepare() {
  worker_->doThere([](ListeningWorker& worker) { worker.prepare(); });
}

Listener::Answers Listener::answers() {
  const auto round = ++round_;
  // Called on the worker's thread; what comes from an earlier round is dropped here.
  const auto here = [this, round, back = worker_.get()](auto emit_it) {
    return [this, round, back, emit_it](const auto& value) {
      back->doHere([this, round, emit_it, value] {
        if (round == round_) emit_it(value);
      });
    };
  };
  Answers answers;
  answers.heard = here([this](const HeardNow& heard) { emit heardNow(heard); });
  answers.said = here([this](const SaidView& view) {
    listening_ = false;
    emit said(view);
  });
  answers.chosen = here([this](const ChosenView& view) {
    listening_ = false;
    emit chosen(view);
  });
  return answers;
}

void Listener::listen(const ListenRequest& request) {
  listening_ = true;
  worker_->doThere(
      [request, answers = answers()](ListeningWorker& worker) { worker.listen(request, answers); });
}

void Listener::listenForChoice(const QStringList& choices) {
  listening_ = true;
  worker_->doThere([choices, answers = answers()](ListeningWorker& worker) {
    worker.listenForChoice(choices, answers);
  });
}

void Listener::letItEnd() {
  worker_->doThere([](ListeningWorker& worker) { worker.letItEnd(); });
}

void Listener::stop() {
  worker_->doThere([](ListeningWorker& worker) { worker.stop(); });
}

void Listener::forget() {
  ++round_;
  listening_ = false;
  worker_->doThere([](ListeningWorker& worker) { worker.forget(); });
}

std::function<void(Playing)> Listener::playingTold() {
  return [this, back = worker_.get()](Playing told) {
    back->doHere([this, told] {
      const bool playing = told == Playing::kNow;
      if (playing != playing_) {
        playing_ = playing;
        emit playingChanged(playing);
      }
      if (told == Playing::kCannot) emit cannotPlay();
    });
  };
}

void Listener::playBack(int begins_ms, int ends_ms) {
  worker_->doThere([begins_ms, ends_ms, told = playingTold()](ListeningWorker& worker) {
    worker.playBack(begins_ms, ends_ms, told);
  });
}

void Listener::play(std::shared_ptr<const HeardSound> sound) {
  worker_->doThere([sound = std::move(sound), told = playingTold()](ListeningWorker& worker) {
    worker.play(sound, told);
  });
}

std::uint64_t Listener::say(std::shared_ptr<const std::vector<std::byte>> recording, bool slowly) {
  const auto number = ++sayings_;
  auto ended = [this, number, back = worker_.get()](bool could) {
    back->doHere([this, number, could] { emit sayingEnded(number, could); });
  };
  worker_->doThere([recording = std::move(recording), slowly, ended = std::move(ended)](
                       ListeningWorker& worker) { worker.say(*recording, slowly, ended); });
  return number;
}

void Listener::stopSaying() {
  worker_->doThere([](ListeningWorker& worker) { worker.stopSaying(); });
}

void Listener::stopPlaying() {
  worker_->doThere([](ListeningWorker& worker) { worker.stopPlaying(); });
}

}  // namespace primer::app
