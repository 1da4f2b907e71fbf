#pragma once

// A few threads that run parts of the same work at the same time, again and again.

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace primer::inference {

class ThreadPool {
 public:
  // Part `index` of the work; as many as there are threads.
  using Work = void (*)(const void* context, int index) noexcept;

  // So many threads, the one that calls run() among them. Where the system gives fewer, those.
  explicit ThreadPool(int threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int threads() const { return static_cast<int>(workers_.size()) + 1; }

  // Runs every part, the first in the calling thread, and returns when all are done. Called by one
  // thread at a time; neither allocates nor locks. Threads that have nothing to do look for work
  // for some microseconds, then sleep.
  void run(Work work, const void* context) noexcept;

 private:
  void serve(int index) noexcept;

  Work work_ = nullptr;  // null: the end
  const void* context_ = nullptr;
  std::atomic<std::uint32_t> call_ = 0;  // of run(), counted: what workers wait for
  std::atomic<std::uint32_t> busy_ = 0;  // workers that are not done with it
  std::vector<std::thread> workers_;
};

}  // namespace primer::inference
