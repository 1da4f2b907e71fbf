#include "training/crew.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>

#include <cstdint>
#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace primer::toolkit {

void workAlone() {
#if defined(__SSE2__)
  // Denormals cost a hundred times a normal number and carry nothing here.
  constexpr unsigned kFlushToZero = 0x8000, kDenormalsAreZero = 0x0040;
  _mm_setcsr(_mm_getcsr() | kFlushToZero | kDenormalsAreZero);
#elif defined(__aarch64__)
  constexpr std::uint64_t kFlushToZero = std::uint64_t{1} << 24;
  std::uint64_t control = 0;
  asm volatile("mrs %0, fpcr" : "=r"(control));
  asm volatile("msr fpcr, %0" : : "r"(control | kFlushToZero));
#endif
  at::set_num_threads(1);
  // OpenBLAS, where it stands behind libblas, has threads of its own.
  if (auto* symbol = dlsym(RTLD_DEFAULT, "openblas_set_num_threads"); symbol != nullptr) {
    reinterpret_cast<void (*)(int)>(symbol)(1);
  }
}

Crew::Crew(int size) {
  workAlone();
  for (int member = 1; member < size; ++member) {
    threads_.emplace_back([this, member] { serve(member); });
  }
}

Crew::~Crew() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void Crew::workOn(int member, int shares, const std::function<void(int)>& work) const {
  for (int share = member; share < shares; share += size()) work(share);
}

void Crew::serve(int member) {
  workAlone();
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || round_ != seen; });
    if (stopping_) return;
    seen = round_;
    const auto* work = work_;
    const int shares = shares_;
    lock.unlock();
    std::exception_ptr problem;
    try {
      workOn(member, shares, *work);
    } catch (...) {
      problem = std::current_exception();
    }
    lock.lock();
    if (problem && !problem_) problem_ = problem;
    if (--busy_ == 0) finished_.notify_one();
  }
}

void Crew::run(int shares, const std::function<void(int)>& work) {
  {
    const std::lock_guard lock(mutex_);
    work_ = &work;
    shares_ = shares;
    ++round_;
    busy_ = static_cast<int>(threads_.size());
    problem_ = nullptr;
  }
  wake_.notify_all();
  std::exception_ptr own;
  try {
    workOn(0, shares, work);
  } catch (...) {
    own = std::current_exception();
  }
  std::unique_lock lock(mutex_);
  finished_.wait(lock, [this] { return busy_ == 0; });
  if (own) std::rethrow_exception(own);
  if (problem_) std::rethrow_exception(problem_);
}

}  // namespace primer::toolkit
