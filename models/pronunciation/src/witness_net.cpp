#include "primer/pronunciation/witness_net.h"

#include <string>

#include "primer/base/share.h"

namespace primer::pronunciation {

std::size_t elements(const inference::TensorInfo& tensor) {
  std::size_t count = 1;
  for (const auto side : tensor.shape) count *= static_cast<std::size_t>(side);
  return count;
}

Result<WitnessNet> WitnessNet::open(const std::filesystem::path& file, Shape shape,
                                    std::string_view does) {
  PRIMER_ASSIGN(auto model, inference::Model::open(file));
  if (model->inputCount() != 1 || model->outputCount() != 1 ||
      elements(model->input(0)) != shape.witnesses || elements(model->output(0)) != shape.answers) {
    return fail(ErrorCode::kUnsupported, std::string(model->name()) + ": " + std::string(does));
  }
  PRIMER_ASSIGN(auto session, inference::Session::create(std::move(model)));
  return WitnessNet(std::move(session));
}

Result<WitnessNet> WitnessNet::openShipped(std::string_view name, Shape shape,
                                           std::string_view does) {
  return open(shareFolder() / "models" / name, shape, does);
}

Status WitnessNet::weigh(std::span<const float> witnesses, std::span<float> answers) {
  PRIMER_TRY(session_.setReals(0, witnesses));
  PRIMER_TRY(session_.run());
  return session_.reals(0, answers);
}

Result<float> WitnessNet::weigh(std::span<const float> witnesses) {
  float answer = 0;
  PRIMER_TRY(weigh(witnesses, std::span(&answer, 1)));
  return answer;
}

}  // namespace primer::pronunciation
