#include "src/keys/sealed.h"

#include <gtest/gtest.h>

#include "primer/base/id.h"
#include "src/keys/class_keys.h"

namespace primer::storage {
namespace {

const Bytes kText = {'z', 'w', 'i', 'e', 'b', 'e', 'l'};

class Sealed : public testing::Test {
 protected:
  ClassKeyPair keys_ = ClassKeyPair::make();
  RowId row_ = LearnerId::random().bytes();
  Bytes sealed_ = *sealToClass(keys_.public_key, SealedKind::kName, row_, kText);

  Result<Bytes> open(const Bytes& sealed) {
    return openSealed(keys_.public_key, keys_.private_key, SealedKind::kName, row_, sealed);
  }
};

TEST_F(Sealed, OpensWithTheKeyOnly) {
  EXPECT_EQ(*open(sealed_), kText);
  const auto other = ClassKeyPair::make();
  const auto refused =
      openSealed(other.public_key, other.private_key, SealedKind::kName, row_, sealed_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kDenied);
}

TEST_F(Sealed, IsBoundToItsRowAndKind) {
  const auto moved = openSealed(keys_.public_key, keys_.private_key, SealedKind::kName,
                                LearnerId::random().bytes(), sealed_);
  EXPECT_EQ(moved.error().code, ErrorCode::kDamaged);
  const auto renamed =
      openSealed(keys_.public_key, keys_.private_key, SealedKind::kInk, row_, sealed_);
  EXPECT_EQ(renamed.error().code, ErrorCode::kDamaged);
}

TEST_F(Sealed, AnyChangedOrMissingByteIsNoticed) {
  for (std::size_t i = 0; i < sealed_.size(); ++i) {
    Bytes altered = sealed_;
    altered[i] ^= 1;
    EXPECT_FALSE(open(altered)) << "byte " << i;
    EXPECT_FALSE(open(Bytes(sealed_.begin(), sealed_.begin() + static_cast<std::ptrdiff_t>(i))))
        << "cut at " << i;
  }
}

TEST_F(Sealed, HidesTheLengthOfShortTexts) {
  for (std::size_t size = 0; size < 31; ++size) {
    EXPECT_EQ(sealToClass(keys_.public_key, SealedKind::kName, row_, Bytes(size, 'x'))->size(),
              sealed_.size());
  }
}

TEST_F(Sealed, ALaterVersionIsNamed) {
  sealed_[0] = 2;
  EXPECT_EQ(open(sealed_).error().code, ErrorCode::kNewerVersion);
}

TEST(Padding, ComesOffAgain) {
  for (const std::size_t size : {0u, 1u, 31u, 32u, 33u, 1000u}) {
    const Bytes content(size, 0x80);  // looks like padding itself
    EXPECT_EQ(*unpadded(padded(content)), content);
    EXPECT_EQ(padded(content).size() % 32, 0u);
  }
  EXPECT_FALSE(unpadded(Bytes(32, 0)));
  EXPECT_FALSE(unpadded(Bytes(31, 0x80)));
  EXPECT_FALSE(unpadded({}));
}

}  // namespace
}  // namespace primer::storage
