// The look's promises that can be computed: contrast, sizes for fingers, typefaces.

#include <gtest/gtest.h>

#include <vector>

#include "theme/contrast.h"
#include "theme/metrics.h"
#include "theme/tokens.h"
#include "theme/typeface.h"
#include "ui_environment.h"

namespace primer::ui {
namespace {

const auto* const kEnvironment = testing::AddGlobalTestEnvironment(new UiEnvironment);

struct Pair {
  const char* what;
  QColor text;
  QColor ground;
};

TEST(Contrast, KnownValues) {
  EXPECT_NEAR(contrast(Qt::black, Qt::white), 21.0, 0.01);
  EXPECT_NEAR(contrast(Qt::white, Qt::white), 1.0, 0.001);
  EXPECT_NEAR(contrast(colour::kInk, colour::kPaper), 13.3, 0.1);
}

TEST(Contrast, RunningTextHasSevenToOne) {
  const std::vector<Pair> pairs = {{"ink on paper", colour::kInk, colour::kPaper},
                                   {"ink on card", colour::kInk, colour::kCard},
                                   {"ink on sheet", colour::kInk, colour::kSheet},
                                   {"ink on sky-soft", colour::kInk, colour::kSkySoft},
                                   {"ink on leaf-soft", colour::kInk, colour::kLeafSoft},
                                   {"ink on amber-soft", colour::kInk, colour::kAmberSoft},
                                   {"ink on sun-soft", colour::kInk, colour::kSunSoft},
                                   {"ink on air", colour::kInk, colour::kAir},
                                   {"ink on desk", colour::kInk, colour::kDesk},
                                   {"ink-2 on paper", colour::kInk2, colour::kPaper},
                                   {"ink-2 on card", colour::kInk2, colour::kCard},
                                   {"ink-2 on sheet", colour::kInk2, colour::kSheet},
                                   {"ink-2 on desk", colour::kInk2, colour::kDesk},
                                   {"pen on sheet", colour::kPen, colour::kSheet},
                                   {"sidebar", colour::kNightText, colour::kNight},
                                   {"sidebar, current", colour::kCard, colour::kNightItem}};
  for (const Pair& pair : pairs) {
    EXPECT_GE(contrast(pair.text, pair.ground), 7.0) << pair.what;
  }
}

TEST(Contrast, LargeLabelsAndSignsHaveFourAndAHalf) {
  const std::vector<Pair> pairs = {{"white on leaf", colour::kCard, colour::kLeaf},
                                   {"white on sky", colour::kCard, colour::kSky},
                                   {"sky on card", colour::kSky, colour::kCard},
                                   {"sky on sky-soft", colour::kSky, colour::kSkySoft},
                                   {"amber on amber-soft", colour::kAmber, colour::kAmberSoft},
                                   {"focus ring on paper", colour::kSky, colour::kPaper},
                                   {"focus ring on desk", colour::kSky, colour::kDesk}};
  for (const Pair& pair : pairs) {
    EXPECT_GE(contrast(pair.text, pair.ground), 4.5) << pair.what;
  }
}

TEST(Metrics, DesignSizeIsOne) {
  EXPECT_DOUBLE_EQ(scaleFor({1280, 800}), 1.0);
  EXPECT_DOUBLE_EQ(scaleFor({1920, 1200}), 1.5);
}

TEST(Metrics, ButtonsStayFingerSizedOnTheSmallestScreen) {
  const AtScale at(scaleFor({800, 480}));
  // 800x480 on seven inches has 133 dots an inch: nine millimetres are 47 of them.
  EXPECT_GE(px(size::kTouch), 48);
  EXPECT_GE(px(size::kTouchInCard), 45);
  EXPECT_GE(textPx(type::kNote), 20);
}

TEST(Metrics, ASmallScreenStillHasTheRoomThatPagesAreLaidFor) {
  const double scale = scaleFor({800, 480});
  EXPECT_GE(800 / scale, 1105);
  EXPECT_GE(480 / scale, 665);
}

TEST(Typeface, InstalledOnesAreFound) { EXPECT_TRUE(missingTypefaces().isEmpty()); }

}  // namespace
}  // namespace primer::ui
