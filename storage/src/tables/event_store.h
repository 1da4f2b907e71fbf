#pragma once

// Table `events`: one row for one thing that a pupil did. Rows are added and never changed.

#include <optional>
#include <string_view>
#include <vector>

#include "primer/storage/event.h"
#include "primer/storage/roster.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

struct StoredEvent {
  Event event;
  std::optional<Bytes> answer_sealed;
};

inline constexpr std::string_view kAnswerKind = "answer";
inline constexpr std::string_view kRemarkKind = "remark";
inline constexpr std::string_view kChangeKind = "change";  // of a pupil's name or picture

class EventStore {
 public:
  explicit EventStore(SQLite::Database& connection) : connection_(connection) {}
  static const TableShape& shape();

  // False where an event with this id, or at this place of its tablet's order, is there already.
  bool add(const Event& event, const std::optional<Bytes>& answer_sealed,
           std::string_view kind = kAnswerKind);

  bool has(const EventId& id);
  std::optional<Event> find(const EventId& id);  // an answer

  struct Evidence {
    EventId event;
    std::int64_t arrival = 0;
    Bytes sealed;
    LearnerId learner = {};  // of evidenceOfClass()
  };
  struct OfLearner {
    std::vector<Event> answers;         // in no order
    std::vector<Evidence> evidence;     // of all of them, in no order
    std::vector<Event> remarked_since;  // of the answers: re-marked after the last one, by arrival
  };
  // One pass over a learner's rows, in one statement.
  OfLearner ofLearner(const LearnerId& id, bool with_evidence);
  std::vector<Evidence> evidenceOfClass(const ClassId& id);  // all of it, in no order
  std::vector<StoredEvent> newestOfLearner(const LearnerId& id, std::int64_t limit);  // by arrival
  std::vector<StoredEvent> disputesOf(const ClassId& id, std::int64_t limit);  // newest first
  PupilSummary summary(const LearnerId& id);
  VisitSummary visit(const LearnerId& id, const TabletId& tablet, const EventOrder& after);
  std::int64_t count();
  std::int64_t lastCounter(const TabletId& tablet, std::int64_t boot);  // 0 where there is none
  // Places in the tablets' orders that no row fills although later ones do.
  std::int64_t missing();

 private:
  SQLite::Database& connection_;
};

}  // namespace primer::storage
