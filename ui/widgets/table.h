#pragma once

// The teacher's table: a head, and rows that can be pressed. Columns share the width by weight;
// a cell's text takes as many lines as its row allows, then ends in an ellipsis and says the whole
// when asked.

#include <QList>
#include <QString>
#include <functional>
#include <vector>

#include "primer/base/ink.h"
#include "widgets/control.h"
#include "widgets/marks.h"

class QVBoxLayout;

namespace primer::ui {

struct Column {
  QString title;
  int least = 80;  // design pixels
  int weight = 1;
  bool at_end = false;  // numbers stand at the end
};

// What a cell can show; the first that is set is shown, the text beside it.
struct Cell {
  QString text;
  QString picture;
  QString icon;
  MarkBadge::Mark mark = MarkBadge::Mark::kNone;
  Ink ink;
  double share = -1;  // 0..1: a bar
  bool strong = false;
  bool quiet = false;
  bool maths = false;   // runs from left to right in every language
  bool action = false;  // what pressing the row does: such a row can be pressed in any table
};

class Table : public QWidget {
  Q_OBJECT
 public:
  Table(QList<Column> columns, int design_row_height, QWidget* parent = nullptr);

  // Rows that can be pressed say so by their ring and hand.
  void setRows(const QList<QList<Cell>>& rows, bool pressable);
  // In the place of what stands there; the row stays as it can be pressed or not.
  void setCell(int row, int column, const Cell& cell);
  int rowCount() const { return int(rows_.size()); }

 signals:
  void rowPressed(int row);

 private:
  class Head;
  class Row;
  std::vector<QRectF> places(const QRectF& room) const;

  QList<Column> columns_;
  int design_row_height_;
  QVBoxLayout* column_layout_;
  std::vector<Row*> rows_;
};

}  // namespace primer::ui
