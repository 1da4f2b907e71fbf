// What a teacher changes about pupils, and the three pictures that lead in.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desk.h"
#include "primer/app/pictures.h"

namespace primer::app {
namespace {

class Pupils : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    ASSERT_NO_FATAL_FAILURE(openWithClass());
  }
  void unlock() {
    QSignalSpy shown(tutor_.get(), &Tutor::classViewReady);
    tutor_->unlock("2468");
    ASSERT_TRUE(wait([&shown] { return !shown.isEmpty(); }));
    class_ = shown.last().first().value<ClassView>();
  }
  void lock() {
    tutor_->lock();
    ASSERT_TRUE(waitFor(Stage::kLogIn));
  }
  LearnerId pupil(int number) const { return class_.pupils.at(number).id; }
  // What is told after `doing` to a pupil.
  template <typename Doing>
  PupilView after(Doing doing) {
    QSignalSpy shown(tutor_.get(), &Tutor::pupilViewReady);
    doing();
    if (!wait([&shown] { return !shown.isEmpty(); })) {
      ADD_FAILURE() << "nothing was told";
      return {};
    }
    return shown.last().first().value<PupilView>();
  }
  PupilView rename(int number, const QString& name) {
    return after([&] { tutor_->renamePupil(pupil(number), name); });
  }
  ClassView set(const ClassRules& rules) {
    QSignalSpy shown(tutor_.get(), &Tutor::classViewReady);
    tutor_->setClassRules(rules);
    EXPECT_TRUE(wait([&shown] { return !shown.isEmpty(); }));
    return shown.last().first().value<ClassView>();
  }
  // Taps the pupil's picture; what is asked.
  PicturesView tapAndBeAsked(int number) {
    QSignalSpy asked(tutor_.get(), &Tutor::picturesAsked);
    tutor_->logIn(tutor_->grid().pupils.at(number).id);
    EXPECT_EQ(asked.size(), 1);
    return asked.isEmpty() ? PicturesView() : asked.first().first().value<PicturesView>();
  }
  std::optional<PicturesView> give(const QStringList& tapped) {
    QSignalSpy asked(tutor_.get(), &Tutor::picturesAsked);
    tutor_->givePictures(tapped);
    EXPECT_TRUE(wait([&] { return !asked.isEmpty() || tutor_->stage() == Stage::kHome; }));
    if (asked.isEmpty()) return std::nullopt;
    return asked.last().first().value<PicturesView>();
  }

  ClassView class_;
};

TEST_F(Pupils, ANewNameIsSeenEverywhereAtOnceAndAfterAStart) {
  ASSERT_NO_FATAL_FAILURE(unlock());
  const auto view = rename(2, "  Zoë   Müller ");
  EXPECT_FALSE(view.refused) << view.told.toStdString();
  EXPECT_EQ(view.pupil.name, QString("Zoë Müller"));
  EXPECT_EQ(view.pupil.answers_all, 0) << "an event, and no answer";
  ASSERT_NO_FATAL_FAILURE(open());
  ASSERT_NO_FATAL_FAILURE(unlock());
  EXPECT_EQ(class_.pupils.at(2).name, QString("Zoë Müller"));
  EXPECT_EQ(class_.pupils.at(0).name, "Ada");
}

TEST_F(Pupils, NamesThatCannotBeMeantAreToldInWords) {
  ASSERT_NO_FATAL_FAILURE(unlock());
  for (const QString& name : {QString("   "), QString(300, 'x')}) {
    const auto view = rename(0, name);
    EXPECT_TRUE(view.refused);
    EXPECT_TRUE(view.told.contains("Nothing was changed")) << view.told.toStdString();
    EXPECT_EQ(view.pupil.name, "Ada");
  }
  EXPECT_TRUE(rename(0, QString(300, 'x')).told.contains("300"));
  const auto same = rename(2, "ben");
  EXPECT_FALSE(same.refused) << "two children may have one name";
  EXPECT_TRUE(same.told.contains("same name")) << same.told.toStdString();
  EXPECT_TRUE(same.told.contains(class_.pupils.at(1).picture_name)) << same.told.toStdString();
  EXPECT_EQ(same.pupil.name, "ben");
}

TEST_F(Pupils, APictureIsOnePupilsOnlyAndTheGridFollows) {
  ASSERT_NO_FATAL_FAILURE(unlock());
  const auto before = after([&] { tutor_->requestPupilView(pupil(0)); });
  EXPECT_TRUE(before.free_pictures.contains("rocket"));
  EXPECT_TRUE(before.free_pictures.contains("kite")) << "the pupil's own";
  EXPECT_FALSE(before.free_pictures.contains("boat")) << "another's";
  const auto taken = after([&] { tutor_->changePicture(pupil(0), "boat"); });
  EXPECT_TRUE(taken.refused);
  EXPECT_EQ(taken.pupil.picture, "kite");
  EXPECT_TRUE(after([&] { tutor_->changePicture(pupil(0), "dragon"); }).refused);
  const auto changed = after([&] { tutor_->changePicture(pupil(0), "rocket"); });
  EXPECT_FALSE(changed.refused) << changed.told.toStdString();
  EXPECT_EQ(changed.pupil.picture, "rocket");
  ASSERT_NO_FATAL_FAILURE(lock());
  EXPECT_EQ(tutor_->grid().pupils.first().picture, "rocket");
  EXPECT_EQ(tutor_->grid().pupils.first().id, pupil(0)) << "in the same place";
}

TEST_F(Pupils, ThreePicturesLeadInAndOthersDoNot) {
  ASSERT_NO_FATAL_FAILURE(unlock());
  const auto view = after([&] { tutor_->changePictures(pupil(0), PicturesChange::kAsk); });
  ASSERT_EQ(view.pupil.pictures.size(), 3);
  EXPECT_TRUE(view.pupil.asked);
  ASSERT_NO_FATAL_FAILURE(lock());
  const auto asked = tapAndBeAsked(0);
  EXPECT_EQ(asked.count, 3);
  EXPECT_EQ(asked.pictures.size(), 9);
  for (const auto& picture : view.pupil.pictures) EXPECT_TRUE(asked.pictures.contains(picture));
  EXPECT_EQ(tutor_->stage(), Stage::kLogIn);
  QStringList backwards(view.pupil.pictures.rbegin(), view.pupil.pictures.rend());
  const auto again = give(backwards);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->wrong);
  EXPECT_EQ(again->wait_seconds, 0);
  EXPECT_FALSE(again->words.isEmpty());
  EXPECT_FALSE(give(view.pupil.pictures));
  EXPECT_EQ(tutor_->stage(), Stage::kHome);
  tutor_->handOver();
  ASSERT_TRUE(waitFor(Stage::kLogIn));
  tutor_->logIn(tutor_->grid().pupils.at(1).id);
  EXPECT_TRUE(waitFor(Stage::kHome)) << "who has none goes straight in";
}

TEST_F(Pupils, AfterThreeWrongTriesThereIsABreathAndNobodyIsLockedOut) {
  ASSERT_NO_FATAL_FAILURE(unlock());
  const auto right =
      after([&] { tutor_->changePictures(pupil(0), PicturesChange::kAsk); }).pupil.pictures;
  ASSERT_NO_FATAL_FAILURE(lock());
  const QStringList wrong(right.rbegin(), right.rend());
  tapAndBeAsked(0);
  EXPECT_EQ(give(wrong)->wait_seconds, 0);
  tapAndBeAsked(0);  // going back begins no new count
  EXPECT_EQ(give(wrong)->wait_seconds, 0);
  EXPECT_EQ(give(wrong)->wait_seconds, 10);
  EXPECT_TRUE(give(right)) << "not looked at before";
  EXPECT_EQ(tutor_->stage(), Stage::kLogIn);
  clock_.advance(std::chrono::seconds(11));
  EXPECT_FALSE(give(right));
  EXPECT_EQ(tutor_->stage(), Stage::kHome);
}

TEST_F(Pupils, TheTeacherSetsThemForAllAndForOne) {
  ASSERT_NO_FATAL_FAILURE(unlock());
  auto rules = class_.rules;
  EXPECT_EQ(rules.pictures, PicturesAsked::kOfNobody);
  rules.pictures = PicturesAsked::kOfEverybody;
  const auto all = set(rules);
  EXPECT_EQ(all.rules.pictures, PicturesAsked::kOfEverybody);
  for (const auto& row : all.pupils) EXPECT_EQ(row.pictures.size(), 3);
  const auto first = all.pupils.first().pictures;
  const auto without = after([&] { tutor_->changePictures(pupil(0), PicturesChange::kDoNotAsk); });
  EXPECT_FALSE(without.pupil.asked);
  rules = set({}).rules;  // nobody again
  EXPECT_EQ(rules.pictures, PicturesAsked::kOfNobody);
  rules.pictures = PicturesAsked::kOfEverybody;
  EXPECT_EQ(set(rules).pupils.first().pictures, first) << "what a child has learned stays";
  QStringList other = first;
  for (int i = 0; i < 20 && other == first; ++i) {  // one in 504 is the same
    other =
        after([&] { tutor_->changePictures(pupil(0), PicturesChange::kNewOnes); }).pupil.pictures;
  }
  EXPECT_NE(other, first);
  ASSERT_NO_FATAL_FAILURE(lock());
  for (const auto& card : tutor_->grid().pupils) EXPECT_TRUE(card.asks);
}

}  // namespace
}  // namespace primer::app
