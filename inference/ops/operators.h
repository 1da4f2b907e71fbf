#pragma once

// The operators that the engine knows: what makes a node of each sound, and the shapes that come
// out. Nothing here depends on a CPU.

#include <span>
#include <vector>

#include "ops/node_view.h"

namespace primer::inference {

// The shapes of the node's outputs as its inputs and options give them, or the rule that it breaks.
using CheckFunction = Checked<std::vector<Shape>> (*)(const NodeView& node);

struct OperatorRule {
  tflite::BuiltinOperator op;
  int newest_version;  // of the operator in the format that these rules cover
  CheckFunction check;
};

const OperatorRule* findOperator(tflite::BuiltinOperator op);
std::span<const OperatorRule> operatorRules();

// One check function an operator; families share files.
Checked<std::vector<Shape>> checkActivation(const NodeView& node);
Checked<std::vector<Shape>> checkSoftmax(const NodeView& node);
Checked<std::vector<Shape>> checkQuantize(const NodeView& node);
Checked<std::vector<Shape>> checkDequantize(const NodeView& node);
Checked<std::vector<Shape>> checkConv2d(const NodeView& node);
Checked<std::vector<Shape>> checkCumulative(const NodeView& node);
Checked<std::vector<Shape>> checkDepthwiseConv2d(const NodeView& node);
Checked<std::vector<Shape>> checkFullyConnected(const NodeView& node);
Checked<std::vector<Shape>> checkPool2d(const NodeView& node);
Checked<std::vector<Shape>> checkMean(const NodeView& node);
Checked<std::vector<Shape>> checkBinary(const NodeView& node);
Checked<std::vector<Shape>> checkPad(const NodeView& node);
Checked<std::vector<Shape>> checkStridedCopy(const NodeView& node);
Checked<std::vector<Shape>> checkSelect(const NodeView& node);
Checked<std::vector<Shape>> checkArg(const NodeView& node);
Checked<std::vector<Shape>> checkRows(const NodeView& node);
Checked<std::vector<Shape>> checkGather(const NodeView& node);
Checked<std::vector<Shape>> checkOneHot(const NodeView& node);
Checked<std::vector<Shape>> checkPack(const NodeView& node);
Checked<std::vector<Shape>> checkCast(const NodeView& node);
Checked<std::vector<Shape>> checkResize(const NodeView& node);
Checked<std::vector<Shape>> checkBatchMatMul(const NodeView& node);
Checked<std::vector<Shape>> checkTransposeConv(const NodeView& node);
Checked<std::vector<Shape>> checkVariable(const NodeView& node);
Checked<std::vector<Shape>> checkSvdf(const NodeView& node);
Checked<std::vector<Shape>> checkLstm(const NodeView& node);
Checked<std::vector<Shape>> checkMirrorPad(const NodeView& node);
Checked<std::vector<Shape>> checkScatter(const NodeView& node);
Checked<std::vector<Shape>> checkShape(const NodeView& node);
Checked<std::vector<Shape>> checkSpaceBatch(const NodeView& node);
Checked<std::vector<Shape>> checkTop(const NodeView& node);
Checked<std::vector<Shape>> checkUpdateSlice(const NodeView& node);
Checked<std::vector<Shape>> checkReshape(const NodeView& node);
Checked<std::vector<Shape>> checkConcatenation(const NodeView& node);

}  // namespace primer::inference
