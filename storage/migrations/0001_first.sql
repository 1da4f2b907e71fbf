-- The first format: who uses this tablet, and what they did.
--
-- Every table that holds records has the same frame:
--   first column   a local row number; means nothing outside this file
--   last column    row_check: 8 bytes of BLAKE2b over the table's name and all columns between the
--                  two, so that a flipped bit is seen and a row can be known for ours wherever it
--                  lies in a damaged file
-- Rows of tablet, boots, events and payloads never change. Those of classes, pupils and pin_guard
-- do; `revision` tells which of two versions is the later one.

CREATE TABLE tablet (
  only_row   INTEGER PRIMARY KEY CHECK (only_row = 1),
  tablet_id  BLOB NOT NULL CHECK (length(tablet_id) = 16),
  made_ms    INTEGER NOT NULL,
  row_check  BLOB NOT NULL CHECK (length(row_check) = 8)
) STRICT;

CREATE TABLE boots (
  number      INTEGER PRIMARY KEY,
  boot        INTEGER NOT NULL UNIQUE CHECK (boot > 0),
  tablet_id   BLOB NOT NULL CHECK (length(tablet_id) = 16),
  started_ms  INTEGER NOT NULL,
  trusted     INTEGER NOT NULL CHECK (trusted IN (0, 1)),
  version     TEXT NOT NULL,
  row_check   BLOB NOT NULL CHECK (length(row_check) = 8)
) STRICT;

-- label_sealed: by the device's key. private_key_wrapped: by the teacher's PIN through Argon2id
-- (salt, passes, memory_bytes) and the device's secret.
CREATE TABLE classes (
  number               INTEGER PRIMARY KEY,
  class_id             BLOB NOT NULL UNIQUE CHECK (length(class_id) = 16),
  label_sealed         BLOB NOT NULL,
  public_key           BLOB NOT NULL CHECK (length(public_key) = 32),
  private_key_wrapped  BLOB NOT NULL,
  salt                 BLOB NOT NULL CHECK (length(salt) = 16),
  passes               INTEGER NOT NULL,
  memory_bytes         INTEGER NOT NULL,
  made_ms              INTEGER NOT NULL,
  revision             INTEGER NOT NULL,
  row_check            BLOB NOT NULL CHECK (length(row_check) = 8)
) STRICT;

-- Wrong guesses of the PIN since the last right one.
CREATE TABLE pin_guard (
  only_row         INTEGER PRIMARY KEY CHECK (only_row = 1),
  failures         INTEGER NOT NULL CHECK (failures >= 0),
  last_failure_ms  INTEGER NOT NULL,
  revision         INTEGER NOT NULL,
  row_check        BLOB NOT NULL CHECK (length(row_check) = 8)
) STRICT;

-- card_sealed: picture and short label, by the device's key. name_sealed: to the class's public key.
CREATE TABLE pupils (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  learner_id   BLOB NOT NULL UNIQUE CHECK (length(learner_id) = 16),
  class_id     BLOB NOT NULL REFERENCES classes (class_id),
  card_sealed  BLOB NOT NULL,
  name_sealed  BLOB,
  joined_ms    INTEGER NOT NULL,
  revision     INTEGER NOT NULL,
  row_check    BLOB NOT NULL CHECK (length(row_check) = 8)
) STRICT;

CREATE INDEX pupils_by_class ON pupils (class_id);

-- One row for one thing that a pupil did. learner_id deliberately refers to no table: an answer
-- must be kept even where the roster is damaged, or belongs to another tablet.
-- kind is 'answer'; later kinds (a teacher's re-mark) name the event that they speak of in
-- about_event.
CREATE TABLE events (
  arrival        INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id       BLOB NOT NULL UNIQUE CHECK (length(event_id) = 16),
  tablet_id      BLOB NOT NULL CHECK (length(tablet_id) = 16),
  boot           INTEGER NOT NULL,
  counter        INTEGER NOT NULL,
  wall_ms        INTEGER NOT NULL,
  wall_trusted   INTEGER NOT NULL CHECK (wall_trusted IN (0, 1)),
  learner_id     BLOB NOT NULL CHECK (length(learner_id) = 16),
  kind           TEXT NOT NULL,
  activity       TEXT NOT NULL,
  item           TEXT NOT NULL,
  skill          TEXT NOT NULL,
  difficulty     REAL CHECK (difficulty BETWEEN 0 AND 1),
  attempt        INTEGER NOT NULL,
  answer_sealed  BLOB,
  confidence     REAL CHECK (confidence BETWEEN 0 AND 1),
  verdict        TEXT NOT NULL,
  misconception  TEXT,
  hints_taken    INTEGER NOT NULL,
  taken_ms       INTEGER NOT NULL,
  why_chosen     TEXT NOT NULL,
  about_event    BLOB,
  row_check      BLOB NOT NULL CHECK (length(row_check) = 8),
  UNIQUE (tablet_id, boot, counter)
) STRICT;

CREATE INDEX events_by_learner ON events (learner_id, tablet_id, boot, counter);

-- Ink and sound of an event, sealed to the class's public key. kind is 'ink' or 'sound'.
CREATE TABLE payloads (
  number     INTEGER PRIMARY KEY,
  event_id   BLOB NOT NULL REFERENCES events (event_id),
  kind       TEXT NOT NULL,
  sealed     BLOB NOT NULL,
  row_check  BLOB NOT NULL CHECK (length(row_check) = 8),
  UNIQUE (event_id, kind)
) STRICT;
