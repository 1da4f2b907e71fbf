// LSTM layers: a cell of one unit against its formula, and what the loader wants of their inputs.
// Larger ones are among the recordings.

#include <cmath>
#include <functional>

#include "inference/model_test.h"

namespace primer::inference {
namespace {

constexpr auto kFloat = TensorType::FLOAT32;

// One unit on one input; gates i, f, c, o.
struct Cell {
  static constexpr float kInput[4] = {0.5f, -0.3f, 0.8f, 0.4f};
  static constexpr float kRecurrent[4] = {0.2f, 0.6f, -0.7f, 0.1f};
  static constexpr float kBias[4] = {0.1f, 0.9f, -0.2f, 0.3f};

  ModelBuilder builder;
  tflite::OperatorT* node = nullptr;

  Cell() {
    std::vector<std::int32_t> inputs = {builder.input("x", kFloat, {1, 1})};
    const auto add = [&](const float(&values)[4], const std::vector<std::int32_t>& shape) {
      for (const float value : values) {
        inputs.push_back(builder.constant<float>("constant", shape, {value}));
      }
    };
    add(kInput, {1, 1});
    add(kRecurrent, {1, 1});
    inputs.insert(inputs.end(), {-1, -1, -1});
    add(kBias, {1});
    inputs.insert(inputs.end(), {-1, -1});
    for (const auto* name : {"hidden", "cell"}) {
      inputs.push_back(builder.tensor(name, kFloat, {1, 1}));
      builder.graph().tensors.back()->is_variable = true;
    }
    inputs.insert(inputs.end(), {-1, -1, -1, -1});
    const int y = builder.tensor("y", kFloat, {1, 1});
    tflite::LSTMOptionsT options;
    options.fused_activation_function = tflite::ActivationFunctionType::TANH;
    node = &builder.add(BuiltinOperator::LSTM, inputs, {y}, options);
    builder.output(y);
  }

  tflite::LSTMOptionsT& options() { return *node->builtin_options.AsLSTMOptions(); }
};

double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }

TEST(Lstm, IsTheFormulaAndRemembers) {
  const auto model = Model::fromBytes(Cell().builder.build(), "cell");
  ASSERT_TRUE(model) << model.error().message;
  auto session = Session::create(*model);
  ASSERT_TRUE(session) << session.error().message;
  double hidden = 0.0;
  double cell = 0.0;
  for (const float x : {1.0f, -2.0f, 0.5f, 3.0f}) {
    const auto gate = [&](int g) {
      return Cell::kInput[g] * x + Cell::kRecurrent[g] * hidden + Cell::kBias[g];
    };
    const double in = logistic(gate(0));
    const double forget = logistic(gate(1));
    const double candidate = std::tanh(gate(2));
    const double out = logistic(gate(3));
    cell = forget * cell + in * candidate;
    hidden = out * std::tanh(cell);
    session->input<float>(0)[0] = x;
    ASSERT_TRUE(session->run());
    EXPECT_NEAR(session->output<float>(0)[0], hidden, 1e-6);
  }
}

TEST(Lstm, BrokenOnesAreRefusedByName) {
  const auto refusal = [](const std::function<void(Cell&)>& change) {
    Cell net;
    change(net);
    const auto model = Model::fromBytes(net.builder.build(), "cell.tflite");
    return model ? std::string("accepted") : model.error().message;
  };
  const auto tensor = [](Cell& net, std::size_t input) -> tflite::TensorT& {
    return *net.builder.graph().tensors[static_cast<std::size_t>(net.node->inputs[input])];
  };
  EXPECT_THAT(refusal([](Cell& n) { n.node->builtin_options.Reset(); }),
              HasSubstr("operator 0 LSTM: options-missing"));
  EXPECT_THAT(refusal([](Cell& n) { n.options().kernel_type = tflite::LSTMKernelType::BASIC; }),
              HasSubstr("input-count"));
  EXPECT_THAT(refusal([](Cell& n) { n.options().cell_clip = -1.0f; }), HasSubstr("LSTM: clip"));
  EXPECT_THAT(refusal([](Cell& n) {
                n.options().fused_activation_function = tflite::ActivationFunctionType::SIGN_BIT;
              }),
              HasSubstr("fused-activation"));
  EXPECT_THAT(refusal([](Cell& n) { n.node->inputs.resize(19); }), HasSubstr("input-count"));
  EXPECT_THAT(refusal([](Cell& n) { n.node->inputs[6] = -1; }),
              HasSubstr("lstm-inputs: input 6 is left out"));
  EXPECT_THAT(refusal([](Cell& n) { n.node->inputs[1] = -1; }),
              HasSubstr("lstm-inputs: input 5 has no use"));
  EXPECT_THAT(refusal([](Cell& n) { n.node->inputs[10] = n.node->inputs[12]; }),
              HasSubstr("lstm-inputs: input 9 is left out"));
  EXPECT_THAT(refusal([](Cell& n) { n.node->inputs[2] = n.node->inputs[12]; }),
              HasSubstr("lstm-shapes"));
  EXPECT_THAT(refusal([&](Cell& n) { tensor(n, 18).is_variable = false; }), HasSubstr("LSTM"));
  EXPECT_THAT(refusal([](Cell& n) { n.node->inputs[18] = n.node->inputs[12]; }),
              HasSubstr("state: input 18 is not a variable"));
  EXPECT_THAT(refusal([&](Cell& n) { tensor(n, 19).shape = {1, 2}; }), HasSubstr("lstm-shapes"));
  EXPECT_THAT(refusal([&](Cell& n) { tensor(n, 19).type = TensorType::INT32; }),
              HasSubstr("operator-types: input 19 is int32"));
}

}  // namespace
}  // namespace primer::inference
