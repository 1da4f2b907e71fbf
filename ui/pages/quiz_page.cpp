#include "pages/quiz_page.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include "quiz/entry_board.h"
#include "quiz/gap_text.h"
#include "quiz/line_board.h"
#include "quiz/place_board.h"
#include "quiz/spoken_board.h"
#include "quiz/tile_board.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/advice_card.h"
#include "widgets/button.h"
#include "widgets/example_card.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

// Of the question: beside an answer that is chosen, on a low screen, and over all of its letters.
constexpr int kMost = 240;
constexpr int kMostCompact = 110;
constexpr int kMostLow = 78;
constexpr int kHighQuestion = 120;  // beside keys for a number
constexpr int kAdviceHeight = 160;
constexpr int kAdviceHeightCompact = 140;
constexpr double kAdviceShareCompact = 0.29;  // of the page's width, beside a picture
constexpr int kExampleFrom = 2;  // the rung from which a worked example is offered again

}  // namespace

QuizPage::QuizPage(QWidget* parent) : ItemPage({}, parent) {
  withoutPaper();
  title_->setMaximumLines(1);
  middle_->setDirection(QBoxLayout::TopToBottom);
  setSpacing(middle_, {}, 18);
  question_card_ = new Card(this);
  question_card_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  auto* inside = new QVBoxLayout(question_card_);
  setSpacing(inside, {36, 20, 36, 20}, 12);
  request_ = new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk2, question_card_);
  request_->setMaximumLines(1);
  request_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  question_ = new GapText(question_card_);
  inside->addWidget(request_);
  inside->addWidget(question_);
  tiles_ = new TileBoard(question_card_);
  line_ = new LineBoard(question_card_);
  placeBoard(tiles_);
  placeBoard(line_);
  board_ = tiles_;
  example_ = new ExampleCard(this);
  example_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  example_->hide();
  connect(example_, &ExampleCard::backPressed, this, [this] {
    example_->hide();
    question_card_->show();
    arrange();
  });
  middle_->addWidget(question_card_, 1);
  middle_->addWidget(example_, 1);
  advice_ = new AdviceCard(this);
  advice_->setWide(true);
  connect(advice_, &AdviceCard::actionPressed, this, &QuizPage::typeOn);
  connect(advice_, &AdviceCard::secondActionPressed, this, &QuizPage::exampleWanted);
  middle_->addWidget(advice_);
  makeFoot(tr("Check"));
  showButtons();
}

void QuizPage::placeBoard(AnswerBoard* board) {
  board->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  board->hide();
  static_cast<QVBoxLayout*>(question_card_->layout())->addWidget(board, 1);
  connect(board, &AnswerBoard::changed, this, [this] {
    question_->setWords(board_->inGaps());
    showButtons();
    if (item_over_) return;
    app::SheetWork work;
    work.reply = board_->reply();
    emit workKept(work);
  });
}

AnswerBoard* QuizPage::boardFor(app::Answering answering) {
  switch (answering) {
    case app::Answering::kLine:
      return line_;
    case app::Answering::kNumber:
    case app::Answering::kText:
    case app::Answering::kSpell:
      if (entry_ == nullptr) {  // its many keys are made when the first such question comes
        entry_ = new EntryBoard(question_card_);
        placeBoard(entry_);
        connect(entry_, &EntryBoard::typingWanted, this, &QuizPage::typeOn);
        connect(entry_, &EntryBoard::hearWanted, this,
                [this] { emit readAloudPressed(item_.spoken); });
      }
      return entry_;
    case app::Answering::kSay:
      if (spoken_ == nullptr) {
        spoken_ = new SpokenBoard(question_card_);
        placeBoard(spoken_);
        connect(spoken_, &SpokenBoard::listenWanted, this, &QuizPage::hushPressed);
        connect(spoken_, &SpokenBoard::listenWanted, this, &QuizPage::listenWanted);
        connect(spoken_, &SpokenBoard::mayEnd, this, &QuizPage::mayEnd);
        connect(spoken_, &SpokenBoard::stopWanted, this, &QuizPage::stopWanted);
      }
      return spoken_;
    case app::Answering::kPlace:
      if (placing_ == nullptr) {
        placing_ = new PlaceBoard(question_card_);
        placeBoard(placing_);
      }
      return placing_;
    case app::Answering::kChooseOne:
    case app::Answering::kChooseMany:
    case app::Answering::kGaps:
    case app::Answering::kMatch:
    case app::Answering::kOrder:
      break;
  }
  return tiles_;
}

QString QuizPage::aloud() const {
  QString text = item_.request + QStringLiteral(". ") + item_.spoken;
  if (item_.quiz.answering == app::Answering::kSay) return text;
  for (const auto& option : item_.quiz.options) text += QStringLiteral(". ") + option.text;
  for (const auto& partner : item_.quiz.partners) text += QStringLiteral(". ") + partner.text;
  return text + QStringLiteral(". ") + advice_->text();
}

void QuizPage::showItem(const app::ItemView& item) {
  beginItem(item);
  waiting_ = false;
  example_->hide();
  question_card_->show();
  request_->setText(item.request);
  question_->setQuestion(item.prompt, item.spoken);
  AnswerBoard* wanted = boardFor(item.quiz.answering);
  if (wanted != board_) board_->hide();
  board_ = wanted;
  arrangeAdvice();
  board_->setQuestion(item);
  if (item.begun.reply) board_->takeUp(*item.begun.reply);
  const bool voiced = canSay(item.spoken);
  if (entry_) entry_->setVoice(voiced);
  if (item.quiz.answering == app::Answering::kSpell && voiced) emit readAloudPressed(item.spoken);
  board_->show();
  advice_->setDrawing({});
  advice_->setAdvice(AdviceCard::Kind::kYourTurn, tr("How it goes"), item.explain);
  advice_read_ = false;
  offerExample(!item.walk);
  note_->setText(item.reason);
  arrange();
  showButtons();
}

void QuizPage::done() {
  if (item_over_ || waiting_ || !board_->answered()) return;
  waiting_ = true;
  showButtons();
  emit answered(board_->reply());
}

void QuizPage::showJudgement(const app::JudgementView& judgement) {
  waiting_ = false;
  item_over_ = judgement.item_over;
  board_->showJudgement(judgement);
  question_->setWords(board_->inGaps());
  question_->setRight(item_over_ && judgement.verdict != app::Verdict::kForTeacher);
  advice_read_ = false;
  offerExample(false);
  using Kind = AdviceCard::Kind;
  switch (judgement.verdict) {
    case app::Verdict::kRight:
      advice_->setAdvice(Kind::kRight, judgement.words, judgement.why);
      break;
    case app::Verdict::kForTeacher:
      advice_->setAdvice(Kind::kYourTurn, tr("For your teacher"), judgement.words);
      break;
    default:
      if (item_over_) {
        advice_->setAdvice(Kind::kNudge, judgement.words, judgement.why);
      } else {
        const bool narrow = placing_ != nullptr && board_ == placing_;  // no room for a sentence
        advice_->setAdvice(Kind::kNotYet, narrow ? tr("Not yet") : judgement.words,
                           narrow ? judgement.words + QLatin1Char('\n') + judgement.hint.text
                                  : judgement.hint.text);
        help_over_ = judgement.hint.rung >= kLastRung;
        if (judgement.hint.shows) board_->showHow(*judgement.hint.shows);
        offerExample(judgement.hint.rung >= kExampleFrom);
      }
  }
  note_->setText({});
  arrange();
  showButtons();
  if (item_over_) next_->setFocus(Qt::OtherFocusReason);
}

void QuizPage::showHint(const app::HintView& hint) {
  if (hint.rung <= 0 || item_over_) return;
  help_over_ = hint.rung >= kLastRung;
  advice_read_ = false;
  if (hint.shows) board_->showHow(*hint.shows);
  advice_->setAdvice(AdviceCard::Kind::kNudge, hint.title, hint.text);
  offerExample(hint.rung >= kExampleFrom);
  arrange();
  showButtons();
}

void QuizPage::showExample(const app::ExampleView& example) {
  if (item_over_) return;
  example_->showExample(example);
  question_card_->hide();
  example_->show();
  arrange();
}

void QuizPage::showSkipped() {
  if (item_over_) return;
  item_over_ = true;
  waiting_ = false;
  adviseToGoOn();
  note_->setText({});
  arrange();
  showButtons();
  next_->setFocus(Qt::OtherFocusReason);
}

void QuizPage::showHeard(const app::HeardNow& heard) {
  if (board_ == spoken_) spoken_->showHeard(heard);
}

void QuizPage::showAnswerHeard(const app::ChosenView& chosen) {
  if (board_ == spoken_) spoken_->showAnswer(chosen);
}

void QuizPage::comeBack() {
  if (board_ == spoken_) spoken_->stopListening();
}

void QuizPage::showButtons() { showFoot(!waiting_ && board_->answered()); }

// The card is put away until it has something new to say.
void QuizPage::typeOn() {
  advice_read_ = true;
  arrange();
}

void QuizPage::arrange() {
  const bool typed = board_ == entry_ && !item_over_;
  const bool words = item_.quiz.answering == app::Answering::kText ||
                     item_.quiz.answering == app::Answering::kSpell;
  question_->setMostHeight(px(isCompact() ? (typed && words ? kMostLow : kMostCompact) : kMost));
  // There is room for the keys or for what is said about the answer.
  const bool crowded =
      isCompact() || words || question_->heightForWidth(question_->width()) > px(kHighQuestion);
  const bool keys = typed && crowded;
  const bool quiet = advice_->kind() == AdviceCard::Kind::kYourTurn || advice_read_;
  const bool example = !example_->isHidden();  // says the same at more length
  advice_->setVisible(!(isCompact() && example) && !(keys && quiet));
  advice_->setAction(keys && !quiet ? tr("Type on") : QString());
  if (entry_) entry_->setKeysAway(keys && !quiet);
  request_->setVisible(!isCompact());
  arrangeAdvice();
  setSpacing(middle_, {}, isCompact() ? 10 : 18);
  setSpacing(question_card_->layout(),
             isCompact() ? QMargins(28, keys ? 4 : 8, 28, keys ? 2 : 6) : QMargins(36, 20, 36, 20),
             isCompact() ? 4 : 12);
}

// A picture is as high as the page allows: what is said about it stands beside it, on the side of
// the hand, which then covers the words rather than the picture.
void QuizPage::arrangeAdvice() {
  const bool beside = placing_ != nullptr && board_ == placing_;
  middle_->setDirection(!beside        ? QBoxLayout::TopToBottom
                        : leftHanded() ? QBoxLayout::RightToLeft
                                       : QBoxLayout::LeftToRight);
  advice_->setWide(!beside);
  if (beside) {
    placing_->setTrayLeft(leftHanded());
    advice_->setMinimumHeight(0);
    advice_->setMaximumHeight(QWIDGETSIZE_MAX);
    advice_->setFixedWidth(leftWidth(kAdviceShareCompact));
  } else {
    advice_->setMinimumWidth(0);
    advice_->setMaximumWidth(QWIDGETSIZE_MAX);
    advice_->setFixedHeight(px(isCompact() ? kAdviceHeightCompact : kAdviceHeight));
  }
}

void QuizPage::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    item_over_ ? emit nextPressed() : done();
  } else if (item_over_ || !board_->takeKey(event->key(), event->text())) {
    ItemPage::keyPressEvent(event);
  }
}

void QuizPage::resizeEvent(QResizeEvent* event) {
  ItemPage::resizeEvent(event);
  arrange();
}

}  // namespace primer::ui
