#include "src/sqlite/connection.h"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace primer::storage {

namespace {

constexpr int kBusyMilliseconds = 10'000;

std::string fileUri(const std::filesystem::path& file, bool immutable) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '?' || c == '#' || c == '%' || byte < 0x20) {
      uri += {'%', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      uri += c;
    }
  }
  return immutable ? uri + "?immutable=1" : uri;
}

// SQL function primer_check(table, values...): a row's check, for verifying rows inside a query.
void checkFunction(sqlite3_context* context, int count, sqlite3_value** values) {
  Row row;
  for (int i = 1; i < count; ++i) {
    switch (sqlite3_value_type(values[i])) {
      case SQLITE_INTEGER:
        row.emplace_back(static_cast<std::int64_t>(sqlite3_value_int64(values[i])));
        break;
      case SQLITE_FLOAT:
        row.emplace_back(sqlite3_value_double(values[i]));
        break;
      case SQLITE_TEXT: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[i]));
        row.emplace_back(
            std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(values[i]))));
        break;
      }
      case SQLITE_BLOB: {
        const auto* blob = static_cast<const std::uint8_t*>(sqlite3_value_blob(values[i]));
        row.emplace_back(blob == nullptr ? Bytes()
                                         : Bytes(blob, blob + sqlite3_value_bytes(values[i])));
        break;
      }
      default:
        row.emplace_back(std::monostate());
    }
  }
  const auto* table = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  const RowCheck check = rowCheck(table == nullptr ? "" : table, row);
  sqlite3_result_blob(context, check.data(), static_cast<int>(check.size()), SQLITE_TRANSIENT);
}

}  // namespace

Result<std::unique_ptr<SQLite::Database>> connect(const std::filesystem::path& file, Access access,
                                                  std::int64_t max_pages) {
  std::unique_ptr<SQLite::Database> db;
  try {
    const bool writes = access == Access::kReadWrite || access == Access::kCreate;
    int flags = SQLITE_OPEN_URI;
    flags |= writes ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY;
    if (access == Access::kCreate) flags |= SQLite::OPEN_CREATE;
    db = std::make_unique<SQLite::Database>(fileUri(file, access == Access::kImmutable), flags,
                                            kBusyMilliseconds);
    sqlite3_extended_result_codes(db->getHandle(), 1);
    sqlite3_db_config(db->getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    db->exec("PRAGMA trusted_schema = OFF");
    db->exec("PRAGMA cell_size_check = ON");
    db->exec("PRAGMA temp_store = MEMORY");
    db->createFunction("primer_check", -1, true, nullptr, checkFunction);
    if (writes) {
      if (access == Access::kCreate) {
        db->exec("PRAGMA page_size = " + std::to_string(kPageSize));
      }
      db->exec("PRAGMA foreign_keys = ON");
      db->exec("PRAGMA secure_delete = ON");
      db->exec("PRAGMA journal_mode = WAL");
      db->exec("PRAGMA synchronous = FULL");
      if (max_pages > 0) db->exec("PRAGMA max_page_count = " + std::to_string(max_pages));
    }
  } catch (const SQLite::Exception& exception) {
    return fail(errorFromSqlite(exception, db.get()).withContext("opening " + file.string()));
  }
  return db;
}

void keepLogOnClose(SQLite::Database& connection, bool keep) {
  sqlite3_db_config(connection.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0,
                    nullptr);
}

Error errorFromSqlite(const SQLite::Exception& exception, SQLite::Database* connection) {
  int system_error = 0;
  if (connection != nullptr) system_error = sqlite3_system_errno(connection->getHandle());
  const std::string text = exception.what();
  const auto full = [&] { return Error(ErrorCode::kNoSpace, text, "database.full"); };
  const auto read_only = [&] { return Error(ErrorCode::kReadOnly, text, "database.read_only"); };
  switch (exception.getErrorCode() & 0xff) {
    case SQLITE_FULL:
      return full();
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return read_only();
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return Error(ErrorCode::kDamaged, text, "database.damaged");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Error(ErrorCode::kIo, text, "database.in_use");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      if (system_error == ENOSPC || system_error == EDQUOT) return full();
      if (system_error == EROFS || system_error == EACCES) return read_only();
      // A file that ends too early is damage, not a failing disk.
      if (exception.getExtendedErrorCode() == SQLITE_IOERR_SHORT_READ) {
        return Error(ErrorCode::kDamaged, text, "database.damaged");
      }
      return Error(ErrorCode::kIo, text, "database.failed");
    case SQLITE_CONSTRAINT:
    case SQLITE_ERROR:
    default:
      return Error(ErrorCode::kInternal, text, "database.failed");
  }
}

void bindValue(SQLite::Statement& statement, int place, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    statement.bind(place, *number);
  } else if (const auto* real = std::get_if<double>(&value)) {
    statement.bind(place, *real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    statement.bind(place, *text);
  } else if (const auto* blob = std::get_if<Bytes>(&value)) {
    // An empty vector's null pointer would be bound as NULL.
    statement.bind(place, blob->empty() ? static_cast<const void*>("") : blob->data(),
                   static_cast<int>(blob->size()));
  } else {
    statement.bind(place);
  }
}

Bytes blobAt(SQLite::Statement& statement, int place) {
  const auto column = statement.getColumn(place);
  const auto* first = static_cast<const std::uint8_t*>(column.getBlob());
  return first == nullptr ? Bytes() : Bytes(first, first + column.getBytes());
}

std::array<std::uint8_t, 16> idAt(SQLite::Statement& statement, int place) {
  std::array<std::uint8_t, 16> id{};
  const Bytes bytes = blobAt(statement, place);
  if (bytes.size() == id.size()) std::copy(bytes.begin(), bytes.end(), id.begin());
  return id;
}

Row rowAt(SQLite::Statement& statement, const TableShape& shape, int first) {
  Row row;
  row.reserve(shape.columns.size());
  for (std::size_t i = 0; i < shape.columns.size(); ++i) {
    const int place = first + static_cast<int>(i);
    const auto column = statement.getColumn(place);
    if (column.isNull()) {
      row.emplace_back(std::monostate());
    } else if (column.isInteger()) {
      row.emplace_back(static_cast<std::int64_t>(column.getInt64()));
    } else if (column.isFloat()) {
      row.emplace_back(column.getDouble());
    } else if (column.isText()) {
      row.emplace_back(column.getString());
    } else {
      row.emplace_back(blobAt(statement, place));
    }
  }
  return row;
}

std::string selectAll(const TableShape& shape) {
  std::string sql = std::string("SELECT ") + shape.row_number;
  for (const auto& column : shape.columns) sql += std::string(", ") + column.name;
  return sql + ", row_check FROM " + shape.name;
}

bool store(SQLite::Database& connection, const TableShape& shape, const Row& row) {
  std::string names = shape.single ? std::string(shape.row_number) + ", " : std::string();
  std::string marks = shape.single ? "1, " : "";
  std::string updates;
  for (const auto& column : shape.columns) {
    names += std::string(column.name) + ", ";
    marks += "?, ";
    updates += std::string(column.name) + " = excluded." + column.name + ", ";
  }
  std::string sql = std::string("INSERT INTO ") + shape.name + " (" + names +
                    "row_check) VALUES (" + marks + "?) ON CONFLICT ";
  if (shape.revised) {
    sql += std::string("(") + shape.key + ") DO UPDATE SET " + updates +
           "row_check = excluded.row_check WHERE excluded.revision > " + shape.name + ".revision";
  } else {
    sql += "DO NOTHING";
  }
  SQLite::Statement statement(connection, sql);
  int place = 1;
  for (const auto& value : row) bindValue(statement, place++, value);
  bindValue(statement, place, toBlob(rowCheck(shape.name, row)));
  return statement.exec() > 0;
}

std::int64_t nextRevision(SQLite::Database& connection, const TableShape& shape, const Value& key) {
  SQLite::Statement select(connection, std::string("SELECT revision FROM ") + shape.name +
                                           " WHERE " + shape.key + " = ?");
  bindValue(select, 1, key);
  return select.executeStep() ? select.getColumn(0).getInt64() + 1 : 1;
}

}  // namespace primer::storage
