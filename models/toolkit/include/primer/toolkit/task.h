#pragma once

// What a model room tells the workshop about a thing to be learned: its samples, its labels, and
// how well it is done.
//
// A task is opened on a folder of data and gives samples one by one as float tensors. The trainer,
// the quantiser (calibration) and `evaluate` all draw from the same task, so that preparation of
// data is written once.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/fields.h"
#include "primer/toolkit/folds.h"
#include "primer/toolkit/random.h"

namespace primer::toolkit {

enum class Split : std::uint8_t { kTraining, kDevelopment };

std::string_view splitName(Split split);  // "training", "development"

struct InputSpec {
  std::string name;                 // the graph's input of this name is fed
  std::vector<std::int32_t> shape;  // of one sample, without the batch dimension
};

// How an output of the graph is judged in training.
enum class Loss : std::uint8_t {
  // Scores (logits) of classes; soft-max cross-entropy. The target is one number, the class, for
  // each of OutputSpec::positions; a negative one leaves that position out of this loss.
  kClasses,
  // Scores (logits) of independent yes/no questions; one target of 0..1 each, NaN: not known.
  kBinary,
  // Numbers; half the mean squared error; NaN: not known.
  kSquared,
};

// A graph may have outputs beside those of its task (features for others to stand on); no loss and no
// figure looks at them.
struct OutputSpec {
  std::string name;       // the graph's output of this name
  std::int32_t size = 0;  // numbers in it, for one sample
  Loss loss = Loss::kClasses;
  double weight = 1;                // of this loss in the sum
  std::vector<std::string> labels;  // names of the classes or numbers; may be empty
  bool masked = false;              // samples give a mask of classes (kClasses only)
  // Places of a sample that are judged each for itself (kClasses only): the frames of a sound. The
  // output then holds `size` / `positions` scores for each of them, one after the other.
  std::int32_t positions = 1;
};

// How many target numbers a sample has for an output.
inline std::size_t targetCount(const OutputSpec& output) {
  return static_cast<std::size_t>(output.loss == Loss::kClasses ? output.positions : output.size);
}

struct TaskInfo {
  std::string name;
  std::vector<InputSpec> inputs;
  std::vector<OutputSpec> outputs;
  std::string main_metric;  // the key of measure() by which models are chosen; larger is better
  // Who makes the samples ("writer", "speaker") where the task can be split into folds by them;
  // empty: it cannot.
  std::string grouped_by;
  // What travels in the file beside labels: how inputs are prepared (as data that the room's run
  // time reads), training data with licences.
  Json preprocessing = Json::object();
  Json data = Json::array();
  Json use = Json::object();  // "for", "not_for": what a model's card says of its use
};

// Where a sample is to be written. Spans have the size of the specs; everything is overwritten.
struct SampleView {
  std::vector<std::span<float>> inputs;
  std::vector<std::span<float>> targets;       // per output: targetCount() numbers
  std::vector<std::span<std::uint8_t>> masks;  // per output: `size` flags, 1 = this class is in the
                                               // running; empty where not masked. Preset to 1
  float weight = 1;                            // of the sample in the loss
};

using Metrics = std::map<std::string, double>;

// Immutable once opened: all functions may be called from several threads at once.
class Task {
 public:
  virtual ~Task() = default;

  virtual const TaskInfo& info() const = 0;
  virtual std::size_t size(Split split) const = 0;

  // Writes sample `index` of a split. Where `augment` is given the sample is varied for training,
  // with no other source of randomness, so that a seed, an epoch and an index name one sample.
  virtual void fill(Split split, std::size_t index, Random* augment, SampleView& sample) const = 0;

  // What the outputs are worth. outputs[k] holds output k of every sample of the split in order
  // (size(split) * info().outputs[k].size numbers, as the graph gives them: logits). Used per epoch
  // in training and by `evaluate` on the engine alike. Keys may name groups ("unipen_digits").
  virtual Metrics measure(Split split, const std::vector<std::vector<float>>& outputs) const = 0;
};

// Share of the samples whose largest score is that of the target,
// in per cent: the plain measure for kClasses, for use in measure().
double accuracyPercent(std::span<const float> scores, std::size_t class_count,
                       std::span<const int> targets);

// What a task is opened with. Options come from the recipe's "data" and "augmentation" objects (or
// from the metadata of a trained file); a task reads them through Fields and refuses unknown keys.
struct TaskRequest {
  std::filesystem::path data;          // the folder of data sets (--data or PRIMER_DATA)
  Json options = Json::object();       // the recipe's "data" without "name"; null: defaults
  Json augmentation = Json::object();  // null: defaults
  // The split is to be this fold in place of the task's own; asked only of tasks that are grouped.
  std::optional<Fold> fold = {};
};

}  // namespace primer::toolkit
