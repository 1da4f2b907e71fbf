#pragma once

// Putting a damaged database together again: the newest backup that is sound, and on top of it
// every row that can still be read from the damaged file, its log, and backups that are not sound.

#include <vector>

#include "primer/base/clock.h"
#include "primer/base/file_system.h"
#include "primer/storage/database.h"
#include "src/repair/files.h"
#include "src/repair/salvage.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

// A row found by the salvager, with its number in the file that it comes from.
struct SalvagedRow {
  const TableShape* shape;
  std::int64_t number;
  Row row;
};
std::vector<SalvagedRow> salvageAll(std::span<const std::byte> database,
                                    std::span<const std::byte> wal);

struct MergeCount {
  std::int64_t rows = 0;      // that were not there
  std::int64_t events = 0;    // those of them that are events
  std::int64_t left_out = 0;  // of pupils without a class, of ink without an event
};
// Puts rows in where they are new or a later revision; one transaction.
Result<MergeCount> mergeRows(SQLite::Database& connection, std::vector<SalvagedRow> rows);

// Keeps the damaged files aside, builds, verifies, and puts the result in their place. The caller
// holds the folder's lock alone and no connection.
Result<std::vector<RepairNote>> rebuild(const FolderFiles& folder, FileSystem& files, WallTime now);

// Puts an already mended database in its place, if a cut of power came between.
Status finishRebuild(const FolderFiles& folder);

// Keeps a copy of bytes as damaged/NNNN-name and returns that name.
Result<std::string> keepAside(const FolderFiles& folder, FileSystem& files,
                              std::span<const std::byte> bytes, const std::string& name);

}  // namespace primer::storage
