#pragma once

// What a session is: planned once (session_plan.cpp), then run and asked (session.cpp).

#include <fmt/format.h>

#include <atomic>
#include <memory>
#include <string_view>
#include <vector>

#include "primer/inference/session.h"
#include "src/aligned_block.h"
#include "src/model_impl.h"
#include "src/program.h"
#include "src/variable_memory.h"

namespace primer::inference {

struct Session::Impl {
  std::shared_ptr<const Model> model;
  SessionOptions options;
  CpuLevel level = CpuLevel::kScalar;
  std::shared_ptr<const PlannedGraph> planned;
  Program program;
  AlignedBlock arena;
  std::shared_ptr<VariableMemory> variables;  // tensors that keep their bytes from run to run
  AlignedBlock initial;                       // what is computed when a session is made: CALL_ONCE
  std::vector<std::byte*> tensor_data;        // of each tensor; null where it is never touched
  std::uint64_t macs = 0;
  std::size_t packed_bytes = 0;
  std::unique_ptr<ThreadPool> pool;  // of several threads, else null
  AlignedBlock team_scratch;
  Team team;
  std::atomic_flag running;
  bool is_packed = false;

  const Graph& graph() const { return planned->graph(); }

  Status plan();
  // What is left to the first run; all sessions of a plan share it.
  void pack() noexcept;
  Status placeVariables();
  Status runInitialisation();
  Status placeArena();
  Status gatherTeam();
  bool isShared(const PreparedNode& prepared) const;
  Program makeProgram(const Block& block);
  void makeCalls(const Node& node, Step& step);
  Step makeStep(std::size_t node_index) const;
  std::byte* ownMemory(std::size_t node_index) const;
  Copy copyOf(int from, int to) const;
  Error stuckIn(const Step& loop, const LoopBudget& budget) const;
  Error alreadyRuns() const {
    return {ErrorCode::kInvalidArgument,
            fmt::format("{}: another thread runs this session", model->name())};
  }
  Status allocate(AlignedBlock& block, std::uint64_t bytes, std::string_view what) const;
};

}  // namespace primer::inference
