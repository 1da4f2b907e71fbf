#include "pin_entry.h"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "primer/base/file_system.h"

namespace primer::admin {

namespace {

constexpr std::uint64_t kLargestPinFile = 4096;

// Keeps a secret line in one place and wipes it: a string that grows would leave copies behind.
class Line {
 public:
  ~Line() {
    volatile char* wiped = bytes_;
    for (std::size_t i = 0; i < sizeof(bytes_); ++i) wiped[i] = 0;
  }
  void add(char c) {
    if (size_ < sizeof(bytes_)) bytes_[size_++] = c;
  }
  std::string_view text() const {
    std::string_view line(bytes_, size_);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    return line;
  }

 private:
  char bytes_[64] = {};
  std::size_t size_ = 0;
};

// Switches the terminal's echo off for as long as it lives.
class Silence {
 public:
  Silence() : silent_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!silent_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~Silence() {
    if (silent_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios before_{};
  bool silent_;
};

}  // namespace

Result<storage::Pin> readPin(const std::filesystem::path& file) {
  Line line;
  if (!file.empty()) {
    PRIMER_ASSIGN(auto bytes, realFileSystem().read(file, kLargestPinFile));
    for (const auto byte : bytes) {
      if (byte == std::byte{'\n'}) break;
      line.add(static_cast<char>(byte));
    }
    std::fill(bytes.begin(), bytes.end(), std::byte{0});
  } else {
    const bool terminal = isatty(STDIN_FILENO) != 0;
    if (terminal) std::fputs("PIN: ", stderr);
    {
      const Silence silence;
      for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar()) {
        line.add(static_cast<char>(c));
      }
    }
    if (terminal) std::fputs("\n", stderr);
  }
  return storage::Pin::parse(line.text());
}

}  // namespace primer::admin
