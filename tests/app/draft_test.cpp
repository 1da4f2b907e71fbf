// A visit that stopped between two answers goes on where it was.

#include "draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/desk.h"

namespace primer::app {
namespace {

Draft someDraft() {
  Draft draft;
  draft.door = DoorKind::kReview;
  draft.chosen_skill = "number-facts/add-to-20";
  draft.shown_in_set = 3;
  draft.set.push_back(
      {"number-facts/add-to-20", 2, 1, false, true, {"7 + 8 =", "15", someInk(), true, 2}});
  draft.prompts = {"7 + 8 =", "5 + 9 ="};
  draft.item = "number-facts/add-to-20/5+9";
  draft.open = true;
  draft.reason = "You chose these.";
  draft.taken = std::chrono::milliseconds(4321);
  draft.tries = 1;
  draft.rung = 1;
  draft.told = {{"2x=22", 1, true}};
  draft.confirmed = {{{0, 2}, {1, 2, 3.5F, 4}, "7"}};
  draft.events_of_tries = {{1, storage::newEventId()}};
  draft.work.ink = someInk();
  draft.work.earlier = {{someInk(), "13"}};
  draft.work.typed = {"2x=16", "x="};
  draft.work.reply = QuizReply{{2, -1, 0}, 4, "seven"};
  return draft;
}

TEST(DraftBytes, ComeBackAsTheyWere) {
  const auto draft = someDraft();
  const auto found = decodeDraft(encodeDraft(draft));
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(encodeDraft(*found), encodeDraft(draft));
  EXPECT_EQ(found->item, draft.item);
  EXPECT_EQ(found->set[0].shown.ink, someInk());
  EXPECT_TRUE(found->set[0].quiet);
  EXPECT_EQ(found->work.ink, someInk());
  EXPECT_EQ(found->work.reply, draft.work.reply);
  EXPECT_EQ(found->events_of_tries, draft.events_of_tries);
  EXPECT_EQ(found->told[0].text, "2x=22");
  EXPECT_TRUE(found->told[0].kept);
  ASSERT_EQ(found->confirmed.size(), 1U);
  EXPECT_TRUE(found->confirmed[0].isAbout({0, 2}, {1, 2, 3.5F, 4}));
  EXPECT_EQ(found->confirmed[0].text, "7");
}

TEST(DraftBytes, AreNotBelieved) {
  const auto good = encodeDraft(someDraft());
  for (std::size_t cut = 0; cut < good.size(); ++cut) {
    const auto found = decodeDraft(std::span(good).first(cut));
    ASSERT_FALSE(found) << "cut at " << cut;
    EXPECT_EQ(found.error().key, "draft.damaged");
  }
  // Whatever a byte is turned into, it is refused or means something within bounds.
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const int flip : {0x01, 0x20, 0x80, 0xff}) {
      auto bad = good;
      bad[at] ^= static_cast<std::byte>(flip);
      if (const auto found = decodeDraft(bad)) {
        EXPECT_GE(found->shown_in_set, 1);
        EXPECT_LE(found->rung, 3);
      }
    }
  }
}

TEST(DraftBytes, OfAnEarlierVersionSayNothingOfWhatWasConfirmed) {
  auto draft = someDraft();
  draft.confirmed.clear();
  auto bytes = encodeDraft(draft);
  const std::string key = "iconfirmed";  // CBOR: a text of nine letters, behind it an empty list
  const auto found = std::search(
      bytes.begin(), bytes.end(), key.begin(), key.end(),
      [](std::byte a, char b) { return (std::to_integer<int>(a) & 0x1f) == (b & 0x1f); });
  ASSERT_NE(found, bytes.end());
  *(found + 1) = std::byte{'k'};  // another key: as if it were not there
  const auto read = decodeDraft(bytes);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_TRUE(read->confirmed.empty());
  EXPECT_EQ(read->item, draft.item);
}

class DraftTest : public Desk {
 protected:
  // As after a pulled plug: the tutor goes without a word to the pupil's visit.
  void reopenAtHome(int pupil = 0) {
    open();
    ASSERT_EQ(tutor_->stage(), Stage::kLogIn);
    tutor_->logIn(tutor_->grid().pupils.at(pupil).id);
    ASSERT_TRUE(waitFor(Stage::kHome));
  }
  static SheetWork written() {
    SheetWork work;
    work.ink = someInk();
    return work;
  }
};

TEST_F(DraftTest, InkOnAnUnfinishedSheetIsThereAgain) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  ASSERT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
  tutor_->nextItem();
  const auto before = tutor_->item();
  ASSERT_EQ(write(rightAnswer() + 1).verdict, Verdict::kNotYet);
  tutor_->keepWork(written());
  clock_.advance(std::chrono::seconds(3));
  ASSERT_NO_FATAL_FAILURE(reopenAtHome());
  const auto door = tutor_->home().doors.first();
  EXPECT_EQ(door.kind, DoorKind::kGoOn);
  EXPECT_EQ(door.reason, "You stopped at number 2 of 3.");
  QSignalSpy shown(tutor_.get(), &Tutor::itemShown);
  tutor_->openDoor(DoorKind::kGoOn);
  ASSERT_EQ(shown.size(), 1);
  const auto item = tutor_->item();
  EXPECT_EQ(item.prompt, before.prompt);
  EXPECT_EQ(item.number, 2);
  EXPECT_EQ(item.begun.ink, someInk());
  EXPECT_EQ(tutor_->steps(), (QList<Step>{Step::kRight, Step::kNow, Step::kToCome}));
  // The try before the plug was pulled is counted.
  const auto judged = write(rightAnswer());
  EXPECT_EQ(judged.verdict, Verdict::kRight);
  EXPECT_EQ(judged.attempt, 2);
  tutor_->nextItem();
  ASSERT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
  QSignalSpy ended(tutor_.get(), &Tutor::wellDone);
  tutor_->nextItem();
  ASSERT_EQ(ended.size(), 1);
  const auto summary = ended[0][0].value<SummaryView>();
  EXPECT_EQ(summary.done.size(), 3);
  EXPECT_EQ(summary.right_first_time, 2);
  EXPECT_EQ(summary.mended, 1);
  ASSERT_NO_FATAL_FAILURE(reopenAtHome());
  EXPECT_FALSE(tutor_->home().doors.first().reason.startsWith("You stopped"))
      << "the set is over: nothing is left";
}

TEST_F(DraftTest, ATryThatWasNotYetStandsAmongTheEarlierOnes) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  tutor_->keepWork(written());
  const int wrong = rightAnswer() + 1;
  ASSERT_EQ(write(wrong).verdict, Verdict::kNotYet);
  ASSERT_TRUE(waitUntilSaved());
  ASSERT_NO_FATAL_FAILURE(reopenAtHome());
  tutor_->openDoor(DoorKind::kGoOn);
  const auto begun = tutor_->item().begun;
  EXPECT_TRUE(begun.ink.empty());
  ASSERT_EQ(begun.earlier.size(), 1);
  EXPECT_EQ(begun.earlier[0].ink, someInk());
  EXPECT_EQ(begun.earlier[0].read, QString::number(wrong));
}

TEST_F(DraftTest, WhatThePupilSaidOfADigitIsNotAskedAgain) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  const auto answer = std::to_string(rightAnswer());
  const auto doubt = [&] {
    auto doubtful = clearly(answer);
    const auto* other = answer[0] == '1' ? "7" : "1";
    doubtful.digits[0] = readDigit({{other, 0.5F}, {answer.substr(0, 1).c_str(), 0.5F}}, true);
    doubtful.digits[0].strokes = {0};
    doubtful.digits[0].box = {10, 10, 20, 60};
    doubtful.unsure = true;
    return doubtful;
  };
  tutor_->keepWork(written());
  script_->set(doubt());
  QSignalSpy read(tutor_.get(), &Tutor::inkRead);
  tutor_->readInk(someInk(), kBox);
  ASSERT_TRUE(wait([&read] { return !read.isEmpty(); }));
  ASSERT_TRUE(read.last()[0].value<ReadingView>().unsure);
  tutor_->chooseAlternative(0, 0);
  EXPECT_EQ(read.last()[0].value<ReadingView>().text.toStdString(), answer);
  ASSERT_NO_FATAL_FAILURE(reopenAtHome());
  tutor_->openDoor(DoorKind::kGoOn);
  script_->set(doubt());
  QSignalSpy again(tutor_.get(), &Tutor::inkRead);
  tutor_->readInk(someInk(), kBox);
  ASSERT_TRUE(wait([&again] { return !again.isEmpty(); }));
  const auto view = again.last()[0].value<ReadingView>();
  EXPECT_EQ(view.text.toStdString(), answer);
  EXPECT_FALSE(view.unsure) << "the pupil has said what it is";
  // Other ink in its place is asked about.
  auto elsewhere = doubt();
  elsewhere.digits[0].box = {40, 10, 50, 60};
  script_->set(elsewhere);
  again.clear();
  tutor_->readInk(someInk(), kBox);
  ASSERT_TRUE(wait([&again] { return !again.isEmpty(); }));
  EXPECT_TRUE(again.last()[0].value<ReadingView>().unsure);
}

TEST_F(DraftTest, AnAnsweredItemLeavesNothingBehind) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  tutor_->keepWork(written());
  ASSERT_EQ(write(rightAnswer()).verdict, Verdict::kRight);
  ASSERT_TRUE(waitUntilSaved());
  const auto before = tutor_->item().prompt;
  ASSERT_NO_FATAL_FAILURE(reopenAtHome());
  tutor_->openDoor(DoorKind::kGoOn);
  EXPECT_EQ(tutor_->item().number, 2);
  EXPECT_NE(tutor_->item().prompt, before);
  EXPECT_TRUE(tutor_->item().begun.empty());
}

TEST_F(DraftTest, HandingOverKeepsItAndEachPupilHasTheirOwn) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn(0));
  const auto mine = tutor_->item().prompt;
  tutor_->keepWork(written());
  tutor_->handOver();
  ASSERT_TRUE(waitFor(Stage::kLogIn));
  ASSERT_NO_FATAL_FAILURE(logIn(1));
  EXPECT_TRUE(tutor_->item().begun.empty());
  tutor_->handOver();
  ASSERT_TRUE(waitFor(Stage::kLogIn));
  ASSERT_NO_FATAL_FAILURE(logIn(0));
  EXPECT_EQ(tutor_->item().prompt, mine);
  EXPECT_EQ(tutor_->item().begun.ink, someInk());
}

TEST_F(DraftTest, AnotherDoorTakesItsPlace) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  tutor_->keepWork(written());
  tutor_->goHome();
  ASSERT_FALSE(tutor_->home().skills.isEmpty());
  tutor_->chooseSkill(tutor_->home().skills.first().skill);
  const auto chosen = tutor_->item().prompt;
  ASSERT_NO_FATAL_FAILURE(reopenAtHome());
  tutor_->openDoor(DoorKind::kGoOn);
  EXPECT_EQ(tutor_->item().prompt, chosen);
  EXPECT_TRUE(tutor_->item().begun.empty());
}

TEST_F(DraftTest, ALessonThatIsGoneKeepsNobodyFromWorking) {
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  ASSERT_NO_FATAL_FAILURE(logIn());
  tutor_->keepWork(written());
  settings_.lessons = {"written-maths"};
  ASSERT_NO_FATAL_FAILURE(reopenAtHome());
  tutor_->openDoor(tutor_->home().doors.first().kind);
  EXPECT_EQ(tutor_->stage(), Stage::kWorking);
  EXPECT_TRUE(tutor_->item().begun.empty());
}

}  // namespace
}  // namespace primer::app
