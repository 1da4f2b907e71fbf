#include "pages/speaking_page.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "primer/app/mouth.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/keep_button.h"
#include "widgets/mouth_picture.h"
#include "widgets/notice.h"
#include "widgets/sound_letters.h"
#include "widgets/sound_wave.h"
#include "widgets/speaking_facts.h"
#include "widgets/talk_button.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kMouthWide = 190;  // design pixels
constexpr int kMouthWideCompact = 150;
constexpr int kMostFacts = 3;

}  // namespace

SpeakingPage::SpeakingPage(QWidget* parent) : ItemPage({}, parent) {
  withoutPaper();
  auto* whole = new QVBoxLayout;
  setSpacing(whole, {}, 20);
  makeSentence(whole);
  makeCards(whole);
  makeFoot(whole);
  middle_->addLayout(whole, 1);
  arrange();
}

void SpeakingPage::makeSentence(QLayout* column) {
  sentence_ = new Card(this);
  auto* inside = new QVBoxLayout(sentence_);
  setSpacing(inside, {20, 16, 20, 6}, 0);
  letters_ = new SoundLetters(sentence_);
  inside->addWidget(letters_);
  connect(letters_, &SoundLetters::wordPressed, this, [this](int word) {
    if (talk_->isListening()) return;  // it would hear it
    const bool marked = letters_->hasMarks() && word < said_.words.size();
    emit readAloudPressed(marked ? said_.words[word].written
                                 : item_.spoken.split(QLatin1Char(' ')).value(word));
  });
  static_cast<QVBoxLayout*>(column)->addWidget(sentence_, 9);
}

void SpeakingPage::makeCards(QLayout* column) {
  cards_ = new QHBoxLayout;
  setSpacing(cards_, {}, space::kCards);
  sound_card_ = new Card(this, colour::kBerrySoft);
  auto* across = new QHBoxLayout(sound_card_);
  setSpacing(across, {24, 14, 24, 14}, 22);
  mouth_ = new MouthPicture(sound_card_);
  sign_ =
      new IconRound(QStringLiteral("microphone"), 132, colour::kCard, colour::kSky, sound_card_);
  across->addWidget(mouth_);
  across->addWidget(sign_, 0, Qt::AlignVCenter);
  auto* texts = new QVBoxLayout;
  setSpacing(texts, {}, 8);
  heading_ = new TextLabel(
      {}, [] { return headingFont(type::kHeading); }, colour::kInk, sound_card_);
  how_ = new TextLabel(
      {}, [] { return readingFont(type::kReading); }, colour::kInk, sound_card_);
  how_->setLineSpacing(0.86);
  auto* buttons = new QHBoxLayout;
  setSpacing(buttons, {}, space::kGap);
  const auto small = [this](const QString& word, const char* icon) {
    auto* button = new Button(word, QLatin1String(icon), Button::Kind::kSecondary, sound_card_);
    button->setDesignHeight(size::kTouchInCard);
    return button;
  };
  hear_it_ = small(tr("Hear it"), "speaker");
  hear_yourself_ = small(tr("Hear yourself"), "ear");
  // Beside an offer of pairs the pictures say enough: the loudspeaker, the ear.
  hear_it_->setWordOptional(true);
  hear_yourself_->setWordOptional(true);
  other_ = small({}, "arrow-right");
  drill_ = small({}, "star");
  elsewhere_ = small(tr("Something else"), "choose");
  buttons->addWidget(hear_it_);
  buttons->addWidget(hear_yourself_);
  buttons->addWidget(other_);
  buttons->addWidget(drill_);
  buttons->addWidget(elsewhere_);
  buttons->addStretch(1);
  texts->addStretch(1);
  texts->addWidget(heading_);
  texts->addWidget(how_);
  texts->addLayout(buttons);
  texts->addStretch(1);
  across->addLayout(texts, 1);
  facts_card_ = new Card(this);
  auto* inside = new QVBoxLayout(facts_card_);
  setSpacing(inside, {26, 18, 26, 14}, 0);
  facts_ = new SpeakingFacts(facts_card_);
  inside->addWidget(facts_);
  cards_->addWidget(sound_card_);
  cards_->addWidget(facts_card_);
  static_cast<QVBoxLayout*>(column)->addLayout(cards_, 8);
  connect(hear_it_, &Button::clicked, this, [this] { emit readAloudPressed(toHear()); });
  connect(hear_yourself_, &Button::clicked, this, [this] {
    if (playing_) return emit stopPlayingWanted();
    emit hushPressed();
    if (said_.to_try.isEmpty()) return emit playBackWanted(0, -1);
    const auto& word = said_.words[said_.to_try[sound_].word];
    emit playBackWanted(word.begins_ms - 80, word.ends_ms + 120);
  });
  connect(other_, &Button::clicked, this, [this] { showSound(1 - sound_); });
  connect(drill_, &Button::clicked, this, [this] {
    if (said_.drill) emit drillWanted(said_.drill->phone);
  });
  connect(elsewhere_, &Button::clicked, this, &SpeakingPage::homePressed);
}

void SpeakingPage::makeFoot(QLayout* column) {
  auto* foot = new QHBoxLayout;
  setSpacing(foot, {}, 20);
  listen_ = new Button(tr("Listen"), QStringLiteral("speaker"), Button::Kind::kSecondary, this);
  listen_->setWordOptional(true);
  slowly_ = new RoundButton(QStringLiteral("snail"), tr("Slowly"), this);
  wave_ = new SoundWave(this);
  keep_ = new KeepButton(this);
  next_ = new Button(tr("Next"), QStringLiteral("arrow-right"), Button::Kind::kPrimary, this);
  next_->setIconPlace(Button::IconPlace::kAfter);
  talk_ = new TalkButton(this);
  foot->addWidget(listen_, 0, Qt::AlignVCenter);
  foot->addWidget(slowly_, 0, Qt::AlignVCenter);
  foot->addWidget(wave_, 1, Qt::AlignVCenter);
  foot->addWidget(keep_, 0, Qt::AlignVCenter);
  foot->addWidget(next_, 0, Qt::AlignVCenter);
  foot->addWidget(talk_, 0, Qt::AlignVCenter);
  static_cast<QVBoxLayout*>(column)->addLayout(foot);
  connect(listen_, &Button::clicked, this, [this] { emit readAloudPressed(item_.spoken); });
  connect(slowly_, &RoundButton::clicked, this, [this] { emit readSlowlyPressed(item_.spoken); });
  connect(next_, &Button::clicked, this, &SpeakingPage::nextPressed);
  connect(keep_, &Button::clicked, this, &SpeakingPage::keepWanted);
  connect(talk_, &TalkButton::began, this, &SpeakingPage::beginListening);
  connect(talk_, &TalkButton::tapped, this, &SpeakingPage::mayEnd);
  connect(talk_, &TalkButton::ended, this, &SpeakingPage::stopWanted);
}

QString SpeakingPage::aloud() const { return item_.spoken; }

QString SpeakingPage::toHear() const {
  return said_.to_try.isEmpty() ? item_.spoken : said_.to_try[sound_].in_word;
}

void SpeakingPage::showItem(const app::ItemView& item) {
  beginItem(item);
  said_ = {};
  last_clear_ = -1;
  letters_->setText(item.prompt);
  wave_->clear();
  endListening();
  talk_->setInvitation(tr("Say it"));
  showIdle();
  arrange();
}

// What the mouth does for the sound that this is about.
void SpeakingPage::showIdle() {
  next_->setVisible(item_over_);
  showFacts(false);
  sound_card_->setFill(colour::kBerrySoft);
  mouth_->setVisible(!item_.sound.isEmpty());
  mouth_->setMove(app::mouthMove(item_.sound));
  sign_->hide();
  heading_->setText(item_.skill);
  how_->setText(
      isCompact() && !item_.other.isEmpty()
          ? tr("Say **%1**. I listen whether it is %1 or %2.").arg(item_.prompt, item_.other)
          : item_.explain);
  hear_it_->setVisible(canSay(item_.spoken));
  hear_yourself_->hide();
  other_->hide();
  drill_->hide();
  elsewhere_->hide();
  facts_->tell(
      tr("Your turn"),
      item_.other.isEmpty()
          ? tr("Hold the red button while you speak, or tap it once.")
          : tr("Say **%1**. I listen whether it is %1 or %2.").arg(item_.prompt, item_.other));
}

void SpeakingPage::beginListening() {
  emit hushPressed();
  talk_->setListening(true);
  showIdle();
  wave_->clear();
  next_->hide();
  hear_yourself_->hide();
  setHearing(false);
  emit listenWanted();
}

void SpeakingPage::endListening() {
  talk_->setListening(false);
  setHearing(true);
}

void SpeakingPage::setHearing(bool on) {
  listen_->setEnabled(on);
  slowly_->setEnabled(on);
  hear_it_->setEnabled(on);
}

void SpeakingPage::showHeard(const app::HeardNow& heard) {
  if (heard.begun_again) showIdle();
  if (heard.trouble != app::ListenTrouble::kNone) {
    wave_->clear();
    showTrouble(heard.trouble, heard.trouble_words);
    return;
  }
  wave_->push(heard.level);
  letters_->setLights(heard.words);
}

void SpeakingPage::showSaid(const app::SaidView& said) {
  endListening();
  if (said.trouble != app::ListenTrouble::kNone) {
    letters_->setText(item_.prompt);
    wave_->clear();
    showTrouble(said.trouble, said.trouble_words);
    next_->setVisible(item_over_);
    return;
  }
  said_ = said;
  talk_->setInvitation(tr("Say it again"));
  letters_->setSaid(said.words);
  if (said.sound) wave_->setSound(said.sound->samples);
  showSound(0);
}

void SpeakingPage::showSound(int number) {
  sound_card_->setFill(said_.to_try.isEmpty() ? colour::kLeafSoft : colour::kBerrySoft);
  sign_->hide();
  elsewhere_->hide();
  const bool drill = said_.drill && number < said_.to_try.size() &&
                     said_.drill->phone == said_.to_try[number].phone;
  sound_ = said_.to_try.isEmpty() ? 0 : number;
  hear_it_->setVisible((!isCompact() || !said_.to_try.isEmpty()) && canSay(toHear()));
  hear_yourself_->setVisible(said_.sound != nullptr);
  other_->setVisible(said_.to_try.size() > 1);
  drill_->setVisible(drill);
  arrange();
  if (said_.to_try.isEmpty()) {
    mouth_->setVisible(!item_.sound.isEmpty());
    mouth_->setMove(app::mouthMove(item_.sound));
    heading_->setText(tr("Well said"));
    // On a small screen the letters need the room, and the button below says the rest.
    how_->setText(isCompact() ? tr("I understood you.")
                              : tr("I understood you. Listen to yourself, if you like."));
    return;
  }
  const auto& sound = said_.to_try[number];
  mouth_->show();
  mouth_->setMove(app::mouthMove(sound.phone));
  heading_->setText(tr("The sound %1, as in %2").arg(sound.letters, sound.in_word));
  how_->setText(sound.heard.isEmpty() ? sound.how
                                      : tr("%1 I heard **%2**.").arg(sound.how, sound.heard));
  if (drill) drill_->setWord(tr("%1 or %2?").arg(said_.drill->word, said_.drill->other));
  if (said_.to_try.size() > 1) {
    other_->setWord(said_.to_try[1 - number].letters);
    other_->setAccessibleName(tr("The sound %1").arg(said_.to_try[1 - number].letters));
  }
}

// On a small screen beside the sound card only where that has little to say.
void SpeakingPage::showFacts(bool in_compact) {
  facts_in_compact_ = in_compact;
  facts_card_->setVisible(!isCompact() || in_compact);
}

void SpeakingPage::showTrouble(app::ListenTrouble trouble, const app::TroubleWords& words) {
  const bool of_device = app::isOfDevice(trouble);
  showFacts(false);
  sound_card_->setFill(colour::kSkySoft);
  mouth_->hide();
  sign_->setIcon(of_device ? QStringLiteral("microphone") : QStringLiteral("ear"));
  sign_->show();
  heading_->setText(words.title);
  how_->setText(words.words);
  elsewhere_->setVisible(of_device);
  hear_it_->hide();
  hear_yourself_->hide();
  other_->hide();
  drill_->hide();
}

void SpeakingPage::showPlaying(bool playing) {
  playing_ = playing;
  hear_yourself_->setWord(playing ? tr("Stop") : tr("Hear yourself"));
  hear_yourself_->setIconName(playing ? QStringLiteral("stop") : QStringLiteral("ear"));
}

void SpeakingPage::showKeep(app::KeepState state) {
  keep_->setState(state);
  arrange();
}

void SpeakingPage::showJudgement(const app::JudgementView& judgement) {
  item_over_ = judgement.item_over;
  next_->setVisible(item_over_);
  QList<QPair<QString, QString>> facts;
  const int words = int(said_.words.size());
  if (said_.words_said < words)
    facts.append({tr("Words said"), tr("%1 of %2").arg(said_.words_said).arg(words)});
  if (!said_.flow.isEmpty()) facts.append({tr("Flow"), said_.flow});
  if (said_.words_per_minute && words > 1) {
    facts.append({tr("Pace"), tr("%1 a minute").arg(*said_.words_per_minute)});
  }
  const int more = last_clear_ < 0 ? 0 : said_.sounds_clear - last_clear_;
  if (said_.sounds > 1) {
    facts.append(
        {tr("Sounds clear"), more > 0 ? tr("%1, %2 more").arg(said_.sounds_clear).arg(more)
                                      : tr("%1 of %2").arg(said_.sounds_clear).arg(said_.sounds)});
  }
  last_clear_ = said_.sounds_clear;
  const bool grew = letters_->grown() > 0;
  showFacts(said_.to_try.isEmpty());
  // A small screen has room for the facts or for a sentence.
  if (isCompact()) {
    facts_->tell(grew ? tr("That grew!") : tr("Your speaking"), {}, facts.mid(0, kMostFacts - 1));
  } else {
    facts_->tell(grew ? tr("That grew!") : QString(), judgement.words, facts.mid(0, kMostFacts));
  }
}

void SpeakingPage::showHint(const app::HintView& hint) { facts_->tell(hint.title, hint.text); }

void SpeakingPage::showSkipped() {
  item_over_ = true;
  next_->show();
  facts_->tell(tr("On we go"), tr("Good to know. This one will come back another day."));
}

void SpeakingPage::comeBack() {
  endListening();
  wave_->clear();
}

void SpeakingPage::arrange() {
  mouth_->setFixedWidth(px(isCompact() ? kMouthWideCompact : kMouthWide));
  const int sound_wide = isCompact() ? 54 : drill_->isHidden() ? 64 : 72;  // of 100
  cards_->setStretch(0, sound_wide);
  cards_->setStretch(1, 100 - sound_wide);
  showFacts(facts_in_compact_);
  keep_->setShort(isCompact());
  // There is not room for all: first the wave goes, on a small screen beside "Next" the voice, too.
  const bool offers = keep_->isOffering();
  wave_->setVisible(!offers || (!isCompact() && !item_over_));
  const bool crowded = offers && isCompact() && item_over_;
  const bool heard = !crowded && canSay(item_.spoken);
  listen_->setVisible(heard);
  slowly_->setVisible(heard);
}

void SpeakingPage::resizeEvent(QResizeEvent* event) {
  ItemPage::resizeEvent(event);
  arrange();
}

}  // namespace primer::ui
