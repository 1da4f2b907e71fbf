#pragma once

// The operators that the engine knows: what makes a node of each sound, and the shapes that come
// out. Nothing here depends on a CPU.

#include <span>
#include <vector>

#include "ops/node_view.h"

namespace primer::inference {

// The shapes of the node's outputs as its inputs and options give them, or the rule that it breaks.
using CheckFunction = Result<std::vector<Shape>> (*)(const NodeView& node);

struct OperatorRule {
  tflite::BuiltinOperator op;
  int newest_version;  // of the operator in the format that these rules cover
  CheckFunction check;
};

const OperatorRule* findOperator(tflite::BuiltinOperator op);
std::span<const OperatorRule> operatorRules();

// One check function an operator; families share files.
Result<std::vector<Shape>> checkActivation(const NodeView& node);
Result<std::vector<Shape>> checkSoftmax(const NodeView& node);
Result<std::vector<Shape>> checkQuantize(const NodeView& node);
Result<std::vector<Shape>> checkDequantize(const NodeView& node);
Result<std::vector<Shape>> checkConv2d(const NodeView& node);
Result<std::vector<Shape>> checkCumulative(const NodeView& node);
Result<std::vector<Shape>> checkDepthwiseConv2d(const NodeView& node);
Result<std::vector<Shape>> checkFullyConnected(const NodeView& node);
Result<std::vector<Shape>> checkPool2d(const NodeView& node);
Result<std::vector<Shape>> checkMean(const NodeView& node);
Result<std::vector<Shape>> checkBinary(const NodeView& node);
Result<std::vector<Shape>> checkPad(const NodeView& node);
Result<std::vector<Shape>> checkStridedCopy(const NodeView& node);
Result<std::vector<Shape>> checkSelect(const NodeView& node);
Result<std::vector<Shape>> checkArg(const NodeView& node);
Result<std::vector<Shape>> checkRows(const NodeView& node);
Result<std::vector<Shape>> checkGather(const NodeView& node);
Result<std::vector<Shape>> checkOneHot(const NodeView& node);
Result<std::vector<Shape>> checkPack(const NodeView& node);
Result<std::vector<Shape>> checkCast(const NodeView& node);
Result<std::vector<Shape>> checkResize(const NodeView& node);
Result<std::vector<Shape>> checkBatchMatMul(const NodeView& node);
Result<std::vector<Shape>> checkTransposeConv(const NodeView& node);
Result<std::vector<Shape>> checkVariable(const NodeView& node);
Result<std::vector<Shape>> checkSvdf(const NodeView& node);
Result<std::vector<Shape>> checkLstm(const NodeView& node);
Result<std::vector<Shape>> checkMirrorPad(const NodeView& node);
Result<std::vector<Shape>> checkScatter(const NodeView& node);
Result<std::vector<Shape>> checkShape(const NodeView& node);
Result<std::vector<Shape>> checkSpaceBatch(const NodeView& node);
Result<std::vector<Shape>> checkTop(const NodeView& node);
Result<std::vector<Shape>> checkUpdateSlice(const NodeView& node);
Result<std::vector<Shape>> checkReshape(const NodeView& node);
Result<std::vector<Shape>> checkConcatenation(const NodeView& node);

}  // namespace primer::inference
