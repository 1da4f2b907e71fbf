#include "window/fade.h"

#include <QPainter>
#include <QPixmap>
#include <QVariantAnimation>
#include <QWidget>

#include "theme/motion.h"

namespace primer::ui {
namespace {

class Veil : public QWidget {
 public:
  explicit Veil(QWidget* over) : QWidget(over), picture_(over->grab()) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setGeometry(over->rect());
    connect(&fade_, &QVariantAnimation::valueChanged, this, [this] { update(); });
    connect(&fade_, &QVariantAnimation::finished, this, &QObject::deleteLater);
    fade_.setStartValue(1.0);
    fade_.setEndValue(0.0);
    fade_.setDuration(motionMs());
    raise();
    show();
    fade_.start();
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setOpacity(fade_.currentValue().toDouble());
    painter.drawPixmap(0, 0, picture_);
  }

 private:
  QPixmap picture_;
  QVariantAnimation fade_;
};

}  // namespace

void fadeOut(QWidget* over) {
  if (motionOn() && over->isVisible()) new Veil(over);
}

}  // namespace primer::ui
