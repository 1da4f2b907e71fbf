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
constexpr double kTextSpacing = 0.87;
constexpr double kTextSpacingClose = 0.78;

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
  box_ = new QBoxLayout(QBoxLayout::TopToBottom, this);
  setSpacing(box_, {26, 20, 24, 20}, 12);
  column_ = new QVBoxLayout;
  setSpacing(column_, {}, 12);
  box_->addLayout(column_, 1);
  actions_ = new QVBoxLayout;
  setSpacing(actions_, {}, 12);
  box_->addLayout(actions_);
  auto* top = new QHBoxLayout;
  setSpacing(top, {}, 14);
  sign_ = new Sign(this);
  heading_ = new TextLabel(
      {}, [] { return headingFont(type::kHeading); }, colour::kInk, this);
  heading_->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  top->addWidget(sign_, 0, Qt::AlignTop);
  top->addWidget(heading_, 1);
  second_small_ = new RoundButton(QStringLiteral("example"), {}, this);
  second_small_->hide();
  connect(second_small_, &RoundButton::clicked, this, &AdviceCard::secondActionPressed);
  top->addWidget(second_small_, 0, Qt::AlignTop);
  column_->addLayout(top);
  text_ = new TextLabel(
      {}, [this] { return readingFont(text_size_); }, colour::kInk, this);
  text_->setLineSpacing(kTextSpacing);
  // Also where the row with the heading is gone, which takes the card's whole width otherwise.
  QSizePolicy across = text_->sizePolicy();
  across.setHorizontalPolicy(QSizePolicy::Expanding);
  text_->setSizePolicy(across);
  column_->addWidget(text_);
  picture_ = new SumPicture(this);
  picture_->hide();
  column_->addWidget(picture_);
  drawing_ = new SvgPicture(this);
  drawing_->hide();
  column_->addWidget(drawing_, 1);
  column_->addStretch(0);
  action_ = new Button({}, {}, Button::Kind::kSecondary, this);
  action_->setDesignHeight(size::kTouchInCard);
  action_->hide();
  connect(action_, &Button::clicked, this, &AdviceCard::actionPressed);
  second_ = new Button({}, {}, Button::Kind::kSecondary, this);
  second_->setDesignHeight(size::kTouchInCard);
  second_->hide();
  connect(second_, &Button::clicked, this, &AdviceCard::secondActionPressed);
  actions_->addWidget(action_, 0, Qt::AlignLeading);
  actions_->addWidget(second_, 0, Qt::AlignLeading);
}

void AdviceCard::setWide(bool on) {
  wide_ = on;
  box_->setDirection(on ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
  setSpacing(box_, on ? QMargins(26, 10, 24, 10) : QMargins(26, 20, 24, 20), 12);
  setSpacing(column_, {}, on ? 6 : 12);
  fitContents();
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
  if (second_wanted_) {
    second_->setWord(word);
    second_small_->setAccessibleName(word);
  }
  fitContents();
}

void AdviceCard::setAction(const QString& word) {
  action_wanted_ = !word.isEmpty();
  if (action_wanted_) action_->setWord(word);
  fitContents();
}

// Of the row with the sign, the heading and perhaps the small button, in a width without margins.
int AdviceCard::headingHeight(int width, const Shown& shown, bool button) const {
  const int gap = column_->spacing();
  const QSize before = shown.sign ? sign_->sizeHint() + QSize(gap, 0) : QSize(0, 0);
  const QSize behind = button ? second_small_->sizeHint() + QSize(gap, 0) : QSize(0, 0);
  const int room = width - before.width() - behind.width();
  return std::max(
      {before.height(), behind.height(), shown.heading ? heading_->heightForWidth(room) : 0});
}

int AdviceCard::fullHeight(int width) const {
  const QMargins margins = layout()->contentsMargins();
  width -= margins.left() + margins.right();
  TextLabel words(
      text_->text(), [] { return readingFont(type::kReading); }, colour::kInk);
  words.setLineSpacing(kTextSpacing);
  return margins.top() + headingHeight(width, Shown{}, false) + column_->spacing() +
         words.heightForWidth(width) + column_->spacing() + margins.bottom();
}

int AdviceCard::heightOf(int width, const Shown& shown) const {
  const QMargins margins = layout()->contentsMargins();
  width -= margins.left() + margins.right();
  const int actions = (shown.action ? 1 : 0) + (shown.second ? 1 : 0);
  if (wide_ && actions > 0) {
    width -= layout()->spacing() + std::max(action_wanted_ ? action_->sizeHint().width() : 0,
                                            second_wanted_ ? second_->sizeHint().width() : 0);
  }
  const int gap = column_->spacing();
  int needed = margins.top() + margins.bottom();
  const int top = headingHeight(width, shown, small_);
  needed += top;
  if (!text_->text().isEmpty()) needed += (top > 0 ? gap : 0) + text_->heightForWidth(width);
  if (shown.picture && picture_wanted_) needed += gap + picture_->sizeHint().height();
  if (shown.picture && drawing_wanted_) needed += gap + drawing_->minimumSizeHint().height();
  if (wide_) return needed;
  needed += gap;  // the stretch
  return needed + actions * (gap + action_->sizeHint().height());
}

void AdviceCard::fitContents() {
  text_size_ = type::kReading;
  text_->setLineSpacing(kTextSpacing);
  small_ = false;
  Shown shown{picture_wanted_ || drawing_wanted_, action_wanted_, second_wanted_};
  const auto tooHigh = [&] { return heightOf(width(), shown) > height(); };
  // A picture says more than a second button; the text is what must stay.
  if (shown.second && !wide_ && tooHigh()) shown.second = false;
  if (shown.picture && tooHigh()) shown.picture = false;
  if (shown.action && !wide_ && tooHigh()) shown.action = false;
  small_ = second_wanted_ && !shown.second;
  if (tooHigh()) text_size_ = type::kNote;
  if (tooHigh()) text_->setLineSpacing(kTextSpacingClose);
  if (kind_ == Kind::kYourTurn) {
    if (tooHigh()) shown.sign = false;
    if (tooHigh()) shown.heading = small_;
  }
  while (tooHigh() && text_size_ > kLeastText) text_size_ -= 2;
  if (small_ && tooHigh()) small_ = false;  // what must stay is the text
  sign_->setVisible(shown.sign);
  heading_->setVisible(shown.heading);
  picture_->setVisible(shown.picture && picture_wanted_);
  drawing_->setVisible(shown.picture && drawing_wanted_);
  action_->setVisible(shown.action);
  second_->setVisible(shown.second);
  second_small_->setVisible(small_);
  text_->updateGeometry();
  text_->update();
  // At once: what was laid out before this resize had another size of text in mind.
  layout()->activate();
}

void AdviceCard::resizeEvent(QResizeEvent* event) {
  Card::resizeEvent(event);
  fitContents();
}

}  // namespace primer::ui
