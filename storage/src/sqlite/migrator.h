#pragma once

// Numbered schema changes. Each file of storage/migrations/ is applied once, in one transaction
// that also records its number, name and checksum; PRAGMA user_version is the highest number.
// A file that has shipped is never edited: a change is a new file.

#include <SQLiteCpp/SQLiteCpp.h>

#include <string_view>
#include <vector>

#include "primer/base/clock.h"
#include "primer/base/result.h"

namespace primer::storage {

struct Migration {
  int number;  // 1, 2, ... without gaps
  std::string_view name;
  std::string_view sql;
};

// Those that are built into this program, lowest first.
const std::vector<Migration>& shippedMigrations();

// Brings a database to the last of `migrations`. kNewerVersion ("database.newer") for one that is
// further, kDamaged for one whose recorded checksums are not those of `migrations`. A failure
// leaves the database at the last migration that went through.
Status migrate(SQLite::Database& connection, const std::vector<Migration>& migrations,
               WallTime now);

Error newerVersionError(std::int64_t found, std::int64_t known);

}  // namespace primer::storage
