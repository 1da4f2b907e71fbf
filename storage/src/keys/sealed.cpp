#include "src/keys/sealed.h"

#include <sodium.h>

#include <algorithm>

namespace primer::storage {

namespace {
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kPadTo = 32;
constexpr std::size_t kHeader = 1 + sizeof(KeyId);
constexpr std::size_t kInnerHeader = 1 + sizeof(RowId);
static_assert(sizeof(PublicKey) == crypto_box_PUBLICKEYBYTES);
}  // namespace

KeyId keyIdOf(const PublicKey& key) {
  std::array<std::uint8_t, crypto_generichash_BYTES_MIN> hash{};
  crypto_generichash(hash.data(), hash.size(), key.data(), key.size(), nullptr, 0);
  KeyId id{};
  std::copy_n(hash.begin(), id.size(), id.begin());
  return id;
}

Bytes padded(std::span<const std::uint8_t> content) {
  Bytes bytes(content.begin(), content.end());
  bytes.push_back(0x80);
  bytes.resize((bytes.size() + kPadTo - 1) / kPadTo * kPadTo, 0);
  return bytes;
}

Result<Bytes> unpadded(std::span<const std::uint8_t> content) {
  std::size_t size = 0;
  if (content.empty() || content.size() % kPadTo != 0 ||
      sodium_unpad(&size, content.data(), content.size(), kPadTo) != 0) {
    return fail(ErrorCode::kDamaged, "a sealed text has a wrong padding");
  }
  return Bytes(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(size));
}

Result<Bytes> sealToClass(const PublicKey& key, SealedKind kind, const RowId& belongs_to,
                          std::span<const std::uint8_t> content) {
  Bytes inner;
  inner.push_back(static_cast<std::uint8_t>(kind));
  inner.insert(inner.end(), belongs_to.begin(), belongs_to.end());
  Bytes body = padded(content);
  inner.insert(inner.end(), body.begin(), body.end());

  const KeyId id = keyIdOf(key);
  Bytes sealed(kHeader + crypto_box_SEALBYTES + inner.size());
  sealed[0] = kVersion;
  std::copy(id.begin(), id.end(), sealed.begin() + 1);
  const int failed =
      crypto_box_seal(sealed.data() + kHeader, inner.data(), inner.size(), key.data());
  sodium_memzero(inner.data(), inner.size());
  sodium_memzero(body.data(), body.size());
  if (failed != 0) return fail(ErrorCode::kDamaged, "the class's public key is not a key");
  return sealed;
}

Result<Bytes> openSealed(const PublicKey& key, const SecretBytes& private_key, SealedKind kind,
                         const RowId& belongs_to, std::span<const std::uint8_t> sealed) {
  if (sealed.size() < kHeader + crypto_box_SEALBYTES + kInnerHeader) {
    return fail(ErrorCode::kDamaged, "a sealed text is cut short");
  }
  if (sealed[0] != kVersion) {
    return fail(ErrorCode::kNewerVersion, "a sealed text is of a later version");
  }
  const KeyId id = keyIdOf(key);
  if (!std::equal(id.begin(), id.end(), sealed.begin() + 1)) {
    return fail(ErrorCode::kDenied, "a sealed text belongs to another class's key");
  }
  Bytes inner(sealed.size() - kHeader - crypto_box_SEALBYTES);
  if (crypto_box_seal_open(inner.data(), sealed.data() + kHeader, sealed.size() - kHeader,
                           key.data(), private_key.data()) != 0) {
    return fail(ErrorCode::kDamaged, "a sealed text was altered");
  }
  if (inner[0] != static_cast<std::uint8_t>(kind) ||
      !std::equal(belongs_to.begin(), belongs_to.end(), inner.begin() + 1)) {
    return fail(ErrorCode::kDamaged, "a sealed text belongs to another row");
  }
  return unpadded(std::span(inner).subspan(kInnerHeader));
}

}  // namespace primer::storage
