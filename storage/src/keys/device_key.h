#pragma once

// The secrets of one tablet, in the file device.key (mode 0600) and a second copy in backups/.
//
//   bytes 0..7    "PRIMDEV1"
//   bytes 8..39   seals what the log-in grid needs
//   bytes 40..71  is mixed into the key that the PIN gives: a database carried off without this
//                 file cannot be guessed open
//   bytes 72..87  BLAKE2b of all before

#include <filesystem>
#include <optional>
#include <span>

#include "primer/base/file_system.h"
#include "primer/base/result.h"
#include "src/keys/sealed.h"
#include "src/keys/secret_bytes.h"

namespace primer::storage {

class DeviceKey {
 public:
  struct Loaded;

  // Reads the key; where one of its two files is missing or damaged, writes it anew from the other.
  // kNotFound where there is none at all, kDamaged where both are damaged. Writes nothing with
  // `may_write` false.
  static Result<Loaded> load(const std::filesystem::path& folder, FileSystem& files,
                             bool may_write);
  // Makes a new one and writes it.
  static Result<DeviceKey> make(const std::filesystem::path& folder, FileSystem& files);

  // XChaCha20-Poly1305; `belongs_to` must be the same on opening.
  Bytes seal(const RowId& belongs_to, std::span<const std::uint8_t> content) const;
  Result<Bytes> open(const RowId& belongs_to, std::span<const std::uint8_t> sealed) const;

  const SecretBytes& pinSecret() const { return pin_secret_; }

 private:
  DeviceKey() : seal_key_(32), pin_secret_(32) {}
  SecretBytes seal_key_;
  SecretBytes pin_secret_;
};

struct DeviceKey::Loaded {
  DeviceKey key;
  bool mended = false;
};

// The same AEAD under any key of 32 bytes: version byte, nonce, ciphertext. kDenied where it does
// not open.
Bytes aeadSeal(const SecretBytes& key, std::span<const std::uint8_t> bound_to,
               std::span<const std::uint8_t> content);
Result<SecretBytes> aeadOpen(const SecretBytes& key, std::span<const std::uint8_t> bound_to,
                             std::span<const std::uint8_t> sealed);

}  // namespace primer::storage
