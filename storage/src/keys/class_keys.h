#pragma once

// The key pair of a class, and its private half wrapped by the teacher's PIN:
//   pin key   = BLAKE2b, keyed with the device's secret, of Argon2id(PIN, salt, passes, memory)
//   wrapped   = XChaCha20-Poly1305(pin key, private key), bound to class id and public key

#include <array>
#include <cstdint>

#include "primer/base/id.h"
#include "primer/base/result.h"
#include "primer/storage/database.h"
#include "primer/storage/pin.h"
#include "src/keys/device_key.h"
#include "src/keys/sealed.h"

namespace primer::storage {

struct ClassKeyPair {
  PublicKey public_key{};
  SecretBytes private_key{32};
  static ClassKeyPair make();
};

struct WrappedKey {
  Bytes wrapped;
  std::array<std::uint8_t, 16> salt{};
  PinCost cost;
};

struct ClassKey::Parts {
  ClassId id;
  PublicKey public_key{};
  SecretBytes private_key{32};
};

Result<WrappedKey> wrapPrivateKey(const ClassId& id, const PublicKey& public_key,
                                  const SecretBytes& private_key, const Pin& pin,
                                  const SecretBytes& device_secret, const PinCost& cost);

// kDenied ("pin.wrong") where the PIN or the device's secret is another one; kDamaged for a cost
// that no version writes (a bound on what a tampered file can make us spend); kNoSpace ("memory")
// where the memory is not to be had.
Result<SecretBytes> unwrapPrivateKey(const ClassId& id, const PublicKey& public_key,
                                     const WrappedKey& wrapped, const Pin& pin,
                                     const SecretBytes& device_secret);

}  // namespace primer::storage
