#pragma once

#include "kernels/kernel.h"

namespace primer::inference::reference {

// LSTM's older kernel of five inputs, in float (ops/lstm.h: BasicLstmLayer).
Checked<PreparedNode> prepareBasicLstm(const NodeView& node);

}  // namespace primer::inference::reference
