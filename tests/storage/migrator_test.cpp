#include "src/sqlite/migrator.h"

#include <gtest/gtest.h>

#include <fstream>

#include "src/sqlite/connection.h"
#include "storage/trial.h"

namespace primer::storage {
namespace {

namespace fs = std::filesystem;
using test::pin;
using test::Records;

const std::vector<Migration> kTwo = {
    {1, "0001_a.sql", "CREATE TABLE a (x INTEGER) STRICT; CREATE TABLE b (y TEXT) STRICT;"},
    {2, "0002_b.sql", "INSERT INTO a VALUES (7);"}};

class Migrator : public testing::Test {
 protected:
  std::unique_ptr<SQLite::Database> connection() {
    return std::move(*connect(folder_ / "x.db", Access::kCreate));
  }
  primer::test::TestFolder folder_;
};

TEST_F(Migrator, AppliesEachChangeOnce) {
  const auto db = connection();
  ASSERT_TRUE(migrate(*db, {kTwo[0]}, {1}));
  ASSERT_TRUE(migrate(*db, kTwo, {2}));
  ASSERT_TRUE(migrate(*db, kTwo, {3}));
  EXPECT_EQ(db->execAndGet("SELECT count(*) FROM a").getInt(), 1);
  EXPECT_EQ(db->execAndGet("PRAGMA user_version").getInt(), 2);
  EXPECT_EQ(db->execAndGet("SELECT sum(applied_ms) FROM migrations").getInt(), 1 + 2);
}

TEST_F(Migrator, AFailureLeavesTheChangeBeforeIt) {
  const auto db = connection();
  auto broken = kTwo;
  broken[1].sql = "CREATE TABLE c (z INTEGER) STRICT; INSERT INTO nowhere VALUES (1);";
  const auto failed = migrate(*db, broken, {1});
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().message.find("0002_b.sql"), std::string::npos) << failed.error().message;
  EXPECT_EQ(db->execAndGet("PRAGMA user_version").getInt(), 1);
  EXPECT_EQ(db->execAndGet("SELECT count(*) FROM sqlite_schema WHERE name = 'c'").getInt(), 0);
}

TEST_F(Migrator, AnEditedChangeIsNoticed) {
  const auto db = connection();
  ASSERT_TRUE(migrate(*db, kTwo, {1}));
  auto edited = kTwo;
  edited[0].sql = "CREATE TABLE a (x INTEGER, more TEXT) STRICT;";
  EXPECT_EQ(migrate(*db, edited, {2}).error().code, ErrorCode::kDamaged);
}

TEST_F(Migrator, ALaterFormatIsRefused) {
  const auto db = connection();
  ASSERT_TRUE(migrate(*db, kTwo, {1}));
  const auto refused = migrate(*db, {kTwo[0]}, {2});
  EXPECT_EQ(refused.error().code, ErrorCode::kNewerVersion);
  EXPECT_EQ(refused.error().key, "database.newer");
}

TEST_F(Migrator, TheShippedOnesAreNumberedWithoutGaps) {
  int number = 0;
  for (const auto& migration : shippedMigrations()) EXPECT_EQ(migration.number, ++number);
  EXPECT_GE(number, 1);
}

TEST(LaterFormat, IsRefusedAndNotTouched) {
  Records records;
  records.open();
  records.makeClass(1);
  for (const bool in_log : {false, true}) {
    records.close();
    const auto file = records.options.folder / "primer.db";
    const auto log = records.options.folder / "primer.db-wal";
    {
      auto db = connect(file, Access::kReadWrite);
      ASSERT_TRUE(db);
      if (in_log) keepLogOnClose(**db, true);
      (*db)->exec("PRAGMA user_version = 99");
    }
    ASSERT_EQ(fs::exists(log), in_log);
    const auto read = [](const fs::path& path) {
      std::ifstream stream(path, std::ios::binary);
      return std::string{std::istreambuf_iterator<char>(stream), {}};
    };
    const auto before = read(file) + read(log);
    const auto refused = Database::open(records.options);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kNewerVersion);
    EXPECT_EQ(refused.error().key, "database.newer");
    EXPECT_EQ(read(file) + read(log), before);
    auto db = connect(file, Access::kReadWrite);
    (*db)->exec("PRAGMA user_version = " + std::to_string(shippedMigrations().size()));
  }
  EXPECT_TRUE(Database::open(records.options));
}

// Records that version 1 wrote must open for ever. How it was made: fixtures/README.md.
TEST(FirstFormat, StillOpens) {
  Records records;
  fs::copy(fs::path(PRIMER_STORAGE_FIXTURES) / "version-1", records.options.folder,
           fs::copy_options::recursive);
  auto& database = records.open();
  EXPECT_TRUE(database.report().repaired.empty());
  const auto classes = database.classes();
  ASSERT_TRUE(classes) << classes.error().message;
  ASSERT_EQ(classes->size(), 1u);
  EXPECT_EQ(classes->front().label, "Trial 1");
  auto key = database.unlock(classes->front().id, pin("2468"));
  ASSERT_TRUE(key) << key.error().message;
  const auto settings = database.settings(classes->front().id);
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->settings, ClassSettings()) << "what came later has its defaults";
  const auto names = database.names(*key);
  ASSERT_TRUE(names);
  ASSERT_EQ(names->size(), 2u);
  std::size_t answers = 0;
  for (const auto& pupil : *names) {
    EXPECT_NE(pupil.name, "");
    const auto opened = database.openedEvents(pupil.card.id, *key);
    ASSERT_TRUE(opened);
    for (const auto& one : *opened) {
      EXPECT_TRUE(one.readable);
      EXPECT_FALSE(one.ink.empty());
      EXPECT_FALSE(one.answer_as_read.empty());
      ++answers;
    }
  }
  EXPECT_EQ(answers, 6u);
  const auto report = database.check();
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->sound);
}

}  // namespace
}  // namespace primer::storage
