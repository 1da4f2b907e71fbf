#include "src/tables/classes.h"

#include <algorithm>

namespace primer::storage {

namespace {

ClassRecord read(SQLite::Statement& select) {
  ClassRecord record;
  record.id = ClassId::fromBytes(idAt(select, 1));
  record.label_sealed = blobAt(select, 2);
  const Bytes key = blobAt(select, 3);
  if (key.size() == record.public_key.size()) {
    std::copy(key.begin(), key.end(), record.public_key.begin());
  }
  record.wrapped.wrapped = blobAt(select, 4);
  record.wrapped.salt = idAt(select, 5);
  record.wrapped.cost.passes = static_cast<std::uint64_t>(select.getColumn(6).getInt64());
  record.wrapped.cost.memory_bytes = static_cast<std::uint64_t>(select.getColumn(7).getInt64());
  record.made = {select.getColumn(8).getInt64()};
  record.revision = select.getColumn(9).getInt64();
  return record;
}

}  // namespace

const TableShape& Classes::shape() {
  static const TableShape shape = {"classes",
                                   "number",
                                   {{"class_id", ColumnType::kBlob},
                                    {"label_sealed", ColumnType::kBlob},
                                    {"public_key", ColumnType::kBlob},
                                    {"private_key_wrapped", ColumnType::kBlob},
                                    {"salt", ColumnType::kBlob},
                                    {"passes", ColumnType::kInteger},
                                    {"memory_bytes", ColumnType::kInteger},
                                    {"made_ms", ColumnType::kInteger},
                                    {"revision", ColumnType::kInteger}},
                                   "class_id",
                                   true};
  return shape;
}

std::vector<ClassRecord> Classes::all() {
  SQLite::Statement select(connection_, selectAll(shape()) + " ORDER BY number");
  std::vector<ClassRecord> records;
  while (select.executeStep()) records.push_back(read(select));
  return records;
}

std::optional<ClassRecord> Classes::find(const ClassId& id) {
  SQLite::Statement select(connection_, selectAll(shape()) + " WHERE class_id = ?");
  bindValue(select, 1, toBlob(id.bytes()));
  if (!select.executeStep()) return std::nullopt;
  return read(select);
}

void Classes::put(const ClassRecord& record) {
  store(connection_, shape(),
        {toBlob(record.id.bytes()), record.label_sealed, toBlob(record.public_key),
         record.wrapped.wrapped, toBlob(record.wrapped.salt),
         static_cast<std::int64_t>(record.wrapped.cost.passes),
         static_cast<std::int64_t>(record.wrapped.cost.memory_bytes), record.made.unix_ms,
         record.revision});
}

}  // namespace primer::storage
