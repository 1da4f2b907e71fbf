#include "pages/log_in_pictures_page.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <chrono>

#include "primer/app/pictures.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/picture_tile.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kColumns = 3;
constexpr int kTileGap = 18;
constexpr int kPlace = 92;  // where a tapped picture stands
constexpr int kPlaceGap = 16;

}  // namespace

// A place for each picture that is asked for, filled from the first on.
class LogInPicturesPage::Places : public QWidget {
 public:
  explicit Places(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  }
  void show(const QStringList& tapped, int count) {
    tapped_ = tapped;
    count_ = count;
    setAccessibleName(tapped.isEmpty()
                          ? LogInPicturesPage::tr("%1 pictures to tap").arg(count)
                          : LogInPicturesPage::tr("Tapped: %1").arg(app::pictureNames(tapped)));
    updateGeometry();
    update();
  }
  QSize sizeHint() const override {
    return {px(kPlace) * count_ + px(kPlaceGap) * std::max(0, count_ - 1), px(kPlace)};
  }
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const double side = px(kPlace);
    for (int i = 0; i < count_; ++i) {
      const double at = i * (side + px(kPlaceGap));
      const QRectF place(mirrored ? width() - at - side : at, 0, side, side);
      const bool filled = i < tapped_.size();
      const bool next = i == tapped_.size();
      const double half = pxf(next ? 2 : 1.5);
      painter.setPen(QPen(next ? colour::kSky : colour::kLine, 2 * half,
                          filled ? Qt::SolidLine : Qt::DashLine));
      painter.setBrush(filled ? colour::kSkySoft : colour::kCard);
      painter.drawPath(rounded(place.adjusted(half, half, -half, -half), pxf(radius::kCard)));
      const double in = side * 0.18;
      if (filled) paintPicture(painter, tapped_[i], place.adjusted(in, in, -in, -in));
    }
  }
  void changeEvent(QEvent* event) override {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) updateGeometry();
  }

 private:
  QStringList tapped_;
  int count_ = 0;
};

LogInPicturesPage::LogInPicturesPage(QWidget* parent) : Page(parent) {
  auto* row = new QHBoxLayout(this);
  setSpacing(row, {28, 16, 40, 28}, 32);
  auto* side = new QVBoxLayout;
  setSpacing(side, {}, 14);
  auto* top = new QHBoxLayout;
  setSpacing(top, {}, 20);
  auto* back = new RoundButton(QStringLiteral("arrow-left"), tr("Back to the pictures"), this);
  connect(back, &RoundButton::clicked, this, &LogInPicturesPage::backPressed);
  voice_ = new RoundButton(QStringLiteral("speaker"), tr("Read it to me"), this);
  voice_->hide();
  connect(voice_, &RoundButton::clicked, this, [this] { emit readAloudPressed(view_.words); });
  top->addWidget(back);
  top->addStretch(1);
  top->addWidget(voice_);
  side->addLayout(top);
  side->addStretch(1);
  who_ = new PictureBadge({}, 168, this);
  side->addWidget(who_, 0, Qt::AlignHCenter);
  words_ = new TextLabel(
      {}, [] { return readingFont(type::kReading); }, colour::kInk, this);
  words_->setAlignment(Qt::AlignHCenter);
  words_->setLineSpacing(0.9);
  words_->setMayShrink(type::kNote);
  side->addWidget(words_);
  auto* given = new QHBoxLayout;
  setSpacing(given, {}, kPlaceGap);
  places_ = new Places(this);
  undo_ = new RoundButton(QStringLiteral("undo"), tr("Take the last one back"), this);
  connect(undo_, &RoundButton::clicked, this, &LogInPicturesPage::takeBack);
  given->addStretch(1);
  given->addWidget(places_);
  given->addWidget(undo_, 0, Qt::AlignVCenter);
  given->addStretch(1);
  side->addLayout(given);
  side->addStretch(2);
  row->addLayout(side, 5);
  grid_ = new QGridLayout;
  setSpacing(grid_, {0, 8, 0, 4}, kTileGap);
  row->addLayout(grid_, 7);
  breath_.setSingleShot(true);
  connect(&breath_, &QTimer::timeout, this, [this] {
    view_.words = tr("Now try once more.");
    refresh();
  });
}

void LogInPicturesPage::setVoice(bool there) { voice_->setVisible(there); }

void LogInPicturesPage::ask(const app::PicturesView& view) {
  view_ = view;
  tapped_.clear();
  who_->setPicture(view.pupil.picture);
  QStringList shown;
  for (const PictureTile* tile : tiles_) shown.append(tile->picture());
  if (shown != view.pictures) {
    qDeleteAll(tiles_);
    tiles_.clear();
    for (int i = 0; i < view.pictures.size(); ++i) {
      auto* tile = new PictureTile(view.pictures[i], this);
      connect(tile, &PictureTile::clicked, this, [this, tile] { tap(tile->picture()); });
      grid_->addWidget(tile, i / kColumns, i % kColumns);
      tiles_.append(tile);
      tile->show();
    }
  }
  breath_.stop();
  if (view.wait_seconds > 0) breath_.start(std::chrono::seconds(view.wait_seconds));
  refresh();
}

void LogInPicturesPage::tap(const QString& picture) {
  if (tapped_.size() >= view_.count || tapped_.contains(picture)) return;
  tapped_.append(picture);
  refresh();
  if (tapped_.size() == view_.count) emit picturesGiven(tapped_);
}

void LogInPicturesPage::takeBack() {
  if (tapped_.isEmpty() || tapped_.size() >= view_.count) return;
  tapped_.removeLast();
  refresh();
}

void LogInPicturesPage::refresh() {
  words_->setText(view_.words);
  places_->show(tapped_, view_.count);
  undo_->setEnabled(!tapped_.isEmpty());
  // A picture that was tapped stands in its place now; none comes twice.
  for (PictureTile* tile : tiles_) {
    tile->setEnabled(!breath_.isActive() && !tapped_.contains(tile->picture()));
  }
}

}  // namespace primer::ui
