#pragma once

// Ground on which things stand. Shadows and focus rings reach beyond the widget they belong to, so
// it is the ground under them that paints them.

#include <QColor>
#include <QRectF>
#include <QWidget>
#include <vector>

namespace primer::ui {

// What a widget wants painted around it, in its own coordinates.
struct Halo {
  QRectF shape;
  double corner = 0;
  bool shadow = false;
  bool focus_ring = false;
};

class HaloSource {
 public:
  virtual ~HaloSource() = default;
  virtual Halo halo() const = 0;
};

// A widget that can say whether all of its text is to be seen; the journeys ask every one.
class TextFitting {
 public:
  virtual ~TextFitting() = default;
  virtual bool textFits() const = 0;
};

// Everything visible on `page` that cannot show all of its text.
std::vector<const QWidget*> cutTexts(const QWidget& page);

class Canvas : public QWidget {
  Q_OBJECT
 public:
  // No ground colour: transparent (what lies below shows).
  explicit Canvas(QWidget* parent = nullptr, const QColor& ground = QColor());

  void setGround(const QColor& ground);

 protected:
  virtual void paintGround(QPainter& painter);
  void paintEvent(QPaintEvent* event) override;

 private:
  QColor ground_;
};

// Has the ground below `widget` painted again; call when the widget's halo changed.
void refreshHalo(const QWidget* widget);

}  // namespace primer::ui
