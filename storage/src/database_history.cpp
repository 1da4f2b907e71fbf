// What was answered: the reading side of Database.

#include <algorithm>
#include <span>
#include <unordered_map>
#include <utility>

#include "primer/storage/database.h"
#include "src/database_parts.h"
#include "src/tables/event_store.h"
#include "src/tables/payloads.h"
#include "src/tables/pupils.h"

namespace primer::storage {

namespace {

std::vector<std::byte> asByteVector(const Bytes& bytes) {
  const auto view = std::as_bytes(std::span(bytes));
  return {view.begin(), view.end()};
}

// Opens what an event's row and its ink hold. What does not open leaves `readable` false.
OpenedEvent openEvent(StoredEvent stored, Payloads& payloads, const ClassKey::Parts& key) {
  OpenedEvent opened;
  const auto open = [&](SealedKind kind, const std::optional<Bytes>& sealed) -> Bytes {
    if (!sealed) return {};
    auto plain =
        openSealed(key.public_key, key.private_key, kind, stored.event.id.bytes(), *sealed);
    if (plain) return std::move(*plain);
    opened.readable = false;
    return {};
  };
  const Bytes answer = open(SealedKind::kAnswer, stored.answer_sealed);
  opened.answer_as_read.assign(answer.begin(), answer.end());
  if (stored.event.has_ink) {
    opened.ink = asByteVector(open(SealedKind::kInk, payloads.find(stored.event.id, kInkPayload)));
  }
  opened.event = std::move(stored.event);
  return opened;
}

// The newest `limit`, oldest first.
std::vector<EventEvidence> openEvidence(const DeviceKey& key,
                                        std::vector<EventStore::Evidence> sealed,
                                        std::int64_t limit) {
  std::sort(sealed.begin(), sealed.end(),
            [](const auto& a, const auto& b) { return a.arrival < b.arrival; });
  const auto count = static_cast<std::int64_t>(sealed.size());
  std::vector<EventEvidence> opened;
  for (auto i = std::max<std::int64_t>(0, count - limit); i < count; ++i) {
    const auto& one = sealed[static_cast<std::size_t>(i)];
    const auto plain = key.open(one.event.bytes(), one.sealed);
    if (plain) opened.push_back({one.event, asByteVector(*plain)});
  }
  return opened;
}

}  // namespace

Result<LearnerRecord> Database::record(const LearnerId& of, std::int64_t evidence) {
  auto& connection = parts_->connection();
  return guarded(connection, [&]() -> Result<LearnerRecord> {
    const bool wanted = evidence > 0 && parts_->device_key.has_value();
    auto found = EventStore(connection).ofLearner(of, wanted);
    LearnerRecord record;
    record.events = std::move(found.answers);
    sortIntoHistory(record.events);
    record.remarked_since = std::move(found.remarked_since);
    if (wanted) {
      record.evidence = openEvidence(*parts_->device_key, std::move(found.evidence), evidence);
    }
    return record;
  });
}

Result<std::vector<Event>> Database::events(const LearnerId& of) {
  PRIMER_ASSIGN(auto found, record(of, 0));
  return std::move(found.events);
}

Result<std::vector<OpenedEvent>> Database::openedEvents(const LearnerId& of, const ClassKey& key,
                                                        std::int64_t limit) {
  auto& connection = parts_->connection();
  return guarded(connection, [&]() -> Result<std::vector<OpenedEvent>> {
    auto stored = EventStore(connection).newestOfLearner(of, limit);
    std::vector<Event> history;
    std::unordered_map<EventId, std::size_t> place;
    for (std::size_t i = 0; i < stored.size(); ++i) {
      history.push_back(stored[i].event);
      place[stored[i].event.id] = i;
    }
    sortIntoHistory(history);
    Payloads payloads(connection);
    std::vector<OpenedEvent> opened;
    opened.reserve(history.size());
    for (const auto& event : history) {
      opened.push_back(openEvent(std::move(stored[place.at(event.id)]), payloads, key.parts()));
    }
    return opened;
  });
}

Result<std::vector<std::byte>> Database::sound(const EventId& of, const ClassKey& key) {
  auto& connection = parts_->connection();
  return guarded(connection, [&]() -> Result<std::vector<std::byte>> {
    const auto sealed = Payloads(connection).find(of, kSoundPayload);
    if (!sealed) return fail(ErrorCode::kNotFound, "no sound was kept of this answer");
    const auto& parts = key.parts();
    PRIMER_ASSIGN(const auto plain, openSealed(parts.public_key, parts.private_key,
                                               SealedKind::kSound, of.bytes(), *sealed));
    return asByteVector(plain);
  });
}

Result<std::map<LearnerId, std::vector<EventEvidence>>> Database::evidenceOfClass(
    const ClassId& of, std::int64_t evidence) {
  using ByLearner = std::map<LearnerId, std::vector<EventEvidence>>;
  auto& connection = parts_->connection();
  return guarded(connection, [&]() -> Result<ByLearner> {
    ByLearner opened;
    if (!parts_->device_key) return opened;
    std::map<LearnerId, std::vector<EventStore::Evidence>> sealed;
    for (auto& one : EventStore(connection).evidenceOfClass(of)) {
      sealed[one.learner].push_back(std::move(one));
    }
    for (auto& [learner, left] : sealed) {
      opened[learner] = openEvidence(*parts_->device_key, std::move(left), evidence);
    }
    return opened;
  });
}

Result<std::vector<OpenedEvent>> Database::disputes(const ClassKey& key, std::int64_t limit) {
  auto& connection = parts_->connection();
  return guarded(connection, [&]() -> Result<std::vector<OpenedEvent>> {
    Payloads payloads(connection);
    std::vector<OpenedEvent> opened;
    for (auto& stored : EventStore(connection).disputesOf(key.classId(), limit)) {
      opened.push_back(openEvent(std::move(stored), payloads, key.parts()));
    }
    return opened;
  });
}

Result<std::vector<PupilSummary>> Database::summaries(const ClassId& of) {
  PRIMER_TRY(parts_->findClass(of));
  auto& connection = parts_->connection();
  return guarded(connection, [&]() -> Result<std::vector<PupilSummary>> {
    EventStore store(connection);
    std::vector<PupilSummary> summaries;
    for (const auto& pupil : Pupils(connection).ofClass(of)) {
      summaries.push_back(store.summary(pupil.id));
    }
    return summaries;
  });
}

Result<VisitSummary> Database::visit(const LearnerId& of, const EventOrder& after) {
  return guarded(parts_->connection(), [&]() -> Result<VisitSummary> {
    return EventStore(parts_->connection()).visit(of, parts_->tablet, after);
  });
}

}  // namespace primer::storage
