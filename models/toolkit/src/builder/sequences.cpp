// Layers over the steps of a sequence that remember or weigh them.

#include <cmath>

#include "src/builder/graph_parts.h"

namespace primer::toolkit {

namespace {

using tflite::BuiltinOperator;

bool isSequence(const GraphShape& shape) { return shape.size() == 3 && shape[0] == 1; }

}  // namespace

Recurrence GraphBuilder::gru(Node x, const Recurrent& options, Node state) {
  const auto name = impl_->layerName(options.name, "gru");
  const auto in = impl_->shapeOf(x);
  const int units = options.units;
  const bool has_state = impl_->known(state);
  if (!isSequence(in)) return {impl_->complain(name, "its input must be a sequence"), {}};
  if (units < 1) return {impl_->complain(name, "units must be positive"), {}};
  if (has_state && impl_->shapeOf(state) != GraphShape{units}) {
    return {impl_->complain(name, "its state must have " + std::to_string(units) + " numbers"), {}};
  }
  const int steps = in[1];
  Random random(impl_->seed, impl_->layer);
  const double deviation = 1 / std::sqrt(units);
  const int gate_weights =
      impl_->addRandom(random, name + "/gates/recurrent", {2 * units, units}, deviation);
  const int new_weights =
      impl_->addRandom(random, name + "/new/recurrent", {units, units}, deviation);
  const auto recur = [&](Node h, int weights, int count) {
    return impl_->addOperator(BuiltinOperator::FULLY_CONNECTED, 1, {h.tensor, weights, -1},
                              impl_->layerName({}, name + "/recurrent"), GraphShape{count},
                              tflite::FullyConnectedOptionsT());
  };
  // What the input gives to all steps at once.
  const auto perStep = [&](const std::string& part, int count) {
    return split(conv1d(x, {.channels = count, .kernel = 1, .name = name + "/" + part}), steps, 1);
  };
  const auto gates_of_x = perStep("gates", 2 * units);
  const auto new_of_x = perStep("new", units);

  std::vector<Node> states;
  if (has_state) states.push_back(reshape(state, {1, 1, units}));
  Node h = state;
  for (int t = 0; t < steps; ++t) {
    const auto at = static_cast<std::size_t>(t);
    auto gates = reshape(gates_of_x[at], {2 * units});
    auto fresh = reshape(new_of_x[at], {units});
    const bool first = t == 0 && !has_state;  // h is zero
    if (!first) gates = add(gates, recur(h, gate_weights, 2 * units));
    const auto open = split(logistic(gates), 2);  // reset, update
    if (!first) fresh = add(fresh, mul(open[0], recur(h, new_weights, units)));
    fresh = tanh(fresh);
    // (1 - update) * fresh + update * h
    h = first ? sub(fresh, mul(open[1], fresh)) : add(fresh, mul(open[1], sub(h, fresh)));
    states.push_back(reshape(h, {1, 1, units}));
  }
  // The state that came in lies among those that go out: so they share one scale.
  const auto all = concat(states, 1);
  const int before = has_state ? 1 : 0;
  const auto sequence = has_state ? slice(all, {0, 1, 0}, {1, steps, units}) : all;
  const auto last = flatten(slice(all, {0, steps + before - 1, 0}, {1, 1, units}));
  return {sequence, last};
}

Recurrence GraphBuilder::lstm(Node x, const Recurrent& options) {
  const auto name = impl_->layerName(options.name, "lstm");
  const auto in = impl_->shapeOf(x);
  const int units = options.units;
  if (!isSequence(in)) return {impl_->complain(name, "its input must be a sequence"), {}};
  if (units < 1) return {impl_->complain(name, "units must be positive"), {}};
  const auto flat = reshape(x, {in[1], in[2]});
  Random random(impl_->seed, impl_->layer);
  const char* const gates[] = {"input", "forget", "cell", "output"};
  std::vector<int> inputs(24, -1);
  inputs[0] = flat.tensor;
  for (std::size_t g = 0; g < 4; ++g) {
    const auto gate = name + "/" + gates[g];
    inputs[1 + g] =
        impl_->addRandom(random, gate + "/weights", {units, in[2]}, 1 / std::sqrt(in[2]));
    inputs[5 + g] =
        impl_->addRandom(random, gate + "/recurrent", {units, units}, 1 / std::sqrt(units));
    // It remembers at first (Jozefowicz et al. 2015).
    inputs[12 + g] = impl_->addBias(gate + "/bias", units, g == 1 ? 1.0f : 0.0f);
  }
  for (const auto& [position, kind] : {std::pair{18, "/hidden"}, {19, "/state"}}) {
    const int state = impl_->addComputed(name + kind, {units});
    impl_->graph->tensors[static_cast<std::size_t>(state)]->is_variable = true;
    inputs[static_cast<std::size_t>(position)] = state;
  }
  tflite::UnidirectionalSequenceLSTMOptionsT o;
  o.fused_activation_function = tflite::ActivationFunctionType::TANH;
  o.time_major = false;
  const auto y = impl_->addOperator(BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM, 1, inputs, name,
                                    GraphShape{in[1], units}, std::move(o));
  const auto sequence = reshape(y, {1, in[1], units});
  return {sequence, flatten(slice(sequence, {0, in[1] - 1, 0}, {1, 1, units}))};
}

Node GraphBuilder::attentionPool(Node x, const Attention& options) {
  const auto name = impl_->layerName(options.name, "attention");
  const auto in = impl_->shapeOf(x);
  if (!isSequence(in)) return impl_->complain(name, "its input must be a sequence");
  const auto seen =
      tanh(conv1d(x, {.channels = options.units, .kernel = 1, .name = name + "/look"}));
  const auto scores = conv1d(seen, {.channels = 1, .kernel = 1, .name = name + "/score"});
  const auto weights = reshape(softmax(flatten(scores)), {1, in[1], 1});
  return mean(mul(x, weights));
}

}  // namespace primer::toolkit
