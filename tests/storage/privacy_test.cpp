// What lies in the data folder must not show a child's name, words or ink.

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "storage/trial.h"

namespace primer::storage {
namespace {

namespace fs = std::filesystem;
using test::answerOf;
using test::Records;

std::vector<fs::path> filesWith(const fs::path& folder, const std::string& text) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.find(text) != std::string::npos) found.push_back(entry.path());
  }
  return found;
}

TEST(Privacy, NothingSealedLiesInTheFolderInPlain) {
  Records records;
  auto& database = records.open();
  const auto id = records.makeClass(3);
  const auto learner = database.pupils(id)->front().id;
  Answer answer = answerOf(learner);
  answer.sound = std::vector<std::byte>(9000, std::byte{'q'});
  answer.evidence = std::vector<std::byte>(900, std::byte{'w'});
  {
    auto recorder = Recorder::start(database);
    ASSERT_TRUE(recorder);
    ASSERT_TRUE((*recorder)->submit(PupilChange{learner, "Kunigunde Regenpfeifer"}, {}));
    ASSERT_TRUE((*recorder)->submit(answer, {}));
    ASSERT_TRUE((*recorder)->waitUntilSaved(test::kLongEnough));
  }
  const auto scan = [&] {
    for (const auto* secret : {"Ottokar", "Zwiebelfisch", "kite1", "Kunigunde", "Regenpfeifer",
                               "tintenfisch", "drei-striche", "qqqqqqqq", "wwwwwwww", "2468"}) {
      EXPECT_TRUE(filesWith(records.options.folder, secret).empty())
          << secret << " in " << filesWith(records.options.folder, secret).front();
    }
  };
  scan();  // in the database and its log
  records.close();
  scan();  // in the database and its backup
  // The scan can find what is there.
  EXPECT_FALSE(filesWith(records.options.folder, "add-within-20").empty());
  EXPECT_GE(filesWith(records.options.folder, "SQLite format 3").size(), 2u) << "and the backup";
}

}  // namespace
}  // namespace primer::storage
