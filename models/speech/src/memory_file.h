#pragma once

// libsndfile over bytes in memory.

#include <sndfile.h>

#include <cstddef>
#include <span>
#include <vector>

namespace primer::speech {

// Either bytes to be read, which must outlive this, or bytes that are being written. Stays where it
// is while a SNDFILE uses it.
class MemoryFile {
 public:
  MemoryFile() = default;
  explicit MemoryFile(std::span<const std::byte> bytes) : read_(bytes) {}

  static SF_VIRTUAL_IO calls();
  std::vector<std::byte> takeWritten() { return std::move(written_); }

 private:
  std::span<const std::byte> content() const {
    return read_.empty() ? std::span<const std::byte>(written_) : read_;
  }
  static sf_count_t seek(sf_count_t offset, int whence, void* self);
  static sf_count_t read(void* to, sf_count_t count, void* self);
  static sf_count_t write(const void* from, sf_count_t count, void* self);

  std::span<const std::byte> read_;
  std::vector<std::byte> written_;
  sf_count_t at_ = 0;
};

}  // namespace primer::speech
