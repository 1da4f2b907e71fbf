// Where things stand on a ruled sheet: ink, print beside its line, tools, offered readings.

#include <algorithm>

#include "pages/ruled_division.h"
#include "pages/ruled_paper.h"
#include "pages/ruled_sheet.h"
#include "paper/ink_box.h"
#include "paper/ink_paint.h"
#include "theme/metrics.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/line_print.h"
#include "widgets/maths_keys.h"

namespace primer::ui {
namespace {

constexpr int kToolGap = 12;
constexpr int kToolEdge = 20;

}  // namespace

int RuledSheet::marginWidth() const { return px(width() > px(kWide) ? 112 : 80); }

int RuledSheet::sideWidth() const {
  if (keys_on_) return pad_->sizeHint().width() + px(48);
  if (division_) return px(kToolEdge);  // the print stands below, the squares need the width
  return px(width() > px(kWide) ? 268 : 214);
}

QRectF RuledSheet::onPage(const QRectF& ink) const {
  return {ink_box_->x() + pxf(ink.left()), pxf(ink.top() - ink_box_->offset()), pxf(ink.width()),
          pxf(ink.height())};
}

QRectF RuledSheet::flipped(QRectF at) const {
  if (layoutDirection() == Qt::RightToLeft) at.moveLeft(width() - at.right());
  return at;
}

double RuledSheet::lastInk() const { return inkBounds(ink_box_->ink()).bottom(); }

double RuledSheet::lineMiddle(int line) const {
  if (keys_on_) return pxf(ruleAt(line) - 0.42 * kRuleStep);
  const app::InkBox& box = work_.lines[line].box;
  return (double(box.top + box.bottom) / 2 - ink_box_->offset()) * scale();
}

void RuledSheet::scroll(double by) {
  const double most = std::max(0.0, ruleAt(kRules - 1) + 40 - height() / scale());
  ink_box_->setOffset(std::clamp(ink_box_->offset() + by, 0.0, most));
  closeOffer();
  arrange();
  update();
}

void RuledSheet::arrange() {
  const int margin = marginWidth();
  const int side = sideWidth();
  const QRectF box = flipped({double(margin + px(kInkInset)), 0,
                              double(width() - margin - side - px(8)), double(height())});
  ink_box_->setGeometry(box.toRect());
  ink_box_->setVisible(!keys_on_);
  const QSize pad = pad_->sizeHint();
  pad_->setVisible(keys_on_);
  pad_->setGeometry(flipped({double(width() - px(24) - pad.width()),
                             std::max(pxf(12), (height() - pad.height()) / 2.0),
                             double(pad.width()), double(pad.height())})
                        .toRect());
  arrangeTools();
  arrangeLines();
}

void RuledSheet::arrangeTools() {
  const int tool = px(size::kTouch);
  const double shown = height() / scale();
  const bool more =
      !ink_box_->ink().empty() && lastInk() - ink_box_->offset() > shown - 2.2 * kRuleStep;
  std::vector<std::pair<RoundButton*, bool>> tools = {
      {eraser_, true}, {redo_, true}, {undo_, true}, {down_, more}, {up_, ink_box_->offset() > 0}};
  double x = width() - px(kToolEdge) - tool;
  for (const auto& [button, wanted] : tools) {
    const bool there = wanted && writable_ && !keys_on_;
    button->setVisible(there);
    if (!there) continue;
    button->setGeometry(
        flipped({x, double(height() - px(kToolEdge) - tool), double(tool), double(tool)}).toRect());
    button->raise();
    x -= tool + px(kToolGap);
  }
  undo_->setEnabled(ink_box_->canUndo());
  redo_->setEnabled(ink_box_->canRedo());
  eraser_->setEnabled(!ink_box_->ink().empty());
  eraser_->setIconName(ink_box_->erasing() ? QStringLiteral("pencil") : QStringLiteral("eraser"));
  eraser_->setAccessibleName(ink_box_->erasing() ? tr("Pencil") : tr("Eraser"));
}

void RuledSheet::arrangeLines() {
  if (keys_on_) return;
  const double tools = 3 * (px(size::kTouch) + px(kToolGap)) + px(kToolEdge);
  const double left = hasDivision() ? marginWidth() + px(kToolGap) : width() - sideWidth();
  const double room = hasDivision() ? width() - left - tools : sideWidth() - px(12);
  const double lowest = height() - px(kToolEdge) - px(size::kTouch) - px(6);
  for (int i = 0; i < int(work_.lines.size()) && i < int(prints_.size()); ++i) {
    LinePrint* print = prints_[size_t(i)];
    const double high = print->sizeHint().height();
    double top = lineMiddle(i) - high / 2;
    // What fills in the printed division stands beside the tools.
    if (hasDivision() && double(work_.lines[i].box.top) < divisionBottom()) {
      top = height() - px(kToolEdge) - px(size::kTouch) / 2.0 - high / 2;
      print->setGeometry(flipped({left, top, room, high}).toRect());
      print->show();
      continue;
    }
    print->setGeometry(flipped({left, top, room, high}).toRect());
    // Scrolled away, or below the tools: those are to be reached at any time.
    print->setVisible(top > -high / 2 && top + high < lowest + px(8));
  }
  if (offered_ < 0 || offered_ >= work_.lines.size()) return;
  double x = 0;
  double across = 0;
  const double tool = px(size::kTouch);
  for (Chip* chip : chips_) {
    const double wide = chip->sizeHint().width();
    chip->setGeometry(QRectF(x, 0, wide, tool).toRect());
    x += wide + px(kToolGap);
    across = x - px(kToolGap);
  }
  double top = lineMiddle(offered_) + tool / 2 + px(8);
  if (top + tool > height() - px(8)) top = lineMiddle(offered_) - tool * 1.5 - px(8);
  const double from = std::max(pxf(8), width() - px(16) - across);
  offer_->setGeometry(flipped({from, top, across, tool}).toRect());
}

}  // namespace primer::ui
