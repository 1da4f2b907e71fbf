#include "mnist/image_variation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace primer::handwriting {

namespace {

constexpr int kNet = 5;  // knots a side of the elastic net

using Net = std::array<std::array<double, kNet>, kNet>;

Net randomNet(toolkit::Random& random, double deviation) {
  Net net;
  for (auto& row : net) {
    for (auto& knot : row) knot = random.normal(0, deviation);
  }
  return net;
}

// Smooth between the knots: the ease curve keeps the slope zero at each knot.
double displacement(const Net& net, double row, double column) {
  const auto split = [](double at, int& cell, double& share) {
    at = std::clamp(at, 0.0, kNet - 1.0);
    cell = std::min(static_cast<int>(at), kNet - 2);
    share = at - cell;
    share = share * share * (3 - 2 * share);
  };
  int i = 0, j = 0;
  double u = 0, v = 0;
  split(row, i, u);
  split(column, j, v);
  const auto knot = [&](int a, int b) {
    return net[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
  };
  return (1 - u) * ((1 - v) * knot(i, j) + v * knot(i, j + 1)) +
         u * ((1 - v) * knot(i + 1, j) + v * knot(i + 1, j + 1));
}

float pixelAt(const std::vector<float>& from, int side, int row, int column) {
  if (row < 0 || column < 0 || row >= side || column >= side) return 0;
  return from[static_cast<std::size_t>(row * side + column)];
}

float between(const std::vector<float>& from, int side, double row, double column) {
  const double top = std::floor(row), left = std::floor(column);
  const auto u = static_cast<float>(row - top), v = static_cast<float>(column - left);
  const int i = static_cast<int>(top), j = static_cast<int>(left);
  return (1 - u) * ((1 - v) * pixelAt(from, side, i, j) + v * pixelAt(from, side, i, j + 1)) +
         u * ((1 - v) * pixelAt(from, side, i + 1, j) + v * pixelAt(from, side, i + 1, j + 1));
}

// Moves each pixel some way to the most (`amount` > 0) or least ink among its four neighbours.
void changeThickness(std::span<float> pixels, int side, double amount) {
  const std::vector<float> from(pixels.begin(), pixels.end());
  const auto share = static_cast<float>(std::abs(amount));
  for (int i = 0; i < side; ++i) {
    for (int j = 0; j < side; ++j) {
      float extreme = pixelAt(from, side, i, j);
      for (const auto& [di, dj] : {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
        const float other = pixelAt(from, side, i + di, j + dj);
        extreme = amount > 0 ? std::max(extreme, other) : std::min(extreme, other);
      }
      auto& pixel = pixels[static_cast<std::size_t>(i * side + j)];
      pixel += share * (extreme - pixel);
    }
  }
}

}  // namespace

Result<ImageVariation> ImageVariation::parse(const toolkit::Json& json) {
  toolkit::Fields fields(json, "augmentation");
  ImageVariation v;
  v.rotation = fields.number("rotation", v.rotation);
  v.shear = fields.number("shear", v.shear);
  v.scale = fields.number("scale", v.scale);
  v.aspect = fields.number("aspect", v.aspect);
  v.shift = fields.number("shift", v.shift);
  v.elastic = fields.number("elastic", v.elastic);
  v.thickness = fields.number("thickness", v.thickness);
  const auto bounded = [&](double value, const char* key, double most) {
    fields.require(value >= 0 && value <= most, key, "must be 0 to " + std::to_string(most));
  };
  bounded(v.rotation, "rotation", 90);
  bounded(v.shear, "shear", 1);
  bounded(v.scale, "scale", 1);
  bounded(v.aspect, "aspect", 1);
  bounded(v.shift, "shift", 10);
  bounded(v.elastic, "elastic", 10);
  bounded(v.thickness, "thickness", 1);
  PRIMER_TRY(fields.finish());
  return v;
}

void ImageVariation::apply(std::span<float> pixels, int side, toolkit::Random& random) const {
  const double angle = random.normal(0, rotation) * std::numbers::pi / 180;
  const double size = std::exp(random.normal(0, scale));
  const double wide = std::exp(random.normal(0, aspect));
  const double lean = random.normal(0, shear);
  const double down = random.normal(0, shift);
  const double across = random.normal(0, shift);
  const Net rows = randomNet(random, elastic);
  const Net columns = randomNet(random, elastic);
  const bool pen = random.chance(thickness);
  const double pen_change = random.uniform(-0.6, 0.8);

  // From a place in the new picture to where its ink comes from.
  const double cosine = std::cos(angle), sine = std::sin(angle);
  const double a = cosine / (size * wide), b = (sine + lean) / (size * wide);
  const double c = -sine * wide / size, d = cosine * wide / size;
  const std::vector<float> from(pixels.begin(), pixels.end());
  const double middle = (side - 1) / 2.0;
  const double knots = (kNet - 1.0) / (side - 1);
  for (int i = 0; i < side; ++i) {
    for (int j = 0; j < side; ++j) {
      const double y = i - middle - down, x = j - middle - across;
      const double row = middle + c * x + d * y + displacement(rows, i * knots, j * knots);
      const double column = middle + a * x + b * y + displacement(columns, i * knots, j * knots);
      pixels[static_cast<std::size_t>(i * side + j)] = between(from, side, row, column);
    }
  }
  if (pen) changeThickness(pixels, side, pen_change);
}

}  // namespace primer::handwriting
