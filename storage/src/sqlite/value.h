#pragma once

// One value of a row, as SQLite keeps it, and rows made of them. The store classes and the salvager
// speak of rows in the same way, so that a row put together from a damaged file goes in by the same
// door as a new one.

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "src/keys/sealed.h"

namespace primer::storage {

using Value = std::variant<std::monostate, std::int64_t, double, std::string, Bytes>;
using Row = std::vector<Value>;

enum class ColumnType : std::uint8_t { kInteger, kReal, kText, kBlob };

struct Column {
  const char* name;
  ColumnType type;
};

// A table with the frame of migration 0001: row number, columns, row_check.
struct TableShape {
  const char* name;
  const char* row_number;       // the first column
  std::vector<Column> columns;  // between the first and row_check
  const char* key;       // unique columns by which two versions of a row are known for the same
  bool revised = false;  // has a column `revision`: the later version wins
  bool single = false;   // one row at most, number 1
  int since = 1;         // the schema change that made it

  std::size_t indexOf(std::string_view column) const;  // the column must exist
};

using RowCheck = std::array<std::uint8_t, 8>;

// BLAKE2b over the table's name and the values, each with its type and length.
RowCheck rowCheck(std::string_view table, const Row& row);

template <std::size_t N>
Bytes toBlob(const std::array<std::uint8_t, N>& bytes) {
  return Bytes(bytes.begin(), bytes.end());
}

}  // namespace primer::storage
