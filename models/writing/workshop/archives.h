#pragma once

// Text out of gzip files and of tar archives in them.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"

namespace primer::writing::workshop {

struct ArchivedFile {
  std::string name;  // with its folders
  std::string text;
};

Result<std::string> readGzip(const std::filesystem::path& path);
Result<std::vector<ArchivedFile>> readTarGzip(const std::filesystem::path& path);

// Views of the lines of a table, and of the cells of a line.
std::vector<std::string_view> linesOf(std::string_view text);
std::vector<std::string_view> cellsOf(std::string_view line, std::string_view between = "\t");

// FNV-1a: the same for good.
std::uint64_t hashOf(std::string_view text);

}  // namespace primer::writing::workshop
