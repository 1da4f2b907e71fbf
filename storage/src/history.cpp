#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <utility>

#include "primer/storage/event.h"

namespace primer::storage {

namespace {

struct VerdictWord {
  Verdict verdict;
  std::string_view word;
};

constexpr std::array<VerdictWord, 10> kVerdicts = {{
    {Verdict::kNotJudged, "not_judged"},
    {Verdict::kRight, "right"},
    {Verdict::kOffPath, "off_path"},
    {Verdict::kPartly, "partly"},
    {Verdict::kIncomplete, "incomplete"},
    {Verdict::kUnreadable, "unreadable"},
    {Verdict::kSlip, "slip"},
    {Verdict::kMisconception, "misconception"},
    {Verdict::kWrong, "wrong"},
    {Verdict::kAskTeacher, "ask_teacher"},
}};

// Between two tablets: wall time where both can be believed, else who arrived first.
bool isBefore(const Event& a, const Event& b) {
  if (a.wall_time_trusted && b.wall_time_trusted && a.wall_time != b.wall_time) {
    return a.wall_time < b.wall_time;
  }
  return a.arrival < b.arrival;
}

}  // namespace

// Random, with the bits of a version 4 UUID.
EventId newEventId() {
  auto bytes = EventId::random().bytes();
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);
  return EventId::fromBytes(bytes);
}

std::string_view verdictName(Verdict verdict) {
  for (const auto& entry : kVerdicts) {
    if (entry.verdict == verdict) return entry.word;
  }
  return "not_judged";
}

Verdict verdictFromName(std::string_view name) {
  for (const auto& entry : kVerdicts) {
    if (entry.word == name) return entry.verdict;
  }
  return Verdict::kNotJudged;
}

bool isRight(Verdict verdict) { return verdict == Verdict::kRight || verdict == Verdict::kOffPath; }

bool isJudged(Verdict verdict) {
  switch (verdict) {
    case Verdict::kRight:
    case Verdict::kOffPath:
    case Verdict::kPartly:
    case Verdict::kSlip:
    case Verdict::kMisconception:
    case Verdict::kWrong:
      return true;
    case Verdict::kNotJudged:
    case Verdict::kIncomplete:
    case Verdict::kUnreadable:
    case Verdict::kAskTeacher:
      return false;
  }
  return false;
}

// A merge of the tablets' own orders, which are never broken: a tablet's clock may jump, its
// counter cannot.
void sortIntoHistory(std::vector<Event>& events) {
  struct Tablet {
    std::vector<Event> events;
    std::size_t next = 0;
  };
  std::map<TabletId, Tablet> tablets;
  for (auto& event : events) {
    auto& own = tablets[event.tablet].events;
    own.push_back(std::move(event));
  }
  for (auto& [id, tablet] : tablets) {
    std::stable_sort(tablet.events.begin(), tablet.events.end(),
                     [](const Event& a, const Event& b) { return a.order < b.order; });
  }
  std::vector<Event> merged;
  merged.reserve(events.size());
  while (merged.size() < events.size()) {
    Tablet* first = nullptr;
    for (auto& [id, tablet] : tablets) {
      if (tablet.next == tablet.events.size()) continue;
      if (first == nullptr || isBefore(tablet.events[tablet.next], first->events[first->next])) {
        first = &tablet;
      }
    }
    merged.push_back(std::move(first->events[first->next++]));
  }
  events = std::move(merged);
}

}  // namespace primer::storage
