// What is remembered of how a pupil speaks: kept with the answers, read when a visit begins, true
// to the class around it.

#include <gtest/gtest.h>

#include <chrono>

#include "app/desk.h"
#include "app/lesson.h"
#include "backroom.h"
#include "spoken_evidence.h"

namespace primer::app {
namespace {

using pronunciation::phoneNamed;
using pronunciation::SpeakerPrior;

const pronunciation::Phone kTh = *phoneNamed("TH");
const pronunciation::Phone kR = *phoneNamed("R");

SpokenEvidence heard(pronunciation::Phone phone, float times, float wrong) {
  SpokenEvidence evidence;
  evidence.sounds[phone] = {times, wrong};
  return evidence;
}

TEST(SpokenEvidenceCodec, GivesBackWhatWasKept) {
  auto evidence = heard(kTh, 7, 3.25F);
  evidence.sounds[kR] = {1, 0};
  evidence.hard_words = {"umbrella", "éclair"};
  const auto bytes = encodeEvidence(evidence);
  EXPECT_LT(bytes.size(), 40U);
  const auto back = decodeEvidence(bytes);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->sounds[kTh].times, 7);
  EXPECT_FLOAT_EQ(back->sounds[kTh].wrong, 3.25F);
  EXPECT_EQ(back->sounds[kR].times, 1);
  EXPECT_EQ(back->hard_words, evidence.hard_words);
}

TEST(SpokenEvidenceCodec, DamageAndLaterVersionsAreTold) {
  auto evidence = heard(kTh, 7, 3);
  evidence.hard_words = {"umbrella"};
  const auto bytes = encodeEvidence(evidence);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    const auto back = decodeEvidence(std::span(bytes).first(cut));
    ASSERT_FALSE(back) << cut;
    EXPECT_EQ(back.error().code, ErrorCode::kDamaged);
  }
  for (std::size_t at = 1; at < bytes.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {  // no flip may give a sound that cannot be
      auto flipped = bytes;
      flipped[at] ^= static_cast<std::byte>(1 << bit);
      const auto back = decodeEvidence(flipped);
      if (!back) continue;
      for (const auto& sound : back->sounds) EXPECT_LE(sound.wrong, sound.times);
    }
  }
  auto later = bytes;
  later[0] = std::byte{9};
  EXPECT_EQ(decodeEvidence(later).error().code, ErrorCode::kNewerVersion);
}

class SpeakerOfAVisit : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    backroom_ = std::make_unique<Backroom>(settings_, clock_, realFileSystem(), parts_);
    opened_ = backroom_->open();
    ASSERT_NO_FATAL_FAILURE(addClass("4A"));
  }
  void TearDown() override {
    backroom_.reset();
    Desk::TearDown();
  }
  void addClass(const QString& name) {
    const auto grid = backroom_->createClass({name, "2468", "2468", 6, {}});
    ASSERT_TRUE(grid) << grid.error().message;
    grid_ = *grid;
  }
  LearnerId pupil(int number) const { return grid_.pupils.at(number).id; }
  void say(int who, const SpokenEvidence& evidence, int times = 1) {
    for (int i = 0; i < times; ++i) {
      storage::Answer answer;
      answer.learner = pupil(who);
      answer.activity = "say-it";
      answer.skill = "th-in-thin";
      answer.item = "say-it/th-in-thin/three-thin-fish";
      answer.verdict = storage::Verdict::kPartly;
      answer.evidence = encodeEvidence(evidence);
      ASSERT_TRUE(opened_.recorder->submit(std::move(answer), {}));
      if (i % 100 == 99) opened_.recorder->waitUntilSaved(std::chrono::seconds(60));
    }
    ASSERT_TRUE(opened_.recorder->waitUntilSaved(std::chrono::seconds(60)));
  }
  std::shared_ptr<const Speaker> begin(int who) {
    auto found = backroom_->logIn(pupil(who), grid_.shown.id);
    EXPECT_TRUE(found) << found.error().message;
    return found->history.speaker;
  }

  std::unique_ptr<Backroom> backroom_;
  Backroom::Opened opened_;
  LogInGrid grid_;
};

TEST_F(SpeakerOfAVisit, WithoutAHistoryIsAStranger) {
  const auto speaker = begin(0);
  ASSERT_TRUE(speaker);
  EXPECT_FALSE(speaker->prior.isKnown());
  for (pronunciation::Phone p = 0; p < pronunciation::kPhones; ++p) {
    EXPECT_FALSE(speaker->accent.holds(p));
    EXPECT_NEAR(speaker->prior.chance(p, 0.6F), 0.6F, 1e-4);
  }
}

TEST_F(SpeakerOfAVisit, IsThePupilsOwn) {
  say(0, heard(kTh, 5, 4.5F), 4);
  say(1, heard(kTh, 5, 0.1F), 4);
  const auto first = begin(0);
  const auto second = begin(1);
  EXPECT_EQ(first->prior.sounds()[kTh].times, 20);
  EXPECT_GT(first->prior.chance(kTh, 0.6F), 0.7F);
  EXPECT_LT(second->prior.chance(kTh, 0.6F), 0.6F);
  EXPECT_FALSE(first->accent.holds(kTh)) << "a difficulty of one is no accent";
}

TEST_F(SpeakerOfAVisit, TheClassesAccentIsNobodysFault) {
  for (int who = 0; who < 5; ++who) say(who, heard(kTh, 5, 4.5F), 2);
  say(5, heard(kR, 5, 4.5F), 2);
  const auto speaker = begin(0);
  EXPECT_TRUE(speaker->accent.holds(kTh)) << "so everybody speaks here";
  EXPECT_FALSE(begin(5)->accent.holds(kR)) << "that is this pupil's own";
  // Next door nobody speaks so: the same difficulty is worth a word.
  ASSERT_NO_FATAL_FAILURE(addClass("4B"));
  say(0, heard(kTh, 5, 4.5F), 2);
  for (int who = 1; who < 6; ++who) say(who, heard(kTh, 5, 0.1F), 2);
  const auto other = begin(0);
  EXPECT_FALSE(other->accent.holds(kTh));
  EXPECT_GT(other->prior.chance(kTh, 0.6F), 0.7F);
}

TEST_F(SpeakerOfAVisit, KnowsWhatTheVisitBeforeLeft) {
  begin(0);
  say(0, heard(kTh, 5, 4.5F));
  backroom_->endVisit(pupil(0), grid_.shown.id);
  begin(1);
  EXPECT_EQ(begin(0)->prior.sounds()[kTh].times, 5);
  say(0, heard(kTh, 5, 4.5F));
  EXPECT_EQ(begin(0)->prior.sounds()[kTh].times, 10) << "the same pupil again";
}

TEST_F(SpeakerOfAVisit, OnlyTheNewestUtterancesCount) {
  say(0, heard(kTh, 1, 1), 40);
  say(0, heard(kTh, 1, 0), 200);
  const auto begun = std::chrono::steady_clock::now();
  const auto speaker = begin(0);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
  RecordProperty("milliseconds", std::to_string(took.count()));
  EXPECT_EQ(speaker->prior.sounds()[kTh].times, 200);
  EXPECT_EQ(speaker->prior.sounds()[kTh].wrong, 0);
}

TEST_F(SpeakerOfAVisit, IsKeptCurrentByWhatIsRecorded) {
  const auto course =
      std::make_shared<const Course>(Course::Lessons{shippedLesson(), shippedLesson("say-it")});
  Visit visit(course, shippedKnowledge(), {}, {7, 3, false});
  ASSERT_TRUE(visit.chooseSkill(course->at(*course->find("say-it", "th-in-thin"))));
  visit.startSet();
  visit.startItem(std::chrono::milliseconds(1000), {});
  const auto before = visit.speaker();
  SaidView said;
  said.words.append({"thin", true, {{"th", "TH", SoundMark::kClear}}, 0, 100});
  said.words_said = 1;
  said.evidence = std::make_shared<const SpokenEvidence>(heard(kTh, 2, 1.5F));
  const auto judged = visit.takeSaid(said, std::chrono::milliseconds(2000));
  ASSERT_TRUE(judged.to_record);
  const auto kept = decodeEvidence(judged.to_record->evidence);
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->sounds[kTh].times, 2);
  EXPECT_EQ(before->prior.sounds()[kTh].times, 0) << "what is being listened with stays";
  EXPECT_EQ(visit.speaker()->prior.sounds()[kTh].times, 2);
  visit.takeSaid(said, std::chrono::milliseconds(3000));
  EXPECT_EQ(visit.speaker()->prior.sounds()[kTh].times, 2) << "what leaves no event is not known";
}

}  // namespace
}  // namespace primer::app
