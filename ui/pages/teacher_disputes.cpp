#include "pages/teacher_disputes.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "paper/ink_paint.h"
#include "paper/ink_view.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/marks.h"
#include "widgets/maths_print.h"
#include "widgets/notice.h"
#include "widgets/picture_tile.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kProblemSize = 26;
constexpr int kMostInk = 220;  // design pixels
constexpr int kLeastInk = 84;
constexpr int kLeastName = 14;
constexpr int kWidestInk = 640;
constexpr double kInkShown = 0.6;          // of the size in which it was written
constexpr qsizetype kLongestFormula = 40;  // a longer problem is told in words

TextLabel* words(const QString& text, const QColor& colour, QWidget* parent,
                 QFont::Weight weight = QFont::Normal) {
  return new TextLabel(
      text, [weight] { return teacherFont(type::kTeacher, weight); }, colour, parent);
}

// The problem in print.
class ProblemPrint : public QWidget {
 public:
  ProblemPrint(const QString& text, QWidget* parent) : QWidget(parent), text_(text) {
    setAccessibleName(text);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  }
  QSize sizeHint() const override {
    return {px(200), int(mathsSize(text_, readingFont(kProblemSize)).height()) + px(6)};
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    paintMathsIn(painter, QRectF(rect()), text_, readingFont(kProblemSize), colour::kInk);
  }

 private:
  QString text_;
};

QString decidedWords(const app::DisputeRow& dispute) {
  return *dispute.right ? DisputeList::tr("You said: it is right.")
                        : DisputeList::tr("You said: not yet.");
}

}  // namespace

DisputeList::DisputeList(QWidget* parent) : QWidget(parent) {
  column_ = new QVBoxLayout(this);
  setSpacing(column_, {}, 16);
  none_ = new EmptyState(QStringLiteral("check"), tr("Nothing waits for you"),
                         tr("Where a pupil says “I disagree”, or Primer cannot tell whether an "
                            "answer is right, it stands here with the ink."),
                         this);
  column_->addWidget(none_);
}

void DisputeList::showDisputes(const QList<app::DisputeRow>& disputes) {
  for (QWidget* card : cards_) {
    card->hide();
    card->deleteLater();  // one of its buttons may be what brought this
  }
  cards_.clear();
  for (const auto& dispute : disputes) {
    cards_ += cardOf(dispute);
    column_->addWidget(cards_.last());
  }
  none_->setVisible(disputes.isEmpty());
}

QWidget* DisputeList::cardOf(const app::DisputeRow& dispute) {
  auto* card = new Card(this, colour::kCard, radius::kCard - 4);
  card->setEdge(colour::kDeskLine);
  auto* column = new QVBoxLayout(card);
  setSpacing(column, {24, 18, 24, 18}, 12);

  auto* top = new QHBoxLayout;
  setSpacing(top, {}, 14);
  top->addWidget(new PictureBadge(dispute.picture, 48, card));
  auto* name = words(dispute.name, colour::kInk, card, QFont::DemiBold);
  name->setMaximumLines(1);
  name->setMayShrink(kLeastName);
  name->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  top->addWidget(name, 1);
  auto* when = words(dispute.answer.at_words, colour::kInk2, card);
  when->setMaximumLines(1);
  when->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
  top->addWidget(when);
  column->addLayout(top);

  const auto& answer = dispute.answer;
  if (answer.item.size() > kLongestFormula) {
    column->addWidget(words(answer.item, colour::kInk, card));
  } else {
    column->addWidget(new ProblemPrint(answer.item, card));
  }
  if (!answer.ink.empty()) {
    auto* ink = new InkView(card);
    ink->setInk(answer.ink);
    ink->setMost(kInkShown);
    const QSizeF size = inkBounds(answer.ink).size() * kInkShown + QSizeF(24, 24);
    ink->setFixedSize(px(std::clamp(size.width(), double(kLeastInk), double(kWidestInk))),
                      px(std::clamp(size.height(), double(kLeastInk), double(kMostInk))));
    ink->setAccessibleName(answer.answer);
    column->addWidget(ink, 0, Qt::AlignLeading);
  }
  QStringList facts;
  if (!answer.answer.isEmpty()) {
    facts += (answer.ink.empty() ? tr("Answer: **%1**") : tr("Read as: **%1**"))
                 .arg(QString(answer.answer).replace(QLatin1Char('\n'), QStringLiteral("  ·  ")));
  }
  facts += dispute.why;
  column->addWidget(words(facts.join(QLatin1Char('\n')), colour::kInk2, card));

  auto* foot = new QHBoxLayout;
  setSpacing(foot, {}, 14);
  const auto button = [&](const QString& word, const QString& icon, bool right) {
    auto* made = new Button(word, icon, Button::Kind::kTeacher, card);
    made->setDesignHeight(60);
    connect(made, &Button::clicked, this, [this, pupil = dispute.pupil, key = dispute.key, right] {
      emit remarked(pupil, key, right);
    });
    foot->addWidget(made);
  };
  if (!dispute.right) {
    button(tr("It is right"), QStringLiteral("check"), true);
    button(tr("Not yet"), QStringLiteral("wave"), false);
    foot->addStretch(1);
  } else {
    auto* badge = new MarkBadge(*dispute.right ? MarkBadge::Mark::kRight : MarkBadge::Mark::kNotYet,
                                40, card);
    foot->addWidget(badge);
    auto* said = words(decidedWords(dispute), colour::kInk, card, QFont::DemiBold);
    said->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    foot->addWidget(said, 1);
    const bool other = !*dispute.right;
    auto* change = new Button(other ? tr("It is right after all") : tr("Not yet after all"),
                              QStringLiteral("again"), Button::Kind::kTeacher, card);
    change->setDesignHeight(60);
    connect(change, &Button::clicked, this,
            [this, pupil = dispute.pupil, key = dispute.key, other] {
              emit remarked(pupil, key, other);
            });
    foot->addWidget(change);
  }
  column->addLayout(foot);
  return card;
}

}  // namespace primer::ui
