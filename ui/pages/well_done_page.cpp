#include "pages/well_done_page.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "theme/metrics.h"
#include "theme/motion.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/meadow.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {
constexpr qsizetype kEmptyPlaces = 2;
constexpr int kLowScreen = 720;  // design pixels
constexpr int kCorner = 16;
constexpr int kLeastNext = 20;
}  // namespace

WellDonePage::WellDonePage(QWidget* parent) : Page(parent, colour::kAir) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {28, 44, 28, 34}, 8);
  title_ = new TextLabel(
      {}, [] { return headingFont(type::kDisplay); }, colour::kInk, this);
  title_->setAlignment(Qt::AlignHCenter);
  title_->setMayShrink(type::kTitle);
  column->addWidget(title_);
  lines_ = new TextLabel(
      {}, [] { return readingFont(30); }, colour::kInk, this);
  lines_->setAlignment(Qt::AlignHCenter);
  lines_->setLineSpacing(0.87);
  lines_->setMayShrink(type::kNote);
  column->addWidget(lines_);
  next_ = new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk2, this);
  next_->setAlignment(Qt::AlignHCenter);
  next_->setLineSpacing(0.87);
  next_->setMayShrink(kLeastNext);
  column->addWidget(next_);
  column->addStretch(1);
  auto* buttons = new QHBoxLayout;
  setSpacing(buttons, {}, 14);
  one_more_ =
      new Button(tr("One more set"), QStringLiteral("arrow-right"), Button::Kind::kPrimary, this);
  connect(one_more_, &Button::clicked, this, &WellDonePage::oneMorePressed);
  finished_ =
      new Button(tr("I am finished"), QStringLiteral("door"), Button::Kind::kSecondary, this);
  connect(finished_, &Button::clicked, this, &WellDonePage::finishedPressed);
  buttons->addStretch(1);
  home_ = new RoundButton(QStringLiteral("home"), tr("My garden"), this);
  connect(home_, &RoundButton::clicked, this, &WellDonePage::homePressed);
  look_ = new Button(tr("My lines"), QStringLiteral("again"), Button::Kind::kSecondary, this);
  look_->setWordOptional(true);
  connect(look_, &Button::clicked, this, &WellDonePage::lookPressed);
  buttons->addWidget(home_);
  buttons->addWidget(look_);
  buttons->addWidget(one_more_);
  buttons->addWidget(finished_);
  buttons->addStretch(1);
  column->addLayout(buttons);
  voice_ = new RoundButton(QStringLiteral("speaker"), tr("Read it to me"), this);
  voice_->hide();
  connect(voice_, &RoundButton::clicked, this, [this] {
    emit readAloudPressed(title_->text() + QStringLiteral(". ") + lines_->text() +
                          QLatin1Char(' ') + next_->text());
  });
  connect(&opening_, &QVariantAnimation::valueChanged, this, [this] { update(); });
  opening_.setStartValue(0.0);
  opening_.setEndValue(1.0);
}

void WellDonePage::showSummary(const app::SummaryView& summary) {
  summary_ = summary;
  title_->setText(summary.title);
  look_->setVisible(!summary.done.isEmpty());
  one_more_->setVisible(!summary.visit_over);
  home_->setVisible(!summary.visit_over);
  finished_->setKind(summary.visit_over ? Button::Kind::kPrimary : Button::Kind::kSecondary);
  showLines();
  next_->setText(summary.next);
  next_->setVisible(!summary.next.isEmpty());
  opening_.stop();
  opening_.setDuration(motionMs());
  opening_.setCurrentTime(motionMs());
  if (motionOn()) opening_.start();
  update();
}

void WellDonePage::setVoice(bool there) { voice_->setVisible(there); }

void WellDonePage::resizeEvent(QResizeEvent* event) {
  Page::resizeEvent(event);
  const int side = px(size::kTouch);
  const int edge = px(kCorner);
  const bool mirrored = layoutDirection() == Qt::RightToLeft;
  voice_->setGeometry(mirrored ? edge : width() - edge - side, edge, side, side);
  voice_->raise();
  showLines();
}

void WellDonePage::showSaved(bool all) {
  if (summary_.all_saved == all) return;
  summary_.all_saved = all;
  showLines();
}

void WellDonePage::showLines() {
  QStringList lines = summary_.lines;
  if (!summary_.over_words.isEmpty()) lines += summary_.over_words;
  if (!summary_.all_saved) {
    lines += tr("**Not everything is saved yet. Please leave the tablet on.**");
  }
  // On a low screen they run on, and leave room for the flowers.
  const bool low = height() < px(kLowScreen);
  lines_->setText(lines.join(low ? QLatin1Char(' ') : QLatin1Char('\n')));
  update();
}

QRectF WellDonePage::flowerBed(qsizetype flowers) const {
  const QWidget* last = next_->isVisibleTo(this) ? next_ : lines_;
  const double top = std::max(height() * 0.36, double(last->geometry().bottom() + px(14)));
  const double bottom = height() - pxf(34 + size::kTouch + 44);
  const double wide = std::min(width() - pxf(120), double(flowers) * pxf(220));
  return {(width() - wide) / 2, top, wide, bottom - top};
}

void WellDonePage::paintGround(QPainter& painter) {
  // Where the words need the sky, the sun is about to set.
  const bool low = height() < px(kLowScreen);
  paintMeadow(painter, QRectF(rect()), 0.53, low ? 0.52 : 0.31);
  QList<FlowerShape> flowers;
  // What was sown, and a few places where something may grow next.
  qsizetype places = 0;
  for (const auto& flower : summary_.garden) {
    if (flower.grown == 0 && ++places > kEmptyPlaces) continue;
    flowers.append({flower.grown / double(app::kFlowerOpensAt), flower.opened_now});
  }
  const double opening =
      opening_.state() == QAbstractAnimation::Running ? opening_.currentValue().toDouble() : 1.0;
  paintFlowers(painter, flowerBed(std::max<qsizetype>(1, flowers.size())), flowers, opening);
}

}  // namespace primer::ui
