#include "training/fused_norm.h"

#include <torch/torch.h>

#include <cmath>
#include <limits>
#include <vector>

#include "training/for_cpus.h"

namespace primer::toolkit {

namespace {

using tflite::ActivationFunctionType;
using torch::Tensor;

constexpr double kMomentum = 0.1;
constexpr std::int64_t kBlockRows = 64;  // summed in float before they join the sum in double

// The range in which the activation is the identity.
struct Range {
  float low;
  float high;
};

Range rangeOf(ActivationFunctionType activation) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  if (activation == ActivationFunctionType::RELU) return {0, kInfinity};
  if (activation == ActivationFunctionType::RELU6) return {0, 6};
  return {-kInfinity, kInfinity};
}

// `a` and `b` are sums over the rows, one a channel.
PRIMER_FOR_CPUS
void sumRows(const float* __restrict x, const float* __restrict offset, std::int64_t rows,
             std::int64_t channels, float* __restrict sum, float* __restrict squares) {
  for (std::int64_t row = 0; row < rows; ++row, x += channels) {
    for (std::int64_t c = 0; c < channels; ++c) {
      const float d = x[c] - offset[c];
      sum[c] += d;
      squares[c] += d * d;
    }
  }
}

PRIMER_FOR_CPUS
void normaliseRows(const float* __restrict x, const float* __restrict factor,
                   const float* __restrict offset, std::int64_t rows, std::int64_t channels,
                   float low, float high, float* __restrict y) {
  for (std::int64_t row = 0; row < rows; ++row, x += channels, y += channels) {
    for (std::int64_t c = 0; c < channels; ++c) {
      const float z = x[c] * factor[c] + offset[c];
      y[c] = z < low ? low : (z > high ? high : z);
    }
  }
}

PRIMER_FOR_CPUS
void sumGradients(const float* __restrict x, const float* __restrict dy,
                  const float* __restrict factor, const float* __restrict offset,
                  const float* __restrict mean, std::int64_t rows, std::int64_t channels, float low,
                  float high, float* __restrict sum, float* __restrict products) {
  for (std::int64_t row = 0; row < rows; ++row, x += channels, dy += channels) {
    for (std::int64_t c = 0; c < channels; ++c) {
      const float z = x[c] * factor[c] + offset[c];
      const float g = (z > low && z < high) ? dy[c] : 0.0f;
      sum[c] += g;
      products[c] += g * (x[c] - mean[c]);
    }
  }
}

PRIMER_FOR_CPUS
void gradientRows(const float* __restrict x, const float* __restrict dy,
                  const float* __restrict factor, const float* __restrict offset,
                  const float* __restrict mean, const float* __restrict constant,
                  const float* __restrict slope, std::int64_t rows, std::int64_t channels,
                  float low, float high, float* __restrict dx) {
  for (std::int64_t row = 0; row < rows; ++row, x += channels, dy += channels, dx += channels) {
    for (std::int64_t c = 0; c < channels; ++c) {
      const float z = x[c] * factor[c] + offset[c];
      const float g = (z > low && z < high) ? dy[c] : 0.0f;
      dx[c] = factor[c] * g - constant[c] - slope[c] * (x[c] - mean[c]);
    }
  }
}

// Adds up what `add` gives for blocks of rows (two sums a channel), in double.
template <typename Add>
void sumInBlocks(std::int64_t rows, std::size_t channels, std::vector<double>& first,
                 std::vector<double>& second, Add add) {
  std::vector<float> a(channels), b(channels);
  for (std::int64_t row = 0; row < rows; row += kBlockRows) {
    std::fill(a.begin(), a.end(), 0.0f);
    std::fill(b.begin(), b.end(), 0.0f);
    add(row, std::min(kBlockRows, rows - row), a.data(), b.data());
    for (std::size_t c = 0; c < channels; ++c) {
      first[c] += a[c];
      second[c] += b[c];
    }
  }
}

class FusedNorm : public torch::autograd::Function<FusedNorm> {
 public:
  static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& input,
                        const Tensor& scale, const Tensor& shift, Tensor running_mean,
                        Tensor running_variance, double epsilon, std::int64_t activation) {
    const auto x = input.contiguous();
    const auto width = x.size(-1);
    const auto channels = static_cast<std::size_t>(width);
    const auto rows = x.numel() / width;
    const auto* from = x.data_ptr<float>();
    // Summing around the running mean keeps the difference of squares small.
    const auto* origin = running_mean.data_ptr<float>();
    std::vector<double> sums(channels), squares(channels);
    sumInBlocks(rows, channels, sums, squares,
                [&](std::int64_t row, std::int64_t count, float* a, float* b) {
                  sumRows(from + row * width, origin, count, width, a, b);
                });
    auto mean = torch::empty({width});
    auto factor = torch::empty({width});
    auto offset = torch::empty({width});
    auto inverse = torch::empty({width});
    const double n = static_cast<double>(rows);
    for (std::size_t c = 0; c < channels; ++c) {
      const double away = sums[c] / n;
      const double variance = std::max(0.0, squares[c] / n - away * away);
      const double centre = static_cast<double>(origin[c]) + away;
      const double unit = 1 / std::sqrt(variance + epsilon);
      mean.data_ptr<float>()[c] = static_cast<float>(centre);
      inverse.data_ptr<float>()[c] = static_cast<float>(unit);
      const double f = static_cast<double>(scale.data_ptr<float>()[c]) * unit;
      factor.data_ptr<float>()[c] = static_cast<float>(f);
      offset.data_ptr<float>()[c] =
          static_cast<float>(static_cast<double>(shift.data_ptr<float>()[c]) - f * centre);
      auto& kept_variance = running_variance.data_ptr<float>()[c];
      const double unbiased = variance * n / std::max(1.0, n - 1);
      kept_variance += static_cast<float>(kMomentum * (unbiased - kept_variance));
    }
    for (std::size_t c = 0; c < channels; ++c) {
      auto& kept_mean = running_mean.data_ptr<float>()[c];
      kept_mean += static_cast<float>(kMomentum) * (mean.data_ptr<float>()[c] - kept_mean);
    }
    auto y = torch::empty(x.sizes());
    const auto range = rangeOf(static_cast<ActivationFunctionType>(activation));
    normaliseRows(from, factor.data_ptr<float>(), offset.data_ptr<float>(), rows, width, range.low,
                  range.high, y.data_ptr<float>());
    context->save_for_backward({x, mean, inverse, factor, offset});
    context->saved_data["activation"] = activation;
    return y;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto& x = saved[0];
    const auto* mean = saved[1].data_ptr<float>();
    const auto* inverse = saved[2].data_ptr<float>();
    const auto* factor = saved[3].data_ptr<float>();
    const auto* offset = saved[4].data_ptr<float>();
    const auto dy = gradients[0].contiguous();
    const auto width = x.size(-1);
    const auto channels = static_cast<std::size_t>(width);
    const auto rows = x.numel() / width;
    const auto range =
        rangeOf(static_cast<ActivationFunctionType>(context->saved_data["activation"].toInt()));
    const auto* from = x.data_ptr<float>();
    const auto* given = dy.data_ptr<float>();
    std::vector<double> sums(channels), products(channels);
    sumInBlocks(rows, channels, sums, products,
                [&](std::int64_t row, std::int64_t count, float* a, float* b) {
                  sumGradients(from + row * width, given + row * width, factor, offset, mean, count,
                               width, range.low, range.high, a, b);
                });
    auto d_scale = torch::empty({width});
    auto d_shift = torch::empty({width});
    std::vector<float> constant(channels), slope(channels);
    const double n = static_cast<double>(rows);
    for (std::size_t c = 0; c < channels; ++c) {
      const double unit = inverse[c];
      d_scale.data_ptr<float>()[c] = static_cast<float>(products[c] * unit);
      d_shift.data_ptr<float>()[c] = static_cast<float>(sums[c]);
      constant[c] = static_cast<float>(factor[c] * sums[c] / n);
      slope[c] = static_cast<float>(factor[c] * unit * unit * products[c] / n);
    }
    auto dx = torch::empty(x.sizes());
    gradientRows(from, given, factor, offset, mean, constant.data(), slope.data(), rows, width,
                 range.low, range.high, dx.data_ptr<float>());
    return {dx, d_scale, d_shift, Tensor(), Tensor(), Tensor(), Tensor()};
  }
};

}  // namespace

bool fusable(ActivationFunctionType activation) {
  return activation == ActivationFunctionType::NONE || activation == ActivationFunctionType::RELU ||
         activation == ActivationFunctionType::RELU6;
}

Tensor fusedNorm(const Tensor& x, const Tensor& scale, const Tensor& shift, Tensor mean,
                 Tensor variance, double epsilon, ActivationFunctionType activation) {
  return FusedNorm::apply(x, scale, shift, std::move(mean), std::move(variance), epsilon,
                          static_cast<std::int64_t>(activation));
}

}  // namespace primer::toolkit
