#pragma once

// Bytes that must not be left behind: locked into memory where the system allows it, guarded on
// both sides, wiped when they go.

#include <cstddef>
#include <cstdint>
#include <span>

namespace primer::storage {

class SecretBytes {
 public:
  explicit SecretBytes(std::size_t size);  // zeroed
  ~SecretBytes();
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;

  std::uint8_t* data() { return data_; }
  const std::uint8_t* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  std::uint8_t* data_;
  std::size_t size_;
};

}  // namespace primer::storage
