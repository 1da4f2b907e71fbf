#include "pages/teacher_change.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QResizeEvent>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

#include "pages/teacher_parts.h"
#include "pages/teacher_rules.h"
#include "primer/app/pictures.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/keys.h"
#include "widgets/notice.h"
#include "widgets/picture_tile.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kTile = 76;
constexpr int kTileGap = 10;
constexpr int kButton = 60;
constexpr int kTilesAtOnce = 4;
// Not 0: such calls are all made within one turn of the window's thread.
constexpr std::chrono::milliseconds kBetweenPieces(10);
constexpr int kKeyWidth = 66;  // ten beside the sidebar of the smallest screen

TextLabel* heading(const QString& text, QWidget* parent) {
  return new TextLabel(
      text, [] { return teacherFont(type::kTeacherHeading, QFont::DemiBold); }, colour::kInk,
      parent);
}

}  // namespace

PupilChangeCard::PupilChangeCard(QWidget* parent) : Card(parent, colour::kCard, radius::kCard - 4) {
  setEdge(colour::kDeskLine);
  setFocusPolicy(Qt::ClickFocus);
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {24, 18, 24, 20}, 10);
  told_ = new QVBoxLayout;
  setSpacing(told_, {}, 0);
  column->addLayout(told_);
  makeName();
  makePicture();
  makePictures();
}

QVBoxLayout* PupilChangeCard::makePiece() {
  auto* piece = new QWidget(this);
  auto* column = new QVBoxLayout(piece);
  setSpacing(column, {0, 0, 0, 8}, 10);
  layout()->addWidget(piece);
  pieces_.append(piece);
  return column;
}

void PupilChangeCard::setOpen(bool on) {
  for (QWidget* piece : pieces_) piece->setVisible(false);
  for (PictureTile* tile : tiles_) tile->setVisible(false);
  setVisible(on);
  if (on) showPieces(0);
}

// `shown` counts pieces, and behind them the tiles in rows of a few.
void PupilChangeCard::showPieces(int shown) {
  const int pieces = int(pieces_.size());
  const int rows = (int(tiles_.size()) + kTilesAtOnce - 1) / kTilesAtOnce;
  if (shown >= pieces + rows) return;
  if (shown < pieces) {
    pieces_[shown]->setVisible(true);
  } else {
    const int first = (shown - pieces) * kTilesAtOnce;
    for (int i = first; i < std::min(int(tiles_.size()), first + kTilesAtOnce); ++i) {
      tiles_[i]->setVisible(true);
    }
  }
  if (!isVisible()) return showPieces(shown + 1);  // nobody looks
  QTimer::singleShot(kBetweenPieces, this, [this, shown] {
    if (isVisible()) showPieces(shown + 1);
  });
}

void PupilChangeCard::makeName() {
  auto* column = makePiece();
  column->addWidget(heading(tr("Name"), this));
  auto* row = new QHBoxLayout;
  setSpacing(row, {}, 16);
  auto* field = new Card(this, colour::kDesk, radius::kSmall);
  field->setEdge(colour::kDeskLine);
  auto* inside = new QHBoxLayout(field);
  setSpacing(inside, {16, 10, 16, 10}, 0);
  name_label_ = new TextLabel(
      {}, [] { return teacherFont(type::kTeacherHeading + 3); }, colour::kInk, field);
  name_label_->setMaximumLines(2);
  name_label_->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  inside->addWidget(name_label_);
  row->addWidget(field, 1);
  keep_ = new Button(tr("Keep this name"), QStringLiteral("check"), Button::Kind::kTeacherPrimary,
                     this);
  keep_->setDesignHeight(kButton);
  connect(keep_, &Button::clicked, this, [this] { emit renamed(view_.pupil.id, name_); });
  row->addWidget(keep_);
  column->addLayout(row);
  keys_ = new LetterKeys(this, kKeyWidth);
  keys_->setAccents(true);
  connect(keys_, &LetterKeys::textPressed, this,
          [this](const QString& text) { setName(name_ + text); });
  connect(keys_, &LetterKeys::backspacePressed, this, [this] { setName(name_.chopped(1)); });
  column->addWidget(keys_);
}

void PupilChangeCard::makePicture() {
  auto* column = makePiece();
  column->addWidget(heading(tr("Picture"), this));
  auto* words = teacherNote(this);
  words->setText(tr("These are free in this class."));
  column->addWidget(words);
  grid_ = new QGridLayout;
  setSpacing(grid_, {}, kTileGap);
  column->addLayout(grid_);
}

void PupilChangeCard::makePictures() {
  auto* column = makePiece();
  column->addWidget(heading(tr("Three pictures after the log-in picture"), this));
  asked_ = new ChoiceRow(this);
  asked_->setChoices({{tr("Not asked for"), 0}, {tr("Asked for"), 1}});
  connect(asked_, &ChoiceRow::valueChosen, this, [this](double value) {
    emit picturesChanged(view_.pupil.id,
                         value > 0 ? app::PicturesChange::kAsk : app::PicturesChange::kDoNotAsk);
  });
  column->addWidget(asked_);
  auto* row = new QHBoxLayout;
  setSpacing(row, {}, 16);
  pictures_ = teacherNote(this);
  pictures_->setColour(colour::kInk);
  pictures_->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  row->addWidget(pictures_, 1);
  others_ = new Button(tr("Three others"), QStringLiteral("again"), Button::Kind::kTeacher, this);
  others_->setDesignHeight(kButton);
  connect(others_, &Button::clicked, this,
          [this] { emit picturesChanged(view_.pupil.id, app::PicturesChange::kNewOnes); });
  row->addWidget(others_);
  column->addLayout(row);
}

void PupilChangeCard::showPupil(const app::PupilView& view) {
  const bool another = view.pupil.id != view_.pupil.id;
  const bool kept = !view.refused && view.pupil.name != view_.pupil.name;
  view_ = view;
  while (QLayoutItem* item = told_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  if (!view.told.isEmpty()) {
    told_->addWidget(new Notice(view.refused ? Notice::Weight::kWarning : Notice::Weight::kGood,
                                view.refused ? tr("This was not kept") : tr("Changed"), view.told,
                                this));
  }
  // What was refused stays as it was typed, to be mended.
  if (another || kept) setName(view.pupil.name);
  keys_->setCapitals(name_.isEmpty());
  QStringList shown;
  for (const PictureTile* tile : tiles_) shown.append(tile->picture());
  if (shown != view.free_pictures) {
    for (PictureTile* tile : tiles_) {
      tile->hide();
      tile->deleteLater();
    }
    tiles_.clear();
    for (const QString& id : view.free_pictures) {
      auto* tile = new PictureTile(id, this);
      connect(tile, &PictureTile::clicked, this,
              [this, id] { emit pictureChosen(view_.pupil.id, id); });
      tile->setVisible(false);
      auto keeps = tile->sizePolicy();
      keeps.setRetainSizeWhenHidden(true);
      tile->setSizePolicy(keeps);
      tiles_.append(tile);
    }
    arrange();
    if (!isHidden()) showPieces(int(pieces_.size()));
  }
  asked_->setValue(view.pupil.asked ? 1 : 0);
  pictures_->setText(view.pupil.pictures.isEmpty()
                         ? tr("This pupil has none yet; “Asked for” gives three.")
                         : app::pictureNames(view.pupil.pictures));
  others_->setVisible(view.pupil.asked);
}

void PupilChangeCard::setName(const QString& name) {
  name_ = name;
  // A thin space holds the line's height while there is no name.
  name_label_->setText(name.isEmpty() ? QString(QChar(0x2009)) : name);
  name_label_->setAccessibleName(name.isEmpty() ? tr("No name") : name);
}

void PupilChangeCard::arrange() {
  const int pitch = px(kTile + kTileGap);
  const int columns = std::max(4, (width() - px(48) + px(kTileGap)) / pitch);
  for (PictureTile* tile : tiles_) grid_->removeWidget(tile);
  for (int i = 0; i < tiles_.size(); ++i) {
    tiles_[i]->setFixedSize(px(kTile), px(kTile));
    grid_->addWidget(tiles_[i], i / columns, i % columns, Qt::AlignLeading);
  }
}

void PupilChangeCard::resizeEvent(QResizeEvent* event) {
  Card::resizeEvent(event);
  // Its height changes with every piece that is shown; the tiles keep their places then.
  if (event->size().width() != event->oldSize().width()) arrange();
}

void PupilChangeCard::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Backspace) {
    setName(name_.chopped(1));
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    emit renamed(view_.pupil.id, name_);
  } else if (!event->text().isEmpty() && event->text().at(0).isPrint()) {
    setName(name_ + event->text());
  } else {
    Card::keyPressEvent(event);
  }
}

}  // namespace primer::ui
