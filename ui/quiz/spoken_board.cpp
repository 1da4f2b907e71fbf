#include "quiz/spoken_board.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "quiz/option_tile.h"
#include "quiz/tile_board.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/sound_wave.h"
#include "widgets/talk_button.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kMostUnheard = 2;  // then the answers are tapped
constexpr int kTileWide = 320;
constexpr int kTileHigh = 72;

}  // namespace

SpokenBoard::SpokenBoard(QWidget* parent) : AnswerBoard(parent) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {4, 0, 4, 0}, 8);
  words_ = new TextLabel(
      {}, [] { return readingFont(type::kReading); }, colour::kInk2, this);
  words_->setLineSpacing(0.87);
  words_->setAlignment(Qt::AlignHCenter);
  middle_ = new QWidget(this);
  auto* inside = new QHBoxLayout(middle_);
  setSpacing(inside, {}, 0);
  tile_ = new OptionTile({}, OptionTile::Sign::kNone, middle_);
  inside->addWidget(tile_, 0, Qt::AlignCenter);
  tile_->setFocusPolicy(Qt::NoFocus);
  tile_->setAttribute(Qt::WA_TransparentForMouseEvents);
  tiles_ = new TileBoard(this);
  tiles_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  connect(tiles_, &TileBoard::changed, this, &SpokenBoard::changed);
  auto* foot = new QHBoxLayout;
  setSpacing(foot, {}, 20);
  wave_ = new SoundWave(this);
  talk_ = new TalkButton(this);
  talk_->setInvitation(tr("Say it"));
  tap_ = new Button(tr("I would rather tap"), {}, Button::Kind::kSecondary, this);
  connect(tap_, &Button::clicked, this, [this] {
    emit stopWanted();
    tapInstead({});
  });
  foot->addWidget(tap_, 0, Qt::AlignVCenter);
  foot->addWidget(wave_, 1, Qt::AlignVCenter);
  foot->addWidget(talk_, 0, Qt::AlignVCenter);
  column->addWidget(words_);
  column->addWidget(tiles_, 1);
  column->addWidget(middle_, 1);
  column->addLayout(foot);
  connect(talk_, &TalkButton::began, this, [this] {
    talk_->setListening(true);
    wave_->clear();
    showTile(-1);
    say(tr("I am listening."));
    emit listenWanted();
  });
  connect(talk_, &TalkButton::tapped, this, &SpokenBoard::mayEnd);
  connect(talk_, &TalkButton::ended, this, &SpokenBoard::stopWanted);
}

void SpokenBoard::setQuestion(const app::ItemView& item) {
  item_ = item;
  unheard_ = 0;
  tapping_ = false;
  over_ = false;
  tiles_->setQuestion(item);
  tiles_->hide();
  middle_->show();
  wave_->clear();
  wave_->show();
  talk_->setListening(false);
  talk_->setInvitation(tr("Say it"));
  talk_->show();
  tap_->show();
  showTile(-1);
  say(tr("Say your answer aloud."));
}

void SpokenBoard::say(const QString& words) {
  words_->setText(words);
  words_->setVisible(!words.isEmpty());
}

void SpokenBoard::showTile(int choice) {
  heard_ = choice;
  tile_->setFixedSize(px(kTileWide), px(kTileHigh));
  tile_->setVisible(choice >= 0);
  tile_->setState(OptionTile::State::kChosen);
  for (const auto& option : item_.quiz.options) {
    if (option.id != choice) continue;
    tile_->setText(option.text);
    tile_->setAccessibleName(option.text);
  }
  emit changed();
}

void SpokenBoard::tapInstead(const QString& words) {
  tapping_ = true;
  showTile(-1);
  wave_->hide();
  tap_->hide();
  talk_->hide();
  middle_->hide();
  tiles_->show();
  say(words);
}

void SpokenBoard::stopListening() {
  talk_->setListening(false);
  wave_->clear();
}

void SpokenBoard::showHeard(const app::HeardNow& heard) {
  if (tapping_ || over_ || heard.trouble != app::ListenTrouble::kNone) return;
  wave_->push(heard.level);
}

void SpokenBoard::showAnswer(const app::ChosenView& chosen) {
  if (tapping_ || over_) return;
  talk_->setListening(false);
  const bool heard = chosen.trouble == app::ListenTrouble::kNone && chosen.choice >= 0;
  if (!heard || chosen.unsure) ++unheard_;
  if (app::isOfDevice(chosen.trouble)) {
    return tapInstead(chosen.trouble_words.title + QLatin1Char('.') + QLatin1Char(' ') +
                      tr("Tap your answer."));
  }
  if (!heard && unheard_ >= kMostUnheard) return tapInstead(tr("Tap your answer instead."));
  if (chosen.sound) wave_->setSound(chosen.sound->samples);
  showTile(heard ? chosen.choice : -1);
  talk_->setInvitation(tr("Say it again"));
  if (heard) {
    say(chosen.unsure ? tr("Did you say this? If not, say it again.") : tr("I heard:"));
  } else if (chosen.trouble != app::ListenTrouble::kNone) {
    say(chosen.trouble_words.title + QStringLiteral(". ") + chosen.trouble_words.words);
  } else {
    say(tr("I could not tell what it was. Say it once more, slowly and clearly."));
  }
}

app::QuizReply SpokenBoard::reply() const {
  if (tapping_) return tiles_->reply();
  app::QuizReply reply;
  if (heard_ >= 0) reply.places = {heard_};
  return reply;
}

void SpokenBoard::takeUp(const app::QuizReply& reply) {
  if (reply.places.size() != 1) return;
  for (const auto& option : item_.quiz.options) {
    if (option.id == reply.places.first()) showTile(option.id);
  }
  if (heard_ >= 0) say(tr("I heard:"));
}

bool SpokenBoard::answered() const {
  return tapping_ ? tiles_->answered() : heard_ >= 0 && !talk_->isListening();
}

void SpokenBoard::showJudgement(const app::JudgementView& judgement) {
  over_ = judgement.item_over;
  if (tapping_) return tiles_->showJudgement(judgement);
  if (!over_) {
    tile_->setState(OptionTile::State::kNotYet);
    heard_ = -1;
    emit changed();
    return;
  }
  talk_->hide();
  tap_->hide();
  wave_->hide();
  say({});
  showTile(judgement.solution.places.value(0, -1));
  tile_->setState(OptionTile::State::kRight);
}

bool SpokenBoard::takeKey(int key, const QString& text) {
  if (tapping_) return tiles_->takeKey(key, text);
  if (key != Qt::Key_Space || over_) return false;
  talk_->click();
  return true;
}

}  // namespace primer::ui
