#pragma once

// The training recordings of the Free Spoken Digit Dataset: one digit each, 8 kHz.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "primer/base/result.h"

namespace primer::speech::workshop {

constexpr int kFsddSampleRate = 8000;

struct SpokenDigit {
  std::vector<std::int16_t> samples;  // mono, kFsddSampleRate
  std::uint8_t digit = 0;             // 0..9
  std::string speaker;
};

// Reads what speech/fsdd/utts.tsv of the folder of data sets marks as "train". kNotFound and
// kDamaged name the file, and the line where one is bad.
Result<std::vector<SpokenDigit>> readFsdd(const std::filesystem::path& data);

}  // namespace primer::speech::workshop
