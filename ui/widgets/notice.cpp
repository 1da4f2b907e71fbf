#include "widgets/notice.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/typeface.h"

namespace primer::ui {

namespace {

struct NoticeLook {
  QColor fill;
  QColor edge;
  const char* icon;
  QColor ink;
};

NoticeLook lookOf(Notice::Weight weight) {
  switch (weight) {
    case Notice::Weight::kGood:
      return {colour::kLeafSoft, colour::kLeafSoft, "check", colour::kLeaf};
    case Notice::Weight::kWarning:
      return {colour::kAmberSoft, colour::kSunDeep, "warning", colour::kAmber};
    case Notice::Weight::kNotice:
      break;
  }
  return {colour::kSkySoft, colour::kRule, "tablet", colour::kSky};
}

}  // namespace

Notice::Notice(Weight weight, const QString& title, const QString& words, QWidget* parent)
    : Card(parent, lookOf(weight).fill, radius::kSmall + 2) {
  const NoticeLook look = lookOf(weight);
  setEdge(look.edge);
  auto* row = new QHBoxLayout(this);
  setSpacing(row, {18, 14, 18, 14}, 16);
  auto* sign = new IconRound(QLatin1String(look.icon), 40, colour::kCard, look.ink, this);
  row->addWidget(sign, 0, Qt::AlignTop);
  auto* texts = new QVBoxLayout;
  setSpacing(texts, {}, 2);
  texts->addWidget(new TextLabel(
      title, [] { return teacherFont(type::kTeacher, QFont::DemiBold); }, colour::kInk, this));
  texts->addWidget(new TextLabel(
      words, [] { return teacherFont(type::kTeacher); }, colour::kInk, this));
  row->addLayout(texts, 1);
}

EmptyState::EmptyState(const QString& icon, const QString& title, const QString& words,
                       QWidget* parent)
    : QWidget(parent) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {28, 28, 28, 28}, 10);
  column->addStretch(1);
  column->addWidget(new IconRound(icon, 88, colour::kSkySoft, colour::kSky, this), 0,
                    Qt::AlignHCenter);
  title_ = new TextLabel(
      title, [] { return teacherFont(type::kTeacherHeading, QFont::DemiBold); }, colour::kInk,
      this);
  title_->setAlignment(Qt::AlignHCenter);
  column->addWidget(title_);
  words_ = new TextLabel(
      words, [] { return teacherFont(type::kTeacher); }, colour::kInk2, this);
  words_->setAlignment(Qt::AlignHCenter);
  column->addWidget(words_);
  column->addStretch(1);
}

IconRound::IconRound(const QString& icon, int design_side, const QColor& ground, const QColor& ink,
                     QWidget* parent)
    : QWidget(parent), icon_(icon), design_side_(design_side), ground_(ground), ink_(ink) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconRound::setIcon(const QString& icon) {
  icon_ = icon;
  update();
}

void IconRound::setInk(const QColor& ink) {
  ink_ = ink;
  update();
}

QSize IconRound::sizeHint() const { return {px(design_side_), px(design_side_)}; }

void IconRound::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ground_);
  painter.drawEllipse(rect());
  QRectF place(0, 0, width() * 0.54, width() * 0.54);
  place.moveCenter(QRectF(rect()).center());
  paintIcon(painter, icon_, place, ink_);
}

}  // namespace primer::ui
