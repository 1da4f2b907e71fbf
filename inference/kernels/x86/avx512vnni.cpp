// AVX512-VNNI with 512-bit vectors, and 256-bit ones where eight channels or fewer are left.

#include <immintrin.h>

#include "kernels/packed/level.h"
#include "kernels/packed/levels.h"

#define PRIMER_DOT 2

namespace primer::inference::packed {
namespace {

#include "kernels/vectors/depthwise.inl"
#include "kernels/vectors/elementwise.inl"
#include "kernels/vectors/product.inl"
#include "kernels/vectors/sparse.inl"
#include "kernels/x86/offset.inl"
#include "kernels/x86/vectors256.inl"
#include "kernels/x86/vectors512.inl"

void multiply(const Product& product, const ProductRows& rows) {
  if (rows.count == 0) return;
  if (product.blocks != nullptr) return multiplySparse<Vectors512>(product, rows);
  forEachPanel(product, Vectors512::kLanes, [&](const Panel& panel) {
    switch (panel.width) {
      case 4 * Vectors512::kLanes: {
        // Six rows a tile, but four where fewer rows are done twice so.
        const bool six = (rows.count + 5) / 6 * 6 <= (rows.count + 3) / 4 * 4;
        return six ? panelRows<Vectors512, 6, 4>(product, panel, rows)
                   : panelRows<Vectors512, 4, 4>(product, panel, rows);
      }
      case 2 * Vectors512::kLanes:
        return panelRows<Vectors512, 8, 2>(product, panel, rows);
      case Vectors512::kLanes:
        return panelRows<Vectors512, 8, 1>(product, panel, rows);
      default:
        return panelRows<Vectors256, 8, 1>(product, panel, rows);
    }
  });
}

constexpr LevelKernels kKernels = {
    Vectors512::kLanes,
    Vectors512::kInputFlip,
    Vectors512::kLeastWeight,
    false,
    multiply,
    offsetVectors<Vectors512>,
    interleaveRows<Vectors512>,
    depthwisePair<Vectors512, 2>,
    addVectors<Vectors512>,
    averagePool<Vectors512>,
    maxPool<Vectors512>,
    dotProduct<Vectors512>,
    quantizeVectors<Vectors512>,
    {1.05, 14},
};

}  // namespace

const LevelKernels& avx512VnniKernels() { return kKernels; }

}  // namespace primer::inference::packed
