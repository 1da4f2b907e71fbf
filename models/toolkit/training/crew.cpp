#include "training/crew.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace primer::toolkit {

void workAlone() {
#if defined(__SSE2__)
  // Denormals cost a hundred times a normal number and carry nothing here.
  constexpr unsigned kFlushToZero = 0x8000, kDenormalsAreZero = 0x0040;
  _mm_setcsr(_mm_getcsr() | kFlushToZero | kDenormalsAreZero);
#endif
  at::set_num_threads(1);
  // OpenBLAS, where it stands behind libblas, has threads of its own.
  if (auto* symbol = dlsym(RTLD_DEFAULT, "openblas_set_num_threads"); symbol != nullptr) {
    reinterpret_cast<void (*)(int)>(symbol)(1);
  }
}

Crew::Crew(int size) {
  workAlone();
  for (int share = 1; share < size; ++share) threads_.emplace_back([this, share] { serve(share); });
}

Crew::~Crew() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void Crew::serve(int share) {
  workAlone();
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || round_ != seen; });
    if (stopping_) return;
    seen = round_;
    const auto* work = work_;
    lock.unlock();
    std::exception_ptr problem;
    try {
      (*work)(share);
    } catch (...) {
      problem = std::current_exception();
    }
    lock.lock();
    if (problem && !problem_) problem_ = problem;
    if (--busy_ == 0) finished_.notify_one();
  }
}

void Crew::run(const std::function<void(int)>& work) {
  {
    const std::lock_guard lock(mutex_);
    work_ = &work;
    ++round_;
    busy_ = static_cast<int>(threads_.size());
    problem_ = nullptr;
  }
  wake_.notify_all();
  std::exception_ptr own;
  try {
    work(0);
  } catch (...) {
    own = std::current_exception();
  }
  std::unique_lock lock(mutex_);
  finished_.wait(lock, [this] { return busy_ == 0; });
  if (own) std::rethrow_exception(own);
  if (problem_) std::rethrow_exception(problem_);
}

}  // namespace primer::toolkit
