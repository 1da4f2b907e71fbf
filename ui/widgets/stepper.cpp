#include "widgets/stepper.h"

#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>

#include "theme/metrics.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {

class Stepper::Figure : public QWidget {
 public:
  explicit Figure(Stepper* stepper) : QWidget(stepper), stepper_(stepper) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  }
  QSize sizeHint() const override { return {px(120), px(size::kTouch)}; }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setFont(headingFont(type::kProblem));
    painter.setPen(colour::kInk);
    painter.drawText(rect(), Qt::AlignCenter, QString::number(stepper_->value()));
  }

 private:
  Stepper* stepper_;
};

Stepper::Stepper(int least, int most, int value, QWidget* parent)
    : QWidget(parent), least_(least), most_(most) {
  auto* row = new QHBoxLayout(this);
  setSpacing(row, {}, space::kGap);
  fewer_ = new RoundButton(QStringLiteral("minus"), tr("One fewer"), this);
  more_ = new RoundButton(QStringLiteral("plus"), tr("One more"), this);
  for (RoundButton* button : {fewer_, more_}) {
    button->setAutoRepeat(true);
    button->setAutoRepeatDelay(400);
    button->setAutoRepeatInterval(90);
  }
  figure_ = new Figure(this);
  row->addWidget(fewer_);
  row->addWidget(figure_);
  row->addWidget(more_);
  connect(fewer_, &RoundButton::clicked, this, [this] { setValue(value_ - 1); });
  connect(more_, &RoundButton::clicked, this, [this] { setValue(value_ + 1); });
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setValue(value);
}

void Stepper::setValue(int value) {
  const int cut = std::clamp(value, least_, most_);
  fewer_->setEnabled(cut > least_);
  more_->setEnabled(cut < most_);
  setAccessibleName(QString::number(cut));
  if (cut == value_) return;
  value_ = cut;
  figure_->update();
  emit valueChanged(value_);
}

}  // namespace primer::ui
