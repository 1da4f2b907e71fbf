#pragma once

// The MNIST training images (LeCun, Cortes, Burges), read from their IDX files.

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "primer/base/result.h"

namespace primer::handwriting {

constexpr int kMnistSide = 28;
constexpr int kMnistPixels = kMnistSide * kMnistSide;

struct MnistImages {
  std::vector<std::array<std::uint8_t, kMnistPixels>> images;  // 0 is paper
  std::vector<std::uint8_t> labels;                            // one an image, 0..9
};

// Reads handwriting/mnist/train-{images-idx3,labels-idx1}-ubyte.gz of the folder of data sets.
// kNotFound and kDamaged name the file.
Result<MnistImages> readMnist(const std::filesystem::path& data);

}  // namespace primer::handwriting
