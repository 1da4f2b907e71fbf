#pragma once

// Sealing to a class: anyone who holds the class's public key can seal, only its private key opens.
//
//   byte 0       version, 1
//   bytes 1..8   key id: BLAKE2b of the public key, so that a reader knows whose it is
//   the rest     crypto_box_seal (X25519, XSalsa20-Poly1305) of
//                  byte 0       what it is (SealedKind)
//                  bytes 1..16  the id of the row it belongs to: a sealed text moved to another
//                               row does not open
//                  the rest     the content, padded to a multiple of 32 so that its length tells
//                               little

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "primer/base/result.h"
#include "src/keys/secret_bytes.h"

namespace primer::storage {

using Bytes = std::vector<std::uint8_t>;
using PublicKey = std::array<std::uint8_t, 32>;
using KeyId = std::array<std::uint8_t, 8>;
using RowId = std::array<std::uint8_t, 16>;

enum class SealedKind : std::uint8_t {
  kName = 1,
  kAnswer = 2,
  kInk = 3,
  kSound = 4,
  kPictures = 5
};

KeyId keyIdOf(const PublicKey& key);

Result<Bytes> sealToClass(const PublicKey& key, SealedKind kind, const RowId& belongs_to,
                          std::span<const std::uint8_t> content);

// kDenied for another class's key, kDamaged for altered bytes or another row, kNewerVersion.
Result<Bytes> openSealed(const PublicKey& key, const SecretBytes& private_key, SealedKind kind,
                         const RowId& belongs_to, std::span<const std::uint8_t> sealed);

// Content padded to a multiple of 32 (ISO/IEC 7816-4), and back; kDamaged where it cannot be.
Bytes padded(std::span<const std::uint8_t> content);
Result<Bytes> unpadded(std::span<const std::uint8_t> content);

}  // namespace primer::storage
