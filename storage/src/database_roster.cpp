// The roster and the teacher's side of Database.

#include <algorithm>
#include <set>
#include <utility>

#include "primer/storage/database.h"
#include "src/database_parts.h"
#include "src/tables/pictures.h"
#include "src/tables/pin_guard.h"
#include "src/tables/pupils.h"

namespace primer::storage {

namespace {

std::span<const std::uint8_t> bytesOf(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Error unknownClass() {
  return Error(ErrorCode::kNotFound, "there is no such class here", "class.unknown");
}

// Records of an older format on a disk that cannot be written do not have the table.
std::set<LearnerId> askedForPictures(SQLite::Database& connection, const ClassId& of) {
  if (!connection.tableExists(PupilPictures::shape().name)) return {};
  return PupilPictures(connection).asked(of);
}

Result<std::vector<std::string>> picturesOf(SQLite::Database& connection,
                                            const ClassKey::Parts& key, const LearnerId& id) {
  if (!connection.tableExists(PupilPictures::shape().name)) return std::vector<std::string>();
  const auto record = PupilPictures(connection).find(id);
  if (!record) return std::vector<std::string>();
  return openPictures(key.public_key, key.private_key, id, record->sealed);
}

Result<PupilRecord> makePupil(const NewPupil& pupil, const ClassId& class_id,
                              const PublicKey& public_key, const DeviceKey& device_key,
                              WallTime now) {
  // The two parts of a card are kept apart by a zero byte.
  if (pupil.picture.empty() || pupil.picture.find('\0') != std::string::npos) {
    return fail(ErrorCode::kInvalidArgument, "a pupil needs a picture");
  }
  PupilRecord record;
  record.id = LearnerId::random();
  record.class_id = class_id;
  record.card_sealed = sealCard(device_key, {record.id, pupil.picture, pupil.label});
  record.joined = now;
  if (!pupil.name.empty()) {
    PRIMER_ASSIGN(record.name_sealed, sealToClass(public_key, SealedKind::kName, record.id.bytes(),
                                                  bytesOf(pupil.name)));
  }
  return record;
}

}  // namespace

Result<ClassRecord> Database::Parts::findClass(const ClassId& id) {
  return guarded(connection(), [&]() -> Result<ClassRecord> {
    auto record = Classes(connection()).find(id);
    if (!record) return fail(unknownClass());
    return std::move(*record);
  });
}

Result<std::chrono::milliseconds> Database::Parts::pinWait() {
  const auto by_steady_clock =
      std::max(guess_not_before - options.clock->steadyTime(), std::chrono::milliseconds(0));
  return guarded(connection(), [&]() -> Result<std::chrono::milliseconds> {
    return std::max(by_steady_clock, PinGuard(connection()).wait(options.clock->wallTime()));
  });
}

Result<SecretBytes> Database::Parts::guess(const ClassRecord& record, const Pin& pin) {
  PRIMER_ASSIGN(const auto* key, deviceKey());
  std::int64_t failures = 0;
  const auto countFirst = [&]() -> Status {
    const WallTime now = options.clock->wallTime();
    PRIMER_ASSIGN(const auto wait, pinWait());
    if (wait.count() > 0) {
      return fail(ErrorCode::kDenied,
                  "after wrong PINs the next guess is taken in " +
                      std::to_string((wait.count() + 999) / 1000) + " s",
                  "pin.wait");
    }
    PinGuard guard(connection());
    guard.countGuess(now);
    failures = guard.failures();
    return {};
  };
  if (!readOnly()) {  // a transaction of its own: a guess that has to wait rolls back
    PRIMER_TRY(inTransaction(connection(), [&]() -> Status {
      PinGuard(connection()).noticeClock(options.clock->wallTime());
      return {};
    }));
  }
  // On a disk that cannot be written, each miss waits at least as long as the first counted one.
  if (readOnly()) {
    PRIMER_ASSIGN(const auto wait, pinWait());
    if (wait.count() > 0) {
      return fail(ErrorCode::kDenied, "the next guess has to wait", "pin.wait");
    }
  } else if (auto counted = inTransaction(connection(), countFirst); !counted) {
    return fail(counted.error());
  }
  auto private_key =
      unwrapPrivateKey(record.id, record.public_key, record.wrapped, pin, key->pinSecret());
  if (private_key && !readOnly()) {
    PRIMER_TRY(inTransaction(connection(), [&]() -> Status {
      PinGuard(connection()).forgive();
      return {};
    }));
  }
  if (!private_key) {
    constexpr std::chrono::seconds kReadOnlyDelay(30);
    guess_not_before = options.clock->steadyTime() +
                       (readOnly() ? kReadOnlyDelay : PinGuard::delayAfter(failures));
  }
  return private_key;
}

Result<ClassId> Database::createClass(const NewClass& made, const Pin& pin) {
  PRIMER_TRY(parts_->writable());
  PRIMER_ASSIGN(const auto* device_key, parts_->deviceKey());
  auto& connection = parts_->connection();
  auto existing = guarded(
      connection, [&]() -> Result<std::vector<ClassRecord>> { return Classes(connection).all(); });
  PRIMER_TRY(existing);
  if (!existing->empty()) PRIMER_TRY(parts_->guess(existing->front(), pin));

  const WallTime now = parts_->options.clock->wallTime();
  const ClassKeyPair keys = ClassKeyPair::make();
  ClassRecord record;
  record.id = ClassId::random();
  record.label_sealed = device_key->seal(record.id.bytes(), bytesOf(made.label));
  record.public_key = keys.public_key;
  record.made = now;
  PRIMER_ASSIGN(record.wrapped, wrapPrivateKey(record.id, keys.public_key, keys.private_key, pin,
                                               device_key->pinSecret(), parts_->options.pin_cost));
  return inTransaction(connection, [&]() -> Result<ClassId> {
    Classes(connection).put(record);
    Pupils pupils(connection);
    for (const auto& pupil : made.pupils) {
      PRIMER_ASSIGN(const auto row, makePupil(pupil, record.id, keys.public_key, *device_key, now));
      pupils.put(row);
    }
    return record.id;
  });
}

Result<LearnerId> Database::addPupil(const ClassId& to, const NewPupil& pupil) {
  PRIMER_TRY(parts_->writable());
  PRIMER_ASSIGN(const auto* device_key, parts_->deviceKey());
  PRIMER_ASSIGN(const auto record, parts_->findClass(to));
  PRIMER_ASSIGN(const auto row, makePupil(pupil, to, record.public_key, *device_key,
                                          parts_->options.clock->wallTime()));
  return inTransaction(parts_->connection(), [&]() -> Result<LearnerId> {
    Pupils(parts_->connection()).put(row);
    return row.id;
  });
}

Result<std::vector<ClassCard>> Database::classes() {
  auto& connection = parts_->connection();
  return guarded(connection, [&]() -> Result<std::vector<ClassCard>> {
    std::vector<ClassCard> cards;
    for (const auto& record : Classes(connection).all()) {
      PRIMER_ASSIGN(const auto* key, parts_->deviceKey());
      PRIMER_ASSIGN(const Bytes label, key->open(record.id.bytes(), record.label_sealed));
      cards.push_back({record.id, std::string(label.begin(), label.end()),
                       static_cast<int>(Pupils(connection).countIn(record.id))});
    }
    return cards;
  });
}

Result<std::vector<PupilCard>> Database::pupils(const ClassId& of) {
  PRIMER_TRY(parts_->findClass(of));
  PRIMER_ASSIGN(const auto* key, parts_->deviceKey());
  return guarded(parts_->connection(), [&]() -> Result<std::vector<PupilCard>> {
    std::vector<PupilCard> cards;
    const auto asked = askedForPictures(parts_->connection(), of);
    for (const auto& record : Pupils(parts_->connection()).ofClass(of)) {
      PRIMER_ASSIGN(auto card, openCard(*key, record.id, record.card_sealed));
      card.asks = asked.count(record.id) > 0;
      cards.push_back(std::move(card));
    }
    return cards;
  });
}

Result<ClassKey> Database::unlock(const ClassId& id, const Pin& pin) {
  PRIMER_ASSIGN(const auto record, parts_->findClass(id));
  PRIMER_ASSIGN(auto private_key, parts_->guess(record, pin));
  auto opened = std::make_unique<ClassKey::Parts>();
  opened->id = id;
  opened->public_key = record.public_key;
  opened->private_key = std::move(private_key);
  return ClassKey(std::move(opened));
}

Result<std::chrono::milliseconds> Database::pinWait() { return parts_->pinWait(); }

Status Database::changePin(const Pin& old_pin, const Pin& new_pin) {
  PRIMER_TRY(parts_->writable());
  PRIMER_ASSIGN(const auto* device_key, parts_->deviceKey());
  auto& connection = parts_->connection();
  auto records = guarded(
      connection, [&]() -> Result<std::vector<ClassRecord>> { return Classes(connection).all(); });
  PRIMER_TRY(records);
  if (records->empty()) return fail(unknownClass());
  // Only the first is a guess; the others have the same PIN.
  bool first = true;
  for (auto& record : *records) {
    auto private_key = first ? parts_->guess(record, old_pin)
                             : unwrapPrivateKey(record.id, record.public_key, record.wrapped,
                                                old_pin, device_key->pinSecret());
    first = false;
    if (!private_key) return fail(private_key.error());
    PRIMER_ASSIGN(record.wrapped,
                  wrapPrivateKey(record.id, record.public_key, *private_key, new_pin,
                                 device_key->pinSecret(), parts_->options.pin_cost));
    ++record.revision;
  }
  return inTransaction(connection, [&]() -> Status {
    for (const auto& record : *records) Classes(connection).put(record);
    return {};
  });
}

Result<std::vector<NamedPupil>> Database::names(const ClassKey& key) {
  const auto& parts = key.parts();
  PRIMER_ASSIGN(const auto* device_key, parts_->deviceKey());
  return guarded(parts_->connection(), [&]() -> Result<std::vector<NamedPupil>> {
    std::vector<NamedPupil> named;
    const auto asked = askedForPictures(parts_->connection(), parts.id);
    for (const auto& record : Pupils(parts_->connection()).ofClass(parts.id)) {
      PRIMER_ASSIGN(auto card, openCard(*device_key, record.id, record.card_sealed));
      card.asks = asked.count(record.id) > 0;
      PRIMER_ASSIGN(auto pictures, picturesOf(parts_->connection(), parts, record.id));
      NamedPupil pupil{std::move(card), {}, std::move(pictures)};
      if (record.name_sealed) {
        PRIMER_ASSIGN(const Bytes name,
                      openSealed(parts.public_key, parts.private_key, SealedKind::kName,
                                 record.id.bytes(), *record.name_sealed));
        pupil.name.assign(name.begin(), name.end());
      }
      named.push_back(std::move(pupil));
    }
    return named;
  });
}

}  // namespace primer::storage
