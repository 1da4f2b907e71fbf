// When something is missing or broken: said in words, nothing lost, and what can go on goes on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "journey.h"
#include "widgets/notice.h"

namespace primer::ui {
namespace {

namespace fs = std::filesystem;

using Degraded = Journey;

TEST_F(Degraded, WithoutTheModelNumbersAreTypedAndTheTeacherIsTold) {
  parts_.open_reader = []() -> Result<std::unique_ptr<app::AnswerReader>> {
    return fail(ErrorCode::kNotFound, "no model", "model.missing");
  };
  ASSERT_NO_FATAL_FAILURE(startWorking());
  EXPECT_TRUE(working()->sheet()->keys());
  EXPECT_FALSE(paper()->isVisible());
  EXPECT_FALSE(control("Answer by writing"));
  ASSERT_TRUE(type(QString::fromStdString(answer())));
  EXPECT_EQ(checkNow().verdict, app::Verdict::kRight);
  ASSERT_TRUE(press("Home"));
  ASSERT_TRUE(press("Hand over"));
  ASSERT_TRUE(press("No, hand over"));
  ASSERT_TRUE(waitForPage([this] { return window_->logInPage(); }));
  ASSERT_TRUE(press("For the teacher"));
  ASSERT_TRUE(type(app::kClass4A.pin));
  ASSERT_TRUE(press("Ready"));
  ASSERT_TRUE(waitForPage([this] { return window_->teacherPage(); }));
  ASSERT_TRUE(wait([this] { return !window_->teacherPage()->findChildren<Notice*>().isEmpty(); }));
}

TEST_F(Degraded, RecordsThatCannotBeOpenedAreSaidInWordsAndTriedAgain) {
  // The data folder cannot be made: a file is in its place.
  const fs::path blocker = folder_ / "blocked";
  std::ofstream(blocker) << "not a folder";
  settings_.data_folder = blocker / "data";
  ASSERT_NO_FATAL_FAILURE(start());
  ASSERT_EQ(window_->currentPage(), window_->stoppedPage());
  const auto labels = window_->stoppedPage()->findChildren<TextLabel*>();
  ASSERT_GE(labels.size(), 2);
  EXPECT_FALSE(labels[0]->text().isEmpty());
  EXPECT_FALSE(labels[1]->text().isEmpty());
  fs::remove(blocker);
  ASSERT_TRUE(press("Try again"));
  ASSERT_TRUE(waitForPage([this] { return window_->setUpPage(); }));
}

// "Please fetch your teacher", and a button that tries again: nobody taps a picture for nothing.
TEST_F(Degraded, WithoutLessonsTheLogInPageSaysSoAndTriesAgain) {
  settings_.share_folder = folder_ / "share";
  fs::create_directories(settings_.share_folder);
  fs::create_directory_symlink(shareFolder() / "models", settings_.share_folder / "models");
  for (const QSize size : {QSize(1280, 800), QSize(800, 480)}) {
    fs::remove_all(settings_.share_folder / "lessons");
    if (size.width() == 1280) {
      ASSERT_NO_FATAL_FAILURE(startWithClass(size));
    } else {
      ASSERT_NO_FATAL_FAILURE(start(size));
    }
    ASSERT_EQ(window_->currentPage(), window_->logInPage());
    ASSERT_TRUE(control("Try again")) << "at " << size.width();
    ASSERT_TRUE(tap(window_->logInPage()->findChildren<PictureTile*>().first()));
    EXPECT_EQ(window_->currentPage(), window_->logInPage());
    fs::copy(shareFolder() / "lessons", settings_.share_folder / "lessons");
    ASSERT_TRUE(press("Try again"));
    ASSERT_TRUE(wait([this] {
      return tutor_->stage() == app::Stage::kLogIn && tutor_->problems().isEmpty() &&
             window_->currentPage() == window_->logInPage();
    }));
    EXPECT_FALSE(control("Try again"));
    ASSERT_TRUE(tap(window_->logInPage()->findChildren<PictureTile*>().first()));
    ASSERT_TRUE(waitForPage([this] { return window_->homePage(); }));
  }
}

TEST_F(Degraded, DamagedRecordsNeverStopTheProgramWithoutAWord) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  tutor_.reset();
  // A hole in the middle of every file that holds records.
  int holes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(settings_.data_folder)) {
    if (!entry.is_regular_file() || entry.file_size() < 8192) continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(std::streamoff(entry.file_size() / 2));
    const std::string rubbish(4096, '\xA5');
    file.write(rubbish.data(), std::streamsize(rubbish.size()));
    ++holes;
  }
  ASSERT_GT(holes, 0);
  ASSERT_NO_FATAL_FAILURE(start());
  const auto stage = tutor_->stage();
  if (stage == app::Stage::kStopped) {
    ASSERT_EQ(window_->currentPage(), window_->stoppedPage());
    EXPECT_FALSE(window_->stoppedPage()->findChildren<TextLabel*>().first()->text().isEmpty());
  } else {
    EXPECT_TRUE(stage == app::Stage::kLogIn || stage == app::Stage::kSetUp);
    EXPECT_FALSE(tutor_->problems().isEmpty()) << "what was mended is said";
  }
}

// A tablet whose clock lost its battery.
TEST_F(Degraded, WithAClockAt1970AVisitGoesOnAndIsSaved) {
  clock_.setWallTime({0});
  clock_.setTrusted(false);
  ASSERT_NO_FATAL_FAILURE(startWorking());
  ASSERT_NO_FATAL_FAILURE(writeInk(app::clearly(answer())));
  EXPECT_EQ(checkNow().verdict, app::Verdict::kRight);
  EXPECT_TRUE(waitUntilSaved());
  ASSERT_TRUE(press("Home"));
  ASSERT_TRUE(waitForPage([this] { return window_->homePage(); }));
  for (const auto& door : tutor_->home().doors) {
    EXPECT_FALSE(door.reason.contains("1970")) << door.reason.toStdString();
  }
}

TEST_F(Degraded, OnAFullDiskThePageSaysThatNothingIsSavedYet) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  tutor_.reset();
  parts_.most_pages = 1;
  ASSERT_NO_FATAL_FAILURE(start());
  if (tutor_->stage() == app::Stage::kStopped) {
    EXPECT_EQ(window_->currentPage(), window_->stoppedPage());
    return;
  }
  ASSERT_TRUE(tap(window_->logInPage()->findChildren<PictureTile*>().first()));
  ASSERT_TRUE(waitForPage([this] { return window_->homePage(); }));
  ASSERT_TRUE(press("Go on"));
  ASSERT_TRUE(waitForPage([this] { return window_->workingPage(); }));
  // Large inks, until the last free pages are used up.
  bool failing = false;
  for (int i = 0; i < 3 && !failing; ++i) {
    for (int k = 0; k < 60; ++k) ui::write(paper(), scribble({40, 40}, 150));
    ASSERT_NO_FATAL_FAILURE(writeInk(app::clearly(answer())));
    checkNow();
    failing = wait([this] { return tutor_->saveState() != app::SaveState::kSaving; }) &&
              tutor_->saveState() == app::SaveState::kFailing;
    if (!press("Next")) break;
    if (window_->currentPage() != working()) break;
  }
  EXPECT_TRUE(failing);
  const auto& problems = tutor_->problems();
  EXPECT_FALSE(problems.isEmpty());
}

}  // namespace
}  // namespace primer::ui
