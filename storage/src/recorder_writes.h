#pragma once

// What a Recorder writes, each in a transaction of its own. On the recorder's thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "primer/storage/recorder.h"
#include "src/keys/device_key.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

// What is to be sealed beside an event's row.
struct WaitingPayload {
  std::string_view kind;
  std::vector<std::byte> content;
};

enum class WaitingKind : std::uint8_t {
  kAnswer,
  kAddition,  // the event was written before, and a payload is added
  kRemark,
  kChange,  // of the roster
};

struct Waiting {
  Event event;
  WaitingKind kind = WaitingKind::kAnswer;
  std::string text;  // the answer as read
  std::vector<WaitingPayload> payloads;
  Recorder::Done done;
  std::optional<PupilChange> change = std::nullopt;
  std::optional<std::vector<std::byte>> draft = std::nullopt;  // the pupil's sheet after this
};

// kInvalidArgument for a number or a size outside of its stated range.
Status checkRanges(const Answer& answer);

// Trying again what was written after all changes nothing. `key` is null where the tablet's was
// lost: then nothing is kept of evidence and of drafts.
Status write(SQLite::Database& connection, const DeviceKey* key, const Waiting& waiting);

// A pupil's sheet; inside of a transaction. Empty: nothing is unfinished.
void putDraft(SQLite::Database& connection, const DeviceKey* key, const LearnerId& learner,
              const std::vector<std::byte>& content, WallTime now);

}  // namespace primer::storage
