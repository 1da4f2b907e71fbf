#include "pages/reading_page.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "quiz/option_tile.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/keep_button.h"
#include "widgets/notice.h"
#include "widgets/picture_tile.h"
#include "widgets/scroll_area.h"
#include "widgets/sound_wave.h"
#include "widgets/speaking_facts.h"
#include "widgets/story_text.h"
#include "widgets/talk_button.h"

namespace primer::ui {
namespace {

constexpr int kSideWide = 390;  // design pixels
constexpr int kSideWideCompact = 400;
constexpr int kSign = 150;
constexpr int kPicture = 190;  // of a story

}  // namespace

ReadingPage::ReadingPage(QWidget* parent) : ItemPage({}, parent) {
  withoutPaper();
  auto* whole = new QVBoxLayout;
  setSpacing(whole, {}, 18);
  auto* across = new QHBoxLayout;
  setSpacing(across, {}, space::kCards);
  sheet_ = new Card(this, colour::kSheet);
  auto* inside = new QVBoxLayout(sheet_);
  setSpacing(inside, {18, 18, 10, 14}, 0);
  scroll_ = new ScrollArea(sheet_);
  story_ = new StoryText;
  scroll_->setWidget(story_);
  scroll_->setFade(colour::kSheet);
  inside->addWidget(scroll_);
  makeSide();
  across->addWidget(sheet_, 1);
  across->addWidget(side_);
  whole->addLayout(across, 1);
  makeFoot(whole);
  middle_->addLayout(whole, 1);
  connect(story_, &StoryText::placeWanted, this, [this](const QRect& place) {
    scroll_->ensureVisible(place.center().x(), place.bottom() + place.height(), 0, place.height());
  });
  connect(story_, &StoryText::wordPressed, this, [this](int word) {
    // While it is read, the microphone would hear the voice.
    if (!talk_->isListening()) emit readAloudPressed(story_->word(word));
  });
}

void ReadingPage::makeSide() {
  side_ = new Card(this);
  auto* column = new QVBoxLayout(side_);
  setSpacing(column, {24, 20, 24, 18}, space::kGap);
  facts_ = new SpeakingFacts(side_);
  column->addWidget(facts_, 1);
  sign_ = new IconRound(QStringLiteral("book"), kSign, colour::kCard, colour::kBerry, side_);
  column->addWidget(sign_, 2, Qt::AlignCenter);
  picture_ = new PictureBadge({}, kPicture, side_);
  picture_->setGround(colour::kCard);
  column->addWidget(picture_, 2, Qt::AlignCenter);
  const auto wide = [&](const QString& word, const char* icon, Button::Kind kind) {
    auto* button = new Button(word, QLatin1String(icon), kind, side_);
    button->setDesignHeight(size::kTouchInCard);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    column->addWidget(button);
    return button;
  };
  quietly_ = wide(tr("I read it quietly"), "book", Button::Kind::kSecondary);
  hear_word_ = wide(tr("Hear it"), "speaker", Button::Kind::kSecondary);
  hear_yourself_ = wide(tr("Hear yourself"), "ear", Button::Kind::kSecondary);
  to_questions_ = wide(tr("The questions"), "question", Button::Kind::kPrimary);
  choices_ = new QVBoxLayout;
  setSpacing(choices_, {}, space::kGap);
  column->addLayout(choices_);
  column->addStretch(0);
  connect(quietly_, &Button::clicked, this, &ReadingPage::readQuietly);
  connect(hear_word_, &Button::clicked, this,
          [this] { emit readAloudPressed(story_->word(offered_)); });
  connect(hear_yourself_, &Button::clicked, this, [this] {
    emit hushPressed();
    playing_ ? emit stopPlayingWanted() : emit playBackWanted(0, -1);
  });
  connect(to_questions_, &Button::clicked, this, [this] { ask(next_question_); });
}

void ReadingPage::makeFoot(QLayout* column) {
  auto* foot = new QHBoxLayout;
  setSpacing(foot, {}, 20);
  wave_ = new SoundWave(this);
  keep_ = new KeepButton(this);
  next_ = new Button(tr("Next"), QStringLiteral("arrow-right"), Button::Kind::kPrimary, this);
  next_->setIconPlace(Button::IconPlace::kAfter);
  talk_ = new TalkButton(this);
  foot->addWidget(wave_, 1, Qt::AlignVCenter);
  foot->addWidget(keep_, 0, Qt::AlignVCenter);
  foot->addWidget(next_, 0, Qt::AlignVCenter);
  foot->addWidget(talk_, 0, Qt::AlignVCenter);
  static_cast<QVBoxLayout*>(column)->addLayout(foot);
  connect(next_, &Button::clicked, this, &ReadingPage::nextPressed);
  connect(keep_, &Button::clicked, this, &ReadingPage::keepWanted);
  connect(talk_, &TalkButton::began, this, &ReadingPage::beginListening);
  connect(talk_, &TalkButton::tapped, this, &ReadingPage::mayEnd);
  connect(talk_, &TalkButton::ended, this, &ReadingPage::stopWanted);
}

QString ReadingPage::aloud() const { return item_.spoken; }

void ReadingPage::showItem(const app::ItemView& item) {
  beginItem(item);
  said_ = {};
  offered_ = question_ = -1;
  rights_ = next_question_ = 0;
  to_questions_->setWord(tr("The questions"));
  story_->setStory(item.prompt, item.paragraphs);
  scroll_->ensureVisible(0, 0);
  wave_->clear();
  endListening();
  talk_->setInvitation(tr("Read it"));
  talk_->show();
  next_->hide();
  hear_word_->hide();
  hear_yourself_->hide();
  to_questions_->hide();
  showChoices({});
  tell({colour::kBerrySoft, QStringLiteral("book"), colour::kBerry, item.picture}, item.request,
       item.explain);
}

void ReadingPage::tell(const Side& side, const QString& heading, const QString& words,
                       const QList<QPair<QString, QString>>& facts) {
  side_->setFill(side.ground);
  picture_->setPicture(side.picture);
  drawn_ = !side.picture.isEmpty();
  signed_ = !drawn_ && !side.sign.isEmpty();
  showSign();
  if (!side.sign.isEmpty()) {
    sign_->setIcon(side.sign);
    sign_->setInk(side.ink);
  }
  quietly_->hide();
  facts_->tell(heading, words, facts);
}

// A low screen has no room for it, and a page learns its height after it was filled.
void ReadingPage::showSign() {
  picture_->setVisible(drawn_ && !isCompact());
  sign_->setVisible(signed_ && !isCompact());
}

void ReadingPage::showTrouble(app::ListenTrouble trouble, const app::TroubleWords& words) {
  const bool of_device = app::isOfDevice(trouble);
  tell({colour::kSkySoft, of_device ? QStringLiteral("microphone") : QStringLiteral("ear"),
        colour::kSky},
       words.title, words.words);
  quietly_->setVisible(of_device && !item_over_);
}

void ReadingPage::beginListening() {
  emit hushPressed();
  talk_->setListening(true);
  wave_->clear();
  hear_yourself_->hide();
  to_questions_->hide();
  story_->setLights({});
  tellListening();
  emit listenWanted();
}

void ReadingPage::endListening() { talk_->setListening(false); }

void ReadingPage::showHeard(const app::HeardNow& heard) {
  if (heard.trouble != app::ListenTrouble::kNone) {
    wave_->clear();
    showTrouble(heard.trouble, heard.trouble_words);
    return;
  }
  if (heard.begun_again) {
    beginItem(item_);
    tellListening();
  }
  wave_->push(heard.level);
  story_->setLights(heard.words);
  const bool stuck = heard.silent_ms >= kStuckMs && heard.now + 1 < story_->words();
  offer(stuck ? heard.now + 1 : -1);
}

// The next word, large, and a voice for it.
void ReadingPage::offer(int word) {
  if (word == offered_) return;
  offered_ = word;
  story_->setOffered(word);
  hear_word_->setVisible(word >= 0 && canSay(story_->word(word)));
  if (word < 0) return tellListening();
  tell({colour::kSkySoft, {}}, tr("The next word"),
       QStringLiteral("**%1**").arg(story_->word(word)));
}

void ReadingPage::tellListening() {
  tell({colour::kBerrySoft, QStringLiteral("ear"), colour::kBerry}, tr("I am listening"),
       tr("Take your time. Where you are stuck, I help."));
}

void ReadingPage::showSaid(const app::SaidView& said) {
  endListening();
  offered_ = -1;
  story_->setOffered(-1);
  hear_word_->hide();
  talk_->setInvitation(tr("Read it again"));
  if (said.trouble != app::ListenTrouble::kNone) {
    wave_->clear();
    story_->setLights({});
    showTrouble(said.trouble, said.trouble_words);
    return;
  }
  said_ = said;
  story_->setSaid(said.words);
  scroll_->ensureVisible(0, 0);
  if (said.sound) wave_->setSound(said.sound->samples);
}

void ReadingPage::showJudgement(const app::JudgementView& judgement) {
  item_over_ = judgement.item_over;
  QList<QPair<QString, QString>> facts;
  if (said_.words_per_minute) {
    facts.append({tr("Pace"), tr("%1 a minute").arg(*said_.words_per_minute)});
  }
  QString words = judgement.words;
  if (said_.record) {
    const auto& record = *said_.record;
    facts.append({tr("Words"), tr("%1 of %2").arg(record.right).arg(record.words)});
    const bool hard = !record.hard_words.isEmpty();
    // A small screen has room for one of the two.
    words = hard && isCompact() ? QString() : tr("That was %1. ").arg(record.fit_words);
    if (hard) words += tr("To practise: **%1**.").arg(record.hard_words.first());
  }
  tell({colour::kLeafSoft, {}}, tr("Your reading"), words, facts);
  hear_yourself_->setVisible(said_.sound != nullptr);
  to_questions_->setVisible(!item_.questions.isEmpty() && question_ < 0);
  next_->setVisible(item_over_ && item_.questions.isEmpty());
}

void ReadingPage::ask(int question) {
  emit stopPlayingWanted();
  question_ = question;
  hear_yourself_->hide();
  to_questions_->hide();
  talk_->hide();
  wave_->clear();
  const auto& asked = item_.questions[question];
  tell({colour::kCard, {}}, tr("Question %1 of %2").arg(question + 1).arg(item_.questions.size()),
       asked.ask);
  showChoices(asked.answers);
}

void ReadingPage::answer(int choice) {
  const auto& asked = item_.questions[question_];
  const QString given = asked.answers.value(choice);
  const bool right = given == asked.right;
  rights_ += right ? 1 : 0;
  emit questionAnswered(question_, given);
  showChoices({});
  if (question_ + 1 < item_.questions.size() && right) return ask(question_ + 1);
  const QString words =
      right ? tr("You remembered the story.") : tr("The story says: **%1**.").arg(asked.right);
  const QColor ground = right ? colour::kLeafSoft : colour::kSunSoft;
  if (question_ + 1 < item_.questions.size()) {
    tell({ground, QStringLiteral("book"), colour::kSunDeep}, tr("Look again"), words);
    next_question_ = question_ + 1;
    to_questions_->setWord(tr("Next question"));
    to_questions_->show();
  } else {
    tell({ground, QStringLiteral("flower"), colour::kLeaf},
         tr("%1 of %2").arg(rights_).arg(item_.questions.size()), words);
    next_->show();
  }
}

void ReadingPage::showChoices(const QStringList& words) {
  while (auto* item = choices_->takeAt(0)) {
    // One of them may be the one that is being pressed.
    item->widget()->hide();
    item->widget()->deleteLater();
    delete item;
  }
  // The answers stand right below their question.
  auto* column = static_cast<QVBoxLayout*>(side_->layout());
  column->setStretchFactor(facts_, words.isEmpty() ? 1 : 0);
  column->setStretch(column->count() - 1, words.isEmpty() ? 0 : 1);
  for (int i = 0; i < words.size(); ++i) {
    auto* tile = new OptionTile(words[i], OptionTile::Sign::kNone, side_);
    tile->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    tile->setFixedHeight(px(size::kTouch));
    connect(tile, &OptionTile::clicked, this, [this, i] { answer(i); });
    choices_->addWidget(tile);
    tile->show();
  }
}

void ReadingPage::showPlaying(bool playing) {
  playing_ = playing;
  hear_yourself_->setWord(playing ? tr("Stop") : tr("Hear yourself"));
  hear_yourself_->setIconName(playing ? QStringLiteral("stop") : QStringLiteral("ear"));
}

void ReadingPage::showKeep(app::KeepState state) { keep_->setState(state); }

void ReadingPage::showHint(const app::HintView& hint) {
  tell({colour::kSkySoft, {}}, hint.title, hint.text);
}

void ReadingPage::showSkipped() {
  item_over_ = true;
  next_->show();
  tell({colour::kSunSoft, {}}, tr("On we go"),
       tr("Good to know. This one will come back another day."));
}

void ReadingPage::comeBack() {
  endListening();
  wave_->clear();
}

void ReadingPage::resizeEvent(QResizeEvent* event) {
  ItemPage::resizeEvent(event);
  side_->setFixedWidth(px(isCompact() ? kSideWideCompact : kSideWide));
  keep_->setShort(isCompact());
  showSign();
}

}  // namespace primer::ui
