// A tablet without a synthetic voice, and a lesson that carries recordings: a page offers to be
// heard where there is something to hear.

#include <gtest/gtest.h>

#include "app/recorded_lesson.h"
#include "journey.h"
#include "pages/speaking_page.h"

namespace primer::ui {
namespace {

class RecordedVoice : public Journey {
 protected:
  void SetUp() override {
    Journey::SetUp();
    path_ = qgetenv("PATH");
    settings_.share_folder = folder_ / "share";
    settings_.lessons = {"number-facts", "say-it"};
    parts_.hearing.devices = loudspeaker_;
    lesson_ = app::recordedLesson(folder_.path());
    ASSERT_NO_FATAL_FAILURE(app::writeShare(settings_.share_folder, lesson_));
    qputenv("PATH", folder_.path().c_str());
  }
  void TearDown() override {
    Journey::TearDown();
    qputenv("PATH", path_);
  }
  void choose(const std::string& title) {
    for (const auto& choice : tutor_->home().skills) {
      if (choice.title.toStdString() == title) tutor_->chooseSkill(choice.skill);
    }
    ASSERT_TRUE(waitForPage([this] { return window_->speakingPage(); }));
    ASSERT_EQ(tutor_->item().skill.toStdString(), title);
  }

  std::shared_ptr<app::Loudspeaker> loudspeaker_ = std::make_shared<app::Loudspeaker>();
  content::Lesson lesson_;
  QByteArray path_;
};

TEST_F(RecordedVoice, WithoutASyntheticVoiceWhatIsRecordedCanBeHeard) {
  ASSERT_NO_FATAL_FAILURE(startAtHome());
  EXPECT_FALSE(control("Read it to me")) << "home has no recording";
  ASSERT_NO_FATAL_FAILURE(choose(lesson_.skills[0].title));
  std::size_t heard = 0;
  for (const char* name : {"Read it to me", "Listen", "Hear it", "Slowly"}) {
    ASSERT_TRUE(press(name)) << name;
    ++heard;
    ASSERT_TRUE(wait([&] { return loudspeaker_->heard().size() == heard; })) << name;
    const auto sound = loudspeaker_->heard().back();
    EXPECT_NEAR(app::pitchOf(sound), app::kRecordedPitch, 9) << name;
    EXPECT_EQ(sound.size() > 10'000, std::string(name) == "Slowly");
  }
  ASSERT_TRUE(press("Home"));
  ASSERT_TRUE(waitForPage([this] { return window_->homePage(); }));
  ASSERT_NO_FATAL_FAILURE(choose("Tongue twisters"));
  for (const char* name : {"Read it to me", "Listen", "Hear it", "Slowly"}) {
    EXPECT_FALSE(control(name)) << name;
  }
}

TEST_F(RecordedVoice, LeavingThePageEndsIt) {
  ASSERT_NO_FATAL_FAILURE(startAtHome());
  ASSERT_NO_FATAL_FAILURE(choose(lesson_.skills[0].title));
  loudspeaker_->takes = false;
  ASSERT_TRUE(press("Listen"));
  ASSERT_TRUE(wait([this] { return loudspeaker_->playing.load(); }));
  ASSERT_TRUE(press("Home"));
  EXPECT_TRUE(wait([this] { return !loudspeaker_->playing; }));
}

}  // namespace
}  // namespace primer::ui
