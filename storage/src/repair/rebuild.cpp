#include "src/repair/rebuild.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "src/repair/backups.h"
#include "src/repair/database_file.h"
#include "src/sqlite/migrator.h"
#include "src/tables/event_store.h"
#include "src/tables/identity.h"

namespace primer::storage {

namespace {

namespace fs = std::filesystem;

// Boot numbers that a damaged file may have used and nobody remembers are skipped, so that a place
// in the tablet's order is never given twice.
constexpr std::int64_t kBootsSkipped = 1000;

FileBytes readOrNothing(FileSystem& files, const fs::path& path) {
  auto bytes = files.read(path, kLargestDatabase);
  return bytes ? std::move(*bytes) : FileBytes();
}

// What cannot be read for another reason than its absence must not be taken for nothing.
Result<FileBytes> readIfThere(FileSystem& files, const fs::path& path) {
  auto bytes = files.read(path, kLargestDatabase);
  if (bytes) return bytes;
  if (bytes.error().code == ErrorCode::kNotFound) return FileBytes();
  return fail(withDatabaseKey(bytes.error()).withContext("repairing"));
}

bool isSound(const fs::path& backup) {
  auto connection = connect(backup, Access::kImmutable);
  return connection && verify(**connection, Depth::kFull);
}

std::string answers(std::int64_t count) {
  return count == 1 ? "1 answer" : std::to_string(count) + " answers";
}

struct Sources {
  fs::path base;  // the newest sound backup; empty: none
  std::vector<SalvagedRow> rows;
};

Sources findSources(const FolderFiles& folder, FileSystem& files,
                    std::span<const std::byte> database, std::span<const std::byte> log) {
  Sources sources;
  sources.rows = salvageAll(database, log);
  for (const auto& backup : Backups(folder).newestFirst()) {
    if (isSound(backup)) {
      sources.base = backup;
      break;
    }
    auto more = salvageAll(readOrNothing(files, backup), {});
    std::move(more.begin(), more.end(), std::back_inserter(sources.rows));
  }
  return sources;
}

std::vector<RepairNote> describe(std::int64_t from_backup, std::int64_t salvaged, std::int64_t lost,
                                 std::int64_t left_out, const std::vector<std::string>& kept) {
  std::vector<RepairNote> notes;
  const std::int64_t all = from_backup + salvaged;
  notes.push_back({"repair.restored", all,
                   "The records were damaged and have been put together again: " + answers(all) +
                       ", " + std::to_string(from_backup) + " of them from a backup.",
                   false});
  if (lost > 0) {
    notes.push_back({"repair.answers_lost", lost,
                     answers(lost) + " could not be read any more and are in no backup.", true});
  }
  if (left_out > 0) {
    notes.push_back({"repair.left_out", left_out,
                     std::to_string(left_out) + " records belong to others that were lost.", true});
  }
  for (const auto& name : kept) {
    notes.push_back({"repair.kept_aside", 0, "The damaged file is kept as " + name + ".", false});
  }
  return notes;
}

}  // namespace

std::vector<SalvagedRow> salvageAll(std::span<const std::byte> database,
                                    std::span<const std::byte> wal) {
  std::vector<SalvagedRow> rows;
  std::set<std::pair<const TableShape*, RowCheck>> seen;  // old versions of pages repeat rows
  salvageRows(database, wal, recordTables(),
              [&](const TableShape& shape, std::int64_t number, Row row) {
                if (seen.emplace(&shape, rowCheck(shape.name, row)).second) {
                  rows.push_back({&shape, number, std::move(row)});
                }
              });
  return rows;
}

Result<MergeCount> mergeRows(SQLite::Database& connection, std::vector<SalvagedRow> rows) {
  const auto& tables = recordTables();
  const auto rank = [&](const SalvagedRow& row) {
    return std::find(tables.begin(), tables.end(), row.shape) - tables.begin();
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const SalvagedRow& a, const SalvagedRow& b) {
    return std::pair(rank(a), a.number) < std::pair(rank(b), b.number);
  });
  return inTransaction(connection, [&]() -> Result<MergeCount> {
    MergeCount count;
    for (const auto& row : rows) {
      // There is one tablet, and it keeps the name that it has.
      if (row.shape == &Tablet::shape() && Tablet(connection).id()) continue;
      try {
        const bool added = store(connection, *row.shape, row.row);
        if (added) ++count.rows;
        if (added && row.shape == &EventStore::shape()) ++count.events;
      } catch (const SQLite::Exception& exception) {
        constexpr int kConstraint = 19;  // SQLITE_CONSTRAINT: not a failing disk
        if ((exception.getErrorCode() & 0xff) != kConstraint) throw;
        ++count.left_out;
      }
    }
    return count;
  });
}

Result<std::string> keepAside(const FolderFiles& folder, FileSystem& files,
                              std::span<const std::byte> bytes, const std::string& name) {
  PRIMER_TRY(files.createDirectories(folder.damaged()));
  PRIMER_ASSIGN(const auto names, files.list(folder.damaged()));
  int last = 0;
  for (const auto& there : names) last = std::max(last, std::atoi(there.c_str()));
  std::string digits = std::to_string(last + 1);
  digits.insert(0, digits.size() < 4 ? 4 - digits.size() : 0, '0');
  const std::string kept = digits + "-" + name;
  if (auto written = files.writeAtomically(folder.damaged() / kept, bytes); !written) {
    return fail(withDatabaseKey(written.error()).withContext("keeping the damaged file aside"));
  }
  return "damaged/" + kept;
}

Status finishRebuild(const FolderFiles& folder) {
  std::error_code error;
  if (!fs::exists(folder.mended(), error)) return {};
  // The old log must go first: it is not the new file's. What it held is in the new file.
  for (const auto& old : {folder.log(), folder.sharedMemory()}) {
    fs::remove(old, error);
    if (error) return fail(withDatabaseKey(errorFromErrno(error.value(), "removing", old)));
  }
  return renameDurably(folder.mended(), folder.database());
}

Result<std::vector<RepairNote>> rebuild(const FolderFiles& folder, FileSystem& files,
                                        WallTime now) {
  PRIMER_ASSIGN(const FileBytes database, readIfThere(files, folder.database()));
  PRIMER_ASSIGN(const FileBytes log, readIfThere(files, folder.log()));
  std::vector<std::string> kept;
  if (!database.empty()) {
    PRIMER_ASSIGN(auto name, keepAside(folder, files, database, "primer.db"));
    kept.push_back(std::move(name));
  }
  if (!log.empty()) {
    PRIMER_ASSIGN(auto name, keepAside(folder, files, log, "primer.db-wal"));
    kept.push_back(std::move(name));
  }
  Sources sources = findSources(folder, files, database, log);

  const fs::path making = folder.inTheMaking();
  PRIMER_TRY(removeDatabase(making));
  if (!sources.base.empty()) {
    PRIMER_ASSIGN(const auto bytes, files.read(sources.base, kLargestDatabase));
    if (auto copied = files.writeAtomically(making, bytes); !copied) {
      return fail(withDatabaseKey(copied.error()).withContext("restoring a backup"));
    }
  }
  std::int64_t before = 0;
  std::int64_t missing_before = 0;
  std::int64_t missing = 0;
  MergeCount merged;
  {
    PRIMER_ASSIGN(auto connection, connect(making, Access::kCreate));
    PRIMER_TRY(migrate(*connection, shippedMigrations(), now));
    PRIMER_TRY(guarded(*connection, [&]() -> Status {
      before = EventStore(*connection).count();
      missing_before = EventStore(*connection).missing();
      return {};
    }));
    PRIMER_ASSIGN(merged, mergeRows(*connection, std::move(sources.rows)));
    PRIMER_TRY(inTransaction(*connection, [&]() -> Status {
      missing = EventStore(*connection).missing();
      if (const auto tablet = Tablet(*connection).id()) {
        Boots boots(*connection);
        boots.add(boots.highest(*tablet) + kBootsSkipped, *tablet, now, false);
      }
      return {};
    }));
    PRIMER_TRY(verify(*connection, Depth::kFull));
  }  // closing brings the log into the file
  std::error_code ignored;
  fs::permissions(making, fs::perms::owner_read | fs::perms::owner_write, ignored);
  PRIMER_TRY(syncFile(making));
  PRIMER_TRY(renameDurably(making, folder.mended()));
  PRIMER_TRY(finishRebuild(folder));
  if (merged.rows == 0 && sources.base.empty()) {
    std::vector<RepairNote> notes = {
        {"repair.nothing_readable", 0,
         "Nothing in the damaged records could be read, and there is no backup: this tablet begins "
         "anew.",
         true}};
    for (auto& note : describe(0, 0, 0, merged.left_out, kept)) {
      if (note.key != "repair.restored") notes.push_back(std::move(note));
    }
    return notes;
  }
  return describe(before, merged.events, std::max<std::int64_t>(0, missing - missing_before),
                  merged.left_out, kept);
}

}  // namespace primer::storage
