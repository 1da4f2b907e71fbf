#pragma once

// From a folder to a connection whose database is there, sound and of this version's format.

#include <filesystem>
#include <memory>
#include <optional>

#include "primer/storage/database.h"
#include "src/folder_lock.h"
#include "src/repair/files.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

// A folder in memory or /tmp that goes with its owner.
class TemporaryFolder {
 public:
  static Result<TemporaryFolder> make();
  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;
  ~TemporaryFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

struct OpenedFolder {
  std::optional<FolderLock> lock;           // none where read-only
  std::optional<TemporaryFolder> unpacked;  // where a read-only disk holds a log to be replayed
  std::unique_ptr<SQLite::Database> connection;
  OpenReport report;
};

// The steps: lock; finish a repair that was cut off; refuse what is newer; make, or repair, what is
// not sound; bring up to date. Errors as Database::open.
Result<OpenedFolder> openFolder(const OpenOptions& options);

// Repairs what a full check has found, and opens again. The lock must be held alone.
Status repairAndReopen(const OpenOptions& options, OpenedFolder& opened);

}  // namespace primer::storage
