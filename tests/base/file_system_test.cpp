#include "primer/base/file_system.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test_folder.h"

namespace primer {
namespace {

std::string textOf(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(FileSystem, WritesAndReadsBack) {
  const test::TestFolder folder;
  auto& files = realFileSystem();
  ASSERT_TRUE(files.writeAtomically(folder / "a", asBytes("one")));
  ASSERT_TRUE(files.writeAtomically(folder / "a", asBytes("two and more")));
  const auto read = files.read(folder / "a", 100);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(textOf(*read), "two and more");
  EXPECT_EQ(*files.list(folder.path()), std::vector<std::string>{"a"})
      << "a temporary file was left";
}

TEST(FileSystem, KeepsWhatIsWrittenToItsOwnerUnlessToldOtherwise) {
  const test::TestFolder folder;
  const mode_t before = ::umask(022);
  struct stat info {};
  ASSERT_TRUE(realFileSystem().writeAtomically(folder / "kept", asBytes("x")));
  ASSERT_EQ(::stat((folder / "kept").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  ASSERT_TRUE(
      realFileSystem().writeAtomically(folder / "given", asBytes("x"), FileAccess::kAsUsual));
  ASSERT_EQ(::stat((folder / "given").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0644u);
  ::umask(before);
}

TEST(FileSystem, RefusesToReadMoreThanAllowed) {
  const test::TestFolder folder;
  ASSERT_TRUE(realFileSystem().writeAtomically(folder / "a", asBytes("12345")));
  const auto read = realFileSystem().read(folder / "a", 4);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kLimitExceeded);
}

TEST(FileSystem, NamesWhatIsMissing) {
  const test::TestFolder folder;
  const auto read = realFileSystem().read(folder / "none", 4);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kNotFound);
  EXPECT_NE(read.error().message.find("none"), std::string::npos);
}

TEST(FileSystem, AFailedWriteSaysWhere) {
  const test::TestFolder folder;
  const auto written = realFileSystem().writeAtomically(folder.path() / "no" / "a", asBytes("x"));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::kNotFound);
  EXPECT_NE(written.error().message.find("no/a"), std::string::npos);
}

TEST(FileSystem, TellsErrnoApart) {
  EXPECT_EQ(errorFromErrno(ENOSPC, "writing", "/x").code, ErrorCode::kNoSpace);
  EXPECT_EQ(errorFromErrno(EROFS, "writing", "/x").code, ErrorCode::kReadOnly);
  EXPECT_EQ(errorFromErrno(EACCES, "writing", "/x").code, ErrorCode::kDenied);
  EXPECT_EQ(errorFromErrno(EIO, "writing", "/x").code, ErrorCode::kIo);
}

TEST(FileSystem, AFolderIsNotAFile) {
  const test::TestFolder folder;
  const auto read = realFileSystem().read(folder.path(), 4);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace primer
