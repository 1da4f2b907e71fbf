#include "primer/app/microphone.h"

#include <algorithm>
#include <utility>

#include "src/sound/sample_ring.h"

namespace primer::app {

namespace {

constexpr std::size_t kRingSamples = 1 << 17;  // more than a second of two channels at 48 kHz
constexpr std::size_t kBlock = 4096;           // samples taken from the ring at a time

}  // namespace

class Microphone::Sink final : public SoundSink {
 public:
  void take(std::span<const float> interleaved) noexcept override { ring_.write(interleaved); }
  SampleRing& ring() { return ring_; }
  const SampleRing& ring() const { return ring_; }

 private:
  SampleRing ring_{kRingSamples};
};

Microphone::Microphone(SoundDevices& devices, const Clock& clock, std::string wanted)
    : devices_(devices), clock_(clock), wanted_(std::move(wanted)) {
  raw_.resize(kBlock);
}

Microphone::~Microphone() { stop(); }

Status Microphone::start() {
  stop();
  health_ = {};
  clipping_ = {};
  patience_ = kSilenceOfDriver;
  const auto opened = openDevice();
  if (!opened) health_.state = SoundState::kNoMicrophone;
  return opened;
}

void Microphone::stop() {
  if (sink_) health_.dropped += sink_->ring().dropped();
  stream_.reset();
  sink_.reset();
  health_.state = SoundState::kStopped;
}

Status Microphone::openDevice() {
  last_sound_ = clock_.steadyTime();  // also where it fails: the next try waits as long
  const auto all = devices_.list();
  auto chosen =
      std::find_if(all.begin(), all.end(), [&](const SoundDevice& d) { return d.name == wanted_; });
  if (chosen == all.end()) {
    chosen = std::find_if(all.begin(), all.end(), [](const SoundDevice& d) { return d.standard; });
  }
  if (chosen == all.end()) chosen = all.begin();
  if (chosen == all.end()) return fail(ErrorCode::kNotFound, "there is no microphone");
  if (chosen->channels < 1) {
    return fail(ErrorCode::kUnsupported, chosen->name + ": has no channel to hear from");
  }
  PRIMER_ASSIGN(auto resampler, speech::Resampler::create(chosen->rate));
  auto sink = std::make_unique<Sink>();
  PRIMER_ASSIGN(stream_, devices_.open(*chosen, *sink));
  sink_ = std::move(sink);
  resampler_ = std::move(resampler);
  device_ = *chosen;
  health_.device = device_.name;
  health_.state = SoundState::kRunning;
  mono_.clear();
  mono_used_ = 0;
  taken_ = 0;
  return {};
}

// Gives up a device that is silent as no room is: not one callback.
void Microphone::watch() {
  const auto now = clock_.steadyTime();
  if (sink_ && sink_->ring().written() + sink_->ring().dropped() != taken_) {
    taken_ = sink_->ring().written() + sink_->ring().dropped();
    last_sound_ = now;
    return;
  }
  if (now - last_sound_ < patience_) return;
  if (health_.state == SoundState::kRunning) {
    health_.state = SoundState::kLost;
    ++health_.interruptions;
  }
  if (sink_) health_.dropped += sink_->ring().dropped();
  stream_.reset();
  sink_.reset();
  // Where it fails, it is tried again; looking for devices costs some milliseconds.
  patience_ = openDevice() ? kSilenceOfDriver : std::min(2 * patience_, kLongestPause);
}

std::size_t Microphone::convert(std::span<std::int16_t> samples) {
  const auto channels = static_cast<std::size_t>(device_.channels);
  std::size_t made = 0;
  while (made < samples.size()) {
    if (mono_used_ == mono_.size()) {
      const auto whole_frames = raw_.size() / channels * channels;
      const auto count = sink_->ring().read(std::span(raw_).first(whole_frames));
      mono_.resize(count / channels);
      mono_used_ = 0;
      if (mono_.empty()) break;
      for (std::size_t i = 0; i < mono_.size(); ++i) {
        float sum = 0;
        for (std::size_t c = 0; c < channels; ++c) sum += raw_[i * channels + c];
        mono_[i] = sum / static_cast<float>(channels);
        clipping_.take(mono_[i]);
      }
    }
    const auto progress =
        resampler_->process(std::span(mono_).subspan(mono_used_), samples.subspan(made));
    mono_used_ += progress.used;
    made += progress.made;
    if (progress.used == 0 && progress.made == 0) break;
  }
  return made;
}

std::size_t Microphone::read(std::span<std::int16_t> samples) {
  if (health_.state == SoundState::kStopped) return 0;
  const auto made = sink_ ? convert(samples) : 0;
  watch();
  noteLevel(samples.first(made));
  return made;
}

SoundHealth Microphone::health() const {
  auto health = health_;
  health.clipped_share = clipping_.share();
  if (sink_) health.dropped += sink_->ring().dropped();
  return health;
}

}  // namespace primer::app
