// Stands in for training/ in builds without libtorch.

#include "primer/toolkit/fine_tune.h"
#include "primer/toolkit/train.h"

namespace primer::toolkit {

namespace {

tl::unexpected<Error> cannotTrain() {
  return fail(ErrorCode::kUnsupported,
              "this build cannot train: configure with -DPRIMER_TRAINING=ON (needs libtorch-dev)");
}

}  // namespace

bool canTrain() { return false; }

Result<Json> train(const Recipe&, const Workshop&, const TrainOptions&) { return cannotTrain(); }

Result<FineTuned> fineTune(std::span<const std::byte>, const Recipe&, const Workshop&,
                           const QuantizeOptions&, std::size_t, const TrainOptions&) {
  return cannotTrain();
}

}  // namespace primer::toolkit
