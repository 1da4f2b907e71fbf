#include "pages/log_in_page.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/notice.h"
#include "widgets/picture_tile.h"
#include "widgets/scroll_area.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kTileGap = 22;
constexpr int kLeastTile = 104;  // a class so large that tiles would be lower is scrolled
constexpr int kMostTile = 240;
constexpr int kHalo = 16;  // room for shadows and the focus ring at the edges of the field

int columnsFor(int pupils) {
  if (pupils <= 4) return std::max(1, pupils);
  if (pupils <= 8) return 4;
  return pupils <= 15 ? 5 : 6;
}

}  // namespace

LogInPage::LogInPage(QWidget* parent) : Page(parent) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {28 - kHalo, 12, 28 - kHalo, 20}, 6);

  auto* top = new QHBoxLayout;
  setSpacing(top, {kHalo, 0, kHalo, 0}, 20);
  auto* title = new TextLabel(
      tr("Who is learning now?"), [] { return headingFont(type::kTitle); }, colour::kInk, this);
  title->setMaximumLines(1);
  title->setMayShrink(type::kHeading);
  title->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  top->addWidget(title, 1);
  class_label_ = new TextLabel(
      {}, [] { return headingFont(type::kNote); }, colour::kInk2, this);
  class_label_->setMaximumLines(1);
  class_label_->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
  top->addWidget(class_label_);
  class_button_ = new Button({}, QStringLiteral("pupils"), Button::Kind::kSecondary, this);
  class_button_->hide();
  connect(class_button_, &Button::clicked, this, [this] {
    for (int i = 0; i < grid_.classes.size(); ++i) {
      if (grid_.classes[i].id == grid_.shown.id) {
        emit classPressed(grid_.classes[(i + 1) % grid_.classes.size()].id);
        return;
      }
    }
  });
  top->addWidget(class_button_);
  voice_ = new RoundButton(QStringLiteral("speaker"), tr("Read it to me"), this);
  voice_->hide();
  connect(voice_, &RoundButton::clicked, this, [this] {
    // isHidden(), not isVisible(): a page may be spoken before it is shown.
    emit readAloudPressed(trouble_->isHidden() ? tr("Who is learning now?") + QLatin1Char(' ') +
                                                     tr("Tap your picture.")
                                               : trouble_words_->text());
  });
  top->addWidget(voice_);
  auto* one_switch = new RoundButton(QStringLiteral("one-switch"), tr("One switch"), this);
  connect(one_switch, &RoundButton::clicked, this, &LogInPage::oneSwitchPressed);
  top->addWidget(one_switch);
  auto* lock = new RoundButton(QStringLiteral("lock"), tr("For the teacher"), this);
  connect(lock, &RoundButton::clicked, this, &LogInPage::teacherPressed);
  top->addWidget(lock);
  column->addLayout(top);

  makeTrouble(column);
  auto* scroll = new ScrollArea(this);
  field_ = new Canvas(nullptr, colour::kPaper);
  auto* centre = new QVBoxLayout(field_);
  setSpacing(centre, {kHalo, kHalo, kHalo, kHalo}, 0);
  tiles_layout_ = new QGridLayout;
  setSpacing(tiles_layout_, {}, kTileGap);
  centre->addLayout(tiles_layout_, 1);
  scroll->setWidget(field_);
  column->addWidget(scroll, 1);

  auto* hint = new TextLabel(
      tr("Tap your picture."), [] { return readingFont(type::kNote); }, colour::kInk2, this);
  hint->setMaximumLines(1);
  auto* foot = new QHBoxLayout;
  setSpacing(foot, {kHalo, 0, kHalo, 4}, 0);
  hint->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  foot->addWidget(hint, 1);
  guest_ = new Button(tr("I am a guest"), QStringLiteral("pupils"), Button::Kind::kSecondary, this);
  connect(guest_, &Button::clicked, this, &LogInPage::guestPressed);
  foot->addWidget(guest_);
  column->addLayout(foot);
}

void LogInPage::makeTrouble(QVBoxLayout* column) {
  trouble_ = new Card(this, colour::kAmberSoft);
  auto* row = new QHBoxLayout(trouble_);
  setSpacing(row, {20, 12, 20, 12}, 18);
  row->addWidget(
      new IconRound(QStringLiteral("warning"), 52, colour::kCard, colour::kAmber, trouble_));
  trouble_words_ = new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk, trouble_);
  trouble_words_->setLineSpacing(0.85);
  trouble_words_->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  row->addWidget(trouble_words_, 1);
  auto* again =
      new Button(tr("Try again"), QStringLiteral("again"), Button::Kind::kPrimary, trouble_);
  connect(again, &Button::clicked, this, &LogInPage::tryAgainPressed);
  row->addWidget(again);
  trouble_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
  trouble_->hide();
  auto* around = new QHBoxLayout;
  setSpacing(around, {kHalo, 4, kHalo, 0}, 0);
  around->addWidget(trouble_);
  column->addLayout(around);
}

void LogInPage::showProblems(const QList<app::Problem>& problems) {
  const auto stops = std::find_if(problems.begin(), problems.end(), [](const auto& problem) {
    return problem.severity == app::Severity::kStops;
  });
  const bool any = stops != problems.end();
  trouble_->setVisible(any);
  if (any) {
    trouble_words_->setText(
        tr("**Please fetch your teacher.** %1. %2").arg(stops->title, stops->words));
  }
}

void LogInPage::setVoice(bool there) { voice_->setVisible(there); }

void LogInPage::showGrid(const app::LogInGrid& grid) {
  grid_ = grid;
  const bool several = grid.classes.size() > 1;
  const QString label =
      grid.shown.label.isEmpty() ? QString() : tr("Class %1").arg(grid.shown.label);
  class_label_->setText(label);
  class_label_->setVisible(!several);
  class_button_->setWord(label);
  class_button_->setVisible(several);
  qDeleteAll(tiles_);
  tiles_.clear();
  for (const app::PupilCard& pupil : grid.pupils) {
    auto* tile = new PictureTile(pupil.picture, field_);
    tile->setLabel(pupil.label);
    const LearnerId id = pupil.id;
    connect(tile, &PictureTile::clicked, this, [this, id] { emit pupilPressed(id); });
    tiles_.push_back(tile);
  }
  // The keyboard goes as the eye does: the pictures, then what stands below them.
  if (!tiles_.empty()) setTabOrder(tiles_.back(), guest_);
  arrange();
}

void LogInPage::arrange() {
  const int columns = columnsFor(int(tiles_.size()));
  for (PictureTile* tile : tiles_) tiles_layout_->removeWidget(tile);
  for (size_t i = 0; i < tiles_.size(); ++i) {
    tiles_[i]->setMinimumHeight(px(kLeastTile));
    tiles_[i]->setMaximumSize(px(kMostTile * 1.5), px(kMostTile));
    tiles_layout_->addWidget(tiles_[i], int(i) / columns, int(i) % columns);
    tiles_[i]->show();
  }
}

void LogInPage::resizeEvent(QResizeEvent* event) {
  Page::resizeEvent(event);
  for (PictureTile* tile : tiles_) {
    tile->setMinimumHeight(px(kLeastTile));
    tile->setMaximumSize(px(kMostTile * 1.5), px(kMostTile));
  }
}

}  // namespace primer::ui
