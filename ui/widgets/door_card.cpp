#include "widgets/door_card.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

#include "theme/contrast.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/typeface.h"
#include "widgets/stepping_stones.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

constexpr int kInside = 34;
constexpr int kInsideLow = 24;
constexpr int kSign = 104;
constexpr int kSmallSign = 60;
constexpr int kSkillSize = 28;
constexpr int kLeastSize = 20;
constexpr int kLow = 430;   // design pixels
constexpr int kWide = 620;  // a card wider than this lies
constexpr int kTitle = 36;
constexpr int kLeastTitle = 22;  // of a longer language
constexpr int kTitleLow = 28;
constexpr double kWater = 0.4;  // of the lying card's height
constexpr int kStones = 12;

}  // namespace

struct DoorCard::Coat {
  QColor ground;
  QColor sign;
  QColor sign_lip;
  QString icon;
};

DoorCard::Coat DoorCard::coat() const {
  switch (kind_) {
    case app::DoorKind::kReview:
      return {colour::kSunSoft, colour::kAmber, mix(colour::kAmber, colour::kInk, 0.4),
              QStringLiteral("again")};
    case app::DoorKind::kSomethingNew:
      return {colour::kSkySoft, colour::kSky, colour::kSkyDeep, QStringLiteral("star")};
    case app::DoorKind::kBegin:
    case app::DoorKind::kGoOn:
      break;
  }
  return {colour::kLeafSoft, colour::kLeaf, colour::kLeafDeep, QStringLiteral("arrow-right")};
}

DoorCard::DoorCard(app::DoorKind kind, QWidget* parent)
    : Control(parent), kind_(kind), skill_size_(kSkillSize), reason_size_(type::kNote) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  title_ = new TextLabel(
      {}, [this] { return headingFont(low() ? kTitleLow : kTitle); }, colour::kInk, this);
  title_->setMaximumLines(2);
  title_->setLineSpacing(0.95);
  title_->setMayShrink(kLeastTitle);
  skill_ = new TextLabel(
      {}, [this] { return readingFont(skill_size_); }, colour::kInk, this);
  skill_->setLineSpacing(0.84);
  reason_ = new TextLabel(
      {}, [this] { return readingFont(reason_size_); }, colour::kInk2, this);
  reason_->setLineSpacing(0.82);
}

void DoorCard::showDoor(const app::DoorView& door) {
  title_->setText(door.title);
  skill_->setText(door.skill);
  skill_->setVisible(!door.skill.isEmpty());
  reason_->setText(door.reason);
  setEnabled(door.open);
  setFocusPolicy(door.open ? Qt::StrongFocus : Qt::NoFocus);
  setCursor(door.open ? Qt::PointingHandCursor : Qt::ArrowCursor);
  setAccessibleName(door.title);
  setAccessibleDescription(door.skill.isEmpty() ? door.reason
                                                : door.skill + QStringLiteral(". ") + door.reason);
  arrange();
  update();
}

void DoorCard::setPicture(const QString& picture) {
  picture_ = picture;
  update();
}

QRectF DoorCard::water() const {
  const double high = std::min(height() * kWater, pxf(170));
  return {pxf(kInside), height() - high - pxf(kInside) * 0.7, width() - 2 * pxf(kInside), high};
}

QSize DoorCard::sizeHint() const { return {px(380), px(440)}; }
QSize DoorCard::minimumSizeHint() const { return {px(240), px(240)}; }
double DoorCard::corner() const { return pxf(radius::kTile); }
bool DoorCard::wide() const { return width() > px(kWide); }
bool DoorCard::low() const { return height() < px(kLow) && !wide(); }
int DoorCard::inside() const { return px(low() ? kInsideLow : kInside); }
double DoorCard::signSide() const { return pxf(low() ? kSmallSign : kSign); }

int DoorCard::wordsHeight(int room) const {
  const int skill = skill_->text().isEmpty() ? 0 : skill_->heightForWidth(room);
  return skill + px(10) + reason_->heightForWidth(room);
}

// Title and skill stand under the sign, the reason at the foot of the card: so the eye finds each
// at the same height on every card. Long words get smaller before they are cut off.
void DoorCard::arrange() {
  const int in = inside();
  const int side = int(signSide());
  const bool beside = wide() || low();
  const int shift = beside ? side + px(wide() ? 32 : 16) : 0;
  const bool mirrored = layoutDirection() == Qt::RightToLeft;
  const int room = width() - 2 * in - (wide() ? shift : 0);
  const int title_room = width() - 2 * in - shift;
  const int left = wide() && !mirrored ? in + shift : in;
  const int title_left = mirrored ? in : in + shift;
  const int title = title_->heightForWidth(title_room);
  int top = in;
  if (wide()) {
    const int whole = title + px(12) + wordsHeight(room);
    top = std::max(in / 2, (int(water().top()) - whole) / 2 + in / 2);
  } else {
    top = low() ? in : in + side + px(28);
  }
  const int head = low() ? std::max(title, side) : title;
  title_->setAlignment(low() ? Qt::AlignLeading | Qt::AlignVCenter : Qt::AlignLeading);
  title_->setGeometry(title_left, top, title_room, head);
  const int y = top + head + px(8);
  const int foot = wide() ? int(water().top()) : height() - in;
  skill_size_ = kSkillSize;
  reason_size_ = type::kNote;
  while (wordsHeight(room) > foot - y && skill_size_ > kLeastSize) {
    skill_size_ -= 2;
    reason_size_ = std::min(reason_size_, skill_size_);
  }
  const int skill = skill_->text().isEmpty() ? 0 : skill_->heightForWidth(room);
  const int reason = reason_->heightForWidth(room);
  skill_->setGeometry(left, y, room, skill);
  const int under = y + skill + px(10);
  reason_->setGeometry(left, wide() ? under : std::max(under, foot - reason), room, reason);
}

void DoorCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Coat coat = this->coat();
  const QRectF whole(rect());
  if (isEnabled()) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(isDown() ? mix(coat.ground, coat.sign, 0.12) : coat.ground);
    painter.drawPath(rounded(whole, corner()));
  } else {
    painter.setPen(QPen(colour::kLine, pxf(3)));
    painter.setBrush(mix(colour::kPaper, colour::kCard, 0.4));
    const double inset = pxf(1.5);
    painter.drawPath(rounded(whole.adjusted(inset, inset, -inset, -inset), corner()));
  }
  const double in = inside();
  const double side = signSide();
  const double words_middle = (title_->y() + reason_->geometry().bottom()) / 2.0;
  QRectF sign(in, wide() ? words_middle - side / 2 : in, side, side);
  if (layoutDirection() == Qt::RightToLeft) sign.moveRight(width() - in);
  painter.setPen(Qt::NoPen);
  if (wide()) {
    painter.save();
    if (layoutDirection() == Qt::RightToLeft) {
      painter.translate(width(), 0);
      painter.scale(-1, 1);
    }
    paintSteppingStones(painter, water(), kStones, 0, picture_, 1, 0);
    painter.restore();
  }
  if (isEnabled()) {
    painter.setBrush(coat.sign_lip);
    painter.drawEllipse(sign.translated(0, isDown() ? 0 : pxf(size::kLip)));
  }
  painter.setBrush(isEnabled() ? coat.sign : colour::kLine);
  painter.drawEllipse(sign);
  const double icon = side * 0.44;
  QRectF at(0, 0, icon, icon);
  at.moveCenter(sign.center());
  const bool turned =
      coat.icon == QStringLiteral("arrow-right") && layoutDirection() == Qt::RightToLeft;
  paintIcon(painter, turned ? QStringLiteral("arrow-left") : coat.icon, at,
            isEnabled() ? colour::kCard : colour::kInk2);
}

void DoorCard::resizeEvent(QResizeEvent* event) {
  Control::resizeEvent(event);
  arrange();
}

void DoorCard::changeEvent(QEvent* event) {
  Control::changeEvent(event);
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::LayoutDirectionChange) {
    arrange();
  }
}

}  // namespace primer::ui
