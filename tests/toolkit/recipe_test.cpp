#include "primer/toolkit/recipe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "primer/toolkit/random.h"
#include "test_folder.h"

namespace primer::toolkit {
namespace {

using testing::HasSubstr;

Json goodRecipe() {
  return Json::parse(R"({
    "name": "bars",
    "architecture": {"name": "bar-net", "channels": 6},
    "data": {"name": "bar", "share": 0.5},
    "augmentation": {"noise": 1},
    "training": {"epochs": 3, "batch": 32, "learning_rate": 0.01, "label_smoothing": 0.05},
    "seed": 9
  })");
}

std::string errorOf(const Json& json) {
  const auto recipe = parseRecipe(json, "bars.json");
  return recipe ? "" : recipe.error().message;
}

TEST(Recipe, ReadsWhatItSays) {
  const auto recipe = parseRecipe(goodRecipe(), "bars.json");
  ASSERT_TRUE(recipe) << recipe.error().message;
  EXPECT_EQ(recipe->name, "bars");
  EXPECT_EQ(recipe->architecture, "bar-net");
  EXPECT_EQ(recipe->architecture_options, Json::parse(R"({"channels": 6})"));
  EXPECT_EQ(recipe->task, "bar");
  EXPECT_EQ(recipe->task_options, Json::parse(R"({"share": 0.5})"));
  EXPECT_EQ(recipe->schedule.epochs, 3);
  EXPECT_EQ(recipe->schedule.batch, 32);
  EXPECT_DOUBLE_EQ(recipe->schedule.learning_rate, 0.01);
  EXPECT_EQ(recipe->seed, 9u);
}

TEST(Recipe, UnknownKeysAreErrors) {
  auto json = goodRecipe();
  json["trianing"] = 1;
  EXPECT_THAT(errorOf(json), HasSubstr("unknown key 'trianing'"));
  json = goodRecipe();
  json["training"]["epoch"] = 3;
  EXPECT_THAT(errorOf(json), HasSubstr("training: unknown key 'epoch'"));
}

TEST(Recipe, WrongTypesAndValuesAreErrors) {
  auto json = goodRecipe();
  json["training"]["epochs"] = "three";
  EXPECT_THAT(errorOf(json), HasSubstr("epochs must be a whole number"));
  json = goodRecipe();
  json["training"]["epochs"] = 0;
  EXPECT_THAT(errorOf(json), HasSubstr("epochs must be 1 to"));
  json = goodRecipe();
  json["training"]["learning_rate"] = -1;
  EXPECT_THAT(errorOf(json), HasSubstr("learning_rate"));
  json = goodRecipe();
  json["training"]["shares"] = 20;
  EXPECT_THAT(errorOf(json), HasSubstr("shares"));
  json = goodRecipe();
  json.erase("architecture");
  EXPECT_THAT(errorOf(json), HasSubstr("architecture must be an object"));
  json = goodRecipe();
  json["data"] = "bar";
  EXPECT_THAT(errorOf(json), HasSubstr("data must be an object"));
  json = goodRecipe();
  json.erase("name");
  EXPECT_THAT(errorOf(json), HasSubstr("name is missing"));
  EXPECT_THAT(errorOf(Json::array()), HasSubstr("must be an object"));
}

TEST(Recipe, TeachersBlendingAndPatience) {
  const auto parsed = [](const std::string& training, const std::string& distillation) {
    return parseRecipe(Json::parse(R"({"name": "n", "architecture": {"name": "a"},
                                       "data": {"name": "d"}, "training": )" +
                                   training + R"(, "distillation": )" + distillation + "}"),
                       "r.json");
  };
  const auto recipe = parsed(R"({"mixup": 0.3, "patience": 4})",
                             R"({"teachers": ["a.tflite", "b.tflite"], "weight": 0.5})");
  ASSERT_TRUE(recipe) << recipe.error().message;
  EXPECT_EQ(recipe->schedule.mixup, 0.3);
  EXPECT_EQ(recipe->schedule.patience, 4);
  EXPECT_EQ(recipe->distillation.teachers.size(), 2u);
  EXPECT_EQ(recipe->distillation.weight, 0.5);
  EXPECT_THAT(parsed(R"({"mixup": 2})", "null").error().message, HasSubstr("mixup"));
  EXPECT_THAT(parsed(R"({"patience": 3, "all_data": true})", "null").error().message,
              HasSubstr("patience"));
  EXPECT_THAT(parsed("{}", R"({"teachers": []})").error().message, HasSubstr("teachers"));
  EXPECT_THAT(parsed("{}", R"({"teachers": ["a"], "heat": 2})").error().message,
              HasSubstr("unknown key 'heat'"));
  EXPECT_THAT(parsed("{}", R"({"teachers": ["a"], "temperature": 0})").error().message,
              HasSubstr("temperature"));
}

TEST(Recipe, FileThatIsNoJsonIsDamaged) {
  const primer::test::TestFolder folder;
  std::ofstream(folder / "bad.json") << "{\"name\": ";
  const auto recipe = readRecipe(folder / "bad.json");
  ASSERT_FALSE(recipe);
  EXPECT_EQ(recipe.error().code, ErrorCode::kDamaged);
  EXPECT_THAT(recipe.error().message, HasSubstr("bad.json"));
  EXPECT_EQ(readRecipe(folder / "none.json").error().code, ErrorCode::kNotFound);
}

TEST(Fields, GivesDefaultsForWhatIsNotThere) {
  const Json json = {{"a", 2}, {"t", true}, {"s", "x"}};
  Fields fields(json, "here");
  EXPECT_EQ(fields.integer("a", 5), 2);
  EXPECT_EQ(fields.integer("b", 5), 5);
  EXPECT_TRUE(fields.flag("t", false));
  EXPECT_EQ(fields.text("s", ""), "x");
  EXPECT_TRUE(fields.finish());
  const Json nothing;
  Fields empty(nothing, "here");
  EXPECT_DOUBLE_EQ(empty.number("n", 0.5), 0.5);
  EXPECT_TRUE(empty.finish());
}

TEST(Fields, TakesAListOfTexts) {
  const Json json = {{"models", {"a", "b"}}};
  Fields fields(json, "here");
  EXPECT_EQ(fields.texts("models", {}), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(fields.texts("others", {"c"}), std::vector<std::string>{"c"});
  EXPECT_TRUE(fields.finish());
  for (const auto& wrong : {Json::array(), Json({"a", 2}), Json("a")}) {
    const Json bad = {{"models", wrong}};
    Fields more(bad, "here");
    EXPECT_EQ(more.texts("models", {"c"}), std::vector<std::string>{"c"});
    const auto finished = more.finish();
    ASSERT_FALSE(finished) << wrong;
    EXPECT_NE(finished.error().message.find("models must be a list of texts"), std::string::npos);
  }
}

TEST(Random, IsTheSameEverywhereAndSpread) {
  Random random(12345);
  EXPECT_EQ(random.bits(), 0x22118258a9d111a0u);  // SplitMix64's first number from this state
  double sum = 0, squares = 0;
  constexpr int kCount = 20000;
  for (int i = 0; i < kCount; ++i) {
    const double value = random.normal();
    sum += value;
    squares += value * value;
    EXPECT_LT(random.below(7), 7u);
  }
  EXPECT_NEAR(sum / kCount, 0, 0.03);
  EXPECT_NEAR(squares / kCount, 1, 0.05);
  EXPECT_NE(Random(1, 2, 3).bits(), Random(1, 3, 2).bits());
}

}  // namespace
}  // namespace primer::toolkit
