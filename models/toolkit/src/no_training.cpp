// Stands in for training/ in builds without libtorch.

#include "primer/toolkit/train.h"

namespace primer::toolkit {

bool canTrain() { return false; }

Result<Json> train(const Recipe&, const Workshop&, const TrainOptions&) {
  return fail(ErrorCode::kUnsupported,
              "this build cannot train: configure with -DPRIMER_TRAINING=ON (needs libtorch-dev)");
}

}  // namespace primer::toolkit
