#include "src/opening.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "src/repair/backups.h"
#include "src/repair/database_file.h"
#include "src/repair/rebuild.h"
#include "src/sqlite/migrator.h"

namespace primer::storage {

namespace {

namespace fs = std::filesystem;

bool isReadable(const fs::path& path) { return ::access(path.c_str(), R_OK) == 0; }

bool isThere(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

// No database, no log, no backup, no half-finished repair: nobody has used this folder yet.
bool isNew(const FolderFiles& folder) {
  return !isThere(folder.database()) && !isThere(folder.log()) && !isThere(folder.mended()) &&
         Backups(folder).newestFirst().empty();
}

// Made aside and renamed: a primer.db that is there is never half made.
Status makeDatabase(const FolderFiles& folder, const OpenOptions& options) {
  PRIMER_TRY(removeDatabase(folder.inTheMaking()));
  {
    PRIMER_ASSIGN(auto connection,
                  connect(folder.inTheMaking(), Access::kCreate, options.max_pages));
    PRIMER_TRY(migrate(*connection, shippedMigrations(), options.clock->wallTime()));
  }
  std::error_code ignored;
  fs::permissions(folder.inTheMaking(), fs::perms::owner_read | fs::perms::owner_write, ignored);
  PRIMER_TRY(syncFile(folder.inTheMaking()));
  return renameDurably(folder.inTheMaking(), folder.database());
}

// What SQLite would forget of a log that is damaged in its middle. The log is kept aside first,
// because SQLite will overwrite it.
struct ForgottenRows {
  std::vector<SalvagedRow> rows;
  std::string kept_as;
};

Result<ForgottenRows> rescueFromLog(const FolderFiles& folder, FileSystem& files) {
  ForgottenRows rescued;
  const auto log = files.read(folder.log(), kLargestDatabase);
  if (!log || !inspectWal(*log).forgets) return rescued;
  // The file is needed only for the overflow pages of long rows.
  const auto database = files.read(folder.database(), kLargestDatabase);
  rescued.rows = salvageAll(
      database ? std::span<const std::byte>(*database) : std::span<const std::byte>(), *log);
  if (rescued.rows.empty()) return rescued;
  PRIMER_ASSIGN(rescued.kept_as, keepAside(folder, files, *log, "primer.db-wal"));
  return rescued;
}

Status putBack(OpenedFolder& opened, const FolderFiles& folder, ForgottenRows rescued) {
  if (rescued.rows.empty()) return {};
  PRIMER_ASSIGN(const auto merged, mergeRows(*opened.connection, std::move(rescued.rows)));
  if (merged.rows == 0) {  // it was all in the database already
    std::error_code ignored;
    fs::remove(folder.folder / rescued.kept_as, ignored);
    return {};
  }
  opened.report.repaired.push_back({"repair.log_mended", merged.events,
                                    "The log of the last answers was damaged; " +
                                        std::to_string(merged.events) +
                                        " of them were read from it all the same.",
                                    false});
  opened.report.repaired.push_back(
      {"repair.kept_aside", 0, "The damaged file is kept as " + rescued.kept_as + ".", false});
  return {};
}

// SQLite would delete the log of a database whose file is empty, so it is not asked.
bool beginsLikeADatabase(const fs::path& file) {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  std::array<char, kMagic.size()> first{};
  std::ifstream(file, std::ios::binary).read(first.data(), first.size());
  return std::string_view(first.data(), first.size()) == kMagic;
}

Result<std::unique_ptr<SQLite::Database>> connectAndVerify(const FolderFiles& folder,
                                                           const OpenOptions& options) {
  const auto damaged = [&](const char* what) {
    return fail(ErrorCode::kDamaged, folder.database().string() + what, "database.damaged");
  };
  if (!isThere(folder.database())) return damaged(" is gone");
  if (isReadable(folder.database()) && !beginsLikeADatabase(folder.database())) {
    return damaged(" is not a database any more");
  }
  PRIMER_ASSIGN(auto connection, connect(folder.database(), Access::kReadWrite, options.max_pages));
  // Until it is known to be sound, closing must leave file and log as they are.
  keepLogOnClose(*connection, true);
  PRIMER_TRY(verify(*connection, isThere(folder.suspect()) ? Depth::kFull : Depth::kQuick));
  auto version = guarded(*connection, [&]() -> Result<std::int64_t> {
    return connection->execAndGet("PRAGMA user_version").getInt64();
  });
  PRIMER_TRY(version);
  if (*version == 0) return damaged(" holds no records");
  keepLogOnClose(*connection, false);
  return connection;
}

void append(std::vector<RepairNote>& to, std::vector<RepairNote> notes) {
  for (auto& note : notes) to.push_back(std::move(note));
}

// Alone in the folder: everything may be mended.
Status openAlone(const OpenOptions& options, const FolderFiles& folder, OpenedFolder& opened) {
  const WallTime now = options.clock->wallTime();
  PRIMER_TRY(finishRebuild(folder));
  if (isNew(folder)) {
    PRIMER_TRY(makeDatabase(folder, options));
    opened.report.created = true;
  }
  PRIMER_ASSIGN(auto rescued, rescueFromLog(folder, *options.files));
  auto connection = connectAndVerify(folder, options);
  if (!connection && connection.error().code == ErrorCode::kDamaged) {
    PRIMER_ASSIGN(auto notes, rebuild(folder, *options.files, now));
    append(opened.report.repaired, std::move(notes));
    rescued = {};  // the repair has read the log itself
    connection = connectAndVerify(folder, options);
  }
  if (!connection) return fail(connection.error());
  opened.connection = std::move(*connection);
  PRIMER_TRY(migrate(*opened.connection, shippedMigrations(), now));
  std::error_code ignored;
  fs::remove(folder.suspect(), ignored);
  return putBack(opened, folder, std::move(rescued));
}

Status openBesideOthers(const OpenOptions& options, const FolderFiles& folder,
                        OpenedFolder& opened) {
  auto connection = connectAndVerify(folder, options);
  if (!connection) {
    if (connection.error().code != ErrorCode::kDamaged) return fail(connection.error());
    return fail(ErrorCode::kDamaged,
                connection.error().message + "; it can be repaired when no other program uses " +
                    folder.folder.string(),
                "database.in_use");
  }
  opened.connection = std::move(*connection);
  return migrate(*opened.connection, shippedMigrations(), options.clock->wallTime());
}

// A disk that cannot be written. A log that has to be replayed is replayed on a copy.
Status openReadOnly(const FolderFiles& folder, OpenedFolder& opened) {
  std::error_code error;
  const bool has_log = isThere(folder.log()) && fs::file_size(folder.log(), error) > kWalHeader;
  if (!has_log) {
    PRIMER_ASSIGN(opened.connection, connect(folder.database(), Access::kImmutable));
  } else {
    PRIMER_ASSIGN(auto unpacked, TemporaryFolder::make());
    for (const auto& file : {folder.database(), folder.log()}) {
      fs::copy_file(file, unpacked.path() / file.filename(), error);
      if (error) {
        return fail(withDatabaseKey(errorFromErrno(error.value(), "copying", file)));
      }
    }
    PRIMER_ASSIGN(opened.connection, connect(unpacked.path() / "primer.db", Access::kReadWrite));
    opened.unpacked = std::move(unpacked);
  }
  return verify(*opened.connection, Depth::kQuick);
}

}  // namespace

Result<TemporaryFolder> TemporaryFolder::make() {
  std::error_code error;
  std::string pattern = (fs::temp_directory_path(error) / "primer-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    return fail(withDatabaseKey(errorFromErrno(errno, "creating", pattern)));
  }
  return TemporaryFolder(pattern);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, fs::path())) {}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<OpenedFolder> openFolder(const OpenOptions& options) {
  const FolderFiles folder(options.folder);
  const auto missing = [&] {
    return fail(ErrorCode::kNotFound, "there are no records in " + options.folder.string(),
                "database.missing");
  };
  if (options.must_exist && isNew(folder)) return missing();
  if (!isThere(options.folder)) {
    if (auto made = options.files->createDirectories(options.folder); !made) {
      return fail(withDatabaseKey(made.error()));
    }
    std::error_code ignored;
    fs::permissions(options.folder, fs::perms::owner_all, ignored);
  }
  const auto known = static_cast<std::int64_t>(shippedMigrations().size());
  if (const auto found = peekFormat(folder.database(), *options.files); found > known) {
    return fail(newerVersionError(found, known).withContext(folder.database().string()));
  }

  OpenedFolder opened;
  Status done;
  auto lock = FolderLock::take(options.folder);
  if (lock) {
    opened.lock = std::move(*lock);
    done = opened.lock->alone() ? openAlone(options, folder, opened)
                                : openBesideOthers(options, folder, opened);
    if (done && opened.lock->alone()) opened.lock->share();
  } else {
    done = fail(lock.error());
  }
  const bool unwritable = !done && (done.error().code == ErrorCode::kReadOnly ||
                                    done.error().code == ErrorCode::kNoSpace);
  if (unwritable && isThere(folder.database())) {
    opened.report.read_only = true;
    opened.report.full = done.error().code == ErrorCode::kNoSpace;
    opened.lock.reset();
    opened.connection.reset();
    if (auto readable = openReadOnly(folder, opened); !readable) {
      return fail(readable.error().withContext(done.error().message));
    }
    return opened;
  }
  PRIMER_TRY(done);
  return opened;
}

Status repairAndReopen(const OpenOptions& options, OpenedFolder& opened) {
  const FolderFiles folder(options.folder);
  opened.connection.reset();
  PRIMER_ASSIGN(auto notes, rebuild(folder, *options.files, options.clock->wallTime()));
  append(opened.report.repaired, std::move(notes));
  PRIMER_ASSIGN(opened.connection, connectAndVerify(folder, options));
  return migrate(*opened.connection, shippedMigrations(), options.clock->wallTime());
}

}  // namespace primer::storage
