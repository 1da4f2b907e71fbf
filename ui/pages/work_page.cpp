#include "pages/work_page.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "pages/ruled_sheet.h"
#include "paper/ink_box.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/advice_card.h"
#include "widgets/button.h"
#include "widgets/example_card.h"
#include "widgets/maths_print.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr double kLeftShareCompact = 0.345;
constexpr double kLeftShareKeys = 0.29;  // on a low screen the keys need the width
constexpr int kExampleFrom = 2;          // the rung from which a worked example is offered
constexpr int kProblemSize = 46;
constexpr int kWordsSize = 26;
constexpr qsizetype kLongestFormula = 40;  // a longer problem is told in words

}  // namespace

// The problem in print; a long one, in words, wraps.
class WorkPage::Problem : public QWidget {
 public:
  explicit Problem(QWidget* parent) : QWidget(parent) {
    words_ = new TextLabel(
        {}, [] { return readingFont(kWordsSize); }, colour::kInk, this);
    words_->setLineSpacing(0.85);
  }
  void setProblem(const QString& text, const QString& spoken) {
    text_ = text;
    in_words_ = text.size() > kLongestFormula;
    words_->setText(in_words_ ? spoken : QString());
    words_->setVisible(in_words_);
    setAccessibleName(spoken);
    updateGeometry();
    update();
  }
  QSize sizeHint() const override {
    if (in_words_) return {px(240), words_->heightForWidth(std::max(width(), px(200)))};
    const MathsSize size = mathsSize(text_, readingFont(kProblemSize));
    return {px(240), std::max(px(70), int(size.height()) + px(8))};
  }
  QSize minimumSizeHint() const override { return {px(120), sizeHint().height()}; }

 protected:
  void resizeEvent(QResizeEvent* event) override {
    QWidget::resizeEvent(event);
    words_->setGeometry(rect());
    if (in_words_) updateGeometry();
  }
  void paintEvent(QPaintEvent*) override {
    if (in_words_) return;
    QPainter painter(this);
    paintMathsIn(painter, QRectF(rect()), text_, readingFont(kProblemSize), colour::kInk);
  }

 private:
  QString text_;
  bool in_words_ = false;
  TextLabel* words_;
};

WorkPage::WorkPage(QWidget* parent) : ItemPage(tr("Answer with keys"), parent) {
  title_->setMaximumLines(2);
  title_->setLineSpacing(0.88);
  makeLeft();
  sheet_ = new RuledSheet(this);
  sheet_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  example_ = new ExampleCard(this);
  example_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  example_->hide();
  middle_->addWidget(left_);
  middle_->addWidget(sheet_, 1);
  middle_->addWidget(example_, 1);
  makeFoot(tr("Done"));

  connect(sheet_, &RuledSheet::inkChanged, this, [this](bool added) {
    pen_up_.start();
    reading_ms_ = -1;
    sendInk(added);
    showButtons();
  });
  connect(sheet_, &RuledSheet::typedChanged, this, [this] {
    emit linesTyped(sheet_->typedLines());
    showButtons();
  });
  connect(sheet_, &RuledSheet::lineFinished, this, [this] {
    emit linesTyped(sheet_->typedLines());
    if (item_.judged != app::JudgedWhen::kButton) emit judgeWanted(-1);
  });
  connect(sheet_, &RuledSheet::nextLineBegun, this, [this](int lines_above) {
    if (item_.judged != app::JudgedWhen::kButton) emit judgeWanted(lines_above);
  });
  connect(sheet_, &RuledSheet::quiet, this, [this] {
    if (item_.judged == app::JudgedWhen::kPause) emit judgeWanted(-1);
  });
  const auto keep = [this] {
    if (!item_over_) emit workKept(sheet_->kept());
  };
  connect(sheet_, &RuledSheet::inkChanged, this, keep);
  connect(sheet_, &RuledSheet::typedChanged, this, keep);
  connect(sheet_, &RuledSheet::lineFinished, this, keep);
  connect(sheet_, &RuledSheet::lineChosen, this, &WorkPage::lineChosen);
  connect(sheet_, &RuledSheet::disagreed, this, &WorkPage::disagreed);
  connect(example_, &ExampleCard::backPressed, this, [this] {
    example_->hide();
    sheet_->show();
  });
  showButtons();
}

void WorkPage::makeLeft() {
  left_ = new QWidget(this);
  auto* column = new QVBoxLayout(left_);
  setSpacing(column, {}, 20);
  problem_card_ = new Card(left_);
  auto* inside = new QVBoxLayout(problem_card_);
  setSpacing(inside, {space::kInside, 18, 22, 16}, 4);
  request_ = new TextLabel(
      {}, [] { return readingFont(type::kNote); }, colour::kInk2, problem_card_);
  request_->setLineSpacing(0.82);
  request_->setMaximumLines(2);
  problem_ = new Problem(problem_card_);
  inside->addWidget(request_);
  inside->addWidget(problem_);
  column->addWidget(problem_card_);
  advice_ = new AdviceCard(left_);
  connect(advice_, &AdviceCard::actionPressed, this, &WorkPage::hintWanted);
  connect(advice_, &AdviceCard::secondActionPressed, this, &WorkPage::exampleWanted);
  column->addWidget(advice_, 1);
}

QString WorkPage::aloud() const {
  return item_.request + QStringLiteral(". ") + item_.spoken + QStringLiteral(". ") +
         advice_->text();
}

void WorkPage::showItem(const app::ItemView& item) {
  beginItem(item);
  work_ = {};
  example_->hide();
  sheet_->show();
  request_->setText(item.request);
  problem_->setProblem(item.prompt, item.spoken);
  sheet_->startItem();
  sheet_->setSquared(item.squared);
  sheet_->setDivision(item.division);
  if (item.keypad_only) setKeys(true);
  if (!item.begun.empty()) {
    sheet_->takeUp(item.begun);
    showKeys(sheet_->keys());
  }
  showExplanation();
  note_->setText(item.reason);
  arrangeLeft();
  showButtons();
}

void WorkPage::showExplanation() {
  advice_->setAdvice(AdviceCard::Kind::kYourTurn, tr("How it goes"), item_.explain);
  advice_->setDrawing({});
  advice_->setAction({});
  offerExample(!item_.walk);
}

void WorkPage::showWork(const app::WorkView& work) {
  if (item_over_) return;
  if (pen_up_.isValid() && reading_ms_ < 0 && work.scratched.empty()) {
    reading_ms_ = double(pen_up_.nsecsElapsed()) / 1e6;
  }
  if (!work.scratched.empty()) {
    sheet_->inkBox()->removeStrokes(work.scratched);  // reads again
    return;
  }
  const int before = work_.first_not_yet;
  work_ = work;
  sheet_->showWork(work);
  if (!work.words.isEmpty()) note_->setText(work.words);
  if (work.first_not_yet >= 0 && work.first_not_yet != before && !work.item_over) {
    emit hintWanted();  // the first rung comes by itself
  } else if (before >= 0 && work.first_not_yet < 0 && !work.item_over) {
    help_over_ = false;
    showExplanation();
  }
  if (work.item_over) over(!work.over_words.isEmpty());
  showButtons();
}

void WorkPage::over(bool right) {
  item_over_ = true;
  sheet_->setWritable(false);
  advice_->setDrawing({});
  advice_->setAction({});
  offerExample(false);
  if (right) {
    advice_->setAdvice(AdviceCard::Kind::kRight, tr("There it is"), work_.over_words);
  } else {
    adviseToGoOn();
  }
  note_->setText({});
  showButtons();
  next_->setFocus(Qt::OtherFocusReason);
}

void WorkPage::showSkipped() {
  if (!item_over_) over(false);
}

void WorkPage::showHint(const app::HintView& hint) {
  if (hint.rung <= 0 || item_over_) return;
  help_over_ = hint.rung >= kLastRung;
  advice_->setAdvice(AdviceCard::Kind::kNudge, hint.title, hint.text);
  advice_->setDrawing(hint.picture);
  advice_->setAction(help_over_ ? QString() : tr("Show me more"));
  offerExample(hint.rung >= kExampleFrom);
  showButtons();
}

void WorkPage::showExample(const app::ExampleView& example) {
  if (item_over_) return;
  example_->showExample(example);
  sheet_->hide();
  example_->show();
}

void WorkPage::comeBack() {
  if (item_over_ || !sheet_->hasWork()) return;
  if (sheet_->keys()) {
    emit linesTyped(sheet_->typedLines());
  } else {
    sendInk(false);
  }
}

void WorkPage::toggleKeys() { setKeys(!sheet_->keys()); }

void WorkPage::setKeys(bool on) {
  sheet_->setKeys(on);
  showKeys(on);
  if (!on) {
    comeBack();
  } else {
    emit linesTyped({});
  }
  arrangeLeft();
  showButtons();
}

void WorkPage::sendInk(bool looks_for_gesture) {
  if (item_over_ || sheet_->keys()) return;
  emit readingWanted(sheet_->inkBox()->ink(), sheet_->paper(), looks_for_gesture);
}

void WorkPage::done() {
  if (item_over_ || !sheet_->hasWork()) return;
  if (sheet_->keys()) sheet_->finishTypedLine();
  emit donePressed();
}

void WorkPage::showButtons() { showFoot(sheet_->hasWork()); }

void WorkPage::arrangeLeft() {
  left_->setFixedWidth(leftWidth(sheet_->keys() ? kLeftShareKeys : kLeftShareCompact));
  request_->setVisible(!isCompact());
}

void WorkPage::keyPressEvent(QKeyEvent* event) {
  const QString text = event->text();
  static const QString kKnown = QStringLiteral("0123456789+-*/=().^%");
  const bool typed = text.size() == 1 && (kKnown.contains(text[0]) || text[0].isLetter());
  if (typed && !item_over_) {
    if (!sheet_->keys()) setKeys(true);
    QString sign = text;
    if (sign == QLatin1String("-")) sign = QChar(u'−');
    if (sign == QLatin1String("*")) sign = QChar(u'×');
    sheet_->typeText(sign);
  } else if (event->key() == Qt::Key_Backspace && sheet_->keys()) {
    sheet_->rubOutText();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    if (item_over_) {
      emit nextPressed();
    } else if (sheet_->keys()) {
      sheet_->finishTypedLine();
    }
  } else {
    ItemPage::keyPressEvent(event);
  }
}

void WorkPage::resizeEvent(QResizeEvent* event) {
  ItemPage::resizeEvent(event);
  arrangeLeft();
}

}  // namespace primer::ui
