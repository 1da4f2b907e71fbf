#include "src/repair/salvage.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <set>

#include "src/repair/database_file.h"
#include "src/tables/event_store.h"
#include "src/tables/payloads.h"
#include "storage/trial.h"

namespace primer::storage {
namespace {

using test::answerOf;
using test::Records;

struct Found {
  std::set<Value> events;
  std::map<Value, std::size_t> ink_sizes;  // by event: a row may be found more than once
  std::size_t longestInk() const {
    std::size_t longest = 0;
    for (const auto& [event, size] : ink_sizes) longest = std::max(longest, size);
    return longest;
  }
};

Found salvage(std::span<const std::byte> database, std::span<const std::byte> wal) {
  Found found;
  salvageRows(database, wal, recordTables(), [&](const TableShape& shape, std::int64_t, Row row) {
    ASSERT_EQ(row.size(), shape.columns.size());
    if (&shape == &EventStore::shape()) found.events.insert(row[shape.indexOf("event_id")]);
    if (&shape == &Payloads::shape()) {
      found.ink_sizes[row[shape.indexOf("event_id")]] =
          std::get<Bytes>(row[shape.indexOf("sealed")]).size();
    }
  });
  return found;
}

class Salvage : public testing::Test {
 protected:
  void SetUp() override {
    records_.open();
    const auto learner = records_.database->pupils(records_.makeClass(1))->front().id;
    auto recorder = Recorder::start(*records_.database, {.back_up_when_idle = false});
    ASSERT_TRUE(recorder);
    for (int i = 1; i <= 30; ++i) {
      auto answer = answerOf(learner, i);
      answer.ink = test::inkBytes(i == 7 ? 5000 : 20);  // 65 kB run over many pages
      ASSERT_TRUE((*recorder)->submit(answer, {}));
    }
    ASSERT_TRUE((*recorder)->waitUntilSaved(test::kLongEnough));
  }
  FileBytes read(const char* name) {
    auto bytes = realFileSystem().read(records_.options.folder / name, kLargestDatabase);
    return bytes ? *bytes : FileBytes();
  }
  Records records_;
};

TEST_F(Salvage, FindsAllRowsOfAFile) {
  records_.close();
  const auto found = salvage(read("primer.db"), {});
  EXPECT_EQ(found.events.size(), 30u);
  EXPECT_EQ(found.ink_sizes.size(), 30u);
  EXPECT_GT(found.longestInk(), 65'000u) << "a long row is followed through its pages";
}

TEST_F(Salvage, FindsRowsThatAreOnlyInTheLog) {
  const auto found = salvage({}, read("primer.db-wal"));
  EXPECT_EQ(found.events.size(), 30u);
  EXPECT_GT(found.longestInk(), 65'000u);
}

TEST_F(Salvage, NeedsNeitherHeadersNorAlignment) {
  records_.close();
  auto bytes = read("primer.db");
  for (std::size_t page = 0; page < bytes.size(); page += 4096) {
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(page), 8, std::byte{0xff});
  }
  EXPECT_EQ(salvage(bytes, {}).events.size(), 30u);
  bytes.insert(bytes.begin(), 1234, std::byte{0});
  EXPECT_EQ(salvage(bytes, {}).events.size(), 30u);
}

TEST_F(Salvage, DoesNotBelieveAnAlteredRow) {
  records_.close();
  auto bytes = read("primer.db");
  const std::string skill = "add-within-20";
  std::size_t altered = 0;
  for (std::size_t i = 0; i + skill.size() < bytes.size(); ++i) {
    if (std::memcmp(bytes.data() + i, skill.data(), skill.size()) == 0) {
      bytes[i] = std::byte{'b'};
      ++altered;
    }
  }
  ASSERT_GE(altered, 30u);
  EXPECT_TRUE(salvage(bytes, {}).events.empty());
}

TEST_F(Salvage, SurvivesNonsense) {
  std::vector<std::byte> bytes(200'000);
  std::uint64_t state = 1;
  for (auto& byte : bytes) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    byte = static_cast<std::byte>(state >> 56);
  }
  EXPECT_TRUE(salvage(bytes, bytes).events.empty());
  std::fill(bytes.begin(), bytes.end(), std::byte{0xff});
  EXPECT_TRUE(salvage(bytes, bytes).events.empty());
}

TEST_F(Salvage, SeesWhereALogWouldBeForgotten) {
  const auto log = read("primer.db-wal");
  const auto sound = inspectWal(log);
  EXPECT_FALSE(sound.forgets);
  EXPECT_GT(sound.replayed, 30u);
  auto damaged = log;
  damaged[log.size() / 2] ^= std::byte{1};
  EXPECT_TRUE(inspectWal(damaged).forgets);
  EXPECT_LT(inspectWal(damaged).replayed, sound.replayed);
  auto headless = log;
  headless[5] ^= std::byte{1};
  EXPECT_TRUE(inspectWal(headless).forgets);
  // A transaction that was cut off is no damage.
  EXPECT_FALSE(inspectWal(std::span(log).subspan(0, log.size() - 100)).forgets);
  EXPECT_FALSE(inspectWal({}).forgets);
}

}  // namespace
}  // namespace primer::storage
