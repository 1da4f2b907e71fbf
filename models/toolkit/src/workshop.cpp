#include "primer/toolkit/workshop.h"

#include <algorithm>
#include <cmath>

namespace primer::toolkit {

namespace {

template <typename Map>
std::vector<std::string> keysOf(const Map& map) {
  std::vector<std::string> keys;
  keys.reserve(map.size());
  for (const auto& entry : map) keys.push_back(entry.first);
  return keys;
}

tl::unexpected<Error> notFound(std::string_view kind, std::string_view name,
                               const std::vector<std::string>& known) {
  std::string list;
  for (const auto& one : known) list += (list.empty() ? "" : ", ") + one;
  return fail(ErrorCode::kNotFound, "there is no " + std::string(kind) + " '" + std::string(name) +
                                        "' (there are: " + list + ")");
}

}  // namespace

std::string_view splitName(Split split) {
  return split == Split::kTraining ? "training" : "development";
}

double accuracyPercent(std::span<const float> scores, std::size_t class_count,
                       std::span<const int> targets) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const auto row = scores.subspan(i * class_count, class_count);
    const auto best = std::max_element(row.begin(), row.end()) - row.begin();
    if (best == targets[i] && std::isfinite(row[static_cast<std::size_t>(best)])) ++right;
  }
  return targets.empty() ? 0
                         : 100.0 * static_cast<double>(right) / static_cast<double>(targets.size());
}

void Workshop::addTask(std::string name, std::string summary, OpenTask open) {
  tasks_[std::move(name)] = {std::move(summary), std::move(open)};
}

void Workshop::addArchitecture(std::string name, BuildArchitecture build) {
  architectures_[std::move(name)] = std::move(build);
}

void Workshop::addChain(std::string name, MeasureChain measure) {
  chains_[std::move(name)] = std::move(measure);
}

const MeasureChain* Workshop::chain(std::string_view name) const {
  const auto it = chains_.find(name);
  return it == chains_.end() ? nullptr : &it->second;
}

Result<std::unique_ptr<Task>> Workshop::openTask(std::string_view name,
                                                 const TaskRequest& request) const {
  const auto it = tasks_.find(name);
  if (it == tasks_.end()) return notFound("task", name, taskNames());
  PRIMER_ASSIGN(auto task, it->second.open(request));
  if (request.fold && task->info().grouped_by.empty()) {
    return fail(ErrorCode::kInvalidArgument,
                "task " + std::string(name) + " does not know who made its samples: no folds");
  }
  return task;
}

Result<std::vector<std::byte>> Workshop::build(std::string_view architecture, const Json& options,
                                               const TaskInfo& task, std::uint64_t seed) const {
  const auto it = architectures_.find(architecture);
  if (it == architectures_.end()) {
    return notFound("architecture", architecture, architectureNames());
  }
  return it->second(options, task, seed);
}

std::vector<std::string> Workshop::taskNames() const { return keysOf(tasks_); }
std::vector<std::string> Workshop::architectureNames() const { return keysOf(architectures_); }

}  // namespace primer::toolkit
