-- The three pictures that a pupil taps after the picture of the log-in grid.
--
-- The frame is that of 0002. verifier: BLAKE2b of pupil and pictures, keyed with the device's
-- secret: what was tapped is looked at with it while the tablet is locked. sealed: the pictures
-- themselves, to the class's public key, so that the teacher can tell a child who forgot them.

CREATE TABLE pupil_pictures (
  number      INTEGER PRIMARY KEY,
  learner_id  BLOB NOT NULL UNIQUE REFERENCES pupils (learner_id) ON DELETE CASCADE,
  asked       INTEGER NOT NULL,
  verifier    BLOB NOT NULL,
  sealed      BLOB NOT NULL,
  revision    INTEGER NOT NULL,
  row_check   BLOB NOT NULL CHECK (length(row_check) = 8)
) STRICT;
