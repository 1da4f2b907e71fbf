#include "widgets/mouth_picture.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <array>

#include "theme/metrics.h"
#include "theme/tokens.h"

namespace primer::ui {
namespace {

using app::MouthShape;

constexpr QRectF kRoom(0, 0, 240, 224);  // the drawing's own coordinates; the face looks right
constexpr QColor kSkin(0xF6, 0xD9, 0xC6);
constexpr QColor kSkinEdge(0xE3, 0xB9, 0xA0);
constexpr QColor kInside(0x6B, 0x2A, 0x3C);
constexpr QColor kTongue(0xE0, 0x6A, 0x80);
constexpr QColor kLip(0xC9, 0x5A, 0x6C);
constexpr QColor kTooth(0xFF, 0xFF, 0xFF);

// Where things stand. The tongue goes from its root over back and middle to its tip.
struct Pose {
  double open = 0;     // how far the jaw drops
  double forward = 0;  // how far the lips are pushed out
  bool closed = false;
  bool lip_on_teeth = false;
  QPointF back, middle, tip;
};

Pose poseOf(MouthShape shape) {
  switch (shape) {
    case MouthShape::kLipsMeet:
      return {0, 0, true, false, {104, 132}, {128, 140}, {150, 148}};
    case MouthShape::kLipOnTeeth:
      return {4, 0, false, true, {104, 134}, {128, 144}, {150, 150}};
    case MouthShape::kTongueAtTeeth:
      return {9, 0, false, false, {104, 134}, {136, 138}, {184, 141}};
    case MouthShape::kTongueTipUp:
      return {7, 0, false, false, {102, 138}, {130, 136}, {154, 117}};
    case MouthShape::kTongueTipSides:
      return {9, 0, false, false, {102, 136}, {126, 144}, {154, 116}};
    case MouthShape::kTongueCurled:
      return {8, 3, false, false, {102, 124}, {130, 128}, {134, 108}};
    case MouthShape::kHiss:
      return {3, 0, false, false, {104, 132}, {134, 128}, {156, 132}};
    case MouthShape::kHush:
      return {6, 12, false, false, {104, 126}, {128, 116}, {150, 132}};
    case MouthShape::kTongueBackUp:
      return {10, 0, false, false, {100, 106}, {126, 134}, {152, 152}};
    case MouthShape::kBreath:
      return {16, 0, false, false, {104, 146}, {130, 156}, {154, 160}};
    case MouthShape::kLipsRound:
      return {8, 14, false, false, {100, 116}, {124, 138}, {148, 152}};
    case MouthShape::kSmile:
      return {6, -4, false, false, {108, 124}, {134, 116}, {156, 142}};
    case MouthShape::kOpen:
      return {26, 0, false, false, {104, 156}, {130, 168}, {154, 172}};
    case MouthShape::kHalfOpen:
      break;
  }
  return {13, 0, false, false, {104, 142}, {130, 146}, {154, 156}};
}

// The head's outline: back, brow, nose, mouth, chin and neck. The chin follows the jaw.
QPainterPath headOf(const Pose& pose) {
  const double drop = pose.open;
  const double out = pose.forward;
  QPainterPath head(QPointF(24, 224));
  head.lineTo(24, 92);
  head.cubicTo(24, 26, 72, 8, 116, 10);
  head.cubicTo(158, 12, 178, 36, 178, 70);
  head.cubicTo(178, 80, 184, 84, 204, 104);  // brow to the tip of the nose
  head.cubicTo(210, 112, 204, 118, 184, 118);
  head.cubicTo(180, 120, 182, 124, 186 + out, 128);  // upper lip
  head.cubicTo(192 + out, 134, 188 + out, 140, 178, 140);
  head.lineTo(178, 142 + drop);
  head.cubicTo(188 + out, 142 + drop, 190 + out, 150 + drop, 182 + out / 2, 156 + drop);
  head.cubicTo(176, 162 + drop, 182, 168 + drop, 180, 176 + drop);  // chin
  head.cubicTo(176, 192 + drop / 2, 156, 198 + drop / 2, 132, 200 + drop / 4);
  head.lineTo(132, 224);
  head.closeSubpath();
  return head;
}

// The hollow of the mouth: palate above, floor below, the throat at the back.
QPainterPath hollowOf(const Pose& pose) {
  const double drop = pose.open;
  QPainterPath hollow(QPointF(178, pose.closed ? 141 : 138));
  hollow.cubicTo(168, 136, 164, 120, 150, 112);
  hollow.cubicTo(130, 98, 104, 98, 90, 112);
  hollow.cubicTo(78, 124, 78, 170, 80, 224);
  hollow.lineTo(98, 224);
  hollow.cubicTo(96, 206, 100, 198, 112, 190 + drop / 2);
  hollow.cubicTo(134, 182 + drop, 152, 172 + drop, 164, 162 + drop);
  hollow.cubicTo(170, 156 + drop, 172, 148 + drop, 178, 143 + (pose.closed ? 0 : drop));
  hollow.closeSubpath();
  return hollow;
}

QPainterPath tongueOf(const Pose& pose) {
  const QPointF root(96, 212);
  const QPointF floor(140, 176 + pose.open * 0.9);
  QPainterPath tongue(root);
  tongue.cubicTo(QPointF(84, 172), pose.back + QPointF(-22, 12), pose.back);
  tongue.cubicTo(pose.back + QPointF(14, -8), pose.middle + QPointF(-14, 0), pose.middle);
  tongue.cubicTo(pose.middle + QPointF(12, 0), pose.tip + QPointF(-10, -8), pose.tip);
  tongue.cubicTo(pose.tip + QPointF(7, 6), pose.tip + QPointF(2, 14), pose.tip + QPointF(-10, 15));
  tongue.cubicTo(pose.tip + QPointF(-22, 18), floor + QPointF(12, -8), floor);
  tongue.cubicTo(floor + QPointF(-20, 14), QPointF(112, 198), root);
  return tongue;
}

void paintTeeth(QPainter& painter, const Pose& pose) {
  painter.setPen(QPen(kSkinEdge, 1.2));
  painter.setBrush(kTooth);
  painter.drawRoundedRect(QRectF(163, 122, 9, 19), 3, 3);
  const double lower = pose.open + (pose.lip_on_teeth ? 6 : 0);
  if (!pose.closed) painter.drawRoundedRect(QRectF(161, 147 + lower, 9, 16), 3, 3);
}

void paintLips(QPainter& painter, const Pose& pose) {
  const double out = pose.forward;
  painter.setPen(Qt::NoPen);
  painter.setBrush(kLip);
  QPainterPath upper(QPointF(174, 128));
  upper.cubicTo(184 + out, 124, 196 + out, 130, 190 + out, 139);
  upper.cubicTo(186 + out, 142, 178, 142, 174, 140);
  upper.closeSubpath();
  painter.drawPath(upper);
  const double top = pose.closed ? 140 : pose.lip_on_teeth ? 140 : 142 + pose.open;
  const double in = pose.lip_on_teeth ? -12 : 0;
  QPainterPath lower(QPointF(172 + in, top));
  lower.cubicTo(184 + out + in, top - 2, 194 + out + in, top + 3, 190 + out + in, top + 11);
  lower.cubicTo(186 + out + in / 2, top + 17, 178, top + 17, 174, top + 14);
  lower.closeSubpath();
  painter.drawPath(lower);
}

void paintAir(QPainter& painter, const Pose& pose, const app::MouthMove& move) {
  QPen dots(colour::kSky, 5, Qt::CustomDashLine, Qt::RoundCap);
  dots.setDashPattern({0.001, 2});
  painter.setPen(dots);
  painter.setBrush(Qt::NoBrush);
  if (move.nose) {
    QPainterPath way(QPointF(90, 150));
    way.cubicTo(88, 96, 120, 88, 160, 96);
    way.cubicTo(180, 100, 188, 116, 196, 140);
    painter.drawPath(way);
  } else if (!pose.closed) {
    const double y = 141 + pose.open / 2;
    painter.drawLine(QPointF(200 + std::max(0.0, pose.forward), y), QPointF(236, y));
  } else {
    painter.drawLine(QPointF(204, 141), QPointF(236, 141));
  }
  if (!move.hums) return;
  // The throat hums.
  painter.setPen(QPen(colour::kSky, 4, Qt::SolidLine, Qt::RoundCap));
  for (int wave = 0; wave < 3; ++wave) {
    const double x = 40 + wave * 11;
    const double half = 8 + wave * 4;
    painter.drawArc(QRectF(x - 6, 196 - half, 12, 2 * half), -70 * 16, 140 * 16);
  }
}

}  // namespace

MouthPicture::MouthPicture(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
  setAccessibleName(tr("How the mouth makes this sound"));
}

void MouthPicture::setMove(const app::MouthMove& move) {
  move_ = move;
  update();
}

QSize MouthPicture::sizeHint() const { return {px(240), px(224)}; }
QSize MouthPicture::minimumSizeHint() const { return {px(110), px(104)}; }

void MouthPicture::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const double fit = std::min(double(width()) / kRoom.width(), double(height()) / kRoom.height());
  painter.translate((width() - kRoom.width() * fit) / 2, (height() - kRoom.height() * fit) / 2);
  painter.scale(fit, fit);
  const Pose pose = poseOf(move_.shape);
  painter.setPen(QPen(kSkinEdge, 2));
  painter.setBrush(kSkin);
  painter.drawPath(headOf(pose));
  painter.setPen(Qt::NoPen);
  painter.setBrush(kInside);
  painter.drawPath(hollowOf(pose));
  // The tip may stand between the teeth, and before them.
  painter.setBrush(kTongue);
  const bool between = move_.shape == MouthShape::kTongueAtTeeth;
  if (!between) painter.drawPath(tongueOf(pose));
  paintTeeth(painter, pose);
  painter.setPen(Qt::NoPen);
  painter.setBrush(kTongue);
  if (between) painter.drawPath(tongueOf(pose));
  paintLips(painter, pose);
  paintAir(painter, pose, move_);
}

}  // namespace primer::ui
