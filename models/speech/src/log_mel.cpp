#include "primer/speech/log_mel.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <kissfft/kissfft.hh>
#include <numbers>
#include <string>

namespace primer::speech {

namespace {

double melOf(double hz) { return 2595.0 * std::log10(1.0 + hz / 700.0); }
double hzOf(double mel) { return 700.0 * (std::pow(10.0, mel / 2595.0) - 1.0); }

// A triangle over the lines of the spectrum from `first` on.
struct Band {
  std::size_t first = 0;
  std::vector<double> weights;
};

std::size_t powerOfTwoFrom(std::size_t count) {
  std::size_t size = 1;
  while (size < count) size *= 2;
  return size;
}

std::vector<Band> triangles(const LogMelOptions& o, std::size_t transform) {
  const double low = melOf(o.low_hz), high = melOf(o.high_hz);
  const auto edge = [&](int i) { return hzOf(low + (high - low) * i / (o.bands + 1)); };
  const double step = static_cast<double>(o.sample_rate) / static_cast<double>(transform);
  std::vector<Band> bands(static_cast<std::size_t>(o.bands));
  for (int b = 0; b < o.bands; ++b) {
    const double left = edge(b), centre = edge(b + 1), right = edge(b + 2);
    auto& band = bands[static_cast<std::size_t>(b)];
    for (std::size_t line = 0; line <= transform / 2; ++line) {
      const double hz = static_cast<double>(line) * step;
      const double weight =
          hz <= centre ? (hz - left) / (centre - left) : (right - hz) / (right - centre);
      if (weight <= 0) continue;
      if (band.weights.empty()) band.first = line;
      band.weights.push_back(weight);
    }
  }
  return bands;
}

Status check(const LogMelOptions& o) {
  const auto refuse = [](const std::string& what) {
    return fail(ErrorCode::kInvalidArgument, "log-mel: " + what);
  };
  if (o.sample_rate < 1000 || o.sample_rate > 768'000) {
    return refuse("sample_rate must be 1000 to 768000");
  }
  if (o.window < 16 || o.window > 8192) return refuse("window must be 16 to 8192 samples");
  if (o.hop < 1 || o.hop > o.window) return refuse("hop must be 1 to the window's samples");
  if (o.bands < 1 || o.bands > 256) return refuse("bands must be 1 to 256");
  if (!(o.low_hz >= 0) || !(o.high_hz > o.low_hz) || !(o.high_hz <= o.sample_rate / 2.0)) {
    return refuse("0 <= low_hz < high_hz <= half the sample rate must hold");
  }
  return {};
}

}  // namespace

struct LogMel::Impl {
  Impl(const LogMelOptions& o, std::size_t transform)
      : options(o), fft(transform / 2, false), padded(transform), spectrum(transform / 2 + 1) {
    const auto count = static_cast<std::size_t>(o.window);
    for (std::size_t i = 0; i < count; ++i) {
      const double at = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
      window.push_back(0.5 - 0.5 * std::cos(2 * std::numbers::pi * at));
    }
  }

  const LogMelOptions options;
  const kissfft<double> fft;  // of half the length: two samples make one complex number
  std::vector<double> window;
  std::vector<Band> bands;
  std::vector<double> padded;
  std::vector<std::complex<double>> spectrum;
};

LogMel::LogMel(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LogMel::~LogMel() = default;
LogMel::LogMel(LogMel&&) noexcept = default;
LogMel& LogMel::operator=(LogMel&&) noexcept = default;

Result<LogMel> LogMel::create(const LogMelOptions& options) {
  PRIMER_TRY(check(options));
  const auto transform = powerOfTwoFrom(static_cast<std::size_t>(options.window));
  auto impl = std::make_unique<Impl>(options, transform);
  impl->bands = triangles(options, transform);
  for (std::size_t b = 0; b < impl->bands.size(); ++b) {
    if (impl->bands[b].weights.empty()) {
      return fail(ErrorCode::kInvalidArgument,
                  "log-mel: band " + std::to_string(b) +
                      " holds no line of the spectrum: fewer bands or a longer window");
    }
  }
  return LogMel(std::move(impl));
}

const LogMelOptions& LogMel::options() const { return impl_->options; }

std::size_t LogMel::frameCount(std::size_t samples) const {
  const auto window = static_cast<std::size_t>(impl_->options.window);
  const auto hop = static_cast<std::size_t>(impl_->options.hop);
  return samples < window ? 0 : (samples - window) / hop + 1;
}

void LogMel::frame(std::span<const std::int16_t> samples, std::span<std::int16_t> bands) {
  auto& padded = impl_->padded;
  auto& spectrum = impl_->spectrum;
  for (std::size_t i = 0; i < samples.size(); ++i) padded[i] = samples[i] * impl_->window[i];
  impl_->fft.transform_real(padded.data(), spectrum.data());
  // The last line shares the first one's place: both are real.
  spectrum.back() = spectrum.front().imag();
  spectrum.front() = spectrum.front().real();
  for (std::size_t b = 0; b < bands.size(); ++b) {
    const auto& band = impl_->bands[b];
    double energy = 0;
    for (std::size_t i = 0; i < band.weights.size(); ++i) {
      const auto& line = spectrum[band.first + i];
      energy += band.weights[i] * (line.real() * line.real() + line.imag() * line.imag());
    }
    // The longest window of full scale stays under 2^60: 60 doublings fit an int16.
    const double doublings = std::log2(std::max(energy, 1.0));
    bands[b] = static_cast<std::int16_t>(std::lround(doublings * kPartsPerDoubling));
  }
}

std::vector<std::int16_t> LogMel::frames(std::span<const std::int16_t> samples) {
  const auto count = frameCount(samples.size());
  const auto window = static_cast<std::size_t>(impl_->options.window);
  const auto hop = static_cast<std::size_t>(impl_->options.hop);
  const auto bands = static_cast<std::size_t>(impl_->options.bands);
  std::vector<std::int16_t> all(count * bands);
  for (std::size_t i = 0; i < count; ++i) {
    frame(samples.subspan(i * hop, window), std::span(all).subspan(i * bands, bands));
  }
  return all;
}

}  // namespace primer::speech
