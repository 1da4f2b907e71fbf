#pragma once

// Table `pupil_pictures`: the three pictures that a pupil taps in order to log in.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "primer/base/id.h"
#include "primer/base/result.h"
#include "src/keys/device_key.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

struct PicturesRecord {
  bool asked = false;
  Bytes verifier;
  Bytes sealed;
};

class PupilPictures {
 public:
  explicit PupilPictures(SQLite::Database& connection) : connection_(connection) {}
  static const TableShape& shape();

  std::optional<PicturesRecord> find(const LearnerId& id);
  void put(const LearnerId& id, const PicturesRecord& record);
  std::set<LearnerId> asked(const ClassId& id);  // the pupils of a class who are asked

 private:
  SQLite::Database& connection_;
};

// kInvalidArgument ("pictures.shape") for anything but three different pictures.
Status checkPictures(const std::vector<std::string>& pictures);
Bytes picturesVerifier(const DeviceKey& key, const LearnerId& id,
                       const std::vector<std::string>& pictures);
Result<Bytes> sealPictures(const PublicKey& key, const LearnerId& id,
                           const std::vector<std::string>& pictures);
Result<std::vector<std::string>> openPictures(const PublicKey& key, const SecretBytes& private_key,
                                              const LearnerId& id, const Bytes& sealed);

}  // namespace primer::storage
