#pragma once

// Tables `tablet` (who this tablet is: one row) and `boots` (one row for each start).

#include <cstdint>
#include <optional>

#include "primer/base/clock.h"
#include "primer/base/id.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

// Methods of the store classes throw SQLite::Exception; callers wrap them in guarded().
class Tablet {
 public:
  explicit Tablet(SQLite::Database& connection) : connection_(connection) {}
  static const TableShape& shape();

  std::optional<TabletId> id();
  void name(const TabletId& id, WallTime made);

 private:
  SQLite::Database& connection_;
};

class Boots {
 public:
  explicit Boots(SQLite::Database& connection) : connection_(connection) {}
  static const TableShape& shape();

  // The highest boot number that any row of this tablet speaks of; 0 in a new database.
  std::int64_t highest(const TabletId& tablet);
  void add(std::int64_t boot, const TabletId& tablet, WallTime started, bool trusted);

 private:
  SQLite::Database& connection_;
};

}  // namespace primer::storage
