#pragma once

// A place taller than the window: dragged by finger, wheel or keys; a slim bar shows how far.

#include <QScrollArea>

namespace primer::ui {

class ScrollArea : public QScrollArea {
  Q_OBJECT
 public:
  explicit ScrollArea(QWidget* parent = nullptr);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void placeBar();

  QWidget* bar_;
};

}  // namespace primer::ui
