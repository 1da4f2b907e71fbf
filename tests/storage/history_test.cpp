#include <gmock/gmock.h>

#include "primer/storage/event.h"

namespace primer::storage {
namespace {

using testing::ElementsAre;

Event at(const TabletId& tablet, EventOrder order, std::int64_t wall, bool trusted,
         std::int64_t arrival) {
  Event event;
  event.id = EventId::random();
  event.tablet = tablet;
  event.order = order;
  event.wall_time = {wall};
  event.wall_time_trusted = trusted;
  event.arrival = arrival;
  return event;
}

std::vector<std::int64_t> arrivals(std::vector<Event> events) {
  sortIntoHistory(events);
  std::vector<std::int64_t> order;
  for (const auto& event : events) order.push_back(event.arrival);
  return order;
}

TEST(History, OneTabletGoesByBootAndCounterWhateverItsClockSays) {
  const auto tablet = TabletId::random();
  EXPECT_THAT(arrivals({at(tablet, {2, 1}, 50, true, 1), at(tablet, {1, 2}, 900, true, 2),
                        at(tablet, {1, 1}, 1000, true, 3), at(tablet, {2, 2}, 10, true, 4)}),
              ElementsAre(3, 2, 1, 4));
}

TEST(History, TwoTabletsGoByTrustedWallTime) {
  const auto a = TabletId::random();
  const auto b = TabletId::random();
  EXPECT_THAT(arrivals({at(a, {1, 1}, 100, true, 1), at(a, {1, 2}, 300, true, 2),
                        at(b, {7, 1}, 200, true, 3), at(b, {7, 2}, 400, true, 4)}),
              ElementsAre(1, 3, 2, 4));
}

TEST(History, AnUntrustedClockGoesByArrival) {
  const auto a = TabletId::random();
  const auto b = TabletId::random();
  EXPECT_THAT(arrivals({at(a, {1, 1}, 1000, true, 1), at(a, {1, 2}, 2000, true, 4),
                        at(b, {1, 1}, 5, false, 2), at(b, {1, 2}, 6, false, 3)}),
              ElementsAre(1, 2, 3, 4));
}

TEST(History, VerdictsKeepTheirNames) {
  for (const auto* name : {"right", "off_path", "partly", "incomplete", "unreadable", "slip",
                           "misconception", "wrong", "ask_teacher", "not_judged"}) {
    EXPECT_EQ(verdictName(verdictFromName(name)), name);
  }
  EXPECT_EQ(verdictFromName("a word of a later version"), Verdict::kNotJudged);
  EXPECT_FALSE(isJudged(Verdict::kUnreadable));
  EXPECT_TRUE(isRight(Verdict::kOffPath));
}

}  // namespace
}  // namespace primer::storage
