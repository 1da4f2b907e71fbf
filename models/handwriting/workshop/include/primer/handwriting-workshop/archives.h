#pragma once

// Whole compressed files in memory.

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "primer/base/result.h"

namespace primer::handwriting::workshop {

// What an .xz or .gz file holds. kNotFound, kDamaged, or kLimitExceeded above 1 GiB.
Result<std::string> readXz(const std::filesystem::path& path);
Result<std::string> readGzip(const std::filesystem::path& path);

// Calls `visit` with the name and the content of every regular entry of a zip file.
Status visitZip(const std::filesystem::path& path,
                const std::function<void(std::string_view name, std::string_view content)>& visit);

// Calls `visit` with every line of `text`, without its end.
void visitLines(std::string_view text, const std::function<void(std::string_view line)>& visit);

}  // namespace primer::handwriting::workshop
