#pragma once

// Pages of which one is shown, over the whole of the stack. The others are not asked for their
// sizes and stay as they were laid out last: the toolkit's own stack measures all of them whenever
// anything on one of them changes.

#include <QList>
#include <QWidget>

namespace primer::ui {

class PageStack : public QWidget {
  Q_OBJECT
 public:
  explicit PageStack(QWidget* parent = nullptr);

  // Takes the page; the first one is shown.
  void add(QWidget* page);
  void turnTo(QWidget* page);  // one of those that were added
  QWidget* current() const { return current_; }
  QWidget* page(int number) const { return pages_[number]; }  // in the order of adding

  QSize sizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  QList<QWidget*> pages_;
  QWidget* current_ = nullptr;
};

}  // namespace primer::ui
