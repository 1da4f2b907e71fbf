#pragma once

// Models that never heard the speakers whom they judge: beside each file that learned from all
// training speakers ("phones.tflite") lie those of the folds ("phones.fold1.tflite", ...), as
// `primer-model train --folds` names them. What learns from models' answers must learn from such
// answers: on speakers whom a model knows by heart it is surer than it will ever be of strangers
// (cross-fitting).

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "data/corpus.h"

namespace primer::pronunciation::workshop {

// The sister of a file that never heard the speakers of a fold, 0 for the first.
inline std::filesystem::path foldFile(std::filesystem::path file, int fold) {
  const auto extension = file.extension().string();
  return file.replace_extension(".fold" + std::to_string(fold + 1) + extension);
}

// `Model` is what Model::open() makes of several files.
template <typename Model>
class ByFold {
 public:
  // With 0 folds every speaker is judged by the files themselves.
  static Result<ByFold> open(const std::vector<std::filesystem::path>& files, int folds,
                             const std::vector<Utterance>& utterances) {
    ByFold models;
    PRIMER_ASSIGN(auto whole, Model::open(files));
    models.models_.push_back(std::move(whole));
    models.fold_.assign(utterances.size(), kNoFold);
    if (folds > 0) {
      PRIMER_ASSIGN(models.fold_, speakerFolds(utterances, folds));
    }
    for (int fold = 0; fold < folds; ++fold) {
      std::vector<std::filesystem::path> sisters;
      for (const auto& file : files) sisters.push_back(foldFile(file, fold));
      PRIMER_ASSIGN(auto model, Model::open(sisters));
      models.models_.push_back(std::move(model));
    }
    return models;
  }

  // For an utterance of those that it was opened with.
  Model& of(std::size_t utterance) {
    return models_[static_cast<std::size_t>(fold_[utterance] - kNoFold)];
  }

 private:
  std::vector<Model> models_;  // that of all speakers first
  std::vector<int> fold_;      // of each utterance
};

}  // namespace primer::pronunciation::workshop
