#pragma once

// Backup generations: whole copies of the database in backups/primer-NNNNNN.db, the higher number
// the later. Each is made aside, verified row by row, and only then gets its name; the three newest
// are kept.

#include <filesystem>
#include <vector>

#include "primer/base/clock.h"
#include "primer/base/file_system.h"
#include "src/repair/files.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

class Backups {
 public:
  explicit Backups(FolderFiles files) : files_(std::move(files)) {}

  std::vector<std::filesystem::path> newestFirst() const;
  // Makes a generation if `source` holds something that the newest one does not. For a large
  // database: only when the newest is more than half a day or a thousand events behind, because
  // flash wears.
  Status makeIfChanged(SQLite::Database& source);

 private:
  Status make(SQLite::Database& source, std::int64_t number);
  FolderFiles files_;
};

enum class Depth : std::uint8_t {
  kQuick,  // PRAGMA quick_check: the structure; what a start does
  kFull,   // integrity_check, foreign keys and every row's own check
};

// kDamaged with what is wrong.
Status verify(SQLite::Database& connection, Depth depth);

}  // namespace primer::storage
