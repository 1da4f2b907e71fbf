#pragma once

// "Keep it for my teacher": what was said is kept only where the pupil presses this. It says when
// it is on its way and when the teacher can hear it, and is not there where there is nothing to
// keep.

#include "primer/app/heard.h"
#include "widgets/button.h"

namespace primer::ui {

class KeepButton : public Button {
  Q_OBJECT
 public:
  explicit KeepButton(QWidget* parent = nullptr);

  void setState(app::KeepState state);
  // Words for a narrow place.
  void setShort(bool is_short);
  bool isOffering() const { return state_ != app::KeepState::kNothing; }

 private:
  void tell();

  app::KeepState state_ = app::KeepState::kNothing;
  bool short_ = false;
};

}  // namespace primer::ui
