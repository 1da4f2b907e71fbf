#pragma once

// The sound as bars: growing while it is listened, whole when it is over, lying low while nothing
// is said.

#include <QWidget>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

namespace primer::ui {

class SoundWave : public QWidget {
  Q_OBJECT
 public:
  explicit SoundWave(QWidget* parent = nullptr);

  void clear();
  void push(float level);  // 0..1, many times a second
  // The whole of what was heard (16 kHz).
  void setSound(std::span<const std::int16_t> samples);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::size_t bars() const;

  std::deque<float> live_;    // the newest last
  std::vector<float> whole_;  // loudness along the sound, 0..1
  bool listening_ = false;
};

}  // namespace primer::ui
