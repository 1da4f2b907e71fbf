#pragma once

// A place on a picture that takes a thing: a dotted box, the title of a place for many, or nothing
// to be seen where the picture shows it by itself. It lights when it would take what is dragged.

#include "quiz/place_part.h"

namespace primer::ui {

class PlacedThing;

class PlaceSpot : public PlacePart, public TextFitting {
  Q_OBJECT
 public:
  enum class Look { kBox, kTitle, kUnseen };

  PlaceSpot(const QString& name, QWidget* parent);

  // `title` is shown by Look::kTitle.
  void setLook(Look look, const QString& title = {});
  void setLit(bool on);
  // In a box what belongs there, pale; null: nothing is shown.
  void setPale(const PlacedThing* thing);
  // Of the title, in design pixels: the largest in which it fits, and the one that it is set in
  // beside others.
  int fittingSize() const;
  void setTitleSize(int design_px);
  bool textFits() const override;

 protected:
  double corner() const override;
  void paintEvent(QPaintEvent* event) override;

 private:
  QRectF titleRoom() const;

  Look look_ = Look::kBox;
  QString title_;
  int title_size_ = 0;  // 0: as large as fits
  bool lit_ = false;
  const PlacedThing* pale_ = nullptr;
};

}  // namespace primer::ui
