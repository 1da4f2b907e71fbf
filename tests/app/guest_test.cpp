// A guest's visit: everything works, and nothing of it is written anywhere.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "app/desk.h"
#include "primer/app/pictures.h"

namespace primer::app {
namespace {

namespace fs = std::filesystem;

class Guest : public Desk {
 protected:
  // The bytes of every file of the records but the shared index of the log, which readers mark.
  std::map<std::string, std::string> records() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(settings_.data_folder)) {
      if (!entry.is_regular_file() || entry.path().extension() == ".db-shm") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      files[entry.path().string()] = {std::istreambuf_iterator<char>(file), {}};
    }
    return files;
  }
  void logInAsGuest() {
    tutor_->logInAsGuest();
    ASSERT_TRUE(waitFor(Stage::kHome));
  }
  void handOver() {
    tutor_->handOver();
    ASSERT_TRUE(waitFor(Stage::kLogIn));
  }
};

TEST_F(Guest, LeavesEveryByteOfTheRecordsAsItWas) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  EXPECT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
  ASSERT_TRUE(waitUntilSaved());
  ASSERT_NO_FATAL_FAILURE(handOver());
  QTest::qWait(200);  // a backup that the start makes has been made
  const auto before = records();
  ASSERT_GE(before.size(), 2u);

  QSignalSpy saved(tutor_.get(), &Tutor::saved);
  ASSERT_NO_FATAL_FAILURE(logInAsGuest());
  EXPECT_TRUE(tutor_->pupil().guest);
  EXPECT_EQ(tutor_->home().hello, "Hello, Guest");
  EXPECT_TRUE(tutor_->home().news.contains("nothing of it is kept"));
  EXPECT_EQ(tutor_->saveState(), SaveState::kNotKept);
  tutor_->setLeftHanded(true);
  EXPECT_TRUE(tutor_->leftHanded());
  tutor_->openDoor(tutor_->home().doors.first().kind);
  ASSERT_EQ(tutor_->stage(), Stage::kWorking);
  SheetWork begun;
  begun.ink = someInk();
  tutor_->keepWork(begun);
  QTest::qWait(400);  // a pupil's sheet would be on the disk by now
  for (int sum = 0; sum < settings_.sums_in_a_set; ++sum) {
    EXPECT_EQ(write(rightAnswer() + 1).verdict, Verdict::kNotYet);
    const auto right = write(rightAnswer());
    EXPECT_EQ(right.verdict, Verdict::kRight);
    EXPECT_EQ(right.attempt, 2);
    QSignalSpy done(tutor_.get(), &Tutor::wellDone);
    tutor_->nextItem();
    if (sum + 1 < settings_.sums_in_a_set) continue;
    ASSERT_EQ(done.size(), 1);
    const auto summary = done.first().first().value<SummaryView>();
    EXPECT_TRUE(summary.all_saved) << "there is nothing to wait for";
    EXPECT_TRUE(summary.lines.join(' ').contains("nothing of this is kept"));
  }
  ASSERT_NO_FATAL_FAILURE(handOver());
  EXPECT_EQ(saved.size(), 0) << "nobody says that it is saved";
  EXPECT_EQ(records(), before);
  EXPECT_FALSE(tutor_->leftHanded());

  ASSERT_NO_FATAL_FAILURE(logInAsGuest());
  EXPECT_EQ(tutor_->home().doors.first().kind, DoorKind::kGoOn);
  EXPECT_FALSE(tutor_->home().doors.first().reason.contains("stopped"))
      << "the next guest finds nothing of the one before";
  EXPECT_EQ(tutor_->home().garden.first().grown, 0);
  ASSERT_NO_FATAL_FAILURE(handOver());
  EXPECT_EQ(records(), before);
}

TEST_F(Guest, IsNoPupil) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logInAsGuest());
  for (const auto& pupil : tutor_->grid().pupils) {
    EXPECT_NE(pupil.id, tutor_->pupil().id);
    EXPECT_NE(pupil.picture, tutor_->pupil().picture);
  }
  EXPECT_FALSE(pictureIds().contains(tutor_->pupil().picture));
}

// The disk may be full or read-only: a guest needs none of it.
TEST_F(Guest, MayComeWhereNothingCanBeSaved) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  const auto file = settings_.data_folder / "primer.db";
  tutor_.reset();
  parts_.most_pages = static_cast<std::int64_t>(fs::file_size(file) / 4096);
  ASSERT_NO_FATAL_FAILURE(open());
  if (tutor_->stage() != Stage::kLogIn) GTEST_SKIP() << "no log-in on this disk";
  ASSERT_NO_FATAL_FAILURE(logInAsGuest());
  tutor_->openDoor(tutor_->home().doors.first().kind);
  ASSERT_EQ(tutor_->stage(), Stage::kWorking);
  EXPECT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
  EXPECT_EQ(tutor_->saveState(), SaveState::kNotKept);
}

}  // namespace
}  // namespace primer::app
