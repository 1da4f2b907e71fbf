-- What a teacher sets for a class and what is a pupil's own; and the sheet that a pupil has begun.
--
-- The frame is that of 0001. Rows of all three tables change; `revision` tells which version is the
-- later one. Words and numbers are checked when they are read, not here: a value that this version
-- does not know stays as it is until somebody sets another.

-- Minutes that are NULL: no limit, no reminder.
CREATE TABLE class_settings (
  number           INTEGER PRIMARY KEY,
  class_id         BLOB NOT NULL UNIQUE REFERENCES classes (class_id),
  session_minutes  INTEGER,
  break_minutes    INTEGER,
  judged           TEXT NOT NULL,
  sensitivity      REAL NOT NULL,
  revision         INTEGER NOT NULL,
  row_check        BLOB NOT NULL CHECK (length(row_check) = 8)
) STRICT;

CREATE TABLE pupil_settings (
  number      INTEGER PRIMARY KEY,
  learner_id  BLOB NOT NULL UNIQUE REFERENCES pupils (learner_id) ON DELETE CASCADE,
  hand        TEXT NOT NULL,
  revision    INTEGER NOT NULL,
  row_check   BLOB NOT NULL CHECK (length(row_check) = 8)
) STRICT;

-- One unfinished sheet a pupil. sealed: by the device's key, because a locked tablet gives it back
-- when the pupil goes on; NULL: nothing is unfinished. The row stays, so that an older version of
-- it that is found in a damaged file cannot come back.
CREATE TABLE drafts (
  number      INTEGER PRIMARY KEY,
  learner_id  BLOB NOT NULL UNIQUE REFERENCES pupils (learner_id) ON DELETE CASCADE,
  sealed      BLOB,
  saved_ms    INTEGER NOT NULL,
  revision    INTEGER NOT NULL,
  row_check   BLOB NOT NULL CHECK (length(row_check) = 8)
) STRICT;

-- A re-mark (kind 'remark') speaks of another event, and so does a pupil who disagrees.
CREATE INDEX events_by_about ON events (about_event) WHERE about_event IS NOT NULL;
