// The paper: what a pen, a finger and a mouse leave on it.

#include <gtest/gtest.h>

#include <QPointingDevice>
#include <QSignalSpy>
#include <QTabletEvent>
#include <QTest>
#include <cmath>
#include <memory>

#include "paper/ink_box.h"
#include "paper/ink_paint.h"
#include "paper/stroke_ahead.h"
#include "theme/tokens.h"
#include "tour/hand.h"
#include "ui_environment.h"

namespace primer::ui {
namespace {

class Paper : public testing::Test {
 protected:
  Paper() {
    box_.resize(400, 300);
    box_.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&box_));
  }

  void drag(QPoint from, QPoint to) {
    QTest::mousePress(&box_, Qt::LeftButton, {}, from);
    for (int i = 1; i <= 10; ++i) QTest::mouseMove(&box_, from + (to - from) * i / 10);
    QTest::mouseRelease(&box_, Qt::LeftButton, {}, to);
  }

  void pen(QEvent::Type type, QPointF at, double pressure) {
    static const QPointingDevice device("pen", 7, QInputDevice::DeviceType::Stylus,
                                        QPointingDevice::PointerType::Pen,
                                        QInputDevice::Capability::Pressure, 1, 1);
    const bool down = type != QEvent::TabletRelease;
    QTabletEvent event(type, &device, at, box_.mapToGlobal(at), pressure, 0, 0, 0, 0, 0, {},
                       type == QEvent::TabletMove ? Qt::NoButton : Qt::LeftButton,
                       down ? Qt::LeftButton : Qt::NoButton);
    QApplication::sendEvent(&box_, &event);
  }

  int darkPixels() {
    const QImage image = box_.grab().toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) count += image.pixelColor(x, y) == colour::kPen;
    }
    return count;
  }

  InkBox box_;
};

TEST_F(Paper, AMouseLeavesInkInDesignPixels) {
  const AtScale twice(2);
  drag({100, 100}, {200, 160});
  ASSERT_EQ(box_.ink().strokes.size(), 1u);
  const Stroke& stroke = box_.ink().strokes[0];
  EXPECT_GE(stroke.size(), 8u);
  EXPECT_FLOAT_EQ(stroke.front().x, 50);
  EXPECT_FLOAT_EQ(stroke.back().y, 80);
  EXPECT_FLOAT_EQ(stroke.front().t, 0);
  for (size_t i = 1; i < stroke.size(); ++i) EXPECT_GE(stroke[i].t, stroke[i - 1].t);
}

TEST_F(Paper, InkIsSeenWhileItIsWritten) {
  EXPECT_EQ(darkPixels(), 0);
  QTest::mousePress(&box_, Qt::LeftButton, {}, {50, 50});
  const int dot = darkPixels();
  EXPECT_GT(dot, 0);
  QTest::mouseMove(&box_, {90, 50});
  QTest::mouseMove(&box_, {130, 50});
  EXPECT_GT(darkPixels(), dot);
  QTest::mouseRelease(&box_, Qt::LeftButton, {}, {130, 50});
}

TEST_F(Paper, ADotIsAStrokeOfOnePoint) {
  QTest::mouseClick(&box_, Qt::LeftButton, {}, {50, 50});
  ASSERT_EQ(box_.ink().strokes.size(), 1u);
  EXPECT_EQ(box_.ink().strokes[0].size(), 1u);
  EXPECT_GT(darkPixels(), 0);
}

TEST_F(Paper, UndoRedoAndRubOut) {
  drag({20, 20}, {80, 80});
  drag({100, 20}, {160, 80});
  const Ink both = box_.ink();
  box_.undo();
  EXPECT_EQ(box_.ink().strokes.size(), 1u);
  EXPECT_TRUE(box_.canRedo());
  box_.redo();
  EXPECT_EQ(box_.ink(), both);
  box_.rubOut();
  EXPECT_TRUE(box_.ink().empty());
  EXPECT_EQ(darkPixels(), 0);
  box_.undo();
  EXPECT_EQ(box_.ink(), both);
  EXPECT_GT(darkPixels(), 0);
  box_.startAfresh();
  EXPECT_FALSE(box_.canUndo());
}

TEST_F(Paper, AStrokeThatLeavesTheBoxEndsThereAndComesBackAsAnother) {
  QTest::mousePress(&box_, Qt::LeftButton, {}, {350, 100});
  QTest::mouseMove(&box_, {390, 100});
  QTest::mouseMove(&box_, {900, 100});
  QTest::mouseMove(&box_, {900, 200});
  QTest::mouseMove(&box_, {380, 200});
  QTest::mouseMove(&box_, {350, 200});
  QTest::mouseRelease(&box_, Qt::LeftButton, {}, {350, 200});
  ASSERT_EQ(box_.ink().strokes.size(), 2u);
  for (const Stroke& stroke : box_.ink().strokes) {
    for (const InkPoint& point : stroke) EXPECT_LE(point.x, 424);
  }
  box_.undo();  // one movement of the hand, one undo
  EXPECT_TRUE(box_.ink().empty());
}

TEST_F(Paper, NoInkWhereNoneIsWanted) {
  box_.setWritable(false);
  drag({20, 20}, {80, 80});
  EXPECT_TRUE(box_.ink().empty());
}

TEST_F(Paper, AnElbowCannotFillTheMemory) {
  for (int i = 0; i < 300; ++i) QTest::mouseClick(&box_, Qt::LeftButton, {}, {50 + i % 200, 50});
  EXPECT_LE(box_.ink().strokes.size(), 200u);
}

TEST_F(Paper, AQuietPauseIsAnnouncedOnce) {
  QSignalSpy paused(&box_, &InkBox::paused);
  drag({20, 20}, {80, 80});
  EXPECT_EQ(paused.count(), 0);
  EXPECT_TRUE(paused.wait(4 * time::kQuietPauseMs));
  EXPECT_EQ(paused.count(), 1);
}

TEST_F(Paper, APenPressesAndKeepsFingersAway) {
  pen(QEvent::TabletPress, {50, 50}, 0.2);
  pen(QEvent::TabletMove, {80, 60}, 0.9);
  pen(QEvent::TabletRelease, {80, 60}, 0);
  ASSERT_EQ(box_.ink().strokes.size(), 1u);
  EXPECT_FLOAT_EQ(box_.ink().strokes[0][0].pressure, 0.2F);
  EXPECT_FLOAT_EQ(box_.ink().strokes[0][1].pressure, 0.9F);
  const std::unique_ptr<QPointingDevice> owned(QTest::createTouchDevice());
  QPointingDevice* finger = owned.get();
  QTest::touchEvent(&box_, finger).press(0, {200, 200});
  QTest::touchEvent(&box_, finger).move(0, {260, 200});
  QTest::touchEvent(&box_, finger).release(0, {260, 200});
  EXPECT_EQ(box_.ink().strokes.size(), 1u);
  QEvent leaves(QEvent::TabletLeaveProximity);
  QApplication::sendEvent(qApp, &leaves);
  QTest::touchEvent(&box_, finger).press(0, {200, 200});
  QTest::touchEvent(&box_, finger).move(0, {260, 200});
  QTest::touchEvent(&box_, finger).release(0, {260, 200});
  EXPECT_EQ(box_.ink().strokes.size(), 2u);
}

TEST_F(Paper, APalmThatCameBeforeThePenLeavesNothing) {
  const std::unique_ptr<QPointingDevice> owned(QTest::createTouchDevice());
  QPointingDevice* finger = owned.get();
  QTest::touchEvent(&box_, finger).press(0, {200, 200});
  QTest::touchEvent(&box_, finger).move(0, {210, 200});
  pen(QEvent::TabletPress, {50, 50}, 0.5);
  pen(QEvent::TabletMove, {80, 60}, 0.5);
  QTest::touchEvent(&box_, finger).release(0, {210, 200});
  pen(QEvent::TabletRelease, {80, 60}, 0);
  ASSERT_EQ(box_.ink().strokes.size(), 1u);
  EXPECT_FLOAT_EQ(box_.ink().strokes[0][0].x, 50);
}

TEST_F(Paper, ASecondFingerWritesNothing) {
  const std::unique_ptr<QPointingDevice> owned(QTest::createTouchDevice());
  QPointingDevice* fingers = owned.get();
  QTest::touchEvent(&box_, fingers).press(0, {50, 50});
  QTest::touchEvent(&box_, fingers).stationary(0).press(1, {300, 200});
  QTest::touchEvent(&box_, fingers).move(0, {90, 50}).move(1, {300, 260});
  QTest::touchEvent(&box_, fingers).release(0, {90, 50}).release(1, {300, 260});
  ASSERT_EQ(box_.ink().strokes.size(), 1u);
  for (const InkPoint& point : box_.ink().strokes[0]) EXPECT_LT(point.x, 120);
}

TEST_F(Paper, ATouchThatNeverLiftsDoesNotKeepTheNextAway) {
  const std::unique_ptr<QPointingDevice> lost(QTest::createTouchDevice());
  QTest::touchEvent(&box_, lost.get()).press(0, {50, 50});
  QTest::touchEvent(&box_, lost.get()).move(0, {90, 50});
  const std::unique_ptr<QPointingDevice> next(QTest::createTouchDevice());
  QTest::touchEvent(&box_, next.get()).press(0, {200, 200});
  QTest::touchEvent(&box_, next.get()).move(0, {260, 200});
  QTest::touchEvent(&box_, next.get()).release(0, {260, 200});
  ASSERT_EQ(box_.ink().strokes.size(), 2u);
  EXPECT_LT(box_.ink().strokes[0].back().x, 120);
  box_.undo();
  EXPECT_EQ(box_.ink().strokes.size(), 1u) << "each is a step of its own";
}

TEST_F(Paper, AWindowThatIsResizedInMidStrokeLosesNoInk) {
  QTest::mousePress(&box_, Qt::LeftButton, {}, {20, 20});
  QTest::mouseMove(&box_, {60, 20});
  box_.resize(500, 340);
  QTest::mouseMove(&box_, {120, 20});
  box_.resize(300, 200);
  QTest::mouseMove(&box_, {160, 20});
  QTest::mouseRelease(&box_, Qt::LeftButton, {}, {160, 20});
  ASSERT_EQ(box_.ink().strokes.size(), 1u);
  EXPECT_GE(box_.ink().strokes[0].size(), 4u);
  EXPECT_GT(darkPixels(), 100);
}

TEST_F(Paper, APageThatMovesUnderThePenLeavesNoLineThatNobodyWrote) {
  QWidget page;
  page.resize(600, 400);
  InkBox box(&page);
  box.setGeometry(100, 0, 400, 300);
  page.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&page));
  QTest::mousePress(&box, Qt::LeftButton, {}, {20, 20});
  QTest::mouseMove(&box, {60, 20});
  QTest::mouseMove(&box, {80, 20});
  box.setGeometry(0, 0, 500, 300);
  QTest::mouseMove(&box, {184, 20});
  QTest::mouseMove(&box, {200, 20});
  {
    const AtScale smaller(0.5);
    QTest::mouseMove(&box, {204, 20});
    QTest::mouseMove(&box, {220, 20});
    QTest::mouseRelease(&box, Qt::LeftButton, {}, {220, 20});
  }
  ASSERT_EQ(box.ink().strokes.size(), 3u);
  for (const Stroke& stroke : box.ink().strokes) {
    for (size_t i = 1; i < stroke.size(); ++i) EXPECT_LE(stroke[i].x - stroke[i - 1].x, 41);
  }
  box.undo();
  EXPECT_TRUE(box.ink().empty()) << "it was one movement of the pen, so it is one step to undo";
}

// What a steady pen has written after `ms`.
Stroke steady(double ms, double speed) {
  Stroke stroke;
  for (double t = 0; t <= ms; t += 8) stroke.push_back({float(speed * t), 50, float(t), 1});
  return stroke;
}

TEST(StrokeAhead, GoesOnAsThePenDoes) {
  const auto ahead = aheadOf(steady(80, 0.5));
  ASSERT_TRUE(ahead);
  EXPECT_NEAR(ahead->x(), 40 + 0.5 * 16 * 0.8, 0.01);
  EXPECT_NEAR(ahead->y(), 50, 0.01);
  EXPECT_NEAR(aheadOf(steady(80, 20))->x(), 1600 + kMostAhead, 0.01) << "never far";
}

TEST(StrokeAhead, IsNothingForAPenThatStandsOrHasJustComeDown) {
  EXPECT_FALSE(aheadOf({}));
  EXPECT_FALSE(aheadOf({{10, 10, 0, 1}}));
  EXPECT_FALSE(aheadOf(steady(80, 0)));
  EXPECT_FALSE(aheadOf({{10, 10, 5, 1}, {30, 10, 5, 1}})) << "events that came at once";
  EXPECT_FALSE(aheadOf({{10, 10, 0, 1}, {30, 10, 400, 1}})) << "the pen has rested";
}

// Written digits, a frame later: the ink ends nearer to the pen than without.
TEST(StrokeAhead, IsNearerToThePenThanTheLastPoint) {
  constexpr float kStep = 8;  // ms between points, as a tablet sends them
  double behind = 0;
  double ahead = 0;
  for (const Stroke& written : writtenNumber(QStringLiteral("0123456789"), {0, 0}, 80).strokes) {
    Stroke so_far;
    for (size_t i = 0; i + 2 < written.size(); ++i) {
      so_far.push_back({written[i].x, written[i].y, kStep * float(i), 1});
      const QPointF pen(double(written[i + 2].x), double(written[i + 2].y));
      const QPointF last(double(written[i].x), double(written[i].y));
      const QPointF off = pen - last;
      const QPointF off_ahead = pen - aheadOf(so_far).value_or(last);
      behind += std::hypot(off.x(), off.y());
      ahead += std::hypot(off_ahead.x(), off_ahead.y());
    }
  }
  EXPECT_LT(ahead, 0.7 * behind);
}

TEST_F(Paper, TheEndOfTheInkIsDrawnAheadOfThePenAndGoesWhenItRests) {
  QTest::mousePress(&box_, Qt::LeftButton, {}, {20, 50});
  for (int i = 1; i <= 8; ++i) {
    QTest::qSleep(6);
    QTest::mouseMove(&box_, {20 + 12 * i, 50});
  }
  const auto drawnTo = [this] {
    const QImage image = box_.grab().toImage();
    int last = 0;
    for (int x = 0; x < image.width(); ++x)
      last = image.pixelColor(x, 50) == colour::kPen ? x : last;
    return last;
  };
  EXPECT_GT(drawnTo(), 116 + 6);
  EXPECT_FLOAT_EQ(box_.ink().strokes[0].back().x, 116) << "what is kept is where the pen was";
  EXPECT_TRUE(QTest::qWaitFor([&] { return drawnTo() < 116 + 4; }, 1000));
  QTest::mouseRelease(&box_, Qt::LeftButton, {}, {116, 50});
  EXPECT_LT(drawnTo(), 116 + 4);
}

TEST(InkPaint, BoundsAndPressure) {
  Ink ink;
  ink.strokes = {{{10, 20, 0, 1}, {30, 5, 0, 1}}, {{-5, 8, 0, 1}}};
  EXPECT_EQ(inkBounds(ink), QRectF(QPointF(-5, 5), QPointF(30, 20)));
  EXPECT_TRUE(inkBounds({}).isEmpty());
  EXPECT_GT(penWidth(1), penWidth(0.2));
}

TEST_F(Paper, TheEraserTakesWholeStrokesAndOneUndoBringsThemBack) {
  drag({50, 50}, {150, 50});
  drag({50, 100}, {150, 100});
  drag({50, 250}, {150, 250});
  box_.setErasing(true);
  drag({100, 20}, {100, 140});
  ASSERT_EQ(box_.ink().strokes.size(), 1U);
  EXPECT_GT(box_.ink().strokes[0][0].y, 200);
  box_.undo();
  EXPECT_EQ(box_.ink().strokes.size(), 3U) << "one drag, one step";
  drag({300, 20}, {300, 60});
  box_.undo();
  EXPECT_EQ(box_.ink().strokes.size(), 2U) << "rubbing where nothing is, is no step";
  box_.setErasing(false);
  drag({50, 200}, {150, 200});
  EXPECT_EQ(box_.ink().strokes.size(), 3U);
}

TEST_F(Paper, StrokesThatAreTakenAwayComeBackWithUndo) {
  drag({50, 50}, {150, 50});
  drag({50, 100}, {150, 100});
  const Ink whole = box_.ink();
  box_.removeStrokes({0});
  ASSERT_EQ(box_.ink().strokes.size(), 1U);
  EXPECT_EQ(box_.ink().strokes[0], whole.strokes[1]);
  box_.undo();
  EXPECT_EQ(box_.ink(), whole);
  box_.removeStrokes({7});
  EXPECT_EQ(box_.ink(), whole);
}

TEST_F(Paper, AMovedPaperKeepsItsInkWhereItWasWritten) {
  drag({50, 50}, {150, 50});
  const int before = darkPixels();
  const Ink ink = box_.ink();
  box_.setOffset(200);
  EXPECT_EQ(box_.ink(), ink);
  EXPECT_LT(darkPixels(), before / 4) << "it is scrolled away";
  drag({50, 50}, {150, 50});
  ASSERT_EQ(box_.ink().strokes.size(), 2U);
  EXPECT_NEAR(box_.ink().strokes[1][0].y - box_.ink().strokes[0][0].y, 200, 1);
  box_.setOffset(0);
  EXPECT_GE(darkPixels(), before);
}

}  // namespace
}  // namespace primer::ui
