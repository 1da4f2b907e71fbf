// Mathematics in print.

#include "widgets/maths_print.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>

#include "theme/typeface.h"
#include "ui_environment.h"

namespace primer::ui {
namespace {

const QFont& font() {
  static const QFont font = readingFont(40);
  return font;
}

double width(const char* text) { return mathsSize(QString::fromUtf8(text), font()).width; }
double height(const char* text) { return mathsSize(QString::fromUtf8(text), font()).height(); }

TEST(MathsPrint, AFractionStandsUpright) {
  EXPECT_GT(height("1/2"), height("12") * 1.4);
  EXPECT_LT(width("1/2"), width("1 / 2"));
  EXPECT_EQ(width("(1)/(2)"), width("1/2")) << "the brackets only hold it together";
  EXPECT_GT(width("(1+2)/3"), width("1/3"));
}

TEST(MathsPrint, BracketsThatAreNoFractionStay) {
  EXPECT_GT(width("2(x+3)"), width("2x+3"));
  EXPECT_EQ(height("2(x+3)"), height("2x+3"));
}

TEST(MathsPrint, PowersAreRaisedAndSmaller) {
  EXPECT_GT(height("x^2"), height("x2"));
  EXPECT_LT(width("x^2"), width("x2"));
  EXPECT_EQ(width("x^(10)"), width("x^10"));
}

TEST(MathsPrint, RootsHaveABarOverWhatTheyHold) {
  EXPECT_GT(width("√(x+1)"), width("x+1"));
  EXPECT_GT(height("√(1/2)"), height("√2"));
}

TEST(MathsPrint, NothingBreaksIt) {
  for (const char* text : {"", "/", "1/", "/2", "(", ")", "((1/2", "^", "x^", "√", "√(", "1//2",
                           "((((((((((((((((1/2))))))))))))))))/3", "💡/2", "1/2/3/4/5/6"}) {
    const MathsSize size = mathsSize(QString::fromUtf8(text), font());
    EXPECT_GE(size.width, 0) << text;
    QImage image(300, 200, QImage::Format_RGB32);
    QPainter painter(&image);
    paintMathsIn(painter, QRectF(image.rect()), QString::fromUtf8(text), font(), Qt::black);
  }
}

TEST(MathsPrint, WhatIsTooWideIsMadeSmaller) {
  QImage image(120, 80, QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  paintMathsIn(painter, {10, 10, 100, 60}, QStringLiteral("123456789"), font(), Qt::black);
  painter.end();
  ASSERT_GT(width("123456789"), 130);
  for (int y = 0; y < image.height(); ++y) {
    EXPECT_EQ(image.pixel(115, y), qRgb(255, 255, 255)) << "runs beyond its room";
  }
}

}  // namespace
}  // namespace primer::ui
