#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "planner/arena.h"

namespace primer::inference {

// Memory of kArenaAlignment, zero at first.
class AlignedBlock {
 public:
  AlignedBlock() = default;
  explicit AlignedBlock(std::size_t bytes) : size_(bytes) {
    if (bytes == 0 || bytes > SIZE_MAX - kArenaAlignment) return;
    // Large blocks come from the system, which has zeroed them: they are touched once.
    memory_.reset(static_cast<std::byte*>(std::calloc(bytes + kArenaAlignment, 1)));
  }

  // False where the memory could not be had.
  bool ok() const { return size_ == 0 || memory_ != nullptr; }
  std::byte* data() const {
    const auto at = reinterpret_cast<std::uintptr_t>(memory_.get());
    return memory_.get() + (kArenaAlignment - at % kArenaAlignment) % kArenaAlignment;
  }
  std::size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(std::byte* memory) const { std::free(memory); }
  };
  std::unique_ptr<std::byte, Free> memory_;
  std::size_t size_ = 0;
};

}  // namespace primer::inference
