#pragma once

// A few threads that do the shares of one piece of work and wait for one another.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace primer::toolkit {

// Owned and used by one thread, which works too. Inside a share libtorch works on one
// thread: a whole share on each core meets the others once a step, where threads inside every
// operator would meet hundreds of times.
class Crew {
 public:
  explicit Crew(int size);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  int size() const { return static_cast<int>(threads_.size()) + 1; }

  // Calls work(0) .. work(shares-1), spread over the threads; returns when all are done. An
  // exception of one is thrown here.
  void run(int shares, const std::function<void(int)>& work);

 private:
  void serve(int member);
  void workOn(int member, int shares, const std::function<void(int)>& work) const;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable finished_;
  const std::function<void(int)>* work_ = nullptr;
  int shares_ = 0;
  std::uint64_t round_ = 0;
  int busy_ = 0;
  bool stopping_ = false;
  std::exception_ptr problem_;
  std::vector<std::thread> threads_;
};

// Makes the calling thread's libtorch and BLAS work on one thread, without denormals.
void workAlone();

}  // namespace primer::toolkit
