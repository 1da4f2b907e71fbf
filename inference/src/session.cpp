#include "primer/inference/session.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <cstring>

#include "src/aligned_block.h"
#include "src/model_impl.h"

namespace primer::inference {
namespace {

// One operator with everything resolved.
struct Step {
  std::size_t node = 0;
  std::shared_ptr<const PreparedNode> prepared;
  std::vector<const std::byte*> inputs;
  std::vector<std::byte*> outputs;
  std::byte* scratch = nullptr;
  std::vector<OperatorOutput> observed;

  void run() const noexcept {
    prepared->run(prepared->params.get(), {inputs.data(), outputs.data(), scratch});
  }
};

// A tensor's life in steps: 0 is before the first operator, step k is the k-th operator's.
struct Life {
  bool used = false;
  std::size_t first = 0;
  std::size_t last = 0;
};

}  // namespace

struct Session::Impl {
  std::shared_ptr<const Model> model;
  SessionOptions options;
  CpuLevel level = CpuLevel::kScalar;
  std::vector<Step> steps;
  AlignedBlock arena;
  AlignedBlock variables;               // tensors that keep their bytes from run to run
  AlignedBlock folded;                  // results that depend on constants only
  std::vector<std::byte*> tensor_data;  // of each tensor; null where it is never touched
  std::uint64_t macs = 0;
  std::size_t packed_bytes = 0;

  const Graph& graph() const { return model->impl().graph; }

  Status plan();
  std::vector<bool> foldedTensors() const;
  std::vector<Life> tensorLives(const std::vector<std::size_t>& order) const;
  Status placeVariables();
  Status placeFolded(const std::vector<std::size_t>& order);
  Status placeArena(const std::vector<std::size_t>& order);
  Result<Step> makeStep(std::size_t node_index) const;
  Status allocate(AlignedBlock& block, std::uint64_t bytes, std::string_view what) const;
};

// Tensors whose value follows from constants: their operators run once, at planning.
std::vector<bool> Session::Impl::foldedTensors() const {
  std::vector<bool> folded_tensor(graph().tensors.size(), false);
  for (const auto index : graph().order) {
    const auto& node = graph().nodes[index];
    bool constant = !node.inputs.empty();
    for (const int input : node.inputs) {
      constant = constant &&
                 (input == kNoTensor || graph().tensors[input].is_constant || folded_tensor[input]);
    }
    for (const int output : node.outputs) {
      folded_tensor[output] = constant && !graph().tensors[output].is_variable;
    }
  }
  return folded_tensor;
}

std::vector<Life> Session::Impl::tensorLives(const std::vector<std::size_t>& order) const {
  std::vector<Life> lives(graph().tensors.size());
  const std::size_t end = order.size() + 1;
  const auto touch = [&](int tensor, std::size_t step) {
    if (tensor == kNoTensor || tensor_data[tensor] != nullptr) return;
    auto& life = lives[tensor];
    if (!life.used) life = {true, step, step};
    life.last = std::max(life.last, step);
  };
  for (const int input : graph().inputs) touch(input, 0);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto& node = graph().nodes[order[i]];
    for (const int output : node.outputs) touch(output, i + 1);
    for (const int input : node.inputs) touch(input, i + 1);
  }
  for (const int output : graph().outputs) touch(output, end);
  if (options.keep_intermediates) {
    for (auto& life : lives) life.last = end;
  }
  return lives;
}

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

Result<Step> Session::Impl::makeStep(std::size_t node_index) const {
  const auto& node = graph().nodes[node_index];
  Step step;
  step.node = node_index;
  PRIMER_ASSIGN(step.prepared, model->impl().prepared(level, node_index));
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

// Variables have memory of their own, which no plan reuses. It begins as zeros.
Status Session::Impl::placeVariables() {
  std::uint64_t bytes = 0;
  for (const auto& tensor : graph().tensors) {
    if (tensor.is_variable) bytes += arenaAligned(tensor.info.bytes);
  }
  PRIMER_TRY(allocate(variables, bytes, "variables"));
  if (bytes > 0) std::memset(variables.data(), 0, bytes);
  std::uint64_t offset = 0;
  for (std::size_t t = 0; t < graph().tensors.size(); ++t) {
    if (!graph().tensors[t].is_variable) continue;
    tensor_data[t] = variables.data() + offset;
    offset += arenaAligned(graph().tensors[t].info.bytes);
  }
  return {};
}

// Gives the folded tensors memory and runs their operators.
Status Session::Impl::placeFolded(const std::vector<std::size_t>& order) {
  std::uint64_t bytes = 0;
  std::uint64_t scratch_bytes = 0;
  for (const auto index : order) {
    for (const int output : graph().nodes[index].outputs) {
      if (tensor_data[output] == nullptr) bytes += arenaAligned(graph().tensors[output].info.bytes);
    }
    PRIMER_ASSIGN(const auto prepared, model->impl().prepared(level, index));
    scratch_bytes = std::max<std::uint64_t>(scratch_bytes, prepared->scratch_bytes);
  }
  PRIMER_TRY(allocate(folded, bytes, "constants"));
  AlignedBlock scratch;
  PRIMER_TRY(allocate(scratch, scratch_bytes, "scratch"));
  std::uint64_t offset = 0;
  for (const auto index : order) {
    for (const int output : graph().nodes[index].outputs) {
      if (tensor_data[output] != nullptr) continue;  // a variable
      tensor_data[output] = folded.data() + offset;
      offset += arenaAligned(graph().tensors[output].info.bytes);
    }
    PRIMER_ASSIGN(auto step, makeStep(index));
    step.scratch = scratch.data();
    step.run();
  }
  return {};
}

Status Session::Impl::placeArena(const std::vector<std::size_t>& order) {
  const auto lives = tensorLives(order);
  std::vector<ArenaRequest> requests;
  std::vector<int> request_tensor;
  for (std::size_t t = 0; t < lives.size(); ++t) {
    if (!lives[t].used) continue;
    requests.push_back({graph().tensors[t].info.bytes, lives[t].first, lives[t].last,
                        lives[t].last == order.size() + 1});
    request_tensor.push_back(static_cast<int>(t));
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    PRIMER_ASSIGN(const auto prepared, model->impl().prepared(level, order[i]));
    requests.push_back({prepared->scratch_bytes, i + 1, i + 1, false});
  }
  const auto plan = planArena(requests);
  PRIMER_TRY(allocate(arena, plan.bytes, "arena"));
  for (std::size_t r = 0; r < request_tensor.size(); ++r) {
    tensor_data[request_tensor[r]] = arena.data() + plan.offsets[r];
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    PRIMER_ASSIGN(auto step, makeStep(order[i]));
    step.scratch = arena.data() + plan.offsets[request_tensor.size() + i];
    macs += step.prepared->macs;
    packed_bytes += step.prepared->packed_bytes;
    steps.push_back(std::move(step));
  }
  return {};
}

Status Session::Impl::plan() {
  PRIMER_ASSIGN(level, chooseCpuLevel(std::getenv("PRIMER_CPU")));
  tensor_data.assign(graph().tensors.size(), nullptr);
  for (std::size_t t = 0; t < graph().tensors.size(); ++t) {
    const auto& tensor = graph().tensors[t];
    // Kernels only read their inputs, and no operator writes to a constant: the loader saw to it.
    if (tensor.is_constant) tensor_data[t] = const_cast<std::byte*>(tensor.constant.data());
  }
  PRIMER_TRY(placeVariables());
  const auto folded_tensor = foldedTensors();
  std::vector<std::size_t> once;
  std::vector<std::size_t> every_run;
  for (const auto index : graph().order) {
    const auto& outputs = graph().nodes[index].outputs;
    const bool fold = graph().nodes[index].once || (!outputs.empty() && folded_tensor[outputs[0]]);
    (fold ? once : every_run).push_back(index);
  }
  PRIMER_TRY(placeFolded(once));
  return placeArena(every_run);
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
  const int tensor = impl_->graph().inputs[index];
  return {impl_->tensor_data[tensor], impl_->graph().tensors[tensor].info.bytes};
}

std::span<const std::byte> Session::outputBytes(std::size_t index) const {
  const int tensor = impl_->graph().outputs[index];
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

void Session::run() noexcept {
  for (const auto& step : impl_->steps) step.run();
}

void Session::run(const OperatorObserver& observer) {
  using Clock = std::chrono::steady_clock;
  for (const auto& step : impl_->steps) {
    const auto begin = Clock::now();
    step.run();
    const auto end = Clock::now();
    OperatorEvent event;
    event.node = step.node;
    event.op = impl_->graph().nodes[step.node].name;
    event.macs = step.prepared->macs;
    event.nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(end - begin).count();
    event.outputs = step.observed;
    observer(event);
  }
}

std::size_t Session::arenaBytes() const { return impl_->arena.size(); }
std::size_t Session::packedBytes() const { return impl_->packed_bytes; }
std::uint64_t Session::macs() const { return impl_->macs; }
std::string_view Session::cpuLevel() const { return cpuLevelName(impl_->level); }

}  // namespace primer::inference
