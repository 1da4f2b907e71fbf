#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <set>

#include "primer/inference/session.h"
#include "primer/inference/support.h"
#include "primer/toolkit/metadata.h"
#include "src/commands/commands.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

std::string typeName(tflite::TensorType type) {
  std::string name = tflite::EnumNameTensorType(type);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return name;
}

Json tensorEntry(const tflite::ModelT& model, const tflite::SubGraphT& graph, std::size_t index) {
  const auto& tensor = *graph.tensors[index];
  Json entry = {{"index", index},
                {"name", tensor.name},
                {"type", typeName(tensor.type)},
                {"shape", tensor.shape}};
  if (!tensor.shape_signature.empty()) entry["shape_signature"] = tensor.shape_signature;
  if (tensor.is_variable) entry["variable"] = true;
  const auto constant = model.buffers[tensor.buffer]->data.size();
  if (constant > 0) entry["constant_bytes"] = constant;
  if (tensor.quantization && !tensor.quantization->scale.empty()) {
    const auto& q = *tensor.quantization;
    if (q.scale.size() == 1) {
      entry["scale"] = q.scale[0];
      entry["zero_point"] = q.zero_point.empty() ? 0 : q.zero_point[0];
    } else {
      entry["scales"] = q.scale.size();
      entry["dimension"] = q.quantized_dimension;
    }
  }
  return entry;
}

Json operatorEntry(const tflite::ModelT& model, const tflite::SubGraphT& graph, std::size_t index) {
  const auto& op = *graph.operators[index];
  const auto& code = *model.operator_codes[op.opcode_index];
  Json entry = {{"node", index},
                {"op", operatorName(operatorCode(model, op))},
                {"version", code.version},
                {"inputs", op.inputs},
                {"outputs", op.outputs}};
  if (!code.custom_code.empty()) entry["custom"] = code.custom_code;
  return entry;
}

Json graphEntry(const tflite::ModelT& model, const tflite::SubGraphT& graph) {
  Json tensors = Json::array();
  for (std::size_t i = 0; i < graph.tensors.size(); ++i) {
    tensors.push_back(tensorEntry(model, graph, i));
  }
  Json operators = Json::array();
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    operators.push_back(operatorEntry(model, graph, i));
  }
  return {{"name", graph.name},
          {"inputs", graph.inputs},
          {"outputs", graph.outputs},
          {"tensors", std::move(tensors)},
          {"operators", std::move(operators)}};
}

// Zeros and order-0 entropy of the weights: what a sparse or coded form could save. A zero is the
// element that stands for 0.
struct WeightCount {
  std::array<std::uint64_t, 256> int8{};
  std::uint64_t int8_total = 0;
  std::uint64_t total = 0;
  std::uint64_t zeros = 0;

  void add(const tflite::ModelT& model, const tflite::TensorT& tensor) {
    const auto& quantization = tensor.quantization;
    const auto zero_point = quantization && !quantization->zero_point.empty()
                                ? quantization->zero_point[0]
                                : std::int64_t{0};
    switch (tensor.type) {
      case tflite::TensorType::INT8:
        for (const auto value : constantValues<std::int8_t>(model, tensor)) {
          ++int8[static_cast<std::uint8_t>(value)];
          ++int8_total;
          count(value == zero_point);
        }
        break;
      case tflite::TensorType::UINT8:
        for (const auto value : model.buffers[tensor.buffer]->data) count(value == zero_point);
        break;
      case tflite::TensorType::FLOAT32:
        for (const float value : constantValues<float>(model, tensor)) count(value == 0);
        break;
      default:
        break;
    }
  }

  Json told() const {
    double entropy = 0;
    for (const auto times : int8) {
      if (times == 0) continue;
      const double p = static_cast<double>(times) / static_cast<double>(int8_total);
      entropy -= p * std::log2(p);
    }
    return {{"count", total},
            {"zeros", zeros},
            {"int8_entropy_bits", int8_total > 0 ? Json(entropy) : Json()}};
  }

 private:
  void count(bool is_zero) {
    ++total;
    if (is_zero) ++zeros;
  }
};

Json weightEntry(const tflite::ModelT& model) {
  WeightCount count;
  std::set<std::uint32_t> seen;
  for (const auto& graph : model.subgraphs) {
    for (const auto& tensor : graph->tensors) {
      if (seen.insert(tensor->buffer).second) count.add(model, *tensor);
    }
  }
  return count.told();
}

Json byteEntry(const tflite::ModelT& model, std::size_t file_bytes) {
  std::map<std::string, std::size_t> kinds;
  std::set<std::uint32_t> seen;
  std::size_t told = 0;
  const auto count = [&](const std::string& kind, std::uint32_t buffer) {
    if (!seen.insert(buffer).second) return;
    const auto size = model.buffers[buffer]->data.size();
    if (size == 0) return;
    kinds[kind] += size;
    told += size;
  };
  for (const auto& graph : model.subgraphs) {
    for (const auto& tensor : graph->tensors) count(typeName(tensor->type), tensor->buffer);
  }
  for (const auto& entry : model.metadata) count("metadata", entry->buffer);
  Json bytes = {{"file", file_bytes}};
  for (const auto& [kind, size] : kinds) bytes[kind] = size;
  bytes["structure"] = file_bytes - std::min(told, file_bytes);
  return bytes;
}

Json signatureEntries(const tflite::ModelT& model) {
  Json signatures = Json::array();
  for (const auto& signature : model.signature_defs) {
    const auto map = [](const auto& entries) {
      Json names = Json::object();
      for (const auto& entry : entries) names[entry->name] = entry->tensor_index;
      return names;
    };
    signatures.push_back({{"name", signature->signature_key},
                          {"graph", signature->subgraph_index},
                          {"inputs", map(signature->inputs)},
                          {"outputs", map(signature->outputs)}});
  }
  return signatures;
}

// What only the engine knows; why not, where it cannot run the model.
void addEngineFigures(const std::filesystem::path& path, Json& report) {
  const auto model = inference::Model::open(path);
  const auto open = [&](bool optimise) -> Result<inference::Session> {
    if (!model) return fail(model.error());
    return inference::Session::create(*model, {.optimise = optimise});
  };
  const auto session = open(false);  // every operator of the file
  const auto planned = open(true);
  if (!session || !planned) {
    report["macs"] = nullptr;
    report["arena_bytes"] = nullptr;
    report["not_runnable"] = (session ? planned.error() : session.error()).message;
    return;
  }
  report["macs"] = session->macs();
  report["arena_bytes"] = planned->arenaBytes();
  // Of the file's tensors, each in a place of its own.
  report["arena_greedy_bytes"] = session->arenaFigures().greedy_bytes;
  report["arena_bound_bytes"] = session->arenaFigures().bound_bytes;
  report["packed_bytes"] = planned->packedBytes();
  for (const auto& each : session->operators()) {
    auto& graph = each.subgraph == 0 ? report : report["subgraphs"][each.subgraph - 1];
    auto& op = graph["operators"][each.node];
    op["macs"] = each.macs;
    op["bytes"] = each.bytes;
  }
}

Result<Json> inspect(const std::string& name) {
  const auto path = modelPath(name);
  PRIMER_ASSIGN(const auto bytes, readFile(path));
  PRIMER_ASSIGN(const auto model, parseModel(bytes, path.string()));
  PRIMER_ASSIGN(const auto metadata, readMetadata(bytes));
  Json report = {{"model", path.string()},
                 {"description", model->description},
                 {"graphs", model->subgraphs.size()},
                 {"signatures", signatureEntries(*model)},
                 {"bytes", byteEntry(*model, bytes.size())},
                 {"weights", weightEntry(*model)},
                 {"metadata", metadata}};
  report.update(graphEntry(*model, *model->subgraphs[0]));
  report["subgraphs"] = Json::array();  // those that the main one calls, or signatures name
  for (std::size_t i = 1; i < model->subgraphs.size(); ++i) {
    report["subgraphs"].push_back(graphEntry(*model, *model->subgraphs[i]));
  }
  addEngineFigures(path, report);
  return report;
}

Json supportEntries() {
  Json operators = Json::array();
  for (const auto& op : inference::supportedOperators()) {
    Json types = Json::array();
    for (const auto& one : op.types) types.push_back(describe(one));
    operators.push_back(
        {{"op", op.name}, {"newest_version", op.newest_version}, {"types", std::move(types)}});
  }
  return {{"operators", std::move(operators)}};
}

}  // namespace

void addInspectCommand(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("inspect", "what a model file holds");
  struct Arguments {
    std::string name;
    bool operators = false;
  };
  auto arguments = std::make_shared<Arguments>();
  auto* name = command->add_option("model", arguments->name, "file, or name of a shipped model");
  auto* operators = command->add_flag("--operators", arguments->operators,
                                      "which operators this engine has, and on which types");
  operators->excludes(name);
  command->callback([&context, arguments] {
    if (arguments->operators) return context.print(supportEntries());
    if (arguments->name.empty()) {
      return context.report({ErrorCode::kInvalidArgument, "inspect: a model is required"});
    }
    const auto report = inspect(arguments->name);
    if (!report) return context.report(report.error());
    context.print(*report);
  });
}

}  // namespace primer::toolkit
