// Recordings of a lesson: what an author may give, everything that can be wrong with it, and that a
// pack brings them back or is refused.

#include "primer/content/recording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstring>
#include <fstream>

#include "made_sound.h"
#include "primer/content/lesson_source.h"
#include "primer/content/pack.h"
#include "small_lesson.h"
#include "test_folder.h"

namespace primer::content {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int kOpus = SF_FORMAT_OGG | SF_FORMAT_OPUS;
constexpr int kWav = SF_FORMAT_WAV | SF_FORMAT_PCM_16;

const std::string kSource = std::string(kSayingHead) + R"([[skill.level]]
difficulty = 0.2
say = ["thin", "Three fish swim.", "thick", "thumb", "bath", "path"]
[[skill]]
id = "stories"
title = "Stories"
did = "read"
make = "story"
request = "Read it"
explain = "Read."
[[skill.level]]
difficulty = 0.2
[[skill.level.story]]
id = "one"
title = "One"
text = ["A long time ago there was a small grey house.", "It stood at the end of a road that nobody walked."]
)";
constexpr int kFirstLine = 34;  // of what is added

class Recordings : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(home() / "voices");
    ASSERT_TRUE(test::writeSound(home() / "voices/thin.ogg", test::tone(300, 0.5), kOpus));
    ASSERT_TRUE(test::writeSound(home() / "voices/fish.wav", test::tone(200, 0.1), kWav));
  }
  fs::path home() const { return folder_ / "words"; }

  LessonSource read(const std::string& more) const {
    std::ofstream(home() / "lesson.toml") << kSource << more;
    auto source = readLessonFolder(home(), realFileSystem());
    EXPECT_TRUE(source);
    return source.value_or(LessonSource());
  }
  static std::string recording(const std::string& text, const std::string& file) {
    return "[[recording]]\ntext = \"" + text + "\"\nfile = \"" + file + "\"\n";
  }
  std::vector<std::string> faults(const std::string& more) const {
    std::vector<std::string> told;
    for (const auto& fault : read(more).faults) told.push_back(fault.text("lesson.toml"));
    return told;
  }
  Lesson lesson() const {
    auto source = read(recording("thin", "voices/thin.ogg") +
                       recording("three fish swim", "voices/fish.wav"));
    EXPECT_THAT(source.faults, IsEmpty());
    return std::move(source.lesson);
  }

  test::TestFolder folder_;
};

TEST_F(Recordings, LieInALessonWithTheirTexts) {
  const auto found = lesson().recordings;
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].text, "thin");
  EXPECT_EQ(found[0].sound, test::bytesOf(home() / "voices/thin.ogg"));
  EXPECT_EQ(found[1].sound, test::bytesOf(home() / "voices/fish.wav"));
}

TEST_F(Recordings, AreOfWhatIsSaidOrReadAndOfItsWords) {
  for (const char* text :
       {"THIN!", "Three fish, swim", "fish", "grey", "road",
        "A long time ago there was a small grey house. It stood at the end of a road that nobody "
        "walked."}) {
    EXPECT_THAT(faults(recording(text, "voices/thin.ogg")), IsEmpty()) << text;
  }
  for (const char* text : {"fin", "three fish", "swims", "One", "Say it", "?!"}) {
    EXPECT_THAT(
        faults(recording(text, "voices/thin.ogg")),
        ElementsAre("lesson.toml:35: recording 1, text: nothing that is said or read in this "
                    "lesson is \"" +
                    std::string(text) + "\", nor is a word of it"));
  }
}

TEST_F(Recordings, EveryCodingIsTakenAndAllElseIsNamed) {
  const auto take = [this](int format, int rate = 16'000) {
    EXPECT_TRUE(test::writeSound(home() / "it", test::tone(300, 0.4, rate), format, rate));
    return faults(recording("thin", "it"));
  };
  EXPECT_THAT(take(kOpus, 48'000), IsEmpty());
  EXPECT_THAT(take(SF_FORMAT_OGG | SF_FORMAT_VORBIS, 44'100), IsEmpty());
  EXPECT_THAT(take(SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 22'050), IsEmpty());
  EXPECT_THAT(take(SF_FORMAT_WAV | SF_FORMAT_FLOAT), IsEmpty());
  EXPECT_THAT(take(SF_FORMAT_WAV | SF_FORMAT_ULAW), IsEmpty());
  EXPECT_THAT(take(SF_FORMAT_WAVEX | SF_FORMAT_PCM_24), IsEmpty());
  EXPECT_THAT(take(SF_FORMAT_WAV | SF_FORMAT_GSM610),
              ElementsAre(HasSubstr("file: is a WAV file of a coding that cannot be read")));
  EXPECT_THAT(take(SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2'000),
              ElementsAre(HasSubstr("has 2000 samples a second; 4000 to 384000 can be read")));
  EXPECT_THAT(take(SF_FORMAT_AIFF | SF_FORMAT_PCM_16),
              ElementsAre(HasSubstr("is no sound that can be read: WAV, FLAC and Ogg")));
}

TEST_F(Recordings, EveryFaultIsToldWithItsLine) {
  const auto told = [this](const std::string& file) { return faults(recording("thin", file)); };
  EXPECT_THAT(told("voices/fin.ogg"),
              ElementsAre("lesson.toml:36: recording 1, file: there is no \"voices/fin.ogg\" in "
                          "the lesson's folder"));
  EXPECT_THAT(told("lesson.toml"),
              ElementsAre("lesson.toml:36: recording 1, file: is no sound that can be read: WAV, "
                          "FLAC and Ogg (Opus or Vorbis) can"));
  EXPECT_THAT(told("voices"), ElementsAre(HasSubstr("is not a file")));
  EXPECT_THAT(told(""), ElementsAre(HasSubstr("recording 1, file: is missing or empty")));
  const auto outside = (folder_ / "outside.ogg").string();
  fs::copy(home() / "voices/thin.ogg", outside);
  for (const auto& path : {std::string("../outside.ogg"), outside, std::string("voices/"),
                           std::string("voices/../../outside.ogg"), std::string("./it.ogg")}) {
    EXPECT_THAT(told(path), ElementsAre("lesson.toml:36: recording 1, file: \"" + path +
                                        "\" must be a path inside of the lesson's folder"));
  }
  fs::create_symlink(outside, home() / "link.ogg");
  EXPECT_THAT(told("link.ogg"), ElementsAre(HasSubstr("it does not lie in the lesson's folder")));
  EXPECT_THAT(faults(recording("thin", "voices/thin.ogg") + recording("Thin.", "voices/fish.wav")),
              ElementsAre("lesson.toml:38: recording 2, text: \"Thin.\" is recorded twice"));
  EXPECT_THAT(faults("[[recording]]\ntext = \"thin\"\n"),
              ElementsAre("lesson.toml:34: recording 1, file: is missing"));
  EXPECT_THAT(faults("[[recording]]\nfile = \"voices/thin.ogg\"\n"),
              ElementsAre("lesson.toml:34: recording 1, text: is missing"));
  EXPECT_THAT(faults("[[recording]]\ntext = \"thin\"\nfiel = \"voices/thin.ogg\"\n"),
              Contains(HasSubstr("fiel: is not known here; known are: text, file")));
}

TEST_F(Recordings, AreBoundedInLengthAndNumber) {
  ASSERT_TRUE(test::writeSound(home() / "long.flac", test::tone(300, 301, 8'000),
                               SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 8'000));
  EXPECT_THAT(faults(recording("thin", "long.flac")),
              ElementsAre(HasSubstr("file: is 301 seconds long; at most 300 can be played")));
  ASSERT_TRUE(test::writeSound(home() / "none.wav", {}, kWav));
  EXPECT_THAT(faults(recording("thin", "none.wav")), ElementsAre(HasSubstr("holds no sound")));
  ASSERT_TRUE(test::writeSound(home() / "large.wav", test::tone(300, 99), kWav));
  EXPECT_THAT(faults(recording("thin", "voices/thin.ogg") + recording("thick", "large.wav")),
              ElementsAre("lesson.toml:39: recording 2, file: with \"large.wav\" the recordings "
                          "hold more than 3 MiB; Ogg Opus makes them small"));
  auto many = lesson();
  many.recordings.resize(kMostRecordings + 1, many.recordings[0]);
  const auto told = checkLesson(many);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].field + ": " + told[0].what, "recording: more than 400 recordings");
}

TEST_F(Recordings, ALessonWithoutItsFolderHasNone) {
  const auto source = parseLesson("words", kSource + recording("thin", "voices/thin.ogg"));
  ASSERT_EQ(source.faults.size(), 1u);
  EXPECT_EQ(source.faults[0].line, kFirstLine + 2);
}

TEST_F(Recordings, ASoundThatIsCutAnywhereIsToldOrShorter) {
  const auto make = [this](const fs::path& file) {
    Lesson with = lesson();
    with.recordings.resize(1);
    with.recordings[0].sound = test::bytesOf(file);
    return with;
  };
  ASSERT_TRUE(test::writeSound(home() / "it.flac", test::tone(300, 0.05),
                               SF_FORMAT_FLAC | SF_FORMAT_PCM_16));
  ASSERT_TRUE(
      test::writeSound(home() / "it.ogg", test::tone(300, 0.05), SF_FORMAT_OGG | SF_FORMAT_VORBIS));
  for (const auto& [name, least] : {std::pair("voices/thin.ogg", 80), std::pair("it.ogg", 80),
                                    std::pair("voices/fish.wav", 44), std::pair("it.flac", 42)}) {
    auto whole = make(home() / name);
    ASSERT_THAT(checkLesson(whole), IsEmpty()) << name;
    auto& sound = whole.recordings[0].sound;
    int refused = 0;
    while (!sound.empty()) {
      sound.pop_back();
      const auto told = checkLesson(whole);
      ASSERT_LE(told.size(), 1u);
      refused += told.empty() ? 0 : 1;
      if (static_cast<int>(sound.size()) < least) {
        ASSERT_EQ(told.size(), 1u) << name << " " << sound.size();
      }
    }
    EXPECT_GE(refused, least) << name;
  }
}

TEST_F(Recordings, APackBringsThemBack) {
  const auto with = lesson();
  const auto pack = compilePack(with);
  ASSERT_TRUE(pack) << pack.error().message;
  EXPECT_EQ(*openPack(*pack), with);
  EXPECT_EQ(*pack, *compilePack(with)) << "the same bytes every time";
  auto without = with;
  without.recordings.clear();
  EXPECT_LT(compilePack(without)->size() + 4'000, pack->size());
  EXPECT_EQ(*openPack(*compilePack(without)), without);
}

TEST_F(Recordings, APackThatIsCutOrAlteredIsRefused) {
  auto with = lesson();
  with.recordings.resize(1);
  const auto pack = *compilePack(with);
  for (std::size_t size = 0; size < pack.size(); ++size) {
    ASSERT_FALSE(openPack(std::span(pack).first(size))) << size;
  }
  for (std::size_t i = 0; i < pack.size(); ++i) {
    auto altered = pack;
    altered[i] ^= std::byte{0x41};
    const auto opened = openPack(altered);
    if (!opened) continue;
    ASSERT_EQ(*opened, with) << i;  // padding outside of the lesson
  }
}

// A pack that can be altered and sealed again.
class Sealed {
 public:
  explicit Sealed(std::vector<std::byte> pack) : bytes(std::move(pack)) {
    for (std::size_t at = 8; at < 100 && seal_ == 0; at += 4) {
      if (number(at) > bytes.size() - at - 4) continue;
      from = at + 4;
      size = number(at);
      for (std::size_t k = 8; k < at; k += 4) seal_ = number(k) == sum() ? k : seal_;
    }
    EXPECT_GT(seal_, 0u) << "no checksum was found";
  }

  std::uint32_t number(std::size_t at) const {
    std::uint32_t value = 0;
    std::memcpy(&value, &bytes.at(at), sizeof(value));
    return value;
  }
  void put(std::size_t at, std::uint32_t value) {
    std::memcpy(&bytes.at(at), &value, sizeof(value));
  }
  Result<Lesson> open() {
    put(seal_, sum());
    return openPack(bytes);
  }

  std::vector<std::byte> bytes;
  std::size_t from = 0, size = 0;  // of the lesson inside

 private:
  std::uint32_t sum() const {
    return static_cast<std::uint32_t>(
        ::crc32(0, reinterpret_cast<const Bytef*>(&bytes.at(from)), static_cast<uInt>(size)));
  }
  std::size_t seal_ = 0;
};

// Whoever makes a pack to do harm seals it as well: the checksum fits, and all else must hold.
TEST_F(Recordings, AnAlteredPackThatIsSealedAgainIsRefusedOrALessonWithoutFault) {
  auto with = lesson();
  with.recordings.resize(1);
  ASSERT_TRUE(test::writeSound(home() / "short.wav", test::tone(300, 0.02), kWav));
  with.recordings[0].sound = test::bytesOf(home() / "short.wav");
  const Sealed pack(*compilePack(with));
  int opened = 0;
  for (std::size_t i = pack.from; i < pack.from + pack.size; ++i) {
    for (const auto flip : {std::byte{1}, std::byte{0x20}, std::byte{0xFF}}) {
      auto altered = pack;
      altered.bytes[i] ^= flip;
      const auto found = altered.open();
      if (!found) continue;
      ++opened;
      ASSERT_THAT(checkLesson(*found), IsEmpty()) << i;
    }
  }
  EXPECT_GT(opened, 100) << "another sample is another sound";
}

// A small pack must not become a large lesson.
TEST_F(Recordings, ManyThatShareTheSameBytesAreRefused) {
  auto with = lesson();
  with.recordings.clear();
  ASSERT_TRUE(test::writeSound(home() / "large.wav", test::tone(300, 40), kWav));
  for (const char* text : {"thin", "thick", "thumb", "bath", "path"}) {
    with.recordings.push_back({text, test::bytesOf(home() / "voices/fish.wav")});
  }
  with.recordings.back().sound = test::bytesOf(home() / "large.wav");
  Sealed pack(*compilePack(with));
  ASSERT_TRUE(pack.open());
  // Wherever five of something are listed: all of them the last.
  bool refused = false;
  for (auto at = pack.from; at + 24 < pack.from + pack.size && !refused; at += 4) {
    if (pack.number(at) != 5) continue;
    auto shared = pack;
    const auto last = static_cast<std::uint32_t>(at + 20 + pack.number(at + 20));
    for (std::size_t i = 1; i < 5; ++i) {
      shared.put(at + 4 * i, last - static_cast<std::uint32_t>(at + 4 * i));
    }
    const auto opened = shared.open();
    refused = !opened && opened.error().message.find("lie over each other") != std::string::npos;
  }
  EXPECT_TRUE(refused) << "five times 1.2 MiB were taken";
}

TEST(SpokenKey, LeavesCaseAndPunctuationAsideAndNothingElse) {
  EXPECT_EQ(spokenKey("Three thin  fish!"), "three thin fish");
  EXPECT_EQ(spokenKey("“Stop,” said Sam…"), "stop said sam");
  EXPECT_EQ(spokenKey("My father’s -- hat"), spokenKey("my father's -- hat"));
  EXPECT_EQ(spokenKey("**thin**"), "thin");
  EXPECT_EQ(spokenKey("Wait – what?"), "wait what");
  for (const char* empty : {"", " ", "?!", " … \n"}) EXPECT_EQ(spokenKey(empty), "") << empty;
  EXPECT_NE(spokenKey("3 + 4"), spokenKey("3 − 4"));
  EXPECT_NE(spokenKey("1.5"), spokenKey("15"));
  EXPECT_NE(spokenKey("well"), spokenKey("we'll"));
}

}  // namespace
}  // namespace primer::content
