#include "src/sqlite/migrator.h"

#include <sodium.h>

#include <array>
#include <string>

#include "src/sqlite/connection.h"

namespace primer::storage {

namespace {

using Checksum = std::array<std::uint8_t, 32>;

Checksum checksumOf(std::string_view sql) {
  Checksum sum{};
  crypto_generichash(sum.data(), sum.size(), reinterpret_cast<const std::uint8_t*>(sql.data()),
                     sql.size(), nullptr, 0);
  return sum;
}

Status verifyRecorded(SQLite::Database& connection, const std::vector<Migration>& migrations) {
  SQLite::Statement select(connection, "SELECT number, checksum FROM migrations ORDER BY number");
  while (select.executeStep()) {
    const auto number = select.getColumn(0).getInt64();
    if (number < 1 || static_cast<std::size_t>(number) > migrations.size() ||
        blobAt(select, 1) !=
            toBlob(checksumOf(migrations[static_cast<std::size_t>(number - 1)].sql))) {
      return fail(ErrorCode::kDamaged,
                  "schema change " + std::to_string(number) +
                      " of the database is not the one that this program knows",
                  "database.damaged");
    }
  }
  return {};
}

Status apply(SQLite::Database& connection, const Migration& migration, WallTime now) {
  return inTransaction(connection, [&]() -> Status {
    // Another process may have come first while this one waited for the lock.
    if (connection.execAndGet("PRAGMA user_version").getInt() >= migration.number) return {};
    connection.exec(
        "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL,"
        " checksum BLOB NOT NULL, applied_ms INTEGER NOT NULL) STRICT");
    connection.exec(std::string(migration.sql));
    SQLite::Statement record(connection, "INSERT INTO migrations VALUES (?, ?, ?, ?)");
    bindValue(record, 1, std::int64_t{migration.number});
    bindValue(record, 2, std::string(migration.name));
    bindValue(record, 3, toBlob(checksumOf(migration.sql)));
    bindValue(record, 4, now.unix_ms);
    record.exec();
    connection.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
    connection.exec("PRAGMA user_version = " + std::to_string(migration.number));
    return {};
  });
}

}  // namespace

Error newerVersionError(std::int64_t found, std::int64_t known) {
  return Error(ErrorCode::kNewerVersion,
               "the database is of format " + std::to_string(found) +
                   "; this program knows formats up to " + std::to_string(known),
               "database.newer");
}

Status migrate(SQLite::Database& connection, const std::vector<Migration>& migrations,
               WallTime now) {
  return guarded(connection, [&]() -> Status {
    const auto version = connection.execAndGet("PRAGMA user_version").getInt64();
    const auto known = static_cast<std::int64_t>(migrations.size());
    if (version > known) return fail(newerVersionError(version, known));
    if (version > 0) PRIMER_TRY(verifyRecorded(connection, migrations));
    for (const auto& migration : migrations) {
      if (migration.number > version) {
        if (auto applied = apply(connection, migration, now); !applied) {
          return fail(applied.error().withContext("schema change " + std::string(migration.name)));
        }
      }
    }
    return {};
  });
}

}  // namespace primer::storage
