#include "src/repair/database_file.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "src/sqlite/connection.h"

namespace primer::storage {

namespace {

constexpr std::size_t kFrame = kWalFrameHeader + static_cast<std::size_t>(kPageSize);

struct Checksum {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  friend bool operator==(const Checksum&, const Checksum&) = default;

  void add(std::span<const std::byte> bytes, bool big_endian) {
    for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
      a += word(bytes, i, big_endian) + b;
      b += word(bytes, i + 4, big_endian) + a;
    }
  }
  static std::uint32_t word(std::span<const std::byte> bytes, std::size_t at, bool big_endian) {
    const std::uint32_t value = bigEndian32(bytes, at);
    return big_endian ? value : __builtin_bswap32(value);
  }
};

// Page 1 as it will be read: of the log if it has one, else of the file.
std::int64_t formatOfPageOne(std::span<const std::byte> page) {
  constexpr std::string_view kSqlite("SQLite format 3\0", 16);
  if (page.size() < 100 || std::memcmp(page.data(), kSqlite.data(), kSqlite.size()) != 0) return 0;
  if (bigEndian32(page, 68) != kApplicationId) return 0;
  return bigEndian32(page, 60);
}

}  // namespace

std::uint32_t bigEndian32(std::span<const std::byte> bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + i]);
  }
  return value;
}

WalView inspectWal(std::span<const std::byte> wal) {
  WalView view;
  if (wal.size() <= kWalHeader) return view;
  const std::uint32_t magic = bigEndian32(wal, 0);
  const bool big_endian = (magic & 1) != 0;
  Checksum sum;
  sum.add(wal.first(24), big_endian);
  const bool good_header = (magic & ~1u) == 0x377f0682 && bigEndian32(wal, 8) == kPageSize &&
                           sum == Checksum{bigEndian32(wal, 24), bigEndian32(wal, 28)};
  if (!good_header) {
    view.forgets = true;
    return view;
  }
  bool chain_holds = true;
  std::size_t frame = 0;
  for (std::size_t at = kWalHeader; at + kFrame <= wal.size(); at += kFrame, ++frame) {
    const auto header = wal.subspan(at, kWalFrameHeader);
    const bool of_this_log = std::memcmp(header.data() + 8, wal.data() + 16, 8) == 0;  // both salts
    const bool commits = bigEndian32(header, 4) != 0;
    if (chain_holds) {
      sum.add(header.first(8), big_endian);
      sum.add(wal.subspan(at + kWalFrameHeader, static_cast<std::size_t>(kPageSize)), big_endian);
      chain_holds =
          of_this_log && sum == Checksum{bigEndian32(header, 16), bigEndian32(header, 20)};
      if (chain_holds && commits) view.replayed = frame + 1;
    }
    if (!chain_holds && of_this_log && commits) view.forgets = true;
  }
  return view;
}

std::unordered_map<std::uint32_t, std::size_t> walPages(std::span<const std::byte> wal) {
  std::unordered_map<std::uint32_t, std::size_t> pages;
  for (std::size_t at = kWalHeader; at + kFrame <= wal.size(); at += kFrame) {
    pages[bigEndian32(wal, at)] = at + kWalFrameHeader;
  }
  return pages;
}

std::int64_t peekFormat(const std::filesystem::path& database, FileSystem& files) {
  auto wal_path = database;
  wal_path += "-wal";
  if (const auto wal = files.read(wal_path, kLargestDatabase)) {
    const WalView view = inspectWal(*wal);
    const auto replayed =
        std::span(*wal).first(std::min(wal->size(), kWalHeader + view.replayed * kFrame));
    const auto pages = walPages(replayed);
    if (const auto first = pages.find(1); first != pages.end()) {
      return formatOfPageOne(
          std::span(*wal).subspan(first->second, static_cast<std::size_t>(kPageSize)));
    }
  }
  std::vector<std::byte> page(100);
  // The seam reads whole files; a header needs a hundred bytes.
  if (FILE* file = std::fopen(database.c_str(), "rbe"); file != nullptr) {
    page.resize(std::fread(page.data(), 1, page.size(), file));
    std::fclose(file);
    return formatOfPageOne(page);
  }
  return 0;
}

}  // namespace primer::storage
