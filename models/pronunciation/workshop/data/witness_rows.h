#pragma once

// What small nets learn from that weigh witnesses (whether a word was left out, whether an answer
// was said at all), in a file of the working folder. Made once by a program, read by a task.
//
//   u32 rows, u32 features, then of each row: u32 place of the utterance in the corpus, u32 flags,
//   and the features

#include <cstdint>
#include <filesystem>
#include <vector>

#include "primer/base/result.h"

namespace primer::pronunciation::workshop {

// What each kind of row says of itself; kTrue is the same in all.
using RowFlags = std::uint32_t;
inline constexpr RowFlags kTrue = 1;  // what the net should say yes to

struct WitnessRow {
  std::size_t utterance = 0;  // in the corpus
  RowFlags flags = 0;
  std::vector<float> features;

  bool is(RowFlags flag) const { return (flags & flag) != 0; }
};

// All rows have `width` features.
Status writeWitnesses(const std::filesystem::path& path, const std::vector<WitnessRow>& rows,
                      std::size_t width);
Result<std::vector<WitnessRow>> readWitnesses(const std::filesystem::path& path, std::size_t width);

}  // namespace primer::pronunciation::workshop
