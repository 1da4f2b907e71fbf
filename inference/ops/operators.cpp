#include "ops/operators.h"

#include <algorithm>
#include <array>

namespace primer::inference {
namespace {

using tflite::BuiltinOperator;

constexpr std::array kRules = {
    OperatorRule{BuiltinOperator::ADD, 5, checkBinary},
    OperatorRule{BuiltinOperator::AVERAGE_POOL_2D, 3, checkPool2d},
    OperatorRule{BuiltinOperator::CONCATENATION, 5, checkConcatenation},
    OperatorRule{BuiltinOperator::CONV_2D, 8, checkConv2d},
    OperatorRule{BuiltinOperator::DEPTHWISE_CONV_2D, 7, checkDepthwiseConv2d},
    OperatorRule{BuiltinOperator::DEQUANTIZE, 6, checkDequantize},
    OperatorRule{BuiltinOperator::FULLY_CONNECTED, 13, checkFullyConnected},
    OperatorRule{BuiltinOperator::LOGISTIC, 3, checkActivation},
    OperatorRule{BuiltinOperator::MAX_POOL_2D, 3, checkPool2d},
    OperatorRule{BuiltinOperator::MEAN, 3, checkMean},
    OperatorRule{BuiltinOperator::PAD, 4, checkPad},
    OperatorRule{BuiltinOperator::QUANTIZE, 4, checkQuantize},
    OperatorRule{BuiltinOperator::RELU, 3, checkActivation},
    OperatorRule{BuiltinOperator::RELU6, 3, checkActivation},
    OperatorRule{BuiltinOperator::RESHAPE, 1, checkReshape},
    OperatorRule{BuiltinOperator::SOFTMAX, 3, checkSoftmax},
};

}  // namespace

const OperatorRule* findOperator(BuiltinOperator op) {
  const auto* found = std::find_if(kRules.begin(), kRules.end(),
                                   [op](const OperatorRule& rule) { return rule.op == op; });
  return found == kRules.end() ? nullptr : found;
}

std::span<const OperatorRule> operatorRules() { return kRules; }

}  // namespace primer::inference
