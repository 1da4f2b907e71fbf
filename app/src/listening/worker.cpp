#include "worker.h"

#include <algorithm>
#include <utility>

#include "primer/base/thread_clock.h"
#include "primer/speech/kept_sound.h"
#include "said.h"
#include "src/sound/slower.h"
#include "trouble_words.h"

namespace primer::app {

namespace {

constexpr int kTickMs = 30;

}  // namespace

ListeningWorker::ListeningWorker(ListenerParts parts, const Clock& clock)
    : parts_(std::move(parts)), clock_(clock) {
  timer_.setTimerType(Qt::PreciseTimer);
  timer_.setInterval(kTickMs);
  QObject::connect(&timer_, &QTimer::timeout, [this] { tick(); });
}

void ListeningWorker::prepare() { open(); }

bool ListeningWorker::open() {
  if (judge_) return true;
  auto judge = pronunciation::PronunciationJudge::openShipped();
  if (!judge) return false;
  judge_ = *std::move(judge);
  return true;
}

Result<std::unique_ptr<SoundSource>> ListeningWorker::openSource() {
  if (parts_.open_source) return parts_.open_source(clock_);
  if (!parts_.devices) parts_.devices = systemSoundDevices();
  return std::make_unique<Microphone>(*parts_.devices, clock_);
}

void ListeningWorker::listen(const ListenRequest& request, Answers answers) {
  forget();
  answers_ = std::move(answers);
  choices_.clear();
  sensitivity_ = request.sensitivity;
  speaker_ = request.speaker;
  if (!open()) return tell(ListenTrouble::kNotThere);
  ListeningOptions options;
  options.ends_by_itself = request.ends_by_itself;
  options.patient = request.patient;
  options.longest = Listener::kLongest;
  begin(judge_->lexicon().words(request.text.toStdString()), options);
}

void ListeningWorker::listenForChoice(const QStringList& choices, Answers answers) {
  forget();
  answers_ = std::move(answers);
  choices_.clear();
  for (const auto& choice : choices) choices_.push_back(choice.toStdString());
  if (!open() || choices_.empty()) return tell(ListenTrouble::kNotThere);
  begin(judge_->lexicon().words(choices_.front()), {});
}

void ListeningWorker::begin(std::vector<pronunciation::TextWord> text,
                            const ListeningOptions& options) {
  text_ = std::move(text);
  auto source = openSource();
  if (!source) return tell(ListenTrouble::kNoMicrophone);
  auto listening = Listening::begin(judge_->acoustic(), text_, *std::move(source), options);
  if (!listening) return tell(ListenTrouble::kNotThere);
  listening_ = *std::move(listening);
  timer_.start();
  tick();
}

void ListeningWorker::tick() {
  if (player_ && !player_->isPlaying()) {
    const auto told = player_->gaveUp() ? Playing::kCannot : Playing::kOver;
    player_.reset();
    playing_(told);
  }
  if (!listening_) {
    if (!player_) timer_.stop();
    return;
  }
  const auto heard = listening_->tick();
  if (!heard) return tell(ListenTrouble::kNotThere);
  answers_.heard(*heard);
  if (listening_->isOver()) finish();
}

void ListeningWorker::letItEnd() {
  if (listening_) listening_->letItEnd();
}

void ListeningWorker::stop() {
  if (!listening_) return;
  // What was said up to this moment counts.
  if (const auto heard = listening_->tick(); heard) answers_.heard(*heard);
  finish();
}

void ListeningWorker::finish() {
  const auto began = clock_.steadyTime();
  auto heard = std::move(*listening_).take();
  listening_.reset();
  timer_.stop();
  if (choices_.empty()) {
    auto said = judgeSaid(*judge_, text_, std::move(heard), sensitivity_, speaker_.get());
    last_ = said.sound;
    said.thinking_ms = static_cast<double>((clock_.steadyTime() - began).count());
    answers_.said(said);
    return;
  }
  ChosenView view;
  view.trouble = heard.trouble;
  const auto chosen = judge_->choose(heard.recording, choices_);
  if (!chosen) view.trouble = ListenTrouble::kNotThere;
  view.trouble_words = troubleWords(view.trouble);
  if (chosen && view.trouble == ListenTrouble::kNone) {
    view.choice = chosen->choice ? static_cast<int>(*chosen->choice) : -1;
    view.unsure = chosen->unsure;
  }
  last_ = std::move(heard.sound);
  view.sound = last_;
  answers_.chosen(view);
}

void ListeningWorker::tell(ListenTrouble trouble) {
  listening_.reset();
  timer_.stop();
  if (choices_.empty()) {
    SaidView view;
    view.trouble = trouble;
    view.trouble_words = troubleWords(trouble);
    answers_.said(view);
  } else {
    ChosenView view;
    view.trouble = trouble;
    view.trouble_words = troubleWords(trouble);
    answers_.chosen(view);
  }
}

void ListeningWorker::forget() {
  listening_.reset();
  stopPlaying();
  timer_.stop();
  last_.reset();
}

void ListeningWorker::playBack(int begins_ms, int ends_ms, std::function<void(Playing)> playing) {
  stopPlaying();
  saying_ = false;
  playing_ = std::move(playing);
  if (!last_ || listening_) return playing_(Playing::kOver);
  const auto& all = last_->samples;
  const auto at = [&all](int ms) {
    const auto sample = static_cast<std::size_t>(std::max(ms, 0)) * speech::kSampleRate / 1000;
    return static_cast<std::ptrdiff_t>(std::min(sample, all.size()));
  };
  const auto first = all.begin() + at(begins_ms);
  const auto last = ends_ms < begins_ms ? all.end() : all.begin() + at(ends_ms);
  if (!startPlayer({first, last})) playing_(Playing::kCannot);
}

// Tells that it plays; false, and nothing told, where there is nothing to play with.
bool ListeningWorker::startPlayer(std::vector<std::int16_t> samples) {
  if (!parts_.devices) parts_.devices = systemSoundDevices();
  player_.emplace(*parts_.devices, clock_);
  if (!player_->play(std::move(samples))) {
    player_.reset();
    return false;
  }
  playing_(Playing::kNow);
  timer_.start();
  return true;
}

void ListeningWorker::say(std::span<const std::byte> recording, bool slowly,
                          const std::function<void(bool could)>& ended) {
  if (listening_) return ended(true);
  stopPlaying();
  auto samples = speech::unpackSound(recording);
  if (!samples || samples->empty()) return ended(false);
  if (slowly) *samples = slower(*samples, Listener::kSlowShare);
  playing_ = [ended](Playing playing) {
    if (playing != Playing::kNow) ended(playing != Playing::kCannot);
  };
  saying_ = startPlayer(*std::move(samples));
  if (!saying_) ended(false);
}

void ListeningWorker::stopSaying() {
  if (saying_) stopPlaying();
}

void ListeningWorker::play(std::shared_ptr<const HeardSound> sound,
                           std::function<void(Playing)> playing) {
  forget();
  last_ = std::move(sound);
  playBack(0, -1, std::move(playing));
}

void ListeningWorker::stopPlaying() {
  if (!player_) return;
  player_.reset();
  playing_(Playing::kOver);
}

}  // namespace primer::app
