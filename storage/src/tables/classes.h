#pragma once

// Table `classes`: a class's label (sealed by the device), its public key, its wrapped private key.

#include <optional>
#include <vector>

#include "primer/base/clock.h"
#include "primer/base/id.h"
#include "src/keys/class_keys.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

struct ClassRecord {
  ClassId id;
  Bytes label_sealed;
  PublicKey public_key{};
  WrappedKey wrapped;
  WallTime made;
  std::int64_t revision = 1;
};

class Classes {
 public:
  explicit Classes(SQLite::Database& connection) : connection_(connection) {}
  static const TableShape& shape();

  std::vector<ClassRecord> all();  // in the order in which they were made
  std::optional<ClassRecord> find(const ClassId& id);
  // Adds the class, or replaces an earlier revision of it.
  void put(const ClassRecord& record);

 private:
  SQLite::Database& connection_;
};

}  // namespace primer::storage
