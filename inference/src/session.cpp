#include "primer/inference/session.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "src/session_impl.h"

namespace primer::inference {
namespace {

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
  impl_->pack();
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
  impl_->pack();
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
