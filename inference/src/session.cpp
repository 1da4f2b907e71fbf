#include "primer/inference/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <utility>

#include "planner/lives.h"
#include "src/aligned_block.h"
#include "src/model_impl.h"
#include "src/program.h"
#include "src/variable_memory.h"

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

// Who came first may run.
class RunGuard {
 public:
  explicit RunGuard(std::atomic_flag& running)
      : running_(running), is_first_(!running.test_and_set(std::memory_order_acquire)) {}
  ~RunGuard() {
    if (is_first_) running_.clear(std::memory_order_release);
  }
  RunGuard(const RunGuard&) = delete;
  RunGuard& operator=(const RunGuard&) = delete;

  bool isFirst() const { return is_first_; }

 private:
  std::atomic_flag& running_;
  bool is_first_;
};

}  // namespace

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

  const Graph& graph() const { return planned->graph(); }

  Status plan();
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

Error Session::Impl::stuckIn(const Step& loop, const LoopBudget& budget) const {
  const auto& limits = model->impl().limits;
  const auto text =
      budget.turns == 0
          ? fmt::format("loop-turns: a run takes more than {} turns", limits.max_loop_turns)
          : fmt::format("work: a run takes more than {} operations", limits.max_work);
  return model->impl().nodeError(graph().nodes[loop.node], {ErrorCode::kLimitExceeded, text});
}

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

Result<Session> Session::create(std::shared_ptr<const Model> model, const SessionOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->model = std::move(model);
  impl->options = options;
  PRIMER_TRY(impl->plan());
  return Session(std::move(impl));
}

const Model& Session::model() const { return *impl_->model; }

std::span<std::byte> Session::inputBytes(std::size_t index) {
  const int tensor = impl_->graph().entry().inputs[index];
  return {impl_->tensor_data[tensor], impl_->graph().tensors[tensor].info.bytes};
}

std::span<const std::byte> Session::outputBytes(std::size_t index) const {
  const int tensor = impl_->graph().entry().outputs[index];
  return {impl_->tensor_data[tensor], impl_->graph().tensors[tensor].info.bytes};
}

Status Session::setReals(std::size_t input, std::span<const float> reals) {
  auto status = writeReals(reals, model().input(input), inputBytes(input));
  if (!status) return fail(status.error().withContext(model().name()));
  return {};
}

Status Session::reals(std::size_t output, std::span<float> reals) const {
  auto status = readReals(model().output(output), outputBytes(output), reals);
  if (!status) return fail(status.error().withContext(model().name()));
  return {};
}

void Session::reset() noexcept { impl_->variables->reset(); }

Status Session::run() noexcept {
  const RunGuard guard(impl_->running);
  if (!guard.isFirst()) return fail(impl_->alreadyRuns());
  const auto& limits = impl_->model->impl().limits;
  LoopBudget budget{limits.max_loop_turns, limits.max_work};
  const auto* stuck =
      runProgram(impl_->program, budget, [](const Step& step) noexcept { step.run(); });
  if (stuck != nullptr) return fail(impl_->stuckIn(*stuck, budget));
  return {};
}

Status Session::run(const OperatorObserver& observer) {
  using Clock = std::chrono::steady_clock;
  const RunGuard guard(impl_->running);
  if (!guard.isFirst()) return fail(impl_->alreadyRuns());
  const auto& limits = impl_->model->impl().limits;
  LoopBudget budget{limits.max_loop_turns, limits.max_work};
  const auto* stuck = runProgram(impl_->program, budget, [&](const Step& step) {
    const auto begin = Clock::now();
    step.run();
    const auto end = Clock::now();
    const auto& node = impl_->graph().nodes[step.node];
    OperatorEvent event;
    event.node = node.position;
    event.subgraph = node.subgraph;
    event.op = node.name;
    event.macs = step.prepared->macs;
    event.bytes = step.prepared->bytes;
    event.began =
        std::chrono::duration_cast<std::chrono::nanoseconds>(begin.time_since_epoch()).count();
    event.nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(end - begin).count();
    event.outputs = step.observed;
    observer(event);
  });
  if (stuck != nullptr) return fail(impl_->stuckIn(*stuck, budget));
  return {};
}

namespace {

void listOperators(const Graph& graph, const Program& program,
                   std::vector<PlannedOperator>& operators) {
  for (const auto& step : program.steps) {
    for (const auto& called : step.programs) listOperators(graph, called, operators);
    if (step.prepared == nullptr) continue;
    const auto& node = graph.nodes[step.node];
    operators.push_back({node.position, node.subgraph, node.name, step.prepared->macs,
                         step.prepared->bytes, step.prepared->is_accelerated});
  }
}

}  // namespace

std::vector<PlannedOperator> Session::operators() const {
  std::vector<PlannedOperator> operators;
  listOperators(impl_->graph(), impl_->program, operators);
  return operators;
}

int Session::threads() const { return impl_->pool == nullptr ? 1 : impl_->pool->threads(); }
std::size_t Session::arenaBytes() const { return impl_->arena.size(); }
ArenaFigures Session::arenaFigures() const {
  const auto& memory = impl_->planned->memory();
  return {memory.bytes, memory.greedy_bytes, memory.bound_bytes};
}
std::size_t Session::packedBytes() const { return impl_->packed_bytes; }
std::uint64_t Session::macs() const { return impl_->macs; }
std::string_view Session::cpuLevel() const { return cpuLevelName(impl_->level); }

}  // namespace primer::inference
