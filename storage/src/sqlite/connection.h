#pragma once

// A connection with the settings that every connection of ours has, and the edge at which
// SQLiteCpp's exceptions become Errors.

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "primer/base/result.h"
#include "src/sqlite/value.h"

namespace primer::storage {

inline constexpr std::int64_t kPageSize = 4096;
inline constexpr std::uint32_t kApplicationId = 0x50524d52;  // "PRMR"

enum class Access : std::uint8_t {
  kReadWrite,  // the file must exist
  kCreate,     //
  kReadOnly,   // through the write-ahead log, if there is one
  kImmutable,  // as it lies there, without looking for a log or locking
};

// WAL, synchronous=FULL, foreign keys, secure_delete, a busy timeout; refuses what SQLite itself
// cannot read. `max_pages` as OpenOptions.
Result<std::unique_ptr<SQLite::Database>> connect(const std::filesystem::path& file, Access access,
                                                  std::int64_t max_pages = 0);

// Whether the last connection to close leaves the log as it is rather than bringing it into the
// file and removing it.
void keepLogOnClose(SQLite::Database& connection, bool keep);

// The error for what SQLite said; `connection` (may be null) knows what the system said.
Error errorFromSqlite(const SQLite::Exception& exception, SQLite::Database* connection);

// Runs `work`, which returns a Status or Result, and turns SQLite's exceptions into its Error.
template <typename Work>
auto guarded(SQLite::Database& connection, Work&& work) -> decltype(work()) {
  try {
    return std::forward<Work>(work)();
  } catch (const SQLite::Exception& exception) {
    return fail(errorFromSqlite(exception, &connection));
  } catch (const std::exception& exception) {
    return fail(ErrorCode::kInternal, exception.what(), "database.failed");
  }
}

// Runs `work` in one transaction (BEGIN IMMEDIATE); whatever fails rolls all of it back.
template <typename Work>
auto inTransaction(SQLite::Database& connection, Work&& work) -> decltype(work()) {
  return guarded(connection, [&]() -> decltype(work()) {
    SQLite::Transaction transaction(connection, SQLite::TransactionBehavior::IMMEDIATE);
    auto result = work();
    if (result) transaction.commit();
    return result;
  });
}

void bindValue(SQLite::Statement& statement, int place, const Value& value);

// Column `place` of the current row. A blob that should hold N bytes and does not is zeros: the
// row's check tells that, and no reader is harmed.
Bytes blobAt(SQLite::Statement& statement, int place);
std::array<std::uint8_t, 16> idAt(SQLite::Statement& statement, int place);

// The current row of a statement that selects exactly the shape's columns, from `first` on.
Row rowAt(SQLite::Statement& statement, const TableShape& shape, int first);

// "SELECT row_number, columns..., row_check FROM table"
std::string selectAll(const TableShape& shape);

// Puts a row in with its check. A row with the same key: stays (or, in a revised table, is replaced
// by a later revision). Returns whether anything changed. Throws SQLite::Exception.
bool store(SQLite::Database& connection, const TableShape& shape, const Row& row);

// What a later version of the row with this key has in a revised table; 1 where there is none yet.
std::int64_t nextRevision(SQLite::Database& connection, const TableShape& shape, const Value& key);

}  // namespace primer::storage
