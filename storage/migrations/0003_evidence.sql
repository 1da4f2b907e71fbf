-- What pupils' answers left for later ones is found without looking at ink: a class's in one scan
-- of these rows, in the order in which they were written.

CREATE INDEX payloads_evidence ON payloads (kind) WHERE kind = 'evidence';
