#include "src/quantizer/operator_rules.h"

#include <algorithm>
#include <array>

namespace primer::toolkit {

namespace {

using tflite::BuiltinOperator;

constexpr auto kOwn = ScaleRule::kOwn;
constexpr auto kShared = ScaleRule::kShared;
constexpr auto kFixed = ScaleRule::kFixed;

// Operator, scale of its outputs, versions for int8, int16 and dynamic range, then places. The
// engine's dynamic CONV_2D takes weights of one scale only.
constexpr std::array kRules = {
    OperatorRule{BuiltinOperator::ABS, kOwn, 2, 3},
    OperatorRule{BuiltinOperator::ADD, kOwn, 2, 5},
    OperatorRule{BuiltinOperator::ARG_MAX, kOwn, 2, 0},
    OperatorRule{BuiltinOperator::ARG_MIN, kOwn, 2, 0},
    OperatorRule{BuiltinOperator::AVERAGE_POOL_2D, kShared, 2, 3},
    OperatorRule{BuiltinOperator::BATCH_MATMUL, kOwn, 2, 3},
    OperatorRule{BuiltinOperator::BATCH_TO_SPACE_ND, kShared, 2, 4},
    OperatorRule{BuiltinOperator::BROADCAST_TO, kShared, 3, 3},
    OperatorRule{BuiltinOperator::CONCATENATION, kShared, 2, 3},
    OperatorRule{BuiltinOperator::CONV_2D, kOwn, 3, 4, 2, 1, 0, 2},
    OperatorRule{BuiltinOperator::DEPTHWISE_CONV_2D, kOwn, 3, 5, 0, 1, 3, 2},
    OperatorRule{BuiltinOperator::DEPTH_TO_SPACE, kShared, 2, 0},
    OperatorRule{BuiltinOperator::DYNAMIC_UPDATE_SLICE, kShared, 1, 3},
    OperatorRule{BuiltinOperator::EMBEDDING_LOOKUP, kShared, 3, 3},
    OperatorRule{BuiltinOperator::EQUAL, kOwn, 2, 0},
    OperatorRule{BuiltinOperator::EXP, kOwn, 2, 2},
    OperatorRule{BuiltinOperator::EXPAND_DIMS, kShared, 1, 1},
    OperatorRule{BuiltinOperator::FULLY_CONNECTED, kOwn, 4, 7, 3, 1, 0, 2, 0},
    OperatorRule{BuiltinOperator::GATHER, kShared, 2, 4},
    OperatorRule{BuiltinOperator::GATHER_ND, kShared, 2, 3},
    OperatorRule{BuiltinOperator::GELU, kOwn, 2, 0},
    OperatorRule{BuiltinOperator::GREATER, kOwn, 2, 0},
    OperatorRule{BuiltinOperator::GREATER_EQUAL, kOwn, 2, 0},
    OperatorRule{BuiltinOperator::HARD_SWISH, kOwn, 1, 0},
    OperatorRule{BuiltinOperator::L2_NORMALIZATION, kFixed, 2, 0},
    OperatorRule{BuiltinOperator::LEAKY_RELU, kOwn, 2, 2},
    OperatorRule{BuiltinOperator::LESS, kOwn, 2, 0},
    OperatorRule{BuiltinOperator::LESS_EQUAL, kOwn, 2, 0},
    OperatorRule{BuiltinOperator::LOG, kOwn, 2, 2},
    OperatorRule{BuiltinOperator::LOGISTIC, kFixed, 2, 3},
    OperatorRule{BuiltinOperator::LOG_SOFTMAX, kFixed, 2, 0},
    OperatorRule{BuiltinOperator::MAXIMUM, kShared, 2, 4},
    OperatorRule{BuiltinOperator::MAX_POOL_2D, kShared, 2, 3},
    OperatorRule{BuiltinOperator::MEAN, kOwn, 2, 3},
    OperatorRule{BuiltinOperator::MINIMUM, kShared, 2, 4},
    OperatorRule{BuiltinOperator::MIRROR_PAD, kShared, 2, 3},
    OperatorRule{BuiltinOperator::MUL, kOwn, 2, 4},
    OperatorRule{BuiltinOperator::NOT_EQUAL, kOwn, 2, 0},
    OperatorRule{BuiltinOperator::PACK, kShared, 2, 3},
    OperatorRule{BuiltinOperator::PAD, kShared, 2, 3},
    OperatorRule{BuiltinOperator::PADV2, kShared, 2, 4},
    OperatorRule{BuiltinOperator::PRELU, kOwn, 1, 0},
    OperatorRule{BuiltinOperator::REDUCE_MAX, kShared, 2, 3},
    OperatorRule{BuiltinOperator::REDUCE_MIN, kShared, 2, 3},
    OperatorRule{BuiltinOperator::RELU, kOwn, 2, 3},
    OperatorRule{BuiltinOperator::RELU6, kOwn, 2, 3},
    OperatorRule{BuiltinOperator::RELU_0_TO_1, kOwn, 1, 0},
    OperatorRule{BuiltinOperator::RELU_N1_TO_1, kOwn, 1, 0},
    OperatorRule{BuiltinOperator::RESHAPE, kShared, 1, 1},
    OperatorRule{BuiltinOperator::RESIZE_BILINEAR, kShared, 2, 4},
    OperatorRule{BuiltinOperator::RESIZE_NEAREST_NEIGHBOR, kShared, 2, 4},
    OperatorRule{BuiltinOperator::REVERSE_V2, kShared, 3, 2},
    OperatorRule{BuiltinOperator::RSQRT, kOwn, 2, 0},
    OperatorRule{BuiltinOperator::SELECT, kShared, 2, 2},
    OperatorRule{BuiltinOperator::SELECT_V2, kShared, 1, 1},
    OperatorRule{BuiltinOperator::SLICE, kShared, 2, 4},
    OperatorRule{BuiltinOperator::SOFTMAX, kFixed, 2, 3},
    OperatorRule{BuiltinOperator::SPACE_TO_BATCH_ND, kShared, 2, 4},
    OperatorRule{BuiltinOperator::SPACE_TO_DEPTH, kShared, 2, 0},
    OperatorRule{BuiltinOperator::SPLIT, kShared, 2, 4},
    OperatorRule{BuiltinOperator::SPLIT_V, kShared, 2, 2},
    OperatorRule{BuiltinOperator::SQUARED_DIFFERENCE, kOwn, 2, 0},
    OperatorRule{BuiltinOperator::SQUEEZE, kShared, 1, 1},
    OperatorRule{BuiltinOperator::STRIDED_SLICE, kShared, 2, 4},
    OperatorRule{BuiltinOperator::SUB, kOwn, 2, 5},
    OperatorRule{BuiltinOperator::SUM, kOwn, 2, 2},
    OperatorRule{BuiltinOperator::TANH, kFixed, 2, 3},
    OperatorRule{BuiltinOperator::TILE, kShared, 2, 2},
    OperatorRule{BuiltinOperator::TRANSPOSE, kShared, 2, 4},
    OperatorRule{BuiltinOperator::TRANSPOSE_CONV, kOwn, 3, 4, 0, 1, 0, 3},
    OperatorRule{BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM, kOwn, 2, 0, 0, -1, -1, -1, -1,
                 true},
    OperatorRule{BuiltinOperator::UNPACK, kShared, 2, 4},
};

}  // namespace

const OperatorRule* findOperatorRule(BuiltinOperator code) {
  const auto* found = std::find_if(kRules.begin(), kRules.end(),
                                   [code](const OperatorRule& rule) { return rule.code == code; });
  return found == kRules.end() ? nullptr : found;
}

bool staysFloat(BuiltinOperator code) {
  switch (code) {
    case BuiltinOperator::ASSIGN_VARIABLE:
    case BuiltinOperator::READ_VARIABLE:
    case BuiltinOperator::VAR_HANDLE:
    case BuiltinOperator::CALL_ONCE:
    case BuiltinOperator::IF:
    case BuiltinOperator::WHILE:
      return true;
    default:
      return false;
  }
}

int versionFor(const OperatorRule* rule, Precision precision) {
  if (rule == nullptr) return 0;
  if (precision == Precision::kInt8) return rule->int8_version;
  return precision == Precision::kInt16 ? rule->int16_version : 0;
}

ScaleAndZero fixedScale(BuiltinOperator code, Precision precision) {
  if (precision == Precision::kInt16) return {1.0f / 32768, 0};
  switch (code) {
    case BuiltinOperator::LOG_SOFTMAX:
      return {16.0f / 256, 127};
    case BuiltinOperator::TANH:
    case BuiltinOperator::L2_NORMALIZATION:
      return {1.0f / 128, 0};
    default:
      return {1.0f / 256, -128};
  }
}

}  // namespace primer::toolkit
