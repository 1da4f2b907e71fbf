#pragma once

// A place taller than the window: dragged by finger, wheel or keys; a slim bar shows how far.

#include <QScrollArea>

namespace primer::ui {

class ScrollArea : public QScrollArea {
  Q_OBJECT
 public:
  explicit ScrollArea(QWidget* parent = nullptr);

  // Towards the lower edge what lies there fades into this colour while more lies below, so that a
  // line that is cut through is seen to go on. Invalid, the default: it does not.
  void setFade(const QColor& ground);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void placeBar();

  QWidget* bar_;
  QWidget* fade_ = nullptr;
};

}  // namespace primer::ui
