#pragma once

// The files of a data folder, by name, and the steps with them that must not be torn.

#include <filesystem>

#include "primer/base/file_system.h"
#include "primer/base/result.h"

namespace primer::storage {

struct FolderFiles {
  explicit FolderFiles(std::filesystem::path where) : folder(std::move(where)) {}
  std::filesystem::path folder;
  std::filesystem::path database() const { return folder / "primer.db"; }
  std::filesystem::path log() const { return folder / "primer.db-wal"; }
  std::filesystem::path sharedMemory() const { return folder / "primer.db-shm"; }
  // A repaired database, whole and verified, that has yet to take the place of the damaged one.
  std::filesystem::path mended() const { return folder / "primer.db.mended"; }
  std::filesystem::path inTheMaking() const { return folder / "primer.db.new"; }
  // A mark: a backup could not be verified, so the next start looks at every row.
  std::filesystem::path suspect() const { return folder / "suspect"; }
  std::filesystem::path backups() const { return folder / "backups"; }
  std::filesystem::path damaged() const { return folder / "damaged"; }
};

// Renames over `to` as one step that survives a cut of power.
Status renameDurably(const std::filesystem::path& from, const std::filesystem::path& to);
// Writes what the system still holds of the file to the disk.
Status syncFile(const std::filesystem::path& file);
// Removes a database and the files that SQLite keeps beside it; what is not there is no error.
Status removeDatabase(const std::filesystem::path& database);
// errorFromErrno with the words that a database needs.
Error withDatabaseKey(Error error);

}  // namespace primer::storage
