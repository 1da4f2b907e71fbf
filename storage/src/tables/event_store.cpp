#include "src/tables/event_store.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "src/tables/payloads.h"

namespace primer::storage {

namespace {

template <typename Number>
Value optionalReal(const std::optional<Number>& number) {
  return number ? Value(static_cast<double>(*number)) : Value();
}

std::optional<double> realAt(SQLite::Statement& select, int place) {
  const auto column = select.getColumn(place);
  if (column.isNull()) return std::nullopt;
  return column.getDouble();
}

// What the teacher has said of an event at last, or of the one that it is about; NULL: nothing.
constexpr const char* kRemarkOf =
    "(SELECT r.verdict FROM events r WHERE r.about_event ="
    " coalesce(events.about_event, events.event_id) AND r.kind = 'remark'"
    " ORDER BY r.arrival DESC LIMIT 1)";

// Three columns more than selectAll: whether there is ink, whether there is sound, the re-mark.
std::string selectEvents() {
  std::string sql = selectAll(EventStore::shape());
  const std::string flags =
      ", EXISTS (SELECT 1 FROM payloads p WHERE p.event_id = events.event_id AND p.kind = 'ink')"
      ", EXISTS (SELECT 1 FROM payloads p WHERE p.event_id = events.event_id AND p.kind = 'sound')"
      ", " +
      std::string(kRemarkOf);
  sql.insert(sql.rfind(" FROM events"), flags);
  return sql;
}

// A pupil who disagrees gave no answer: only the answer's own verdict changes.
void setRemark(Event& event, Verdict remark) {
  event.remark = remark;
  if (!event.about) event.verdict = remark;
}

// A row of selectAll().
StoredEvent readRow(SQLite::Statement& select) {
  StoredEvent stored;
  Event& event = stored.event;
  event.arrival = select.getColumn(0).getInt64();
  event.id = EventId::fromBytes(idAt(select, 1));
  event.tablet = TabletId::fromBytes(idAt(select, 2));
  event.order = {select.getColumn(3).getInt64(), select.getColumn(4).getInt64()};
  event.wall_time = {select.getColumn(5).getInt64()};
  event.wall_time_trusted = select.getColumn(6).getInt() != 0;
  event.learner = LearnerId::fromBytes(idAt(select, 7));
  event.activity = select.getColumn(9).getString();
  event.item = select.getColumn(10).getString();
  event.skill = select.getColumn(11).getString();
  event.difficulty = realAt(select, 12);
  event.attempt = select.getColumn(13).getInt();
  if (!select.getColumn(14).isNull()) stored.answer_sealed = blobAt(select, 14);
  event.confidence = realAt(select, 15);
  event.verdict = verdictFromName(select.getColumn(16).getString());
  event.misconception = select.getColumn(17).getString();  // NULL reads as ""
  event.hints_taken = select.getColumn(18).getInt();
  event.taken = std::chrono::milliseconds(select.getColumn(19).getInt64());
  event.why_chosen = select.getColumn(20).getString();
  if (!select.getColumn(21).isNull()) event.about = EventId::fromBytes(idAt(select, 21));
  return stored;
}

// One of selectEvents().
StoredEvent read(SQLite::Statement& select) {
  StoredEvent stored = readRow(select);
  Event& event = stored.event;
  event.has_ink = select.getColumn(23).getInt() != 0;
  event.has_sound = select.getColumn(24).getInt() != 0;
  if (!select.getColumn(25).isNull()) {
    setRemark(event, verdictFromName(select.getColumn(25).getString()));
  }
  return stored;
}

// SQL for "this verdict, as it counts, satisfies `holds`", from the words of the one table of
// verdicts.
std::string verdictIs(bool (*holds)(Verdict)) {
  std::string sql = "CASE WHEN about_event IS NULL THEN coalesce(" + std::string(kRemarkOf) +
                    ", verdict) ELSE verdict END IN (";
  for (int i = 0; i <= static_cast<int>(Verdict::kAskTeacher); ++i) {
    const auto verdict = static_cast<Verdict>(i);
    if (holds(verdict)) sql.append("'").append(verdictName(verdict)).append("',");
  }
  sql.back() = ')';
  return sql;
}

// The latest remark about an answer counts, also for the pupil's own event about that answer.
void applyRemarks(EventStore::OfLearner& found, std::vector<Event> remarks) {
  if (remarks.empty()) return;
  const auto by_arrival = [](const Event& a, const Event& b) { return a.arrival < b.arrival; };
  std::sort(remarks.begin(), remarks.end(), by_arrival);
  std::unordered_map<EventId, const Event*> latest;
  for (const auto& remark : remarks) {
    if (remark.about) latest[*remark.about] = &remark;
  }
  const auto last = std::max_element(found.answers.begin(), found.answers.end(), by_arrival);
  const std::int64_t last_answer = last == found.answers.end() ? 0 : last->arrival;
  for (auto& answer : found.answers) {
    const auto remark = latest.find(answer.about.value_or(answer.id));
    if (remark == latest.end()) continue;
    setRemark(answer, remark->second->verdict);
    if (!answer.about && remark->second->arrival > last_answer) {
      found.remarked_since.push_back(answer);
    }
  }
  std::sort(found.remarked_since.begin(), found.remarked_since.end(), by_arrival);
}

}  // namespace

const TableShape& EventStore::shape() {
  static const TableShape shape = {
      "events",
      "arrival",
      {{"event_id", ColumnType::kBlob},      {"tablet_id", ColumnType::kBlob},
       {"boot", ColumnType::kInteger},       {"counter", ColumnType::kInteger},
       {"wall_ms", ColumnType::kInteger},    {"wall_trusted", ColumnType::kInteger},
       {"learner_id", ColumnType::kBlob},    {"kind", ColumnType::kText},
       {"activity", ColumnType::kText},      {"item", ColumnType::kText},
       {"skill", ColumnType::kText},         {"difficulty", ColumnType::kReal},
       {"attempt", ColumnType::kInteger},    {"answer_sealed", ColumnType::kBlob},
       {"confidence", ColumnType::kReal},    {"verdict", ColumnType::kText},
       {"misconception", ColumnType::kText}, {"hints_taken", ColumnType::kInteger},
       {"taken_ms", ColumnType::kInteger},   {"why_chosen", ColumnType::kText},
       {"about_event", ColumnType::kBlob}},
      "event_id"};
  return shape;
}

bool EventStore::add(const Event& event, const std::optional<Bytes>& answer_sealed,
                     std::string_view kind) {
  return store(connection_, shape(),
               {toBlob(event.id.bytes()),
                toBlob(event.tablet.bytes()),
                event.order.boot,
                event.order.counter,
                event.wall_time.unix_ms,
                std::int64_t{event.wall_time_trusted},
                toBlob(event.learner.bytes()),
                std::string(kind),
                event.activity,
                event.item,
                event.skill,
                optionalReal(event.difficulty),
                std::int64_t{event.attempt},
                answer_sealed ? Value(*answer_sealed) : Value(),
                optionalReal(event.confidence),
                std::string(verdictName(event.verdict)),
                event.misconception.empty() ? Value() : Value(event.misconception),
                std::int64_t{event.hints_taken},
                std::int64_t{event.taken.count()},
                event.why_chosen,
                event.about ? Value(toBlob(event.about->bytes())) : Value()});
}

std::optional<Event> EventStore::find(const EventId& id) {
  SQLite::Statement select(connection_, selectEvents() + " WHERE event_id = ? AND kind = 'answer'");
  bindValue(select, 1, toBlob(id.bytes()));
  if (!select.executeStep()) return std::nullopt;
  return read(select).event;
}

bool EventStore::has(const EventId& id) {
  SQLite::Statement select(connection_, "SELECT 1 FROM events WHERE event_id = ?");
  bindValue(select, 1, toBlob(id.bytes()));
  return select.executeStep();
}

// Rows of one event follow each other: one for each of its payloads. What is sealed is read where
// it is evidence, and nowhere else: ink and sound are large.
EventStore::OfLearner EventStore::ofLearner(const LearnerId& id, bool with_evidence) {
  std::string sql = selectAll(shape());
  sql.insert(sql.rfind(" FROM events"),
             ", payload, CASE WHEN payload = 'evidence' AND ?2 THEN sealed END");
  SQLite::Statement select(
      connection_, sql +
                       " LEFT JOIN (SELECT event_id AS of_event, kind AS payload, sealed FROM"
                       " payloads) ON of_event = event_id WHERE learner_id = ?1");
  bindValue(select, 1, toBlob(id.bytes()));
  bindValue(select, 2, std::int64_t{with_evidence});
  OfLearner found;
  std::vector<Event> remarks;
  EventId last;
  while (select.executeStep()) {
    const auto event = EventId::fromBytes(idAt(select, 1));
    if (event != last) {
      last = event;
      const auto kind = select.getColumn(8).getString();
      if (kind == kRemarkKind) remarks.push_back(readRow(select).event);
      if (kind != kAnswerKind) continue;
      found.answers.push_back(readRow(select).event);
    }
    if (found.answers.empty() || found.answers.back().id != event) continue;
    auto& answer = found.answers.back();
    const auto payload = select.getColumn(23).getString();  // NULL reads as ""
    answer.has_ink = answer.has_ink || payload == kInkPayload;
    answer.has_sound = answer.has_sound || payload == kSoundPayload;
    if (!select.getColumn(24).isNull()) {
      found.evidence.push_back({event, answer.arrival, blobAt(select, 24)});
    }
  }
  applyRemarks(found, std::move(remarks));
  return found;
}

// CROSS JOIN: SQLite would begin with the learners' events, of which few have any.
std::vector<EventStore::Evidence> EventStore::evidenceOfClass(const ClassId& id) {
  SQLite::Statement select(
      connection_,
      "SELECT e.event_id, e.arrival, p.sealed, e.learner_id FROM payloads p CROSS JOIN events e"
      " ON e.event_id = p.event_id WHERE p.kind = 'evidence' AND e.kind = 'answer' AND"
      " e.learner_id IN (SELECT learner_id FROM pupils WHERE class_id = ?)");
  bindValue(select, 1, toBlob(id.bytes()));
  std::vector<Evidence> found;
  while (select.executeStep()) {
    found.push_back({EventId::fromBytes(idAt(select, 0)), select.getColumn(1).getInt64(),
                     blobAt(select, 2), LearnerId::fromBytes(idAt(select, 3))});
  }
  return found;
}

std::vector<StoredEvent> EventStore::newestOfLearner(const LearnerId& id, std::int64_t limit) {
  SQLite::Statement select(connection_, selectEvents() +
                                            " WHERE learner_id = ? AND kind = 'answer'"
                                            " ORDER BY arrival DESC LIMIT ?");
  bindValue(select, 1, toBlob(id.bytes()));
  bindValue(select, 2, limit);
  std::vector<StoredEvent> events;
  while (select.executeStep()) events.push_back(read(select));
  return events;
}

std::vector<StoredEvent> EventStore::disputesOf(const ClassId& id, std::int64_t limit) {
  SQLite::Statement select(
      connection_, selectEvents() + " WHERE kind = 'answer' AND verdict = '" +
                       std::string(verdictName(Verdict::kAskTeacher)) +
                       "' AND learner_id IN (SELECT learner_id FROM pupils WHERE class_id = ?)"
                       " ORDER BY arrival DESC LIMIT ?");
  bindValue(select, 1, toBlob(id.bytes()));
  bindValue(select, 2, limit);
  std::vector<StoredEvent> events;
  while (select.executeStep()) events.push_back(read(select));
  return events;
}

PupilSummary EventStore::summary(const LearnerId& id) {
  SQLite::Statement select(connection_, "SELECT count(*), coalesce(sum(" + verdictIs(isJudged) +
                                            "), 0), coalesce(sum(" + verdictIs(isRight) +
                                            "), 0), coalesce(sum(hints_taken), 0) FROM events"
                                            " WHERE learner_id = ? AND kind = 'answer'");
  bindValue(select, 1, toBlob(id.bytes()));
  select.executeStep();
  PupilSummary summary;
  summary.learner = id;
  summary.answers = select.getColumn(0).getInt64();
  summary.judged = select.getColumn(1).getInt64();
  summary.right = select.getColumn(2).getInt64();
  summary.hints_taken = select.getColumn(3).getInt64();
  // The last to come, not the greatest time: a clock may have been wrong.
  SQLite::Statement last(connection_,
                         "SELECT wall_ms FROM events WHERE learner_id = ? AND kind = 'answer'"
                         " ORDER BY arrival DESC LIMIT 1");
  bindValue(last, 1, toBlob(id.bytes()));
  if (last.executeStep()) summary.last_seen = WallTime{last.getColumn(0).getInt64()};
  return summary;
}

VisitSummary EventStore::visit(const LearnerId& id, const TabletId& tablet,
                               const EventOrder& after) {
  SQLite::Statement select(connection_,
                           "SELECT skill, count(*), sum(" + verdictIs(isJudged) + "), sum(" +
                               verdictIs(isRight) +
                               ") FROM events WHERE learner_id = ? AND tablet_id = ? AND"
                               " (boot, counter) > (?, ?) AND kind = 'answer'"
                               " GROUP BY skill ORDER BY min(arrival)");
  bindValue(select, 1, toBlob(id.bytes()));
  bindValue(select, 2, toBlob(tablet.bytes()));
  bindValue(select, 3, after.boot);
  bindValue(select, 4, after.counter);
  VisitSummary visit;
  while (select.executeStep()) {
    const SkillSummary skill = {select.getColumn(0).getString(), select.getColumn(1).getInt64(),
                                select.getColumn(2).getInt64(), select.getColumn(3).getInt64()};
    visit.answers += skill.answers;
    visit.judged += skill.judged;
    visit.right += skill.right;
    visit.skills.push_back(skill);
  }
  return visit;
}

std::int64_t EventStore::count() {
  return connection_.execAndGet("SELECT count(*) FROM events").getInt64();
}

std::int64_t EventStore::lastCounter(const TabletId& tablet, std::int64_t boot) {
  SQLite::Statement select(connection_,
                           "SELECT coalesce(max(counter), 0) FROM events"
                           " WHERE tablet_id = ? AND boot = ?");
  bindValue(select, 1, toBlob(tablet.bytes()));
  bindValue(select, 2, boot);
  select.executeStep();
  return select.getColumn(0).getInt64();
}

std::int64_t EventStore::missing() {
  return connection_
      .execAndGet(
          "SELECT coalesce(sum(top - filled), 0) FROM (SELECT max(counter) AS top, count(*) AS"
          " filled FROM events GROUP BY tablet_id, boot)")
      .getInt64();
}

}  // namespace primer::storage
