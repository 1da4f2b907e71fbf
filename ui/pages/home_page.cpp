#include "pages/home_page.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/door_card.h"
#include "widgets/meadow.h"
#include "widgets/notice.h"
#include "widgets/picture_tile.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kLowPage = 720;      // design pixels
constexpr int kGarden = 126;       // the flowers' room above the foot
constexpr int kGardenLow = 34;     // the same on a low page
constexpr double kFootHill = 120;  // hills behind the foot
constexpr qsizetype kLeastPlaces = 7;

}  // namespace

HomePage::HomePage(QWidget* parent) : Page(parent) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {40, 8, 40, 20}, 16);
  makeTop();
  makeNews();
  doors_ = new QHBoxLayout;
  setSpacing(doors_, {}, 28);
  column->addLayout(doors_, 1);
  bed_ = new QWidget(this);
  bed_->setAttribute(Qt::WA_TransparentForMouseEvents);
  column->addWidget(bed_);
  makeFoot();
}

void HomePage::makeTop() {
  auto* top = new QHBoxLayout;
  setSpacing(top, {}, 20);
  who_ = new PictureBadge({}, 52, this);
  hello_ = new TextLabel(
      {}, [] { return headingFont(type::kHeading); }, colour::kInk, this);
  hello_->setMaximumLines(2);
  hello_->setLineSpacing(0.88);
  hello_->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  voice_ = new RoundButton(QStringLiteral("speaker"), tr("Read it to me"), this);
  voice_->hide();
  connect(voice_, &RoundButton::clicked, this, [this] { emit readAloudPressed(home_.spoken); });
  auto* one_switch = new RoundButton(QStringLiteral("one-switch"), tr("One switch"), this);
  connect(one_switch, &RoundButton::clicked, this, &HomePage::oneSwitchPressed);
  auto* leave = new Button(tr("Hand over"), QStringLiteral("door"), Button::Kind::kSecondary, this);
  connect(leave, &Button::clicked, this, &HomePage::handOverPressed);
  top->addWidget(who_);
  top->addWidget(hello_, 1);
  top->addWidget(voice_);
  top->addWidget(one_switch);
  top->addWidget(leave);
  static_cast<QVBoxLayout*>(layout())->addLayout(top);
}

// What the teacher said of an answer meanwhile.
void HomePage::makeNews() {
  news_card_ = new Card(this, colour::kLeafSoft);
  auto* row = new QHBoxLayout(news_card_);
  setSpacing(row, {20, 10, 24, 10}, 16);
  row->addWidget(
      new IconRound(QStringLiteral("star"), 44, colour::kCard, colour::kLeaf, news_card_));
  news_ = new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk, news_card_);
  news_->setMaximumLines(2);
  news_->setLineSpacing(0.82);
  news_->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  row->addWidget(news_, 1);
  news_card_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
  news_card_->hide();
  static_cast<QVBoxLayout*>(layout())->addWidget(news_card_);
}

void HomePage::makeFoot() {
  auto* foot = new QHBoxLayout;
  setSpacing(foot, {}, 24);
  choose_ =
      new Button(tr("Choose for myself"), QStringLiteral("choose"), Button::Kind::kSecondary, this);
  connect(choose_, &Button::clicked, this, &HomePage::choosePressed);
  garden_words_ = new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk, this);
  garden_words_->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
  garden_words_->setMaximumLines(2);
  garden_words_->setLineSpacing(0.82);
  foot->addWidget(choose_);
  foot->addWidget(garden_words_, 1);
  static_cast<QVBoxLayout*>(layout())->addLayout(foot);
}

void HomePage::showPupil(const app::PupilCard& pupil) {
  picture_ = pupil.picture;
  who_->setPicture(pupil.picture);
}

void HomePage::setVoice(bool there) { voice_->setVisible(there); }

void HomePage::showHome(const app::HomeView& home) {
  home_ = home;
  hello_->setText(home.hello);
  news_->setText(home.news);
  news_card_->setVisible(!home.news.isEmpty());
  const bool same = std::equal(
      cards_.begin(), cards_.end(), home.doors.begin(), home.doors.end(),
      [](const DoorCard* card, const app::DoorView& door) { return card->kind() == door.kind; });
  if (!same) {
    for (DoorCard* card : cards_) {
      card->hide();
      card->deleteLater();
    }
    cards_.clear();
    for (const app::DoorView& door : home.doors) {
      auto* card = new DoorCard(door.kind, this);
      connect(card, &DoorCard::clicked, this, [this, card] { emit doorPressed(card->kind()); });
      doors_->addWidget(card, 1);
      card->show();
      cards_.push_back(card);
    }
    setTabOrder(voice_, cards_.front());
    for (size_t i = 1; i < cards_.size(); ++i) setTabOrder(cards_[i - 1], cards_[i]);
    setTabOrder(cards_.back(), choose_);
  }
  for (size_t i = 0; i < cards_.size(); ++i) {
    cards_[i]->setPicture(picture_);
    cards_[i]->showDoor(home.doors[int(i)]);
  }
  choose_->setVisible(!home.skills.isEmpty() && home.doors.size() > 1);
  garden_words_->setText(tr("**Your garden**  %1").arg(home.garden_words));
  update();
}

int HomePage::gardenHeight() const { return px(height() < px(kLowPage) ? kGardenLow : kGarden); }

void HomePage::resizeEvent(QResizeEvent* event) {
  bed_->setFixedHeight(gardenHeight());
  Page::resizeEvent(event);
}

QRectF HomePage::garden() const {
  const double top = bed_->y() - px(14);
  return {0, top, double(width()), height() - top};
}

void HomePage::paintGround(QPainter& painter) {
  Page::paintGround(painter);
  const QRectF hills = garden();
  paintHills(painter, {hills.left(), hills.bottom() - pxf(kFootHill) - gardenHeight() * 0.3,
                       hills.width(), pxf(kFootHill) + gardenHeight() * 0.3});
  QList<FlowerShape> flowers;
  for (const app::Flower& flower : home_.garden) {
    if (flower.grown > 0) flowers.append({flower.grown / double(app::kFlowerOpensAt), false});
  }
  if (flowers.isEmpty()) return;
  // A young garden stands in the middle of its bed rather than stretched over it.
  const double share = std::min(1.0, double(flowers.size()) / double(kLeastPlaces));
  const double room = (width() - 2 * pxf(80)) * share;
  const double foot = bed_->geometry().bottom() + pxf(10);
  paintFlowers(
      painter,
      {(width() - room) / 2, foot - gardenHeight() - pxf(34), room, gardenHeight() + pxf(34)},
      flowers, 0);
}

}  // namespace primer::ui
