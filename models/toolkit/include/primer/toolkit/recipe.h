#pragma once

// A recipe: everything that makes one model, in one small readable JSON file.
//
//   {
//     "name": "mnist",
//     "architecture": {"name": "mnist-cnn", "width": 16},
//     "data": {"name": "mnist"},
//     "augmentation": {"rotation": 10},
//     "training": {"epochs": 30, "batch": 128, "learning_rate": 0.003},
//     "seed": 1
//   }

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/fields.h"

namespace primer::toolkit {

// The recipe's "training". Learning rate: one cycle (Smith and Topin 2018) with cosine flanks, from
// 1/25 of the peak up to it, then down to 1/10000. Optimiser: AdamW (Loshchilov and Hutter 2019);
// biases and batch norm do not decay.
struct Schedule {
  int epochs = 10;
  int batch = 128;
  double learning_rate = 0.003;  // the peak
  double warm_up = 0.3;          // share of the steps before the peak
  double weight_decay = 0.01;
  double label_smoothing = 0;
  // Samples are blended in pairs, with a share from Beta(mixup, mixup) (Zhang et al. 2018); 0: no.
  double mixup = 0;
  double averaging = 0;      // decay a step of the weights' moving average; 0: no averaging
  double gradient_clip = 0;  // largest norm of the gradient; 0: no limit
  // Weights are held at or above 0 (biases are free), so that, with activations that rise, every
  // output only rises with every input: a promise that a figure cannot give.
  bool nonnegative = false;
  bool batch_norm = true;  // put in while training, folded into the weights when written
  bool augment = true;     // vary the samples
  bool all_data = false;   // train on the development split too: for the model that ships
  // Stop after so many epochs without a better main figure on the development split, and keep the
  // weights of the best epoch; 0: all epochs, and the last weights.
  int patience = 0;
  // Parts of a batch that are worked on side by side, each with batch norm of its own: what is
  // learned depends on their number, not on how many cores there are.
  int shares = 2;
  double checkpoint_minutes = 3;
};

// Learning from what an ensemble of trained models says beside the labels (Hinton et al. 2015). The
// teachers see the very inputs that the pupil sees, variation and blending included.
struct Distillation {
  std::vector<std::string> teachers;  // float .tflite files, from the current folder; none: off
  double weight = 0.7;                // of the teachers' part of the loss, the labels have the rest
  double temperature = 2;             // softens the classes' chances
};

struct Recipe {
  std::string name;
  std::string architecture;
  Json architecture_options;
  std::string task;
  Json task_options;
  Json augmentation;
  Schedule schedule;
  Distillation distillation;
  std::uint64_t seed = 1;
  Json source;  // the whole recipe, as it travels in the model file
};

// kInvalidArgument names the first unknown key, wrong type or value out of range.
Result<Recipe> parseRecipe(const Json& json, const std::string& where);
Result<Recipe> readRecipe(const std::filesystem::path& path);

}  // namespace primer::toolkit
