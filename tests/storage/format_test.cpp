// Facts of the file format that other versions and other programs rely on.

#include <gtest/gtest.h>

#include "src/sqlite/connection.h"
#include "src/sqlite/migrator.h"
#include "storage/trial.h"

namespace primer::storage {
namespace {

using test::Records;

std::string pragma(SQLite::Database& db, const char* name) {
  return db.execAndGet(std::string("PRAGMA ") + name).getString();
}

TEST(Format, TheFileSaysWhoseItIs) {
  Records records;
  records.open();
  records.close();
  auto db = connect(records.options.folder / "primer.db", Access::kReadWrite);
  ASSERT_TRUE(db);
  EXPECT_EQ(pragma(**db, "application_id"), std::to_string(0x50524d52));
  EXPECT_EQ(pragma(**db, "page_size"), "4096");
  EXPECT_EQ(pragma(**db, "user_version"), std::to_string(shippedMigrations().size()));
}

TEST(Format, AConnectionIsSetForPowerCuts) {
  Records records;
  records.open();
  auto db = connect(records.options.folder / "primer.db", Access::kReadWrite);
  ASSERT_TRUE(db);
  EXPECT_EQ(pragma(**db, "journal_mode"), "wal");
  EXPECT_EQ(pragma(**db, "synchronous"), "2") << "FULL";
  EXPECT_EQ(pragma(**db, "foreign_keys"), "1");
  EXPECT_EQ(pragma(**db, "secure_delete"), "1");
}

TEST(Format, EveryTableIsStrict) {
  Records records;
  records.open();
  auto db = connect(records.options.folder / "primer.db", Access::kReadWrite);
  ASSERT_TRUE(db);
  SQLite::Statement tables(**db,
                           "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND"
                           " type = 'table' AND name NOT LIKE 'sqlite_%'");
  int count = 0;
  while (tables.executeStep()) {
    EXPECT_EQ(tables.getColumn(1).getInt(), 1) << tables.getColumn(0).getString();
    ++count;
  }
  EXPECT_EQ(count, 12);
}

// The check is part of the format: it must never come out differently.
TEST(Format, ARowsCheckIsFixed) {
  const Row row = {std::int64_t{-5}, 0.25, std::string("abc"), Bytes{1, 2, 3}, Value()};
  std::string hex;
  for (const auto byte : rowCheck("events", row)) {
    constexpr char kDigits[] = "0123456789abcdef";
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  EXPECT_EQ(hex, "3ba74e684dbfbf3d");
  EXPECT_NE(rowCheck("events", row), rowCheck("pupils", row));
}

}  // namespace
}  // namespace primer::storage
