#pragma once

// Random int8 layers for tests that compare two ways to compute them: odd sizes, strides,
// dilations, paddings, zero points and factors at their extremes.

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "inference/model_test.h"

namespace primer::inference::testing {

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  int range(int low, int high) {  // both included
    const auto first = static_cast<unsigned>(low);
    return static_cast<int>(first + engine_() % (static_cast<unsigned>(high) - first + 1u));
  }
  bool chance(int percent) { return range(1, 100) <= percent; }
  int zeroPoint() { return chance(20) ? (chance(50) ? -128 : 127) : range(-128, 127); }
  // Between two powers of ten.
  float scale(int low, int high) {
    return std::pow(10.0f, static_cast<float>(range(low * 100, high * 100)) / 100.0f);
  }
  std::vector<std::int8_t> bytes(std::size_t count, int low = -128) {
    std::vector<std::int8_t> values(count);
    const bool extreme = chance(10);
    for (auto& value : values) {
      value = static_cast<std::int8_t>(extreme ? (chance(50) ? low : 127) : range(low, 127));
    }
    return values;
  }
  tflite::ActivationFunctionType activation() {
    using Type = tflite::ActivationFunctionType;
    constexpr Type kTypes[] = {Type::NONE, Type::RELU, Type::RELU6, Type::RELU_N1_TO_1};
    return kTypes[range(0, 3)];
  }

 private:
  std::mt19937 engine_;
};

// A layer on one int8 tensor, written down so that a failure tells what it was.
class LayerMaker {
 public:
  // `sparse` percent of the layers have weights that are zero in blocks.
  explicit LayerMaker(unsigned seed, int sparse = 10) : random(seed), sparse_(sparse) {}

  Random random;
  ModelBuilder builder;  // of the layer made last
  std::string what;

  void conv(bool depthwise);
  void wideDepthwise();  // rows of many columns and whole vectors of channels
  void dense();
  void sum();  // ADD or SUB, in place or not
  void quantize();
  void pool();

  // Reals that are whole quarters of a scale of 0.5, middles among them, some that lie beside the
  // middles of the model's scale, and a few that are none.
  std::vector<std::byte> realsFor(const Model& model);
  std::vector<std::byte> bytesFor(const Model& model);

 private:
  int input(const std::vector<std::int32_t>& shape);
  // Weights and bias, with scales that bring sums of `depth` products near the output's range, or
  // far from it.
  struct Sides {
    int kernel_h, kernel_w, stride_h, stride_w, dilation_h, dilation_w;
    bool same;
    int batch, height, width;
  };
  void addConvolution(bool depthwise, const Sides& sides, int in, int out, int groups);
  std::pair<int, int> weights(const std::vector<std::int32_t>& shape, int channels, int dimension,
                              int depth);
  // Most fours of weights become zero, as pruning by blocks leaves them.
  void dropBlocks(std::vector<std::int8_t>& values);
  int output(const std::vector<std::int32_t>& shape);

  float in_scale_ = 1;
  float weight_scale_ = 1;
  int depth_ = 1;
  int sparse_;
};

}  // namespace primer::inference::testing
