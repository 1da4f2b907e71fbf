#include "primer/content/pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "content/example_lesson.h"
#include "primer/content/lesson_source.h"
#include "primer/content/random.h"
#include "test_folder.h"

namespace primer::content {
namespace {

using testing::HasSubstr;

Lesson example() { return parseLesson("doubles", kExampleSource).lesson; }

TEST(Pack, BringsBackTheLesson) {
  const auto pack = compilePack(example());
  ASSERT_TRUE(pack);
  const auto lesson = openPack(*pack);
  ASSERT_TRUE(lesson) << lesson.error().message;
  EXPECT_EQ(*lesson, example());
}

TEST(Pack, IsTheSameBytesEveryTime) { EXPECT_EQ(*compilePack(example()), *compilePack(example())); }

TEST(Pack, IsNotMadeOfAFaultyLesson) {
  auto lesson = example();
  lesson.skills[0].levels[0].answer = *NumberSet::parse("100");
  const auto pack = compilePack(lesson);
  ASSERT_FALSE(pack);
  EXPECT_THAT(pack.error().message, HasSubstr("contradict"));
}

TEST(Pack, CutAnywhereIsRefused) {
  const auto pack = *compilePack(example());
  for (std::size_t size = 0; size < pack.size(); ++size) {
    const auto lesson = openPack(std::span(pack).first(size));
    ASSERT_FALSE(lesson) << size;
    ASSERT_EQ(lesson.error().code, ErrorCode::kDamaged) << size;
  }
}

TEST(Pack, AnyAlteredByteIsRefusedOrHarmless) {
  const auto pack = *compilePack(example());
  int accepted = 0;
  for (std::size_t i = 0; i < pack.size(); ++i) {
    for (const auto flip : {std::byte{1}, std::byte{0x80}, std::byte{0xFF}}) {
      auto altered = pack;
      altered[i] ^= flip;
      const auto lesson = openPack(altered);
      if (!lesson) continue;
      ++accepted;  // padding outside of the lesson
      ASSERT_EQ(*lesson, example()) << i;
    }
  }
  EXPECT_LT(accepted, 60);
}

TEST(Pack, NoiseWithTheRightNameIsRefused) {
  Random random(1);
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::byte> noise(16 + random.below(500));
    for (auto& byte : noise) byte = static_cast<std::byte>(random.next());
    const char name[] = "PRLP";
    for (std::size_t i = 0; i < 4; ++i) noise[4 + i] = static_cast<std::byte>(name[i]);
    ASSERT_FALSE(openPack(noise));
  }
}

TEST(Pack, FilesOfAnotherKindAreNamed) {
  const test::TestFolder folder;
  std::ofstream(folder / "x.pack") << "this is certainly not a lesson pack at all";
  const auto lesson = openPack(folder / "x.pack", realFileSystem());
  ASSERT_FALSE(lesson);
  EXPECT_THAT(lesson.error().message, HasSubstr("x.pack: lesson pack: this is not a lesson pack"));
  EXPECT_EQ(lesson.error().key, "lesson.damaged");
  const auto missing = openPack(folder / "y.pack", realFileSystem());
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().key, "lesson.missing");
}

}  // namespace
}  // namespace primer::content
