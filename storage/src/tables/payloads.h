#pragma once

// Table `payloads`: ink and sound of events, sealed to the class.

#include <optional>
#include <string_view>

#include "primer/storage/event.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

inline constexpr std::string_view kInkPayload = "ink";
inline constexpr std::string_view kSoundPayload = "sound";

class Payloads {
 public:
  explicit Payloads(SQLite::Database& connection) : connection_(connection) {}
  static const TableShape& shape();

  void add(const EventId& event, std::string_view kind, const Bytes& sealed);
  std::optional<Bytes> find(const EventId& event, std::string_view kind);

 private:
  SQLite::Database& connection_;
};

}  // namespace primer::storage
