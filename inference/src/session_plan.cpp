// How a session is made: memory for all tensors, and the program of steps that runs on it.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <thread>
#include <utility>

#include "planner/lives.h"
#include "src/session_impl.h"

namespace primer::inference {
namespace {

// What a step costs that computes nothing, in units of work: turns of a loop add up.
constexpr std::uint64_t kStepWork = 32;

std::uint64_t moved(const Copy& copy) { return copy.from == copy.to ? 0 : copy.bytes; }

// Of all the copies that IF or WHILE makes besides its operators, each counted once.
std::uint64_t movedBytes(const Step& step) {
  std::uint64_t bytes = 0;
  for (const auto& copy : step.begin) bytes += moved(copy);
  for (const auto& program : step.programs) {
    for (const auto& copy : program.copies) bytes += moved(copy);
  }
  return bytes;
}

}  // namespace

Status Session::Impl::allocate(AlignedBlock& block, std::uint64_t bytes,
                               std::string_view what) const {
  const auto most = model->impl().limits.max_arena_bytes;
  if (bytes > most) {
    return fail(ErrorCode::kLimitExceeded,
                fmt::format("{}: arena-bytes: {} of {} bytes, at most {} are allowed",
                            model->name(), what, bytes, most));
  }
  block = AlignedBlock(bytes);
  if (!block.ok()) {
    return fail(
        ErrorCode::kLimitExceeded,
        fmt::format("{}: arena-bytes: no memory for {} of {} bytes", model->name(), what, bytes));
  }
  return {};
}

Step Session::Impl::makeStep(std::size_t node_index) const {
  const auto& node = graph().nodes[node_index];
  Step step;
  step.node = node_index;
  step.prepared = planned->prepared(node_index);
  for (const int input : node.inputs) {
    step.inputs.push_back(input == kNoTensor ? nullptr : tensor_data[input]);
  }
  for (const int output : node.outputs) {
    step.outputs.push_back(tensor_data[output]);
    const auto& info = graph().tensors[output].info;
    step.observed.push_back(
        {static_cast<std::size_t>(output), info, {tensor_data[output], info.bytes}});
  }
  return step;
}

void Session::Impl::pack() noexcept {
  if (is_packed) return;
  // Most of what was read of the file lies rearranged then.
  if (planned->pack()) model->impl().file->mapped.release();
  is_packed = true;
}

// Variables have memory that no plan reuses.
Status Session::Impl::placeVariables() {
  const auto* other = std::exchange(options.state_of, nullptr);
  variables =
      std::make_shared<VariableMemory>(other == nullptr ? nullptr : other->impl_->variables);
  if (auto status = variables->find(graph()); !status) {
    return fail(status.error().withContext(model->name()));
  }
  AlignedBlock block;
  PRIMER_TRY(allocate(block, variables->ownBytes(graph()), "variables"));
  variables->place(graph(), std::move(block), tensor_data);
  return {};
}

// Runs what CALL_ONCE calls.
Status Session::Impl::runInitialisation() {
  std::vector<std::size_t> order;
  std::uint64_t bytes = 0;
  std::uint64_t scratch_bytes = 0;
  for (const auto index : programOrder(graph())) {
    const auto& node = graph().nodes[index];
    // What another session has begun goes on.
    const bool begun = std::any_of(node.outputs.begin(), node.outputs.end(),
                                   [&](int output) { return variables->isBorrowed(output); });
    if (!node.once || begun) continue;
    order.push_back(index);
    for (const int output : graph().nodes[index].outputs) {
      if (tensor_data[output] == nullptr) bytes += arenaAligned(graph().tensors[output].info.bytes);
    }
    scratch_bytes = std::max<std::uint64_t>(scratch_bytes, planned->prepared(index)->scratch_bytes);
  }
  PRIMER_TRY(allocate(initial, bytes, "initialisation"));
  AlignedBlock scratch;
  PRIMER_TRY(allocate(scratch, scratch_bytes, "scratch"));
  std::uint64_t offset = 0;
  for (const auto index : order) {
    for (const int output : graph().nodes[index].outputs) {
      if (tensor_data[output] != nullptr) continue;  // a variable
      tensor_data[output] = initial.data() + offset;
      offset += arenaAligned(graph().tensors[output].info.bytes);
    }
    pack();
    auto step = makeStep(index);
    step.scratch = scratch.data();
    step.run();
  }
  return {};
}

Copy Session::Impl::copyOf(int from, int to) const {
  return {tensor_data[from], tensor_data[to], graph().tensors[to].info.bytes};
}

// Sharing a node costs about a microsecond. Scratch is needed by one node at a time.
bool Session::Impl::isShared(const PreparedNode& prepared) const {
  constexpr std::uint64_t kWorthSharing = 1 << 17;
  return pool != nullptr && prepared.run_share != nullptr && prepared.macs >= kWorthSharing;
}

Status Session::Impl::gatherTeam() {
  const int cpus = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  const int threads = std::clamp(options.threads, 1, cpus);
  if (threads == 1) return {};
  pool = std::make_unique<ThreadPool>(threads);
  if (pool->threads() == 1) pool.reset();
  std::uint64_t scratch = 0;
  for (const auto index : programOrder(graph())) {
    const auto& prepared = planned->prepared(index);
    if (prepared == nullptr || !isShared(*prepared)) continue;
    scratch = std::max(scratch, arenaAligned(prepared->scratch_bytes));
  }
  const auto others = static_cast<std::uint64_t>(threads - 1);
  PRIMER_TRY(allocate(team_scratch, others * scratch, "scratch"));
  team = {pool.get(), team_scratch.data(), static_cast<std::size_t>(scratch)};
  return {};
}

Status Session::Impl::placeArena() {
  const auto& memory = planned->memory();
  PRIMER_TRY(allocate(arena, memory.bytes, "arena"));
  PRIMER_TRY(gatherTeam());
  for (std::size_t t = 0; t < tensor_data.size(); ++t) {
    const auto offset = memory.tensor_offset[t];
    if (offset != MemoryPlan::kNowhere) tensor_data[t] = arena.data() + offset;
  }
  program = makeProgram(graph().entry());
  return {};
}

// What a node has beside its tensors: scratch; in WHILE, room for what must be kept between turns.
std::byte* Session::Impl::ownMemory(std::size_t node_index) const {
  return arena.data() + planned->memory().own_offset[node_index];
}

Program Session::Impl::makeProgram(const Block& block) {
  Program made;
  made.work = block.work;
  for (const auto index : block.order) {
    const auto& node = graph().nodes[index];
    if (node.once) continue;
    Step step;
    if (node.blocks.empty()) {
      step = makeStep(index);
      step.scratch = ownMemory(index);
      if (isShared(*step.prepared)) step.team = &team;
      macs += step.prepared->macs;
      packed_bytes += step.prepared->packed_bytes;
    } else {
      step.node = index;
      makeCalls(node, step);
      made.work += movedBytes(step);
    }
    made.steps.push_back(std::move(step));
  }
  return made;
}

void Session::Impl::makeCalls(const Node& node, Step& step) {
  for (const auto index : node.blocks) {
    step.programs.push_back(makeProgram(graph().blocks[index]));
    step.programs.back().work += kStepWork * step.programs.back().steps.size();
  }
  step.is_loop = node.op == tflite::BuiltinOperator::WHILE;
  if (!step.is_loop) {
    step.condition = tensor_data[node.inputs[0]];
    for (std::size_t b = 0; b < node.blocks.size(); ++b) {
      const auto& results = graph().blocks[node.blocks[b]].outputs;
      for (std::size_t i = 0; i < results.size(); ++i) {
        step.programs[b].copies.push_back(copyOf(results[i], node.outputs[i]));
      }
    }
    return;
  }
  step.condition = tensor_data[graph().blocks[node.blocks[0]].outputs[0]];
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    step.begin.push_back(copyOf(node.inputs[i], node.outputs[i]));
  }
  auto& copies = step.programs[1].copies;
  std::vector<Copy> last;
  std::byte* staged = ownMemory(node.index);
  const auto& results = graph().blocks[node.blocks[1]].outputs;
  for (std::size_t i = 0; i < results.size(); ++i) {
    auto copy = copyOf(results[i], node.outputs[i]);
    if (isStaged(node, results[i], i)) {
      copies.push_back({copy.from, staged, copy.bytes});
      copy.from = staged;
      staged += arenaAligned(copy.bytes);
    }
    last.push_back(copy);
  }
  copies.insert(copies.end(), last.begin(), last.end());
  for (const auto& copy : copies) step.programs[1].work += moved(copy);  // in every turn
}

Status Session::Impl::plan() {
  PRIMER_ASSIGN(level, chooseCpuLevel(std::getenv("PRIMER_CPU")));
  PlanOptions wish;
  wish.level = level;
  wish.optimise = options.optimise && !options.keep_intermediates;
  wish.keep_intermediates = options.keep_intermediates;
  wish.accelerator = {options.accelerator, options.accelerator_use};
  PRIMER_ASSIGN(planned, model->impl().planned(wish));
  tensor_data.assign(graph().tensors.size(), nullptr);
  for (std::size_t t = 0; t < graph().tensors.size(); ++t) {
    const auto& tensor = graph().tensors[t];
    // Kernels only read their inputs, and no operator writes to a constant: the loader saw to it.
    if (tensor.is_constant) tensor_data[t] = const_cast<std::byte*>(tensor.constant.data());
  }
  PRIMER_TRY(placeVariables());
  PRIMER_TRY(runInitialisation());
  variables->keepFirst();
  return placeArena();
}

}  // namespace primer::inference
