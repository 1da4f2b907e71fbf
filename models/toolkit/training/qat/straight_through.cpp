#include "training/qat/straight_through.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include "training/for_cpus.h"

namespace primer::toolkit {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kBlock = 4096;  // summed in float before they join the sum in double

struct EndGradients {
  float low = 0;  // of the range's ends
  float high = 0;
  float step = 0;  // of high - low, times that
};

// What of `dy` goes on, and the sums that move the ends.
PRIMER_FOR_CPUS
EndGradients passOn(const float* __restrict real, const float* __restrict rounded,
                    const float* __restrict dy, std::int64_t count, float low, float high,
                    float* __restrict dx) {
  float below = 0, above = 0, inside = 0;
#pragma GCC ivdep
  for (std::int64_t i = 0; i < count; ++i) {
    const float g = dy[i];
    const float v = real[i];
    const float cut_low = v < low ? g : 0.0f;
    const float cut_high = v > high ? g : 0.0f;
    const float passed = g - cut_low - cut_high;
    dx[i] = passed;
    below += cut_low;
    above += cut_high;
    inside += passed * (rounded[i] - v);
  }
  return {below, above, inside};
}

class Replace : public torch::autograd::Function<Replace> {
 public:
  static Tensor forward(AutogradContext*, const Tensor& /*real*/, const Tensor& rounded) {
    return rounded;
  }
  static variable_list backward(AutogradContext*, variable_list gradients) {
    return {gradients[0], Tensor()};
  }
};

class ReplaceInRange : public torch::autograd::Function<ReplaceInRange> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& real, const Tensor& rounded,
                        const Tensor& /*ends*/, double low, double high) {
    context->save_for_backward({real.detach(), rounded});
    context->saved_data["range"] = std::vector<double>{low, high};
    return rounded;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto real = saved[0].contiguous();
    const auto rounded = saved[1].contiguous();
    const auto dy = gradients[0].contiguous();
    const auto range = context->saved_data["range"].toDoubleVector();
    const double low = range[0];
    const double high = range[1];
    auto dx = at::empty(dy.sizes());
    double below = 0, above = 0, inside = 0;
    for (std::int64_t at = 0; at < dy.numel(); at += kBlock) {
      const auto sums =
          passOn(real.data_ptr<float>() + at, rounded.data_ptr<float>() + at,
                 dy.data_ptr<float>() + at, std::min(kBlock, dy.numel() - at),
                 static_cast<float>(low), static_cast<float>(high), dx.data_ptr<float>() + at);
      below += sums.low;
      above += sums.high;
      inside += sums.step;
    }
    const double stretch = high > low ? inside / (high - low) : 0;
    auto d_ends = at::empty({2});
    auto* ends = d_ends.data_ptr<float>();
    ends[0] = static_cast<float>(low * (below - stretch));
    ends[1] = static_cast<float>(high * (above + stretch));
    return {dx, Tensor(), d_ends, Tensor(), Tensor()};
  }
};

}  // namespace

Tensor straightThrough(const Tensor& real, const Tensor& rounded) {
  return Replace::apply(real, rounded);
}

Tensor straightThrough(const Tensor& real, const Tensor& rounded, const ActivationRange& range,
                       const Tensor& ends) {
  return ReplaceInRange::apply(real, rounded, ends, static_cast<double>(range.low),
                               static_cast<double>(range.high));
}

}  // namespace primer::toolkit
