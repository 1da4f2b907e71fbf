#pragma once

// A tutor on a desk: real records in a folder of the test's own, a clock that stands still, and a
// reader that reads what the test says.

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "app/readings.h"
#include "primer/app/tutor.h"
#include "primer/app/tutor_parts.h"
#include "test_folder.h"

namespace primer::app {

// What the stand-in for the recogniser reads next. Used from two threads.
class Script {
 public:
  void set(handwriting::NumberReading reading) {
    const std::lock_guard lock(mutex_);
    reading_ = std::move(reading);
  }
  handwriting::NumberReading get() {
    std::unique_lock lock(mutex_);
    ++reads_;
    released_.wait(lock, [this] { return !held_; });
    return reading_;
  }
  // While held, whoever reads waits.
  void hold(bool held) {
    const std::lock_guard lock(mutex_);
    held_ = held;
    released_.notify_all();
  }
  int reads() {
    const std::lock_guard lock(mutex_);
    return reads_;
  }

 private:
  std::mutex mutex_;
  handwriting::NumberReading reading_;
  int reads_ = 0;
  bool held_ = false;
  std::condition_variable released_;
};

class ScriptedReader final : public AnswerReader {
 public:
  explicit ScriptedReader(std::shared_ptr<Script> script) : script_(std::move(script)) {}
  handwriting::NumberReading read(const Ink&, const handwriting::Box&) override {
    return script_->get();
  }

 private:
  std::shared_ptr<Script> script_;
};

// Rows of a sheet that read as the test says: row i is stroke i alone.
struct SheetScript {
  std::mutex mutex;
  std::vector<handwriting::LineReading> lines;
  std::vector<std::size_t> scratched;
};

class ScriptedSheets final : public SheetReader {
 public:
  explicit ScriptedSheets(std::shared_ptr<SheetScript> script) : script_(std::move(script)) {}
  std::vector<handwriting::WorkPiece> read(const Ink& ink,
                                           const handwriting::WorkContext&) override {
    const std::lock_guard lock(script_->mutex);
    std::vector<handwriting::WorkPiece> rows;
    for (std::size_t i = 0; i < ink.strokes.size() && i < script_->lines.size(); ++i) {
      const float top = 100.0F * static_cast<float>(i);
      rows.push_back({{i}, {10, top, 200, top + 80}, script_->lines[i], std::nullopt});
    }
    return rows;
  }
  std::vector<std::size_t> scratchedByLast(const Ink&) override {
    const std::lock_guard lock(script_->mutex);
    return std::exchange(script_->scratched, {});
  }

 private:
  std::shared_ptr<SheetScript> script_;
};

inline handwriting::LineReading surely(const std::string& text) {
  handwriting::LineReading reading;
  reading.text = text;
  reading.confidence = 0.98F;
  reading.unsure = false;
  return reading;
}

inline handwriting::LineReading perhaps(const std::string& text, const std::string& other) {
  handwriting::LineReading reading;
  reading.text = text;
  reading.confidence = 0.5F;
  reading.unsure = true;
  reading.alternatives.push_back({other, other, 0.4F});
  return reading;
}

inline const ClassSetUp kClass4A = {"4A", "2468", "2468", 5, {"Ada", "Ben"}};
inline constexpr InkBox kBox = {0, 0, 800, 200};

class Desk : public testing::Test {
 protected:
  void SetUp() override {
    settings_.data_folder = folder_ / "data";
    settings_.sums_in_a_set = 3;
    settings_.lessons = {"number-facts", "written-maths"};
    settings_.seed = 11;
    settings_.first_walk = false;
    const auto script = script_;
    parts_.open_reader = [script]() -> Result<std::unique_ptr<AnswerReader>> {
      return std::make_unique<ScriptedReader>(script);
    };
    const auto sheets = sheets_;
    parts_.open_sheet_reader = [sheets]() -> Result<std::unique_ptr<SheetReader>> {
      return std::make_unique<ScriptedSheets>(sheets);
    };
    parts_.quick_pin = true;
  }
  // The tutor's threads end before the folder goes.
  void TearDown() override {
    script_->hold(false);
    tutor_.reset();
  }

  static bool wait(const std::function<bool()>& until) { return QTest::qWaitFor(until, 20'000); }
  bool waitFor(Stage stage) {
    return wait([this, stage] { return tutor_->stage() == stage; });
  }

  void open() {
    tutor_.reset();
    tutor_ = std::make_unique<Tutor>(settings_, clock_, realFileSystem(), parts_);
    tutor_->start();
    ASSERT_TRUE(wait([this] { return tutor_->stage() != Stage::kStarting; }));
  }

  void openWithClass() {
    open();
    ASSERT_EQ(tutor_->stage(), Stage::kSetUp);
    tutor_->createClass(kClass4A);
    ASSERT_TRUE(waitFor(Stage::kLogIn));
  }

  void logIn(int pupil = 0) {
    tutor_->logIn(tutor_->grid().pupils.at(pupil).id);
    ASSERT_TRUE(waitFor(Stage::kHome));
    tutor_->openDoor(tutor_->home().doors.first().kind);
    ASSERT_EQ(tutor_->stage(), Stage::kWorking);
  }

  int rightAnswer() const {
    const auto words = tutor_->item().prompt.split(' ');
    const int a = words[0].toInt();
    const int b = words[2].toInt();
    return words[1] == "+" ? a + b : words[1] == "−" ? a - b : words[1] == "×" ? a * b : a / b;
  }

  // Writes, presses "done", waits for what is said.
  JudgementView write(const handwriting::NumberReading& reading) {
    script_->set(reading);
    QSignalSpy judged(tutor_.get(), &Tutor::judged);
    tutor_->readInk(someInk(), kBox);
    tutor_->check();
    if (!wait([&judged] { return !judged.isEmpty(); })) {
      ADD_FAILURE() << "nothing was said";
      return {};
    }
    return judged.takeFirst().at(0).value<JudgementView>();
  }
  JudgementView write(int number) { return write(clearly(std::to_string(number))); }

  bool waitUntilSaved() {
    return wait([this] { return tutor_->saveState() == SaveState::kSaved; });
  }

  QStringList problemKeys() const {
    QStringList keys;
    for (const auto& problem : tutor_->problems()) keys.append(problem.key);
    return keys;
  }

  test::TestFolder folder_;
  ManualClock clock_{WallTime{1'795'000'000'000}};
  std::shared_ptr<Script> script_ = std::make_shared<Script>();
  std::shared_ptr<SheetScript> sheets_ = std::make_shared<SheetScript>();
  TutorSettings settings_;
  TutorParts parts_;
  std::unique_ptr<Tutor> tutor_;
};

}  // namespace primer::app
