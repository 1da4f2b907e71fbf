#include "widgets/advice_card.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/typeface.h"
#include "widgets/marks.h"

namespace primer::ui {
namespace {

constexpr int kLeastText = 18;

QColor fillOf(AdviceCard::Kind kind) {
  switch (kind) {
    case AdviceCard::Kind::kYourTurn:
      return colour::kSunSoft;
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
      case Kind::kYourTurn:
        paintIcon(painter, QStringLiteral("pencil"), QRectF(rect()), colour::kInk);
        break;
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

AdviceCard::AdviceCard(QWidget* parent)
    : Card(parent, colour::kSkySoft), text_size_(type::kReading) {
  auto* column = new QVBoxLayout(this);
  setSpacing(column, {26, 20, 24, 20}, 12);
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
      {}, [this] { return readingFont(text_size_); }, colour::kInk, this);
  text_->setLineSpacing(0.87);
  column->addWidget(text_);
  picture_ = new SumPicture(this);
  picture_->hide();
  column->addWidget(picture_);
  drawing_ = new SvgPicture(this);
  drawing_->hide();
  column->addWidget(drawing_, 1);
  column->addStretch(0);
  action_ = new Button({}, {}, Button::Kind::kSecondary, this);
  action_->setDesignHeight(size::kTouchInCard);
  action_->hide();
  connect(action_, &Button::clicked, this, &AdviceCard::actionPressed);
  second_ = new Button({}, {}, Button::Kind::kSecondary, this);
  second_->setDesignHeight(size::kTouchInCard);
  second_->hide();
  connect(second_, &Button::clicked, this, &AdviceCard::secondActionPressed);
  column->addWidget(action_, 0, Qt::AlignLeading);
  column->addWidget(second_, 0, Qt::AlignLeading);
}

void AdviceCard::setAdvice(Kind kind, const QString& heading, const QString& text) {
  kind_ = kind;
  heading_->setText(heading);
  text_->setText(text);
  text_->setVisible(!text.isEmpty());
  setFill(fillOf(kind));
  sign_->update();
  fitContents();
}

void AdviceCard::setSum(const Sum* sum, bool solved) {
  picture_wanted_ = sum && SumPicture::canShow(*sum);
  if (picture_wanted_) picture_->setSum(*sum, solved);
  fitContents();
}

void AdviceCard::setDrawing(const QString& svg) {
  drawing_wanted_ = drawing_->setSvg(svg);
  fitContents();
}

void AdviceCard::setSecondAction(const QString& word) {
  second_wanted_ = !word.isEmpty();
  if (second_wanted_) second_->setWord(word);
  fitContents();
}

void AdviceCard::setAction(const QString& word) {
  action_wanted_ = !word.isEmpty();
  if (action_wanted_) action_->setWord(word);
  fitContents();
}

int AdviceCard::heightOf(int actions, bool picture) const {
  const QMargins margins = layout()->contentsMargins();
  const int width = this->width() - margins.left() - margins.right();
  const int gap = layout()->spacing();
  const int sign = sign_->sizeHint().width();
  int needed = margins.top() + margins.bottom();
  needed += std::max(sign, heading_->heightForWidth(width - sign - gap));
  if (!text_->text().isEmpty()) needed += gap + text_->heightForWidth(width);
  if (picture && picture_wanted_) needed += gap + picture_->sizeHint().height();
  if (picture && drawing_wanted_) needed += gap + drawing_->minimumSizeHint().height();
  needed += gap;  // the stretch
  return needed + actions * (gap + action_->sizeHint().height());
}

void AdviceCard::fitContents() {
  text_size_ = type::kReading;
  bool picture = picture_wanted_ || drawing_wanted_;
  bool action = action_wanted_;
  bool second = second_wanted_;
  const auto tooHigh = [&] {
    return heightOf((action ? 1 : 0) + (second ? 1 : 0), picture) > height();
  };
  // A picture says more than a second button; the text is what must stay.
  if (second && tooHigh()) second = false;
  if (picture && tooHigh()) picture = false;
  if (action && tooHigh()) action = false;
  while (tooHigh() && text_size_ > kLeastText) text_size_ -= 2;
  picture_->setVisible(picture && picture_wanted_);
  drawing_->setVisible(picture && drawing_wanted_);
  action_->setVisible(action);
  second_->setVisible(second);
  text_->updateGeometry();
  text_->update();
}

void AdviceCard::resizeEvent(QResizeEvent* event) {
  Card::resizeEvent(event);
  fitContents();
}

}  // namespace primer::ui
