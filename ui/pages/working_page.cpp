#include "pages/working_page.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <algorithm>
#include <optional>

#include "pages/sheet.h"
#include "paper/ink_box.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/advice_card.h"
#include "widgets/button.h"
#include "widgets/example_card.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr double kLeftShareCompact = 0.345;  // on a low screen help needs the width
constexpr int kPromptAlone = 72;             // the sum, while it has the column to itself
constexpr int kLeastPrompt = 34;
constexpr double kMostQuietAdvice = 0.3;  // of the page's height
constexpr int kBesideExplanation = 424;   // the rest of the page's height, in design pixels
constexpr int kTeachingRung = 2;  // from here on a picture may show the way, and one like it

// The sum of a prompt like "7 × 8 =", for its picture.
std::optional<Sum> sumOf(const QString& prompt) {
  static const QRegularExpression pattern(
      QStringLiteral("^(\\d{1,4})\\s*([+\\-−×÷])\\s*(\\d{1,4})\\s*="));
  const auto match = pattern.match(prompt);
  if (!match.hasMatch()) return std::nullopt;
  return Sum{match.captured(1).toInt(), match.captured(2).at(0), match.captured(3).toInt()};
}

}  // namespace

WorkingPage::WorkingPage(QWidget* parent) : ItemPage(tr("Answer with number keys"), parent) {
  title_->setMaximumLines(1);
  makeProblem();
  sheet_ = new Sheet(this);
  sheet_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  example_ = new ExampleCard(this);
  example_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  example_->hide();
  connect(example_, &ExampleCard::backPressed, this, &WorkingPage::hideExample);
  middle_->addWidget(left_);
  middle_->addWidget(sheet_, 1);
  middle_->addWidget(example_, 1);
  makeFoot(tr("Check"));

  connect(sheet_, &Sheet::readingWanted, this, &WorkingPage::sendInk);
  connect(sheet_, &Sheet::inkChanged, this, [this] { ink_sent_ = false; });
  connect(sheet_, &Sheet::answerChanged, this, &WorkingPage::showButtons);
  const auto keep = [this] {
    if (!item_over_) emit workKept(sheet_->work());
  };
  connect(sheet_, &Sheet::answerChanged, this, keep);
  connect(sheet_, &Sheet::inkChanged, this, keep);
  connect(sheet_, &Sheet::alternativeChosen, this, &WorkingPage::alternativeChosen);
  connect(sheet_, &Sheet::typedReady, this, &WorkingPage::done);
  showButtons();
}

void WorkingPage::makeProblem() {
  left_ = new QWidget(this);
  auto* column = new QVBoxLayout(left_);
  setSpacing(column, {}, 20);
  problem_ = new Card(left_);
  auto* inside = new QVBoxLayout(problem_);
  setSpacing(inside, {space::kInside, 22, space::kInside, 14}, 4);
  request_ = new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk2, problem_);
  request_->setLineSpacing(0.87);
  request_->setMaximumLines(1);
  request_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  prompt_ = new TextLabel(
      {}, [this] { return readingFont(prompt_size_); }, colour::kInk, problem_);
  prompt_->setLeftToRight(true);
  prompt_->setLineSpacing(0.9);
  inside->addWidget(request_);
  inside->addWidget(prompt_, 1);
  column->addWidget(problem_, 1);
  advice_ = new AdviceCard(left_);
  connect(advice_, &AdviceCard::actionPressed, this, [this] {
    if (advice_->kind() == AdviceCard::Kind::kCannotRead) {
      setKeys(true);
    } else {
      emit hintWanted();
    }
  });
  connect(advice_, &AdviceCard::secondActionPressed, this, &WorkingPage::exampleWanted);
  column->addWidget(advice_);
}

// Before there is anything to say, the sum has the column; then it makes room for the help.
void WorkingPage::arrangeLeft(bool helping) {
  helping_ = helping;
  left_->setFixedWidth(leftWidth(kLeftShareCompact));
  auto* column = static_cast<QVBoxLayout*>(left_->layout());
  // Where it is low an explanation needs the room as help does.
  const bool explained = !item_.explain.isEmpty();
  const bool crowded = helping || (isCompact() && explained);
  column->setStretchFactor(problem_, crowded ? 0 : 1);
  column->setStretchFactor(advice_, crowded ? 1 : 0);
  request_->setVisible(!(isCompact() && crowded));
  // A sum stands in one line, as large as its card allows.
  const int room = left_->width() - px(2 * space::kInside);
  prompt_size_ = crowded ? type::kProblem : kPromptAlone;
  const auto tooWide = [this, room] {
    return QFontMetricsF(readingFont(prompt_size_)).horizontalAdvance(prompt_->text()) > room;
  };
  while (prompt_size_ > kLeastPrompt && tooWide()) prompt_size_ -= 2;
  prompt_->setAlignment(helping ? Qt::AlignLeading | Qt::AlignVCenter : Qt::AlignCenter);
  prompt_->updateGeometry();
  // Without help to give the card is as high as its words want, and the sum has the rest.
  const int most = explained ? height() - px(kBesideExplanation) : int(height() * kMostQuietAdvice);
  const int button = explained ? px(size::kTouchInCard + space::kGap) : 0;
  const int wanted = advice_->fullHeight(left_->width()) + button;
  advice_->setMinimumHeight(crowded ? 0 : std::min(most, wanted));
}

QString WorkingPage::aloud() const {
  const bool advised = advice_->isVisible() && !advice_->text().isEmpty();
  return item_.request + QStringLiteral(". ") + item_.spoken +
         (advised ? QStringLiteral(". ") + advice_->text() : QString());
}

void WorkingPage::comeBack() {
  // What was read while the pupil was away may have been dropped.
  if (!sheet_->keys() && sheet_->hasAnswer()) sendInk();
}

void WorkingPage::showItem(const app::ItemView& item) {
  beginItem(item);
  waiting_ = false;
  hideExample();
  request_->setText(item.request);
  prompt_->setText(item.prompt);
  prompt_->setAccessibleName(item.spoken);
  sheet_->startItem();
  ink_sent_ = false;
  if (item.keypad_only) setKeys(true);
  if (!item.begun.empty()) {
    sheet_->takeUp(item.begun);
    showKeys(sheet_->keys());
  }
  advice_->setSum(nullptr);
  advice_->setAction({});
  showYourTurn();
  offerExample(mayAskForExample());
  arrangeLeft(false);
  note(item.reason);
  showButtons();
}

void WorkingPage::showSkipped() {
  if (item_over_) return;
  item_over_ = true;
  waiting_ = false;
  hideExample();
  sheet_->setWritable(false);
  arrangeLeft(true);
  advice_->setSum(nullptr);
  advice_->setAction({});
  adviseToGoOn();
  note({});
  showButtons();
  next_->setFocus(Qt::OtherFocusReason);
}

bool WorkingPage::mayAskForExample() const {
  return !item_.walk && !item_.explain.isEmpty() && !item_over_;
}

void WorkingPage::hideExample() {
  example_->hide();
  sheet_->show();
}

void WorkingPage::showExample(const app::ExampleView& example) {
  if (item_over_) return;
  const auto sum = sumOf(example.problem);
  example_->showExample(example, sum ? &*sum : nullptr);
  sheet_->hide();
  example_->show();
}

void WorkingPage::showYourTurn() {
  if (!item_.explain.isEmpty() && !item_.walk) {
    advice_->setAdvice(AdviceCard::Kind::kYourTurn, tr("How it goes"), item_.explain);
    return;
  }
  advice_->setAdvice(AdviceCard::Kind::kYourTurn, tr("Your turn"),
                     sheet_->keys() ? tr("Type your answer with the keys.")
                                    : tr("Write your answer on the paper."));
}

void WorkingPage::showReading(const app::ReadingView& reading) {
  if (item_over_) return;
  sheet_->showReading(reading);
  showButtons();
}

void WorkingPage::showJudgement(const app::JudgementView& judgement) {
  waiting_ = false;
  item_over_ = judgement.item_over;
  hideExample();
  advice_->setSum(nullptr);
  advice_->setAction({});
  offerExample(false);
  arrangeLeft(true);
  const auto sum = sumOf(item_.prompt);
  switch (judgement.verdict) {
    case app::Verdict::kRight:
      if (!sheet_->keys()) sheet_->showReading(judgement.reading);
      sheet_->showMark(MarkBadge::Mark::kRight);
      sheet_->setWritable(false);
      advice_->setAdvice(AdviceCard::Kind::kRight, judgement.words, {});
      advice_->setSum(sum ? &*sum : nullptr, true);
      break;
    case app::Verdict::kNotYet: {
      const QString read = sheet_->keys() ? sheet_->typed() : judgement.reading.text;
      sheet_->keepTry(read, MarkBadge::Mark::kNotYet);
      if (item_over_) sheet_->setWritable(false);
      const QString title = item_.walk                       ? tr("On we go")
                            : judgement.hint.title.isEmpty() ? tr("Not yet")
                                                             : judgement.hint.title;
      const QString text = judgement.hint.text.isEmpty()
                               ? judgement.words
                               : judgement.words + QStringLiteral("\n") + judgement.hint.text;
      advice_->setAdvice(AdviceCard::Kind::kNudge, title, text);
      break;
    }
    case app::Verdict::kForTeacher:  // numbers are judged here
    case app::Verdict::kCannotRead:
      sheet_->showMark(MarkBadge::Mark::kCannotRead);
      advice_->setAdvice(AdviceCard::Kind::kCannotRead, tr("One more time"), judgement.words);
      advice_->setAction(judgement.offer_keypad ? tr("Use number keys") : QString());
      break;
    case app::Verdict::kAsk:
      sheet_->showReading(judgement.reading);
      advice_->setAdvice(AdviceCard::Kind::kCannotRead, tr("Is this right?"), judgement.words);
      break;
  }
  if (judgement.verdict == app::Verdict::kNotYet && !item_over_) {
    help_over_ = judgement.hint.rung >= kLastRung;
    advice_->setSum(sum && judgement.hint.rung >= kTeachingRung ? &*sum : nullptr);
    advice_->setAction(help_over_ ? QString() : tr("Show me more"));
    offerExample(judgement.hint.rung >= kTeachingRung && mayAskForExample());
  }
  note({});
  showButtons();
  if (item_over_) next_->setFocus(Qt::OtherFocusReason);
}

void WorkingPage::showHint(const app::HintView& hint) {
  if (hint.rung <= 0 || item_over_) return;
  arrangeLeft(true);
  advice_->setAdvice(AdviceCard::Kind::kNudge, hint.title, hint.text);
  const auto sum = sumOf(item_.prompt);
  advice_->setAction(hint.rung < kLastRung ? tr("Show me more") : QString());
  advice_->setSum(sum && hint.rung >= kTeachingRung ? &*sum : nullptr);
  offerExample(hint.rung >= kTeachingRung && mayAskForExample());
  help_over_ = hint.rung >= kLastRung;
  showButtons();
}

void WorkingPage::toggleKeys() { setKeys(!sheet_->keys()); }

void WorkingPage::setKeys(bool on) {
  sheet_->setKeys(on);
  if (advice_->kind() == AdviceCard::Kind::kYourTurn) {
    showYourTurn();
    arrangeLeft(helping_);
  }
  ink_sent_ = false;
  showKeys(on);
  showButtons();
}

void WorkingPage::sendInk() {
  if (item_over_ || sheet_->keys()) return;
  ink_sent_ = true;
  emit readingWanted(sheet_->inkBox()->ink(), sheet_->inkRoom());
}

void WorkingPage::done() {
  if (item_over_ || waiting_ || !sheet_->hasAnswer()) return;
  if (sheet_->keys()) {
    waiting_ = true;
    showButtons();
    emit typed(sheet_->typed());
    return;
  }
  if (!ink_sent_) sendInk();
  waiting_ = true;
  showButtons();
  emit checkPressed();
}

void WorkingPage::showButtons() {
  const bool asked =
      !sheet_->keys() && !sheet_->reading().text.isEmpty() && sheet_->reading().unsure;
  showFoot(!waiting_ && !asked && sheet_->hasAnswer());
}

void WorkingPage::note(const QString& text) { note_->setText(text); }

void WorkingPage::keyPressEvent(QKeyEvent* event) {
  const int digit = event->key() - Qt::Key_0;
  if (digit >= 0 && digit <= 9 && !item_over_) {
    // Who has a keyboard may simply type.
    if (!sheet_->keys()) setKeys(true);
    sheet_->typeDigit(digit);
  } else if (event->key() == Qt::Key_Backspace && sheet_->keys()) {
    sheet_->rubOutDigit();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    item_over_ ? emit nextPressed() : done();
  } else {
    ItemPage::keyPressEvent(event);
  }
}

void WorkingPage::resizeEvent(QResizeEvent* event) {
  ItemPage::resizeEvent(event);
  arrangeLeft(helping_);
}

}  // namespace primer::ui
