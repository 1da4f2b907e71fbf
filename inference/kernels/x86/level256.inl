// A level of 256-bit vectors, whole: included inside an unnamed namespace.

#include "kernels/vectors/depthwise.inl"
#include "kernels/vectors/elementwise.inl"
#include "kernels/vectors/product.inl"
#include "kernels/vectors/sparse.inl"
#include "kernels/x86/offset.inl"
#include "kernels/x86/vectors256.inl"

// Rows in a tile of two vectors: sixteen registers hold so many sums beside what feeds them.
constexpr int kPairRows = PRIMER_DOT == 0 ? 2 : 4;

void multiply(const Product& product, const ProductRows& rows) {
  if (rows.count == 0) return;
  if (product.blocks != nullptr) return multiplySparse<Vectors256>(product, rows);
  forEachPanel(product, Vectors256::kLanes, [&](const Panel& panel) {
    switch (panel.width / Vectors256::kLanes) {
      case 4:
        return panelRows<Vectors256, 2, 4>(product, panel, rows);
      case 2:
        return panelRows<Vectors256, kPairRows, 2>(product, panel, rows);
      default:
        return panelRows<Vectors256, 8, 1>(product, panel, rows);
    }
  });
}

constexpr LevelKernels kKernels = {
    Vectors256::kLanes,
    Vectors256::kInputFlip,
    Vectors256::kLeastWeight,
    false,
    multiply,
    offsetVectors<Vectors256>,
    interleaveRows<Vectors256>,
    depthwisePair<Vectors256, 1>,
    addVectors<Vectors256>,
    averagePool<Vectors256>,
    maxPool<Vectors256>,
    dotProduct<Vectors256>,
    quantizeVectors<Vectors256>,
    PRIMER_DOT == 0 ? SkippingCosts{1, 5} : SkippingCosts{0.85, 11},
};
