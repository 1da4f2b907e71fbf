#pragma once

// The training loop that one would write by hand in libtorch, to hold ours against.

#include <cstdint>
#include <vector>

namespace primer::bench {

struct Pictures {
  int side = 28;
  std::vector<float> pixels;          // of all pictures
  std::vector<std::int64_t> classes;  // 0..9, one a picture
};

// Trains six 3x3 convolutions with batch norm and ReLU, a mean and a dense layer (AdamW, shuffled
// batches, all cores) and returns the samples it got through in a second.
double plainSamplesPerSecond(const Pictures& pictures, const std::vector<int>& widths, int epochs,
                             int batch, int threads);

}  // namespace primer::bench
