#include "src/repair/backups.h"

#include <gtest/gtest.h>

#include "storage/trial.h"

namespace primer::storage {
namespace {

namespace fs = std::filesystem;
using test::Records;

std::vector<fs::path> generations(const Records& records) {
  return Backups(FolderFiles(records.options.folder)).newestFirst();
}

TEST(BackupGenerations, AreMadeWhenSomethingChangedAndThreeAreKept) {
  Records records;
  records.open();
  const auto learner = records.database->pupils(records.makeClass(1))->front().id;
  std::vector<fs::path> before;
  for (int round = 0; round < 5; ++round) {
    records.save(learner, 2, 2 * round);
    records.close();
    const auto now = generations(records);
    ASSERT_FALSE(now.empty());
    EXPECT_LE(now.size(), 3u);
    if (!before.empty()) {
      EXPECT_NE(now.front(), before.front());
    }
    before = now;
    records.open();
  }
  EXPECT_EQ(before.size(), 3u);
  records.close();
  EXPECT_EQ(generations(records), before) << "a start alone changes nothing worth a backup";
}

TEST(BackupGenerations, HoldEverything) {
  Records records;
  records.open();
  const auto learner = records.database->pupils(records.makeClass(2))->front().id;
  records.save(learner, 12);
  records.close();
  auto copy = connect(generations(records).front(), Access::kImmutable);
  ASSERT_TRUE(copy);
  EXPECT_TRUE(verify(**copy, Depth::kFull));
  for (const auto& [table, rows] : {std::pair{"events", 12}, {"payloads", 12}, {"pupils", 2}}) {
    EXPECT_EQ((*copy)->execAndGet(std::string("SELECT count(*) FROM ") + table).getInt(), rows);
  }
}

// A flipped bit inside a row keeps the file's structure sound: only the row's own check tells.
TEST(BackupGenerations, ABadRowIsNotBackedUpAndIsMendedAtTheNextStart) {
  Records records;
  records.open();
  const auto learner = records.database->pupils(records.makeClass(1))->front().id;
  records.save(learner, 3);
  records.close();
  const auto good = generations(records);
  records.open();
  {
    auto db = connect(records.options.folder / "primer.db", Access::kReadWrite);
    ASSERT_TRUE(db);
    (*db)->exec("UPDATE events SET verdict = 'wrong' WHERE boot = 1 AND counter = 1");
  }
  records.save(learner, 1, 4);
  const auto refused = records.database->backUpIfChanged();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kDamaged);
  records.close();
  EXPECT_EQ(generations(records), good) << "no backup of damaged records";

  auto& database = records.open();
  EXPECT_FALSE(database.report().repaired.empty());
  const auto events = database.events(learner);
  ASSERT_TRUE(events);
  EXPECT_EQ(events->size(), 4u);
  for (const auto& event : *events) {
    if (event.order == EventOrder{1, 1}) {
      EXPECT_EQ(event.verdict, Verdict::kRight);
    }
  }
  records.close();
  EXPECT_TRUE(records.open().report().repaired.empty());
}

}  // namespace
}  // namespace primer::storage
