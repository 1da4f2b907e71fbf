#include "src/keys/class_keys.h"

#include <sodium.h>

#include <string>
#include <utility>

namespace primer::storage {

namespace {

constexpr std::uint64_t kMostPasses = 16;
constexpr std::uint64_t kMostMemory = 512u << 20;

Result<SecretBytes> pinKey(const Pin& pin, const WrappedKey& wrapped,
                           const SecretBytes& device_secret) {
  if (wrapped.cost.passes < crypto_pwhash_OPSLIMIT_MIN || wrapped.cost.passes > kMostPasses ||
      wrapped.cost.memory_bytes < crypto_pwhash_MEMLIMIT_MIN ||
      wrapped.cost.memory_bytes > kMostMemory) {
    return fail(ErrorCode::kDamaged, "a class's key asks for an impossible amount of work",
                "database.damaged");
  }
  SecretBytes stretched(32);
  static_assert(sizeof(wrapped.salt) == crypto_pwhash_SALTBYTES);
  if (crypto_pwhash(stretched.data(), stretched.size(),
                    reinterpret_cast<const char*>(pin.bytes().data()), pin.bytes().size(),
                    wrapped.salt.data(), wrapped.cost.passes, wrapped.cost.memory_bytes,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorCode::kLimitExceeded, "there is not enough memory to check the PIN",
                "pin.memory");
  }
  SecretBytes key(32);
  crypto_generichash(key.data(), key.size(), stretched.data(), stretched.size(),
                     device_secret.data(), device_secret.size());
  return key;
}

Bytes boundTo(const ClassId& id, const PublicKey& public_key) {
  Bytes bytes(id.bytes().begin(), id.bytes().end());
  bytes.insert(bytes.end(), public_key.begin(), public_key.end());
  return bytes;
}

}  // namespace

ClassKeyPair ClassKeyPair::make() {
  ClassKeyPair pair;
  crypto_box_keypair(pair.public_key.data(), pair.private_key.data());
  return pair;
}

Result<WrappedKey> wrapPrivateKey(const ClassId& id, const PublicKey& public_key,
                                  const SecretBytes& private_key, const Pin& pin,
                                  const SecretBytes& device_secret, const PinCost& cost) {
  WrappedKey wrapped;
  wrapped.cost = cost;
  randombytes_buf(wrapped.salt.data(), wrapped.salt.size());
  PRIMER_ASSIGN(const auto key, pinKey(pin, wrapped, device_secret));
  wrapped.wrapped =
      aeadSeal(key, boundTo(id, public_key), {private_key.data(), private_key.size()});
  return wrapped;
}

Result<SecretBytes> unwrapPrivateKey(const ClassId& id, const PublicKey& public_key,
                                     const WrappedKey& wrapped, const Pin& pin,
                                     const SecretBytes& device_secret) {
  PRIMER_ASSIGN(const auto key, pinKey(pin, wrapped, device_secret));
  auto private_key = aeadOpen(key, boundTo(id, public_key), wrapped.wrapped);
  if (!private_key && private_key.error().code == ErrorCode::kDenied) {
    return fail(ErrorCode::kDenied, "this is not the PIN", "pin.wrong");
  }
  if (private_key && private_key->size() != 32) {
    return fail(ErrorCode::kDamaged, "a class's private key is cut short", "database.damaged");
  }
  return private_key;
}

ClassKey::ClassKey(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
ClassKey::ClassKey(ClassKey&&) noexcept = default;
ClassKey& ClassKey::operator=(ClassKey&&) noexcept = default;
ClassKey::~ClassKey() = default;
ClassId ClassKey::classId() const { return parts_->id; }

Result<Pin> Pin::parse(std::string_view digits) {
  bool good = digits.size() >= 4 && digits.size() <= 16;
  for (const char c : digits) good = good && c >= '0' && c <= '9';
  if (!good) {
    return fail(ErrorCode::kInvalidArgument, "a PIN is 4 to 16 digits", "pin.shape");
  }
  auto bytes = std::make_unique<SecretBytes>(digits.size());
  for (std::size_t i = 0; i < digits.size(); ++i) {
    bytes->data()[i] = static_cast<std::uint8_t>(digits[i]);
  }
  return Pin(std::move(bytes));
}

Pin::Pin(std::unique_ptr<SecretBytes> bytes) : bytes_(std::move(bytes)) {}
Pin::Pin(Pin&&) noexcept = default;
Pin& Pin::operator=(Pin&&) noexcept = default;
Pin::~Pin() = default;

}  // namespace primer::storage
