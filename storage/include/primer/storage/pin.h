#pragma once

// The teacher's PIN and the key that it opens. Both live in locked memory that is wiped when they
// go.

#include <memory>
#include <string_view>

#include "primer/base/id.h"
#include "primer/base/result.h"

namespace primer::storage {

class SecretBytes;

// 4 to 16 digits. Movable, not copyable.
class Pin {
 public:
  // kInvalidArgument (key "pin.shape") where `digits` is not 4 to 16 digits. The caller wipes its
  // own copy.
  static Result<Pin> parse(std::string_view digits);

  Pin(Pin&&) noexcept;
  Pin& operator=(Pin&&) noexcept;
  ~Pin();

  const SecretBytes& bytes() const { return *bytes_; }

 private:
  explicit Pin(std::unique_ptr<SecretBytes> bytes);
  std::unique_ptr<SecretBytes> bytes_;
};

// The opened private key of one class: proof that the teacher is here. Made by Database::unlock
// only. Drop it to lock again. Movable, not copyable; usable from any one thread at a time.
class ClassKey {
 public:
  ClassKey(ClassKey&&) noexcept;
  ClassKey& operator=(ClassKey&&) noexcept;
  ~ClassKey();

  ClassId classId() const;

  struct Parts;  // the room's own
  explicit ClassKey(std::unique_ptr<Parts> parts);
  const Parts& parts() const { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace primer::storage
