// What a teacher sets: defaults, what is refused, and rows that this version cannot mean.

#include <gmock/gmock.h>

#include <cmath>

#include "src/sqlite/connection.h"
#include "src/tables/settings.h"
#include "storage/trial.h"

namespace primer::storage {
namespace {

using std::chrono::minutes;
using test::Records;

class Settings : public testing::Test {
 protected:
  Settings() : database_(&records_.open()), class_(records_.makeClass(2)) {}
  void reopen() {
    records_.close();
    database_ = &records_.open();
  }
  // As a hand or a later version may have left it, with a check that fits.
  void overwrite(const Row& row) {
    records_.close();
    auto db = connect(records_.options.folder / "primer.db", Access::kReadWrite);
    ASSERT_TRUE(db);
    ASSERT_TRUE(store(**db, ClassSettingsTable::shape(), row));
  }

  Records records_;
  Database* database_;
  ClassId class_;
};

TEST_F(Settings, DefaultsStandWhereNobodySetAnything) {
  const auto found = database_->settings(class_);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->settings.session, std::nullopt);
  EXPECT_EQ(found->settings.break_after, std::nullopt);
  EXPECT_EQ(found->settings.judged, JudgedWhen::kPause);
  EXPECT_EQ(found->settings.sensitivity, 0.5);
  EXPECT_TRUE(found->faults.empty());
  EXPECT_EQ(database_->settings(ClassId::random()).error().key, "class.unknown");
}

TEST_F(Settings, AreKeptOverAStart) {
  const ClassSettings first = {minutes(20), minutes(10), JudgedWhen::kButton, 0.25};
  ASSERT_TRUE(database_->setSettings(class_, first));
  ClassSettings second = first;
  second.session.reset();
  second.judged = JudgedWhen::kNextLine;
  second.sensitivity = 1;  // a whole number, which SQLite keeps as one
  ASSERT_TRUE(database_->setSettings(class_, second));
  reopen();
  const auto found = database_->settings(class_);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->settings, second);
  EXPECT_TRUE(found->faults.empty());
  const auto report = database_->check();
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->sound);
}

TEST_F(Settings, OutOfRangeIsRefusedAndChangesNothing) {
  const ClassSettings good = {minutes(30), std::nullopt, JudgedWhen::kPause, 0.5};
  ASSERT_TRUE(database_->setSettings(class_, good));
  std::vector<ClassSettings> all_bad(6);
  all_bad[0].session = minutes(0);
  all_bad[1].session = minutes(-5);
  all_bad[2].session = minutes(241);
  all_bad[3].break_after = minutes(4);
  all_bad[4].sensitivity = 1.1;
  all_bad[5].sensitivity = std::nan("");
  for (const auto& bad : all_bad) {
    const auto refused = database_->setSettings(class_, bad);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(refused.error().key, "settings.range");
  }
  EXPECT_EQ(database_->settings(class_)->settings, good);
}

TEST_F(Settings, WhatCannotBeMeantIsToldAndStays) {
  overwrite({toBlob(class_.bytes()), std::int64_t{7000}, std::int64_t{15},
             std::string("at_the_end_of_the_week"), 0.75, std::int64_t{9}});
  reopen();
  const auto found = database_->settings(class_);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->settings.session, std::nullopt);
  EXPECT_EQ(found->settings.break_after, minutes(15)) << "what can be read stands";
  EXPECT_EQ(found->settings.judged, JudgedWhen::kPause);
  EXPECT_EQ(found->settings.sensitivity, 0.75);
  EXPECT_THAT(found->faults,
              testing::ElementsAre("session_minutes: 7000 is not 5 to 240",
                                   "judged: \"at_the_end_of_the_week\" is not known"));
  records_.close();
  auto db = connect(records_.options.folder / "primer.db", Access::kReadWrite);
  EXPECT_EQ((*db)->execAndGet("SELECT judged FROM class_settings").getString(),
            "at_the_end_of_the_week")
      << "reading changes nothing";
}

TEST_F(Settings, ARowThatWasAlteredIsFoundByTheCheck) {
  ClassSettings set;
  set.session = minutes(20);
  ASSERT_TRUE(database_->setSettings(class_, set));
  records_.close();
  {
    auto db = connect(records_.options.folder / "primer.db", Access::kReadWrite);
    (*db)->exec("UPDATE class_settings SET session_minutes = 40");
  }
  database_ = &records_.open();
  const auto report = database_->check();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_FALSE(report->repaired.empty());
  // The backup that was made when the folder was closed has it as it was set.
  EXPECT_EQ(database_->settings(class_)->settings.session, minutes(20));
}

TEST_F(Settings, AHandIsThePupilsAndGoesWithThem) {
  const auto pupils = *database_->pupils(class_);
  EXPECT_EQ(*database_->hand(pupils[0].id), Hand::kRight);
  ASSERT_TRUE(database_->setHand(pupils[0].id, Hand::kLeft));
  EXPECT_EQ(*database_->hand(pupils[0].id), Hand::kLeft);
  EXPECT_EQ(*database_->hand(pupils[1].id), Hand::kRight);
  EXPECT_EQ(database_->setHand(LearnerId::random(), Hand::kLeft).error().key, "pupil.unknown");
  records_.close();
  auto db = connect(records_.options.folder / "primer.db", Access::kReadWrite);
  SQLite::Statement erase(**db, "DELETE FROM pupils WHERE learner_id = ?");
  bindValue(erase, 1, toBlob(pupils[0].id.bytes()));
  erase.exec();
  EXPECT_EQ((*db)->execAndGet("SELECT count(*) FROM pupil_settings").getInt(), 0);
}

}  // namespace
}  // namespace primer::storage
