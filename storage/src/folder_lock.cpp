#include "src/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

#include "primer/base/file_system.h"

namespace primer::storage {

namespace {
constexpr int kTries = 1500;
constexpr std::chrono::milliseconds kBetweenTries(20);
}  // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  const auto path = folder / "lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    Error error = errorFromErrno(errno, "opening", path);
    if (error.code == ErrorCode::kReadOnly || error.code == ErrorCode::kDenied) {
      error.code = ErrorCode::kReadOnly;
      error.key = "database.read_only";
    } else if (error.code == ErrorCode::kNoSpace) {
      error.key = "database.full";
    } else {
      error.key = "database.failed";
    }
    return fail(std::move(error));
  }
  FolderLock lock(descriptor, false);
  if (lock.tryAlone()) return lock;
  for (int i = 0; i < kTries; ++i) {
    if (::flock(descriptor, LOCK_SH | LOCK_NB) == 0) return lock;
    std::this_thread::sleep_for(kBetweenTries);
  }
  return fail(ErrorCode::kIo, folder.string() + " is in use by another program", "database.in_use");
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), alone_(other.alone_) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(alone_, other.alone_);
  return *this;
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void FolderLock::share() {
  if (::flock(descriptor_, LOCK_SH) == 0) alone_ = false;
}

bool FolderLock::tryAlone() {
  if (!alone_) alone_ = ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
  return alone_;
}

}  // namespace primer::storage
