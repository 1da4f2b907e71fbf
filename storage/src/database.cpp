#include "primer/storage/database.h"

#include <sodium.h>

#include <utility>

#include "src/database_parts.h"
#include "src/repair/backups.h"
#include "src/tables/event_store.h"
#include "src/tables/identity.h"
#include "src/tables/pupils.h"

namespace primer::storage {

Status Database::Parts::beginBoot() {
  const WallTime now = options.clock->wallTime();
  return inTransaction(connection(), [&]() -> Status {
    Tablet own(connection());
    const auto known = own.id();
    tablet = known ? *known : TabletId::random();
    if (!known) own.name(tablet, now);
    Boots boots(connection());
    const std::int64_t next = boots.highest(tablet) + 1;
    boots.add(next, tablet, now, options.clock->wallTimeTrusted());
    boot = next;
    return {};
  });
}

Status Database::Parts::readTablet() {
  return guarded(connection(), [&]() -> Status {
    tablet = Tablet(connection()).id().value_or(TabletId());
    return {};
  });
}

Status Database::Parts::loadDeviceKey() {
  auto loaded = DeviceKey::load(options.folder, *options.files, !readOnly());
  auto& notes = opened.report.repaired;
  if (loaded) {
    device_key = std::move(loaded->key);
    if (loaded->mended) {
      notes.push_back({"repair.device_key", 0,
                       "One of the two files of the tablet's key was damaged and has been written "
                       "anew from the other.",
                       false});
    }
    return {};
  }
  const auto code = loaded.error().code;
  if (code != ErrorCode::kNotFound && code != ErrorCode::kDamaged) return fail(loaded.error());
  auto classes = guarded(
      connection(), [&]() -> Result<std::size_t> { return Classes(connection()).all().size(); });
  PRIMER_TRY(classes);
  // A tablet without a class can be given a new key: nothing is sealed with the old one.
  if (*classes == 0 && !readOnly()) {
    auto made = DeviceKey::make(options.folder, *options.files);
    if (!made) return fail(withDatabaseKey(made.error()));
    device_key = std::move(*made);
    return {};
  }
  notes.push_back({"device.key_lost", 0,
                   "The tablet's key is lost: pictures, names and ink cannot be opened until "
                   "device.key is put back. Answers are kept all the same.",
                   true});
  return {};
}

Result<const DeviceKey*> Database::Parts::deviceKey() const {
  if (!device_key) {
    return fail(ErrorCode::kDamaged, "the tablet's key (device.key) is lost", "device.key_lost");
  }
  return &*device_key;
}

Status Database::Parts::writable() const {
  if (!readOnly()) return {};
  if (opened.report.full) return fail(ErrorCode::kNoSpace, "the disk is full", "database.full");
  return fail(ErrorCode::kReadOnly, options.folder.string() + " cannot be written",
              "database.read_only");
}

Result<std::unique_ptr<Database>> Database::open(const OpenOptions& options) {
  if (options.clock == nullptr || options.files == nullptr || options.folder.empty()) {
    return fail(ErrorCode::kInvalidArgument, "a database needs a folder, files and a clock");
  }
  if (sodium_init() < 0) {
    return fail(ErrorCode::kInternal, "libsodium cannot start", "database.failed");
  }
  auto parts = std::make_unique<Parts>();
  parts->options = options;
  PRIMER_ASSIGN(parts->opened, openFolder(options));
  PRIMER_TRY(parts->loadDeviceKey());
  if (!parts->readOnly()) {
    if (auto begun = parts->beginBoot(); !begun) {
      if (begun.error().code != ErrorCode::kNoSpace) return fail(begun.error());
      parts->opened.report.full = true;  // a Recorder tries again
    }
  }
  if (parts->boot == 0) PRIMER_TRY(parts->readTablet());
  return std::unique_ptr<Database>(new Database(std::move(parts)));
}

Database::Database(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Database::~Database() {
  // A backup that cannot be made now is made at the next start.
  if (parts_->opened.connection) (void)backUpIfChanged();
}

const OpenReport& Database::report() const { return parts_->opened.report; }
TabletId Database::tablet() const { return parts_->tablet; }
std::int64_t Database::boot() const { return parts_->boot; }

Result<std::int64_t> Database::countEvents() {
  return guarded(parts_->connection(), [&]() -> Result<std::int64_t> {
    return EventStore(parts_->connection()).count();
  });
}

Result<std::int64_t> Database::countPupils() {
  return guarded(parts_->connection(),
                 [&]() -> Result<std::int64_t> { return Pupils(parts_->connection()).count(); });
}

Status Database::Parts::backUp(SQLite::Database& through) const {
  if (readOnly()) return {};
  auto made = Backups(files()).makeIfChanged(through);
  if (!made && made.error().code == ErrorCode::kDamaged) {
    (void)options.files->writeAtomically(files().suspect(), {});
  }
  return made;
}

Status Database::backUpIfChanged() { return parts_->backUp(parts_->connection()); }

Result<CheckReport> Database::check() {
  CheckReport report;
  auto found = verify(parts_->connection(), Depth::kFull);
  if (!found && found.error().code != ErrorCode::kDamaged) return fail(found.error());
  if (!found) {
    PRIMER_TRY(parts_->writable());
    if (!parts_->opened.lock->tryAlone()) {
      return fail(ErrorCode::kIo,
                  found.error().message + "; it can be repaired when no other program uses " +
                      parts_->options.folder.string(),
                  "database.in_use");
    }
    PRIMER_TRY(repairAndReopen(parts_->options, parts_->opened));
    parts_->opened.lock->share();
    PRIMER_TRY(parts_->beginBoot());
  }
  report.repaired = parts_->opened.report.repaired;
  for (const auto& note : report.repaired) report.sound = report.sound && !note.loss;
  PRIMER_ASSIGN(report.answers, countEvents());
  PRIMER_ASSIGN(report.pupils, countPupils());
  return report;
}

}  // namespace primer::storage
