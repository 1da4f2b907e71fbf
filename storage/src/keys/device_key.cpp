#include "src/keys/device_key.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace primer::storage {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "PRIMDEV1";
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kHashBytes = 16;
constexpr std::size_t kBody = 8 + 2 * kKeyBytes;
constexpr std::size_t kFile = kBody + kHashBytes;
constexpr std::uint8_t kAeadVersion = 1;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

fs::path mainFile(const fs::path& folder) { return folder / "device.key"; }
fs::path copyFile(const fs::path& folder) { return folder / "backups" / "device.key"; }

Result<SecretBytes> readKeyFile(const fs::path& path, FileSystem& files) {
  PRIMER_ASSIGN(auto bytes, files.read(path, 4096));
  SecretBytes secret(kFile);
  const bool fits = bytes.size() == kFile && std::memcmp(bytes.data(), kMagic.data(), 8) == 0;
  if (fits) std::memcpy(secret.data(), bytes.data(), kFile);
  sodium_memzero(bytes.data(), bytes.size());
  std::array<std::uint8_t, kHashBytes> hash{};
  crypto_generichash(hash.data(), hash.size(), secret.data(), kBody, nullptr, 0);
  if (!fits || sodium_memcmp(hash.data(), secret.data() + kBody, kHashBytes) != 0) {
    return fail(ErrorCode::kDamaged, path.string() + " is damaged", "device.key_lost");
  }
  return secret;
}

Status writeKeyFile(const fs::path& path, FileSystem& files, const SecretBytes& secret) {
  PRIMER_TRY(files.createDirectories(path.parent_path()));
  return files.writeAtomically(path, std::as_bytes(std::span(secret.data(), secret.size())));
}

}  // namespace

Result<DeviceKey::Loaded> DeviceKey::load(const fs::path& folder, FileSystem& files,
                                          bool may_write) {
  auto main = readKeyFile(mainFile(folder), files);
  auto copy = readKeyFile(copyFile(folder), files);
  if (!main && !copy) {
    if (main.error().code == ErrorCode::kNotFound) return fail(copy.error());
    return fail(main.error());
  }
  SecretBytes& secret = main ? *main : *copy;
  Loaded loaded{DeviceKey(), false};
  std::memcpy(loaded.key.seal_key_.data(), secret.data() + 8, kKeyBytes);
  std::memcpy(loaded.key.pin_secret_.data(), secret.data() + 8 + kKeyBytes, kKeyBytes);
  if (may_write && (!main || !copy)) {
    // Not being able to mend the second copy is no reason to refuse the first.
    loaded.mended =
        writeKeyFile(main ? copyFile(folder) : mainFile(folder), files, secret).has_value();
  }
  return loaded;
}

Result<DeviceKey> DeviceKey::make(const fs::path& folder, FileSystem& files) {
  SecretBytes secret(kFile);
  std::memcpy(secret.data(), kMagic.data(), kMagic.size());
  randombytes_buf(secret.data() + 8, 2 * kKeyBytes);
  crypto_generichash(secret.data() + kBody, kHashBytes, secret.data(), kBody, nullptr, 0);
  PRIMER_TRY(writeKeyFile(mainFile(folder), files, secret));
  PRIMER_TRY(writeKeyFile(copyFile(folder), files, secret));
  DeviceKey key;
  std::memcpy(key.seal_key_.data(), secret.data() + 8, kKeyBytes);
  std::memcpy(key.pin_secret_.data(), secret.data() + 8 + kKeyBytes, kKeyBytes);
  return key;
}

Bytes DeviceKey::seal(const RowId& belongs_to, std::span<const std::uint8_t> content) const {
  return aeadSeal(seal_key_, belongs_to, padded(content));
}

Result<Bytes> DeviceKey::open(const RowId& belongs_to, std::span<const std::uint8_t> sealed) const {
  PRIMER_ASSIGN(const auto content, aeadOpen(seal_key_, belongs_to, sealed));
  return unpadded({content.data(), content.size()});
}

Bytes aeadSeal(const SecretBytes& key, std::span<const std::uint8_t> bound_to,
               std::span<const std::uint8_t> content) {
  Bytes sealed(1 + kNonce + content.size() + kTag);
  sealed[0] = kAeadVersion;
  randombytes_buf(sealed.data() + 1, kNonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + 1 + kNonce, nullptr, content.data(),
                                             content.size(), bound_to.data(), bound_to.size(),
                                             nullptr, sealed.data() + 1, key.data());
  return sealed;
}

Result<SecretBytes> aeadOpen(const SecretBytes& key, std::span<const std::uint8_t> bound_to,
                             std::span<const std::uint8_t> sealed) {
  if (sealed.size() < 1 + kNonce + kTag) {
    return fail(ErrorCode::kDamaged, "a sealed text is cut short");
  }
  if (sealed[0] != kAeadVersion) {
    return fail(ErrorCode::kNewerVersion, "a sealed text is of a later version");
  }
  SecretBytes content(sealed.size() - 1 - kNonce - kTag);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          content.data(), nullptr, nullptr, sealed.data() + 1 + kNonce, sealed.size() - 1 - kNonce,
          bound_to.data(), bound_to.size(), sealed.data() + 1, key.data()) != 0) {
    return fail(ErrorCode::kDenied, "the key does not fit, or the sealed text was altered");
  }
  return content;
}

}  // namespace primer::storage
