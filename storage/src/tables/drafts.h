#pragma once

// Table `drafts`: the sheet that a pupil has begun and not finished, sealed by the device's key.

#include <optional>

#include "primer/base/clock.h"
#include "primer/base/id.h"
#include "src/keys/device_key.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

class Drafts {
 public:
  explicit Drafts(SQLite::Database& connection) : connection_(connection) {}
  static const TableShape& shape();

  std::optional<Bytes> find(const LearnerId& id);
  // Nothing: there is nothing unfinished any more.
  void put(const LearnerId& id, const std::optional<Bytes>& sealed, WallTime now);

 private:
  SQLite::Database& connection_;
};

// Padded, so that its length tells little; bound to the pupil.
Bytes sealDraft(const DeviceKey& key, const LearnerId& id, std::span<const std::uint8_t> content);
// kDamaged where it is not what sealDraft() made.
Result<Bytes> openDraft(const DeviceKey& key, const LearnerId& id, const Bytes& sealed);

}  // namespace primer::storage
