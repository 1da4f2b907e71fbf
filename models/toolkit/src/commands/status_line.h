#pragma once

// What a long command is doing, on one line of standard error, where a person looks at it.

#include <unistd.h>

#include <cstdio>

namespace primer::toolkit {

// The line goes away with the object.
class StatusLine {
 public:
  StatusLine() : shown_(isatty(STDERR_FILENO) == 1) {}
  ~StatusLine() { say(""); }
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  void say(const char* doing) const {
    if (!shown_) return;
    std::fprintf(stderr, "\r\033[K%s%s", doing, *doing == '\0' ? "" : " ...");
    std::fflush(stderr);
  }

 private:
  const bool shown_;
};

}  // namespace primer::toolkit
