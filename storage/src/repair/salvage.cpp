#include "src/repair/salvage.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <unordered_map>

#include "src/repair/database_file.h"
#include "src/sqlite/connection.h"
#include "src/tables/classes.h"
#include "src/tables/drafts.h"
#include "src/tables/event_store.h"
#include "src/tables/identity.h"
#include "src/tables/payloads.h"
#include "src/tables/pictures.h"
#include "src/tables/pin_guard.h"
#include "src/tables/pupils.h"
#include "src/tables/settings.h"

namespace primer::storage {

namespace {

// How SQLite lays a row of a table into a leaf page: sizes from the file format's section on
// B-tree pages, for pages without reserved space.
constexpr std::uint64_t kUsable = kPageSize;
constexpr std::uint64_t kMaxLocal = kUsable - 35;
constexpr std::uint64_t kMinLocal = (kUsable - 12) * 32 / 255 - 23;
constexpr std::uint64_t kLargestRow = 64u << 20;
constexpr std::uint64_t kBlobOf8 = 12 + 2 * sizeof(RowCheck);

std::uint64_t localSize(std::uint64_t payload) {
  if (payload <= kMaxLocal) return payload;
  const std::uint64_t size = kMinLocal + (payload - kMinLocal) % (kUsable - 4);
  return size <= kMaxLocal ? size : kMinLocal;
}

// Reads a varint and moves `at` behind it; nothing where the bytes end first.
std::optional<std::uint64_t> readVarint(std::span<const std::byte> bytes, std::size_t& at) {
  std::uint64_t value = 0;
  for (int i = 0; i < 9; ++i) {
    if (at >= bytes.size()) return std::nullopt;
    const auto byte = std::to_integer<std::uint64_t>(bytes[at++]);
    if (i == 8) return value << 8 | byte;
    value = value << 7 | (byte & 0x7f);
    if ((byte & 0x80) == 0) return value;
  }
  return std::nullopt;
}

std::uint64_t contentSize(std::uint64_t serial) {
  constexpr std::uint64_t kSizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
  return serial < 12 ? kSizes[serial] : (serial - 12) / 2;
}

std::optional<Value> decode(std::uint64_t serial, std::span<const std::byte> content,
                            ColumnType type) {
  if (serial == 0) return Value();
  const auto* first = reinterpret_cast<const std::uint8_t*>(content.data());
  if (serial >= 12) {
    if (serial % 2 == 0) {
      if (type != ColumnType::kBlob) return std::nullopt;
      return Value(Bytes(first, first + content.size()));
    }
    if (type != ColumnType::kText) return std::nullopt;
    return Value(std::string(reinterpret_cast<const char*>(first), content.size()));
  }
  if (type != ColumnType::kInteger && type != ColumnType::kReal) return std::nullopt;
  if (serial == 10 || serial == 11) return std::nullopt;
  std::uint64_t bits = 0;
  if (!content.empty() && serial != 7 && (first[0] & 0x80) != 0) bits = ~std::uint64_t{0};
  for (std::size_t i = 0; i < content.size(); ++i) bits = bits << 8 | first[i];
  if (serial == 7) {
    double real = 0;
    std::memcpy(&real, &bits, sizeof(real));
    if (type == ColumnType::kInteger) return std::nullopt;
    return Value(real);
  }
  const std::int64_t number = serial == 8 ? 0 : (serial == 9 ? 1 : static_cast<std::int64_t>(bits));
  // SQLite keeps a whole number in a REAL column as an integer.
  if (type == ColumnType::kReal) return Value(static_cast<double>(number));
  return Value(number);
}

class Salvager {
 public:
  Salvager(std::span<const std::byte> database, std::span<const std::byte> wal,
           const std::vector<const TableShape*>& shapes, const RowFound& found)
      : database_(database), wal_(wal), wal_pages_(walPages(wal)), shapes_(shapes), found_(found) {
    fewest_columns_ = ~std::size_t{0};
    for (const auto* shape : shapes) {
      fewest_columns_ = std::min(fewest_columns_, shape->columns.size());
    }
  }

  void run() {
    // The log first: what it holds is newer.
    for (const auto bytes : {wal_, database_}) {
      for (std::size_t at = 0; at < bytes.size(); ++at) tryAt(bytes, at);
    }
  }

 private:
  // Is there a row at this place? [payload size][row number][header size][types...][contents...]
  void tryAt(std::span<const std::byte> bytes, std::size_t at) {
    const auto payload = readVarint(bytes, at);
    if (!payload || *payload < 16 || *payload > kLargestRow) return;
    const auto number = readVarint(bytes, at);
    if (!number) return;
    // The header's size fits into one byte, and the first column (the row number) is kept as NULL:
    // two bytes that turn away nearly every wrong place.
    if (at + 2 > bytes.size()) return;
    const auto header_size = std::to_integer<std::size_t>(bytes[at]);
    if (header_size >= 0x80 || header_size < fewest_columns_ + 3 || bytes[at + 1] != std::byte{0}) {
      return;
    }
    if (at + header_size > bytes.size() || header_size > *payload) return;
    types_.clear();
    std::uint64_t size = header_size;
    std::size_t type_at = at + 1;
    while (type_at < at + header_size) {
      const auto serial = readVarint(bytes, type_at);
      if (!serial || contentSize(*serial) > kLargestRow) return;
      types_.push_back(*serial);
      size += contentSize(*serial);
    }
    if (type_at != at + header_size || size != *payload || types_.back() != kBlobOf8) return;
    const auto record = gather(bytes, at, *payload);
    if (!record) return;
    for (const auto* shape : shapes_) {
      if (shape->columns.size() + 2 == types_.size()) {
        take(*shape, static_cast<std::int64_t>(*number), *record, header_size);
      }
    }
  }

  // The row's bytes: those here, then those of its overflow pages.
  std::optional<std::vector<std::byte>> gather(std::span<const std::byte> bytes, std::size_t at,
                                               std::uint64_t payload) {
    const std::uint64_t local = localSize(payload);
    const std::uint64_t here = local == payload ? local : local + 4;
    if (at + here > bytes.size()) return std::nullopt;
    const auto first = bytes.subspan(at, local);
    std::vector<std::byte> record(first.begin(), first.end());
    std::uint32_t next = local == payload ? 0 : bigEndian32(bytes, at + local);
    while (record.size() < payload) {
      const auto page = pageBytes(next);
      if (page.empty()) return std::nullopt;
      next = bigEndian32(page, 0);
      const auto part =
          page.subspan(4, std::min<std::size_t>(kUsable - 4, payload - record.size()));
      record.insert(record.end(), part.begin(), part.end());
    }
    return record;
  }

  std::span<const std::byte> pageBytes(std::uint32_t number) const {
    if (number == 0) return {};
    if (const auto found = wal_pages_.find(number); found != wal_pages_.end()) {
      return wal_.subspan(found->second, kPageSize);
    }
    const std::uint64_t at = std::uint64_t{number - 1} * kPageSize;
    if (at + kPageSize > database_.size()) return {};
    return database_.subspan(at, kPageSize);
  }

  void take(const TableShape& shape, std::int64_t number, std::span<const std::byte> record,
            std::size_t at) {
    Row row;
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
      const auto size = contentSize(types_[i + 1]);
      auto value = decode(types_[i + 1], record.subspan(at, size), shape.columns[i].type);
      if (!value) return;
      row.push_back(std::move(*value));
      at += size;
    }
    const RowCheck check = rowCheck(shape.name, row);
    if (std::memcmp(check.data(), record.data() + at, check.size()) == 0) {
      found_(shape, number, std::move(row));
    }
  }

  std::span<const std::byte> database_;
  std::span<const std::byte> wal_;
  std::unordered_map<std::uint32_t, std::size_t> wal_pages_;
  const std::vector<const TableShape*>& shapes_;
  const RowFound& found_;
  std::size_t fewest_columns_;
  std::vector<std::uint64_t> types_;  // of the row being looked at
};

}  // namespace

void salvageRows(std::span<const std::byte> database, std::span<const std::byte> wal,
                 const std::vector<const TableShape*>& shapes, const RowFound& found) {
  Salvager(database, wal, shapes, found).run();
}

const std::vector<const TableShape*>& recordTables() {
  static const std::vector<const TableShape*> tables = {&Tablet::shape(),
                                                        &Boots::shape(),
                                                        &Classes::shape(),
                                                        &PinGuard::shape(),
                                                        &Pupils::shape(),
                                                        &EventStore::shape(),
                                                        &Payloads::shape(),
                                                        &ClassSettingsTable::shape(),
                                                        &PupilSettingsTable::shape(),
                                                        &PupilPictures::shape(),
                                                        &Drafts::shape()};
  return tables;
}

}  // namespace primer::storage
