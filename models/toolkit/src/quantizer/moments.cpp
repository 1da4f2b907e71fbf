#include "src/quantizer/moments.h"

#include <algorithm>
#include <cmath>

namespace primer::toolkit {

namespace {

constexpr double kDamping = 0.01;  // of the mean of the diagonal

// Lower factor L with L L^T = M, in place of M's lower half. False where M is not positive.
bool factorise(std::vector<double>& m, std::size_t n) {
  for (std::size_t j = 0; j < n; ++j) {
    double diagonal = m[j * n + j];
    for (std::size_t k = 0; k < j; ++k) diagonal -= m[j * n + k] * m[j * n + k];
    if (!(diagonal > 0)) return false;
    const double root = std::sqrt(diagonal);
    m[j * n + j] = root;
    for (std::size_t i = j + 1; i < n; ++i) {
      double sum = m[i * n + j];
      const double* a = &m[i * n];
      const double* b = &m[j * n];
      for (std::size_t k = 0; k < j; ++k) sum -= a[k] * b[k];
      m[i * n + j] = sum / root;
    }
  }
  return true;
}

// The inverse of a lower factor, row by row.
std::vector<double> invertLower(const std::vector<double>& l, std::size_t n) {
  std::vector<double> inverse(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    inverse[i * n + i] = 1 / l[i * n + i];
    for (std::size_t k = 0; k < i; ++k) {
      const double a = l[i * n + k];
      for (std::size_t j = 0; j <= k; ++j) inverse[i * n + j] -= a * inverse[k * n + j];
    }
    for (std::size_t j = 0; j < i; ++j) inverse[i * n + j] /= l[i * n + i];
  }
  return inverse;
}

}  // namespace

void Moments::take(std::span<const float> x) {
  for (std::size_t i = 0; i < size_; ++i) {
    const double value = x[i];
    if (value == 0) continue;
    double* row = &sums_[i * size_];
    for (std::size_t j = 0; j <= i; ++j) row[j] += value * static_cast<double>(x[j]);
  }
}

std::vector<double> inverseFactor(const Moments& moments) {
  const auto n = moments.size();
  double trace = 0;
  for (std::size_t i = 0; i < n; ++i) trace += moments.sums()[i * n + i];
  if (!(trace > 0)) return {};
  // With the order of rows and columns turned round, the lower factor of M is what the upper factor
  // of the inverse comes from: U = (that factor turned round again)^-1.
  std::vector<double> turned(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      turned[(n - 1 - j) * n + (n - 1 - i)] = moments.sums()[i * n + j];
    }
  }
  const double damping = kDamping * trace / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) turned[i * n + i] += damping;
  if (!factorise(turned, n)) return {};
  const auto inverse = invertLower(turned, n);
  std::vector<double> factor(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      factor[(n - 1 - i) * n + (n - 1 - j)] = inverse[i * n + j];
    }
  }
  return factor;
}

std::vector<std::int8_t> roundAgainst(std::span<const double> factor,
                                      std::span<const float> weights, float scale, int limit) {
  const auto n = weights.size();
  std::vector<double> free(weights.begin(), weights.end());
  std::vector<std::int8_t> levels(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double level = std::clamp(std::round(free[i] / static_cast<double>(scale)),
                                    static_cast<double>(-limit), static_cast<double>(limit));
    levels[i] = static_cast<std::int8_t>(level);
    const double error = (free[i] - level * static_cast<double>(scale)) / factor[i * n + i];
    for (std::size_t j = i + 1; j < n; ++j) free[j] -= error * factor[i * n + j];
  }
  return levels;
}

}  // namespace primer::toolkit
