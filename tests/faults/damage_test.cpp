// Worn flash: truncation and garbage at many places of every file. Opening mends or says clearly
// what is wrong; no answer is lost that a backup, the database or its log still holds.

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <set>

#include "storage/trial.h"

namespace primer::storage {
namespace {

namespace fs = std::filesystem;
using primer::test::TestFolder;
using test::answerOf;
using test::pin;
using test::Records;

constexpr int kInBackup = 40;  // answers
constexpr int kInAll = 60;

std::vector<char> readFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void writeFile(const fs::path& path, const std::vector<char>& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// A folder as a cut of power leaves it: a backup of the first 40 answers, 20 more of which the last
// ones are only in the log.
class Damage : public testing::Test {
 protected:
  void SetUp() override {
    Records records;
    records.open();
    class_id_ = records.makeClass(2);
    learner_ = records.database->pupils(class_id_)->front().id;
    records.save(learner_, kInBackup);
    records.close();  // makes the backup
    records.open();
    records.save(learner_, kInAll - kInBackup, kInBackup + 1);
    // As it lies there while it is open. Closed, the log would be gone.
    fs::copy(records.options.folder, source_ / "cut", fs::copy_options::recursive);
    records.close();
    fs::copy(records.options.folder, source_ / "closed", fs::copy_options::recursive);
    ASSERT_GT(fs::file_size(source_ / "cut" / "primer.db-wal"), 50'000u);
  }

  // Opens a damaged copy and checks it; counts the answers, or says why not.
  struct Outcome {
    std::int64_t answers = -1;
    bool repaired = false;
    bool names_open = false;
    std::string error;
  };
  Outcome openDamaged(const std::string& state, const std::string& file,
                      const std::function<void(std::vector<char>&)>& damage) {
    const TestFolder folder;
    const auto data = folder / "data";
    fs::copy(source_ / state, data, fs::copy_options::recursive);
    auto bytes = readFile(data / file);
    damage(bytes);
    writeFile(data / file, bytes);

    Outcome outcome;
    for (int time = 0; time < 2; ++time) {
      OpenOptions options;
      options.folder = data;
      options.clock = &clock_;
      options.must_exist = true;
      auto database = Database::open(options);
      if (!database) {
        outcome.error = database.error().message;
        EXPECT_FALSE(database.error().key.empty()) << outcome.error;
        return outcome;
      }
      const auto report = (*database)->check();
      if (!report) {
        outcome.error = report.error().message;
        return outcome;
      }
      if (time == 0) {
        outcome.answers = report->answers;
        outcome.repaired = !report->repaired.empty();
        for (const auto& note : report->repaired) EXPECT_FALSE(note.words.empty());
      } else {
        EXPECT_TRUE(report->sound) << "a second check is always sound";
        EXPECT_TRUE(report->repaired.empty()) << report->repaired.front().words;
        EXPECT_EQ(report->answers, outcome.answers);
      }
      if (auto key = (*database)->unlock(class_id_, pin())) {
        const auto names = (*database)->names(*key);
        outcome.names_open = names && names->size() == 2 && !(*names)[0].name.empty();
        if (const auto events = (*database)->openedEvents(learner_, *key)) {
          for (const auto& one : *events) EXPECT_TRUE(one.readable) << one.event.item;
        }
      }
    }
    return outcome;
  }

  // `count` bytes of garbage at `at`.
  static std::function<void(std::vector<char>&)> garbage(std::size_t at, std::size_t count,
                                                         unsigned seed) {
    return [=](std::vector<char>& bytes) {
      std::mt19937 random(seed);
      for (std::size_t i = at; i < std::min(at + count, bytes.size()); ++i) {
        bytes[i] = static_cast<char>(random());
      }
    };
  }
  static std::function<void(std::vector<char>&)> cutAt(std::size_t at) {
    return [=](std::vector<char>& bytes) { bytes.resize(std::min(at, bytes.size())); };
  }

  const TestFolder source_;
  ManualClock clock_;
  ClassId class_id_;
  LearnerId learner_;
};

TEST_F(Damage, NoneIsFoundWhereThereIsNone) {
  for (const auto* state : {"cut", "closed"}) {
    const auto outcome = openDamaged(state, "primer.db", [](auto&) {});
    EXPECT_EQ(outcome.answers, kInAll) << state << outcome.error;
    EXPECT_FALSE(outcome.repaired) << state;
    EXPECT_TRUE(outcome.names_open) << state;
  }
}

TEST_F(Damage, OfAClosedDatabaseLosesNothingThatTheBackupHolds) {
  const auto size = fs::file_size(source_ / "closed" / "primer.db");
  std::mt19937 random(1);
  for (int i = 0; i < 40; ++i) {
    const std::size_t at = i < 4 ? static_cast<std::size_t>(i) * 25 : random() % size;
    const std::size_t count = std::size_t{1} << (random() % 14);
    const auto outcome = openDamaged("closed", "primer.db", garbage(at, count, random()));
    EXPECT_EQ(outcome.answers, kInAll) << count << " bytes at " << at << ": " << outcome.error;
    EXPECT_TRUE(outcome.names_open) << count << " bytes at " << at;
  }
  // Zeros that are cut off the end are read as zeros: nothing is damaged, nothing to be mended.
  const auto bytes = readFile(source_ / "closed" / "primer.db");
  const auto after_last =
      std::find_if(bytes.rbegin(), bytes.rend(), [](char byte) { return byte != 0; }).base();
  const auto last = static_cast<std::size_t>(after_last - bytes.begin()) - 1;
  for (const std::size_t at : {std::size_t{0}, std::size_t{1}, std::size_t{100}, std::size_t{4096},
                               std::size_t{5000}, std::size_t{40'960}, size - 4096, last}) {
    const auto outcome = openDamaged("closed", "primer.db", cutAt(at));
    EXPECT_EQ(outcome.answers, kInAll) << "cut at " << at << ": " << outcome.error;
    EXPECT_TRUE(outcome.repaired) << "cut at " << at;
  }
}

// Beyond the backup, only what the damaged bytes themselves held may be missing.
TEST_F(Damage, OfADatabaseCutFromPowerKeepsBackupAndLog) {
  const auto size = fs::file_size(source_ / "cut" / "primer.db");
  std::mt19937 random(2);
  for (int i = 0; i < 30; ++i) {
    const std::size_t at = random() % size;
    const std::size_t count = std::size_t{1} << (random() % 14);
    const auto outcome = openDamaged("cut", "primer.db", garbage(at, count, random()));
    EXPECT_EQ(outcome.answers, kInAll) << count << " bytes at " << at << ": " << outcome.error;
    EXPECT_TRUE(outcome.names_open) << count << " bytes at " << at;
  }
  for (const std::size_t at : {std::size_t{0}, std::size_t{10}, std::size_t{4096}, size / 2}) {
    const auto outcome = openDamaged("cut", "primer.db", cutAt(at));
    EXPECT_EQ(outcome.answers, kInAll) << "cut at " << at << ": " << outcome.error;
  }
}

TEST_F(Damage, OfTheLogForgetsOnlyWhatWasDamaged) {
  const auto size = fs::file_size(source_ / "cut" / "primer.db-wal");
  std::mt19937 random(3);
  int mended = 0;
  for (int i = 0; i < 40; ++i) {
    const std::size_t at = i == 0 ? 0 : random() % size;
    const std::size_t count = 1 + random() % 200;
    const auto outcome = openDamaged("cut", "primer.db-wal", garbage(at, count, random()));
    // The damaged bytes lie in one page, or two; a newer version of it may hold the same rows. An
    // answer of this test fills less than a kilobyte, a page four of them.
    EXPECT_GE(outcome.answers, kInAll - 8) << count << " bytes at " << at << ": " << outcome.error;
    EXPECT_LE(outcome.answers, kInAll);
    EXPECT_TRUE(outcome.names_open) << count << " bytes at " << at;
    if (outcome.repaired) ++mended;
  }
  EXPECT_GT(mended, 10) << "SQLite alone would have forgotten all that comes after the damage";
  for (const std::size_t at : {std::size_t{0}, std::size_t{20}, std::size_t{32}, size / 2}) {
    const auto outcome = openDamaged("cut", "primer.db-wal", cutAt(at));
    EXPECT_GE(outcome.answers, kInBackup) << "cut at " << at << ": " << outcome.error;
  }
}

TEST_F(Damage, WithoutABackupKeepsEveryRowThatIsWhole) {
  const auto size = fs::file_size(source_ / "closed" / "primer.db");
  for (const auto& entry : fs::directory_iterator(source_ / "closed" / "backups")) {
    if (entry.path().extension() == ".db") fs::remove(entry.path());
  }
  std::mt19937 random(4);
  std::int64_t least = kInAll;
  for (int i = 0; i < 30; ++i) {
    const std::size_t at = 4096 + random() % (size - 4096);
    const std::size_t count = 1 + random() % 300;
    const auto outcome = openDamaged("closed", "primer.db", garbage(at, count, random()));
    EXPECT_GE(outcome.answers, kInAll - 2) << count << " bytes at " << at << ": " << outcome.error;
    least = std::min(least, outcome.answers);
  }
  EXPECT_LT(least, kInAll) << "the damage never hit a row";
  // The first page, and with it all knowledge of where things are.
  const auto outcome = openDamaged("closed", "primer.db", garbage(0, 4096, 5));
  EXPECT_EQ(outcome.answers, kInAll) << outcome.error;
  EXPECT_TRUE(outcome.names_open);
}

TEST_F(Damage, ADamagedBackupIsNotTrusted) {
  std::mt19937 random(6);
  for (const auto& entry : fs::directory_iterator(source_ / "closed" / "backups")) {
    if (entry.path().extension() != ".db") continue;
    auto bytes = readFile(entry.path());
    garbage(bytes.size() / 2, 2000, random())(bytes);
    writeFile(entry.path(), bytes);
  }
  const auto outcome = openDamaged("closed", "primer.db", cutAt(3 * 4096));
  // Put together from what is whole in all of them.
  EXPECT_GE(outcome.answers, kInAll - 4) << outcome.error;
}

TEST_F(Damage, ALostDatabaseComesBackFromTheBackup) {
  fs::remove(source_ / "closed" / "primer.db");
  const auto outcome = openDamaged("closed", "lock", [](auto&) {});
  EXPECT_EQ(outcome.answers, kInAll) << outcome.error;
  EXPECT_TRUE(outcome.repaired);
  EXPECT_TRUE(outcome.names_open);
}

TEST_F(Damage, OfTheKeyFileIsMendedFromItsCopy) {
  const auto outcome = openDamaged("closed", "device.key", garbage(20, 4, 1));
  EXPECT_TRUE(outcome.repaired);
  EXPECT_TRUE(outcome.names_open);
}

TEST_F(Damage, TheDamagedFileIsKeptAside) {
  const TestFolder folder;
  const auto data = folder / "data";
  fs::copy(source_ / "closed", data, fs::copy_options::recursive);
  auto bytes = readFile(data / "primer.db");
  garbage(0, 5000, 1)(bytes);
  writeFile(data / "primer.db", bytes);
  OpenOptions options;
  options.folder = data;
  options.clock = &clock_;
  ASSERT_TRUE(Database::open(options));
  EXPECT_EQ(readFile(data / "damaged" / "0001-primer.db"), bytes);
}

TEST_F(Damage, BeyondAllReadingIsSaidAndBeginsAnew) {
  const TestFolder folder;
  const auto data = folder / "data";
  fs::create_directories(data);
  writeFile(data / "primer.db", std::vector<char>(10'000, 'x'));
  OpenOptions options;
  options.folder = data;
  options.clock = &clock_;
  auto database = Database::open(options);
  ASSERT_TRUE(database) << database.error().message;
  ASSERT_FALSE((*database)->report().repaired.empty());
  EXPECT_EQ((*database)->report().repaired.front().key, "repair.nothing_readable");
  EXPECT_TRUE((*database)->report().repaired.front().loss);
  EXPECT_EQ(readFile(data / "damaged" / "0001-primer.db").size(), 10'000u);
}

// A repair that is cut off at any of its steps is finished or begun again.
TEST_F(Damage, ARepairThatIsCutOffIsFinished) {
  const TestFolder folder;
  const auto data = folder / "data";
  fs::copy(source_ / "cut", data, fs::copy_options::recursive);
  // Mended and named, but the old database and its log still lie there.
  fs::copy(source_ / "closed" / "primer.db", data / "primer.db.mended");
  OpenOptions options;
  options.folder = data;
  options.clock = &clock_;
  auto database = Database::open(options);
  ASSERT_TRUE(database) << database.error().message;
  EXPECT_EQ(*(*database)->countEvents(), kInAll);
  EXPECT_FALSE(fs::exists(data / "primer.db.mended"));
  const auto report = (*database)->check();
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->sound);
}

TEST_F(Damage, ABootNumberIsNeverUsedTwice) {
  const TestFolder folder;
  const auto data = folder / "data";
  fs::copy(source_ / "closed", data, fs::copy_options::recursive);
  writeFile(data / "primer.db", {});
  OpenOptions options;
  options.folder = data;
  options.clock = &clock_;
  auto database = Database::open(options);
  ASSERT_TRUE(database);
  EXPECT_GT((*database)->boot(), 1000);
}

}  // namespace
}  // namespace primer::storage
