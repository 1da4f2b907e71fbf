#include "src/quantizer/plan.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

#include "src/quantizer/float_model.h"
#include "src/quantizer/lstm_writer.h"
#include "src/quantizer/ranges.h"

namespace primer::toolkit {

namespace {

// `pattern` may hold * for any text.
bool fits(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern[0] == '*') {
    for (std::size_t skipped = 0; skipped <= name.size(); ++skipped) {
      if (fits(pattern.substr(1), name.substr(skipped))) return true;
    }
    return false;
  }
  return !name.empty() && name[0] == pattern[0] && fits(pattern.substr(1), name.substr(1));
}

bool fits(const Override& exception, const tflite::ModelT& model, const tflite::SubGraphT& graph,
          const tflite::OperatorT& op) {
  const auto& name =
      op.outputs.empty() ? "" : graph.tensors[static_cast<std::size_t>(op.outputs[0])]->name;
  return (exception.name.empty() || fits(exception.name, name)) &&
         (exception.op.empty() || exception.op == operatorName(operatorCode(model, op)));
}

bool hasFloatOperand(const tflite::SubGraphT& graph, const tflite::OperatorT& op) {
  const auto is_float = [&](std::int32_t tensor) { return isFloat(graph, tensor); };
  return std::any_of(op.inputs.begin(), op.inputs.end(), is_float) ||
         std::any_of(op.outputs.begin(), op.outputs.end(), is_float);
}

// What keeps an operator from its form in a precision, or nothing.
std::optional<std::string> obstacle(const tflite::ModelT& model, const tflite::SubGraphT& graph,
                                    const tflite::OperatorT& op, Precision precision) {
  const auto code = operatorCode(model, op);
  const auto* rule = findOperatorRule(code);
  const std::string form = std::string(precisionName(precision)) + " form";
  if (versionFor(rule, precision) == 0) return "has no " + form + " in this version";
  if (rule->recurrent) {
    if (const auto problem = lstmObstacle(model, graph, op); !problem.empty()) {
      return "has no " + form + " with " + problem;
    }
  }
  for (const auto position : {rule->weights, rule->bias}) {
    if (position < 0 || static_cast<std::size_t>(position) >= op.inputs.size()) continue;
    const auto index = op.inputs[static_cast<std::size_t>(position)];
    if (!isFloat(graph, index)) continue;
    const auto& tensor = *graph.tensors[static_cast<std::size_t>(index)];
    if (!isConstant(model, tensor)) {
      return "has no " + form + ": its weights '" + tensor.name + "' are computed";
    }
  }
  return std::nullopt;
}

// Sets of (tensor, precision) that share a scale.
class Groups {
 public:
  explicit Groups(std::size_t tensors) : parent_(2 * tensors), fixed_(2 * tensors) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  static std::size_t key(std::int32_t tensor, Precision precision) {
    return 2 * static_cast<std::size_t>(tensor) + (precision == Precision::kInt16 ? 1 : 0);
  }
  std::size_t of(std::size_t key) {
    while (parent_[key] != key) key = parent_[key] = parent_[parent_[key]];
    return key;
  }
  void join(std::size_t a, std::size_t b) {
    a = of(a), b = of(b);
    if (a == b) return;
    if (!fixed_[b]) fixed_[b] = fixed_[a];
    parent_[a] = b;
  }
  void fix(std::size_t key, const ScaleAndZero& scale) { fixed_[of(key)] = scale; }
  const std::optional<ScaleAndZero>& fixed(std::size_t key) { return fixed_[of(key)]; }

 private:
  std::vector<std::size_t> parent_;
  std::vector<std::optional<ScaleAndZero>> fixed_;  // of the group, at its root
};

class Planner {
 public:
  Planner(const tflite::ModelT& model, std::size_t g, const Precisions& precisions)
      : model_(model),
        graph_(*model.subgraphs[g]),
        precisions_(precisions),
        groups_(graph_.tensors.size()) {}

  GraphPlan plan(const Statistics& statistics, RangeRule rule) {
    fixOutputs();
    // Movers of one value first: what they join is settled when the many-valued ones look at it.
    joinShared([](std::size_t inputs) { return inputs == 1; });
    joinShared([](std::size_t inputs) { return inputs > 1; });

    std::map<std::size_t, std::vector<const ValueStatistics*>> seen;
    std::map<std::int32_t, ValueStatistics> constants;
    for (const auto key : keys()) {
      const auto tensor = static_cast<std::int32_t>(key / 2);
      const auto known = statistics.find(static_cast<std::size_t>(tensor));
      if (known != statistics.end()) {
        seen[groups_.of(key)].push_back(&known->second);
        continue;
      }
      const auto& one = *graph_.tensors[static_cast<std::size_t>(tensor)];
      if (!isConstant(model_, one)) continue;
      const auto [it, added] = constants.try_emplace(tensor);
      if (added) it->second = statisticsOf(constantValues<float>(model_, one));
      seen[groups_.of(key)].push_back(&it->second);
    }
    GraphPlan plan;
    plan.precisions = precisions_;
    for (auto& scales : plan.scales) scales.resize(graph_.tensors.size());
    std::map<std::size_t, std::size_t> places;  // of the groups in the plan
    for (const auto key : keys()) {
      const auto group = groups_.of(key);
      const auto values = seen.find(group);
      if (values == seen.end()) continue;
      const auto precision = key % 2 == 1 ? Precision::kInt16 : Precision::kInt8;
      const auto [place, added] = places.try_emplace(group, plan.groups.size());
      if (added) {
        // 65,536 levels are enough for all that was seen.
        const auto used = precision == Precision::kInt16 ? RangeRule::kMinMax : rule;
        const bool fixed = groups_.fixed(group).has_value();
        plan.groups.push_back({precision, chooseRange(values->second, used), fixed, {}});
      }
      auto& one = plan.groups[place->second];
      one.tensors.push_back(static_cast<std::int32_t>(key / 2));
      plan.scales[static_cast<std::size_t>(precision)][key / 2] =
          one.fixed ? *groups_.fixed(group) : scaleFor(one.range, precision);
    }
    return plan;
  }

 private:
  template <typename Visit>
  void forEachQuantised(const Visit& visit) {
    for (std::size_t i = 0; i < graph_.operators.size(); ++i) {
      if (precisions_[i] == Precision::kFloat) continue;
      const auto& op = *graph_.operators[i];
      visit(op, *findOperatorRule(operatorCode(model_, op)), precisions_[i]);
    }
  }

  // Activations of an operator, by key.
  std::vector<std::size_t> inputKeys(const tflite::OperatorT& op, const OperatorRule& rule,
                                     Precision precision) const {
    std::vector<std::size_t> keys;
    for (std::size_t i = 0; i < op.inputs.size(); ++i) {
      if (isActivation(rule, i) && isFloat(graph_, op.inputs[i])) {
        keys.push_back(Groups::key(op.inputs[i], precision));
      }
    }
    return keys;
  }
  std::vector<std::size_t> outputKeys(const tflite::OperatorT& op, Precision precision) const {
    std::vector<std::size_t> keys;
    for (const auto output : op.outputs) {
      if (isFloat(graph_, output)) keys.push_back(Groups::key(output, precision));
    }
    return keys;
  }

  std::vector<std::size_t> keys() {
    std::vector<std::size_t> all;
    forEachQuantised([&](const auto& op, const auto& rule, Precision precision) {
      for (const auto key : inputKeys(op, rule, precision)) all.push_back(key);
      for (const auto key : outputKeys(op, precision)) all.push_back(key);
    });
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

  void fixOutputs() {
    forEachQuantised([&](const auto& op, const auto& rule, Precision precision) {
      if (rule.output != ScaleRule::kFixed) return;
      for (const auto key : outputKeys(op, precision)) {
        groups_.fix(key, fixedScale(rule.code, precision));
      }
    });
  }

  template <typename Wanted>
  void joinShared(const Wanted& wanted) {
    forEachQuantised([&](const auto& op, const auto& rule, Precision precision) {
      if (rule.output != ScaleRule::kShared) return;
      const auto inputs = inputKeys(op, rule, precision);
      const auto outputs = outputKeys(op, precision);
      if (!wanted(inputs.size()) || outputs.empty()) return;
      for (const auto output : outputs) groups_.join(output, outputs[0]);
      for (const auto input : inputs) {
        const bool free = !groups_.fixed(input) && !groups_.fixed(outputs[0]);
        if (inputs.size() == 1 || free) groups_.join(input, outputs[0]);
      }
    });
  }

  const tflite::ModelT& model_;
  const tflite::SubGraphT& graph_;
  const Precisions& precisions_;
  Groups groups_;
};

}  // namespace

bool isFloat(const tflite::SubGraphT& graph, std::int32_t tensor) {
  return tensor >= 0 &&
         graph.tensors[static_cast<std::size_t>(tensor)]->type == tflite::TensorType::FLOAT32;
}

Result<Precisions> choosePrecisions(const tflite::ModelT& model, std::size_t g,
                                    const QuantizeOptions& options) {
  const auto& graph = *model.subgraphs[g];
  const auto mode = options.mode == QuantizeMode::kInt16x8 ? Precision::kInt16 : Precision::kInt8;
  Precisions precisions(graph.operators.size(), Precision::kFloat);
  for (std::size_t i = 0; i < precisions.size(); ++i) {
    const auto& op = *graph.operators[i];
    if (!hasFloatOperand(graph, op) || staysFloat(operatorCode(model, op))) continue;
    auto wanted = mode;
    for (const auto& exception : options.overrides) {
      if (fits(exception, model, graph, op)) wanted = exception.precision;
    }
    if (wanted == Precision::kFloat) continue;
    if (const auto problem = obstacle(model, graph, op, wanted)) {
      if (options.float_fallback) continue;
      return fail(ErrorCode::kUnsupported, operatorPlace(model, g, i) + " " + *problem);
    }
    precisions[i] = wanted;
  }
  return precisions;
}

void describePrecisions(const tflite::ModelT& model, std::size_t g, const Precisions& precisions,
                        QuantizeMode mode, Quantized& report) {
  const auto& graph = *model.subgraphs[g];
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    const auto& op = *graph.operators[i];
    const bool floats = std::any_of(op.inputs.begin(), op.inputs.end(),
                                    [&](std::int32_t t) { return isFloat(graph, t); });
    if (precisions[i] == Precision::kFloat && floats) {
      report.kept_float.push_back(operatorPlace(model, g, i));
    }
    if (precisions[i] == Precision::kInt16 && mode == QuantizeMode::kInt8) {
      report.in_int16.push_back(operatorPlace(model, g, i));
    }
  }
}

Status checkOverrides(const tflite::ModelT& model, const std::vector<Override>& overrides) {
  for (const auto& exception : overrides) {
    bool found = false;
    for (const auto& entry : entriesOf(model)) {
      const auto& graph = *model.subgraphs[entry.subgraph];
      found =
          found || std::any_of(graph.operators.begin(), graph.operators.end(),
                               [&](const auto& op) { return fits(exception, model, graph, *op); });
    }
    if (!found) {
      return fail(ErrorCode::kInvalidArgument,
                  "the exception for " +
                      (exception.name.empty() ? exception.op : "'" + exception.name + "'") +
                      " fits no operator of the model");
    }
  }
  return {};
}

void setRange(GraphPlan& plan, std::size_t group, const ActivationRange& range) {
  auto& one = plan.groups[group];
  one.range = range;
  for (const auto tensor : one.tensors) {
    plan.scales[static_cast<std::size_t>(one.precision)][static_cast<std::size_t>(tensor)] =
        scaleFor(range, one.precision);
  }
}

GraphPlan planScales(const tflite::ModelT& model, std::size_t g, const Precisions& precisions,
                     const Statistics& statistics, RangeRule rule) {
  return Planner(model, g, precisions).plan(statistics, rule);
}

}  // namespace primer::toolkit
