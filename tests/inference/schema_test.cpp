// The schema holds the facts of the .tflite format: spot checks of the numbers that files in the
// field rely on.

#include "primer/inference/tflite_schema.h"

#include <gtest/gtest.h>

#include "primer/inference/tensor.h"

namespace primer {
namespace {

TEST(Schema, KnowsAllOperatorsAndTensorTypes) {
  EXPECT_EQ(static_cast<int>(tflite::BuiltinOperator::MAX), 209);
  EXPECT_EQ(static_cast<int>(tflite::TensorType::MAX), 22);
  for (int code = 0; code <= 209; ++code) {
    EXPECT_STRNE(tflite::EnumNameBuiltinOperator(static_cast<tflite::BuiltinOperator>(code)), "");
  }
}

TEST(Schema, NumbersAreTheFormats) {
  EXPECT_EQ(static_cast<int>(tflite::BuiltinOperator::CONV_2D), 3);
  EXPECT_EQ(static_cast<int>(tflite::BuiltinOperator::QUANTIZE), 114);
  EXPECT_EQ(static_cast<int>(tflite::BuiltinOperator::CALL_ONCE), 129);
  EXPECT_EQ(static_cast<int>(tflite::BuiltinOperator::STABLEHLO_CASE), 209);
  EXPECT_EQ(static_cast<int>(tflite::BuiltinOptions::Conv2DOptions), 1);
  EXPECT_EQ(static_cast<int>(tflite::BuiltinOptions::FullyConnectedOptions), 8);
  EXPECT_EQ(static_cast<int>(tflite::BuiltinOptions::RightShiftOptions), 126);
  EXPECT_EQ(static_cast<int>(tflite::BuiltinOptions2::StablehloCaseOptions), 23);
}

TEST(Schema, FieldsStandInTheFormatsPlaces) {
  EXPECT_EQ(tflite::Model::VT_BUFFERS, 4 + 2 * 4);
  EXPECT_EQ(tflite::Tensor::VT_QUANTIZATION, 4 + 2 * 4);
  EXPECT_EQ(tflite::Operator::VT_BUILTIN_OPTIONS, 4 + 2 * 4);  // its type stands before it
  EXPECT_EQ(tflite::Operator::VT_INTERMEDIATES, 4 + 2 * 8);
  EXPECT_EQ(tflite::OperatorCode::VT_BUILTIN_CODE, 4 + 2 * 3);
  EXPECT_EQ(tflite::Conv2DOptions::VT_DILATION_H_FACTOR, 4 + 2 * 5);
  EXPECT_EQ(tflite::ResizeBilinearOptions::VT_HALF_PIXEL_CENTERS, 4 + 2 * 3);
  EXPECT_EQ(tflite::SignatureDef::VT_SUBGRAPH_INDEX, 4 + 2 * 4);
  EXPECT_EQ(tflite::QuantizationParameters::VT_QUANTIZED_DIMENSION, 4 + 2 * 6);
}

TEST(Schema, ElementTypesAreTheFormats) {
  using inference::ElementType;
  EXPECT_EQ(static_cast<int>(ElementType::kInt8), static_cast<int>(tflite::TensorType::INT8));
  EXPECT_EQ(static_cast<int>(ElementType::kFloat8E5M2),
            static_cast<int>(tflite::TensorType::FLOAT8_E5M2));
  EXPECT_EQ(inference::elementTypeName(ElementType::kFloat8E5M2), "float8_e5m2");
  EXPECT_EQ(inference::elementTypeName(static_cast<ElementType>(77)), "unknown");
}

}  // namespace
}  // namespace primer
