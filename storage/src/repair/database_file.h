#pragma once

// What can be known of a database file and its write-ahead log without letting SQLite near them.
// Formats: sqlite.org/fileformat2.html.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <unordered_map>
#include <vector>

#include "primer/base/file_system.h"
#include "primer/base/result.h"

namespace primer::storage {

using FileBytes = std::vector<std::byte>;

inline constexpr std::size_t kWalHeader = 32;
inline constexpr std::size_t kWalFrameHeader = 24;
inline constexpr std::uint64_t kLargestDatabase = std::uint64_t{4} << 30;

std::uint32_t bigEndian32(std::span<const std::byte> bytes, std::size_t at);

struct WalView {
  // Frames that SQLite will replay: up to the last good commit.
  std::size_t replayed = 0;
  // Frames of finished transactions lie beyond those: the log is damaged in the middle, and SQLite
  // would forget answers that were acknowledged.
  bool forgets = false;
};

WalView inspectWal(std::span<const std::byte> wal);

// The newest version of each page in the log, damaged or not: page number -> offset of its bytes.
std::unordered_map<std::uint32_t, std::size_t> walPages(std::span<const std::byte> wal);

// The format number (PRAGMA user_version) of a database of ours; 0 where the header is not ours or
// cannot be read. Looks into the log too. Touches nothing.
std::int64_t peekFormat(const std::filesystem::path& database, FileSystem& files);

}  // namespace primer::storage
