#include "src/thread_pool.h"

#include <system_error>

namespace primer::inference {
namespace {

// Layers follow each other within microseconds, and waking a thread takes more than that.
constexpr int kLooks = 4000;

void pause() noexcept {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Until the value is another than `old`.
void waitForChange(const std::atomic<std::uint32_t>& value, std::uint32_t old) noexcept {
  for (int i = 0; i < kLooks; ++i) {
    if (value.load(std::memory_order_acquire) != old) return;
    pause();
  }
  value.wait(old, std::memory_order_acquire);
}

}  // namespace

ThreadPool::ThreadPool(int threads) {
  workers_.reserve(static_cast<std::size_t>(threads > 1 ? threads - 1 : 0));
  try {
    for (int i = 1; i < threads; ++i) workers_.emplace_back([this, i] { serve(i); });
  } catch (const std::system_error&) {
    // Fewer, then.
  }
}

ThreadPool::~ThreadPool() {
  run(nullptr, nullptr);
  for (auto& worker : workers_) worker.join();
}

void ThreadPool::run(Work work, const void* context) noexcept {
  work_ = work;
  context_ = context;
  busy_.store(static_cast<std::uint32_t>(workers_.size()), std::memory_order_relaxed);
  call_.fetch_add(1, std::memory_order_release);
  call_.notify_all();
  if (work == nullptr) return;
  work(context, 0);
  for (auto busy = busy_.load(std::memory_order_acquire); busy != 0;
       busy = busy_.load(std::memory_order_acquire)) {
    waitForChange(busy_, busy);
  }
}

void ThreadPool::serve(int index) noexcept {
  for (std::uint32_t seen = 0;; ++seen) {
    waitForChange(call_, seen);
    if (work_ == nullptr) return;
    work_(context_, index);
    if (busy_.fetch_sub(1, std::memory_order_release) == 1) busy_.notify_one();
  }
}

}  // namespace primer::inference
