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

const std::array<float, kUnits>& unitPriors() {
  // Of the labels of pronunciation-align; noise as often as it is mixed into training. Rare phones
  // count as often as one in three: else whatever is unclear would be one of them.
  static constexpr std::array<float, kUnits> kPriors = {
      -0.32f, 0.38f,  0.75f,  -0.45f, -1.00f, 0.05f,  -0.81f, -1.00f, -0.02f, -0.48f, -0.11f,
      -0.34f, -0.23f, -0.41f, -1.00f, -0.45f, 0.49f,  0.42f,  -1.00f, -0.09f, 0.04f,  -0.10f,
      0.47f,  -1.00f, -0.47f, -1.00f, -0.60f, -0.20f, 0.72f,  -1.00f, 0.72f,  -1.00f, -1.00f,
      -0.36f, -0.95f, -0.15f, -1.00f, -0.01f, -1.00f, 2.38f,  0.51f};
  return kPriors;
}

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
  if (models.empty()) return fail(ErrorCode::kInvalidArgument, "no acoustic model given");
  AcousticModel acoustic;
  for (auto& model : models) PRIMER_TRY(acoustic.add(std::move(model), 4 * kContext));
  return acoustic;
}

Status AcousticModel::add(std::shared_ptr<const inference::Model> model, std::size_t least) {
  const auto unsuitable = [&](const char* why) {
    return fail(ErrorCode::kUnsupported,
                std::string(model->name()) + ": no acoustic model of this room: " + why);
  };
  if (model->inputCount() != 1 || model->outputCount() != 1) {
    return unsuitable("it has more than one input or output");
  }
  std::size_t inputs = 1, outputs = 1;
  for (const auto side : model->input(0).shape) inputs *= static_cast<std::size_t>(side);
  for (const auto side : model->output(0).shape) outputs *= static_cast<std::size_t>(side);
  const auto window = inputs / kBands;
  if (inputs % kBands != 0 || window < least || window % kFramesPerStep != 0 ||
      outputs != window / kFramesPerStep * kUnits) {
    return unsuitable("its shapes are others");
  }
  if (window_ != 0 && window_ != window) {
    return unsuitable("it takes another length than the first one");
  }
  window_ = window;
  PRIMER_ASSIGN(auto session, inference::Session::create(std::move(model)));
  nets_.push_back(std::move(session));
  return {};
}

Result<AcousticModel> AcousticModel::withWindow(std::size_t frames) const {
  AcousticModel other;
  for (const auto& net : nets_) {
    const auto input = net.model().input(0);
    inference::InputShape shape{std::string(input.name), {input.shape.begin(), input.shape.end()}};
    for (auto& side : shape.shape) {
      if (static_cast<std::size_t>(side) == window_) side = static_cast<std::int32_t>(frames);
    }
    const std::vector<inference::InputShape> shapes = {std::move(shape)};
    PRIMER_ASSIGN(auto model, net.model().resized(shapes));
    PRIMER_TRY(other.add(std::move(model), kFramesPerStep));
  }
  return other;
}

Status AcousticModel::runWindow(std::span<const float> features, Posteriors& posteriors) {
  const std::size_t steps = window_ / kFramesPerStep;
  if (posteriors.steps() != steps) posteriors = Posteriors(steps);
  std::vector<float> scores(steps * kUnits);
  for (std::size_t step = 0; step < steps; ++step) {
    std::fill(posteriors.at(step).begin(), posteriors.at(step).end(), 0.0f);
  }
  for (auto& net : nets_) {
    PRIMER_TRY(net.setReals(0, features));
    PRIMER_TRY(net.run());
    PRIMER_TRY(net.reals(0, scores));
    for (std::size_t step = 0; step < steps; ++step) {
      addChances(std::span<const float>(scores).subspan(step * kUnits, kUnits),
                 posteriors.at(step));
    }
  }
  const float share = 1.0f / static_cast<float>(nets_.size());
  for (std::size_t step = 0; step < steps; ++step) {
    for (auto& value : posteriors.at(step)) value = std::log(std::max(value * share, 1e-7f));
  }
  return {};
}

Result<Posteriors> AcousticModel::run(std::span<const std::int16_t> mel) {
  const std::size_t frames = mel.size() / kBands;
  const std::size_t steps = (frames + 1) / kFramesPerStep;
  const auto norm = bandNorm(mel);
  Posteriors posteriors(steps), heard;
  std::vector<float> window(window_ * kBands);
  std::size_t done = 0;  // steps
  while (done < steps) {
    const std::size_t first = done == 0 ? 0 : done * kFramesPerStep - kContext;
    const std::size_t there = std::min(window_, frames - first);
    const bool to_the_end = first + window_ >= frames;
    std::fill(window.begin(), window.end(), 0.0f);
    normalise(mel.subspan(first * kBands, there * kBands), norm, window);
    const std::size_t end = to_the_end ? steps : (first + window_ - kContext) / kFramesPerStep;
    PRIMER_TRY(runWindow(window, heard));
    for (; done < end; ++done) {
      const auto from = heard.at(done - first / kFramesPerStep);
      std::copy(from.begin(), from.end(), posteriors.at(done).begin());
    }
  }
  return posteriors;
}

std::uint64_t AcousticModel::macsPerSecond() const {
  std::uint64_t macs = 0;
  for (const auto& net : nets_) macs += net.macs();
  return macs * kFramesPerSecond / (window_ - 2 * kContext);
}

}  // namespace primer::pronunciation
