#include "widgets/advice_card.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/marks.h"

namespace primer::ui {
namespace {

QColor fillOf(AdviceCard::Kind kind) {
  switch (kind) {
    case AdviceCard::Kind::kRight:
      return colour::kLeafSoft;
    case AdviceCard::Kind::kNotYet:
      return colour::kAmberSoft;
    case AdviceCard::Kind::kNudge:
    case AdviceCard::Kind::kCannotRead:
      break;
  }
  return colour::kSkySoft;
}

}  // namespace

// The lamp of a nudge, or the mark that also stands beside the line.
class AdviceCard::Sign : public QWidget {
 public:
  explicit Sign(AdviceCard* card) : QWidget(card), card_(card) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  }
  QSize sizeHint() const override { return {px(44), px(44)}; }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    switch (card_->kind()) {
      case Kind::kNudge:
        paintIcon(painter, QStringLiteral("bulb"), QRectF(rect()), colour::kSky);
        break;
      case Kind::kRight:
        MarkBadge::paint(painter, QRectF(rect()), MarkBadge::Mark::kRight);
        break;
      case Kind::kNotYet:
        MarkBadge::paint(painter, QRectF(rect()), MarkBadge::Mark::kNotYet);
        break;
      case Kind::kCannotRead:
        MarkBadge::paint(painter, QRectF(rect()), MarkBadge::Mark::kCannotRead);
        break;
    }
  }

 private:
  AdviceCard* card_;
};

AdviceCard::AdviceCard(QWidget* parent) : Card(parent, colour::kSkySoft) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {space::kInside, 24, space::kInside, 24}, 14);
  auto* top = new QHBoxLayout;
  setSpacing(top, {}, 14);
  sign_ = new Sign(this);
  heading_ = new TextLabel(
      {}, [] { return headingFont(type::kHeading); }, colour::kInk, this);
  heading_->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  top->addWidget(sign_, 0, Qt::AlignTop);
  top->addWidget(heading_, 1);
  column->addLayout(top);
  text_ = new TextLabel(
      {}, [] { return readingFont(type::kReading); }, colour::kInk, this);
  text_->setLineSpacing(0.87);
  column->addWidget(text_);
  picture_ = new SumPicture(this);
  picture_->hide();
  column->addWidget(picture_);
  column->addStretch(1);
  action_ = new Button({}, {}, Button::Kind::kSecondary, this);
  action_->setDesignHeight(size::kTouchInCard);
  action_->hide();
  connect(action_, &Button::clicked, this, &AdviceCard::actionPressed);
  column->addWidget(action_, 0, Qt::AlignLeading);
}

void AdviceCard::setAdvice(Kind kind, const QString& heading, const QString& text) {
  kind_ = kind;
  heading_->setText(heading);
  text_->setText(text);
  text_->setVisible(!text.isEmpty());
  setFill(fillOf(kind));
  sign_->update();
}

void AdviceCard::setSum(const Sum* sum) {
  const bool show = sum && SumPicture::canShow(*sum);
  if (show) picture_->setSum(*sum);
  picture_->setVisible(show);
}

void AdviceCard::setAction(const QString& word) {
  if (!word.isEmpty()) action_->setWord(word);
  action_->setVisible(!word.isEmpty());
}

}  // namespace primer::ui
