// A level of 128-bit vectors, whole: included inside an unnamed namespace.

#include "kernels/arm/vectors128.inl"
#include "kernels/vectors/depthwise.inl"
#include "kernels/vectors/elementwise.inl"
#include "kernels/vectors/product.inl"
#include "kernels/vectors/sparse.inl"

#if PRIMER_DOT == 2
#include "kernels/arm/row_pairs.inl"
using Multiplied = RowPairs;
#else
using Multiplied = Vectors128;
#endif

// Rows in a tile of four vectors and of two: sums and what feeds them take the 32 registers, and
// without sdot a vector of sums takes two. A pair of rows feeds smmla from one register.
constexpr int kRowsOfFour = PRIMER_DOT == 0 ? 2 : PRIMER_DOT == 1 ? 4 : 6;
constexpr int kRowsOfTwo = PRIMER_DOT == 0 ? 4 : 8;

void multiply(const Product& product, const ProductRows& rows) {
  if (rows.count == 0) return;
  if (product.blocks != nullptr) return multiplySparse<Vectors128>(product, rows);
  forEachPanel(product, Multiplied::kLanes, [&](const Panel& panel) {
    switch (panel.width / Multiplied::kLanes) {
      case 4:
        // Four rows a tile where fewer rows are done twice so.
        if (kRowsOfFour > 4 && (rows.count + 5) / 6 * 6 > (rows.count + 3) / 4 * 4) {
          return panelRows<Multiplied, 4, 4>(product, panel, rows);
        }
        return panelRows<Multiplied, kRowsOfFour, 4>(product, panel, rows);
      case 2:
        return panelRows<Multiplied, kRowsOfTwo, 2>(product, panel, rows);
      default:
        return panelRows<Multiplied, 8, 1>(product, panel, rows);
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
    PRIMER_DOT == 2,
    multiply,
    copyBytes,
    interleaveRows<Vectors128>,
    depthwisePair<Vectors128, PRIMER_DOT == 0 ? 1 : 2>,
    addVectors<Vectors128>,
    averagePool<Vectors128>,
    maxPool<Vectors128>,
    dotProduct<Vectors128>,
    quantizeVectors<Vectors128>,
    // By counting instructions: there is no such core here to measure on.
    PRIMER_DOT == 0   ? SkippingCosts{1.5, 10}
    : PRIMER_DOT == 1 ? SkippingCosts{1.9, 14}
                      : SkippingCosts{3.8, 20},
};
