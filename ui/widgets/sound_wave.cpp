#include "widgets/sound_wave.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"

namespace primer::ui {
namespace {

constexpr double kBar = 4;    // design pixels
constexpr double kStep = 10;  // from bar to bar
constexpr std::size_t kPieces = 400;

// Loudness is heard by its logarithm: a soft voice is to be seen as well.
double heightOf(float level) {
  const double decibels = 20 * std::log10(std::max(double(level), 1e-4));
  return std::clamp((decibels + 50) / 46, 0.0, 1.0);
}

}  // namespace

SoundWave::SoundWave(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setAccessibleName(tr("How loud it is"));
}

void SoundWave::clear() {
  live_.clear();
  whole_.clear();
  listening_ = false;
  update();
}

void SoundWave::push(float level) {
  whole_.clear();
  listening_ = true;
  live_.push_back(level);
  while (live_.size() > bars()) live_.pop_front();
  update();
}

void SoundWave::setSound(std::span<const std::int16_t> samples) {
  live_.clear();
  listening_ = false;
  whole_.assign(samples.empty() ? 0 : kPieces, 0);
  for (std::size_t i = 0; i < whole_.size(); ++i) {
    const auto first = samples.size() * i / kPieces;
    const auto last = std::max(samples.size() * (i + 1) / kPieces, first + 1);
    int loudest = 0;
    for (auto s = first; s < std::min(last, samples.size()); ++s) {
      loudest = std::max(loudest, std::abs(int(samples[s])));
    }
    whole_[i] = float(loudest) / 32768;
  }
  update();
}

std::size_t SoundWave::bars() const {
  return std::size_t(std::max(1.0, std::floor(width() / pxf(kStep))));
}

QSize SoundWave::sizeHint() const { return {px(320), px(64)}; }
QSize SoundWave::minimumSizeHint() const { return {px(60), px(64)}; }

void SoundWave::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  const auto count = std::max(bars(), live_.size());
  const double wide = pxf(kBar);
  const double most = height() - pxf(4);
  const bool rests = !listening_ && whole_.empty();
  for (std::size_t i = 0; i < count; ++i) {
    float level = 0;
    bool heard = false;
    if (!whole_.empty()) {
      const auto first = whole_.size() * i / count;
      const auto last = std::max(whole_.size() * (i + 1) / count, first + 1);
      for (auto p = first; p < std::min(last, whole_.size()); ++p) {
        level = std::max(level, whole_[p]);
      }
      heard = true;
    } else if (i + live_.size() >= count) {
      level = live_[i + live_.size() - count];
      heard = true;
    }
    const double tall = std::max(wide, most * heightOf(level));
    painter.setBrush(rests ? colour::kWaiting : !heard ? colour::kLine : colour::kSky);
    const double x = double(i) * pxf(kStep) + (width() - double(count) * pxf(kStep)) / 2;
    painter.drawRoundedRect(QRectF(x, (height() - tall) / 2, wide, tall), wide / 2, wide / 2);
  }
}

}  // namespace primer::ui
