// A plug that is pulled while somebody writes: the strokes are there again.
//
// The program that is killed is this one, started once more for one case with a data folder in its
// environment: a real window, a real tutor, real records. It says how many strokes stand on the
// paper and is killed at some moment after.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>

#include "journey.h"
#include "pages/choose_page.h"
#include "pages/quiz_page.h"
#include "quiz/line_board.h"

namespace primer::ui {
namespace {

constexpr const char* kFolderVariable = "PRIMER_KILLED_DATA";
constexpr int kRounds = 6;
// What was on the paper so long before the kill must be there: 300 ms until it is handed to the
// records, and as much as a shared machine needs to write it.
constexpr std::chrono::seconds kWrittenAfter(2);

// This test program once more, for one case.
class Child {
 public:
  explicit Child(const std::string& test, const std::filesystem::path& data) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) std::abort();
    pid_ = fork();
    if (pid_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      close(ends[0]);
      close(ends[1]);
      setenv(kFolderVariable, data.c_str(), 1);
      const std::string filter = "--gtest_filter=" + test;
      execl("/proc/self/exe", "journeys-test", filter.c_str(), nullptr);
      _exit(127);
    }
    close(ends[1]);
    output_ = ends[0];
  }
  ~Child() {
    killNow();
    close(output_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The number after "strokes "; -1 at the end of what it says.
  int nextCount() {
    std::string line;
    for (char c = 0; read(output_, &c, 1) == 1;) {
      if (c != '\n') {
        line += c;
        continue;
      }
      if (line.rfind("strokes ", 0) == 0) return std::atoi(line.c_str() + 8);
      line.clear();
    }
    return -1;
  }
  void killNow() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

 private:
  pid_t pid_ = -1;
  int output_ = -1;
};

class DraftJourney : public Journey {
 protected:
  void SetUp() override {
    Journey::SetUp();
    if (const char* data = std::getenv(kFolderVariable)) settings_.data_folder = data;
  }
  static bool isChild() { return std::getenv(kFolderVariable) != nullptr; }

  static void say(qsizetype strokes) {
    std::printf("strokes %d\n", int(strokes));
    std::fflush(stdout);
  }

  void logInAndGoOn() {
    ASSERT_TRUE(tap(window_->logInPage()->findChildren<PictureTile*>().first()));
    ASSERT_TRUE(waitForPage([this] { return window_->homePage(); }));
    ASSERT_TRUE(press(tutor_->home().doors.first().title));
    ASSERT_TRUE(waitForPage([this] { return window_->workingPage(); }));
  }

  // Until somebody kills it.
  void writeForEver() {
    ASSERT_NO_FATAL_FAILURE(start());
    ASSERT_NO_FATAL_FAILURE(logInAndGoOn());
    say(qsizetype(paper()->ink().strokes.size()));
    for (int i = 0; i < 400; ++i) {
      ui::write(paper(), writtenNumber(QStringLiteral("1"), {40.0 + 3 * i, 40}, 60));
      say(qsizetype(paper()->ink().strokes.size()));
      QTest::qWait(40);
    }
    FAIL() << "nobody killed it";
  }
};

TEST_F(DraftJourney, StrokesOutliveAPulledPlug) {
  if (isChild()) {
    writeForEver();
    return;
  }
  ASSERT_NO_FATAL_FAILURE(openWithClass());
  tutor_.reset();
  std::mt19937 random(20261122);
  Ink last;
  for (int round = 0; round < kRounds; ++round) {
    int safe = 0;     // on the paper long enough before the kill
    int written = 0;  // when it was killed
    {
      Child child("DraftJourney.StrokesOutliveAPulledPlug", settings_.data_folder);
      int count = child.nextCount();
      ASSERT_GE(count, 0) << "it could not begin";
      EXPECT_EQ(size_t(count), last.strokes.size()) << "what was there last time";
      safe = count;
      using Clock = std::chrono::steady_clock;
      std::vector<std::pair<Clock::time_point, int>> seen = {{Clock::now(), count}};
      const auto until = Clock::now() + kWrittenAfter + std::chrono::milliseconds(random() % 1500);
      while (Clock::now() < until && (count = child.nextCount()) >= 0) {
        seen.emplace_back(Clock::now(), count);
      }
      const auto killed = Clock::now();
      child.killNow();
      while ((count = child.nextCount()) >= 0) seen.emplace_back(killed, count);
      for (const auto& [when, strokes] : seen) {
        if (killed - when >= kWrittenAfter) safe = strokes;
        written = strokes;
      }
    }
    ASSERT_NO_FATAL_FAILURE(start());
    ASSERT_NO_FATAL_FAILURE(logInAndGoOn());
    const Ink found = paper()->ink();
    EXPECT_GE(int(found.strokes.size()), safe) << "round " << round;
    EXPECT_LE(int(found.strokes.size()), written + 1) << "round " << round;
    // Stroke by stroke what was written before.
    ASSERT_GE(found.strokes.size(), last.strokes.size());
    for (size_t i = 0; i < last.strokes.size(); ++i) EXPECT_EQ(found.strokes[i], last.strokes[i]);
    last = found;
    window_.reset();
    tutor_.reset();
  }
  EXPECT_GT(last.strokes.size(), 10U);
}

TEST_F(DraftJourney, ATypedAnswerAndAFlagAreThereAgain) {
  settings_.lessons = {"number-facts", "number-sense"};
  ASSERT_NO_FATAL_FAILURE(startWorking());
  ASSERT_TRUE(press("Answer with number keys"));
  ASSERT_TRUE(type("12"));
  ASSERT_NO_FATAL_FAILURE(start());
  ASSERT_NO_FATAL_FAILURE(logInAndGoOn());
  EXPECT_TRUE(working()->sheet()->keys());
  EXPECT_EQ(working()->sheet()->typed(), "12");

  ASSERT_TRUE(press("Home"));
  ASSERT_TRUE(press("Choose for myself"));
  ASSERT_TRUE(press("Numbers on a line"));
  ASSERT_TRUE(waitForPage([this] { return window_->quizPage(); }));
  ASSERT_TRUE(press("One step further"));
  ASSERT_TRUE(press("One step further"));
  ASSERT_NO_FATAL_FAILURE(start());
  ASSERT_TRUE(tap(window_->logInPage()->findChildren<PictureTile*>().first()));
  ASSERT_TRUE(waitForPage([this] { return window_->homePage(); }));
  ASSERT_TRUE(press("Go on"));
  ASSERT_TRUE(waitForPage([this] { return window_->quizPage(); }));
  EXPECT_EQ(window_->quizPage()->line()->reply().at, 2);
  EXPECT_TRUE(control("Check")->isEnabled());
}

TEST_F(DraftJourney, TheHandAndTheBreakAreAsTheyWereSet) {
  ASSERT_NO_FATAL_FAILURE(startWorking());
  ASSERT_TRUE(press("Paper for the other hand"));
  EXPECT_TRUE(working()->leftHanded());
  tutor_->handOver();
  ASSERT_TRUE(waitForPage([this] { return window_->logInPage(); }));
  QSignalSpy views(tutor_.get(), &app::Tutor::classViewReady);
  tutor_->unlock("2468");
  ASSERT_TRUE(waitForPage([this] { return window_->teacherPage(); }));
  ASSERT_TRUE(press("Settings"));
  ASSERT_TRUE(press("15 minutes")) << "of a visit";
  ASSERT_TRUE(wait([&views] {
    return !views.isEmpty() && views.last()[0].value<app::ClassView>().rules.session_minutes == 15;
  }));
  tutor_->lock();
  ASSERT_TRUE(waitForPage([this] { return window_->logInPage(); }));
  ASSERT_NO_FATAL_FAILURE(logInAndGoOn());
  EXPECT_TRUE(working()->leftHanded());
  clock_.advance(std::chrono::minutes(15));
  ASSERT_NO_FATAL_FAILURE(writeInk(app::clearly(answer())));
  EXPECT_EQ(checkNow().verdict, app::Verdict::kRight);
  ASSERT_TRUE(press("Next"));
  ASSERT_TRUE(waitForPage([this] { return window_->wellDonePage(); }));
  EXPECT_EQ(control("One more set"), nullptr);
  ASSERT_TRUE(press("I am finished"));
  ASSERT_TRUE(waitForPage([this] { return window_->logInPage(); }));
}

}  // namespace
}  // namespace primer::ui
