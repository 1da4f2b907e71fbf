#include "mnist/mnist_task.h"

#include <algorithm>

#include "mnist/image_measure.h"
#include "mnist/image_variation.h"
#include "mnist/mnist_data.h"
#include "primer/toolkit/graph_builder.h"

namespace primer::handwriting {

namespace {

using toolkit::Json;
using toolkit::Split;

class MnistTask final : public toolkit::Task {
 public:
  static Result<std::unique_ptr<toolkit::Task>> open(const toolkit::TaskRequest& request) {
    toolkit::Fields fields(request.options, "data");
    const auto held_out = fields.integer("development", 10'000);
    fields.require(held_out >= 0, "development", "must not be negative");
    PRIMER_TRY(fields.finish());
    auto task = std::make_unique<MnistTask>();
    PRIMER_ASSIGN(task->variation_, ImageVariation::parse(request.augmentation));
    PRIMER_ASSIGN(task->set_, readMnist(request.data));
    if (static_cast<std::size_t>(held_out) >= task->set_.labels.size()) {
      return fail(ErrorCode::kInvalidArgument, "data: development leaves nothing to train on");
    }
    task->training_ = task->set_.labels.size() - static_cast<std::size_t>(held_out);
    task->describe();
    return task;
  }

  const toolkit::TaskInfo& info() const override { return info_; }

  std::size_t size(Split split) const override {
    return split == Split::kTraining ? training_ : set_.labels.size() - training_;
  }

  void fill(Split split, std::size_t index, toolkit::Random* augment,
            toolkit::SampleView& sample) const override {
    const auto at = index + (split == Split::kTraining ? 0 : training_);
    const auto pixels = sample.inputs[0];
    std::transform(set_.images[at].begin(), set_.images[at].end(), pixels.begin(),
                   [](std::uint8_t ink) { return static_cast<float>(ink) / 255.0f; });
    if (augment != nullptr) variation_.apply(pixels, kMnistSide, *augment);
    sample.targets[0][0] = set_.labels[at];
  }

  toolkit::Metrics measure(Split split,
                           const std::vector<std::vector<float>>& outputs) const override {
    const auto first = set_.labels.begin() +
                       (split == Split::kTraining ? 0 : static_cast<std::ptrdiff_t>(training_));
    const std::vector<int> labels(first, first + static_cast<std::ptrdiff_t>(size(split)));
    return measureImages(outputs[0], labels);
  }

 private:
  void describe() {
    info_.name = "mnist";
    info_.inputs = {{"image", {kMnistSide, kMnistSide, 1}}};
    toolkit::OutputSpec digits;
    digits.name = "scores";
    digits.size = 10;
    for (int digit = 0; digit < 10; ++digit) digits.labels.push_back(std::to_string(digit));
    info_.outputs = {digits};
    info_.main_metric = "accuracy";
    info_.preprocessing = {{"image", {{"side", kMnistSide}, {"paper", 0}, {"ink", 1}}}};
    info_.use = {{"for", "a picture of one digit, centred and sized as MNIST's are"},
                 {"not_for",
                  "letters, several digits at once, pictures that ImageReader did not "
                  "bring to that form"}};
    info_.data = Json::array({{{"name", "MNIST training images"},
                               {"licence", "CC BY-SA 3.0"},
                               {"credit", "Y. LeCun, C. Cortes, C. Burges"}}});
  }

  toolkit::TaskInfo info_;
  ImageVariation variation_;
  MnistImages set_;
  std::size_t training_ = 0;
};

Result<std::vector<std::byte>> buildMnistCnn(const Json& options, const toolkit::TaskInfo& task,
                                             std::uint64_t seed) {
  using toolkit::Activation;
  using toolkit::Padding;
  toolkit::Fields fields(options, "architecture");
  const auto widths = fields.integers("widths", {12, 16, 20, 24, 28, 32}, 1, 1024);
  PRIMER_TRY(fields.finish());
  toolkit::GraphBuilder graph("mnist-cnn", seed);
  auto x = graph.input("image", task.inputs[0].shape);
  const auto layer = [&](std::int64_t width, int stride, Padding padding) {
    x = graph.conv2d(x, {.channels = static_cast<int>(width),
                         .stride = {stride, stride},
                         .padding = padding,
                         .activation = Activation::kRelu});
  };
  layer(widths[0], 1, Padding::kSame);
  layer(widths[1], 2, Padding::kSame);
  layer(widths[2], 1, Padding::kSame);
  layer(widths[3], 2, Padding::kSame);
  layer(widths[4], 1, Padding::kSame);
  layer(widths[5], 1, Padding::kValid);
  x = graph.dense(graph.mean(x), {.units = task.outputs[0].size});
  graph.output(x, "scores");
  return graph.finish();
}

}  // namespace

void addMnist(toolkit::Workshop& workshop) {
  workshop.addTask("mnist", "digits from pictures of 28x28 pixels", MnistTask::open);
  workshop.addArchitecture("mnist-cnn", buildMnistCnn);
}

}  // namespace primer::handwriting
