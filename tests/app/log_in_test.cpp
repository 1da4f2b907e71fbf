// What a log-in asks of the records: a pupil's own are gone through once, the others' not at all.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/desk.h"
#include "app/large_class.h"
#include "app/lesson.h"
#include "backroom.h"

namespace primer::app {
namespace {

// While one is there, every statement that this thread begins to run is kept; the recorder's, which
// may be making a backup, is not.
class Statements {
 public:
  Statements() {
    kept_.clear();
    own_ = std::this_thread::get_id();
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(&watch));
  }
  ~Statements() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&watch)); }
  Statements(const Statements&) = delete;
  Statements& operator=(const Statements&) = delete;

  static std::vector<std::string> take() { return std::exchange(kept_, {}); }

 private:
  static int watch(sqlite3* connection, char**, const sqlite3_api_routines*) {
    return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT, &keep, nullptr);
  }
  static int keep(unsigned, void*, void*, void* sql) {
    if (std::this_thread::get_id() == own_) kept_.emplace_back(static_cast<const char*>(sql));
    return 0;
  }
  static inline std::thread::id own_;
  static inline std::vector<std::string> kept_;
};

class WhatALogInReads : public Desk {
 protected:
  void TearDown() override {
    backroom_.reset();
    Desk::TearDown();
  }
  void openWith(LargeClass wanted) {
    ASSERT_NO_FATAL_FAILURE(fillLargeClass(settings_.data_folder, clock_, *shippedLesson(),
                                           *shippedLesson("say-it"), wanted));
    settings_.lessons.push_back("say-it");
    backroom_ = std::make_unique<Backroom>(settings_, clock_, realFileSystem(), parts_);
    grid_ = backroom_->open().grid;
    ASSERT_EQ(grid_.pupils.size(), wanted.pupils);
  }
  // The statements of a log-in that name events or what goes with them.
  std::vector<std::string> readBy(int pupil) {
    Statements::take();
    const auto found = backroom_->logIn(grid_.pupils.at(pupil).id, grid_.shown.id);
    EXPECT_TRUE(found) << found.error().message;
    std::vector<std::string> read;
    all_ = 0;
    for (auto& sql : Statements::take()) {
      ++all_;
      if (sql.find("events") != std::string::npos || sql.find("payloads") != std::string::npos) {
        read.push_back(std::move(sql));
      }
    }
    return read;
  }

  Statements statements_;
  std::unique_ptr<Backroom> backroom_;
  LogInGrid grid_;
  std::size_t all_ = 0;
};

TEST_F(WhatALogInReads, IsOnePassAndDoesNotGrowWithTheClass) {
  ASSERT_NO_FATAL_FAILURE(openWith({12, 20}));
  // Before the class was learned from, its evidence comes along, for all of them at once.
  EXPECT_EQ(readBy(0).size(), 2u);
  const auto first = all_;
  const auto second = readBy(1);
  EXPECT_EQ(second.size(), 1u);
  ASSERT_FALSE(second.empty());
  EXPECT_NE(second[0].find("learner_id = ?"), std::string::npos) << second[0];
  EXPECT_EQ(first, 9u);
  EXPECT_EQ(all_, 8u) << "the others: what is set, the hand, the draft, and their tables";
  EXPECT_EQ(readBy(1).size(), 1u);
}

TEST_F(WhatALogInReads, TellsAllThatTheRecordsHold) {
  ASSERT_NO_FATAL_FAILURE(openWith({4, 100}));
  const auto found = backroom_->logIn(grid_.pupils.at(2).id, grid_.shown.id);
  ASSERT_TRUE(found);
  const auto& history = found->history;
  int right = 0;
  for (const int count : history.right_answers_by_skill) right += count;
  EXPECT_EQ(right, 83) << "every sixth is wrong";
  EXPECT_EQ(history.first_tries.size(), 85u) << "every seventh is a second try";
  EXPECT_EQ(history.speaker->prior.sounds()[3].times, 2 * 20);
  EXPECT_EQ(history.due_words.size(), 0u) << "met a moment ago";
  clock_.advance(std::chrono::hours(24 * 8));
  EXPECT_EQ(backroom_->logIn(grid_.pupils.at(2).id, grid_.shown.id)->history.due_words.size(), 2u);
}

TEST_F(WhatALogInReads, WaitsForOnePupilAtMostWhileTheClassIsLearnedFrom) {
  ASSERT_NO_FATAL_FAILURE(openWith({6, 40}));
  int pupils = 0;
  for (;;) {
    Statements::take();
    if (!backroom_->learnFromNext()) break;
    int passes = 0;
    for (const auto& sql : Statements::take()) {
      if (sql.find("FROM events") != std::string::npos) ++passes;
    }
    EXPECT_EQ(passes, 1);
    ++pupils;
  }
  EXPECT_EQ(pupils, 6);
  const auto learning = backroom_->takeLearning();
  ASSERT_TRUE(learning);
  EXPECT_EQ(learning->histories.size(), 6u);
  EXPECT_EQ(readBy(0).size(), 1u) << "the class was heard on the way";
}

}  // namespace
}  // namespace primer::app
