#include "ops/operators.h"

#include <algorithm>
#include <array>

namespace primer::inference {
namespace {

using tflite::BuiltinOperator;

constexpr std::array kRules = {
    OperatorRule{BuiltinOperator::ABS, 5, checkActivation},
    OperatorRule{BuiltinOperator::ADD, 5, checkBinary},
    OperatorRule{BuiltinOperator::ARG_MAX, 3, checkArg},
    OperatorRule{BuiltinOperator::ARG_MIN, 3, checkArg},
    OperatorRule{BuiltinOperator::ASSIGN_VARIABLE, 1, checkVariable},
    OperatorRule{BuiltinOperator::ATAN2, 1, checkBinary},
    OperatorRule{BuiltinOperator::AVERAGE_POOL_2D, 3, checkPool2d},
    OperatorRule{BuiltinOperator::BATCH_MATMUL, 4, checkBatchMatMul},
    OperatorRule{BuiltinOperator::BROADCAST_TO, 3, checkStridedCopy},
    OperatorRule{BuiltinOperator::CAST, 5, checkCast},
    OperatorRule{BuiltinOperator::CONCATENATION, 5, checkConcatenation},
    OperatorRule{BuiltinOperator::CONV_2D, 8, checkConv2d},
    OperatorRule{BuiltinOperator::COS, 1, checkActivation},
    OperatorRule{BuiltinOperator::DEPTHWISE_CONV_2D, 7, checkDepthwiseConv2d},
    OperatorRule{BuiltinOperator::DEPTH_TO_SPACE, 2, checkStridedCopy},
    OperatorRule{BuiltinOperator::DEQUANTIZE, 6, checkDequantize},
    OperatorRule{BuiltinOperator::DIV, 2, checkBinary},
    OperatorRule{BuiltinOperator::EMBEDDING_LOOKUP, 3, checkGather},
    OperatorRule{BuiltinOperator::EQUAL, 4, checkBinary},
    OperatorRule{BuiltinOperator::EXP, 2, checkActivation},
    OperatorRule{BuiltinOperator::EXPAND_DIMS, 2, checkStridedCopy},
    OperatorRule{BuiltinOperator::FLOOR, 1, checkActivation},
    OperatorRule{BuiltinOperator::FLOOR_DIV, 2, checkBinary},
    OperatorRule{BuiltinOperator::FLOOR_MOD, 2, checkBinary},
    OperatorRule{BuiltinOperator::FULLY_CONNECTED, 13, checkFullyConnected},
    OperatorRule{BuiltinOperator::GATHER, 5, checkGather},
    OperatorRule{BuiltinOperator::GATHER_ND, 4, checkGather},
    OperatorRule{BuiltinOperator::GELU, 2, checkActivation},
    OperatorRule{BuiltinOperator::GREATER, 2, checkBinary},
    OperatorRule{BuiltinOperator::GREATER_EQUAL, 2, checkBinary},
    OperatorRule{BuiltinOperator::HARD_SWISH, 1, checkActivation},
    OperatorRule{BuiltinOperator::L2_NORMALIZATION, 2, checkRows},
    OperatorRule{BuiltinOperator::LEAKY_RELU, 2, checkActivation},
    OperatorRule{BuiltinOperator::LESS, 3, checkBinary},
    OperatorRule{BuiltinOperator::LESS_EQUAL, 2, checkBinary},
    OperatorRule{BuiltinOperator::LOG, 2, checkActivation},
    OperatorRule{BuiltinOperator::LOGICAL_AND, 1, checkBinary},
    OperatorRule{BuiltinOperator::LOGICAL_NOT, 1, checkActivation},
    OperatorRule{BuiltinOperator::LOGICAL_OR, 1, checkBinary},
    OperatorRule{BuiltinOperator::LOGISTIC, 3, checkActivation},
    OperatorRule{BuiltinOperator::LOG_SOFTMAX, 2, checkRows},
    OperatorRule{BuiltinOperator::MAXIMUM, 4, checkBinary},
    OperatorRule{BuiltinOperator::MAX_POOL_2D, 3, checkPool2d},
    OperatorRule{BuiltinOperator::MEAN, 3, checkMean},
    OperatorRule{BuiltinOperator::MINIMUM, 4, checkBinary},
    OperatorRule{BuiltinOperator::MUL, 7, checkBinary},
    OperatorRule{BuiltinOperator::NEG, 1, checkActivation},
    OperatorRule{BuiltinOperator::NOT_EQUAL, 3, checkBinary},
    OperatorRule{BuiltinOperator::PACK, 4, checkPack},
    OperatorRule{BuiltinOperator::PAD, 4, checkPad},
    OperatorRule{BuiltinOperator::PADV2, 4, checkPad},
    OperatorRule{BuiltinOperator::POW, 1, checkBinary},
    OperatorRule{BuiltinOperator::PRELU, 1, checkBinary},
    OperatorRule{BuiltinOperator::QUANTIZE, 4, checkQuantize},
    OperatorRule{BuiltinOperator::READ_VARIABLE, 1, checkVariable},
    OperatorRule{BuiltinOperator::REDUCE_MAX, 3, checkMean},
    OperatorRule{BuiltinOperator::REDUCE_MIN, 3, checkMean},
    OperatorRule{BuiltinOperator::REDUCE_PROD, 2, checkMean},
    OperatorRule{BuiltinOperator::RELU, 3, checkActivation},
    OperatorRule{BuiltinOperator::RELU6, 3, checkActivation},
    OperatorRule{BuiltinOperator::RELU_0_TO_1, 1, checkActivation},
    OperatorRule{BuiltinOperator::RELU_N1_TO_1, 1, checkActivation},
    OperatorRule{BuiltinOperator::RESHAPE, 1, checkReshape},
    OperatorRule{BuiltinOperator::RESIZE_BILINEAR, 4, checkResize},
    OperatorRule{BuiltinOperator::RESIZE_NEAREST_NEIGHBOR, 4, checkResize},
    OperatorRule{BuiltinOperator::REVERSE_V2, 3, checkStridedCopy},
    OperatorRule{BuiltinOperator::RSQRT, 3, checkActivation},
    OperatorRule{BuiltinOperator::SELECT, 4, checkSelect},
    OperatorRule{BuiltinOperator::SELECT_V2, 2, checkSelect},
    OperatorRule{BuiltinOperator::SIGN, 1, checkActivation},
    OperatorRule{BuiltinOperator::SIN, 1, checkActivation},
    OperatorRule{BuiltinOperator::SLICE, 6, checkStridedCopy},
    OperatorRule{BuiltinOperator::SOFTMAX, 3, checkSoftmax},
    OperatorRule{BuiltinOperator::SPACE_TO_DEPTH, 2, checkStridedCopy},
    OperatorRule{BuiltinOperator::SPLIT, 4, checkStridedCopy},
    OperatorRule{BuiltinOperator::SPLIT_V, 2, checkStridedCopy},
    OperatorRule{BuiltinOperator::SQRT, 1, checkActivation},
    OperatorRule{BuiltinOperator::SQUARE, 1, checkActivation},
    OperatorRule{BuiltinOperator::SQUARED_DIFFERENCE, 2, checkBinary},
    OperatorRule{BuiltinOperator::SQUEEZE, 2, checkStridedCopy},
    OperatorRule{BuiltinOperator::STRIDED_SLICE, 8, checkStridedCopy},
    OperatorRule{BuiltinOperator::SUB, 5, checkBinary},
    OperatorRule{BuiltinOperator::SUM, 2, checkMean},
    OperatorRule{BuiltinOperator::SVDF, 4, checkSvdf},
    OperatorRule{BuiltinOperator::TANH, 3, checkActivation},
    OperatorRule{BuiltinOperator::TILE, 3, checkStridedCopy},
    OperatorRule{BuiltinOperator::TRANSPOSE, 7, checkStridedCopy},
    OperatorRule{BuiltinOperator::TRANSPOSE_CONV, 5, checkTransposeConv},
    OperatorRule{BuiltinOperator::UNPACK, 4, checkStridedCopy},
};

}  // namespace

const OperatorRule* findOperator(BuiltinOperator op) {
  const auto* found = std::find_if(kRules.begin(), kRules.end(),
                                   [op](const OperatorRule& rule) { return rule.op == op; });
  return found == kRules.end() ? nullptr : found;
}

std::span<const OperatorRule> operatorRules() { return kRules; }

}  // namespace primer::inference
