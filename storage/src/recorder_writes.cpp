#include "src/recorder_writes.h"

#include <span>
#include <utility>

#include "src/tables/drafts.h"
#include "src/tables/event_store.h"
#include "src/tables/payloads.h"
#include "src/tables/pupils.h"

namespace primer::storage {

namespace {

bool inUnit(const std::optional<double>& number) {
  return !number || (*number >= 0 && *number <= 1);  // false for NaN
}

std::span<const std::uint8_t> unsignedBytes(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

// Evidence is this tablet's, everything else the class's.
Result<Bytes> sealed(const WaitingPayload& payload, const EventId& event,
                     const PublicKey& class_key, const DeviceKey* device_key) {
  const auto content = unsignedBytes(payload.content);
  if (payload.kind == kEvidencePayload) return device_key->seal(event.bytes(), content);
  const auto kind = payload.kind == kInkPayload ? SealedKind::kInk : SealedKind::kSound;
  return sealToClass(class_key, kind, event.bytes(), content);
}

// The re-mark stands with the skill of what it is about, so that reports find it there.
Status writeRemark(SQLite::Database& connection, Event event) {
  return inTransaction(connection, [&]() -> Status {
    const auto about = EventStore(connection).find(*event.about);
    if (!about || about->learner != event.learner) {
      return fail(ErrorCode::kNotFound, "there is no answer " + event.about->hex(),
                  "event.unknown");
    }
    event.activity = about->activity;
    event.item = about->item;
    event.skill = about->skill;
    event.difficulty = about->difficulty;
    event.attempt = about->attempt;
    EventStore(connection).add(event, std::nullopt, kRemarkKind);
    return {};
  });
}

// One answer, one transaction. Trying again what was written after all changes nothing.
// `device_key` is null where it was lost: then nothing is kept of evidence.
Status writeAnswer(SQLite::Database& connection, const DeviceKey* device_key,
                   const Waiting& waiting) {
  const Event& event = waiting.event;
  return inTransaction(connection, [&]() -> Status {
    const auto key = Pupils(connection).publicKeyFor(event.learner);
    if (!key) {
      return fail(ErrorCode::kNotFound, "there is no pupil " + event.learner.hex(),
                  "pupil.unknown");
    }
    EventStore events(connection);
    if (waiting.kind != WaitingKind::kAddition) {
      std::optional<Bytes> text;
      if (!waiting.text.empty()) {
        const auto* first = reinterpret_cast<const std::uint8_t*>(waiting.text.data());
        PRIMER_ASSIGN(text, sealToClass(*key, SealedKind::kAnswer, event.id.bytes(),
                                        {first, waiting.text.size()}));
      }
      events.add(event, text);
    } else if (!events.has(event.id)) {
      return fail(ErrorCode::kNotFound, "there is no answer " + event.id.hex(), "event.unknown");
    }
    for (const auto& payload : waiting.payloads) {
      if (payload.kind == kEvidencePayload && device_key == nullptr) continue;
      PRIMER_ASSIGN(const Bytes bytes, sealed(payload, event.id, *key, device_key));
      Payloads(connection).add(event.id, payload.kind, bytes);
      if (payload.kind == kSoundPayload) {
        Payloads(connection).dropOldest(event.learner, kSoundPayload, kMostSoundsOfALearner);
      }
    }
    if (waiting.draft) {
      putDraft(connection, device_key, event.learner, *waiting.draft, event.wall_time);
    }
    return {};
  });
}

// The event tells the new name or picture, sealed to the class as an answer is; its item says which
// of the two.
Status writeChange(SQLite::Database& connection, const DeviceKey* device_key,
                   const Waiting& waiting) {
  const PupilChange& change = *waiting.change;
  if (device_key == nullptr) {
    return fail(ErrorCode::kDamaged, "the tablet's key (device.key) is lost", "device.key_lost");
  }
  return inTransaction(connection, [&]() -> Status {
    Pupils pupils(connection);
    auto record = pupils.find(change.learner);
    const auto key = pupils.publicKeyFor(change.learner);
    if (!record || !key) {
      return fail(ErrorCode::kNotFound, "there is no pupil " + change.learner.hex(),
                  "pupil.unknown");
    }
    const std::string& text = change.name ? *change.name : *change.picture;
    const auto* first = reinterpret_cast<const std::uint8_t*>(text.data());
    PRIMER_ASSIGN(const Bytes told, sealToClass(*key, SealedKind::kAnswer, waiting.event.id.bytes(),
                                                {first, text.size()}));
    // Tried again after it was written after all, it changes nothing.
    if (!EventStore(connection).add(waiting.event, told, kChangeKind)) return {};
    if (change.name) {
      record->name_sealed.reset();
      if (!change.name->empty()) {
        const auto* name = reinterpret_cast<const std::uint8_t*>(change.name->data());
        PRIMER_ASSIGN(record->name_sealed, sealToClass(*key, SealedKind::kName, record->id.bytes(),
                                                       {name, change.name->size()}));
      }
    }
    if (change.picture) {
      PRIMER_ASSIGN(auto card, openCard(*device_key, record->id, record->card_sealed));
      card.picture = *change.picture;
      record->card_sealed = sealCard(*device_key, card);
    }
    ++record->revision;
    pupils.put(*record);
    return {};
  });
}

}  // namespace

Status checkRanges(const Answer& answer) {
  const auto bad = [](const char* what) {
    return fail(ErrorCode::kInvalidArgument, std::string("an answer with a bad ") + what);
  };
  if (answer.learner.isNull()) return bad("learner");
  if (answer.activity.empty()) return bad("activity");
  if (!inUnit(answer.difficulty)) return bad("difficulty");
  if (!inUnit(answer.confidence)) return bad("confidence");
  if (answer.attempt < 1) return bad("attempt");
  if (answer.hints_taken < 0) return bad("number of hints");
  if (answer.taken.count() < 0) return bad("time taken");
  if (answer.sound.size() > kMostSoundBytes) return bad("length of its sound");
  if (answer.evidence.size() > kMostEvidenceBytes) return bad("length of its evidence");
  return {};
}

void putDraft(SQLite::Database& connection, const DeviceKey* key, const LearnerId& learner,
              const std::vector<std::byte>& content, WallTime now) {
  std::optional<Bytes> sealed;
  // Without the tablet's key nobody can log in either: there is nothing to keep.
  if (!content.empty() && key != nullptr) sealed = sealDraft(*key, learner, unsignedBytes(content));
  Drafts(connection).put(learner, sealed, now);
}

Status write(SQLite::Database& connection, const DeviceKey* key, const Waiting& waiting) {
  if (waiting.kind == WaitingKind::kRemark) return writeRemark(connection, waiting.event);
  if (waiting.kind == WaitingKind::kChange) return writeChange(connection, key, waiting);
  return writeAnswer(connection, key, waiting);
}

}  // namespace primer::storage
