#include "src/tables/pictures.h"

#include <sodium.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "primer/storage/roster.h"

namespace primer::storage {

namespace {

constexpr std::string_view kPurpose = "primer pictures 1";
constexpr std::size_t kVerifierBytes = 32;

// Each ended by a zero byte, which no picture's id has.
Bytes joined(const std::vector<std::string>& pictures) {
  Bytes bytes;
  for (const auto& picture : pictures) {
    bytes.insert(bytes.end(), picture.begin(), picture.end());
    bytes.push_back(0);
  }
  return bytes;
}

}  // namespace

const TableShape& PupilPictures::shape() {
  static const TableShape shape = {"pupil_pictures",
                                   "number",
                                   {{"learner_id", ColumnType::kBlob},
                                    {"asked", ColumnType::kInteger},
                                    {"verifier", ColumnType::kBlob},
                                    {"sealed", ColumnType::kBlob},
                                    {"revision", ColumnType::kInteger}},
                                   "learner_id",
                                   true,
                                   false,
                                   4};
  return shape;
}

std::optional<PicturesRecord> PupilPictures::find(const LearnerId& id) {
  SQLite::Statement select(connection_, selectAll(shape()) + " WHERE learner_id = ?");
  bindValue(select, 1, toBlob(id.bytes()));
  if (!select.executeStep()) return std::nullopt;
  return PicturesRecord{select.getColumn(2).getInt64() != 0, blobAt(select, 3), blobAt(select, 4)};
}

void PupilPictures::put(const LearnerId& id, const PicturesRecord& record) {
  const Value key = toBlob(id.bytes());
  store(connection_, shape(),
        {key, std::int64_t{record.asked}, record.verifier, record.sealed,
         nextRevision(connection_, shape(), key)});
}

std::set<LearnerId> PupilPictures::asked(const ClassId& id) {
  SQLite::Statement select(connection_,
                           "SELECT learner_id FROM pupil_pictures JOIN pupils USING (learner_id)"
                           " WHERE class_id = ? AND asked <> 0");
  bindValue(select, 1, toBlob(id.bytes()));
  std::set<LearnerId> learners;
  while (select.executeStep()) learners.insert(LearnerId::fromBytes(idAt(select, 0)));
  return learners;
}

Status checkPictures(const std::vector<std::string>& pictures) {
  const auto bad = [](const char* what) {
    return fail(ErrorCode::kInvalidArgument, std::string("pictures to log in with: ") + what,
                "pictures.shape");
  };
  if (pictures.size() != kPicturesToLogIn) return bad("there are three");
  for (auto one = pictures.begin(); one != pictures.end(); ++one) {
    if (one->empty() || one->find('\0') != std::string::npos) return bad("each has an id");
    if (std::find(pictures.begin(), one, *one) != one) return bad("no two are the same");
  }
  return {};
}

Bytes picturesVerifier(const DeviceKey& key, const LearnerId& id,
                       const std::vector<std::string>& pictures) {
  Bytes content(kPurpose.begin(), kPurpose.end());
  content.insert(content.end(), id.bytes().begin(), id.bytes().end());
  const Bytes tapped = joined(pictures);
  content.insert(content.end(), tapped.begin(), tapped.end());
  Bytes verifier(kVerifierBytes);
  const auto& secret = key.pinSecret();
  crypto_generichash(verifier.data(), verifier.size(), content.data(), content.size(),
                     secret.data(), secret.size());
  return verifier;
}

Result<Bytes> sealPictures(const PublicKey& key, const LearnerId& id,
                           const std::vector<std::string>& pictures) {
  return sealToClass(key, SealedKind::kPictures, id.bytes(), joined(pictures));
}

Result<std::vector<std::string>> openPictures(const PublicKey& key, const SecretBytes& private_key,
                                              const LearnerId& id, const Bytes& sealed) {
  PRIMER_ASSIGN(const Bytes plain,
                openSealed(key, private_key, SealedKind::kPictures, id.bytes(), sealed));
  std::vector<std::string> pictures;
  for (auto at = plain.begin(); at != plain.end();) {
    const auto end = std::find(at, plain.end(), 0);
    if (end == plain.end()) return fail(ErrorCode::kDamaged, "pictures to log in with: cut off");
    pictures.emplace_back(at, end);
    at = std::next(end);
  }
  return pictures;
}

}  // namespace primer::storage
