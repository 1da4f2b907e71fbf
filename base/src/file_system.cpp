#include "primer/base/file_system.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace primer {

namespace {

namespace fs = std::filesystem;

// Closes its descriptor when it goes; `close()` tells whether the kernel had an error to report.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return fd_; }
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

// The process's umask, which can only be read by changing it: read once, before anybody could mind.
mode_t currentUmask() {
  static const mode_t kMask = [] {
    const mode_t mask = ::umask(077);
    ::umask(mask);
    return mask;
  }();
  return kMask;
}

Status syncFolder(const fs::path& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0 || ::fsync(fd.get()) != 0) return fail(errorFromErrno(errno, "syncing", folder));
  return {};
}

class RealFileSystem final : public FileSystem {
 public:
  Result<std::vector<std::byte>> read(const fs::path& path, std::uint64_t max_bytes) override {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0) return fail(errorFromErrno(errno, "opening", path));
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0) return fail(errorFromErrno(errno, "reading", path));
    if (!S_ISREG(info.st_mode)) {
      return fail(ErrorCode::kInvalidArgument, path.string() + " is not a file");
    }
    const auto size = static_cast<std::uint64_t>(info.st_size);
    if (size > max_bytes) {
      return fail(ErrorCode::kLimitExceeded, path.string() + " holds " + std::to_string(size) +
                                                 " bytes; at most " + std::to_string(max_bytes) +
                                                 " are read");
    }
    std::vector<std::byte> bytes(size);
    std::size_t filled = 0;
    while (filled < bytes.size()) {
      const ssize_t got = ::read(fd.get(), bytes.data() + filled, bytes.size() - filled);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return fail(errorFromErrno(errno, "reading", path));
      if (got == 0) break;  // the file was cut while we read: what is there is what we give
      filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
  }

  Status writeAtomically(const fs::path& path, std::span<const std::byte> bytes,
                         FileAccess access) override {
    std::string part = path.string() + ".XXXXXX";
    Descriptor fd(::mkostemp(part.data(), O_CLOEXEC));
    if (fd.get() < 0) return fail(errorFromErrno(errno, "creating", path));
    const auto give_up = [&](std::string_view doing) {
      const Error error = errorFromErrno(errno, doing, path);
      ::unlink(part.c_str());
      return fail(error);
    };
    // mkostemp makes files that are the owner's alone.
    if (access == FileAccess::kAsUsual && ::fchmod(fd.get(), 0666 & ~currentUmask()) != 0) {
      return give_up("setting the access of");
    }
    std::size_t written = 0;
    while (written < bytes.size()) {
      const ssize_t put = ::write(fd.get(), bytes.data() + written, bytes.size() - written);
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return give_up("writing");
      written += static_cast<std::size_t>(put);
    }
    if (::fsync(fd.get()) != 0 || !fd.close()) return give_up("writing");
    if (::rename(part.c_str(), path.c_str()) != 0) return give_up("renaming");
    return syncFolder(path.has_parent_path() ? path.parent_path() : fs::path("."));
  }

  bool exists(const fs::path& path) override {
    std::error_code error;
    return fs::exists(path, error);
  }

  Status createDirectories(const fs::path& path) override {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) return fail(errorFromErrno(error.value(), "creating the folder", path));
    return {};
  }

  Status remove(const fs::path& path) override {
    if (::unlink(path.c_str()) != 0) return fail(errorFromErrno(errno, "removing", path));
    return {};
  }

  Result<std::vector<std::string>> list(const fs::path& folder) override {
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
      if (it->is_regular_file(error)) names.push_back(it->path().filename().string());
    }
    if (error) return fail(errorFromErrno(error.value(), "listing", folder));
    std::sort(names.begin(), names.end());
    return names;
  }

  Result<std::uint64_t> freeBytes(const fs::path& folder) override {
    struct statvfs info {};
    if (::statvfs(folder.c_str(), &info) != 0)
      return fail(errorFromErrno(errno, "measuring", folder));
    return static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize;
  }
};

}  // namespace

FileSystem& realFileSystem() {
  static RealFileSystem files;
  return files;
}

}  // namespace primer
