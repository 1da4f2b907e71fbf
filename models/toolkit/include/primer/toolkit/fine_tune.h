#pragma once

// Quantisation-aware training: going on with the training of a float .tflite in the arithmetic of
// its integer form, so that nothing is lost on the way there.
//
// A recipe for it is a training recipe of which everything may be left out: data, augmentation and
// seed are then those of the recipe that travels in the model file, and "training" has the defaults
// of fine-tuning (5 epochs, learning_rate 0.0002, warm_up 0.1, no weight_decay). A "distillation"
// may name the float file itself as teacher. No architecture: the model file is that. Batch norm is in the weights already and stays there.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/quantize.h"
#include "primer/toolkit/recipe.h"
#include "primer/toolkit/train.h"
#include "primer/toolkit/workshop.h"

namespace primer::toolkit {

// The model's own recipe with `changes` in it. kInvalidArgument names an unknown key; `where` is
// what errors call the changes.
Result<Recipe> fineTuningRecipe(std::span<const std::byte> model, const Json& changes,
                                const std::string& where);

struct FineTuned {
  Quantized quantized;  // without the metadata of the float model's file
  Json training;        // {"epochs","seconds","samples_per_second","history","metrics"}
};

// Trains in the integer arithmetic of options.mode (int8, int16x8) and gives the integer file:
// what the training saw is what the file gives on the engine, to the last bit. `samples` of the
// training split calibrate the first ranges. Checkpoints lie at how.output + ".checkpoint", and
// stay there. Before any training, one line names what cannot be used: a model that is quantised
// already, an operator that cannot be trained or has no integer form, weights or samples that are
// not numbers. kUnsupported where this build cannot train.
Result<FineTuned> fineTune(std::span<const std::byte> model, const Recipe& recipe,
                           const Workshop& workshop, const QuantizeOptions& options,
                           std::size_t samples, const TrainOptions& how);

}  // namespace primer::toolkit
