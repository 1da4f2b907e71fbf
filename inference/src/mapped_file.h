#pragma once

// A file mapped for reading.

#include <cstddef>
#include <filesystem>
#include <span>

#include "primer/base/result.h"

namespace primer::inference {

class MappedFile {
 public:
  // Errors: kNotFound, kDenied, kIo, kLimitExceeded (without mapping).
  static Result<MappedFile> open(const std::filesystem::path& path, std::uint64_t max_bytes);

  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return bytes_; }

  // Gives the memory back that the pages read so far took. They come back when they are read again.
  void release() const noexcept;

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace primer::inference
