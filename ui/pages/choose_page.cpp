#include "pages/choose_page.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "theme/contrast.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/meadow.h"
#include "widgets/scroll_area.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kColumns = 3;
constexpr int kColumnsNarrow = 2;
constexpr int kNarrow = 1200;  // design pixels
constexpr int kTileHeight = 132;
constexpr int kFlower = 92;  // its room at the start of the tile
constexpr int kInset = 18;
constexpr int kHalo = 16;
constexpr int kAboveGroup = 14;
constexpr int kLeastTitle = 20;  // of a longer language

}  // namespace

SkillTile::SkillTile(const app::SkillChoice& choice, QWidget* parent)
    : Control(parent), choice_(choice) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setAccessibleName(choice.title);
  title_ = new TextLabel(
      choice.title, [] { return readingFont(type::kReading); }, colour::kInk, this);
  title_->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  title_->setLineSpacing(0.84);
  title_->setMaximumLines(3);
  title_->setMayShrink(kLeastTitle);
}

QSize SkillTile::sizeHint() const { return {px(380), px(kTileHeight)}; }
QSize SkillTile::minimumSizeHint() const { return {px(200), px(kTileHeight)}; }
double SkillTile::corner() const { return pxf(radius::kTile); }

void SkillTile::resizeEvent(QResizeEvent* event) {
  Control::resizeEvent(event);
  const int start = px(kInset + kFlower + 22);
  QRect room(start, px(10), width() - start - px(kInset), height() - px(20));
  if (layoutDirection() == Qt::RightToLeft) room.moveLeft(px(kInset));
  title_->setGeometry(room);
}

void SkillTile::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(isDown() ? mix(colour::kCard, colour::kSkySoft, 0.8) : colour::kCard);
  painter.drawPath(rounded(QRectF(rect()), corner()));
  QRectF bed(pxf(kInset), pxf(16), pxf(kFlower), height() - pxf(32));
  if (layoutDirection() == Qt::RightToLeft) bed.moveRight(width() - pxf(kInset));
  painter.setBrush(colour::kLeafSoft);
  painter.drawPath(rounded(bed, pxf(radius::kCard)));
  painter.setClipPath(rounded(bed, pxf(radius::kCard)));
  // What has not been met yet is a seedling.
  paintFlowers(painter, bed.adjusted(0, -pxf(24), 0, -pxf(8)),
               {{choice_.grown / double(app::kFlowerOpensAt), false}}, 0);
}

ChoosePage::ChoosePage(QWidget* parent) : Page(parent) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {28 - kHalo, 8, 28 - kHalo, 12}, 4);
  auto* top = new QHBoxLayout;
  setSpacing(top, {kHalo, 0, kHalo, 0}, 24);
  auto* back = new RoundButton(QStringLiteral("arrow-left"), tr("Back"), this);
  connect(back, &RoundButton::clicked, this, &ChoosePage::backPressed);
  auto* title = new TextLabel(
      tr("What would you like?"), [] { return headingFont(type::kTitle); }, colour::kInk, this);
  title->setMaximumLines(1);
  title->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  top->addWidget(back);
  title->setMayShrink(type::kHeading);
  top->addWidget(title, 1);
  voice_ = new RoundButton(QStringLiteral("speaker"), tr("Read it to me"), this);
  voice_->hide();
  connect(voice_, &RoundButton::clicked, this,
          [this, title] { emit readAloudPressed(title->text() + spoken()); });
  top->addWidget(voice_);
  column->addLayout(top);
  auto* scroll = new ScrollArea(this);
  field_ = new Canvas(nullptr, colour::kPaper);
  auto* rows = new QVBoxLayout(field_);
  setSpacing(rows, {kHalo, kHalo, kHalo, kHalo}, 0);
  grid_ = new QGridLayout;
  setSpacing(grid_, {}, space::kCards);
  rows->addLayout(grid_);
  rows->addStretch(1);
  scroll->setWidget(field_);
  column->addWidget(scroll, 1);
}

void ChoosePage::setVoice(bool there) { voice_->setVisible(there); }

QString ChoosePage::spoken() const {
  QString text;
  QString group;
  for (const SkillTile* tile : tiles_) {
    if (tile->group() != group) text += QStringLiteral(". ") + tile->group();
    group = tile->group();
    text += QStringLiteral(". ") + tile->accessibleName();
  }
  return text;
}

void ChoosePage::showSkills(const QList<app::SkillChoice>& skills) {
  qDeleteAll(tiles_);
  tiles_.clear();
  qDeleteAll(groups_);
  groups_.clear();
  QString group;
  for (const app::SkillChoice& choice : skills) {
    if (choice.group != group) {
      groups_.push_back(new TextLabel(
          choice.group, [] { return headingFont(type::kHeading); }, colour::kInk, field_));
      groups_.back()->setMaximumLines(1);
      groups_.back()->setMayShrink(kLeastTitle);
      groups_.back()->setAlignment(Qt::AlignLeading | Qt::AlignBottom);
      groups_.back()->show();
      group = choice.group;
    }
    auto* tile = new SkillTile(choice, field_);
    connect(tile, &SkillTile::clicked, this, [this, tile] { emit skillPressed(tile->skill()); });
    tile->show();
    tiles_.push_back(tile);
  }
  arrange();
}

void ChoosePage::arrange() {
  const int columns = width() < px(kNarrow) ? kColumnsNarrow : kColumns;
  while (grid_->count() > 0) delete grid_->takeAt(0);
  int row = -1;
  int column = columns;
  QString group;
  auto heading = groups_.begin();
  for (SkillTile* tile : tiles_) {
    if (tile->group() != group) {
      (*heading)->setContentsMargins(0, row < 0 ? 0 : px(kAboveGroup), 0, 0);
      grid_->addWidget(*heading++, ++row, 0, 1, columns);
      group = tile->group();
      column = columns;
    }
    if (column == columns) {
      column = 0;
      ++row;
    }
    grid_->addWidget(tile, row, column++);
  }
  for (int i = 0; i < kColumns; ++i) grid_->setColumnStretch(i, i < columns ? 1 : 0);
}

void ChoosePage::resizeEvent(QResizeEvent* event) {
  Page::resizeEvent(event);
  arrange();
}

void ChoosePage::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    emit backPressed();
  } else {
    Page::keyPressEvent(event);
  }
}

}  // namespace primer::ui
