#pragma once

// Table `payloads`: ink and sound of events, sealed to the class; evidence, sealed with the
// device's key.

#include <optional>
#include <string_view>

#include "primer/storage/event.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

inline constexpr std::string_view kInkPayload = "ink";
inline constexpr std::string_view kSoundPayload = "sound";
inline constexpr std::string_view kEvidencePayload = "evidence";

class Payloads {
 public:
  explicit Payloads(SQLite::Database& connection) : connection_(connection) {}
  static const TableShape& shape();

  void add(const EventId& event, std::string_view kind, const Bytes& sealed);
  std::optional<Bytes> find(const EventId& event, std::string_view kind);

  // Of a learner's payloads of a kind all but those that were added last.
  void dropOldest(const LearnerId& id, std::string_view kind, std::int64_t kept);

 private:
  SQLite::Database& connection_;
};

}  // namespace primer::storage
