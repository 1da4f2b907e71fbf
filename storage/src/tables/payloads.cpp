#include "src/tables/payloads.h"

#include <string>

namespace primer::storage {

const TableShape& Payloads::shape() {
  static const TableShape shape = {
      "payloads",
      "number",
      {{"event_id", ColumnType::kBlob}, {"kind", ColumnType::kText}, {"sealed", ColumnType::kBlob}},
      "event_id, kind"};
  return shape;
}

void Payloads::add(const EventId& event, std::string_view kind, const Bytes& sealed) {
  store(connection_, shape(), {toBlob(event.bytes()), std::string(kind), sealed});
}

std::optional<Bytes> Payloads::find(const EventId& event, std::string_view kind) {
  SQLite::Statement select(connection_,
                           "SELECT sealed FROM payloads WHERE event_id = ? AND kind = ?");
  bindValue(select, 1, toBlob(event.bytes()));
  bindValue(select, 2, std::string(kind));
  if (!select.executeStep()) return std::nullopt;
  return blobAt(select, 0);
}

}  // namespace primer::storage
