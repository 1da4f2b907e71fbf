#pragma once

// Keys for lines of mathematics, for those who cannot or need not write by hand.

#include <QWidget>

namespace primer::ui {

class MathsKeys : public QWidget {
  Q_OBJECT
 public:
  explicit MathsKeys(QWidget* parent = nullptr);

 signals:
  void textPressed(const QString& text);
  void backspacePressed();
  void linePressed();  // the line is finished
};

}  // namespace primer::ui
