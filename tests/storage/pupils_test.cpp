// What a teacher changes about a pupil: name, picture, and the pictures to log in with.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "storage/trial.h"

namespace primer::storage {
namespace {

using test::pin;
using test::Records;
using testing::ElementsAre;

class ChangedPupils : public testing::Test {
 protected:
  void SetUp() override {
    records_.open();
    class_ = records_.makeClass(3);
    learner_ = database().pupils(class_)->front().id;
  }
  Database& database() { return *records_.database; }
  NamedPupil named() {
    const auto key = database().unlock(class_, pin());
    return database().names(*key)->front();
  }
  bool fits(const std::vector<std::string>& tapped) {
    return *database().picturesFit(learner_, tapped);
  }
  Result<Saved> change(PupilChange wanted) {
    auto recorder = Recorder::start(database());
    Result<Saved> outcome = fail(ErrorCode::kInternal, "nothing came");
    const auto taken =
        (*recorder)->submit(std::move(wanted), [&outcome](const auto& saved) { outcome = saved; });
    if (!taken) return fail(taken.error());
    (*recorder)->waitUntilSaved(test::kLongEnough);
    return outcome;
  }

  Records records_;
  ClassId class_;
  LearnerId learner_;
};

TEST_F(ChangedPupils, AreEventsAndTheRosterFollows) {
  const auto before = *database().countEvents();
  ASSERT_TRUE(change({learner_, "Ada"}));
  ASSERT_TRUE(change({learner_, {}, "bell"}));
  EXPECT_EQ(*database().countEvents(), before + 2);
  EXPECT_EQ(named().name, "Ada");
  EXPECT_EQ(named().card.picture, "bell");
  EXPECT_EQ(named().card.label, "Ottokar0") << "what stands under the picture stays";
  EXPECT_TRUE(database().events(learner_)->empty()) << "no answer of the pupil's";
  EXPECT_EQ(database().summaries(class_)->front().answers, 0);
  records_.close();
  records_.open();
  EXPECT_EQ(named().name, "Ada");
  EXPECT_TRUE(database().check()->sound);
  ASSERT_TRUE(change({learner_, ""}));
  EXPECT_EQ(named().name, "");
}

TEST_F(ChangedPupils, WhatCannotBeMeantChangesNothing) {
  EXPECT_EQ(change({LearnerId::random(), "Nobody"}).error().key, "pupil.unknown");
  EXPECT_EQ(change({learner_}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(change({learner_, "Ada", "bell"}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(change({learner_, {}, ""}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(*database().countEvents(), 0);
  EXPECT_EQ(named().name, "Ottokar Zwiebelfisch0");
}

TEST_F(ChangedPupils, PicturesLeadInInTheirOrderOnly) {
  EXPECT_TRUE(fits({})) << "who has none goes straight in";
  EXPECT_FALSE(named().card.asks);
  ASSERT_TRUE(database().setPictures(learner_, {"sun", "fish", "key"}));
  EXPECT_TRUE(database().pupils(class_)->front().asks);
  EXPECT_FALSE(database().pupils(class_)->back().asks);
  EXPECT_TRUE(fits({"sun", "fish", "key"}));
  EXPECT_FALSE(fits({"fish", "sun", "key"}));
  EXPECT_FALSE(fits({"sun", "fish"}));
  EXPECT_FALSE(fits({"sun", "fish", "key", "key"}));
  EXPECT_FALSE(fits({}));
  EXPECT_THAT(named().pictures, ElementsAre("sun", "fish", "key"));
  const auto other = database().pupils(class_)->back().id;
  ASSERT_TRUE(database().setPictures(other, {"tree", "star", "house"}));
  EXPECT_FALSE(*database().picturesFit(other, {"sun", "fish", "key"}));
  ASSERT_TRUE(database().setPictures(learner_, {"key", "fish", "sun"}));
  EXPECT_FALSE(fits({"sun", "fish", "key"})) << "the new ones stand in their place";
  records_.close();
  records_.open();
  EXPECT_TRUE(fits({"key", "fish", "sun"}));
  EXPECT_TRUE(database().check()->sound);
}

TEST_F(ChangedPupils, PicturesAreAskedForWhereTheTeacherWants) {
  EXPECT_EQ(database().askForPictures(learner_, true).error().key, "pictures.none");
  EXPECT_TRUE(database().askForPictures(learner_, false));
  ASSERT_TRUE(database().setPictures(learner_, {"sun", "fish", "key"}));
  ASSERT_TRUE(database().askForPictures(learner_, false));
  EXPECT_TRUE(fits({"tree"}));
  EXPECT_FALSE(named().card.asks);
  EXPECT_THAT(named().pictures, ElementsAre("sun", "fish", "key"));
  ASSERT_TRUE(database().askForPictures(learner_, true));
  EXPECT_FALSE(fits({"tree"}));
}

TEST_F(ChangedPupils, PicturesAreThreeDifferentOnes) {
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{"sun", "fish"}, {"sun", "fish", "sun"}, {"sun", "", "fish"}}) {
    EXPECT_EQ(database().setPictures(learner_, wrong).error().key, "pictures.shape");
  }
  EXPECT_EQ(database().setPictures(LearnerId::random(), {"sun", "fish", "key"}).error().key,
            "pupil.unknown");
}

TEST_F(ChangedPupils, PicturesLieNowhereInPlain) {
  ASSERT_TRUE(database().setPictures(learner_, {"rocketfish", "starfish", "sunflower"}));
  records_.close();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(records_.options.folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(bytes.find("rocketfish"), std::string::npos) << entry.path();
  }
}

}  // namespace
}  // namespace primer::storage
