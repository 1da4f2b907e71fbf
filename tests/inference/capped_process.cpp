#include "inference/capped_process.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

namespace primer::inference::testing {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitised = true;
#elif defined(__has_feature)
constexpr bool kSanitised = __has_feature(address_sanitizer);
#else
constexpr bool kSanitised = false;
#endif

// Address space and resident memory of this process.
struct Memory {
  std::uint64_t space = 0;
  std::uint64_t resident = 0;
};

Memory memoryNow() {
  std::ifstream file("/proc/self/statm");
  Memory pages;
  file >> pages.space >> pages.resident;
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return {pages.space * page, pages.resident * page};
}

[[noreturn]] void runChild(int out, std::uint64_t more_bytes,
                           const std::function<int(std::string&)>& body) {
  if (!kSanitised) {
    const rlimit cap{memoryNow().space + more_bytes, memoryNow().space + more_bytes};
    ::setrlimit(RLIMIT_AS, &cap);
  }
  std::string said;
  const int code = body(said);
  const auto length = static_cast<ssize_t>(std::min<std::size_t>(said.size(), 4096));
  ::_exit(::write(out, said.data(), static_cast<std::size_t>(length)) == length ? code : 99);
}

}  // namespace

Ended inCappedProcess(std::uint64_t more_bytes, const std::function<int(std::string&)>& body) {
  std::array<int, 2> pipe_ends{};
  if (::pipe(pipe_ends.data()) != 0) return {};
  const auto before = memoryNow().resident;
  const pid_t child = ::fork();
  if (child == 0) runChild(pipe_ends[1], more_bytes, body);
  ::close(pipe_ends[1]);
  Ended ended;
  std::array<char, 4096> text{};
  for (ssize_t got = 0; (got = ::read(pipe_ends[0], text.data(), text.size())) > 0;) {
    ended.said.append(text.data(), static_cast<std::size_t>(got));
  }
  ::close(pipe_ends[0]);
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  ended.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  const auto peak = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  ended.peak_bytes = peak > before ? peak - before : 0;
  if (WIFEXITED(status)) ended.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  return ended;
}

}  // namespace primer::inference::testing
