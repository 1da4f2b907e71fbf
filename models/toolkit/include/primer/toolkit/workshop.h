#pragma once

// The tasks and architectures that the model rooms bring to `primer-model`. Each room has one
// function that adds its own (explicitly: no registration by static initialisers), called by the
// main of the program:
//
//   void addHandwriting(toolkit::Workshop& workshop) {
//     workshop.addTask("ink", "symbols from ink", openInkTask);
//     workshop.addArchitecture("ink-fs", buildInkFs);
//   }

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/task.h"

namespace primer::toolkit {

using OpenTask = std::function<Result<std::unique_ptr<Task>>(const TaskRequest&)>;

// Builds the float .tflite of an architecture for a task. `options` is the recipe's "architecture"
// without "name"; `seed` is for the initial weights.
using BuildArchitecture = std::function<Result<std::vector<std::byte>>(
    const Json& options, const TaskInfo& task, std::uint64_t seed)>;

// How well several models do together what none does alone, as the product puts them together: from
// `data`, on a split. The number of things judged, and figures.
struct ChainFigures {
  std::size_t count = 0;
  Metrics metrics;
};
using MeasureChain =
    std::function<Result<ChainFigures>(const std::filesystem::path& data, Split split)>;

class Workshop {
 public:
  void addTask(std::string name, std::string summary, OpenTask open);
  void addArchitecture(std::string name, BuildArchitecture build);
  // `evaluate NAME` then measures the shipped models together.
  void addChain(std::string name, MeasureChain measure);

  // Null where there is none of that name.
  const MeasureChain* chain(std::string_view name) const;

  // kNotFound names what there is.
  Result<std::unique_ptr<Task>> openTask(std::string_view name, const TaskRequest& request) const;
  Result<std::vector<std::byte>> build(std::string_view architecture, const Json& options,
                                       const TaskInfo& task, std::uint64_t seed) const;

  std::vector<std::string> taskNames() const;
  std::vector<std::string> architectureNames() const;

 private:
  struct NamedTask {
    std::string summary;
    OpenTask open;
  };
  std::map<std::string, NamedTask, std::less<>> tasks_;
  std::map<std::string, BuildArchitecture, std::less<>> architectures_;
  std::map<std::string, MeasureChain, std::less<>> chains_;
};

}  // namespace primer::toolkit
