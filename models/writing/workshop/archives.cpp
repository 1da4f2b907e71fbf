#include "archives.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>

namespace primer::writing::workshop {

namespace {

constexpr std::size_t kLargest = std::size_t{256} << 20;
constexpr std::size_t kBlock = 512;  // of a tar archive

std::size_t octal(std::string_view field) {
  std::size_t value = 0;
  for (const char c : field) {
    if (c >= '0' && c <= '7') value = value * 8 + static_cast<std::size_t>(c - '0');
  }
  return value;
}

}  // namespace

Result<std::string> readGzip(const std::filesystem::path& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (file == nullptr) return fail(ErrorCode::kNotFound, path.string() + ": cannot be read");
  std::string text;
  std::array<char, 1 << 16> block;
  for (;;) {
    const int count = gzread(file.get(), block.data(), static_cast<unsigned>(block.size()));
    if (count < 0) return fail(ErrorCode::kDamaged, path.string() + ": not a sound gzip file");
    if (count == 0) return text;
    text.append(block.data(), static_cast<std::size_t>(count));
    if (text.size() > kLargest)
      return fail(ErrorCode::kLimitExceeded, path.string() + ": too large");
  }
}

Result<std::vector<ArchivedFile>> readTarGzip(const std::filesystem::path& path) {
  PRIMER_ASSIGN(const std::string bytes, readGzip(path));
  std::vector<ArchivedFile> files;
  for (std::size_t at = 0; at + kBlock <= bytes.size();) {
    const std::string_view header(bytes.data() + at, kBlock);
    if (header[0] == '\0') break;
    const std::size_t size = octal(header.substr(124, 12));
    at += kBlock;
    if (size > bytes.size() - at) {
      return fail(ErrorCode::kDamaged, path.string() + ": the archive is cut short");
    }
    if (header[156] == '0' || header[156] == '\0') {
      std::string name(header.substr(0, std::min<std::size_t>(header.find('\0'), 100)));
      files.push_back({std::move(name), bytes.substr(at, size)});
    }
    at += (size + kBlock - 1) / kBlock * kBlock;
  }
  if (files.empty()) return fail(ErrorCode::kDamaged, path.string() + ": holds no files");
  return files;
}

std::vector<std::string_view> linesOf(std::string_view text) {
  auto lines = cellsOf(text, "\n");
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

std::vector<std::string_view> cellsOf(std::string_view line, std::string_view between) {
  std::vector<std::string_view> cells;
  std::size_t begin = 0;
  for (std::size_t end; (end = line.find(between, begin)) != std::string_view::npos;
       begin = end + between.size()) {
    cells.push_back(line.substr(begin, end - begin));
  }
  cells.push_back(line.substr(begin));
  return cells;
}

std::uint64_t hashOf(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

}  // namespace primer::writing::workshop
