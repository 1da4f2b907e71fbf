#pragma once

// Samples from one thread to another without a lock: one writer, one reader. What does not fit is
// dropped and counted, because a sound callback must never wait.

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace primer::app {

class SampleRing {
 public:
  // Holds at least `capacity` samples.
  explicit SampleRing(std::size_t capacity) : samples_(std::bit_ceil(capacity)) {}

  // The writer's side. All of `samples` or, where there is no room, none: a frame is never cut.
  bool write(std::span<const float> samples) noexcept {
    const auto end = end_.load(std::memory_order_relaxed);
    const auto begin = begin_.load(std::memory_order_acquire);
    if (samples_.size() - (end - begin) < samples.size()) {
      dropped_.fetch_add(samples.size(), std::memory_order_relaxed);
      return false;
    }
    for (std::size_t i = 0; i < samples.size(); ++i) samples_[(end + i) & mask()] = samples[i];
    end_.store(end + samples.size(), std::memory_order_release);
    return true;
  }

  // The reader's side; returns how many there were.
  std::size_t read(std::span<float> samples) noexcept {
    const auto begin = begin_.load(std::memory_order_relaxed);
    const auto there = end_.load(std::memory_order_acquire) - begin;
    const std::size_t count = there < samples.size() ? there : samples.size();
    for (std::size_t i = 0; i < count; ++i) samples[i] = samples_[(begin + i) & mask()];
    begin_.store(begin + count, std::memory_order_release);
    return count;
  }

  // Of all time, from either side.
  std::uint64_t written() const noexcept { return end_.load(std::memory_order_acquire); }
  std::uint64_t dropped() const noexcept { return dropped_.load(std::memory_order_relaxed); }

 private:
  std::size_t mask() const { return samples_.size() - 1; }

  std::vector<float> samples_;
  // Both count samples of all time; 64 bits last for millions of years.
  alignas(64) std::atomic<std::uint64_t> end_{0};
  alignas(64) std::atomic<std::uint64_t> begin_{0};
  std::atomic<std::uint64_t> dropped_{0};
};

}  // namespace primer::app
