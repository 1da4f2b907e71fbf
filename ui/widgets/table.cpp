#include "widgets/table.h"

#include <QEvent>
#include <QPainter>
#include <QTextLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "paper/ink_paint.h"
#include "theme/contrast.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

constexpr int kHeadHeight = 40;
constexpr int kCellGap = 24;
constexpr int kMostLines = 8;     // of a cell: five pairs that were matched, on a small screen
constexpr int kLinesEdge = 16;    // above and below the lines of a cell, together
constexpr double kMostInk = 0.8;  // of the size in which it was written

QFont headFont() { return teacherFont(type::kTeacherNote, QFont::Medium); }
QFont cellFont(const Cell& cell) {
  return teacherFont(type::kTeacher, cell.strong ? QFont::DemiBold : QFont::Normal);
}

// A cell's text in as many lines as its height allows; the last ends in an ellipsis where there is
// more. Lines break between words. What was measured is kept: a table is laid out many times for
// each time that it is painted.
class CellLines {
 public:
  const QStringList& in(const QSizeF& room, const Cell& cell) {
    const QFont font = cellFont(cell);
    if (advance_ < 0) advance_ = QFontMetricsF(font).horizontalAdvance(cell.text);
    const bool fits = advance_ <= room.width() + 1;
    const QSizeF asked = fits ? QSizeF() : room;
    if (lines_.isEmpty() || asked != room_) {
      room_ = asked;
      lines_ = fits ? QStringList(cell.text) : broken(cell.text, font, room);
    }
    return lines_;
  }

 private:
  static QStringList broken(const QString& text, const QFont& font, const QSizeF& room) {
    const QFontMetricsF metrics(font);
    const int most = std::max(1, int(room.height() / metrics.height()));
    QTextLayout layout(text, font);
    layout.beginLayout();
    QStringList lines;
    for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
      line.setLineWidth(room.width() + 1);
      const bool last = lines.size() + 1 == most;
      const auto start = line.textStart();
      lines += last ? metrics.elidedText(text.mid(start), Qt::ElideRight, room.width() + 1)
                    : text.mid(start, line.textLength()).trimmed();
      if (last) break;
    }
    layout.endLayout();
    return lines;
  }

  double advance_ = -1;
  QSizeF room_;  // that the lines were broken for; none where the text fits on one
  QStringList lines_;
};

void paintBar(QPainter& painter, const QRectF& where, double share) {
  QRectF bar(where.left(), where.center().y() - pxf(5), where.width(), pxf(10));
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour::kDeskLine);
  painter.drawPath(rounded(bar, pxf(5)));
  bar.setWidth(std::max(bar.height(), bar.width() * share));
  painter.setBrush(share >= 0.6 ? colour::kLeaf : colour::kSunDeep);
  painter.drawPath(rounded(bar, pxf(5)));
}

}  // namespace

class Table::Head : public QWidget {
 public:
  explicit Head(Table* table) : QWidget(table), table_(table) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  }
  QSize sizeHint() const override { return {px(300), px(kHeadHeight)}; }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setFont(headFont());
    painter.setPen(colour::kInk2);
    const auto where = table_->places(QRectF(rect()));
    for (int i = 0; i < table_->columns_.size(); ++i) {
      const Column& column = table_->columns_[i];
      const bool right = column.at_end == (layoutDirection() == Qt::LeftToRight);
      painter.drawText(where[size_t(i)], besideFlags(right), column.title);
    }
    painter.fillRect(QRectF(0, height() - 1, width(), 1), colour::kDeskLine);
  }

 private:
  Table* table_;
};

class Table::Row : public Control, public TextFitting {
 public:
  Row(Table* table, QList<Cell> cells, bool pressable)
      : Control(table),
        table_(table),
        cells_(std::move(cells)),
        lines_(size_t(cells_.size())),
        pressable_(pressable) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    nameIt();
    if (!pressable) {
      setFocusPolicy(Qt::NoFocus);
      setCursor(Qt::ArrowCursor);
    }
  }

  void setCell(int column, const Cell& cell) {
    cells_[column] = cell;
    forgetSizes();
    nameIt();
    updateGeometry();
    update();
  }

  // As many lines as the longest of its cells has.
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override {
    if (known_.width() == width) return known_.height();
    double high = px(table_->design_row_height_);
    const auto where = table_->places(QRectF(0, 0, width, high));
    for (int i = 0; i < cells_.size(); ++i) {
      const double line = QFontMetricsF(cellFont(cells_[i])).height();
      const double room = where[size_t(i)].width() - before(cells_[i], where[size_t(i)]);
      const auto& lines = lines_[size_t(i)].in({room, kMostLines * line}, cells_[i]);
      high = std::max(high, line * double(lines.size()) + px(kLinesEdge));
    }
    known_ = {width, int(std::ceil(high))};
    return known_.height();
  }

  QSize sizeHint() const override { return {px(300), px(table_->design_row_height_)}; }
  QSize minimumSizeHint() const override { return sizeHint(); }

  bool textFits() const override {
    const auto where = table_->places(QRectF(rect()));
    for (int i = 0; i < cells_.size(); ++i) {
      // The first column holds names that people typed: those may end in an ellipsis.
      if (i == 0) continue;
      const auto& cell = cells_[i];
      const QSizeF room(where[size_t(i)].width() - before(cell, where[size_t(i)]), height());
      const auto& lines = lines_[size_t(i)].in(room, cell);
      if (!lines.isEmpty() && lines.last().endsWith(QChar(0x2026))) return false;
    }
    return true;
  }

 protected:
  void changeEvent(QEvent* event) override {
    Control::changeEvent(event);
    if (event->type() == QEvent::StyleChange) forgetSizes();
  }
  double corner() const override { return pxf(radius::kSmall); }
  QRectF surface() const override { return QRectF(rect()).adjusted(0, px(3), 0, -px(3)); }

  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (pressable_ && (isDown() || underMouse())) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(isDown() ? colour::kSkySoft : colour::kDeskHover);
      painter.drawPath(rounded(QRectF(rect()).adjusted(0, 1, 0, -2), corner()));
    }
    const auto where = table_->places(QRectF(rect()));
    for (int i = 0; i < cells_.size(); ++i) paintCell(painter, i, where[size_t(i)]);
    painter.fillRect(QRectF(0, height() - 1, width(), 1), colour::kDeskLine);
  }

  void enterEvent(QEnterEvent*) override { update(); }
  void leaveEvent(QEvent*) override { update(); }

 private:
  void forgetSizes() {
    known_ = {};
    lines_.assign(lines_.size(), {});
  }

  void nameIt() {
    QStringList words;
    for (const Cell& cell : cells_) {
      if (!cell.text.isEmpty()) words += cell.text;
    }
    setAccessibleName(words.join(QStringLiteral(", ")));
    setToolTip(accessibleName());
  }

  // Room that the picture, mark or bar takes before the text.
  double before(const Cell& cell, const QRectF& where) const {
    if (!cell.picture.isEmpty()) return pxf(46);
    if (cell.mark != MarkBadge::Mark::kNone || !cell.icon.isEmpty()) return pxf(38);
    if (cell.share >= 0) return std::min(pxf(96), where.width() * 0.5) + pxf(12);
    return 0;
  }

  void paintCell(QPainter& painter, int index, const QRectF& where) {
    const Cell& cell = cells_[index];
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const double taken = before(cell, where);
    const auto lead = [&](double width, double height) {
      const double x = mirrored ? where.right() - width : where.left();
      return QRectF(x, where.center().y() - height / 2, width, height);
    };
    if (!cell.picture.isEmpty()) paintPicture(painter, cell.picture, lead(pxf(34), pxf(34)));
    if (cell.mark != MarkBadge::Mark::kNone) {
      MarkBadge::paint(painter, lead(pxf(28), pxf(28)), cell.mark);
    }
    if (!cell.icon.isEmpty()) paintIcon(painter, cell.icon, lead(pxf(26), pxf(26)), colour::kSky);
    if (cell.share >= 0) paintBar(painter, lead(taken - pxf(12), pxf(10)), cell.share);
    if (!cell.ink.empty()) {
      const QRectF room = where.adjusted(0, pxf(7), 0, -pxf(7));
      const QSizeF size = inkSize(cell.ink, room.size(), kMostInk * scale());
      paintInk(painter, cell.ink, lead(size.width(), room.height()), kMostInk * scale(),
               colour::kPen);
    }
    if (cell.text.isEmpty()) return;
    const QRectF room = mirrored ? where.adjusted(0, 0, -taken, 0) : where.adjusted(taken, 0, 0, 0);
    const bool right = table_->columns_[index].at_end != mirrored;
    painter.setLayoutDirection(cell.maths ? Qt::LeftToRight : layoutDirection());
    painter.setFont(cellFont(cell));
    painter.setPen(cell.quiet ? colour::kInk2 : colour::kInk);
    const auto& lines = lines_[size_t(index)].in(room.size(), cell);
    const double high = QFontMetricsF(painter.font()).height();
    double y = room.center().y() - high * double(lines.size()) / 2;
    for (const QString& line : lines) {
      painter.drawText(QRectF(room.left(), y, room.width(), high), besideFlags(right), line);
      y += high;
    }
  }

  Table* table_;
  QList<Cell> cells_;
  mutable std::vector<CellLines> lines_;
  mutable QSize known_;  // the height that it has in a width
  bool pressable_;
};

Table::Table(QList<Column> columns, int design_row_height, QWidget* parent)
    : QWidget(parent), columns_(std::move(columns)), design_row_height_(design_row_height) {
  column_layout_ = new QVBoxLayout(this);
  setSpacing(column_layout_, {}, 0);
  column_layout_->addWidget(new Head(this));
  column_layout_->addStretch(1);
}

void Table::setRows(const QList<QList<Cell>>& rows, bool pressable) {
  for (Row* row : rows_) delete row;
  rows_.clear();
  for (const QList<Cell>& cells : rows) {
    const bool acts =
        std::any_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.action; });
    auto* row = new Row(this, cells, pressable || acts);
    const int index = int(rows_.size());
    if (pressable || acts)
      connect(row, &Row::clicked, this, [this, index] { emit rowPressed(index); });
    column_layout_->insertWidget(1 + index, row);
    rows_.push_back(row);
  }
}

void Table::setCell(int row, int column, const Cell& cell) {
  rows_[size_t(row)]->setCell(column, cell);
}

std::vector<QRectF> Table::places(const QRectF& room) const {
  const double gap = pxf(kCellGap);
  double least = -gap;
  int weights = 0;
  for (const Column& column : columns_) {
    least += pxf(column.least) + gap;
    weights += column.weight;
  }
  const double inset = pxf(10);
  const double spare = std::max(0.0, room.width() - 2 * inset - least);
  std::vector<QRectF> result;
  double x = inset;
  for (const Column& column : columns_) {
    const double width = pxf(column.least) + (weights > 0 ? spare * column.weight / weights : 0);
    const double left = layoutDirection() == Qt::LeftToRight ? x : room.width() - x - width;
    result.emplace_back(left, room.top(), width, room.height());
    x += width + gap;
  }
  return result;
}

}  // namespace primer::ui
