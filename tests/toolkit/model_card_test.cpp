#include "src/model_card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graphs.h"
#include "primer/toolkit/metadata.h"

namespace primer::toolkit {
namespace {

using testing::HasSubstr;
using testing::Not;

Json wholeMetadata() {
  return Json::parse(R"({
    "name": "layers",
    "task": {"name": "bar", "options": {}, "fold": {"index": 1, "count": 5}},
    "use": {"for": "a | b", "not_for": "c"},
    "data": [{"name": "drawings", "licence": "CC0", "credit": "nobody"}],
    "split": {"training": 400, "development": 100, "by": "writer"},
    "figures": {"development_float": {"accuracy": 99.125, "seen_in_training": true},
                "development_int8": {"accuracy": 99.1, "other": 3}, "development_samples": 100},
    "training": {"seed": 7, "revision": "abc123",
                 "recipe": {"name": "layers", "training": {"all_data": true},
                            "augmentation": {"rotation": 9}}},
    "quantization": {"mode": "int8", "io": "float"}
  })");
}

TEST(ModelCard, TellsWhatTravelsInTheFile) {
  const auto bytes = writeMetadata(test::everyLayer(3), wholeMetadata());
  ASSERT_TRUE(bytes);
  const auto card = modelCard(*bytes, "layers.tflite");
  ASSERT_TRUE(card) << card.error().message;
  for (const auto* words :
       {"# Model card: `layers`", "| for | a \\| b |", "| not for | c |", "| | float | int8 |",
        "| accuracy | 99.12 | 99.1 |", "| other |  | 3 |", "trained on too",
        "| drawings | CC0 | nobody |", "400 samples train, 100 judge; no writer",
        "primer-model train layers.json --seed 7 --all-data --fold 2/5 -o layers-float.tflite",
        "primer-model quantize layers-float.tflite --mode int8 --io float -o layers.tflite",
        "revision abc123", "`image` 1x12x10x3 float32", "\"rotation\":9"}) {
    EXPECT_THAT(*card, HasSubstr(words));
  }
}

TEST(ModelCard, OfAFileWithoutMetadataTellsWhatTheEngineKnows) {
  const auto card = modelCard(test::everyLayer(3), "stranger.tflite");
  ASSERT_TRUE(card);
  EXPECT_THAT(*card, HasSubstr("# Model card: `stranger.tflite`"));
  EXPECT_THAT(*card, HasSubstr("multiply-accumulates"));
  EXPECT_THAT(*card, Not(HasSubstr("## Data")));
  EXPECT_THAT(*card, Not(HasSubstr("## Made with")));
}

TEST(ModelCard, StandsWhateverTheMetadataHolds) {
  for (const auto* odd : {R"({"name": 3, "task": 4, "use": [1], "data": {"a": 1}, "split": "x"})",
                          R"({"figures": {"development_x": 4, "development_y": {"a": "b"}}})",
                          R"({"figures": 7, "training": {"recipe": {"name": "n", "training": 3}}})",
                          R"({"data": [1, "two", null], "reference": {"inputs": {"a": 3}}})",
                          R"({"quantization": [], "training": [], "reference": []})"}) {
    const auto bytes = writeMetadata(test::everyLayer(3), Json::parse(odd));
    ASSERT_TRUE(bytes);
    EXPECT_TRUE(modelCard(*bytes, "odd.tflite")) << odd;
  }
}

TEST(ModelCard, NamesADamagedFile) {
  const std::vector<std::byte> noise(100, std::byte{7});
  EXPECT_FALSE(modelCard(noise, "noise.tflite"));
}

}  // namespace
}  // namespace primer::toolkit
