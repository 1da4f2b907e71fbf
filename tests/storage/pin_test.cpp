#include <gtest/gtest.h>

#include "src/tables/pin_guard.h"
#include "storage/trial.h"

namespace primer::storage {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using test::pin;
using test::Records;

TEST(PinText, IsFourToSixteenDigits) {
  EXPECT_TRUE(Pin::parse("0000"));
  EXPECT_TRUE(Pin::parse("1234567890123456"));
  for (const auto* bad : {"", "123", "12345678901234567", "12a4", "12 4", "-123", "١٢٣٤"}) {
    const auto refused = Pin::parse(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().key, "pin.shape");
  }
}

class Guesses : public testing::Test {
 protected:
  void SetUp() override {
    records_.open();
    class_ = records_.makeClass(1);
  }
  std::string guess(const char* digits) {
    const auto key = records_.database->unlock(class_, pin(digits));
    return key ? "open" : key.error().key;
  }
  milliseconds wait() { return *records_.database->pinWait(); }

  Records records_;
  ClassId class_;
};

TEST_F(Guesses, AreSlowedMoreAndMore) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(guess("1111"), "pin.wrong") << i;
  EXPECT_EQ(wait(), seconds(30));
  EXPECT_EQ(guess("2468"), "pin.wait") << "the right one has to wait too";
  records_.clock.advance(seconds(29));
  EXPECT_EQ(guess("2468"), "pin.wait");
  records_.clock.advance(seconds(1));
  EXPECT_EQ(guess("1111"), "pin.wrong");
  EXPECT_EQ(wait(), minutes(1));
  records_.clock.advance(minutes(1));
  EXPECT_EQ(guess("2468"), "open");
  EXPECT_EQ(wait(), milliseconds(0));
  EXPECT_EQ(guess("1111"), "pin.wrong") << "the right one has cleared the count";
}

TEST_F(Guesses, AreRememberedOverARestart) {
  for (int i = 0; i < 6; ++i) {
    records_.clock.advance(seconds(30));
    guess("1111");
  }
  ASSERT_EQ(wait(), minutes(1));
  records_.close();
  records_.open();
  EXPECT_EQ(wait(), minutes(1));
  EXPECT_EQ(guess("2468"), "pin.wait");
}

TEST_F(Guesses, SettingTheClockWinsNothing) {
  for (int i = 0; i < 5; ++i) guess("1111");
  // Forward: the steady clock knows better as long as the program runs.
  records_.clock.setWallTime({records_.clock.wallTime().unix_ms + 86'400'000});
  EXPECT_EQ(guess("2468"), "pin.wait");
  // Back: the wait begins anew, but does not last until the old time comes again.
  records_.clock.setWallTime({1'000'000'000'000});
  EXPECT_EQ(guess("2468"), "pin.wait");
  EXPECT_LE(wait(), seconds(30));
  records_.clock.advance(seconds(30));
  EXPECT_EQ(guess("2468"), "open");
}

TEST(Delay, GrowsToAnHour) {
  EXPECT_EQ(PinGuard::delayAfter(4), milliseconds(0));
  EXPECT_EQ(PinGuard::delayAfter(5), seconds(30));
  EXPECT_EQ(PinGuard::delayAfter(8), minutes(4));
  EXPECT_EQ(PinGuard::delayAfter(1000), hours(1));
}

TEST_F(Guesses, AChangedPinReplacesTheOldOne) {
  const auto second = records_.makeClass(1);
  const auto refused = records_.database->changePin(pin("1111"), pin("9753"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "pin.wrong");
  const auto learner = records_.database->pupils(class_)->front().id;
  records_.save(learner, 2);
  ASSERT_TRUE(records_.database->changePin(pin(), pin("9753")));
  EXPECT_EQ(guess("2468"), "pin.wrong");
  EXPECT_EQ(guess("9753"), "open");
  EXPECT_TRUE(records_.database->unlock(second, pin("9753")));
  // What was sealed before opens as before.
  auto key = records_.database->unlock(class_, pin("9753"));
  ASSERT_TRUE(key);
  const auto opened = records_.database->openedEvents(learner, *key);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->front().answer_as_read, "tintenfisch1");
}

TEST_F(Guesses, ASecondClassTakesTheSamePin) {
  const auto refused = records_.database->createClass({"5B", {}}, pin("1111"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "pin.wrong");
  EXPECT_EQ(records_.database->classes()->size(), 1u);
  EXPECT_TRUE(records_.database->createClass({"5B", {}}, pin()));
}

TEST_F(Guesses, WithoutTheDevicesFileThePinIsNotEnough) {
  records_.close();
  std::filesystem::remove(records_.options.folder / "device.key");
  std::filesystem::remove(records_.options.folder / "backups" / "device.key");
  auto& database = records_.open();
  ASSERT_FALSE(database.report().repaired.empty());
  EXPECT_EQ(database.report().repaired.front().key, "device.key_lost");
  EXPECT_TRUE(database.report().repaired.front().loss);
  EXPECT_EQ(guess("2468"), "device.key_lost");
  EXPECT_EQ(database.pupils(class_).error().key, "device.key_lost");
  EXPECT_TRUE(Recorder::start(database)) << "answers are kept all the same";
}

}  // namespace
}  // namespace primer::storage
