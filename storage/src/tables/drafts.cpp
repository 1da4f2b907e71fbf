#include "src/tables/drafts.h"

namespace primer::storage {

namespace {
constexpr std::uint8_t kDraft = 1;  // the first byte: a pupil's card, sealed alike, has none such
}

const TableShape& Drafts::shape() {
  static const TableShape shape = {"drafts",
                                   "number",
                                   {{"learner_id", ColumnType::kBlob},
                                    {"sealed", ColumnType::kBlob},
                                    {"saved_ms", ColumnType::kInteger},
                                    {"revision", ColumnType::kInteger}},
                                   "learner_id",
                                   true,
                                   false,
                                   2};
  return shape;
}

std::optional<Bytes> Drafts::find(const LearnerId& id) {
  SQLite::Statement select(connection_, "SELECT sealed FROM drafts WHERE learner_id = ?");
  bindValue(select, 1, toBlob(id.bytes()));
  if (!select.executeStep() || select.getColumn(0).isNull()) return std::nullopt;
  return blobAt(select, 0);
}

void Drafts::put(const LearnerId& id, const std::optional<Bytes>& sealed, WallTime now) {
  if (!sealed && !find(id)) return;
  const Value key = toBlob(id.bytes());
  store(connection_, shape(),
        {key, sealed ? Value(*sealed) : Value(), now.unix_ms,
         nextRevision(connection_, shape(), key)});
}

Bytes sealDraft(const DeviceKey& key, const LearnerId& id, std::span<const std::uint8_t> content) {
  Bytes plain = {kDraft};
  plain.insert(plain.end(), content.begin(), content.end());
  return key.seal(id.bytes(), padded(plain));
}

Result<Bytes> openDraft(const DeviceKey& key, const LearnerId& id, const Bytes& sealed) {
  const auto damaged = [](const char* what) {
    return fail(ErrorCode::kDamaged, std::string("an unfinished sheet ") + what, "draft.damaged");
  };
  const auto opened = key.open(id.bytes(), sealed);
  if (!opened) return damaged("cannot be opened");
  auto plain = unpadded(*opened);
  if (!plain || plain->empty() || plain->front() != kDraft) return damaged("is altered");
  plain->erase(plain->begin());
  return std::move(*plain);
}

}  // namespace primer::storage
