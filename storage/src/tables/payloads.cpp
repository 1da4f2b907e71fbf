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

void Payloads::dropOldest(const LearnerId& id, std::string_view kind, std::int64_t kept) {
  SQLite::Statement drop(connection_,
                         "DELETE FROM payloads WHERE number IN (SELECT p.number FROM payloads p"
                         " JOIN events e ON e.event_id = p.event_id"
                         " WHERE e.learner_id = ? AND p.kind = ?"
                         " ORDER BY p.number DESC LIMIT -1 OFFSET ?)");
  bindValue(drop, 1, toBlob(id.bytes()));
  bindValue(drop, 2, std::string(kind));
  bindValue(drop, 3, kept);
  drop.exec();
}

}  // namespace primer::storage
