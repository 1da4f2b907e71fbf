#include "src/repair/backups.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <system_error>

#include "src/repair/salvage.h"

namespace primer::storage {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kGenerations = 3;
constexpr std::uint64_t kLarge = 32u << 20;
constexpr std::int64_t kManyEvents = 1000;
constexpr std::chrono::hours kLongTime(12);
constexpr std::uint64_t kSpareRoom = 4u << 20;

// What tells two states of the records apart without reading them all.
struct Extent {
  std::int64_t last_event = 0;
  std::int64_t events = 0;
  std::int64_t payloads = 0;
  std::int64_t roster = 0;
  friend bool operator==(const Extent&, const Extent&) = default;
};

Result<Extent> extentOf(SQLite::Database& connection) {
  return guarded(connection, [&]() -> Result<Extent> {
    SQLite::Statement select(connection,
                             "SELECT (SELECT coalesce(max(arrival), 0) FROM events),"
                             " (SELECT count(*) FROM events), (SELECT count(*) FROM payloads),"
                             " (SELECT coalesce(sum(revision), 0) FROM classes) +"
                             " (SELECT coalesce(sum(revision), 0) FROM pupils) +"
                             " (SELECT coalesce(sum(revision), 0) FROM class_settings) +"
                             " (SELECT coalesce(sum(revision), 0) FROM pupil_settings)");
    select.executeStep();
    return Extent{select.getColumn(0).getInt64(), select.getColumn(1).getInt64(),
                  select.getColumn(2).getInt64(), select.getColumn(3).getInt64()};
  });
}

std::int64_t numberOf(const fs::path& generation) {
  const std::string name = generation.filename().string();
  constexpr std::string_view kPrefix = "primer-";
  constexpr std::string_view kSuffix = ".db";
  if (name.size() <= kPrefix.size() + kSuffix.size() || name.rfind(kPrefix, 0) != 0 ||
      name.substr(name.size() - kSuffix.size()) != kSuffix) {
    return 0;
  }
  const std::string digits =
      name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size());
  if (digits.size() > 12 || digits.find_first_not_of("0123456789") != std::string::npos) return 0;
  return std::stoll(digits);
}

bool isRecent(const fs::path& file) {
  std::error_code error;
  const auto age = fs::file_time_type::clock::now() - fs::last_write_time(file, error);
  return !error && age < kLongTime;
}

std::string quoted(const std::string& text) {
  std::string sql = "'";
  for (const char c : text) sql += c == '\'' ? std::string("''") : std::string(1, c);
  return sql + "'";
}

}  // namespace

std::vector<fs::path> Backups::newestFirst() const {
  std::vector<fs::path> generations;
  std::error_code error;
  for (fs::directory_iterator it(files_.backups(), error), end; !error && it != end;
       it.increment(error)) {
    if (numberOf(it->path()) > 0) generations.push_back(it->path());
  }
  std::sort(generations.begin(), generations.end(),
            [](const fs::path& a, const fs::path& b) { return numberOf(a) > numberOf(b); });
  return generations;
}

Status Backups::makeIfChanged(SQLite::Database& source) {
  PRIMER_ASSIGN(const Extent now, extentOf(source));
  const auto generations = newestFirst();
  std::error_code error;
  const std::uint64_t size = fs::file_size(files_.database(), error);
  if (!generations.empty()) {
    std::optional<Extent> then;
    if (auto newest = connect(generations.front(), Access::kImmutable)) {
      if (auto extent = extentOf(**newest)) then = *extent;
    }
    if (then == now) return {};
    if (then && size > kLarge && now.last_event - then->last_event < kManyEvents &&
        isRecent(generations.front())) {
      return {};
    }
  }
  const auto space = fs::space(files_.folder, error);
  if (!error && space.available < size + size / 2 + kSpareRoom) {
    return fail(ErrorCode::kNoSpace, "there is no room for a backup in " + files_.folder.string(),
                "database.full");
  }
  PRIMER_TRY(make(source, generations.empty() ? 1 : numberOf(generations.front()) + 1));
  const auto all = newestFirst();
  for (std::size_t i = kGenerations; i < all.size(); ++i) PRIMER_TRY(removeDatabase(all[i]));
  return {};
}

Status Backups::make(SQLite::Database& source, std::int64_t number) {
  std::error_code error;
  fs::create_directories(files_.backups(), error);
  const auto part = files_.backups() / ("part-" + std::to_string(::getpid()) + ".db");
  PRIMER_TRY(removeDatabase(part));
  auto made = guarded(source, [&]() -> Status {
    source.exec("VACUUM INTO " + quoted(part.string()));
    return {};
  });
  if (made) {
    // Read back before it counts as a backup.
    auto copy = connect(part, Access::kImmutable);
    made = copy ? verify(**copy, Depth::kFull) : Status(fail(copy.error()));
  }
  if (made) {
    fs::permissions(part, fs::perms::owner_read | fs::perms::owner_write, error);
    made = syncFile(part);
  }
  if (!made) {
    (void)removeDatabase(part);
    return fail(made.error().withContext("making a backup"));
  }
  std::string digits = std::to_string(number);
  digits.insert(0, digits.size() < 6 ? 6 - digits.size() : 0, '0');
  return renameDurably(part, files_.backups() / ("primer-" + digits + ".db"));
}

Status verify(SQLite::Database& connection, Depth depth) {
  return guarded(connection, [&]() -> Status {
    const auto damaged = [](const std::string& text) {
      return fail(ErrorCode::kDamaged, text, "database.damaged");
    };
    SQLite::Statement check(
        connection, depth == Depth::kQuick ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)");
    if (!check.executeStep()) return damaged("the check of the database gave no answer");
    const std::string said = check.getColumn(0).getString();
    if (said != "ok") return damaged("the database is damaged: " + said);
    if (depth == Depth::kQuick) return {};

    SQLite::Statement keys(connection, "PRAGMA foreign_key_check");
    if (keys.executeStep()) {
      return damaged("rows of " + keys.getColumn(0).getString() + " refer to rows that are gone");
    }
    const int format = connection.execAndGet("PRAGMA user_version").getInt();
    for (const auto* shape : recordTables()) {
      if (shape->since > format) continue;  // an older file does not have it yet
      std::string call = std::string("primer_check('") + shape->name + "'";
      for (const auto& column : shape->columns) call += std::string(", ") + column.name;
      const auto bad = connection
                           .execAndGet(std::string("SELECT count(*) FROM ") + shape->name +
                                       " WHERE row_check IS NOT " + call + ")")
                           .getInt64();
      if (bad > 0) {
        return damaged(std::to_string(bad) + " rows of " + shape->name + " are altered");
      }
    }
    return {};
  });
}

}  // namespace primer::storage
