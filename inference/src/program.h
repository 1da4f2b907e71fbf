#pragma once

// What a session runs: operators with everything resolved, and the blocks that IF and WHILE call.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "kernels/kernel.h"
#include "primer/inference/session.h"
#include "src/thread_pool.h"

namespace primer::inference {

struct Copy {
  const std::byte* from = nullptr;
  std::byte* to = nullptr;
  std::size_t bytes = 0;

  void run() const noexcept {
    if (bytes > 0 && from != to) std::memcpy(to, from, bytes);
  }
};

struct Step;

// Copies run after the steps.
struct Program {
  std::vector<Step> steps;
  std::vector<Copy> copies;
  std::uint64_t work = 0;
};

// Threads that share the steps that are worth it, and their scratch beside the first one's.
struct Team {
  ThreadPool* pool = nullptr;
  std::byte* scratch = nullptr;
  std::size_t scratch_step = 0;
};

struct Step {
  std::size_t node = 0;
  std::shared_ptr<const PreparedNode> prepared;  // null for IF and WHILE
  std::vector<const std::byte*> inputs;
  std::vector<std::byte*> outputs;
  std::byte* scratch = nullptr;
  const Team* team = nullptr;  // null: the caller runs it alone
  std::vector<OperatorOutput> observed;
  // IF and WHILE only.
  bool is_loop = false;
  const std::byte* condition = nullptr;
  std::vector<Copy> begin;        // before the first turn
  std::vector<Program> programs;  // then and else; condition and body

  void run() const noexcept {
    if (team != nullptr) {
      team->pool->run([](const void* step,
                         int index) noexcept { static_cast<const Step*>(step)->runShare(index); },
                      this);
    } else {
      prepared->run(prepared->params.get(), {inputs.data(), outputs.data(), scratch});
    }
  }

  void runShare(int index) const noexcept {
    const auto others = static_cast<std::size_t>(index) - 1;
    std::byte* own = index == 0 ? scratch : team->scratch + others * team->scratch_step;
    prepared->run_share(prepared->params.get(), {inputs.data(), outputs.data(), own},
                        {index, team->pool->threads()});
  }
};

// What loops may still cost in a run.
struct LoopBudget {
  std::uint64_t turns = 0;
  std::uint64_t work = 0;
};

// Runs the steps; `each` runs a kernel's step. Gives the loop that would pass the budget, or null
// where all is done. Recursion is as deep as calls may be nested (the loader's limit).
template <typename Each>
const Step* runProgram(const Program& program, LoopBudget& budget, const Each& each);

template <typename Each>
const Step* runLoop(const Step& step, LoopBudget& budget, const Each& each) {
  for (const auto& copy : step.begin) copy.run();
  const std::uint64_t work = step.programs[0].work + step.programs[1].work;
  while (true) {
    if (const auto* stuck = runProgram(step.programs[0], budget, each)) return stuck;
    if (*step.condition == std::byte{0}) return nullptr;
    if (budget.turns == 0 || budget.work < work) return &step;
    --budget.turns;
    budget.work -= work;
    if (const auto* stuck = runProgram(step.programs[1], budget, each)) return stuck;
  }
}

template <typename Each>
const Step* runProgram(const Program& program, LoopBudget& budget, const Each& each) {
  for (const auto& step : program.steps) {
    const Step* stuck = nullptr;
    if (step.prepared != nullptr) {
      each(step);
    } else if (step.is_loop) {
      stuck = runLoop(step, budget, each);
    } else {
      const std::size_t branch = *step.condition != std::byte{0} ? 0 : 1;
      stuck = runProgram(step.programs[branch], budget, each);
    }
    if (stuck != nullptr) return stuck;
  }
  for (const auto& copy : program.copies) copy.run();
  return nullptr;
}

}  // namespace primer::inference
