// The three pictures that a pupil taps in order to log in.

#include <sodium.h>

#include "primer/storage/database.h"
#include "src/database_parts.h"
#include "src/tables/pictures.h"
#include "src/tables/pupils.h"

namespace primer::storage {

namespace {

Error unknownPupil() {
  return Error(ErrorCode::kNotFound, "there is no such pupil here", "pupil.unknown");
}

}  // namespace

Status Database::setPictures(const LearnerId& of, const std::vector<std::string>& pictures) {
  PRIMER_TRY(parts_->writable());
  PRIMER_TRY(checkPictures(pictures));
  PRIMER_ASSIGN(const auto* key, parts_->deviceKey());
  auto& connection = parts_->connection();
  return inTransaction(connection, [&]() -> Status {
    const auto class_key = Pupils(connection).publicKeyFor(of);
    if (!class_key) return fail(unknownPupil());
    PicturesRecord record;
    record.asked = true;
    record.verifier = picturesVerifier(*key, of, pictures);
    PRIMER_ASSIGN(record.sealed, sealPictures(*class_key, of, pictures));
    PupilPictures(connection).put(of, record);
    return {};
  });
}

Status Database::askForPictures(const LearnerId& of, bool on) {
  PRIMER_TRY(parts_->writable());
  auto& connection = parts_->connection();
  return inTransaction(connection, [&]() -> Status {
    PupilPictures table(connection);
    auto record = table.find(of);
    if (!record) {
      if (!on) return {};
      return fail(ErrorCode::kNotFound, "this pupil has no pictures yet", "pictures.none");
    }
    if (record->asked == on) return {};
    record->asked = on;
    table.put(of, *record);
    return {};
  });
}

Result<bool> Database::picturesFit(const LearnerId& of, const std::vector<std::string>& tapped) {
  PRIMER_ASSIGN(const auto* key, parts_->deviceKey());
  auto& connection = parts_->connection();
  return guarded(connection, [&]() -> Result<bool> {
    if (!connection.tableExists(PupilPictures::shape().name)) return true;
    const auto record = PupilPictures(connection).find(of);
    if (!record || !record->asked) return true;
    const Bytes verifier = picturesVerifier(*key, of, tapped);
    return record->verifier.size() == verifier.size() &&
           sodium_memcmp(record->verifier.data(), verifier.data(), verifier.size()) == 0;
  });
}

}  // namespace primer::storage
