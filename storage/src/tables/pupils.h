#pragma once

// Table `pupils`: a random learner id, the class, the sealed card of the log-in grid, the sealed
// name.

#include <optional>
#include <string>
#include <vector>

#include "primer/base/clock.h"
#include "primer/base/id.h"
#include "primer/storage/roster.h"
#include "src/keys/device_key.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

struct PupilRecord {
  LearnerId id;
  ClassId class_id;
  Bytes card_sealed;
  std::optional<Bytes> name_sealed;
  WallTime joined;
  std::int64_t revision = 1;
};

class Pupils {
 public:
  explicit Pupils(SQLite::Database& connection) : connection_(connection) {}
  static const TableShape& shape();

  std::vector<PupilRecord> ofClass(const ClassId& id);  // in the order in which they joined
  std::optional<PupilRecord> find(const LearnerId& id);
  void put(const PupilRecord& record);  // adds, or replaces an earlier revision
  std::int64_t count();
  std::int64_t countIn(const ClassId& id);
  // The public key to which a pupil's ink is sealed.
  std::optional<PublicKey> publicKeyFor(const LearnerId& id);

 private:
  SQLite::Database& connection_;
};

// The card of the log-in grid: picture and label.
Bytes sealCard(const DeviceKey& key, const PupilCard& card);
Result<PupilCard> openCard(const DeviceKey& key, const LearnerId& id, const Bytes& sealed);

}  // namespace primer::storage
