// Home: the first visit's walk, the three doors, free choice, reading aloud.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "journey.h"
#include "pages/choose_page.h"
#include "widgets/stepping_stones.h"

namespace primer::ui {
namespace {

class Home : public Journey {
 protected:
  DoorCard* door(app::DoorKind kind) {
    for (DoorCard* card : window_->homePage()->findChildren<DoorCard*>()) {
      if (card->kind() == kind && card->isVisible()) return card;
    }
    return nullptr;
  }
  void answerOnce(bool right) {
    ASSERT_NO_FATAL_FAILURE(
        writeInk(app::clearly(std::to_string(rightAnswer() + (right ? 0 : 1)))));
    checkNow();
    ASSERT_TRUE(press("Next"));
  }
};

TEST_F(Home, AFirstVisitIsAWalkThatAsksEachThingOnce) {
  settings_.first_walk = true;
  ASSERT_NO_FATAL_FAILURE(startAtHome());
  EXPECT_EQ(window_->homePage()->findChildren<DoorCard*>().size(), 1);
  EXPECT_FALSE(control("Choose for myself")) << "there is nothing to choose among yet";
  ASSERT_TRUE(press("Let us go for a walk"));
  int steps = 0;
  while (tutor_->stage() == app::Stage::kWorking) {
    ASSERT_LE(++steps, 12) << "a walk of more than twelve steps";
    EXPECT_TRUE(tutor_->item().walk);
    EXPECT_TRUE(window_->currentPage()->findChild<SteppingStones*>()->isVisible());
    EXPECT_FALSE(control("Help me"));
    if (tutor_->item().kind == app::ItemKind::kWorking) {
      ASSERT_TRUE(press("Too hard today"));
      ASSERT_TRUE(press("Next"));
      continue;
    }
    ASSERT_NO_FATAL_FAILURE(
        writeInk(app::clearly(std::to_string(rightAnswer() + (steps % 3 == 0 ? 1 : 0)))));
    const auto judgement = checkNow();
    EXPECT_TRUE(judgement.item_over) << "nobody is held at a stone";
    EXPECT_EQ(judgement.hint.rung, 0);
    ASSERT_TRUE(press("Next"));
  }
  ASSERT_EQ(tutor_->stage(), app::Stage::kWellDone);
  ASSERT_TRUE(press("My garden"));
  EXPECT_EQ(window_->currentPage(), window_->homePage());
  EXPECT_FALSE(door(app::DoorKind::kBegin));
  for (const auto kind :
       {app::DoorKind::kGoOn, app::DoorKind::kReview, app::DoorKind::kSomethingNew}) {
    EXPECT_TRUE(door(kind));
  }
  for (const auto& shown : tutor_->home().doors) EXPECT_FALSE(shown.reason.isEmpty());
}

TEST_F(Home, AWalkThatWasCutShortGoesOnAfterTheNextStart) {
  settings_.first_walk = true;
  ASSERT_NO_FATAL_FAILURE(startAtHome());
  ASSERT_TRUE(press("Let us go for a walk"));
  ASSERT_NO_FATAL_FAILURE(answerOnce(true));
  ASSERT_TRUE(waitUntilSaved());
  ASSERT_NO_FATAL_FAILURE(start());  // as after a kill
  ASSERT_TRUE(tap(window_->logInPage()->findChildren<PictureTile*>().first()));
  ASSERT_TRUE(waitForPage([this] { return window_->homePage(); }));
  const auto door = tutor_->home().doors.first();
  EXPECT_EQ(door.kind, app::DoorKind::kGoOn);
  EXPECT_TRUE(door.reason.endsWith("of your walk.")) << door.reason.toStdString();
  ASSERT_TRUE(press("Go on"));
  ASSERT_TRUE(wait([this] { return tutor_->stage() == app::Stage::kWorking; }));
  EXPECT_TRUE(tutor_->item().walk);
  EXPECT_EQ(tutor_->item().number, 2);
}

TEST_F(Home, ASetThatWasLeftWaitsBehindItsDoor) {
  ASSERT_NO_FATAL_FAILURE(startWorking());
  ASSERT_NO_FATAL_FAILURE(answerOnce(true));
  const QString prompt = tutor_->item().prompt;
  ASSERT_NO_FATAL_FAILURE(writeInk(app::clearly(answer())));
  ASSERT_TRUE(press("Home"));
  EXPECT_THAT(tutor_->home().doors.first().reason.toStdString(), testing::HasSubstr("2 of 3"));
  ASSERT_TRUE(press("Go on"));
  EXPECT_EQ(tutor_->item().prompt, prompt);
  EXPECT_FALSE(paper()->ink().empty()) << "the ink lies where it was";
  EXPECT_EQ(checkNow().verdict, app::Verdict::kRight) << "and is read again";
}

TEST_F(Home, AClosedDoorDoesNothing) {
  ASSERT_NO_FATAL_FAILURE(startAtHome());
  ASSERT_TRUE(door(app::DoorKind::kReview));
  EXPECT_FALSE(door(app::DoorKind::kReview)->isEnabled()) << "nothing was learned yet";
  EXPECT_FALSE(tutor_->home().doors[1].reason.isEmpty()) << "it says when it opens";
  tutor_->openDoor(app::DoorKind::kReview);
  EXPECT_EQ(tutor_->stage(), app::Stage::kHome);
}

TEST_F(Home, WhatIsChosenFreelyIsWhatIsAsked) {
  ASSERT_NO_FATAL_FAILURE(startAtHome());
  ASSERT_TRUE(press("Choose for myself"));
  ASSERT_TRUE(waitForPage([this] { return window_->choosePage(); }));
  const QString wanted = tutor_->home().skills.first().title;
  ASSERT_TRUE(press(wanted));
  ASSERT_TRUE(waitForPage([this] { return window_->workingPage(); }));
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(tutor_->item().skill, wanted);
    ASSERT_NO_FATAL_FAILURE(answerOnce(true));
  }
  EXPECT_EQ(tutor_->stage(), app::Stage::kWellDone);
}

TEST_F(Home, WhatGrewIsInTheGarden) {
  ASSERT_NO_FATAL_FAILURE(startAtHome());
  const QString before = tutor_->home().garden_words;
  ASSERT_TRUE(press("Go on"));
  ASSERT_NO_FATAL_FAILURE(answerOnce(true));
  ASSERT_TRUE(press("Home"));
  EXPECT_NE(tutor_->home().garden_words, before);
  int grown = 0;
  for (const auto& flower : tutor_->home().garden) grown += flower.grown;
  EXPECT_EQ(grown, 1);
}

// A tablet's PATH, with a voice in it or none.
class HomeAloud : public Home {
 protected:
  void SetUp() override {
    Home::SetUp();
    path_ = qgetenv("PATH");
    std::filesystem::create_directories(folder_ / "bin");
    qputenv("PATH", (folder_ / "bin").string().c_str());
  }
  void TearDown() override {
    Home::TearDown();
    qputenv("PATH", path_);
  }
  void giveVoice() const {
    const auto program = folder_ / "bin" / "espeak-ng";
    std::ofstream(program) << "#!/bin/sh\n/bin/cat > " << (folder_ / "said").string() << '\n';
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  }
  std::string said() const {
    std::ifstream file(folder_ / "said");
    return {std::istreambuf_iterator<char>(file), {}};
  }
  QByteArray path_;
};

TEST_F(HomeAloud, WithoutAVoiceThereIsNoButtonForIt) {
  ASSERT_NO_FATAL_FAILURE(startAtHome());
  EXPECT_FALSE(control("Read it to me"));
}

TEST_F(HomeAloud, TheVoiceSaysWhatThePageSays) {
  giveVoice();
  ASSERT_NO_FATAL_FAILURE(startAtHome());
  ASSERT_TRUE(press("Read it to me"));
  EXPECT_TRUE(wait([this] { return said().find("Go on") != std::string::npos; })) << said();
}

}  // namespace
}  // namespace primer::ui
