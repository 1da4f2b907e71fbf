#pragma once

// The teacher's way around: a dark column of places, the current one lighter.

#include <vector>

#include "widgets/control.h"

class QVBoxLayout;

namespace primer::ui {

class SidebarItem : public Control, public TextFitting {
  Q_OBJECT
 public:
  SidebarItem(const QString& word, const QString& icon, QWidget* parent = nullptr);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }
  bool textFits() const override;

 protected:
  double corner() const override;
  void paintEvent(QPaintEvent* event) override;

 private:
  QString icon_;
};

class Sidebar : public Canvas {
  Q_OBJECT
 public:
  explicit Sidebar(QWidget* parent = nullptr);

  void addPlace(const QString& word, const QString& icon);
  void setCurrent(int index);
  void setWord(int index, const QString& word);
  QSize sizeHint() const override;

 signals:
  void placePressed(int index);
  void lockPressed();

 protected:
  void paintGround(QPainter& painter) override;

 private:
  QVBoxLayout* column_;
  std::vector<SidebarItem*> items_;
};

}  // namespace primer::ui
