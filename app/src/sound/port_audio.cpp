#include <dlfcn.h>
#include <portaudio.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "primer/app/microphone.h"

namespace primer::app {

namespace {

int onSound(const void* input, void*, unsigned long frames, const PaStreamCallbackTimeInfo*,
            PaStreamCallbackFlags, void* user) noexcept;
int onPlay(const void*, void* output, unsigned long frames, const PaStreamCallbackTimeInfo*,
           PaStreamCallbackFlags, void* user) noexcept;

void dropAlsaMessage(const char*, int, const char*, int, const char*, ...) {}

// The libraries below PortAudio print a page on standard error where a tablet has no sound card or
// no JACK server. Each lets its messages be taken; what matters comes back as an error anyway.
void silenceLibraries() {
  using AlsaHandler = void (*)(const char*, int, const char*, int, const char*, ...);
  using JackHandler = void (*)(const char*);
  if (auto* set = dlsym(RTLD_DEFAULT, "snd_lib_error_set_handler"); set != nullptr) {
    reinterpret_cast<int (*)(AlsaHandler)>(set)(dropAlsaMessage);
  }
  for (const char* name : {"jack_set_error_function", "jack_set_info_function"}) {
    auto* set = dlsym(RTLD_DEFAULT, name);
    const JackHandler drop = [](const char*) {};
    if (set != nullptr) reinterpret_cast<void (*)(JackHandler)>(set)(drop);
  }
}

class PortAudioStream final : public SoundStream {
 public:
  PortAudioStream(SoundSink& sink, int channels) : sink_(sink), channels_(channels) {}
  ~PortAudioStream() override {
    if (stream_ == nullptr) return;
    Pa_AbortStream(stream_);
    Pa_CloseStream(stream_);
  }

  PaError open(PaDeviceIndex device, double rate, double latency) {
    PaStreamParameters input{};
    input.device = device;
    input.channelCount = channels_;
    input.sampleFormat = paFloat32;
    input.suggestedLatency = latency;
    const PaError error = Pa_OpenStream(&stream_, &input, nullptr, rate,
                                        paFramesPerBufferUnspecified, paNoFlag, onSound, this);
    return error == paNoError ? Pa_StartStream(stream_) : error;
  }

  void take(const float* samples, std::size_t frames) noexcept {
    sink_.take({samples, frames * static_cast<std::size_t>(channels_)});
  }

 private:
  SoundSink& sink_;
  const int channels_;
  PaStream* stream_ = nullptr;
};

class PortAudioPlayback final : public SoundStream {
 public:
  explicit PortAudioPlayback(SoundFeed& feed) : feed_(feed) {}
  ~PortAudioPlayback() override {
    if (stream_ == nullptr) return;
    Pa_AbortStream(stream_);
    Pa_CloseStream(stream_);
  }

  PaError open(PaDeviceIndex device) {
    const PaDeviceInfo* info = Pa_GetDeviceInfo(device);
    PaStreamParameters output{};
    output.device = device;
    output.channelCount = 1;
    output.sampleFormat = paFloat32;
    output.suggestedLatency = info->defaultLowOutputLatency;
    rate_ = info->defaultSampleRate;
    const PaError error = Pa_OpenStream(&stream_, nullptr, &output, rate_,
                                        paFramesPerBufferUnspecified, paNoFlag, onPlay, this);
    return error == paNoError ? Pa_StartStream(stream_) : error;
  }

  void give(float* samples, std::size_t frames) noexcept { feed_.give({samples, frames}, rate_); }

 private:
  SoundFeed& feed_;
  double rate_ = 0;
  PaStream* stream_ = nullptr;
};

// On PortAudio's thread, like the next one: copies and returns.
int onPlay(const void*, void* output, unsigned long frames, const PaStreamCallbackTimeInfo*,
           PaStreamCallbackFlags, void* user) noexcept {
  static_cast<PortAudioPlayback*>(user)->give(static_cast<float*>(output), frames);
  return paContinue;
}

int onSound(const void* input, void*, unsigned long frames, const PaStreamCallbackTimeInfo*,
            PaStreamCallbackFlags, void* user) noexcept {
  if (input != nullptr) {
    static_cast<PortAudioStream*>(user)->take(static_cast<const float*>(input), frames);
  }
  return paContinue;
}

class PortAudioDevices final : public SoundDevices {
 public:
  PortAudioDevices() { silenceLibraries(); }
  ~PortAudioDevices() override {
    if (ready_) Pa_Terminate();
  }

  std::vector<SoundDevice> list() override {
    look();
    std::vector<SoundDevice> devices;
    for (PaDeviceIndex i = 0; ready_ && i < Pa_GetDeviceCount(); ++i) {
      const PaDeviceInfo* info = Pa_GetDeviceInfo(i);
      if (info == nullptr || info->maxInputChannels < 1) continue;
      devices.push_back({info->name, static_cast<int>(std::lround(info->defaultSampleRate)),
                         std::min(info->maxInputChannels, 2), i == Pa_GetDefaultInputDevice()});
    }
    return devices;
  }

  Result<std::unique_ptr<SoundStream>> open(const SoundDevice& device, SoundSink& sink) override {
    const auto index = ready_ ? indexOf(device.name) : paNoDevice;
    if (index == paNoDevice) return fail(ErrorCode::kNotFound, device.name + ": is gone");
    const double latency = Pa_GetDeviceInfo(index)->defaultLowInputLatency;
    auto stream = std::make_unique<PortAudioStream>(sink, device.channels);
    if (const PaError error = stream->open(index, device.rate, latency); error != paNoError) {
      return fail(ErrorCode::kIo, device.name + ": " + Pa_GetErrorText(error));
    }
    return stream;
  }

  Result<std::unique_ptr<SoundStream>> play(SoundFeed& feed) override {
    look();
    const auto device = ready_ ? Pa_GetDefaultOutputDevice() : paNoDevice;
    if (device == paNoDevice) return fail(ErrorCode::kNotFound, "there is nothing to play with");
    auto stream = std::make_unique<PortAudioPlayback>(feed);
    if (const PaError error = stream->open(device); error != paNoError) {
      return fail(ErrorCode::kIo, std::string("playing: ") + Pa_GetErrorText(error));
    }
    return stream;
  }

 private:
  // PortAudio looks for devices when it is initialised, and only then.
  void look() {
    if (ready_) Pa_Terminate();
    ready_ = Pa_Initialize() == paNoError;
  }

  static PaDeviceIndex indexOf(const std::string& name) {
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); ++i) {
      const PaDeviceInfo* info = Pa_GetDeviceInfo(i);
      if (info != nullptr && info->maxInputChannels > 0 && name == info->name) return i;
    }
    return paNoDevice;
  }

  bool ready_ = false;
};

}  // namespace

std::unique_ptr<SoundDevices> systemSoundDevices() { return std::make_unique<PortAudioDevices>(); }

}  // namespace primer::app
