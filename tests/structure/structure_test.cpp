// Holds the house's arrows: a room's sources may include only its own headers, the public headers
// of the rooms below it, and the libraries that its kind of work allows.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path kSource = PRIMER_SOURCE_DIR;

// Where each room stands. The longest matching folder owns a file.
const std::map<std::string, std::string> kRoomOfFolder = {
    {"base", "base"},
    {"inference", "inference"},
    {"models/toolkit", "toolkit"},
    {"models/handwriting", "handwriting"},
    {"models/handwriting/workshop", "handwriting-workshop"},
    {"models/gesture", "gesture"},
    {"models/gesture/workshop", "gesture-workshop"},
    {"models/knowledge", "knowledge"},
    {"models/knowledge/workshop", "knowledge-workshop"},
    {"models/speech", "speech"},
    {"models/speech/workshop", "speech-workshop"},
    {"models/pronunciation", "pronunciation"},
    {"models/pronunciation/workshop", "pronunciation-workshop"},
    {"models/writing", "writing"},
    {"models/writing/workshop", "writing-workshop"},
    {"models/program", "program"},
    {"content", "content"},
    {"content/maths", "maths"},
    {"storage", "storage"},
    {"app", "app"},
    {"ui", "ui"},
};

std::map<std::string, std::set<std::string>> readArrows() {
  std::map<std::string, std::set<std::string>> arrows;
  std::ifstream file(PRIMER_ARROWS);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string room;
    words >> room;
    room.pop_back();  // the colon
    auto& used = arrows[room];
    for (std::string word; words >> word;) used.insert(word);
  }
  return arrows;
}

struct Include {
  fs::path file;  // relative to the source folder
  std::string room;
  std::string header;
  bool angled;
};

std::string roomOf(const fs::path& relative) {
  std::string best_folder;
  std::string best_room;
  for (const auto& [folder, room] : kRoomOfFolder) {
    if (relative.generic_string().rfind(folder + "/", 0) == 0 &&
        folder.size() >= best_folder.size()) {
      best_folder = folder;
      best_room = room;
    }
  }
  return best_room;
}

const std::vector<Include>& allIncludes() {
  static const std::vector<Include> includes = [] {
    std::vector<Include> found;
    const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    for (const auto* folder : {"base", "inference", "models", "content", "storage", "app", "ui"}) {
      for (const auto& entry : fs::recursive_directory_iterator(kSource / folder)) {
        const auto extension = entry.path().extension();
        if (extension != ".h" && extension != ".cpp") continue;
        const auto relative = entry.path().lexically_relative(kSource);
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);) {
          std::smatch match;
          if (std::regex_search(line, match, pattern)) {
            found.push_back({relative, roomOf(relative), match[2], match[1] == "<"});
          }
        }
      }
    }
    return found;
  }();
  return includes;
}

bool startsWith(const std::string& text, const std::string& prefix) {
  return text.rfind(prefix, 0) == 0;
}

// Every include of a header that `matches` must stand in one of `rooms`.
template <typename Predicate>
void expectOnlyIn(const std::set<std::string>& rooms, Predicate matches) {
  for (const auto& include : allIncludes()) {
    if (matches(include.header) && rooms.count(include.room) == 0) {
      ADD_FAILURE() << include.file << " (room " << include.room << ") includes " << include.header;
    }
  }
}

TEST(Structure, FindsTheSources) { EXPECT_GT(allIncludes().size(), 30u); }

TEST(Structure, RoomsIncludeOnlyRoomsBelow) {
  const auto arrows = readArrows();
  ASSERT_TRUE(arrows.count("ui"));
  for (const auto& include : allIncludes()) {
    if (!startsWith(include.header, "primer/")) continue;
    const auto used = include.header.substr(7, include.header.find('/', 7) - 7);
    if (used == include.room || startsWith(include.room, used + "-")) continue;
    ASSERT_TRUE(arrows.count(include.room)) << include.file << " belongs to no room";
    EXPECT_TRUE(arrows.at(include.room).count(used))
        << include.file << " (room " << include.room << ") includes " << include.header;
  }
}

TEST(Structure, PrivateHeadersStayInTheirRoom) {
  for (const auto& include : allIncludes()) {
    if (include.angled || startsWith(include.header, "primer/")) continue;
    const auto folder = include.file.parent_path();
    bool inside = fs::exists(kSource / folder / include.header);
    for (const auto& [room_folder, room] : kRoomOfFolder) {
      inside =
          inside || (room == include.room && fs::exists(kSource / room_folder / include.header));
    }
    EXPECT_TRUE(inside) << include.file << " includes \"" << include.header
                        << "\", which is not a file of its room";
  }
}

TEST(Structure, LibrariesStayWhereTheyBelong) {
  const std::regex qt(R"(^(Qt[A-Z].*|Q[A-Z]\w+|qt.*\.h|q[a-z]+\.h)$)");
  expectOnlyIn({"app", "ui"}, [&](const std::string& h) { return std::regex_match(h, qt); });
  expectOnlyIn({"storage"}, [](const std::string& h) {
    return startsWith(h, "SQLiteCpp/") || h == "sqlite3.h";
  });
  expectOnlyIn({"storage", "base"}, [](const std::string& h) { return startsWith(h, "sodium"); });
  expectOnlyIn({"app"}, [](const std::string& h) { return h == "portaudio.h"; });
  expectOnlyIn({"speech", "speech-workshop"},
               [](const std::string& h) { return h == "sndfile.h" || h == "samplerate.h"; });
  expectOnlyIn({"toolkit", "handwriting-workshop"}, [](const std::string& h) {
    return startsWith(h, "torch/") || startsWith(h, "ATen/") || startsWith(h, "c10/");
  });
  expectOnlyIn(
      {}, [](const std::string& h) { return startsWith(h, "QtNetwork") || h == "sys/socket.h"; });
}

TEST(Structure, WidgetsAreOnlyInTheUserInterface) {
  for (const auto* forbidden : {"QWidget", "QApplication", "QPushButton", "QLabel", "QLayout"}) {
    expectOnlyIn(
        {"ui"}, [&](const std::string& h) { return h == forbidden || startsWith(h, "QtWidgets"); });
  }
}

TEST(Structure, EngineHeadersHideTheirLibraries) {
  for (const auto& include : allIncludes()) {
    if (startsWith(include.file.generic_string(), "inference/include/")) {
      EXPECT_FALSE(startsWith(include.header, "Eigen/") ||
                   startsWith(include.header, "flatbuffers/"))
          << include.file << " shows " << include.header;
    }
  }
}

}  // namespace
