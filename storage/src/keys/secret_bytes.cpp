#include "src/keys/secret_bytes.h"

#include <sodium.h>

#include <cstdlib>
#include <cstring>
#include <utility>

namespace primer::storage {

SecretBytes::SecretBytes(std::size_t size) : data_(nullptr), size_(size) {
  if (sodium_init() >= 0) data_ = static_cast<std::uint8_t*>(sodium_malloc(size));
  if (data_ == nullptr) std::abort();  // a secret in ordinary memory is worse than stopping
  std::memset(data_, 0, size_);
}

SecretBytes::~SecretBytes() { sodium_free(data_); }  // wipes

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

}  // namespace primer::storage
