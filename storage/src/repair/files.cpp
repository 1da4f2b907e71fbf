#include "src/repair/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace primer::storage {

namespace {

Status sync(const std::filesystem::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return fail(withDatabaseKey(errorFromErrno(errno, "opening", path)));
  const bool synced = ::fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  if (!synced) return fail(withDatabaseKey(errorFromErrno(error, "writing", path)));
  return {};
}

}  // namespace

Error withDatabaseKey(Error error) {
  if (!error.key.empty()) return error;
  if (error.code == ErrorCode::kNoSpace) {
    error.key = "database.full";
  } else if (error.code == ErrorCode::kReadOnly || error.code == ErrorCode::kDenied) {
    error.code = ErrorCode::kReadOnly;
    error.key = "database.read_only";
  } else {
    error.key = "database.failed";
  }
  return error;
}

Status syncFile(const std::filesystem::path& file) { return sync(file, O_RDONLY); }

Status renameDurably(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) {
    return fail(withDatabaseKey(errorFromErrno(errno, "renaming", from)));
  }
  return sync(to.parent_path(), O_RDONLY | O_DIRECTORY);
}

Status removeDatabase(const std::filesystem::path& database) {
  for (const auto* suffix : {"", "-wal", "-shm", "-journal"}) {
    auto path = database;
    path += suffix;
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
      return fail(withDatabaseKey(errorFromErrno(errno, "removing", path)));
    }
  }
  return {};
}

}  // namespace primer::storage
