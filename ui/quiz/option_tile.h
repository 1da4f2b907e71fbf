#pragma once

// One answer to choose, on a tile as large as a thumb. What state it is in shows by a shape and by
// colour: an empty circle or square, a filled one, a tick, a wave; a number where order counts; a
// shape of its own for each pair.

#include "widgets/control.h"

namespace primer::ui {

class OptionTile : public Control, public TextFitting {
  Q_OBJECT
 public:
  enum class Sign { kNone, kCircle, kSquare };
  enum class State { kFree, kChosen, kRight, kNotYet };
  static constexpr int kPairs = 5;  // shapes there are

  OptionTile(const QString& text, Sign sign, QWidget* parent);

  void setState(State state);
  State state() const { return state_; }
  void setNumber(int number);  // 0: none
  void setPair(int pair);      // -1: none
  // The largest size at which its words fit, and the one that they are set in where a board gives
  // all of its tiles the same; design pixels.
  int fittingSize() const;
  void setWordSize(int design_px);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool textFits() const override;

 protected:
  double corner() const override;
  bool raised() const override { return state_ == State::kFree; }
  void paintEvent(QPaintEvent* event) override;

 private:
  void paintSign(QPainter& painter, const QRectF& where) const;
  QRectF signPlace() const;
  QRectF textPlace() const;
  bool isMaths() const;
  int wordSize() const;

  Sign sign_;
  int word_size_ = 0;  // 0: as large as fits
  State state_ = State::kFree;
  int number_ = 0;
  int pair_ = -1;
};

}  // namespace primer::ui
