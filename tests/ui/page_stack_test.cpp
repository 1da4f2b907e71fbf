// One page of several is shown, and only that one is measured.

#include "widgets/page_stack.h"

#include <gtest/gtest.h>

#include <QTest>
#include <QVBoxLayout>

#include "theme/typeface.h"
#include "ui_environment.h"
#include "widgets/text_label.h"

namespace primer::ui {
namespace {

// Counts how often it is asked what room it needs.
class CountedPage : public QWidget {
 public:
  QSize sizeHint() const override {
    ++asked;
    return {100, 100};
  }
  QSize minimumSizeHint() const override { return sizeHint(); }
  mutable int asked = 0;
};

TEST(PageStack, ShowsTheFirstPageAndThenWhatItIsTurnedTo) {
  PageStack stack;
  auto* first = new CountedPage;
  auto* second = new CountedPage;
  stack.add(first);
  stack.add(second);
  stack.resize(640, 400);
  stack.show();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&stack));
  EXPECT_EQ(stack.current(), first);
  EXPECT_TRUE(first->isVisible());
  EXPECT_FALSE(second->isVisible());
  stack.turnTo(second);
  EXPECT_EQ(stack.current(), second);
  EXPECT_FALSE(first->isVisible());
  EXPECT_EQ(second->geometry(), stack.rect());
  stack.resize(800, 480);
  EXPECT_EQ(second->geometry(), stack.rect());
  stack.turnTo(first);
  EXPECT_EQ(first->geometry(), stack.rect()) << "it was away when the stack grew";
}

TEST(PageStack, APageThatIsNotShownIsNotMeasured) {
  QWidget window;
  auto* whole = new QVBoxLayout(&window);
  auto* stack = new PageStack;
  whole->addWidget(stack);
  auto* shown = new QWidget;
  auto* column = new QVBoxLayout(shown);
  auto* label = new TextLabel(
      "one two three", [] { return readingFont(26); }, colour::kInk);
  column->addWidget(label);
  auto* away = new CountedPage;
  stack->add(shown);
  stack->add(away);
  window.resize(400, 300);
  window.show();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
  away->asked = 0;
  label->setText("one two three four five six seven eight nine ten eleven twelve");
  label->hide();
  label->show();
  QCoreApplication::processEvents();
  EXPECT_EQ(away->asked, 0);
}

}  // namespace
}  // namespace primer::ui
