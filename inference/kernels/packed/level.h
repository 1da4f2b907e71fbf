#pragma once

// The seam between the portable half of the packed kernels (packed/: rules, packing, bands) and a
// level's inner loops (vectors/, x86/, arm/). Files of a level are compiled for CPUs that others
// are not, so they include this and nothing else: no header whose inline functions the linker would
// merge with those of plain files, and nothing here is a function with external linkage.

#include <cstdint>

namespace primer::inference::packed {

// Bytes of an input element's products in one step: what a lane of a vector sums at a time.
inline constexpr int kStepBytes = 4;
// Sums of one pass over the inputs: a panel is at most so many vectors wide.
inline constexpr int kPanelVectors = 4;

// How sums become bytes. All arrays lie in the order of lanes (see laneChannel).
//
// Convolutions: result = ((sum * 4 * multiplier >> 32) + addend - (sum < 0 ? sign : 0)) >> shift,
// which is the reference's two roundings, the zero point in it: see rescale.h. Where `sign` is null
// negative sums end at `low` either way. Dense layers have `factor` instead: the product in double,
// rounded once, half away from zero.
struct Rescale {
  const std::int32_t* multiplier = nullptr;
  const std::int32_t* addend = nullptr;
  const std::int32_t* shift = nullptr;
  const std::int32_t* sign = nullptr;
  const double* factor = nullptr;
  std::int32_t zero_point = 0;  // of dense layers
  std::int8_t low = -128;
  std::int8_t high = 127;
};

// A step of one channel's weights that are not all zero.
struct SparseBlock {
  std::int32_t step = 0;
  std::int8_t weights[kStepBytes] = {};
};

// Rows that a sparse product turns over at once, in vectors of lanes.
inline constexpr int kSparseVectors = 4;

// Weights of a product of matrices: panels one after another, a panel as
// [run][step][vector][lane][kStepBytes]; where a level wants steps in pairs
// (LevelKernels::pairs_steps), as [run][pair][vector][lane][2][kStepBytes], a run's last step alone
// where it is left over. Bytes of the input are taken as the level takes them
// (LevelKernels::input_flip); `bias` has the correction for that and for the zero point.
struct Product {
  const std::int8_t* weights = nullptr;
  // Where most weights are zero: those that are not, channel by channel, and where each channel's
  // end; `weights` is null then, and lanes are channels in their order.
  const SparseBlock* blocks = nullptr;
  const std::int32_t* block_ends = nullptr;
  const std::int32_t* bias = nullptr;
  Rescale rescale;
  std::int32_t channels = 0;
  // What a row of the input is: runs of bytes at these offsets from its beginning.
  const std::int64_t* run_offsets = nullptr;
  std::int32_t runs = 0;
  std::int32_t steps = 0;  // whole ones, of each run
  std::int32_t tail = 0;   // 1..3 bytes after the steps: their neighbours are not read
};

// Rows of input that a product is for: `width` of them `pixel_step` bytes apart, then the next
// `width` from `row_step` on. Outputs follow each other.
struct ProductRows {
  const std::int8_t* input = nullptr;
  bool is_offset = false;  // its bytes lie there as the level takes them
  std::int64_t count = 0;
  std::int64_t width = 1;
  std::int64_t pixel_step = 0;
  std::int64_t row_step = 0;
  std::int8_t* output = nullptr;
  std::int64_t output_step = 0;
  // Of a sparse product: kSparseVectors * lanes rows of steps; at a multiple of 64.
  std::int8_t* scratch = nullptr;
};

// A depthwise convolution. Four rows of input are interleaved bytewise: the four taps that a sum
// takes in one step lie beside each other. Of 16 bytes of a row, those at 4 j .. 4 j + 3 go to
// plane j, so that a plane is as long as a row; a tap to the right is an offset. Sums are made four
// vectors at a time, one a plane, which is 4 * lanes bytes of output: a place.
struct Depthwise {
  // [phase][row][tap][plane][lane][kStepBytes]; the other arrays are [phase][plane][lane].
  const std::int8_t* weights = nullptr;
  const std::int32_t* bias = nullptr;
  Rescale rescale;
  std::int32_t rows = 1;    // of output, made from the same planes
  std::int32_t phases = 1;  // places follow each other with this period of channels
  std::int32_t taps = 0;    // quads of them
  const std::int64_t* tap_offsets = nullptr;  // [tap][plane]: from the planes' beginning
  // Flat: a row of output is one unit of so many bytes, a phase's places step_out apart. Else: a
  // unit is a pixel, of which there are `places`.
  bool is_flat = true;
  std::int64_t unit_bytes = 0;
  std::int64_t places = 0;
  std::int64_t step_in = 0;
  std::int64_t step_out = 0;
};

// out = low..high of round(a's share + b's share), elements in order. `approximate` is a sum in 32
// bits, right but for sums that lie within a hair of a middle; those are found by their bits and
// done as the reference does it.
struct Addition {
  std::int32_t factor_a = 0;
  std::int32_t factor_b = 0;
  std::int32_t offset = 0;
  std::int32_t shift = 0;
  std::int32_t doubt = 0;  // bits that are all 0 where the sum is near a middle
  // The reference's operands: tables of what a byte stands for at the common scale.
  const std::int32_t* table_a = nullptr;
  const std::int32_t* table_b = nullptr;
  std::int32_t multiplier = 0, addend = 0, exact_shift = 0, sign = 0;  // as in Rescale
  std::int8_t low = -128;
  std::int8_t high = 127;
};

// One output of a pool: `rows` times `columns` pixels from `input` on, bytes apart as told.
struct PoolWindow {
  const std::int8_t* input = nullptr;
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::int64_t row_step = 0;
  std::int64_t pixel_step = 0;
  std::int64_t channels = 0;
  std::int8_t low = -128;
  std::int8_t high = 127;
};

// What skipping weights that are zero costs a level: see sparse_rule.h.
struct SkippingCosts {
  double block = 1;    // a block that is not zero; 0: there is no such loop
  double channel = 1;  // bias, rescaling and storing of a channel
};

// The inner loops of a level.
struct LevelKernels {
  int lanes = 0;  // sums in a vector
  // Inputs are taken as unsigned bytes, x + 128, where its products want them so: -128 is then the
  // bit that is turned over. Else 0.
  std::int8_t input_flip = 0;
  std::int8_t least_weight = -128;  // that `multiply` holds
  bool pairs_steps = false;         // weights lie eight bytes deep: see Product
  void (*multiply)(const Product& product, const ProductRows& rows) = nullptr;
  // to[i] = from[i] ^ input_flip.
  void (*offset)(const std::int8_t* from, std::int64_t bytes, std::int8_t* to) = nullptr;
  // So many bytes of four rows into planes that are `pitch` bytes apart; the last vector is filled
  // up with `fill`.
  void (*interleave)(const std::int8_t* const (&rows)[4], std::int64_t bytes, std::int8_t fill,
                     std::int8_t* planes, std::int64_t pitch) = nullptr;
  // One row of output, or two: the second pointer may be null.
  void (*depthwise)(const Depthwise& layer, const std::int8_t* planes,
                    std::int8_t* const (&outputs)[2]) = nullptr;
  void (*add)(const Addition& add, const std::int8_t* a, const std::int8_t* b, std::int8_t* out,
              std::int64_t count) = nullptr;
  void (*average_pool)(const PoolWindow& window, std::int8_t* out) = nullptr;
  void (*max_pool)(const PoolWindow& window, std::int8_t* out) = nullptr;
  // Sum of x * w, where x is taken as unsigned if inputs are.
  std::int32_t (*dot)(const std::int8_t* x, const std::int8_t* w, std::int64_t count) = nullptr;
  void (*quantize)(const float* in, float scale, std::int32_t zero_point, std::int8_t* out,
                   std::int64_t count) = nullptr;
  SkippingCosts skipping;
  // The loops of products that are large enough for them (tile_rule.h), where the level has such:
  // of these only what products need is there. Rows of one product lie in whole lines.
  const LevelKernels* tiles = nullptr;
};

// Channels of the next panel where `left` are left: panels are 4, 2 or 1 vectors wide, and half a
// vector for the last few channels where vectors are long.
static constexpr int panelWidth(int left, int lanes) {
  if (left > 3 * lanes) return kPanelVectors * lanes;
  if (left > lanes) return 2 * lanes;
  return lanes == 16 && left <= 8 ? 8 : lanes;
}

// Which channel of its panel a lane of a vector holds: such that packing sums to bytes, which works
// within 16 bytes, leaves the channels in order.
static constexpr int laneChannel(int width, int lanes, int vector, int lane) {
  const int vectors = width < lanes ? 1 : width / lanes;
  return lane / 4 * 4 * vectors + 4 * vector + lane % 4;
}

}  // namespace primer::inference::packed
