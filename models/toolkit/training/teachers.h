#pragma once

// An ensemble of trained models that a new one learns from.

#include <memory>
#include <vector>

#include "primer/toolkit/recipe.h"
#include "training/material.h"
#include "training/network.h"

namespace primer::toolkit {

struct Teacher {
  std::unique_ptr<Network> network;
  Places places;
};

struct Teachers {
  std::vector<Teacher> all;
  Json identity = Json::array();  // names and check sums, for checkpoints and the model file
};

// Reads the files of a recipe. Errors name the file: not there, no float graph that can be
// followed, inputs or outputs other than the task's.
Result<Teachers> readTeachers(const Distillation& distillation, const Task& task);

}  // namespace primer::toolkit
