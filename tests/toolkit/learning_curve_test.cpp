#include "src/learning_curve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <limits>

namespace primer::toolkit {
namespace {

using testing::HasSubstr;
using testing::Not;

Json history(int epochs) {
  Json all = Json::array();
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    // The best is the epoch before the last but one.
    const double accuracy = epoch == epochs - 2 ? 99.37 : 90 + 9.0 * (epoch - 1) / epochs;
    all.push_back({{"epoch", epoch}, {"loss", 2.0 / epoch}, {"accuracy", accuracy}});
  }
  return all;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(LearningCurve, MarksTheBestPoint) {
  const auto svg = learningCurve(history(12), {"digits", "accuracy", "development split"});
  EXPECT_THAT(svg, HasSubstr("best 99.37 in epoch 10"));
  EXPECT_THAT(svg, HasSubstr("accuracy, per cent right (development split)"));
  EXPECT_THAT(svg, HasSubstr("loss (training, mean of the epoch)"));
  EXPECT_THAT(svg, HasSubstr("epochs (passes over the training data)"));
  EXPECT_EQ(count(svg, "<path"), 2u);
  // For a person to look at: PRIMER_PICTURES=DIR.
  if (const char* folder = std::getenv("PRIMER_PICTURES"); folder != nullptr) {
    std::ofstream(std::string(folder) + "/learning-curve.svg") << svg;
  }
}

TEST(LearningCurve, KeepsWhatMattersInThePicture) {
  // Twenty epochs from a bad start: the scale is that of what comes after, and nothing is drawn
  // beside it.
  Json all = Json::array();
  for (int epoch = 1; epoch <= 20; ++epoch) {
    const double accuracy = epoch < 3 ? 10.0 : 95 + 0.2 * epoch;
    all.push_back({{"epoch", epoch},
                   {"loss", epoch < 3 ? 50.0 : 0.3 - 0.01 * epoch},
                   {"accuracy", accuracy}});
  }
  const auto svg = learningCurve(all, {"digits", "accuracy", "development split"});
  EXPECT_THAT(svg, HasSubstr(">96<"));
  EXPECT_THAT(svg, Not(HasSubstr(">20.0<")));
  std::size_t drawn = 0;
  for (auto at = svg.find("cy=\""); at != std::string::npos; at = svg.find("cy=\"", at + 1)) {
    const double height = std::stod(svg.substr(at + 4));
    EXPECT_GE(height, 92);
    EXPECT_LE(height, 472);
    ++drawn;
  }
  EXPECT_EQ(drawn, 18u + 1 + 18);  // points, the ring, points
}

TEST(LearningCurve, HasNoFiguresWithoutADevelopmentSplit) {
  Json all = Json::array({{{"epoch", 1}, {"loss", 0.5}}, {{"epoch", 2}, {"loss", 0.5}}});
  const auto svg = learningCurve(all, {"digits", "accuracy", "development split"});
  EXPECT_THAT(svg, Not(HasSubstr("best")));
  EXPECT_EQ(count(svg, "<path"), 1u);
}

TEST(LearningCurve, StandsWhateverTheHistoryHolds) {
  EXPECT_THAT(learningCurve(Json::array(), {"nothing", "accuracy", ""}), HasSubstr("</svg>"));
  EXPECT_THAT(learningCurve(Json::object(), {"nothing", "", ""}), HasSubstr("</svg>"));
  Json odd = Json::array({1, {{"epoch", "x"}, {"loss", 3}}, {{"epoch", 3}, {"loss", nullptr}}});
  odd.push_back({{"epoch", 4}, {"loss", std::numeric_limits<double>::infinity()}});
  odd.push_back({{"epoch", 1000}, {"loss", 1e-12}, {"accuracy", -1e9}});
  const auto svg = learningCurve(odd, {"<b>&\"", "accuracy", "d"});
  EXPECT_THAT(svg, HasSubstr("&lt;b&gt;&amp;&quot;"));
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
  EXPECT_THAT(svg, Not(HasSubstr("inf")));
}

}  // namespace
}  // namespace primer::toolkit
