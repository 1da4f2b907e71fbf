#include "widgets/page_stack.h"

#include <utility>

namespace primer::ui {

PageStack::PageStack(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PageStack::add(QWidget* page) {
  page->hide();
  page->setParent(this);
  pages_.append(page);
  if (!current_) turnTo(page);
}

// What comes is shown before what was there goes, so that the focus need not leave the stack.
void PageStack::turnTo(QWidget* page) {
  if (page == current_) return;
  QWidget* before = std::exchange(current_, page);
  page->setGeometry(rect());
  page->raise();
  page->show();
  if (before) before->hide();
}

QSize PageStack::sizeHint() const { return current_ ? current_->sizeHint() : QSize(); }

void PageStack::resizeEvent(QResizeEvent*) {
  if (current_) current_->setGeometry(rect());
}

}  // namespace primer::ui
