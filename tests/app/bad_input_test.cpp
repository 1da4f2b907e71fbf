// Lessons that are missing, damaged or vanish: said in words, and what can go on goes on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/desk.h"
#include "app/lesson.h"

namespace primer::app {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::Not;

class BadInput : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    settings_.share_folder = folder_ / "share";
    fs::create_directories(settings_.share_folder);
    fs::copy(shareFolder() / "lessons", settings_.share_folder / "lessons");
    fs::create_directory_symlink(shareFolder() / "models", settings_.share_folder / "models");
  }
  fs::path pack(const std::string& lesson) const {
    return settings_.share_folder / "lessons" / (lesson + ".pack");
  }
  void damage(const std::string& lesson) const {
    std::fstream file(pack(lesson), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(std::streamoff(fs::file_size(pack(lesson)) / 2));
    file << "\xA5\xA5\xA5\xA5";
  }
  std::optional<Problem> problem(const QString& key) const {
    for (const auto& found : tutor_->problems()) {
      if (found.key == key) return found;
    }
    return std::nullopt;
  }
};

TEST_F(BadInput, WithoutAnyLessonNobodyWorksAndTryingAgainFindsThem) {
  fs::rename(settings_.share_folder / "lessons", settings_.share_folder / "aside");
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  const auto missing = problem("lesson.missing");
  ASSERT_TRUE(missing);
  EXPECT_EQ(missing->severity, Severity::kStops);
  EXPECT_FALSE(missing->words.isEmpty());
  QSignalSpy told(tutor_.get(), &Tutor::problemsChanged);
  tutor_->logIn(tutor_->grid().pupils.first().id);
  tutor_->logInAsGuest();
  EXPECT_EQ(told.size(), 2) << "whoever taps is told why";
  EXPECT_EQ(tutor_->stage(), Stage::kLogIn);
  fs::rename(settings_.share_folder / "aside", settings_.share_folder / "lessons");
  tutor_->tryAgain();
  ASSERT_TRUE(
      wait([this] { return tutor_->stage() == Stage::kLogIn && !problem("lesson.missing"); }));
  ASSERT_NO_FATAL_FAILURE(logIn());
}

TEST_F(BadInput, LessonsThatVanishDuringAVisitAreMissedOnlyAtTheNextStart) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  fs::remove_all(settings_.share_folder / "lessons");
  for (int sum = 0; sum < settings_.sums_in_a_set; ++sum) {
    EXPECT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
    tutor_->nextItem();
  }
  EXPECT_EQ(tutor_->stage(), Stage::kWellDone);
  ASSERT_TRUE(waitUntilSaved());
  tutor_->oneMore();
  EXPECT_EQ(tutor_->stage(), Stage::kWorking);
  ASSERT_NO_FATAL_FAILURE(open());
  EXPECT_EQ(tutor_->stage(), Stage::kLogIn);
  EXPECT_TRUE(problem("lesson.missing"));
  fs::copy(shareFolder() / "lessons", settings_.share_folder / "lessons");
  tutor_->tryAgain();
  ASSERT_TRUE(
      wait([this] { return tutor_->stage() == Stage::kLogIn && !problem("lesson.missing"); }));
  tutor_->logIn(tutor_->grid().pupils.first().id);
  ASSERT_TRUE(waitFor(Stage::kHome));
  EXPECT_TRUE(tutor_->home().doors.first().reason.contains("stopped"))
      << "what was begun waits: " << tutor_->home().doors.first().reason.toStdString();
}

TEST_F(BadInput, ADamagedLessonLeavesTheOthers) {
  damage("written-maths");
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  const auto damaged = problem("lesson.damaged");
  ASSERT_TRUE(damaged);
  EXPECT_EQ(damaged->severity, Severity::kWarning) << "for the teacher; pupils work";
  EXPECT_TRUE(damaged->detail.contains("written-maths")) << damaged->detail.toStdString();
  ASSERT_NO_FATAL_FAILURE(logIn());
  EXPECT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
}

// A sheet that was begun in a lesson that is gone is passed over, and nothing of it is lost.
TEST_F(BadInput, WhatWasBegunInALessonThatIsGoneIsPassedOver) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  EXPECT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
  tutor_->nextItem();
  ASSERT_TRUE(waitUntilSaved());
  fs::remove(pack("number-facts"));
  ASSERT_NO_FATAL_FAILURE(open());
  tutor_->logIn(tutor_->grid().pupils.first().id);
  ASSERT_TRUE(waitFor(Stage::kHome));
  EXPECT_FALSE(tutor_->home().doors.first().reason.contains("stopped"));
  for (const auto& skill : tutor_->home().skills) EXPECT_FALSE(skill.title.isEmpty());
}

// No lesson reaches a child in which a skill has nothing to ask: it is turned away at the door.
TEST_F(BadInput, ASkillWithoutItemsIsNoLesson) {
  for (const auto* name :
       {"number-facts", "written-maths", "number-sense", "say-it", "read-aloud"}) {
    auto lesson = *shippedLesson(name);
    lesson.skills.front().levels.clear();
    const auto refused = content::compilePack(lesson);
    ASSERT_FALSE(refused) << name;
    EXPECT_NE(refused.error().message.find(lesson.skills.front().id), std::string::npos)
        << refused.error().message;
    auto empty = *shippedLesson(name);
    auto& level = empty.skills.front().levels.front();
    const bool numbers = empty.skills.front().kind == content::Kind::kNumber;
    const bool worked = empty.skills.front().kind == content::Kind::kWorking;
    if (numbers || worked) continue;  // made, not listed
    level.sayings.clear();
    level.questions.clear();
    level.stories.clear();
    EXPECT_FALSE(content::compilePack(empty)) << name;
  }
}

}  // namespace
}  // namespace primer::app
