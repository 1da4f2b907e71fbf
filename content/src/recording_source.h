#pragma once

#include <functional>

#include "table_reader.h"

namespace primer::content {

// The bytes of a file of the lesson's folder, by its path in it; at most so many.
using FolderReader =
    std::function<Result<std::vector<std::byte>>(const std::string& file, std::uint64_t most)>;

// The [[recording]] sections of a lesson's source with their files.
std::vector<Recording> readRecordings(TableReader& lesson, Notes& notes, const FolderReader& read);

}  // namespace primer::content
