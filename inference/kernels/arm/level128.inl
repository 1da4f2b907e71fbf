// A level of 128-bit vectors, whole: included inside an unnamed namespace.

#include "kernels/arm/vectors128.inl"
#include "kernels/vectors/depthwise.inl"
#include "kernels/vectors/elementwise.inl"
#include "kernels/vectors/product.inl"

// Rows in a tile of four vectors and of two: sums and what feeds them take the 32 registers, and
// without sdot a vector of sums takes two.
constexpr int kRowsOfFour = PRIMER_DOT == 0 ? 2 : 4;
constexpr int kRowsOfTwo = PRIMER_DOT == 0 ? 4 : 8;

void multiply(const Product& product, const ProductRows& rows) {
  if (rows.count == 0) return;
  forEachPanel(product, Vectors128::kLanes, [&](const Panel& panel) {
    switch (panel.width / Vectors128::kLanes) {
      case 4:
        return panelRows<Vectors128, kRowsOfFour, 4>(product, panel, rows);
      case 2:
        return panelRows<Vectors128, kRowsOfTwo, 2>(product, panel, rows);
      default:
        return panelRows<Vectors128, 8, 1>(product, panel, rows);
    }
  });
}

void copyBytes(const std::int8_t* from, std::int64_t bytes, std::int8_t* to) {
  __builtin_memcpy(to, from, static_cast<std::size_t>(bytes));
}

constexpr LevelKernels kKernels = {
    Vectors128::kLanes,
    Vectors128::kInputFlip,
    Vectors128::kLeastWeight,
    multiply,
    copyBytes,
    interleaveRows<Vectors128>,
    depthwisePair<Vectors128, PRIMER_DOT == 0 ? 1 : 2>,
    addVectors<Vectors128>,
    averagePool<Vectors128>,
    maxPool<Vectors128>,
    dotProduct<Vectors128>,
    quantizeVectors<Vectors128>,
};
