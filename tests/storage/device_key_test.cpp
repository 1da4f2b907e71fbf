#include "src/keys/device_key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "primer/base/id.h"
#include "test_folder.h"

namespace primer::storage {
namespace {

namespace fs = std::filesystem;

const Bytes kText = {'4', 'A'};

class Key : public testing::Test {
 protected:
  Result<DeviceKey::Loaded> load() { return DeviceKey::load(folder_.path(), files_, true); }
  void spoil(const fs::path& file) { std::ofstream(file, std::ios::trunc) << "spoilt"; }

  primer::test::TestFolder folder_;
  FileSystem& files_ = realFileSystem();
  RowId row_ = ClassId::random().bytes();
};

TEST_F(Key, OnlyTheOwnerMayReadTheFile) {
  ASSERT_TRUE(DeviceKey::make(folder_.path(), files_));
  for (const auto& file : {folder_ / "device.key", folder_.path() / "backups" / "device.key"}) {
    struct stat info {};
    ASSERT_EQ(::stat(file.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u) << file;
  }
}

TEST_F(Key, SealsAndOpens) {
  const auto made = DeviceKey::make(folder_.path(), files_);
  ASSERT_TRUE(made);
  const Bytes sealed = made->seal(row_, kText);
  const auto loaded = load();
  ASSERT_TRUE(loaded);
  EXPECT_FALSE(loaded->mended);
  EXPECT_EQ(*loaded->key.open(row_, sealed), kText);
  EXPECT_FALSE(loaded->key.open(ClassId::random().bytes(), sealed)) << "bound to its row";
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes altered = sealed;
    altered[i] ^= 0x10;
    EXPECT_FALSE(loaded->key.open(row_, altered)) << "byte " << i;
  }
}

TEST_F(Key, EitherFileIsEnough) {
  const auto made = DeviceKey::make(folder_.path(), files_);
  ASSERT_TRUE(made);
  const Bytes sealed = made->seal(row_, kText);
  for (const auto& file : {folder_ / "device.key", folder_.path() / "backups" / "device.key"}) {
    spoil(file);
    auto mended = load();
    ASSERT_TRUE(mended) << file;
    EXPECT_TRUE(mended->mended);
    EXPECT_EQ(*mended->key.open(row_, sealed), kText);
    EXPECT_FALSE(load()->mended) << "mended once, it is sound";
    fs::remove(file);
    EXPECT_TRUE(load()->mended);
  }
}

TEST_F(Key, WithoutBothThereIsNone) {
  EXPECT_EQ(load().error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(DeviceKey::make(folder_.path(), files_));
  spoil(folder_ / "device.key");
  spoil(folder_.path() / "backups" / "device.key");
  EXPECT_EQ(load().error().code, ErrorCode::kDamaged);
}

}  // namespace
}  // namespace primer::storage
