#pragma once

// Files behind a seam, so that tests can make a disk full, read-only or broken at any point.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"

namespace primer {

// Who may read a file that is written. What the tutor keeps of children is its owner's alone; what
// a person asked a program to write (a model, a pack) is as readable as any file of theirs.
enum class FileAccess : std::uint8_t { kOwner, kAsUsual };

// Thread-safe. Errors name the path; codes: kNotFound, kNoSpace, kReadOnly, kDenied, kIo,
// kLimitExceeded.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // The whole file. kLimitExceeded, without reading, where it holds more than `max_bytes`.
  virtual Result<std::vector<std::byte>> read(const std::filesystem::path& path,
                                              std::uint64_t max_bytes) = 0;

  // Replaces the file as one step: after a crash or a failure there is the old content or the new,
  // never a part, and what was written is on the disk when this returns.
  virtual Status writeAtomically(const std::filesystem::path& path,
                                 std::span<const std::byte> bytes,
                                 FileAccess access = FileAccess::kOwner) = 0;

  virtual bool exists(const std::filesystem::path& path) = 0;
  virtual Status createDirectories(const std::filesystem::path& path) = 0;
  virtual Status remove(const std::filesystem::path& path) = 0;
  // Names (not paths) of the files in a folder, sorted.
  virtual Result<std::vector<std::string>> list(const std::filesystem::path& folder) = 0;
  virtual Result<std::uint64_t> freeBytes(const std::filesystem::path& folder) = 0;
};

// The machine's own files. Stateless; lives as long as the program.
FileSystem& realFileSystem();

// The error for the value of errno after a failed call on `path`.
Error errorFromErrno(int error_number, std::string_view doing, const std::filesystem::path& path);

inline std::span<const std::byte> asBytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace primer
