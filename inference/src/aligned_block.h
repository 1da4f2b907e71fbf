#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "planner/arena.h"

namespace primer::inference {

// Memory of kArenaAlignment.
class AlignedBlock {
 public:
  AlignedBlock() = default;
  // Zero at first. Large blocks come from the system, which has zeroed them: they are touched once.
  explicit AlignedBlock(std::size_t bytes) : size_(bytes) {
    if (isSound(bytes)) take(std::calloc(bytes + kArenaAlignment, 1));
  }
  // Of any content at first; not touched here.
  static AlignedBlock unset(std::size_t bytes) {
    AlignedBlock block;
    block.size_ = bytes;
    if (isSound(bytes)) block.take(std::malloc(bytes + kArenaAlignment));
    return block;
  }

  // False where the memory could not be had.
  bool ok() const { return size_ == 0 || memory_ != nullptr; }
  std::byte* data() const {
    const auto at = reinterpret_cast<std::uintptr_t>(memory_.get());
    return memory_.get() + (kArenaAlignment - at % kArenaAlignment) % kArenaAlignment;
  }
  std::size_t size() const { return size_; }

 private:
  static bool isSound(std::size_t bytes) {
    return bytes > 0 && bytes <= SIZE_MAX - kArenaAlignment;
  }
  void take(void* memory) { memory_.reset(static_cast<std::byte*>(memory)); }

  struct Free {
    void operator()(std::byte* memory) const { std::free(memory); }
  };
  std::unique_ptr<std::byte, Free> memory_;
  std::size_t size_ = 0;
};

}  // namespace primer::inference
