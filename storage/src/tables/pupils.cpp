#include "src/tables/pupils.h"

#include <algorithm>
#include <string_view>

namespace primer::storage {

namespace {

PupilRecord read(SQLite::Statement& select) {
  PupilRecord record;
  record.id = LearnerId::fromBytes(idAt(select, 1));
  record.class_id = ClassId::fromBytes(idAt(select, 2));
  record.card_sealed = blobAt(select, 3);
  if (!select.getColumn(4).isNull()) record.name_sealed = blobAt(select, 4);
  record.joined = {select.getColumn(5).getInt64()};
  record.revision = select.getColumn(6).getInt64();
  return record;
}

}  // namespace

const TableShape& Pupils::shape() {
  static const TableShape shape = {"pupils",
                                   "number",
                                   {{"learner_id", ColumnType::kBlob},
                                    {"class_id", ColumnType::kBlob},
                                    {"card_sealed", ColumnType::kBlob},
                                    {"name_sealed", ColumnType::kBlob},
                                    {"joined_ms", ColumnType::kInteger},
                                    {"revision", ColumnType::kInteger}},
                                   "learner_id",
                                   true};
  return shape;
}

std::vector<PupilRecord> Pupils::ofClass(const ClassId& id) {
  SQLite::Statement select(connection_, selectAll(shape()) + " WHERE class_id = ? ORDER BY number");
  bindValue(select, 1, toBlob(id.bytes()));
  std::vector<PupilRecord> records;
  while (select.executeStep()) records.push_back(read(select));
  return records;
}

std::optional<PupilRecord> Pupils::find(const LearnerId& id) {
  SQLite::Statement select(connection_, selectAll(shape()) + " WHERE learner_id = ?");
  bindValue(select, 1, toBlob(id.bytes()));
  if (!select.executeStep()) return std::nullopt;
  return read(select);
}

void Pupils::put(const PupilRecord& record) {
  const Value name = record.name_sealed ? Value(*record.name_sealed) : Value();
  store(connection_, shape(),
        {toBlob(record.id.bytes()), toBlob(record.class_id.bytes()), record.card_sealed, name,
         record.joined.unix_ms, record.revision});
}

std::int64_t Pupils::count() {
  return connection_.execAndGet("SELECT count(*) FROM pupils").getInt64();
}

std::int64_t Pupils::countIn(const ClassId& id) {
  SQLite::Statement select(connection_, "SELECT count(*) FROM pupils WHERE class_id = ?");
  bindValue(select, 1, toBlob(id.bytes()));
  select.executeStep();
  return select.getColumn(0).getInt64();
}

std::optional<PublicKey> Pupils::publicKeyFor(const LearnerId& id) {
  SQLite::Statement select(connection_,
                           "SELECT public_key FROM pupils JOIN classes USING (class_id)"
                           " WHERE learner_id = ?");
  bindValue(select, 1, toBlob(id.bytes()));
  if (!select.executeStep()) return std::nullopt;
  const Bytes bytes = blobAt(select, 0);
  PublicKey key{};
  if (bytes.size() != key.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

// Picture, a zero byte, label.
Bytes sealCard(const DeviceKey& key, const PupilCard& card) {
  Bytes plain(card.picture.begin(), card.picture.end());
  plain.push_back(0);
  plain.insert(plain.end(), card.label.begin(), card.label.end());
  return key.seal(card.id.bytes(), plain);
}

Result<PupilCard> openCard(const DeviceKey& key, const LearnerId& id, const Bytes& sealed) {
  PRIMER_ASSIGN(const Bytes plain, key.open(id.bytes(), sealed));
  const auto end = std::find(plain.begin(), plain.end(), 0);
  if (end == plain.end()) return fail(ErrorCode::kDamaged, "a pupil's card is damaged");
  return PupilCard{id, std::string(plain.begin(), end), std::string(end + 1, plain.end()), false};
}

}  // namespace primer::storage
