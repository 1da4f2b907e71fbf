#include "pages/item_page.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/advice_card.h"
#include "widgets/button.h"
#include "widgets/marks.h"
#include "widgets/picture_tile.h"
#include "widgets/save_sign.h"
#include "widgets/stepping_stones.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr double kLeftShare = 0.29;  // of the page's width
constexpr int kLeastNote = 16;       // of a longer language
constexpr int kCompactHeight = 720;  // design pixels

}  // namespace

ItemPage::ItemPage(const QString& keys_name, QWidget* parent)
    : Page(parent), keys_name_(keys_name) {
  column_ = new QVBoxLayout(this);
  setSpacing(column_, {28, 8, 28, 20}, 14);
  makeTop();
  middle_ = new QHBoxLayout;
  setSpacing(middle_, {}, space::kCards);
  column_->addLayout(middle_, 1);
}

void ItemPage::makeTop() {
  auto* top = new QHBoxLayout;
  setSpacing(top, {}, 20);
  who_ = new PictureBadge({}, 52, this);
  title_ = new TextLabel(
      {}, [] { return headingFont(type::kHeading); }, colour::kInk, this);
  title_->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  progress_ = new ProgressDots(this);
  stones_ = new SteppingStones(this);
  stones_->hide();
  saved_ = new SaveSign(this);
  voice_ = new RoundButton(QStringLiteral("speaker"), tr("Read it to me"), this);
  voice_->hide();
  connect(voice_, &RoundButton::clicked, this, [this] { emit readAloudPressed(aloud()); });
  keys_ = new RoundButton(QStringLiteral("keypad"), keys_name_, this);
  connect(keys_, &RoundButton::clicked, this, [this] { toggleKeys(); });
  swap_ = new RoundButton(QStringLiteral("swap"), tr("Paper for the other hand"), this);
  connect(swap_, &RoundButton::clicked, this, [this] {
    setLeftHanded(!left_handed_);
    emit handChosen(left_handed_);
  });
  auto* home = new RoundButton(QStringLiteral("home"), tr("Home"), this);
  connect(home, &RoundButton::clicked, this, &ItemPage::homePressed);
  top->addWidget(who_);
  top->addWidget(title_);
  top->addWidget(progress_);
  top->addWidget(stones_);
  top->addStretch(1);
  top->addWidget(saved_);
  top->addWidget(voice_);
  top->addWidget(keys_);
  top->addWidget(swap_);
  top->addWidget(home);
  column_->addLayout(top);
}

void ItemPage::withoutPaper() {
  paper_ = false;
  keys_->hide();
  swap_->hide();
}

void ItemPage::makeFoot(const QString& done_word) {
  auto* foot = new QHBoxLayout;
  setSpacing(foot, {}, 20);
  help_ = new Button(tr("Help me"), QStringLiteral("question"), Button::Kind::kSecondary, this);
  connect(help_, &Button::clicked, this,
          [this] { item_.walk ? emit skipPressed() : emit hintWanted(); });
  example_button_ = new RoundButton(QStringLiteral("example"), tr("Show me one"), this);
  example_button_->hide();
  connect(example_button_, &RoundButton::clicked, this, &ItemPage::exampleWanted);
  note_ = new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk2, this);
  note_->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
  note_->setMaximumLines(2);
  note_->setMayShrink(kLeastNote);
  note_->setLineSpacing(0.82);
  done_ = new Button(done_word, QStringLiteral("check"), Button::Kind::kPrimary, this);
  done_->setIconPlace(Button::IconPlace::kAfter);
  connect(done_, &Button::clicked, this, [this] { done(); });
  next_ = new Button(tr("Next"), QStringLiteral("arrow-right"), Button::Kind::kPrimary, this);
  next_->setIconPlace(Button::IconPlace::kAfter);
  connect(next_, &Button::clicked, this, &ItemPage::nextPressed);
  foot->addWidget(help_);
  foot->addWidget(example_button_);
  foot->addWidget(note_, 1);
  foot->addWidget(done_);
  foot->addWidget(next_);
  column_->addLayout(foot);
}

void ItemPage::showPupil(const app::PupilCard& pupil) {
  who_->setPicture(pupil.picture);
  stones_->setPicture(pupil.picture);
}

void ItemPage::showSteps(const QList<app::Step>& steps) { progress_->setSteps(steps); }

void ItemPage::showSaveState(app::SaveState state) { saved_->setState(state); }

void ItemPage::setLeftHanded(bool on) {
  left_handed_ = on;
  if (paper_) middle_->setDirection(on ? QBoxLayout::RightToLeft : QBoxLayout::LeftToRight);
}

void ItemPage::beginItem(const app::ItemView& item) {
  item_ = item;
  item_over_ = false;
  help_over_ = false;
  title_->setText(item.lesson_title);
  // On the walk the picture stands on its stone.
  for (QWidget* usual : {static_cast<QWidget*>(who_), static_cast<QWidget*>(title_),
                         static_cast<QWidget*>(progress_)}) {
    usual->setVisible(!item.walk);
  }
  stones_->setVisible(item.walk);
  stones_->setStep(item.number, item.of);
  if (help_) help_->setWord(item.walk ? tr("Too hard today") : tr("Help me"));
  keys_->setVisible(paper_ && !item.keypad_only);
  voice_->setVisible(canSay(aloud()));
}

void ItemPage::showKeys(bool on) {
  keys_->setIconName(on ? QStringLiteral("pencil") : QStringLiteral("keypad"));
  keys_->setAccessibleName(on ? tr("Answer by writing") : keys_name_);
}

void ItemPage::showFoot(bool may_be_done) {
  done_->setVisible(!item_over_);
  next_->setVisible(item_over_);
  done_->setEnabled(may_be_done);
  help_->setVisible(!item_over_);
  help_->setEnabled(!help_over_);
  placeExample();
}

void ItemPage::offerExample(bool on) {
  example_offered_ = on;
  placeExample();
}

void ItemPage::placeExample() {
  if (example_button_ == nullptr || advice_ == nullptr) return;
  const bool offered = example_offered_ && !item_over_;
  example_button_->setVisible(offered && isCompact());
  advice_->setSecondAction(offered && !isCompact() ? tr("Show me one") : QString());
}

void ItemPage::resizeEvent(QResizeEvent* event) {
  Page::resizeEvent(event);
  placeExample();
}

void ItemPage::adviseToGoOn() {
  advice_->setAdvice(AdviceCard::Kind::kYourTurn, tr("On we go"),
                     tr("Good to know. This one will come back another day."));
}

bool ItemPage::isCompact() const { return height() < px(kCompactHeight); }

int ItemPage::leftWidth(double compact_share) const {
  return int(width() * (isCompact() ? compact_share : kLeftShare));
}

}  // namespace primer::ui
