// A disk that is full, or cannot be written.

#include <gmock/gmock.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>

#include "storage/trial.h"

namespace primer::storage {
namespace {

namespace fs = std::filesystem;
using test::answerOf;
using test::pin;
using test::Records;

// A small file system in memory, where this process may mount one.
class TinyDisk {
 public:
  explicit TinyDisk(const char* size)
      : mounted_(::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0,
                         (std::string("size=") + size).c_str()) == 0) {}
  ~TinyDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }
  fs::path path() const { return folder_.path(); }
  // Fills the disk but for a few bytes.
  void fill() {
    std::ofstream file(path() / "filler", std::ios::binary);
    const std::string block(512, 'x');
    while (file.write(block.data(), 512) && file.flush()) {
    }
  }
  void empty() { fs::remove(path() / "filler"); }
  bool makeReadOnly() {
    return ::mount(nullptr, path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  }

 private:
  primer::test::TestFolder folder_;
  bool mounted_;
};

TEST(FullDisk, KeepsAnswersUntilThereIsRoom) {
  TinyDisk disk("3m");
  if (!disk.mounted()) GTEST_SKIP() << "may not mount a file system";
  Records records;
  records.options.folder = disk.path() / "data";
  auto& database = records.open();
  const auto learner = database.pupils(records.makeClass(1))->front().id;
  records.save(learner, 5);
  auto recorder = Recorder::start(database, {.queue_limit = 5000, .back_up_when_idle = false});
  ASSERT_TRUE(recorder);
  disk.fill();
  std::atomic<int> saved = 0;
  std::atomic<int> failed = 0;
  Error last;
  int submitted = 0;
  while (failed == 0 && submitted < 3000) {
    auto answer = answerOf(learner, ++submitted);
    answer.ink = test::inkBytes(400);
    ASSERT_TRUE((*recorder)->submit(std::move(answer), [&](const Result<Saved>& one) {
      if (one) {
        ++saved;
      } else {
        last = one.error();
        ++failed;
      }
    }));
    (*recorder)->waitUntilSaved(test::kLongEnough);
  }
  ASSERT_GT(failed, 0);
  EXPECT_EQ(last.code, ErrorCode::kNoSpace) << last.message;
  EXPECT_EQ(last.key, "database.full");
  EXPECT_EQ((*recorder)->unsaved(), 1u);
  EXPECT_EQ(*database.countEvents(), 5 + saved) << "what was saved can be read";
  disk.empty();
  (*recorder)->retry();
  EXPECT_TRUE((*recorder)->waitUntilSaved(test::kLongEnough));
  EXPECT_EQ(saved, submitted);
  EXPECT_EQ(*database.countEvents(), 5 + submitted);
}

TEST(FullDisk, OpensForReading) {
  TinyDisk disk("3m");
  if (!disk.mounted()) GTEST_SKIP() << "may not mount a file system";
  Records records;
  records.options.folder = disk.path() / "data";
  records.open();
  const auto learner = records.database->pupils(records.makeClass(1))->front().id;
  records.save(learner, 5);
  records.close();
  disk.fill();
  auto& database = records.open();
  EXPECT_TRUE(database.report().full);
  EXPECT_EQ(*database.countEvents(), 5);
  EXPECT_EQ(database.events(learner)->size(), 5u);
  const auto recorder = Recorder::start(database);
  ASSERT_FALSE(recorder);
  EXPECT_EQ(recorder.error().key, "database.full") << recorder.error().message;
  records.close();
  disk.empty();
  EXPECT_FALSE(records.open().report().full);
  EXPECT_TRUE(Recorder::start(*records.database));
}

TEST(FullDisk, ANewFolderIsRefusedInWords) {
  TinyDisk disk("1m");
  if (!disk.mounted()) GTEST_SKIP() << "may not mount a file system";
  disk.fill();
  Records records;
  records.options.folder = disk.path() / "data";
  const auto opened = Database::open(records.options);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().key, "database.full") << opened.error().message;
  disk.empty();
  EXPECT_TRUE(Database::open(records.options)) << "and the attempt left nothing that is in the way";
}

TEST(ReadOnlyDisk, CanBeRead) {
  TinyDisk disk("4m");
  if (!disk.mounted()) GTEST_SKIP() << "may not mount a file system";
  Records records;
  records.options.folder = disk.path() / "data";
  records.open();
  const auto id = records.makeClass(2);
  const auto learner = records.database->pupils(id)->front().id;
  records.save(learner, 5);
  // Once with a log that has yet to be replayed, once without.
  fs::copy(records.options.folder, disk.path() / "cut", fs::copy_options::recursive);
  records.close();
  ASSERT_TRUE(disk.makeReadOnly());
  for (const auto* name : {"cut", "data"}) {
    records.options.folder = disk.path() / name;
    auto& database = records.open();
    EXPECT_TRUE(database.report().read_only) << name;
    EXPECT_FALSE(database.report().full) << name;
    EXPECT_EQ(*database.countEvents(), 5) << name;
    EXPECT_EQ(database.pupils(id)->size(), 2u);
    auto key = database.unlock(id, pin());
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ(database.openedEvents(learner, *key)->front().answer_as_read, "tintenfisch1");
    const auto recorder = Recorder::start(database);
    ASSERT_FALSE(recorder);
    EXPECT_EQ(recorder.error().key, "database.read_only");
    EXPECT_EQ(database.addPupil(id, {"bell", "", ""}).error().code, ErrorCode::kReadOnly);
    EXPECT_EQ(database.unlock(id, pin("9999")).error().key, "pin.wrong");
    EXPECT_EQ(database.unlock(id, pin()).error().key, "pin.wait") << "a guess cannot be counted";
    records.close();
  }
  records.options.folder = disk.path() / "new";
  const auto refused = Database::open(records.options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kReadOnly);
}

// The same for a folder whose permissions forbid writing, as an ordinary user.
TEST(ReadOnlyFolder, CanBeRead) {
  Records records;
  records.open();
  const auto id = records.makeClass(2);
  records.save(records.database->pupils(id)->front().id, 5);
  records.close();
  const auto& data = records.options.folder;
  fs::permissions(records.folder.path(), fs::perms::all);
  const pid_t child = fork();
  if (child == 0) {
    // No exception may leave the child: it would run the other tests.
    std::error_code error;
    if (geteuid() == 0) {
      constexpr uid_t kNobody = 65534;
      for (const auto& entry : fs::recursive_directory_iterator(data, error)) {
        if (chown(entry.path().c_str(), kNobody, kNobody) != 0) _exit(9);
      }
      if (chown(data.c_str(), kNobody, kNobody) != 0 || setuid(kNobody) != 0) _exit(9);
    }
    fs::permissions(data / "lock", fs::perms::owner_read, error);
    if (!error) fs::permissions(data, fs::perms::owner_read | fs::perms::owner_exec, error);
    if (error) _exit(8);
    const auto database = Database::open(records.options);
    if (!database) _exit(2);
    if (!(*database)->report().read_only) _exit(3);
    _exit((*database)->countEvents() == 5 ? 0 : 4);
  }
  int status = 0;
  waitpid(child, &status, 0);
  fs::permissions(data, fs::perms::owner_all);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace primer::storage
