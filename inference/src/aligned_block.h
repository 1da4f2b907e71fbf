#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>

#include "planner/arena.h"

namespace primer::inference {

// Memory of kArenaAlignment, zero at first.
class AlignedBlock {
 public:
  AlignedBlock() = default;
  explicit AlignedBlock(std::size_t bytes) : size_(bytes) {
    if (bytes == 0) return;
    data_.reset(static_cast<std::byte*>(
        ::operator new (bytes, std::align_val_t{kArenaAlignment}, std::nothrow)));
    if (data_ != nullptr) std::memset(data_.get(), 0, bytes);
  }

  // False where the memory could not be had.
  bool ok() const { return size_ == 0 || data_ != nullptr; }
  std::byte* data() const { return data_.get(); }
  std::size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(std::byte* data) const {
      ::operator delete (data, std::align_val_t{kArenaAlignment});
    }
  };
  std::unique_ptr<std::byte, Free> data_;
  std::size_t size_ = 0;
};

}  // namespace primer::inference
