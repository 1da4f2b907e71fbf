#include "widgets/sidebar.h"

#include <QPainter>
#include <QVBoxLayout>

#include "theme/contrast.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kWidth = 200;
constexpr int kItemHeight = 60;

QFont wordFont() { return teacherFont(type::kTeacher, QFont::Medium); }

}  // namespace

SidebarItem::SidebarItem(const QString& word, const QString& icon, QWidget* parent)
    : Control(parent), icon_(icon) {
  setText(word);
  setAccessibleName(word);
  setCheckable(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize SidebarItem::sizeHint() const {
  return {px(64) + QFontMetrics(wordFont()).horizontalAdvance(text()), px(kItemHeight)};
}

bool SidebarItem::textFits() const { return width() >= sizeHint().width(); }

double SidebarItem::corner() const { return pxf(radius::kSmall); }

void SidebarItem::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (isChecked() || isDown() || focusVisible()) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? colour::kNightItem
                                 : mix(colour::kNight, colour::kNightItem, 0.6));
    painter.drawPath(rounded(QRectF(rect()), corner()));
  }
  if (focusVisible()) {  // the ring's sky would drown in the dark: here it is light and inside
    painter.setPen(QPen(colour::kSkySoft, pxf(3)));
    painter.setBrush(Qt::NoBrush);
    const double in = pxf(3);
    painter.drawPath(rounded(QRectF(rect()).adjusted(in, in, -in, -in), corner() - in));
  }
  const bool mirrored = layoutDirection() == Qt::RightToLeft;
  const double side = pxf(22);
  const double icon_x = mirrored ? width() - pxf(14) - side : pxf(14);
  const QColor ink = isChecked() ? colour::kCard : colour::kNightText;
  paintIcon(painter, icon_, QRectF(icon_x, (height() - side) / 2, side, side), ink);
  painter.setFont(wordFont());
  painter.setPen(ink);
  const QRectF room = mirrored ? QRectF(0, 0, width() - pxf(46), height())
                               : QRectF(pxf(46), 0, width() - pxf(46), height());
  painter.drawText(room, besideFlags(mirrored), text());
}

Sidebar::Sidebar(QWidget* parent) : Canvas(parent) {
  auto* whole = new QVBoxLayout(this);
  setSpacing(whole, {14, 24, 14, 20}, 24);
  auto* name = new TextLabel(
      QStringLiteral("Primer"), [] { return headingFont(28); }, colour::kCard, this);
  name->setMaximumLines(1);
  auto* name_row = new QHBoxLayout;
  setSpacing(name_row, {12, 0, 0, 0}, 0);
  name_row->addWidget(name);
  whole->addLayout(name_row);
  column_ = new QVBoxLayout;
  setSpacing(column_, {}, 6);
  whole->addLayout(column_);
  whole->addStretch(1);
  auto* lock = new SidebarItem(tr("Lock"), QStringLiteral("lock"), this);
  lock->setCheckable(false);
  connect(lock, &SidebarItem::clicked, this, &Sidebar::lockPressed);
  whole->addWidget(lock);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
}

void Sidebar::addPlace(const QString& word, const QString& icon) {
  auto* item = new SidebarItem(word, icon, this);
  const int index = int(items_.size());
  connect(item, &SidebarItem::clicked, this, [this, index] {
    setCurrent(index);
    emit placePressed(index);
  });
  column_->addWidget(item);
  items_.push_back(item);
}

void Sidebar::setCurrent(int index) {
  for (int i = 0; i < int(items_.size()); ++i) items_[size_t(i)]->setChecked(i == index);
}

void Sidebar::setWord(int index, const QString& word) {
  SidebarItem* item = items_[size_t(index)];
  item->setText(word);
  item->setAccessibleName(word);
  item->updateGeometry();
}

QSize Sidebar::sizeHint() const { return {px(kWidth), px(400)}; }

void Sidebar::paintGround(QPainter& painter) { painter.fillRect(rect(), colour::kNight); }

}  // namespace primer::ui
