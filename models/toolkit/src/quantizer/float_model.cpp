#include "src/quantizer/float_model.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "src/quantizer/half.h"

namespace primer::toolkit {

namespace {

using tflite::BuiltinOperator;
using tflite::TensorType;

constexpr int kMaxInlining = 64;  // rounds; a composite that holds itself never ends

bool isInteger(TensorType type) {
  return type == TensorType::INT8 || type == TensorType::UINT8 || type == TensorType::INT16 ||
         type == TensorType::INT4;
}

bool isQuantised(const tflite::TensorT& tensor) {
  return isInteger(tensor.type) && tensor.quantization != nullptr &&
         (!tensor.quantization->scale.empty() ||
          tensor.quantization->details.type != tflite::QuantizationDetails::NONE);
}

template <typename T>
std::vector<float> realsOf(const tflite::ModelT& model, const tflite::TensorT& tensor) {
  const auto stored = constantValues<T>(model, tensor);
  const auto& quantization = *tensor.quantization;
  const auto channels = quantization.scale.size();
  std::size_t inner = 1;
  for (auto d = static_cast<std::size_t>(quantization.quantized_dimension) + 1;
       channels > 1 && d < tensor.shape.size(); ++d) {
    inner *= static_cast<std::size_t>(tensor.shape[d]);
  }
  std::vector<float> reals(stored.size());
  for (std::size_t i = 0; i < stored.size(); ++i) {
    const auto c = channels > 1 ? i / inner % channels : 0;
    const auto zero = c < quantization.zero_point.size() ? quantization.zero_point[c] : 0;
    reals[i] = quantization.scale[c] * static_cast<float>(stored[i] - zero);
  }
  return reals;
}

// The numbers that a DEQUANTIZE makes of a constant; empty where it is of a type not read here.
std::vector<float> dequantisedConstant(const tflite::ModelT& model, const tflite::TensorT& tensor) {
  if (!isConstant(model, tensor)) return {};
  if (tensor.type == TensorType::FLOAT16) {
    std::vector<float> reals;
    for (const auto half : constantValues<std::uint16_t>(model, tensor)) {
      reals.push_back(fromHalf(half));
    }
    return reals;
  }
  if (!tensor.quantization || tensor.quantization->scale.empty()) return {};
  if (tensor.type == TensorType::INT8) return realsOf<std::int8_t>(model, tensor);
  if (tensor.type == TensorType::UINT8) return realsOf<std::uint8_t>(model, tensor);
  if (tensor.type == TensorType::INT16) return realsOf<std::int16_t>(model, tensor);
  return {};
}

void foldStoredWeights(tflite::ModelT& model, tflite::SubGraphT& graph) {
  const auto folds = [&](const std::unique_ptr<tflite::OperatorT>& op) {
    if (operatorCode(model, *op) != BuiltinOperator::DEQUANTIZE || op->inputs.empty() ||
        op->inputs[0] < 0 || op->outputs.empty()) {
      return false;
    }
    const bool is_output = std::count(graph.outputs.begin(), graph.outputs.end(), op->outputs[0]);
    if (is_output) return false;
    const auto& from = *graph.tensors[static_cast<std::size_t>(op->inputs[0])];
    const auto reals = dequantisedConstant(model, from);
    if (reals.empty()) return false;
    auto& to = *graph.tensors[static_cast<std::size_t>(op->outputs[0])];
    to.buffer = addBuffer(model, std::as_bytes(std::span(reals)));
    to.type = TensorType::FLOAT32;
    return true;
  };
  graph.operators.erase(std::remove_if(graph.operators.begin(), graph.operators.end(), folds),
                        graph.operators.end());
  // What was folded away is named by nobody: it must not count as a quantised tensor.
  std::set<std::int32_t> named(graph.inputs.begin(), graph.inputs.end());
  for (const auto& op : graph.operators) named.insert(op->inputs.begin(), op->inputs.end());
  for (std::size_t t = 0; t < graph.tensors.size(); ++t) {
    auto& tensor = *graph.tensors[t];
    if (isQuantised(tensor) && isConstant(model, tensor) &&
        named.count(static_cast<std::int32_t>(t)) == 0) {
      tensor.quantization.reset();
    }
  }
}

// Puts the operators of a composite's decomposition in its place. False where an output of the
// decomposition is not made by an operator of its own: then it stays as it is.
bool inlineComposite(tflite::ModelT& model, tflite::SubGraphT& graph, std::size_t at) {
  const auto composite = std::make_unique<tflite::OperatorT>(*graph.operators[at]);
  const auto* options = composite->builtin_options_2.AsStableHLOCompositeOptions();
  if (options == nullptr || options->decomposition_subgraph_index <= 0 ||
      static_cast<std::size_t>(options->decomposition_subgraph_index) >= model.subgraphs.size()) {
    return false;
  }
  const auto& inner =
      *model.subgraphs[static_cast<std::size_t>(options->decomposition_subgraph_index)];
  if (&inner == &graph || inner.inputs.size() != composite->inputs.size() ||
      inner.outputs.size() != composite->outputs.size()) {
    return false;
  }
  std::map<std::int32_t, std::int32_t> place;
  for (std::size_t i = 0; i < inner.inputs.size(); ++i) {
    place[inner.inputs[i]] = composite->inputs[i];
  }
  std::set<std::int32_t> made;
  for (const auto& op : inner.operators) made.insert(op->outputs.begin(), op->outputs.end());
  for (std::size_t i = 0; i < inner.outputs.size(); ++i) {
    if (made.count(inner.outputs[i]) == 0) return false;
    if (!place.emplace(inner.outputs[i], composite->outputs[i]).second) return false;
  }
  const auto moved = [&](std::int32_t index) {
    if (index < 0) return index;
    const auto known = place.find(index);
    if (known != place.end()) return known->second;
    graph.tensors.push_back(
        std::make_unique<tflite::TensorT>(*inner.tensors[static_cast<std::size_t>(index)]));
    const auto added = static_cast<std::int32_t>(graph.tensors.size() - 1);
    place[index] = added;
    return added;
  };
  std::vector<std::unique_ptr<tflite::OperatorT>> steps;
  for (const auto& op : inner.operators) {
    steps.push_back(std::make_unique<tflite::OperatorT>(*op));
    for (auto* list :
         {&steps.back()->inputs, &steps.back()->outputs, &steps.back()->intermediates}) {
      std::transform(list->begin(), list->end(), list->begin(), moved);
    }
  }
  graph.operators.erase(graph.operators.begin() + static_cast<std::ptrdiff_t>(at));
  graph.operators.insert(graph.operators.begin() + static_cast<std::ptrdiff_t>(at),
                         std::make_move_iterator(steps.begin()),
                         std::make_move_iterator(steps.end()));
  return true;
}

void inlineComposites(tflite::ModelT& model, tflite::SubGraphT& graph) {
  int left = kMaxInlining;
  for (std::size_t i = 0; i < graph.operators.size() && left > 0;) {
    const bool composite =
        operatorCode(model, *graph.operators[i]) == BuiltinOperator::STABLEHLO_COMPOSITE;
    if (composite && inlineComposite(model, graph, i)) {
      --left;
    } else {
      ++i;
    }
  }
}

// Removes subgraphs that nothing names any more.
void dropUncalled(tflite::ModelT& model) {
  std::vector<bool> reached(model.subgraphs.size(), false);
  std::vector<std::size_t> open;
  const auto reach = [&](std::size_t g) {
    if (g >= reached.size() || reached[g]) return;
    reached[g] = true;
    open.push_back(g);
  };
  for (const auto& entry : entriesOf(model)) reach(entry.subgraph);
  while (!open.empty()) {
    const auto g = open.back();
    open.pop_back();
    for (auto& op : model.subgraphs[g]->operators) {
      forEachCalled(*op, [&](std::int32_t& called) {
        if (called >= 0) reach(static_cast<std::size_t>(called));
      });
    }
  }
  std::vector<std::int32_t> moved(reached.size(), -1);
  std::vector<std::unique_ptr<tflite::SubGraphT>> kept;
  for (std::size_t g = 0; g < reached.size(); ++g) {
    if (!reached[g]) continue;
    moved[g] = static_cast<std::int32_t>(kept.size());
    kept.push_back(std::move(model.subgraphs[g]));
  }
  model.subgraphs = std::move(kept);
  for (auto& graph : model.subgraphs) {
    for (auto& op : graph->operators) {
      forEachCalled(*op, [&](std::int32_t& called) {
        if (called >= 0) called = moved[static_cast<std::size_t>(called)];
      });
    }
  }
  for (auto& signature : model.signature_defs) {
    signature->subgraph_index =
        static_cast<std::uint32_t>(moved[static_cast<std::size_t>(signature->subgraph_index)]);
  }
}

}  // namespace

bool isConstant(const tflite::ModelT& model, const tflite::TensorT& tensor) {
  return !model.buffers[tensor.buffer]->data.empty();
}

std::vector<Entry> entriesOf(const tflite::ModelT& model) {
  std::vector<Entry> entries = {{0, ""}};
  for (const auto& signature : model.signature_defs) {
    const auto g = static_cast<std::size_t>(signature->subgraph_index);
    const bool known = std::any_of(entries.begin(), entries.end(),
                                   [&](const Entry& entry) { return entry.subgraph == g; });
    if (!known && g < model.subgraphs.size()) entries.push_back({g, signature->signature_key});
  }
  return entries;
}

bool beginsAnew(const tflite::ModelT& model) {
  return std::none_of(
      model.operator_codes.begin(), model.operator_codes.end(),
      [](const auto& code) { return code->builtin_code == tflite::BuiltinOperator::VAR_HANDLE; });
}

std::string operatorPlace(const tflite::ModelT& model, std::size_t g, std::size_t node) {
  const auto code = operatorCode(model, *model.subgraphs[g]->operators[node]);
  return "operator " + std::to_string(node) + " (" + operatorName(code) + ")" +
         (g == 0 ? "" : " of subgraph " + std::to_string(g));
}

void forEachCalled(tflite::OperatorT& op, const std::function<void(std::int32_t&)>& visit) {
  if (auto* o = op.builtin_options.AsWhileOptions()) {
    visit(o->cond_subgraph_index);
    visit(o->body_subgraph_index);
  } else if (auto* branch = op.builtin_options.AsIfOptions()) {
    visit(branch->then_subgraph_index);
    visit(branch->else_subgraph_index);
  } else if (auto* once = op.builtin_options.AsCallOnceOptions()) {
    visit(once->init_subgraph_index);
  } else if (auto* call = op.builtin_options.AsCallOptions()) {
    auto called = static_cast<std::int32_t>(call->subgraph);
    visit(called);
    call->subgraph = static_cast<std::uint32_t>(called);
  }
  if (auto* composite = op.builtin_options_2.AsStableHLOCompositeOptions()) {
    visit(composite->decomposition_subgraph_index);
  } else if (auto* loop = op.builtin_options_2.AsStablehloWhileOptions()) {
    visit(loop->cond_subgraph_index);
    visit(loop->body_subgraph_index);
  } else if (auto* cases = op.builtin_options_2.AsStablehloCaseOptions()) {
    for (auto& called : cases->branch_subgraph_indices) visit(called);
  }
}

Result<ModelObject> plainFloatModel(std::span<const std::byte> bytes, std::string_view name) {
  PRIMER_ASSIGN(auto model, parseModel(bytes, name));
  const auto damaged = [&](const std::string& what) {
    return fail(ErrorCode::kDamaged, std::string(name) + ": " + what);
  };
  for (const auto& signature : model->signature_defs) {
    if (signature->subgraph_index >= model->subgraphs.size()) {
      return damaged("signature '" + signature->signature_key + "' names no subgraph");
    }
  }
  bool calls_fit = true;
  for (auto& graph : model->subgraphs) {
    for (auto& op : graph->operators) {
      forEachCalled(*op, [&](std::int32_t& called) {
        calls_fit = calls_fit && called < static_cast<std::int32_t>(model->subgraphs.size());
      });
    }
  }
  if (!calls_fit) return damaged("an operator calls a subgraph that is not there");
  for (const auto& entry : entriesOf(*model)) {
    inlineComposites(*model, *model->subgraphs[entry.subgraph]);
  }
  dropUncalled(*model);
  for (auto& graph : model->subgraphs) {
    foldStoredWeights(*model, *graph);
    for (const auto& tensor : graph->tensors) {
      if (isQuantised(*tensor)) {
        return fail(ErrorCode::kUnsupported,
                    "tensor '" + tensor->name + "' is quantised already: a float model is needed");
      }
    }
  }
  return model;
}

Result<std::vector<std::byte>> beginningAt(const tflite::ModelT& model, std::size_t first) {
  const auto bytes = serialiseModel(model);
  if (first == 0) return bytes;
  PRIMER_ASSIGN(const auto turned, parseModel(bytes, "the model"));
  std::swap(turned->subgraphs[0], turned->subgraphs[first]);
  const auto swapped = [first](std::int64_t g) {
    if (g == 0) return static_cast<std::int64_t>(first);
    return g == static_cast<std::int64_t>(first) ? 0 : g;
  };
  for (auto& graph : turned->subgraphs) {
    for (auto& op : graph->operators) {
      forEachCalled(
          *op, [&](std::int32_t& called) { called = static_cast<std::int32_t>(swapped(called)); });
    }
  }
  for (auto& signature : turned->signature_defs) {
    signature->subgraph_index = static_cast<std::uint32_t>(swapped(signature->subgraph_index));
  }
  return serialiseModel(*turned);
}

}  // namespace primer::toolkit
