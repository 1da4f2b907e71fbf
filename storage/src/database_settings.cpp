// What is set for a class, what is a pupil's own, and the sheet that a pupil has begun.

#include <span>

#include "primer/storage/database.h"
#include "src/database_parts.h"
#include "src/tables/drafts.h"
#include "src/tables/pupils.h"
#include "src/tables/settings.h"

namespace primer::storage {

namespace {

// Records of an older format on a disk that cannot be written do not have the table.
bool isThere(SQLite::Database& connection, const TableShape& shape) {
  return connection.tableExists(shape.name);
}

}  // namespace

Result<StoredClassSettings> Database::settings(const ClassId& of) {
  PRIMER_TRY(parts_->findClass(of));
  auto& connection = parts_->connection();
  return guarded(connection, [&]() -> Result<StoredClassSettings> {
    if (!isThere(connection, ClassSettingsTable::shape())) return StoredClassSettings();
    return ClassSettingsTable(connection).find(of);
  });
}

Status Database::setSettings(const ClassId& of, const ClassSettings& settings) {
  PRIMER_TRY(parts_->writable());
  PRIMER_TRY(checkRanges(settings));
  PRIMER_TRY(parts_->findClass(of));
  return inTransaction(parts_->connection(), [&]() -> Status {
    ClassSettingsTable(parts_->connection()).put(of, settings);
    return {};
  });
}

Result<Hand> Database::hand(const LearnerId& of) {
  auto& connection = parts_->connection();
  return guarded(connection, [&]() -> Result<Hand> {
    if (!isThere(connection, PupilSettingsTable::shape())) return Hand::kRight;
    return PupilSettingsTable(connection).hand(of);
  });
}

Status Database::setHand(const LearnerId& of, Hand hand) {
  PRIMER_TRY(parts_->writable());
  return inTransaction(parts_->connection(), [&]() -> Status {
    if (!Pupils(parts_->connection()).find(of)) {
      return fail(ErrorCode::kNotFound, "there is no such pupil here", "pupil.unknown");
    }
    PupilSettingsTable(parts_->connection()).putHand(of, hand);
    return {};
  });
}

Result<std::vector<std::byte>> Database::draft(const LearnerId& of) {
  auto& connection = parts_->connection();
  return guarded(connection, [&]() -> Result<std::vector<std::byte>> {
    if (!isThere(connection, Drafts::shape())) return std::vector<std::byte>();
    const auto sealed = Drafts(connection).find(of);
    if (!sealed) return std::vector<std::byte>();
    PRIMER_ASSIGN(const auto* key, parts_->deviceKey());
    PRIMER_ASSIGN(const Bytes plain, openDraft(*key, of, *sealed));
    const auto bytes = std::as_bytes(std::span(plain));
    return std::vector<std::byte>(bytes.begin(), bytes.end());
  });
}

}  // namespace primer::storage
