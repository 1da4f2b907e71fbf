#include "src/tables/identity.h"

namespace primer::storage {

const TableShape& Tablet::shape() {
  static const TableShape shape = {
      "tablet",   "only_row", {{"tablet_id", ColumnType::kBlob}, {"made_ms", ColumnType::kInteger}},
      "only_row", false,      true};
  return shape;
}

std::optional<TabletId> Tablet::id() {
  SQLite::Statement select(connection_, "SELECT tablet_id FROM tablet");
  if (!select.executeStep()) return std::nullopt;
  return TabletId::fromBytes(idAt(select, 0));
}

void Tablet::name(const TabletId& id, WallTime made) {
  store(connection_, shape(), {toBlob(id.bytes()), made.unix_ms});
}

const TableShape& Boots::shape() {
  static const TableShape shape = {"boots",
                                   "number",
                                   {{"boot", ColumnType::kInteger},
                                    {"tablet_id", ColumnType::kBlob},
                                    {"started_ms", ColumnType::kInteger},
                                    {"trusted", ColumnType::kInteger},
                                    {"version", ColumnType::kText}},
                                   "boot"};
  return shape;
}

std::int64_t Boots::highest(const TabletId& tablet) {
  SQLite::Statement select(connection_,
                           "SELECT max((SELECT coalesce(max(boot), 0) FROM boots),"
                           " (SELECT coalesce(max(boot), 0) FROM events WHERE tablet_id = ?1))");
  bindValue(select, 1, toBlob(tablet.bytes()));
  select.executeStep();
  return select.getColumn(0).getInt64();
}

void Boots::add(std::int64_t boot, const TabletId& tablet, WallTime started, bool trusted) {
  store(connection_, shape(),
        {boot, toBlob(tablet.bytes()), started.unix_ms, std::int64_t{trusted},
         std::string(PRIMER_VERSION)});
}

}  // namespace primer::storage
