#include "primer/pronunciation/acoustic_model.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "primer/base/share.h"
#include "primer/pronunciation/speech_frames.h"

namespace primer::pronunciation {

namespace {

// Frames on each side that a result may hang on: what is nearer to an edge of the net's window, and
// not to an edge of the recording, is computed again with the next window.
constexpr std::size_t kContext = 48;

void addChances(std::span<const float> scores, std::span<float> into) {
  const float most = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (const float score : scores) sum += std::exp(score - most);
  const float scale = 1 / sum;
  for (std::size_t k = 0; k < scores.size(); ++k) into[k] += std::exp(scores[k] - most) * scale;
}

}  // namespace

Result<AcousticModel> AcousticModel::open(const std::vector<std::filesystem::path>& files) {
  std::vector<std::shared_ptr<const inference::Model>> models;
  for (const auto& file : files) {
    PRIMER_ASSIGN(auto model, inference::Model::open(file));
    models.push_back(std::move(model));
  }
  return create(std::move(models));
}

Result<AcousticModel> AcousticModel::openShipped() {
  const auto folder = shareFolder() / "models";
  std::vector<std::filesystem::path> files = {folder / "pronunciation-phones.tflite"};
  std::error_code problem;
  for (const char* more : {"pronunciation-phones-2.tflite", "pronunciation-phones-3.tflite"}) {
    if (std::filesystem::exists(folder / more, problem)) files.push_back(folder / more);
  }
  return open(files);
}

Result<AcousticModel> AcousticModel::create(
    std::vector<std::shared_ptr<const inference::Model>> models) {
  AcousticModel acoustic;
  for (auto& model : models) {
    const auto unsuitable = [&](const char* why) {
      return fail(ErrorCode::kUnsupported,
                  std::string(model->name()) + ": no acoustic model of this room: " + why);
    };
    if (model->inputCount() != 1 || model->outputCount() != 1) {
      return unsuitable("it has more than one input or output");
    }
    const auto in = model->input(0).shape;
    const auto out = model->output(0).shape;
    std::size_t inputs = 1, outputs = 1;
    for (const auto side : in) inputs *= static_cast<std::size_t>(side);
    for (const auto side : out) outputs *= static_cast<std::size_t>(side);
    const auto window = inputs / kBands;
    if (inputs % kBands != 0 || window < 4 * kContext || window % kFramesPerStep != 0 ||
        outputs != window / kFramesPerStep * kUnits) {
      return unsuitable("its shapes are others");
    }
    if (acoustic.window_ != 0 && acoustic.window_ != window) {
      return unsuitable("it takes another length than the first one");
    }
    acoustic.window_ = window;
    PRIMER_ASSIGN(auto session, inference::Session::create(std::move(model)));
    acoustic.nets_.push_back(std::move(session));
  }
  if (acoustic.nets_.empty()) return fail(ErrorCode::kInvalidArgument, "no acoustic model given");
  return acoustic;
}

Result<Posteriors> AcousticModel::run(std::span<const std::int16_t> mel) {
  const std::size_t frames = mel.size() / kBands;
  const std::size_t steps = (frames + 1) / kFramesPerStep;
  const auto norm = bandNorm(mel);
  Posteriors posteriors(steps);
  std::vector<float> window(window_ * kBands);
  std::vector<float> scores(window_ / kFramesPerStep * kUnits);
  std::size_t done = 0;  // steps
  while (done < steps) {
    const std::size_t first = done == 0 ? 0 : done * kFramesPerStep - kContext;
    const std::size_t there = std::min(window_, frames - first);
    const bool to_the_end = first + window_ >= frames;
    std::fill(window.begin(), window.end(), 0.0f);
    normalise(mel.subspan(first * kBands, there * kBands), norm, window);
    const std::size_t end = to_the_end ? steps : (first + window_ - kContext) / kFramesPerStep;
    for (auto& net : nets_) {
      PRIMER_TRY(net.setReals(0, window));
      PRIMER_TRY(net.run());
      PRIMER_TRY(net.reals(0, scores));
      for (std::size_t step = done; step < end; ++step) {
        const auto inside = step - first / kFramesPerStep;
        addChances(std::span<const float>(scores).subspan(inside * kUnits, kUnits),
                   posteriors.at(step));
      }
    }
    done = end;
  }
  const float share = 1.0f / static_cast<float>(nets_.size());
  for (std::size_t step = 0; step < steps; ++step) {
    for (auto& value : posteriors.at(step)) value = std::log(std::max(value * share, 1e-7f));
  }
  return posteriors;
}

std::uint64_t AcousticModel::macsPerSecond() const {
  std::uint64_t macs = 0;
  for (const auto& net : nets_) macs += net.macs();
  return macs * kFramesPerSecond / (window_ - 2 * kContext);
}

}  // namespace primer::pronunciation
